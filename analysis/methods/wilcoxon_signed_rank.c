/* wilcoxon_signed_rank.c: the signed-rank test within subject.

   Zeros dropped, mid-ranks, statistic V = sum of positive ranks, normal
   approximation with tie correction and no continuity correction; estimate =
   median of the Walsh averages of the nonzero differences.  Wilcoxon,
   Biometrics Bulletin 1945;1:80-83. */
#include "methods/fill.h"

#include <math.h>

static enum rx_status
test (const struct rx_contrast *d, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  struct rx_rank_test result;
  if (rx_signed_rank_normal (rx_contrast_sample (d), &result, err) != RX_OK)
    return err->status;
  *row = rx_fill_rank (result, d->n, level, note);
  if (isnan (result.p))
    rx_note_add (note, d->n == 0 ? "no-subjects" : "all-zero");
  return RX_OK;
}

static enum rx_status
run_crossover (const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  return rx_each_contrast (design, endpoint, options, "wilcoxon-signed-rank",
                           test, rows, err);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  struct rx_contrast d;
  struct rx_note note = { "" };
  struct rx_row row;
  if (rx_cell_differences (cell, &d, err) != RX_OK)
    return err->status;
  enum rx_status status = test (&d, options->level, &row, &note, err);
  if (status == RX_OK)
    status = rx_fill_before_after (rows, row, cell, "wilcoxon-signed-rank",
                                   "change", &note, err);
  rx_contrast_free (&d);
  return status;
}

const struct rx_method rx_method_wilcoxon_signed_rank = {
  .name = "wilcoxon-signed-rank",
  .title = "Wilcoxon signed-rank test within subject, normal approximation",
  .source = "Wilcoxon 1945, Biometrics Bulletin 1:80-83",
  .words = "Differences within subject are also tested by the Wilcoxon "
           "signed-rank test (zeros dropped, tie-corrected normal "
           "approximation).",
  .measures = RX_DISPENSINGS | RX_DDD,
  .crossover = run_crossover,
  .before_after = run_before_after,
};
