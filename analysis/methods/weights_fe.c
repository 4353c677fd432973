/* weights_fe.c: how much each study counts in the model `fe'.

   term = the study, estimate = its weight in percent.  By hand: standard
   errors 1 and 2 without a variance between studies weigh 80 and 20. */
#include "methods/weights_rows.h"

const struct rx_method rx_method_weights_fe = {
  .name = "weights-fe",
  .title = "Weights of the studies in percent: fixed-effect model",
  .source = "",
  .words = "Weights are those of the fixed-effect model.",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .kind = &(const struct rx_pooled_kind){ NULL, false },
  .meta = rx_weights_run,
};
