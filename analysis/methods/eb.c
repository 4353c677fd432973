/* eb.c: random effects, tau2 by empirical Bayes: its equation is that of
   Paule and Mandel, and so is its value.

   To check: estimates 0 and 4 with SE 1 give tau2 7. */
#include "methods/pooled.h"

const struct rx_method rx_method_eb = {
  .name = "eb",
  .title = "Random effects, empirical Bayes",
  .source = "Morris 1983, J Am Stat Assoc 78:47-55",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by empirical Bayes.",
  .on_request = true,
  .kind = &(const struct rx_pooled_kind){ rx_tau2_pm, false },
  .meta = rx_pooled_run,
};
