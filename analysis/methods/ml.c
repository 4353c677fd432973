/* ml.c: random effects, tau2 by maximum likelihood: the highest maximum,
   solved to the last bit (stats/tau2.c).

   To check: estimates 0 and 4 with SE 1 give tau2 3. */
#include "methods/pooled.h"

static enum rx_status
run_meta (const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  return rx_pooled_rows (evidence, options, "ml", rx_tau2_ml, false, rows,
                         err);
}

const struct rx_method rx_method_ml = {
  .name = "ml",
  .title = "Random effects, maximum likelihood",
  .source = "Viechtbauer 2005, J Educ Behav Stat 30:261-293",
  .words = "Studies are pooled by a random-effects model, the variance "
           "between studies by maximum likelihood.",
  .on_request = true,
  .meta = run_meta,
};
