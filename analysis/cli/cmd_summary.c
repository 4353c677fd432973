/* cmd_summary.c: `recross summary FILE`: printed numbers, re-analysed. */
#include "cli/common.h"

#include "data/table.h"
#include "designs/printed_table.h"
#include "methods/analysis_summary.h"

#define AT(member) offsetof (struct rx_settings, member)

static const struct rx_option options[] = {
  { "method", 'm', RX_OPTION_LIST, AT (methods), "NAME,...", "all",
    "methods to run; all = every one that checks printed numbers", NULL,
    false },
};
static const struct rx_option_group group
    = { "The printed numbers", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_reading, &rx_options_rows, &rx_options_common,
        NULL };

extern const struct rx_command rx_cmd_summary;

static enum rx_status
analyse (struct rx_settings *settings, const struct rx_table *table,
         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_printed_table printed = { 0 };
  struct rx_analysis_plan plan = { 0 };
  enum rx_status status = rx_common_plan (settings, &plan, err);
  if (status == RX_OK)
    status = rx_printed_table_build (&printed, table, err);
  if (status == RX_OK)
    status = rx_analysis_summary (&printed, &plan, rows, err);
  rx_printed_table_free (&printed);
  rx_common_plan_free (&plan);
  return status;
}

static enum rx_status
run (struct rx_settings *settings, int argc, char **argv, struct rx_error *err)
{
  return rx_common_analyse_table (settings, &rx_cmd_summary, argc, argv,
                                  analyse, err);
}

static const struct rx_example examples[] = {
  { "recross summary abstract.csv --method reconstruct",
    "what a printed difference, p and n imply" },
  { "recross summary table1.csv --method grim,grimmer,debit",
    "can these means, percentages and SDs be?" },
  { NULL, NULL },
};

const struct rx_command rx_cmd_summary = {
  .name = "summary",
  .operands = "FILE",
  .operands_least = 1,
  .operands_most = 1,
  .title = "re-analyse printed numbers: reconstruct, check, flag",
  .text
  = "Reads a delimited text file (CSV, gzip allowed, - is standard input) "
    "with one printed result per row. Write the numbers as they are printed: "
    "0.040 is not 0.04, and <0.01 is a bound. Every column may be left out: "
    "study, endpoint; design (paired, crossover, parallel), scale (binary, "
    "integer, continuous); n, n1, n2, count, items; df, df1, df2; difference, "
    "se, sd_diff, ci_low, ci_high, t, p, dz; mean, sd, mean1, sd1, mean2, "
    "sd2, percent; f, chi2, q, z, r. --level is that of the printed interval; "
    "1 minus it is the significance level.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
