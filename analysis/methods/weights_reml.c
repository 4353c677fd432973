/* weights_reml.c: how much each study counts in the model `reml'.

   term = the study, estimate = its weight in percent.  By hand: standard
   errors 1 and 2 without a variance between studies weigh 80 and 20. */
#include "methods/weights_rows.h"

static enum rx_status
run_meta (const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  (void)options;
  return rx_weights_rows (evidence, "weights-reml", rx_tau2_reml, rows, err);
}

const struct rx_method rx_method_weights_reml = {
  .name = "weights-reml",
  .title = "Weights of the studies in percent: random effects, REML",
  .source = "",
  .words = "Weights are those of the random-effects model (REML).",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
