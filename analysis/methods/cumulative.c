/* cumulative.c: the REML result of the studies so far, in the order of the
   file.

   term = the study that was added.  Lau et al. 1992, N Engl J Med
   327:248-254.  By hand: the first row is the first study itself. */
#include "methods/subsets.h"

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < evidence->k && status == RX_OK; i++)
    status = rx_subset_row (
        evidence, options,
        (struct rx_studies){ evidence->y, evidence->v, i + 1 }, self->name,
        evidence->name[i], rows, err);
  return status;
}

const struct rx_method rx_method_cumulative = {
  .name = "cumulative",
  .title = "Random effects, REML, one study more at a time",
  .source = "Lau et al. 1992, N Engl J Med 327:248-254",
  .words = "Studies are added one at a time in the order of the file and "
           "pooled by a random-effects model, the variance between studies by "
           "restricted maximum likelihood.",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
