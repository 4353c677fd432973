/* sj.c: random effects with the two-step estimator of tau2, which is always
   positive: t0 Q(t0) / (k - 1) with t0 = sum (y - mean)^2 / k.

   To check: estimates 0 and 4 with SE 1 give t0 = 4, Q(t0) = 8/5, tau2 6.4. */
#include "methods/pooled.h"

const struct rx_method rx_method_sj = {
  .name = "sj",
  .title = "Random effects, Sidik-Jonkman",
  .source = "Sidik & Jonkman 2005, Appl Stat 54:367-384",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by Sidik and Jonkman.",
  .on_request = true,
  .kind = &(const struct rx_pooled_kind){ rx_tau2_sj, false },
  .meta = rx_pooled_run,
};
