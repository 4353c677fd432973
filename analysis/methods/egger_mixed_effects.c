/* egger_mixed_effects.c: the estimate regressed on its standard error with a
   variance between studies.

   A random-effects meta-regression, tau2 by REML, normal: the test that
   metafor's regtest makes.  The term `standard-error` is the slope, `tau2` the
   variance that is left.  Sterne & Egger 2005 in Rothstein, Sutton &
   Borenstein (eds), Publication Bias in Meta-Analysis, chapter 6.

   To check: the 13 BCG trials (Colditz 1994, log risk ratio) give z = -0.8033,
   p = 0.4218. */
#include "methods/pooled.h"

#include "stats/small_study.h"

#include <math.h>

static enum rx_status
add_tau2 (const struct rx_evidence *evidence, double tau2,
          struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)evidence->k;
  row.estimate = tau2;
  if (tau2 <= 0)
    rx_note_add (&note, "boundary");
  return rx_pooled_add (rows, row, evidence, "egger-mixed-effects", "tau2",
                        &note, err);
}

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_line line = rx_egger_mixed (rx_evidence_studies (evidence));
  row.n = (double)evidence->k;
  row.estimate = line.slope;
  row.std_error = line.slope_se;
  if (isnan (line.slope))
    rx_note_add (&note,
                 evidence->k < 3 ? "too-few-studies" : "equal-std-errors");
  row.conf_level = options->level;
  rx_pool_test (row.estimate, row.std_error, row.df, options->level,
                &row.statistic, &row.p_value, &row.conf_low, &row.conf_high);
  if (rx_pooled_add (rows, row, evidence, self->name, "standard-error", &note,
                     err)
      != RX_OK)
    return err->status;
  return add_tau2 (evidence, line.tau2, rows, err);
}

const struct rx_method rx_method_egger_mixed_effects = {
  .name = "egger-mixed-effects",
  .title = "Egger's test as a mixed-effects meta-regression",
  .source = "Sterne & Egger 2005, in Publication Bias in Meta-Analysis, "
            "chapter 6",
  .words = "Small-study effects are tested by a random-effects "
           "meta-regression on the standard error.",
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .meta = run_meta,
};
