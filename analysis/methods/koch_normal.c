/* koch_normal.c: the rank version of the period-adjusted tests.

   Rank-sum test on the contrasts of hills-armitage, sequence against
   sequence; normal with the variance corrected for ties, no continuity
   correction.  Estimate = Hodges-Lehmann / 2 (carryover: not halved), its
   interval from order statistics.  Statistic = Mann-Whitney W of the
   sequence with the test first.  Koch, Biometrics 1972;28:577-584. */
#include "methods/abba_rank.h"
#include "methods/design_needs.h"

static enum rx_status
test (const struct rx_contrast *a, const struct rx_contrast *b, double factor,
      double level, struct rx_row *row, struct rx_note *note,
      struct rx_error *err)
{
  return rx_abba_rank (a, b, factor, level, rx_rank_sum_normal, row, note,
                       err);
}

const struct rx_method rx_method_koch_normal = {
  .name = "koch-normal",
  .title = "Rank-sum tests of an AB/BA trial, normal approximation",
  .source = "Koch 1972, Biometrics 28:577-584",
  .words
  = "Treatment effects are also compared by the rank-sum test on period "
    "differences (Koch 1972; tie-corrected normal approximation), with "
    "the Hodges-Lehmann estimate.",
  .needs = &rx_needs_abba,
  .abba = test,
};
