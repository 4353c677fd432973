/* reml.c: random effects, tau2 by restricted maximum likelihood: the highest
   maximum, solved to the last bit (stats/tau2.c).

   To check: estimates 0 and 4 with SE 1 give tau2 7 and pool to 2 (SE 2). */
#include "methods/pooled.h"

const struct rx_method rx_method_reml = {
  .name = "reml",
  .title = "Random effects, REML",
  .source = "Viechtbauer 2005, J Educ Behav Stat 30:261-293",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by restricted maximum likelihood.",
  .kind = &(const struct rx_pooled_kind){ rx_tau2_reml, false },
  .meta = rx_pooled_run,
};
