/* equivalence_rows.c: ratios with their intervals, limits and verdicts.

   The interval of the difference of logarithms is taken to the ratio.  It is
   compared with the limits after rounding both to two decimals of a percent,
   as EMA has it (CPMP/EWP/QWP/1401/98 Rev. 1, 2010, section 4.1.8); where the
   limits expand, the ratio itself must lie between 80 and 125 % too (section
   4.1.10).  The variation within the reference comes from its responses
   alone, with subject and period fixed. */
#include "methods/equivalence_rows.h"

#include "stats/equivalence.h"
#include "stats/fixed_groups.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const double rx_equivalence_alpha = 0.05;

double
rx_equivalence_one_sided (const struct rx_method_options *options)
{
  return options->alpha > 0 ? options->alpha : rx_equivalence_alpha;
}

double
rx_equivalence_level (const struct rx_method_options *options)
{
  return 1 - 2 * rx_equivalence_one_sided (options);
}

void
rx_equivalence_note (const struct rx_equivalence_fit *fit,
                     const struct rx_linear_test *test, struct rx_note *note)
{
  if (fit->fit != NULL && fit->always[0] != '\0')
    rx_note_add (note, "%s", fit->always);
  if (!isnan (test->p))
    return;
  if (fit->fit == NULL)
    rx_note_add (note, "no-subjects");
  else if (!test->estimable)
    rx_note_add (note, "not-estimable");
  else if (fit->why[0] != '\0')
    rx_note_add (note, "%s", fit->why);
}

/* The treatment against the reference; l[p] is zero between uses. */
static enum rx_status
one_contrast (const struct rx_equivalence_fit *fit,
              const struct rx_crossover *d, size_t treatment, double *l,
              struct rx_linear_test *test, struct rx_error *err)
{
  size_t column = fit->model.treatment_at
                  + (treatment < d->reference ? treatment : treatment - 1);
  *test = rx_linear_blank (true);
  if (fit->fit == NULL)
    return RX_OK;
  l[column] = 1;
  enum rx_status status = fit->test (fit->fit, l, 1, test, err);
  l[column] = 0;
  return status;
}

enum rx_status
rx_equivalence_each (const struct rx_equivalence_fit *fit,
                     const struct rx_crossover *d, const char *two,
                     const char *prefix, rx_equivalence_contrast *one,
                     void *context, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_linear_test test;
  enum rx_status status = RX_OK;
  double *l = rx_array (fit->model.data.p, sizeof *l);
  if (l == NULL)
    return rx_fail_memory (err);
  for (size_t t = 0; t < d->n_treatments && status == RX_OK; t++)
    {
      if (t == d->reference)
        continue;
      const char *term = two;
      if (d->n_treatments > 2)
        term = rx_strings_format (&rows->strings, "%s%s-%s", prefix,
                                  d->treatments[t],
                                  d->treatments[d->reference]);
      status = term == NULL ? rx_fail_memory (err)
                            : one_contrast (fit, d, t, l, &test, err);
      if (status == RX_OK)
        status = one (context, term, &test, err);
    }
  free (l);
  return status;
}

/* What rows of one endpoint share. */
struct reporting
{
  const struct rx_equivalence_fit *fit;
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  const struct rx_method_options *options;
  const char *method;
  double low, high;                     /* percent */
  const struct rx_expansion *expansion; /* of limits that expand: the ratio
                                           must lie between 80 and 125 %;
                                           else NULL */
  struct rx_rows *rows;
};

static enum rx_status
add_ratio (void *context, const char *term, const struct rx_linear_test *test,
           struct rx_error *err)
{
  const struct reporting *r = context;
  double level = rx_equivalence_level (r->options);
  struct rx_t_test t
      = rx_student_from (test->estimate, test->se, test->df, level);
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)r->fit->n;
  row.estimate = 100 * exp (test->estimate);
  row.df = isinf (test->df) ? NAN : test->df; /* normal */
  row.conf_level = level;
  row.conf_low = 100 * exp (t.low);
  row.conf_high = 100 * exp (t.high);
  rx_equivalence_note (r->fit, test, &note);
  if (!isnan (row.conf_low) && !isnan (row.conf_high))
    rx_note_add (
        &note, "%s",
        rx_percent_within (row.conf_low, r->low, row.conf_high, r->high)
                && (r->expansion == NULL
                    || rx_percent_within (row.estimate, RX_ABE_LOW,
                                          row.estimate, RX_ABE_HIGH))
            ? "equivalent"
            : "not-shown");
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint, r->method,
                            term, false, &note, err);
}

enum rx_status
rx_equivalence_limits (double low, double high, size_t n,
                       const struct rx_crossover *design,
                       const struct rx_endpoint *endpoint, const char *method,
                       const char *why, struct rx_rows *rows,
                       struct rx_error *err)
{
  static const char *const terms[] = { "limit-low", "limit-high" };
  const double limits[] = { low, high };
  for (size_t i = 0; i < 2; i++)
    {
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      row.n = (double)n;
      row.estimate = limits[i];
      if (why[0] != '\0')
        rx_note_add (&note, "%s", why);
      if (rx_fill_crossover (rows, row, design, endpoint, method, terms[i],
                             false, &note, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static double
within_sd_of (const struct rx_fixed_groups *fit)
{
  return fit->unit * sqrt (fit->variance);
}

/* A model within subjects; *fit is kept for as long as *out. */
static enum rx_status
fit_fixed (struct rx_equivalence_fit *out, struct rx_fixed_groups *fit,
           const struct rx_crossover *design,
           const struct rx_endpoint *endpoint,
           const struct rx_method_options *options, struct rx_error *err)
{
  *fit = (struct rx_fixed_groups){ 0 };
  *out = (struct rx_equivalence_fit){
    .within_sd = NAN, .within_df = NAN, .always = "", .why = ""
  };
  if (rx_linear_model_build (&out->model, design, endpoint, RX_SUBJECTS_FIXED,
                             options, err)
      != RX_OK)
    return err->status;
  out->n = out->model.repeated;
  if (out->n == 0)
    return RX_OK;
  if (rx_fixed_groups_fit (fit, &out->model.data, err) != RX_OK)
    {
      rx_linear_model_free (&out->model);
      return err->status;
    }
  out->fit = fit;
  out->why = fit->df > 0 ? "zero-variance" : "too-few-subjects";
  out->within_sd = within_sd_of (fit);
  out->within_df = (double)fit->df;
  return RX_OK;
}

static void
free_fixed (struct rx_equivalence_fit *out, struct rx_fixed_groups *fit)
{
  rx_fixed_groups_free (fit);
  rx_linear_model_free (&out->model);
}

/* The endpoint with the responses to the reference alone; the caller frees
   its y. */
static enum rx_status
reference_endpoint (const struct rx_crossover *d,
                    const struct rx_endpoint *endpoint,
                    struct rx_endpoint *out, struct rx_error *err)
{
  size_t n = d->n_subjects * d->n_periods;
  *out = *endpoint;
  out->units = NULL;
  out->y = rx_array (n, sizeof *out->y);
  if (out->y == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    out->y[i] = d->treatment_at[i] == (int)d->reference ? endpoint->y[i] : NAN;
  return RX_OK;
}

/* Variation within the reference. */
struct within
{
  double sd, df;
  size_t n; /* subjects with two and more responses to the reference */
};

static enum rx_status
within_reference (const struct rx_crossover *design,
                  const struct rx_endpoint *endpoint, struct within *out,
                  struct rx_error *err)
{
  struct rx_endpoint alone;
  struct rx_equivalence_fit model;
  struct rx_fixed_groups fit;
  if (reference_endpoint (design, endpoint, &alone, err) != RX_OK)
    return err->status;
  enum rx_status status = fit_fixed (&model, &fit, design, &alone, NULL, err);
  if (status == RX_OK)
    {
      *out = (struct within){ model.within_sd, model.within_df, model.n };
      free_fixed (&model, &fit);
    }
  free (alone.y);
  return status;
}

/* Why the variation is not known; "" where it is. */
static const char *
why_unknown (const struct within *reference)
{
  if (!isnan (reference->sd))
    return "";
  return reference->n > 0 ? "too-few-subjects" : "reference-not-repeated";
}

static enum rx_status
add_cv (const struct reporting *r, const char *term, double log_sd, double df,
        struct rx_note *note, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)r->fit->n;
  row.estimate = rx_cv_percent (log_sd);
  row.df = df;
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint, r->method,
                            term, false, note, err);
}

/* Rows cv-within:A, ... */
static enum rx_status
add_treatment_cvs (const struct reporting *r, struct rx_error *err)
{
  for (size_t t = 0; t < r->design->n_treatments; t++)
    {
      struct rx_note note = { "" };
      const char *term = rx_strings_format (&r->rows->strings, "cv-within:%s",
                                            r->design->treatments[t]);
      if (term == NULL)
        return rx_fail_memory (err);
      if (isnan (r->fit->within_by[t]))
        rx_note_add (&note, "not-estimable");
      if (add_cv (r, term, r->fit->within_by[t], NAN, &note, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* Rows cv-within and cv-within-ref. */
static enum rx_status
add_variation (const struct reporting *r, const struct within *reference,
               struct rx_error *err)
{
  const struct rx_equivalence_fit *fit = r->fit;
  const char *unknown = why_unknown (reference);
  struct rx_note all = { "" }, alone = { "" };
  if (fit->within_by != NULL)
    {
      if (add_treatment_cvs (r, err) != RX_OK)
        return err->status;
    }
  else
    {
      if (isnan (fit->within_sd))
        rx_note_add (&all,
                     fit->fit != NULL ? "too-few-subjects" : "no-subjects");
      if (add_cv (r, "cv-within", fit->within_sd, fit->within_df, &all, err)
          != RX_OK)
        return err->status;
    }
  if (reference->n > 0)
    rx_note_add (&alone, "reference-repeated=%zu", reference->n);
  if (unknown[0] != '\0')
    rx_note_add (&alone, "%s", unknown);
  return add_cv (r, "cv-within-ref", reference->sd, reference->df, &alone,
                 err);
}

enum rx_status
rx_equivalence_variation (const struct rx_equivalence_fit *fit,
                          const struct rx_crossover *design,
                          const struct rx_endpoint *endpoint,
                          const char *method, struct rx_rows *rows,
                          struct rx_error *err)
{
  struct within reference;
  struct reporting r = { .fit = fit,
                         .design = design,
                         .endpoint = endpoint,
                         .method = method,
                         .rows = rows };
  if (within_reference (design, endpoint, &reference, err) != RX_OK)
    return err->status;
  return add_variation (&r, &reference, err);
}

static enum rx_status
add_rows (struct reporting *r, const struct within *reference,
          struct rx_error *err)
{
  if (rx_equivalence_each (r->fit, r->design, "ratio", "ratio:", add_ratio, r,
                           r->rows, err)
          != RX_OK
      || add_variation (r, reference, err) != RX_OK)
    return err->status;
  struct rx_note note = { "" };
  if (r->expansion != NULL && r->expansion != rx_expansion_default)
    rx_note_add (&note, "regulator=%s", r->expansion->name);
  if (r->expansion != NULL && isnan (reference->sd))
    rx_note_add (&note, "%s", why_unknown (reference));
  return rx_equivalence_limits (r->low, r->high, r->fit->n, r->design,
                                r->endpoint, r->method, note.text, r->rows,
                                err);
}

enum rx_status
rx_equivalence_average (const struct rx_equivalence_fit *fit,
                        const struct rx_crossover *design,
                        const struct rx_endpoint *endpoint,
                        const struct rx_method_options *options,
                        const char *method, struct rx_rows *rows,
                        struct rx_error *err)
{
  struct within reference;
  struct reporting r = { .fit = fit,
                         .design = design,
                         .endpoint = endpoint,
                         .options = options,
                         .method = method,
                         .low = RX_ABE_LOW,
                         .high = RX_ABE_HIGH,
                         .rows = rows };
  if (options->has_margin)
    {
      r.low = 100 * options->margin[0];
      r.high = 100 * options->margin[1];
    }
  if (within_reference (design, endpoint, &reference, err) != RX_OK)
    return err->status;
  return add_rows (&r, &reference, err);
}

enum rx_status
rx_equivalence_expanding (const struct rx_equivalence_fit *fit,
                          const struct rx_crossover *design,
                          const struct rx_endpoint *endpoint,
                          const struct rx_method_options *options,
                          const char *method, struct rx_rows *rows,
                          struct rx_error *err)
{
  struct within reference;
  struct reporting r
      = { .fit = fit,
          .design = design,
          .endpoint = endpoint,
          .options = options,
          .method = method,
          .low = RX_ABE_LOW,
          .high = RX_ABE_HIGH,
          .rows = rows,
          .expansion = options->expansion != NULL ? options->expansion
                                                  : rx_expansion_default };
  if (within_reference (design, endpoint, &reference, err) != RX_OK)
    return err->status;
  double widened = rx_abel_log_limit (r.expansion, reference.sd);
  if (widened > log (1.25)) /* 80 and 125 to the last bit where not */
    {
      r.low = 100 * exp (-widened);
      r.high = 100 * exp (widened);
    }
  return add_rows (&r, &reference, err);
}

static enum rx_status
test_fixed (const void *fit, const double *l, size_t q,
            struct rx_linear_test *test, struct rx_error *err)
{
  return rx_fixed_groups_test (fit, l, q, test, err);
}

enum rx_status
rx_equivalence_fixed_run (const struct rx_method *self,
                          const struct rx_crossover *design,
                          const struct rx_endpoint *endpoint,
                          const struct rx_method_options *options,
                          struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_equivalence_kind *kind = self->kind;
  struct rx_equivalence_fit model;
  struct rx_fixed_groups fit;
  if (fit_fixed (&model, &fit, design, endpoint, options, err) != RX_OK)
    return err->status;
  model.test = test_fixed;
  enum rx_status status = kind->report (&model, design, endpoint, options,
                                        self->name, rows, err);
  free_fixed (&model, &fit);
  return status;
}

/* SDs within each treatment, in the unit of the response; the caller frees
   them.  NULL where one variance is for all. */
static enum rx_status
within_by_treatment (const struct rx_lmm_endpoint *e,
                     const struct rx_crossover *design, double **out,
                     struct rx_error *err)
{
  *out = NULL;
  if (e->variances == RX_LMM_COMMON)
    return RX_OK;
  *out = rx_array (design->n_treatments, sizeof **out);
  if (*out == NULL)
    return rx_fail_memory (err);
  for (size_t t = 0; t < design->n_treatments; t++)
    (*out)[t] = e->is_fitted && e->blocks.within != NULL
                    ? e->blocks.unit * sqrt (e->blocks.within[t])
                    : NAN;
  return RX_OK;
}

enum rx_status
rx_equivalence_lmm (const struct rx_lmm_endpoint *e,
                    const struct rx_crossover *design,
                    const struct rx_endpoint *endpoint,
                    const struct rx_method_options *options,
                    const char *method, const struct rx_lmm_rule *rule,
                    rx_equivalence_report *report, struct rx_rows *rows,
                    struct rx_error *err)
{
  struct rx_lmm_tested tested = { e, rule };
  struct rx_equivalence_fit fit = { .model = e->model,
                                    .test = rx_lmm_tester,
                                    .within_sd = NAN,
                                    .within_df = NAN,
                                    .always = "",
                                    .why = "" };
  double *within_by;
  if (within_by_treatment (e, design, &within_by, err) != RX_OK)
    return err->status;
  fit.within_by = within_by;
  if (e->is_fitted)
    {
      fit.fit = &tested;
      fit.n = e->model.subjects;
      fit.always = rx_lmm_note (e);
      fit.why = rx_lmm_why (e);
      if (e->variances == RX_LMM_COMMON && e->fit.state != RX_LMM_TOO_FEW)
        fit.within_sd = e->fit.unit * sqrt (e->fit.within);
    }
  enum rx_status status
      = report (&fit, design, endpoint, options, method, rows, err);
  free (within_by);
  return status;
}

enum rx_status
rx_equivalence_lmm_average (const struct rx_lmm_endpoint *e,
                            const struct rx_crossover *design,
                            const struct rx_endpoint *endpoint,
                            const struct rx_method_options *options,
                            const char *method, const struct rx_lmm_rule *rule,
                            struct rx_rows *rows, struct rx_error *err)
{
  return rx_equivalence_lmm (e, design, endpoint, options, method, rule,
                             rx_equivalence_average, rows, err);
}

enum rx_status
rx_equivalence_lmm_expanding (const struct rx_lmm_endpoint *e,
                              const struct rx_crossover *design,
                              const struct rx_endpoint *endpoint,
                              const struct rx_method_options *options,
                              const char *method,
                              const struct rx_lmm_rule *rule,
                              struct rx_rows *rows, struct rx_error *err)
{
  return rx_equivalence_lmm (e, design, endpoint, options, method, rule,
                             rx_equivalence_expanding, rows, err);
}
