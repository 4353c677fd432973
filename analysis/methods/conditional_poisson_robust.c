/* conditional_poisson_robust.c: the ratios of conditional-poisson with errors
   that hold whatever the counts of a person vary by: the sandwich with persons
   as its units, no small-sample factor.

   Wooldridge, Journal of Econometrics 1999;90:77-97: the estimate needs the
   mean alone to be right.  Before/after it is rate-ratio-robust, per day.

   By hand: before 1, 1 and after 2, 4 give log 3, SE^2 = 2 (1/6)^2. */
#include "methods/conditional_poisson_rows.h"

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  return rx_conditional_poisson_crossover (design, endpoint, options, true,
                                           self->name, rows, err);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  return rx_conditional_poisson_cell (design, cell, options->level, true,
                                      "conditional-poisson-robust", rows, err);
}

const struct rx_method rx_method_conditional_poisson_robust = {
  .name = "conditional-poisson-robust",
  .title = "Ratios of rates within persons, robust errors",
  .source = "Wooldridge 1999, J Econometrics 90:77-97",
  .words = "Counts are compared within persons by conditional Poisson "
           "regression with errors that are robust to overdispersion.",
  .counts_only = true,
  .on_request = true,
  .measures = RX_DISPENSINGS,
  .crossover = run_crossover,
  .before_after = run_before_after,
};
