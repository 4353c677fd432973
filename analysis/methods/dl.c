/* dl.c: random effects with the moment estimator of tau2,
   (Q - (k - 1)) / (sum w - sum w^2 / sum w), w = 1 / SE^2, not below 0.

   To check: estimates 0 and 4 with SE 1 give tau2 7 and pool to 2 (SE 2). */
#include "methods/pooled.h"

const struct rx_method rx_method_dl = {
  .name = "dl",
  .title = "Random effects, DerSimonian-Laird",
  .source = "DerSimonian & Laird 1986, Control Clin Trials 7:177-188",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by DerSimonian and Laird.",
  .kind = &(const struct rx_pooled_kind){ rx_tau2_dl, false },
  .meta = rx_pooled_run,
};
