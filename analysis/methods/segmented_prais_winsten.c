/* segmented_prais_winsten.c: segmented regression with errors that follow
   the one before, e_t = rho e_{t-1} + u_t.

   Least squares on y_t - rho y_{t-1} and the same of every column, the first
   row times sqrt (1 - rho^2); rho = sum e_t e_{t-1} / sum e_{t-1}^2 (sums
   over t = 2, ..., n) from the errors on the untransformed scale; both in
   turns, from rho = 0, until rho stands still.  Row `rho`, then the terms.
   Prais & Winsten 1954, Cowles Commission Discussion Paper 383. */
#include "methods/segmented.h"

#include "stats/moments.h"

#include <math.h>
#include <stdlib.h>

enum
{
  TURNS_MOST = 1000
};
static const double STILL = 1e-14; /* change of rho */

struct work
{
  double *x, *y; /* transformed */
  double *e, *product, *square;
};

static void
transform (const struct rx_series *s, const struct rx_series_matrix *m,
           double rho, struct work *w)
{
  size_t k = m->k;
  for (size_t t = 0; t < m->n; t++)
    {
      double own = t == 0 ? sqrt (1 - rho * rho) : 1;
      size_t before = t == 0 ? 0 : t - 1;
      double other = t == 0 ? 0 : rho;
      w->y[t] = own * s->rate[t] - other * s->rate[before];
      for (size_t c = 0; c < k; c++)
        w->x[t * k + c] = own * m->x[t * k + c] - other * m->x[before * k + c];
    }
}

static double
correlation (const struct rx_series *s, const struct rx_series_matrix *m,
             const struct rx_ols *fit, struct work *w)
{
  for (size_t t = 0; t < m->n; t++)
    {
      w->e[t] = s->rate[t];
      for (size_t c = 0; c < m->k; c++)
        if (fit->kept[c])
          w->e[t] -= m->x[t * m->k + c] * fit->coefficient[c];
    }
  for (size_t t = 1; t < m->n; t++)
    {
      w->product[t - 1] = w->e[t] * w->e[t - 1];
      w->square[t - 1] = w->e[t - 1] * w->e[t - 1];
    }
  return rx_sum (w->product, m->n - 1) / rx_sum (w->square, m->n - 1);
}

/* *rho is NaN where there is none: too few points, a perfect fit, or no rest
   below 1 in absolute value. */
static enum rx_status
iterate (const struct rx_series *s, const struct rx_series_matrix *m,
         struct work *w, struct rx_ols *fit, double *rho, struct rx_error *err)
{
  double now = 0;
  *rho = NAN;
  for (int turn = 0; turn < TURNS_MOST; turn++)
    {
      transform (s, m, now, w);
      rx_ols_free (fit);
      if (rx_ols_fit (w->x, w->y, m->n, m->k, fit, err) != RX_OK)
        return err->status;
      if (isnan (rx_ols_df (fit)) || !(fit->rss > 0))
        return RX_OK;
      double next = correlation (s, m, fit, w);
      if (!(fabs (next) < 1))
        return RX_OK;
      if (fabs (next - now) < STILL)
        {
          *rho = next;
          return RX_OK;
        }
      now = next;
    }
  return RX_OK;
}

static enum rx_status
add_rows (const struct rx_series *s, const struct rx_series_matrix *m,
          struct rx_ols *fit, double rho, double level, const char *note_text,
          struct rx_rows *rows, struct rx_error *err)
{
  static const char name[] = "segmented-prais-winsten";
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  if (note_text[0] != '\0')
    rx_note_add (&note, "%s", note_text);
  row.estimate = rho;
  if (rx_segmented_extra (s, row, name, "rho", &note, rows, err) != RX_OK)
    return err->status;
  if (isnan (rho))
    return rx_segmented_blanks (s, m, name, &note, rows, err);
  double *covariance = rx_array (m->k * m->k, sizeof *covariance);
  if (covariance == NULL)
    return rx_fail_memory (err);
  rx_ols_covariance (fit, covariance);
  enum rx_status status = rx_segmented_rows (
      s, m, fit, covariance, rx_ols_df (fit), level, name, &note, rows, err);
  free (covariance);
  return status;
}

static enum rx_status
run_series (const struct rx_method *self, const struct rx_series *series,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  (void)self;
  struct rx_series_matrix m;
  struct rx_ols fit = { 0 };
  double rho = NAN;
  const char *why = rx_series_no_neighbours (series);
  if (rx_series_matrix_make (series, &m, err) != RX_OK)
    return err->status;
  double *space = rx_array (m.n * (m.k + 4), sizeof *space);
  struct work w = { 0 };
  enum rx_status status = space == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    w = (struct work){ space, space + m.n * m.k, space + m.n * (m.k + 1),
                       space + m.n * (m.k + 2), space + m.n * (m.k + 3) };
  if (status == RX_OK && why == NULL)
    status = iterate (series, &m, &w, &fit, &rho, err);
  if (status == RX_OK)
    status = add_rows (series, &m, &fit, rho, options->level,
                       why != NULL   ? why
                       : isnan (rho) ? "no-correlation"
                                     : "",
                       rows, err);
  free (space);
  rx_ols_free (&fit);
  rx_series_matrix_free (&m);
  return status;
}

const struct rx_method rx_method_segmented_prais_winsten = {
  .name = "segmented-prais-winsten",
  .title = "Segmented regression of a series, errors of first order",
  .source = "Prais & Winsten 1954, Cowles Commission Discussion Paper 383",
  .words = "A model with autoregressive errors of first order is fitted by "
           "the method of Prais & Winsten (1954), iterated.",
  .series = run_series,
};
