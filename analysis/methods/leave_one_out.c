/* leave_one_out.c: the REML result without each study in turn.

   term = the study left out; n = the studies that stay.  By hand: of estimates
   0, 4 and 4 with SE 1, the first left out, the others pool to 4 with tau2 0
   and SE 0.7071. */
#include "methods/subsets.h"

#include <stdlib.h>

/* Copies all but one of x[0..k). */
static void
without (const double *x, size_t k, size_t left, double *out)
{
  for (size_t i = 0, n = 0; i < k; i++)
    if (i != left)
      out[n++] = x[i];
}

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  double *y = rx_array (evidence->k, sizeof *y);
  double *v = rx_array (evidence->k, sizeof *v);
  enum rx_status status
      = y == NULL || v == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t i = 0; i < evidence->k && status == RX_OK; i++)
    {
      without (evidence->y, evidence->k, i, y);
      without (evidence->v, evidence->k, i, v);
      status = rx_subset_row (evidence, options,
                              (struct rx_studies){ y, v, evidence->k - 1 },
                              self->name, evidence->name[i], rows, err);
    }
  free (y);
  free (v);
  return status;
}

const struct rx_method rx_method_leave_one_out = {
  .name = "leave-one-out",
  .title = "Random effects, REML, without each study in turn",
  .source = "",
  .words = "Every study is left out in turn and the others are pooled by a "
           "random-effects model, the variance between studies by restricted "
           "maximum likelihood.",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
