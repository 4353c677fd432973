/* pm.c: random effects with the tau2 at which Q equals k - 1.

   To check: estimates 0 and 4 with SE 1 give tau2 7 and pool to 2 (SE 2). */
#include "methods/pooled.h"

const struct rx_method rx_method_pm = {
  .name = "pm",
  .title = "Random effects, Paule-Mandel",
  .source = "Paule & Mandel 1982, J Res Natl Bur Stand 87:377-385",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by Paule and Mandel.",
  .kind = &(const struct rx_pooled_kind){ rx_tau2_pm, false },
  .meta = rx_pooled_run,
};
