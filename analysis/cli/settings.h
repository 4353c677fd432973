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

struct rx_settings
{
  /* common */
  const char *output, *format;
  double level;
  long seed, threads;
  const char *progress;
  bool quiet, verbose, no_prov, help;
  /* reading */
  const char *delimiter, *decimal, *encoding, *schema;
  struct rx_list missing;
  /* what to compute */
  struct rx_list methods;
  const char *adjust;
  /* crossover */
  const char *subject, *sequence, *period, *treatment;
  struct rx_list responses, wide;
  const char *test, *reference, *better, *unit;
  bool log;
  /* before-after */
  const char *person, *date, *drug, *amount, *indication, *sex, *birth_year;
  const char *coverage, *before, *after, *group_window;
  struct rx_list index, group_drugs, levels, require, outcomes, measures;
  const char *index_days, *group_reference;
  bool no_guard;
  /* plot */
  const char *analysis;

  const char **operand; /* what is left of the command line */
  size_t n_operands;
  struct rx_strings strings;
};

void rx_settings_free (struct rx_settings *settings);

#endif /* RX_SETTINGS_H */
