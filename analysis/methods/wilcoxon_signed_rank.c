/* wilcoxon_signed_rank.c: the signed-rank test within subject.

   Zeros dropped, mid-ranks, statistic V = sum of positive ranks, normal
   approximation with tie correction and no continuity correction; estimate =
   median of the Walsh averages of the nonzero differences, interval from
   their order statistics.  Wilcoxon, Biometrics Bulletin 1945;1:80-83. */
#include "methods/signed_rank_row.h"

static enum rx_status
test (const struct rx_contrast *d, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  return rx_signed_rank_row (d, level, rx_signed_rank_normal, row, note, err);
}

const struct rx_method rx_method_wilcoxon_signed_rank = {
  .name = "wilcoxon-signed-rank",
  .title = "Wilcoxon signed-rank test within subject, normal approximation",
  .source = "Wilcoxon 1945, Biometrics Bulletin 1:80-83",
  .words = "Differences within subject are also tested by the Wilcoxon "
           "signed-rank test (zeros dropped, tie-corrected normal "
           "approximation).",
  .measures = RX_DISPENSINGS | RX_DDD,
  .paired = test,
};
