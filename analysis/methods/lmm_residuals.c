/* lmm_residuals.c: residuals of the mixed model, response by response, and
   what it predicts of the subjects.

   The model is that of lmm-kr (or, where asked for, with a variance within for
   each treatment); the variances are taken as known.  estimate is the
   conditional residual (the prediction of the subject's effect, BLUP),
   std_error its standard deviation under the model, statistic their ratio, the
   studentised one:

     shapiro-wilk-residuals, shapiro-wilk-subjects   normality of the
                            studentised ones
     largest-residual, largest-subject   the one furthest from 0, named in the
                            note
     residual:S03:2, subject:S03   every response and every subject; the note
                            beyond=3 on those further from 0

   The values of a trial are correlated, so that the p-values are but a guide;
   these rows describe.  stats/conditional_residuals.c has the formulas.
   Lange & Ryan, Ann Stat 1989;17:624-642, on the normality of predictions. */
#include "methods/lmm_rows.h"
#include "stats/conditional_residuals.h"
#include "stats/shapiro_wilk.h"

#include <math.h>
#include <stdlib.h>

static const double BEYOND = 3;

struct reporting
{
  const char *method;
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  const struct rx_lmm_endpoint *e;
  const char *why; /* nothing was computed */
  double *spare;   /* [rows of the model] */
  struct rx_rows *rows;
};

/* One kind of value: of responses, or of subjects. */
struct part
{
  const char *normality, *largest, *stem;
  size_t n;
  const double *value, *sd;
  bool by_row;
};

static enum rx_status
add (const struct reporting *r, struct rx_row row, const char *term,
     struct rx_note *note, struct rx_error *err)
{
  if (term == NULL)
    return rx_fail_memory (err);
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint, r->method,
                            term, false, note, err);
}

static int
by_size (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* What holds for every row of the fit. */
static void
note_fit (const struct reporting *r, struct rx_note *note)
{
  if (r->e->model.dropped > 0)
    rx_note_add (note, "covariate-missing=%zu", r->e->model.dropped);
  if (r->why[0] != '\0')
    rx_note_add (note, "%s", r->why);
  else if (rx_lmm_state (r->e) == RX_LMM_SINGULAR)
    rx_note_add (note, "singular");
}

static enum rx_status
add_normality (const struct reporting *r, const struct part *p,
               struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  size_t n = 0;
  for (size_t i = 0; i < p->n; i++)
    if (!isnan (p->sd[i]))
      r->spare[n++] = p->value[i] / p->sd[i];
  if (n > 0)
    qsort (r->spare, n, sizeof *r->spare, by_size);
  struct rx_shapiro_wilk test = rx_shapiro_wilk (r->spare, n);
  row.n = (double)n;
  row.statistic = test.w;
  row.p_value = test.p;
  note_fit (r, &note);
  if (r->why[0] == '\0' && isnan (test.p))
    rx_note_add (&note, "%s",
                 n > RX_SHAPIRO_WILK_MOST    ? "too-many-values"
                 : n == 0                    ? "zero-variance"
                 : n < RX_SHAPIRO_WILK_LEAST ? "too-few-values"
                                             : "zero-variance");
  return add (r, row, p->normality, &note, err);
}

/* Whose it is, and of which period. */
static const char *
subject_of (const struct reporting *r, const struct part *p, size_t i,
            const char **period)
{
  const struct rx_linear_model *m = &r->e->model;
  *period = NULL;
  if (!p->by_row)
    return r->design->subjects[m->subject[i]];
  size_t low = 0, high = m->subjects;
  while (high - low > 1)
    {
      size_t middle = low + (high - low) / 2;
      *(m->first[middle] <= i ? &low : &high) = middle;
    }
  *period = r->design->periods[m->period[i]];
  return r->design->subjects[m->subject[low]];
}

static struct rx_row
row_of (const struct reporting *r, const struct part *p, size_t i)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)r->e->model.subjects;
  row.estimate = p->value[i];
  row.std_error = p->sd[i];
  row.statistic = p->value[i] / p->sd[i];
  return row;
}

static enum rx_status
add_largest (const struct reporting *r, const struct part *p,
             struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  size_t most = p->n;
  row.n = (double)r->e->model.subjects;
  note_fit (r, &note);
  for (size_t i = 0; i < p->n; i++)
    if (!isnan (p->sd[i])
        && (most == p->n
            || fabs (p->value[i] / p->sd[i])
                   > fabs (p->value[most] / p->sd[most])))
      most = i;
  if (most < p->n)
    {
      const char *period, *subject = subject_of (r, p, most, &period);
      row = row_of (r, p, most);
      rx_note_add (&note, "subject=%s", subject);
      if (period != NULL)
        rx_note_add (&note, "period=%s", period);
    }
  else if (r->why[0] == '\0')
    rx_note_add (&note, "zero-variance");
  return add (r, row, p->largest, &note, err);
}

static enum rx_status
add_each (const struct reporting *r, const struct part *p,
          struct rx_error *err)
{
  for (size_t i = 0; i < p->n; i++)
    {
      struct rx_row row = row_of (r, p, i);
      struct rx_note note = { "" };
      const char *period, *subject = subject_of (r, p, i, &period);
      const char *term
          = period != NULL ? rx_strings_format (&r->rows->strings, "%s:%s:%s",
                                                p->stem, subject, period)
                           : rx_strings_format (&r->rows->strings, "%s:%s",
                                                p->stem, subject);
      note_fit (r, &note);
      if (isnan (row.std_error))
        rx_note_add (&note, "zero-variance");
      else if (fabs (row.statistic) > BEYOND)
        rx_note_add (&note, "beyond=%g", BEYOND);
      if (add (r, row, term, &note, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
report (const struct reporting *r, const struct rx_conditional_residuals *c,
        struct rx_error *err)
{
  size_t n = r->why[0] == '\0' ? r->e->model.data.n : 0;
  size_t groups = r->why[0] == '\0' ? r->e->model.subjects : 0;
  const struct part parts[] = { { .normality = "shapiro-wilk-residuals",
                                  .largest = "largest-residual",
                                  .stem = "residual",
                                  .n = n,
                                  .value = c->residual,
                                  .sd = c->residual_sd,
                                  .by_row = true },
                                { .normality = "shapiro-wilk-subjects",
                                  .largest = "largest-subject",
                                  .stem = "subject",
                                  .n = groups,
                                  .value = c->group,
                                  .sd = c->group_sd } };
  for (size_t i = 0; i < 2; i++)
    if (add_normality (r, &parts[i], err) != RX_OK)
      return err->status;
  for (size_t i = 0; i < 2; i++)
    if (add_largest (r, &parts[i], err) != RX_OK)
      return err->status;
  for (size_t i = 0; i < 2; i++)
    if (add_each (r, &parts[i], err) != RX_OK)
      return err->status;
  return RX_OK;
}

/* Why there is nothing; "" where there is something. */
static const char *
why_not (const struct rx_lmm_endpoint *e)
{
  if (!e->is_fitted)
    return "no-subjects";
  enum rx_lmm_state state = rx_lmm_state (e);
  if (state == RX_LMM_FITTED || state == RX_LMM_SINGULAR)
    return "";
  return state == RX_LMM_FLAT ? rx_lmm_note (e) : rx_lmm_why (e);
}

static enum rx_status
compute (const struct rx_lmm_endpoint *e, struct rx_conditional_residuals *out,
         struct rx_error *err)
{
  const struct rx_lmm *common
      = e->variances == RX_LMM_COMMON ? &e->fit : &e->blocks.start;
  struct rx_conditional_fit fit
      = { .data = &e->model.data, .estimable = &common->estimable };
  if (e->variances == RX_LMM_COMMON)
    {
      fit.beta = e->fit.beta;
      fit.covariance = e->fit.inverse;
      fit.scale = e->fit.within;
      fit.between = e->fit.ratio * e->fit.within;
      fit.within = &e->fit.within;
      fit.unit = e->fit.unit;
    }
  else
    {
      fit.beta = e->blocks.beta;
      fit.covariance = e->blocks.covariance;
      fit.scale = 1;
      fit.between = e->blocks.between[0];
      fit.within = e->blocks.within;
      fit.kind = e->model.treatment;
      fit.unit = e->blocks.unit;
    }
  return rx_conditional_residuals_of (out, &fit, err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_lmm_endpoint e;
  struct rx_conditional_residuals c = { 0 };
  if (rx_lmm_endpoint_fit (&e, design, endpoint, options, err) != RX_OK)
    return err->status;
  struct reporting r
      = { .method = self->name,
          .design = design,
          .endpoint = endpoint,
          .e = &e,
          .why = why_not (&e),
          .spare = rx_array (e.model.data.n + 1, sizeof *r.spare),
          .rows = rows };
  enum rx_status status = r.spare == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK && r.why[0] == '\0')
    status = compute (&e, &c, err);
  if (status == RX_OK)
    status = report (&r, &c, err);
  rx_conditional_residuals_free (&c);
  free (r.spare);
  rx_lmm_endpoint_free (&e);
  return status;
}

const struct rx_method rx_method_lmm_residuals = {
  .name = "lmm-residuals",
  .title = "Residuals and predicted subjects of the REML mixed model",
  .source = "McCulloch & Searle 2001, Generalized, Linear, and Mixed Models, "
            "ch. 6; Gregoire, Schabenberger & Barrett 1995, Can J For Res "
            "25:137-156; Lange & Ryan 1989, Ann Stat 17:624-642",
  .words = "The conditional residuals of the linear mixed model and its "
           "predictions of the subjects (BLUP) are studentised by their "
           "standard deviations under the model, and their normality is "
           "looked at by the test of Shapiro & Wilk; neither chooses the "
           "analysis.",
  .own_terms = true,
  .on_request = true,
  .crossover = run_crossover,
};
