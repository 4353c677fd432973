/* weights_reml.c: how much each study counts in the model `reml'.

   term = the study, estimate = its weight in percent.  By hand: standard
   errors 1 and 2 without a variance between studies weigh 80 and 20. */
#include "methods/weights_rows.h"

const struct rx_method rx_method_weights_reml = {
  .name = "weights-reml",
  .title = "Weights of the studies in percent: random effects, REML",
  .source = "",
  .words = "Weights are those of the random-effects model (REML).",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .kind = &(const struct rx_pooled_kind){ rx_tau2_reml, false },
  .meta = rx_weights_run,
};
