/* lmm_rows.c: the mixed model of a crossover endpoint. */
#include "methods/lmm_rows.h"

#include <math.h>

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
  [RX_LMM_UNBOUNDED] = { "", "no-maximum" },
};

enum rx_lmm_state
rx_lmm_state (const struct rx_lmm_endpoint *e)
{
  return e->variances == RX_LMM_COMMON ? e->fit.state : e->blocks.state;
}

const char *
rx_lmm_state_note (enum rx_lmm_state state)
{
  return notes[state].always;
}

const char *
rx_lmm_state_why (enum rx_lmm_state state)
{
  return notes[state].why;
}

const char *
rx_lmm_note (const struct rx_lmm_endpoint *e)
{
  return rx_lmm_state_note (rx_lmm_state (e));
}

const char *
rx_lmm_why (const struct rx_lmm_endpoint *e)
{
  return rx_lmm_state_why (rx_lmm_state (e));
}

static enum rx_status
fit_model (struct rx_lmm_endpoint *out, const struct rx_crossover *design,
           struct rx_error *err)
{
  struct rx_blocks_data data
      = { .rows = out->model.data,
          .kinds = design->n_treatments,
          .kind = out->model.treatment,
          .random = out->variances == RX_LMM_REPLICATE ? RX_BLOCKS_BY_KIND
                                                       : RX_BLOCKS_INTERCEPT };
  return out->variances == RX_LMM_COMMON
             ? rx_lmm_fit (&out->fit, &out->model.data, err)
             : rx_blocks_fit (&out->blocks, &data, err);
}

static enum rx_status
fit_endpoint (struct rx_lmm_endpoint *out, enum rx_lmm_variances variances,
              const struct rx_crossover *design,
              const struct rx_endpoint *endpoint,
              const struct rx_method_options *options, struct rx_error *err)
{
  *out = (struct rx_lmm_endpoint){ .variances = variances };
  if (rx_linear_model_build (&out->model, design, endpoint, RX_SUBJECTS_RANDOM,
                             options, err)
      != RX_OK)
    return err->status;
  if (out->model.repeated == 0)
    return RX_OK;
  if (fit_model (out, design, err) != RX_OK)
    {
      rx_linear_model_free (&out->model);
      return err->status;
    }
  out->is_fitted = true;
  return RX_OK;
}

enum rx_status
rx_lmm_endpoint_fit (struct rx_lmm_endpoint *out,
                     const struct rx_crossover *design,
                     const struct rx_endpoint *endpoint,
                     const struct rx_method_options *options,
                     struct rx_error *err)
{
  return fit_endpoint (out,
                       options->model.within_by_treatment
                           ? RX_LMM_WITHIN_BY_TREATMENT
                           : RX_LMM_COMMON,
                       design, endpoint, options, err);
}

enum rx_status
rx_lmm_replicate_fit (struct rx_lmm_endpoint *out,
                      const struct rx_crossover *design,
                      const struct rx_endpoint *endpoint,
                      const struct rx_method_options *options,
                      struct rx_error *err)
{
  return fit_endpoint (out, RX_LMM_REPLICATE, design, endpoint, options, err);
}

void
rx_lmm_endpoint_free (struct rx_lmm_endpoint *endpoint)
{
  if (endpoint->is_fitted && endpoint->variances == RX_LMM_COMMON)
    rx_lmm_free (&endpoint->fit);
  else if (endpoint->is_fitted)
    rx_blocks_free (&endpoint->blocks);
  rx_linear_model_free (&endpoint->model);
}

static const struct rx_lmm_rule rule_kr
    = { rx_lmm_kr, rx_lmm_kr, rx_blocks_kr, rx_blocks_kr };
static const struct rx_lmm_rule rule_kr_observed
    = { rx_lmm_kr_observed, rx_lmm_kr_observed, rx_blocks_kr_observed,
        rx_blocks_kr_observed };
const struct rx_lmm_rule rx_lmm_rule_satterthwaite
    = { rx_lmm_satterthwaite, rx_lmm_satterthwaite, rx_blocks_satterthwaite,
        rx_blocks_satterthwaite };
const struct rx_lmm_rule rx_lmm_rule_containment
    = { rx_lmm_containment, rx_lmm_containment_between, rx_blocks_containment,
        rx_blocks_containment_between };

const struct rx_lmm_rule *
rx_lmm_rule_kr (const struct rx_method_options *options)
{
  return options->model.observed ? &rule_kr_observed : &rule_kr;
}

enum rx_status
rx_lmm_tester (const void *context, const double *l, size_t q,
               struct rx_linear_test *test, struct rx_error *err)
{
  const struct rx_lmm_tested *tested = context;
  const struct rx_lmm_endpoint *e = tested->endpoint;
  return e->variances == RX_LMM_COMMON
             ? tested->rule->within (&e->fit, l, q, test, err)
             : tested->rule->within_blocks (&e->blocks, l, q, test, err);
}

/* Sequences are compared between subjects: not without their variance. */
static enum rx_status
run_test_between (const void *context, const double *l, size_t q,
                  struct rx_linear_test *test, struct rx_error *err)
{
  const struct rx_lmm_tested *tested = context;
  const struct rx_lmm_endpoint *e = tested->endpoint;
  *test = rx_linear_blank (true);
  if (rx_lmm_state (e) == RX_LMM_FLAT)
    return RX_OK;
  return e->variances == RX_LMM_COMMON
             ? tested->rule->between (&e->fit, l, q, test, err)
             : tested->rule->between_blocks (&e->blocks, l, q, test, err);
}

/* Means vary with the subjects. */
static enum rx_status
run_test_mean (const void *context, const double *l, size_t q,
               struct rx_linear_test *test, struct rx_error *err)
{
  const struct rx_lmm_tested *tested = context;
  *test = rx_linear_blank (true);
  if (rx_lmm_state (tested->endpoint) == RX_LMM_FLAT)
    return RX_OK;
  return rx_lmm_tester (context, l, q, test, err);
}

enum rx_status
rx_lmm_effects (const struct rx_lmm_endpoint *e,
                const struct rx_crossover *design,
                const struct rx_endpoint *endpoint,
                const struct rx_method_options *options, const char *method,
                const struct rx_lmm_rule *rule, struct rx_rows *rows,
                struct rx_error *err)
{
  struct rx_lmm_tested tested = { e, rule };
  struct rx_linear_report report = { .method = method,
                                     .model = &e->model,
                                     .test = rx_lmm_tester,
                                     .test_sequence = run_test_between,
                                     .test_mean = run_test_mean };
  if (e->is_fitted)
    {
      report.fit = &tested;
      report.n = e->model.subjects;
      report.always = rx_lmm_note (e);
      report.why = rx_lmm_why (e);
    }
  return rx_linear_rows (&report, design, endpoint, options, rows, err);
}

enum rx_status
rx_lmm_run (const struct rx_method *self, const struct rx_crossover *design,
            const struct rx_endpoint *endpoint,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  const struct rx_lmm_kind *kind = self->kind;
  rx_lmm_report *report = kind->report != NULL ? kind->report : rx_lmm_effects;
  struct rx_lmm_endpoint e;
  enum rx_status status
      = (kind->replicate ? rx_lmm_replicate_fit : rx_lmm_endpoint_fit) (
          &e, design, endpoint, options, err);
  if (status != RX_OK)
    return status;
  status = report (
      &e, design, endpoint, options, self->name,
      kind->rule != NULL ? kind->rule : kind->of_options (options), rows, err);
  if (status == RX_OK && kind->replicate)
    status = rx_lmm_components (&e, self->name, design, endpoint, rows, err);
  rx_lmm_endpoint_free (&e);
  return status;
}

/* A row of a variance or of what follows from variances, counted in the square
   of the unit of the response where `is_square`.  NaN has the note `missing`.
 */
static enum rx_status
add_component (const struct rx_lmm_endpoint *e, double value, bool is_square,
               const char *method, const char *term, const char *missing,
               const struct rx_crossover *design,
               const struct rx_endpoint *endpoint, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  double unit = e->variances == RX_LMM_COMMON ? e->fit.unit : e->blocks.unit;
  if (term == NULL)
    return rx_fail_memory (err);
  row.n = e->is_fitted ? (double)e->model.subjects : 0;
  row.estimate = is_square ? value * unit * unit : value;
  if (!isnan (value) && !isfinite (row.estimate))
    {
      row.estimate = NAN;
      missing = "too-large";
    }
  if (e->is_fitted && rx_lmm_state (e) == RX_LMM_SINGULAR)
    rx_note_add (&note, "singular");
  if (e->model.dropped > 0)
    rx_note_add (&note, "covariate-missing=%zu", e->model.dropped);
  if (isnan (row.estimate))
    rx_note_add (&note, "%s", missing);
  return rx_fill_crossover (rows, row, design, endpoint, method, term, false,
                            &note, err);
}

/* Why a component that is not there is not there. */
static const char *
why_missing (const struct rx_lmm_endpoint *e)
{
  if (!e->is_fitted)
    return "no-subjects";
  return rx_lmm_state (e) == RX_LMM_FLAT ? rx_lmm_note (e) : rx_lmm_why (e);
}

/* One variance within. */
static enum rx_status
common_components (const struct rx_lmm_endpoint *e, const char *method,
                   const struct rx_crossover *design,
                   const struct rx_endpoint *endpoint, struct rx_rows *rows,
                   struct rx_error *err)
{
  double between = NAN, within = NAN;
  if (e->is_fitted)
    {
      enum rx_lmm_state state = e->fit.state;
      if (state != RX_LMM_TOO_FEW)
        within = e->fit.within;
      if (state == RX_LMM_FITTED || state == RX_LMM_SINGULAR)
        between = e->fit.ratio * within;
    }
  if (add_component (e, between, true, method, "between", why_missing (e),
                     design, endpoint, rows, err)
      != RX_OK)
    return err->status;
  return add_component (e, within, true, method, "within", why_missing (e),
                        design, endpoint, rows, err);
}

/* What the parts of replicate designs pass around. */
struct parts
{
  const struct rx_lmm_endpoint *e;
  const char *method;
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  struct rx_rows *rows;
  struct rx_error *err;
  bool has; /* something is fitted */
};

static enum rx_status
add_part (const struct parts *p, const char *kind, const char *of,
          double value, bool is_square)
{
  const char *term
      = of == NULL ? kind
                   : rx_strings_format (&p->rows->strings, "%s:%s", kind, of);
  return add_component (p->e, value, is_square, p->method, term,
                        p->has ? "not-estimable" : why_missing (p->e),
                        p->design, p->endpoint, p->rows, p->err);
}

/* The variance of one measurement under a treatment, and its parts where a
   subject has two of them. */
static enum rx_status
add_treatment_parts (const struct parts *p, size_t t)
{
  const struct rx_blocks *b = &p->e->blocks;
  const char *name = p->design->treatments[t];
  double total = NAN, between = NAN, within = NAN;
  if (p->has)
    {
      within = b->within[t];
      total = b->between[t * b->dims + t];
      between = isnan (within) ? NAN : total;
      total += isnan (within) ? 0 : within;
    }
  if (add_part (p, "between", name, between, true) != RX_OK
      || add_part (p, "within", name, within, true) != RX_OK)
    return p->err->status;
  return add_part (p, "total", name, total, true);
}

/* Covariance, correlation and interaction of the treatments a and b; the last
   is the variance of the subjects' own differences between them. */
static enum rx_status
add_pair_parts (const struct parts *p, size_t a, size_t b)
{
  const struct rx_blocks *f = &p->e->blocks;
  const struct rx_crossover *d = p->design;
  const char *pair = NULL;
  double covariance = NAN, correlation = NAN, interaction = NAN;
  if (d->n_treatments > 2
      && (pair = rx_strings_format (&p->rows->strings, "%s-%s",
                                    d->treatments[a], d->treatments[b]))
             == NULL)
    return rx_fail_memory (p->err);
  if (p->has && f->together[a * f->dims + b])
    {
      double aa = f->between[a * f->dims + a],
             bb = f->between[b * f->dims + b];
      covariance = f->between[a * f->dims + b];
      if (!isnan (f->within[a]) && !isnan (f->within[b]))
        {
          if (aa > 0 && bb > 0)
            correlation = covariance / sqrt (aa) / sqrt (bb);
          interaction = fmax (aa + bb - 2 * covariance, 0);
        }
    }
  if (add_part (p, "covariance", pair, covariance, true) != RX_OK
      || add_part (p, "correlation", pair, correlation, false) != RX_OK)
    return p->err->status;
  return add_part (p, "interaction", pair, interaction, true);
}

static enum rx_status
replicate_components (const struct parts *p)
{
  const struct rx_crossover *d = p->design;
  for (size_t t = 0; t < d->n_treatments; t++)
    if (add_treatment_parts (p, t) != RX_OK)
      return p->err->status;
  if (d->n_treatments == 2)
    return add_pair_parts (p, d->test, d->reference);
  for (size_t a = 0; a < d->n_treatments; a++)
    for (size_t b = 0; b < a; b++)
      if (add_pair_parts (p, a, b) != RX_OK)
        return p->err->status;
  return RX_OK;
}

enum rx_status
rx_lmm_components (const struct rx_lmm_endpoint *e, const char *method,
                   const struct rx_crossover *design,
                   const struct rx_endpoint *endpoint, struct rx_rows *rows,
                   struct rx_error *err)
{
  struct parts p = { e, method, design, endpoint, rows, err, false };
  if (e->variances == RX_LMM_COMMON)
    return common_components (e, method, design, endpoint, rows, err);
  if (e->is_fitted)
    p.has = rx_lmm_state (e) == RX_LMM_FITTED
            || rx_lmm_state (e) == RX_LMM_SINGULAR;
  if (add_part (&p, "minus2-reml-loglik", NULL,
                p.has ? e->blocks.deviance : NAN, false)
      != RX_OK)
    return err->status;
  if (e->variances == RX_LMM_REPLICATE)
    return replicate_components (&p);
  if (add_part (&p, "between", NULL, p.has ? e->blocks.between[0] : NAN, true)
      != RX_OK)
    return err->status;
  for (size_t t = 0; t < design->n_treatments; t++)
    if (add_part (&p, "within", design->treatments[t],
                  p.has ? e->blocks.within[t] : NAN, true)
        != RX_OK)
      return err->status;
  return RX_OK;
}
