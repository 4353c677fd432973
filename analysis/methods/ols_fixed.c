/* ols_fixed.c: least squares with subject, period and treatment fixed.

   The comparison within subjects that an analysis of variance makes: subjects
   with one response tell nothing and are not counted in n.
   df = responses - subjects - (periods - 1) - (treatments - 1).
   Jones & Kenward, Design and Analysis of Cross-Over Trials.

   To check: complete AB/BA data give hills-armitage's t. */
#include "methods/linear_model.h"
#include "stats/fixed_groups.h"

static enum rx_status
run_test (const void *fit, const double *l, size_t q,
          struct rx_linear_test *test, struct rx_error *err)
{
  return rx_fixed_groups_test (fit, l, q, test, err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_linear_model model;
  struct rx_fixed_groups fit = { 0 };
  if (rx_linear_model_build (&model, design, endpoint, RX_SUBJECTS_FIXED,
                             options, err)
      != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  if (model.repeated > 0)
    status = rx_fixed_groups_fit (&fit, &model.data, err);
  struct rx_linear_report report
      = { .method = self->name,
          .model = &model,
          .fit = model.repeated > 0 ? &fit : NULL,
          .test = run_test,
          .n = model.repeated,
          .always = "",
          .why = fit.df > 0 ? "zero-variance" : "too-few-subjects",
          .two_periods = "period" };
  if (status == RX_OK)
    status = rx_linear_rows (&report, design, endpoint, options, rows, err);
  rx_fixed_groups_free (&fit);
  rx_linear_model_free (&model);
  return status;
}

const struct rx_method rx_method_ols_fixed = {
  .name = "ols-fixed",
  .title = "Least squares with subject, period and treatment fixed",
  .source = "Jones & Kenward, Design and Analysis of Cross-Over Trials",
  .words = "Treatments are compared within subjects by least squares with "
           "subject, period and treatment fixed.",
  .crossover = run_crossover,
};
