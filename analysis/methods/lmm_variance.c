/* lmm_variance.c: the variance components of the mixed model.

   REML estimates of the variance between subjects and of one measurement
   within a subject, from the model of lmm-kr.

   By hand: complete AB/BA data have within = half the pooled variance of the
   period differences, and between = (pooled variance of the subject totals
   - that of the differences) / 4. */
#include "methods/lmm_rows.h"

#include <math.h>

static enum rx_status
add_component (const struct rx_lmm_endpoint *e, double in_units,
               const char *term, const char *missing,
               const struct rx_crossover *design,
               const struct rx_endpoint *endpoint, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = e->is_fitted ? (double)e->model.subjects : 0;
  row.estimate = in_units * e->fit.unit * e->fit.unit;
  if (!isnan (in_units) && !isfinite (row.estimate))
    {
      row.estimate = NAN;
      missing = "too-large";
    }
  if (e->is_fitted && e->fit.state == RX_LMM_SINGULAR)
    rx_note_add (&note, "singular");
  if (isnan (row.estimate))
    rx_note_add (&note, "%s", missing);
  return rx_fill_crossover (rows, row, design, endpoint, "lmm-variance", term,
                            false, &note, err);
}

static enum rx_status
run_crossover (const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_lmm_endpoint e;
  double between = NAN, within = NAN;
  const char *missing = "no-subjects";
  if (rx_lmm_endpoint_fit (&e, design, endpoint, options, err) != RX_OK)
    return err->status;
  if (e.is_fitted)
    {
      enum rx_lmm_state state = e.fit.state;
      missing
          = state == RX_LMM_FLAT ? rx_lmm_note (&e.fit) : rx_lmm_why (&e.fit);
      if (state != RX_LMM_TOO_FEW)
        within = e.fit.within;
      if (state == RX_LMM_FITTED || state == RX_LMM_SINGULAR)
        between = e.fit.ratio * within;
    }
  enum rx_status status = add_component (&e, between, "between", missing,
                                         design, endpoint, rows, err);
  if (status == RX_OK)
    status = add_component (&e, within, "within", missing, design, endpoint,
                            rows, err);
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
