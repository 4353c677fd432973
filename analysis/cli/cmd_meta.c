/* cmd_meta.c: `recross meta FILE`: the results of several studies pooled. */
#include "cli/common.h"

#include "data/table.h"
#include "designs/evidence.h"
#include "methods/analysis_meta.h"

#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof (struct rx_settings, member)

static const struct rx_option options[] = {
  { "study", 0, RX_OPTION_LIST, AT (study), "COLUMN,...", "study",
    "column that names the study; several are joined (author,year); without a "
    "column \"study\" the row's number",
    NULL, false },
  { "estimate", 0, RX_OPTION_TEXT, AT (estimate), "COLUMN", "estimate",
    "column of the estimate", NULL, false },
  { "std-error", 0, RX_OPTION_TEXT, AT (std_error), "COLUMN", "std_error",
    "column of its standard error", NULL, false },
  { "variance", 0, RX_OPTION_TEXT, AT (variance), "COLUMN", NULL,
    "column of its variance, in place of the standard error", NULL, false },
  { "conf-low", 0, RX_OPTION_TEXT, AT (conf_low), "COLUMN", NULL,
    "column of the lower end of its interval, in place of the standard error",
    NULL, false },
  { "conf-high", 0, RX_OPTION_TEXT, AT (conf_high), "COLUMN", NULL,
    "column of the upper end", NULL, false },
  { "conf-level", 0, RX_OPTION_NUMBER, AT (conf_level), "LEVEL", "0.95",
    "confidence level of the intervals in the file", NULL, false },
  { "log", 0, RX_OPTION_FLAG, AT (log), NULL, NULL,
    "estimates and intervals are ratios: analyse their natural logarithms; a "
    "standard error or variance is that of the logarithm",
    NULL, false },
  { "effect", 0, RX_OPTION_TEXT, AT (effect), "NAME", NULL,
    "compute estimates from what papers print; `recross list effects' names "
    "all",
    NULL, false },
  { "input", 0, RX_OPTION_LIST, AT (inputs), "INPUT=COLUMN,...", NULL,
    "columns of the inputs of the effect where they have other names, or one "
    "number for every study (r=0.5)",
    NULL, false },
  { "design", 0, RX_OPTION_TEXT, AT (design), "COLUMN", NULL,
    "column of the designs (parallel, crossover, paired, before-after, "
    "single-arm): the effect is computed of each study as its design demands, "
    "or read from --estimate and --std-error where these are given",
    NULL, false },
  { "borrow-r", 0, RX_OPTION_FLAG, AT (borrow_r), NULL, NULL,
    "let studies without a correlation r borrow the mean of those printed",
    NULL, false },
  { "r-grid", 0, RX_OPTION_LIST, AT (r_grid), "R,...", NULL,
    "analyse once for each of these correlations, given to studies that print "
    "none; rows are grouped by r=R",
    NULL, false },
  { "by", 0, RX_OPTION_TEXT, AT (by), "COLUMN", NULL,
    "column of subgroups: pooled each, and compared", NULL, false },
  { "moderator", 0, RX_OPTION_TEXT, AT (moderator), "COLUMN", NULL,
    "column of a covariate for meta-regression", NULL, false },
  { "method", 'm', RX_OPTION_LIST, AT (methods), "NAME,...", "all",
    "methods to run; all = every one that pools studies", NULL, false },
  { "hksj-truncate", 0, RX_OPTION_FLAG, AT (hksj_truncate), NULL, NULL,
    "let the factor of the HKSJ variance be at least 1", NULL, false },
};
static const struct rx_option_group group
    = { "The studies", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_reading, &rx_options_rows, &rx_options_common,
        NULL };

extern const struct rx_command rx_cmd_meta;

/* "n1=total_a" -> its parts, which live as long as the settings. */
static enum rx_status
split_inputs (struct rx_settings *settings, struct rx_evidence_input *inputs,
              struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  for (size_t i = 0; i < settings->inputs.n; i++)
    {
      const char *text = settings->inputs.text[i];
      const char *equals = strchr (text, '=');
      if (equals == NULL || equals == text || equals[1] == '\0')
        return rx_fail (err, RX_EUSAGE,
                        "--input: found %s, expected INPUT=COLUMN",
                        rx_quotez (quoted, text));
      inputs[i].name
          = rx_strings_add (&settings->strings, text, (size_t)(equals - text));
      inputs[i].from = equals + 1;
      if (inputs[i].name == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

static enum rx_status
find_effect (const struct rx_settings *settings, struct rx_evidence_spec *spec,
             struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  if (settings->effect == NULL)
    return settings->inputs.n == 0
               ? RX_OK
               : rx_fail (err, RX_EUSAGE, "--input needs --effect");
  spec->effect = rx_effect_kind_find (settings->effect);
  if (spec->effect == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--effect: found %s; `recross list effects' names all",
                    rx_quotez (quoted, settings->effect));
  if (settings->variance != NULL || settings->conf_low != NULL
      || settings->conf_high != NULL || settings->log)
    return rx_fail (err, RX_EUSAGE,
                    "--effect computes the estimate and its precision; "
                    "--variance, --conf-low, --conf-high and --log do not go "
                    "with it");
  return RX_OK;
}

static enum rx_status
check_precision (const struct rx_settings *settings, struct rx_error *err)
{
  if ((settings->conf_low == NULL) != (settings->conf_high == NULL))
    return rx_fail (err, RX_EUSAGE,
                    "--conf-low and --conf-high: expected both or neither");
  if (settings->conf_low != NULL && settings->variance != NULL)
    return rx_fail (err, RX_EUSAGE,
                    "--variance and --conf-low: expected one of them");
  return RX_OK;
}

static enum rx_status
read_grid (const struct rx_settings *settings, double *grid,
           struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  for (size_t i = 0; i < settings->r_grid.n; i++)
    if (!rx_number_readz (settings->r_grid.text[i], &grid[i]))
      return rx_fail (err, RX_EUSAGE,
                      "--r-grid: found %s, expected correlations such as "
                      "0,0.3,0.5,0.7",
                      rx_quotez (quoted, settings->r_grid.text[i]));
  return RX_OK;
}

static enum rx_status
complete (struct rx_settings *settings, struct rx_evidence_spec *spec,
          struct rx_evidence_input *inputs, double *grid, struct rx_error *err)
{
  if (check_precision (settings, err) != RX_OK
      || find_effect (settings, spec, err) != RX_OK
      || split_inputs (settings, inputs, err) != RX_OK
      || read_grid (settings, grid, err) != RX_OK)
    return err->status;
  const char *fault = rx_evidence_spec_fault (spec);
  return fault == NULL ? RX_OK : rx_fail (err, RX_EUSAGE, "%s", fault);
}

static enum rx_status
analyse (struct rx_settings *settings, const struct rx_table *table,
         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_analysis_plan plan = { 0 };
  struct rx_evidence_input *inputs
      = rx_array (settings->inputs.n, sizeof *inputs);
  double *grid = rx_array (settings->r_grid.n, sizeof *grid);
  struct rx_text words = { 0 };
  struct rx_evidence_spec spec = { .study = settings->study.text,
                                   .n_study = settings->study.n,
                                   .estimate = settings->estimate,
                                   .std_error = settings->std_error,
                                   .variance = settings->variance,
                                   .conf_low = settings->conf_low,
                                   .conf_high = settings->conf_high,
                                   .conf_level = settings->conf_level,
                                   .log = settings->log,
                                   .inputs = inputs,
                                   .n_inputs = settings->inputs.n,
                                   .design = settings->design,
                                   .borrow_r = settings->borrow_r,
                                   .r_grid = grid,
                                   .n_r_grid = settings->r_grid.n,
                                   .by = settings->by,
                                   .moderator = settings->moderator };
  enum rx_status status = rx_common_plan (settings, &plan, err);
  plan.hksj_truncate = settings->hksj_truncate;
  if (status == RX_OK && (inputs == NULL || grid == NULL))
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = complete (settings, &spec, inputs, grid, err);
  if (status == RX_OK)
    status = rx_analysis_meta_table (table, &spec, &plan, rows, &words, err);
  rx_text_free (&words);
  free (inputs);
  free (grid);
  rx_common_plan_free (&plan);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  return rx_common_analyse_table (settings, &rx_cmd_meta, argc, argv, analyse,
                                  err);
}

static const struct rx_example examples[] = {
  { "recross meta bcg.csv --study author,year --estimate yi --variance vi "
    "--method fe,reml,reml-hksj",
    "13 log risk ratios with their variances" },
  { "recross meta trials.csv --estimate or --conf-low low --conf-high high "
    "--log",
    "odds ratios as papers print them" },
  { "recross meta arms.csv --effect crossover-mean-difference --input r=0.5",
    "crossover trials printed as two arms, with an assumed correlation" },
  { "recross meta trials.csv --effect mean-difference --design design "
    "--r-grid 0,0.3,0.5,0.7 --method study,reml-hksj",
    "parallel, crossover and before/after studies in one model, for several "
    "correlations" },
  { "recross meta trials.csv --by dose --method study,reml",
    "subgroups, and whether they differ" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_meta = {
  .name = "meta",
  .operands = "FILE",
  .operands_least = 1,
  .operands_most = 1,
  .title = "pool the results of several studies",
  .text
  = "Reads a delimited text file (CSV, gzip allowed, - is standard input) "
    "with one row per study: an estimate with its standard error, variance or "
    "interval, or with --effect the numbers they are computed from. Studies "
    "without them are left out, counted and named.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
