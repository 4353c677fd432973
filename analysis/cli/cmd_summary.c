/* cmd_summary.c: `recross summary FILE`: printed numbers, re-analysed. */
#include "cli/common.h"

#include "base/number.h"
#include "data/table.h"
#include "designs/printed_table.h"
#include "methods/analysis_summary.h"

#define AT(member) offsetof (struct rx_settings, member)

static const struct rx_option options[] = {
  { "method", 'm', RX_OPTION_LIST, AT (methods), "NAME,...", "all",
    "methods to run; all = every one that checks printed numbers and is not "
    "on request only",
    NULL, false },
  { "family", 0, RX_OPTION_INTEGER, AT (family), "N", "0",
    "multiplicity: p-values in the family of a study, printed or not; 0 = its "
    "rows",
    NULL, false },
  { "unprinted-p", 0, RX_OPTION_LIST, AT (unprinted), "LOW,HIGH", NULL,
    "multiplicity: a p that is not printed is above LOW and not above HIGH "
    "(0,1 when not given; 0.05,1 for \"not significant\")",
    NULL, false },
};
static const struct rx_option_group group
    = { "The printed numbers", options, sizeof options / sizeof options[0] };
static const struct rx_option_group *const groups[]
    = { &group, &rx_options_reading, &rx_options_rows, &rx_options_common,
        NULL };

extern const struct rx_command rx_cmd_summary;

/* --family and --unprinted-p into the plan. */
static enum rx_status
take_family (const struct rx_settings *settings, struct rx_analysis_plan *plan,
             struct rx_error *err)
{
  const struct rx_list *ends = &settings->unprinted;
  plan->family = (size_t)settings->family;
  if (ends->n == 0)
    return RX_OK;
  if (ends->n != 2 || !rx_number_readz (ends->text[0], &plan->unprinted[0])
      || !rx_number_readz (ends->text[1], &plan->unprinted[1])
      || !(plan->unprinted[0] >= 0 && plan->unprinted[1] <= 1
           && plan->unprinted[0] < plan->unprinted[1]))
    return rx_fail (err, RX_EUSAGE,
                    "--unprinted-p: found %s%s%s, expected LOW,HIGH from 0 to "
                    "1, such as 0.05,1",
                    ends->text[0], ends->n > 1 ? "," : "",
                    ends->n > 1 ? ends->text[1] : "");
  return RX_OK;
}

static enum rx_status
analyse (struct rx_settings *settings, const struct rx_table *table,
         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_printed_table printed = { 0 };
  struct rx_analysis_plan plan = { 0 };
  enum rx_status status = rx_common_plan (settings, &plan, err);
  if (status == RX_OK)
    status = take_family (settings, &plan, err);
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
  { "recross summary abstract.csv --method multiplicity --family 11",
    "which of these p-values survive, if the paper tested eleven scales?" },
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
    "study, endpoint; design (paired, crossover, parallel, before-after), "
    "scale (binary, integer, continuous), tails (two, one); n, n1, n2, lost, "
    "items; min, max, seen_min, seen_max, fixed; count, count1, count2, "
    "only1, only2; df, df1, df2; difference, se, sd_diff, ci_low, ci_high, t, "
    "p, dz; ratio, ratio_low, ratio_high; mean, sd, mean1, sd1, mean2, sd2, "
    "corr; percent, percent1, percent2; f, chi2, q, z, r. --level is that of "
    "the printed interval; 1 minus it is the significance level.",
  .groups = groups,
  .examples = examples,
  .run = run,
};
