/* counterfactual.c: what a segmented regression expects at every point, with
   the interruptions and without them, and how far apart the two are.

   With x the row of a point and z the same row without the interruptions (see
   rx_series_row), b the coefficients and V their covariance:

     fitted          m = x b          (exp (x b) in a model of counts)
     counterfactual  c = z b          (exp (z b))
     effect          m - c
     relative-effect 100 (m / c - 1) percent

   Standard errors by the delta method, g'Vg with the gradient g of each:
   x, z, x - z and 100 (x / c - m z / c^2); with counts m x, c z, m x - c z
   and 100 m / c (x - z).  Intervals by Student's t (normal in the Poisson
   model); those of counts and of their ratio are taken on the log scale.
   Zhang, Wagner, Soumerai & Ross-Degnan, Journal of Clinical Epidemiology
   2009;62:143-148.

   Rows: `observed:T`, `fitted:T` for every point T with a value, from the
   first interruption on `counterfactual:T`; `effect:T` and
   `relative-effect:T` at the points asked for, else at the last.  The note
   has the time as the file has it, the model, what a rate is per, and whether
   the point is the first one after an interruption. */
#include "methods/segmented_models.h"

#include "base/number.h"
#include "stats/dense.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double PARTED = 1e-7; /* what rounding leaves of a column that is
                                      a combination of others */

struct work
{
  const struct rx_series *series;
  const struct rx_segmented_model *model;
  const struct rx_segmented_fit *fit;
  const char *note; /* of the covariance: lag=3, gap */
  double level, quantile;
  double *x, *z, *gradient; /* [k] */
  double *alias; /* [k * k] row c: what column c is made of, where it is not
                    estimable, with -1 for itself; 0 where it is */
  struct rx_rows *rows;
};

static double
predict (const struct work *w, const double *x)
{
  double sum = 0;
  for (size_t c = 0; c < w->fit->matrix.k; c++)
    if (!isnan (w->fit->coefficient[c]))
      sum += x[c] * w->fit->coefficient[c];
  return sum;
}

static double
error_of (const struct work *w, const double *gradient)
{
  double form = rx_dense_form (w->fit->covariance, w->fit->matrix.k, gradient,
                               gradient);
  return form >= 0 ? sqrt (form) : form < 0 ? 0 : NAN;
}

static enum rx_status
add (const struct work *w, struct rx_row row, const char *what, size_t i,
     struct rx_error *err)
{
  struct rx_note note = { "" };
  char per[RX_NUMBER_SIZE];
  const struct rx_series *s = w->series;
  const char *term = rx_strings_format (&w->rows->strings, "%s:%zu", what,
                                        (size_t)s->time[i]);
  if (term == NULL)
    return rx_fail_memory (err);
  rx_note_add (&note, "time=%s", s->label[i]);
  rx_note_add (&note, "model=%s", w->model->name);
  if (s->population != NULL)
    rx_note_add (&note, "per=%s", rx_number_print (per, s->spec->per));
  if (w->note[0] != '\0')
    rx_note_add (&note, "%s", w->note);
  for (size_t j = 0; j < s->n_interruptions; j++)
    if ((double)s->interruption[j].point == s->time[i])
      rx_note_add (&note, "interruption");
  if (!isnan (row.std_error) && !isinf (w->fit->df))
    row.df = w->fit->df;
  if (!isnan (row.conf_low))
    row.conf_level = w->level;
  return rx_segmented_extra (s, row, "counterfactual", term, &note, w->rows,
                             err);
}

/* The expectation at a row of the matrix. */
static enum rx_status
add_expected (const struct work *w, const double *x, const char *what,
              size_t i, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  double linear = predict (w, x), se = error_of (w, x);
  double half = w->quantile * se;
  bool is_log = w->fit->is_log;
  row.estimate = is_log ? exp (linear) : linear;
  row.std_error = is_log ? row.estimate * se : se;
  row.conf_low = is_log ? exp (linear - half) : linear - half;
  row.conf_high = is_log ? exp (linear + half) : linear + half;
  return add (w, row, what, i, err);
}

/* How columns that are not estimable follow from those before them. */
static enum rx_status
find_aliases (struct work *w, struct rx_error *err)
{
  const struct rx_series_matrix *m = &w->fit->matrix;
  double *column = rx_array (m->n, sizeof *column);
  enum rx_status status = column == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t c = 0; c < m->k && status == RX_OK; c++)
    {
      struct rx_ols fit = { 0 };
      if (!isnan (w->fit->coefficient[c]))
        continue;
      for (size_t i = 0; i < m->n; i++)
        column[i] = m->x[i * m->k + c];
      status = rx_ols_fit (m->x, column, m->n, m->k, &fit, err);
      for (size_t j = 0; j < m->k && status == RX_OK; j++)
        w->alias[c * m->k + j] = j == c        ? -1
                                 : fit.kept[j] ? fit.coefficient[j]
                                               : 0;
      rx_ols_free (&fit);
    }
  free (column);
  return status;
}

/* Do the points tell what is expected at a row?  Not where it parts what they
   have only together, as a change of level in the one month that is alone. */
static bool
estimable (const struct work *w, const double *z)
{
  size_t k = w->fit->matrix.k;
  for (size_t c = 0; c < k; c++)
    {
      double sum = 0, size = 0;
      for (size_t j = 0; j < k; j++)
        {
          double part = w->alias[c * k + j] * z[j];
          sum += part;
          size = fmax (size, fabs (part));
        }
      if (fabs (sum) > PARTED * fmax (size, 1))
        return false;
    }
  return true;
}

static struct rx_row
tested (const struct work *w, double estimate, double se)
{
  struct rx_row row = rx_row_blank ();
  row.estimate = estimate;
  row.std_error = se;
  row.conf_low = estimate - w->quantile * se;
  row.conf_high = estimate + w->quantile * se;
  return row;
}

static enum rx_status
add_effect (const struct work *w, size_t i, struct rx_error *err)
{
  size_t k = w->fit->matrix.k;
  bool is_log = w->fit->is_log;
  double log_m = predict (w, w->x), log_c = predict (w, w->z);
  double m = is_log ? exp (log_m) : log_m, c = is_log ? exp (log_c) : log_c;
  double *g = w->gradient;
  for (size_t j = 0; j < k; j++)
    g[j] = is_log ? m * w->x[j] - c * w->z[j] : w->x[j] - w->z[j];
  if (add (w, tested (w, m - c, error_of (w, g)), "effect", i, err) != RX_OK)
    return err->status;
  struct rx_row row = rx_row_blank ();
  if (is_log)
    {
      for (size_t j = 0; j < k; j++)
        g[j] = w->x[j] - w->z[j];
      double se = error_of (w, g), apart = log_m - log_c;
      row.estimate = 100 * expm1 (apart);
      row.std_error = 100 * m / c * se;
      row.conf_low = 100 * expm1 (apart - w->quantile * se);
      row.conf_high = 100 * expm1 (apart + w->quantile * se);
    }
  else if (c > 0)
    {
      for (size_t j = 0; j < k; j++)
        g[j] = 100 * (w->x[j] / c - m * w->z[j] / (c * c));
      row = tested (w, 100 * (m / c - 1), error_of (w, g));
    }
  /* below 0 a percentage of what was to be expected means nothing */
  return add (w, row, "relative-effect", i, err);
}

static bool
is_asked (const struct rx_series *s, double point)
{
  for (size_t j = 0; j < s->n_effects; j++)
    if ((double)s->effect[j] == point)
      return true;
  return false;
}

/* Rows of a point where the counterfactual is not known. */
static enum rx_status
add_nothing (const struct work *w, size_t i, struct rx_error *err)
{
  static const char *const what[]
      = { "counterfactual", "effect", "relative-effect" };
  struct work own = *w;
  size_t n = is_asked (w->series, w->series->time[i]) ? 3 : 1;
  own.note = "not-estimable";
  for (size_t r = 0; r < n; r++)
    if (add (&own, rx_row_blank (), what[r], i, err) != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
add_point (const struct work *w, size_t i, struct rx_error *err)
{
  const struct rx_series *s = w->series;
  struct rx_row observed = rx_row_blank ();
  observed.estimate = s->rate[i];
  if (add (w, observed, "observed", i, err) != RX_OK)
    return err->status;
  rx_series_row (s, i, true, w->x);
  rx_series_row (s, i, false, w->z);
  if (add_expected (w, w->x, "fitted", i, err) != RX_OK)
    return err->status;
  if (s->time[i] < (double)s->interruption[0].point)
    return RX_OK;
  if (!estimable (w, w->z))
    return add_nothing (w, i, err);
  if (add_expected (w, w->z, "counterfactual", i, err) != RX_OK)
    return err->status;
  return is_asked (s, s->time[i]) ? add_effect (w, i, err) : RX_OK;
}

/* Without a fit: the points, and one row that says why. */
static enum rx_status
add_unfit (const struct work *w, struct rx_error *err)
{
  struct rx_note note = { "" };
  rx_note_add (&note, "model=%s; %s", w->model->name, w->fit->why);
  return rx_segmented_extra (w->series, rx_row_blank (), "counterfactual",
                             "effect", &note, w->rows, err);
}

static enum rx_status
add_rows (struct work *w, struct rx_error *err)
{
  size_t k = w->fit->matrix.k;
  if (w->fit->why != NULL)
    return add_unfit (w, err);
  double *space = rx_array (3 * k + k * k, sizeof *space);
  if (space == NULL)
    return rx_fail_memory (err);
  w->x = space;
  w->z = space + k;
  w->gradient = space + 2 * k;
  w->alias = space + 3 * k;
  w->quantile = isnan (w->fit->df) ? NAN
                : isinf (w->fit->df)
                    ? gsl_cdf_ugaussian_Qinv ((1 - w->level) / 2)
                    : gsl_cdf_tdist_Qinv ((1 - w->level) / 2, w->fit->df);
  enum rx_status status = find_aliases (w, err);
  for (size_t i = 0; i < w->series->n_own && status == RX_OK; i++)
    status = add_point (w, i, err);
  free (space);
  return status;
}

static enum rx_status
run_series (const struct rx_method *self, const struct rx_series *series,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  (void)self;
  const struct rx_segmented_model *model
      = rx_segmented_model_of (series->spec);
  struct rx_segmented_fit fit = { 0 };
  struct rx_note note = { "" };
  enum rx_status status = model->fit (series, &fit, &note, err);
  struct work w = { .series = series,
                    .model = model,
                    .fit = &fit,
                    .note = note.text,
                    .level = options->level,
                    .rows = rows };
  if (status == RX_OK)
    status = add_rows (&w, err);
  rx_segmented_fit_free (&fit);
  return status;
}

const struct rx_method rx_method_counterfactual = {
  .name = "counterfactual",
  .title = "A series with and without its interruptions, and the effect",
  .source = "Zhang et al. 2009, J Clin Epidemiol 62:143-148",
  .words = "What the model expects at every point is set against what it "
           "expects without the interruptions; absolute and relative effects "
           "have intervals by the delta method (Zhang et al. 2009).",
  .on_request = true,
  .series = run_series,
};
