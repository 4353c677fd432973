/* mcnemar.c: McNemar's chi-squared test of paired proportions, without
   continuity correction.

   Before/after: the estimate is the proportion of users after minus that
   before, with the Wald standard error of a paired difference.  Crossover:
   test minus reference among the subjects with both, the period ignored, and
   the odds ratio given the subject (term odds-ratio).  McNemar, Psychometrika
   1947;12:153-157.

   By hand: of 21 persons 1 stops and 7 start: change 6/21, chi-squared
   36/8 = 4.5. */
#include "methods/mcnemar_row.h"

#include <math.h>

static struct rx_row
test (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  struct rx_row row = rx_mcnemar_row (pairs, level, note);
  row.df_num = 1;
  row.statistic = pairs->chi_squared;
  row.p_value = pairs->p_chi_squared;
  return row;
}

static struct rx_row
odds_row (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  struct rx_paired_odds odds
      = rx_paired_odds (pairs->only_before, pairs->only_after, level);
  row.n = (double)pairs->n;
  row.estimate = odds.ratio;
  if (pairs->n == 0)
    rx_note_add (note, "no-subjects");
  else if (isnan (odds.ratio))
    rx_note_add (note, "no-discordant");
  else
    {
      row.conf_level = level;
      row.conf_low = odds.low;
      row.conf_high = odds.high;
    }
  return row;
}

/* The odds ratio of two treatments. */
static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_contrast d;
  struct rx_note note = { "" };
  if (design->n_treatments != 2)
    return RX_OK;
  if (rx_crossover_paired (design, endpoint, design->test, design->reference,
                           &d, err)
      != RX_OK)
    return err->status;
  struct rx_binary_contrast of = { design, endpoint, design->test, &d };
  struct rx_row row
      = rx_mcnemar_contrast_row (&of, options->level, odds_row, &note);
  rx_contrast_free (&d);
  return rx_fill_crossover (rows, row, design, endpoint, self->name,
                            "odds-ratio", false, &note, err);
}

const struct rx_method rx_method_mcnemar = {
  .name = "mcnemar",
  .title = "McNemar's chi-squared test of paired proportions",
  .source = "McNemar 1947, Psychometrika 12:153-157",
  .words = "Paired proportions are compared by "
           "McNemar's chi-squared test without continuity correction, with "
           "the Wald interval of the paired difference.",
  .measures = RX_USERS,
  .binary_only = true,
  .discordant = test,
  .crossover = run_crossover,
};
