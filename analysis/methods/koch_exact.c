/* koch_exact.c: the rank version of the period-adjusted tests, with the
   exact conditional distribution of the rank sum, ties included.

   Two-sided p = P(|W - E| >= observed) over all splits of the mid-ranks into
   sequences of the same sizes, by dynamic programming.  Estimate and interval
   as koch-normal.  Koch, Biometrics 1972;28:577-584; Streitberg & Roehmel,
   Statistical Software Newsletter 1986;12:10-17. */
#include "methods/abba_rank.h"
#include "methods/design_needs.h"

static enum rx_status
test (const struct rx_contrast *a, const struct rx_contrast *b, double factor,
      double level, struct rx_row *row, struct rx_note *note,
      struct rx_error *err)
{
  return rx_abba_rank (a, b, factor, level, rx_rank_sum_exact, row, note, err);
}

const struct rx_method rx_method_koch_exact = {
  .name = "koch-exact",
  .title = "Rank-sum tests of an AB/BA trial, exact with ties",
  .source = "Koch 1972, Biometrics 28:577-584",
  .words = "Treatment effects are also compared by the exact rank-sum test on "
           "period differences (Koch 1972; conditional on ties), with the "
           "Hodges-Lehmann estimate.",
  .needs = &rx_needs_abba,
  .abba = test,
};
