/* rank_correlation.c: Begg and Mazumdar's rank test for small-study effects.

   Kendall's tau between the standardised deviates from the fixed effect and
   the variances; p exact without ties (note `exact`), else normal.
   Begg & Mazumdar 1994, Biometrics 50:1088-1101.

   To check: the 13 BCG trials (Colditz 1994) give tau = 0.0256, p = 0.9524. */
#include "methods/pooled.h"

#include "stats/small_study.h"

#include <math.h>

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_kendall kendall;
  (void)options;
  if (rx_rank_correlation (rx_evidence_studies (evidence), &kendall, err)
      != RX_OK)
    return err->status;
  row.n = (double)evidence->k;
  row.estimate = kendall.tau;
  row.p_value = kendall.p;
  if (evidence->k < 3)
    rx_note_add (&note, "too-few-studies");
  else if (isnan (kendall.tau))
    rx_note_add (&note, "all-tied");
  else
    rx_note_add (&note, kendall.exact ? "exact" : "normal");
  if (kendall.ties)
    rx_note_add (&note, "ties");
  return rx_pooled_add (rows, row, evidence, self->name, "kendall-tau", &note,
                        err);
}

const struct rx_method rx_method_rank_correlation = {
  .name = "rank-correlation",
  .title = "Begg's rank correlation test for small-study effects",
  .source = "Begg & Mazumdar 1994, Biometrics 50:1088-1101",
  .words = "Small-study effects are tested by Begg's rank correlation.",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
