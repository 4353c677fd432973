/* wilcoxon_signed_rank_exact.c: the signed-rank test within subject with its
   exact conditional distribution, ties included.

   Zeros dropped, mid-ranks; two-sided p = P(|V - E| >= observed) over all
   signs of the differences.  Statistic, estimate and interval as
   wilcoxon-signed-rank.  Wilcoxon, Biometrics Bulletin 1945;1:80-83;
   Streitberg & Roehmel, Statistical Software Newsletter 1986;12:10-17.

   To check: the nine patients of Hollander & Wolfe, sec. 3.1 (R, ?wilcox.test)
   have V = 40 and p = 0.0390625, estimate 0.46, interval 0.01 to 0.786. */
#include "methods/signed_rank_row.h"

static enum rx_status
test (const struct rx_contrast *d, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  return rx_signed_rank_row (d, level, rx_signed_rank_exact, row, note, err);
}

const struct rx_method rx_method_wilcoxon_signed_rank_exact = {
  .name = "wilcoxon-signed-rank-exact",
  .title = "Wilcoxon signed-rank test within subject, exact with ties",
  .source = "Wilcoxon 1945, Biometrics Bulletin 1:80-83",
  .words = "Differences within subject are also tested by the exact Wilcoxon "
           "signed-rank test (zeros dropped, conditional on ties).",
  .measures = RX_DISPENSINGS | RX_DDD,
  .paired = test,
};
