/* rate_ratio_robust.c: the ratio of the totals after and before, with a
   variance that lets every person have a rate of her own.

   With A and B the totals after and before and a_i, b_i those of person i:
     estimate = log (A / B)
     SE^2     = sum (a_i / A - b_i / B)^2
   and the normal distribution: see total_ratio.c.  The windows are taken as
   they are: where they differ in length the ratio is not one of rates per
   day.

   By hand: before 1, 1 and after 2, 4 give log 3, SE^2 = 2 (1/6)^2. */
#include "methods/total_ratio.h"

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  struct rx_note note = { "" };
  struct rx_total_ratio ratio = rx_total_ratio_of (cell);
  struct rx_row row = rx_log_ratio_row (
      ratio.log_ratio, ratio.robust_se, cell->n,
      rx_total_ratio_why (&ratio, cell->n), options->level, &note);
  return rx_fill_before_after (rows, row, cell, "rate-ratio-robust", "change",
                               &note, err);
}

const struct rx_method rx_method_rate_ratio_robust = {
  .name = "rate-ratio-robust",
  .title = "Log ratio of the totals after and before, robust variance",
  .source = "Cochran 1977, Sampling Techniques, 3rd ed., chapter 6 (variance "
            "of a ratio)",
  .words
  = "The totals after and before are compared by the logarithm of their "
    "ratio with a variance that is robust to differences between "
    "persons.",
  .measures = RX_DISPENSINGS | RX_DDD,
  .before_after = run_before_after,
};
