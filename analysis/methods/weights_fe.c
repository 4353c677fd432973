/* weights_fe.c: how much each study counts in the model `fe'.

   term = the study, estimate = its weight in percent.  By hand: standard
   errors 1 and 2 without a variance between studies weigh 80 and 20. */
#include "methods/weights_rows.h"

static enum rx_status
run_meta (const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  (void)options;
  return rx_weights_rows (evidence, "weights-fe", NULL, rows, err);
}

const struct rx_method rx_method_weights_fe = {
  .name = "weights-fe",
  .title = "Weights of the studies in percent: fixed-effect model",
  .source = "",
  .words = "Weights are those of the fixed-effect model.",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
