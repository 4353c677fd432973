/* gee_rows.c: what the methods by generalised estimating equations share. */
#include "methods/gee_rows.h"

#include <math.h>

/* Means of counts and shares are at the edge where every response is 0, or
   every one 1: no finite estimate. */
static bool
is_degenerate (const struct rx_linear_data *d,
               const struct rx_gee_family *family)
{
  if (family->is_scaled)
    return false;
  for (size_t i = 0; i < d->n; i++)
    if (d->y[i] > 0)
      return false;
  return true;
}

enum rx_status
rx_gee_endpoint_make (struct rx_gee_endpoint *out,
                      const struct rx_crossover *design,
                      const struct rx_endpoint *endpoint,
                      const struct rx_gee_family *family,
                      const struct rx_method_options *options,
                      struct rx_error *err)
{
  struct rx_method_options chosen = *options;
  chosen.no_sequence = true;
  chosen.model.rates = family->counts;
  *out = (struct rx_gee_endpoint){ 0 };
  if (rx_linear_model_build (&out->model, design, endpoint, RX_SUBJECTS_RANDOM,
                             &chosen, err)
      != RX_OK)
    return err->status;
  out->n = out->model.repeated > 0 ? out->model.subjects : 0;
  if (out->n == 0)
    out->why = "no-subjects";
  else if (is_degenerate (&out->model.data, family))
    out->why = "no-events";
  return RX_OK;
}

void
rx_gee_endpoint_free (struct rx_gee_endpoint *endpoint)
{
  rx_gee_free (&endpoint->fit);
  rx_linear_model_free (&endpoint->model);
}

static enum rx_status
run_test (const void *fit, const double *l, size_t q,
          struct rx_linear_test *test, struct rx_error *err)
{
  const struct rx_gee_endpoint *e = fit;
  if (e->why == NULL)
    return rx_gee_test (&e->fit, l, q, test, err);
  *test = rx_linear_blank (true);
  return RX_OK;
}

enum rx_status
rx_gee_endpoint_rows (const struct rx_gee_endpoint *e,
                      const struct rx_crossover *design,
                      const struct rx_endpoint *endpoint,
                      const struct rx_method_options *options,
                      const char *method, const char *note,
                      struct rx_rows *rows, struct rx_error *err)
{
  struct rx_linear_report report
      = { .method = method,
          .model = &e->model,
          .fit = e->n > 0 ? e : NULL,
          .test = run_test,
          .n = e->n,
          .always = note,
          .why = e->why != NULL ? e->why : "zero-variance",
          .two_periods = "period" };
  return rx_linear_rows (&report, design, endpoint, options, rows, err);
}

enum rx_status
rx_gee_endpoint_extra (const struct rx_gee_endpoint *e, double value,
                       const char *method, const char *term,
                       const struct rx_crossover *design,
                       const struct rx_endpoint *endpoint,
                       struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)e->n;
  if (e->why != NULL)
    rx_note_add (&note, "%s", e->why);
  else if (isfinite (value))
    row.estimate = value;
  else
    rx_note_add (&note, "out-of-range");
  return rx_fill_crossover (rows, row, design, endpoint, method, term, false,
                            &note, err);
}

static enum rx_status
add_all (const struct rx_gee_endpoint *e, const struct rx_crossover *design,
         const struct rx_endpoint *endpoint,
         const struct rx_method_options *options, const char *method,
         const char *note, struct rx_rows *rows, struct rx_error *err)
{
  double unit = e->fit.unit;
  if (rx_gee_endpoint_rows (e, design, endpoint, options, method, note, rows,
                            err)
          != RX_OK
      || rx_gee_endpoint_extra (e, e->fit.correlation, method, "correlation",
                                design, endpoint, rows, err)
             != RX_OK)
    return err->status;
  return rx_gee_endpoint_extra (e, e->fit.dispersion * unit * unit, method,
                                "dispersion", design, endpoint, rows, err);
}

enum rx_status
rx_gee_run (const struct rx_method *self, const struct rx_crossover *design,
            const struct rx_endpoint *endpoint,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  const struct rx_gee_kind *kind = self->kind;
  struct rx_gee_spec spec = { .family = kind->family, .exchangeable = true };
  struct rx_gee_endpoint e;
  if (rx_gee_endpoint_make (&e, design, endpoint, kind->family, options, err)
      != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  if (e.why == NULL)
    {
      spec.offset = e.model.offset;
      status = rx_gee_fit (&e.fit, &e.model.data, &spec, err);
      e.why = e.fit.why;
    }
  if (status == RX_OK)
    status = add_all (&e, design, endpoint, options, self->name, kind->note,
                      rows, err);
  rx_gee_endpoint_free (&e);
  return status;
}
