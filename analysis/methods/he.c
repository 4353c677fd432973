/* he.c: random effects with the moment estimator of tau2 without weights: the
   variance of the estimates less the mean of SE^2, not below 0.

   To check: estimates 0 and 4 with SE 1 give tau2 8 - 1 = 7. */
#include "methods/pooled.h"

const struct rx_method rx_method_he = {
  .name = "he",
  .title = "Random effects, Hedges (Cochran's ANOVA)",
  .source = "Hedges & Olkin 1985, Statistical Methods for Meta-Analysis",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by Hedges.",
  .on_request = true,
  .kind = &(const struct rx_pooled_kind){ rx_tau2_he, false },
  .meta = rx_pooled_run,
};
