/* eb.c: random effects, tau2 by empirical Bayes: its equation is that of
   Paule and Mandel, and so is its value.

   To check: estimates 0 and 4 with SE 1 give tau2 7. */
#include "methods/pooled.h"

static enum rx_status
run_meta (const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  return rx_pooled_rows (evidence, options, "eb", rx_tau2_pm, false, rows,
                         err);
}

const struct rx_method rx_method_eb = {
  .name = "eb",
  .title = "Random effects, empirical Bayes",
  .source = "Morris 1983, J Am Stat Assoc 78:47-55",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by empirical Bayes.",
  .on_request = true,
  .meta = run_meta,
};
