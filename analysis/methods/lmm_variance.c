/* lmm_variance.c: the variance components of the mixed model.

   REML estimates of the variance between subjects and of one measurement
   within a subject, from the model of lmm-kr; by treatment where the options
   say so.

   By hand: complete AB/BA data have within = half the pooled variance of the
   period differences, and between = (pooled variance of the subject totals
   - that of the differences) / 4. */
#include "methods/lmm_rows.h"

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_lmm_endpoint e;
  if (rx_lmm_endpoint_fit (&e, design, endpoint, options, err) != RX_OK)
    return err->status;
  enum rx_status status
      = rx_lmm_components (&e, self->name, design, endpoint, rows, err);
  rx_lmm_endpoint_free (&e);
  return status;
}

const struct rx_method rx_method_lmm_variance = {
  .name = "lmm-variance",
  .title = "REML variance between and within subjects",
  .source = "Patterson & Thompson 1971, Biometrika 58:545-554",
  .words = "Variances between and within subjects are REML estimates of the "
           "mixed model.",
  .crossover = run_crossover,
};
