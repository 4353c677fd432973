/* hs.c: random effects with tau2 = (Q - k) / sum w, w = 1 / SE^2, not below 0.

   To check: estimates 0 and 4 with SE 1 give tau2 3. */
#include "methods/pooled.h"

const struct rx_method rx_method_hs = {
  .name = "hs",
  .title = "Random effects, Hunter-Schmidt",
  .source = "Hunter & Schmidt 1990, Methods of Meta-Analysis",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by Hunter and Schmidt.",
  .on_request = true,
  .kind = &(const struct rx_pooled_kind){ rx_tau2_hs, false },
  .meta = rx_pooled_run,
};
