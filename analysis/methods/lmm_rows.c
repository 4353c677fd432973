/* lmm_rows.c: the mixed model of a crossover endpoint. */
#include "methods/lmm_rows.h"

/* Notes per state of the fit. */
static const struct
{
  const char *always, *why;
} notes[] = {
  [RX_LMM_FITTED] = { "", "too-few-subjects" },
  [RX_LMM_SINGULAR] = { "singular", "too-few-subjects" },
  [RX_LMM_FLAT] = { "between-not-estimable", "" },
  [RX_LMM_EXACT] = { "", "zero-variance" },
  [RX_LMM_TOO_FEW] = { "", "too-few-subjects" },
};

const char *
rx_lmm_note (const struct rx_lmm *fit)
{
  return notes[fit->state].always;
}

const char *
rx_lmm_why (const struct rx_lmm *fit)
{
  return notes[fit->state].why;
}

enum rx_status
rx_lmm_endpoint_fit (struct rx_lmm_endpoint *out,
                     const struct rx_crossover *design,
                     const struct rx_endpoint *endpoint,
                     const struct rx_method_options *options,
                     struct rx_error *err)
{
  *out = (struct rx_lmm_endpoint){ 0 };
  if (rx_linear_model_build (&out->model, design, endpoint, RX_SUBJECTS_RANDOM,
                             !options->no_sequence, err)
      != RX_OK)
    return err->status;
  if (out->model.repeated == 0)
    return RX_OK;
  if (rx_lmm_fit (&out->fit, &out->model.data, err) != RX_OK)
    {
      rx_linear_model_free (&out->model);
      return err->status;
    }
  out->is_fitted = true;
  return RX_OK;
}

void
rx_lmm_endpoint_free (struct rx_lmm_endpoint *endpoint)
{
  if (endpoint->is_fitted)
    rx_lmm_free (&endpoint->fit);
  rx_linear_model_free (&endpoint->model);
}

struct tested
{
  const struct rx_lmm *fit;
  rx_lmm_test *test, *test_sequence;
};

static enum rx_status
run_test (const void *context, const double *l, size_t q,
          struct rx_linear_test *test, struct rx_error *err)
{
  const struct tested *tested = context;
  return tested->test (tested->fit, l, q, test, err);
}

/* Sequences are compared between subjects: not without their variance. */
static enum rx_status
run_test_sequence (const void *context, const double *l, size_t q,
                   struct rx_linear_test *test, struct rx_error *err)
{
  const struct tested *tested = context;
  *test = rx_linear_blank (true);
  if (tested->fit->state == RX_LMM_FLAT)
    return RX_OK;
  return tested->test_sequence (tested->fit, l, q, test, err);
}

enum rx_status
rx_lmm_rows (const struct rx_crossover *design,
             const struct rx_endpoint *endpoint,
             const struct rx_method_options *options, const char *method,
             rx_lmm_test *test, rx_lmm_test *test_sequence,
             struct rx_rows *rows, struct rx_error *err)
{
  struct rx_lmm_endpoint e;
  if (rx_lmm_endpoint_fit (&e, design, endpoint, options, err) != RX_OK)
    return err->status;
  struct tested tested = { &e.fit, test, test_sequence };
  struct rx_linear_report report = { .method = method,
                                     .model = &e.model,
                                     .test = run_test,
                                     .test_sequence = run_test_sequence };
  if (e.is_fitted)
    {
      report.fit = &tested;
      report.n = e.model.subjects;
      report.always = rx_lmm_note (&e.fit);
      report.why = rx_lmm_why (&e.fit);
    }
  enum rx_status status
      = rx_linear_rows (&report, design, endpoint, options, rows, err);
  rx_lmm_endpoint_free (&e);
  return status;
}
