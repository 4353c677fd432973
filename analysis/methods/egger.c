/* egger.c: Egger's regression test for small-study effects.

   The regression of estimate / SE on 1 / SE: its intercept is the term `egger`
   (t with k - 2 df), its slope the term `limit`, the estimate towards which
   studies without error tend.  Egger et al. 1997, BMJ 315:629-634.

   By hand: estimates 1, 3, 4 with SE 1, 2, 3 give y/SE = 1, 1.5, 4/3 on
   1/SE = 1, 1/2, 1/3. */
#include "methods/pooled.h"

#include "stats/small_study.h"

#include <math.h>

static enum rx_status
add_line (const struct rx_evidence *evidence, const char *term,
          double estimate, double se, double level, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)evidence->k;
  if (isnan (estimate))
    rx_note_add (&note,
                 evidence->k < 3 ? "too-few-studies" : "equal-std-errors");
  else
    {
      row.estimate = estimate;
      row.std_error = se;
      row.df = (double)(evidence->k - 2);
      row.conf_level = level;
      rx_pool_test (estimate, se, row.df, level, &row.statistic, &row.p_value,
                    &row.conf_low, &row.conf_high);
      if (!(se > 0))
        rx_note_add (&note, "zero-variance");
    }
  return rx_pooled_add (rows, row, evidence, "egger", term, &note, err);
}

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_line line = rx_egger (rx_evidence_studies (evidence));
  if (add_line (evidence, self->name, line.slope, line.slope_se,
                options->level, rows, err)
      != RX_OK)
    return err->status;
  return add_line (evidence, "limit", line.limit, line.limit_se,
                   options->level, rows, err);
}

const struct rx_method rx_method_egger = {
  .name = "egger",
  .title = "Egger's regression test for small-study effects",
  .source = "Egger et al. 1997, BMJ 315:629-634",
  .words = "Small-study effects are tested by Egger's regression.",
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
