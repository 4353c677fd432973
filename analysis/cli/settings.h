/* settings.h: every option of every command, as read from the command line.

   A command uses the members its options fill; the rest keep their
   defaults. */
#ifndef RX_SETTINGS_H
#define RX_SETTINGS_H

#include "base/memory.h"
#include "base/status.h"

/* The values of an option that may be repeated or comma-separated. */
struct rx_list
{
  const char **text;
  size_t n, room;
};

/* A number that may be left out. */
struct rx_real
{
  double value;
  bool given;
};

struct rx_settings
{
  /* common */
  const char *output, *format;
  double level;
  long seed, threads, digits;
  const char *progress;
  bool quiet, verbose, no_prov, help;
  /* reading */
  const char *delimiter, *decimal, *encoding, *schema;
  struct rx_list missing;
  /* what to compute */
  struct rx_list methods;
  const char *adjust;
  /* crossover */
  const char *subject, *cluster, *sequence, *period, *treatment;
  struct rx_list responses, wide;
  const char *test, *reference, *better, *unit;
  bool log, no_sequence, carryover, means, completers;
  const char *carryover_model; /* shared with design */
  struct rx_list baselines, covariates, factors;
  const char *exposure, *baseline_as, *contrasts, *within_variance,
      *information;
  const char *margins, *regulator; /* it and alpha are shared with power */
  const char *drop_out_values;
  long imputations;
  struct rx_real responder;
  /* before-after */
  const char *person, *date, *drug, *amount, *amount_times;
  const char *indication, *sex, *birth_year;
  const char *coverage, *before, *after, *group_window;
  struct rx_list index, group_drugs, levels, require, outcomes, measures;
  const char *index_days, *group_reference, *date_format, *take;
  const char *days, *layout, *persons, *code_map;
  struct rx_list person_columns, code_columns;
  long washout;
  bool no_guard;
  /* power */
  const char *design;
  struct rx_list subjects;
  struct rx_real cv, cv_ref, sd, sd_diff, delta, theta0, theta1, theta2,
      margin;
  struct rx_real alpha, power, dropout;
  const char *curve;
  struct rx_list discordant;
  bool additive, detect;
  /* design; sd and subjects are shared with power */
  struct rx_list treatments, blocks, strata;
  const char *randomised_unit;
  long periods;
  bool randomise;
  /* meta */
  struct rx_list study, inputs, r_grid; /* design is shared with power */
  const char *by, *moderator;
  bool borrow_r;
  const char *estimate, *std_error, *variance, *conf_low, *conf_high, *effect;
  double conf_level;
  bool hksj_truncate;
  /* summary */
  long family;
  struct rx_list unprinted;
  /* ddd; date, drug and date_format are shared with before-after */
  const char *ddd_table, *packs, *units, *strength, *strength_unit, *route;
  const char *write;
  /* plot */
  const char *analysis;
  struct rx_list only;
  /* simulate; sd, delta, dropout and subjects are shared with power */
  struct rx_list match, names;
  struct rx_real mean, sd_between, period_effect, carry;
  long sets;
  /* verify */
  const char *study_file;

  const char **operand; /* what is left of the command line */
  size_t n_operands;
  struct rx_strings strings;
};

void rx_settings_free (struct rx_settings *settings);

#endif /* RX_SETTINGS_H */
