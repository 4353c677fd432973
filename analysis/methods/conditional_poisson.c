/* conditional_poisson.c: counts compared within persons by the conditional
   Poisson model, which a person's own rate drops out of.

   Crossover: log rate ratios of treatments and periods (see
   stats/strata_poisson.c).  Before/after: of the A + B dispensings A come
   after; log of the ratio of the rates per day, SE^2 = 1/A + 1/B, and a row
   `rate-ratio` with Clopper and Pearson's interval of the binomial count, back
   as a ratio of rates.  Both take the events of a person for a Poisson
   process; conditional-poisson-robust does not.
   Cameron & Trivedi, Regression Analysis of Count Data, 2nd ed. 2013, chapter
   9; Przyborowski & Wilenski, Biometrika 1940;31:313-323.

   By hand: 20 after and 10 before in windows of equal length give log 2 with
   SE^2 = 3/20. */
#include "methods/conditional_poisson_rows.h"
#include "methods/total_ratio.h"
#include "stats/binomial_odds.h"

#include <math.h>

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  return rx_conditional_poisson_crossover (design, endpoint, options, false,
                                           self->name, rows, err);
}

static enum rx_status
add_exact (const struct rx_before_after *design,
           const struct rx_before_after_cell *cell, double level,
           struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_total_ratio totals = rx_total_ratio_of (cell);
  double days = rx_window_ratio (design);
  row.n = (double)cell->n;
  if (totals.before + totals.after > 0)
    {
      rx_note_add (&note, "exact");
      row.estimate = totals.after / totals.before / days;
      row.conf_level = level;
      rx_binomial_odds ((size_t)totals.after, (size_t)totals.before, level,
                        &row.conf_low, &row.conf_high);
      row.conf_low /= days;
      row.conf_high /= days;
    }
  else
    rx_note_add (&note, cell->n == 0 ? "no-subjects" : "zero-total");
  return rx_fill_before_after (rows, row, cell, "conditional-poisson",
                               "rate-ratio", &note, err);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  if (rx_conditional_poisson_cell (design, cell, options->level, false,
                                   "conditional-poisson", rows, err)
      != RX_OK)
    return err->status;
  return add_exact (design, cell, options->level, rows, err);
}

const struct rx_method rx_method_conditional_poisson = {
  .name = "conditional-poisson",
  .title = "Ratios of rates within persons, conditional Poisson regression",
  .source = "Cameron & Trivedi 2013, Regression Analysis of Count Data, 2nd "
            "ed., chapter 9",
  .words = "Counts are compared within persons by conditional Poisson "
           "regression.",
  .counts_only = true,
  .on_request = true,
  .measures = RX_DISPENSINGS,
  .crossover = run_crossover,
  .before_after = run_before_after,
};
