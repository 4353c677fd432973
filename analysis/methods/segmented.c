/* segmented.c: rows of segmented regressions.

   Why a number is missing: `not-estimable`, the term is a combination of
   those before it (a trend after the last point); `too-few-points`, no
   residual degrees of freedom; `zero-variance`, the points lie on the line. */
#include "methods/segmented.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Normal in place of t where the degrees of freedom are infinite. */
static struct rx_t_test
test_of (double estimate, double se, double df, double level)
{
  if (!isinf (df))
    return rx_student_from (estimate, se, df, level);
  struct rx_t_test test = { estimate, se, NAN, NAN, NAN, NAN, NAN };
  if (!(se > 0))
    return test;
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * se;
  test.statistic = estimate / se;
  test.p = 2 * gsl_cdf_ugaussian_Q (fabs (test.statistic));
  test.low = estimate - half;
  test.high = estimate + half;
  return test;
}

static struct rx_row
row_of (struct rx_t_test test, double level, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.estimate = test.estimate;
  row.std_error = test.se;
  row.df = isnan (test.se) ? NAN : test.df;
  row.statistic = test.statistic;
  row.p_value = test.p;
  row.conf_level = isnan (test.low) ? NAN : level;
  row.conf_low = test.low;
  row.conf_high = test.high;
  if (test.se == 0)
    rx_note_add (note, "zero-variance");
  return row;
}

enum rx_status
rx_segmented_extra (const struct rx_series *series, struct rx_row row,
                    const char *method, const char *term,
                    const struct rx_note *note, struct rx_rows *rows,
                    struct rx_error *err)
{
  row.endpoint = series->name;
  row.n = (double)series->n;
  row.method = method;
  row.term = term;
  row.note = note->text;
  return rx_rows_add (rows, &row, err);
}

enum rx_status
rx_segmented_rows (const struct rx_series *series,
                   const struct rx_series_matrix *matrix,
                   const struct rx_ols *fit, const double *covariance,
                   double df, double level, const char *method,
                   const struct rx_note *note, struct rx_rows *rows,
                   struct rx_error *err)
{
  size_t k = matrix->k;
  for (size_t c = 0; c < k; c++)
    {
      struct rx_note own = *note;
      struct rx_row row = rx_row_blank ();
      if (fit->kept[c])
        row = row_of (test_of (fit->coefficient[c],
                               sqrt (covariance[c * k + c]), df, level),
                      level, &own);
      else
        rx_note_add (&own, series->n == 0 ? "no-points" : "not-estimable");
      if (fit->kept[c] && isnan (df))
        rx_note_add (&own, "too-few-points");
      if (rx_segmented_extra (series, row, method, matrix->term[c], &own, rows,
                              err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_segmented_blanks (const struct rx_series *series,
                     const struct rx_series_matrix *matrix, const char *method,
                     const struct rx_note *note, struct rx_rows *rows,
                     struct rx_error *err)
{
  for (size_t c = 0; c < matrix->k; c++)
    if (rx_segmented_extra (series, rx_row_blank (), method, matrix->term[c],
                            note, rows, err)
        != RX_OK)
      return err->status;
  return RX_OK;
}

enum rx_status
rx_segmented_run (const struct rx_method *self, const struct rx_series *series,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_segmented_kind *kind = self->kind;
  struct rx_series_matrix matrix;
  struct rx_ols fit = { 0 };
  struct rx_note note = { "" };
  double *cov = NULL;
  if (rx_series_matrix_make (series, &matrix, err) != RX_OK)
    return err->status;
  enum rx_status status
      = rx_ols_fit (matrix.x, series->rate, matrix.n, matrix.k, &fit, err);
  if (status == RX_OK)
    {
      cov = rx_array (matrix.k * matrix.k, sizeof *cov);
      status = cov == NULL
                   ? rx_fail_memory (err)
                   : kind->covariance (series, &matrix, &fit, cov, &note, err);
    }
  if (status == RX_OK)
    status = rx_segmented_rows (series, &matrix, &fit, cov, rx_ols_df (&fit),
                                options->level, self->name, &note, rows, err);
  free (cov);
  rx_ols_free (&fit);
  rx_series_matrix_free (&matrix);
  return status;
}

void
rx_segmented_fit_free (struct rx_segmented_fit *fit)
{
  rx_series_matrix_free (&fit->matrix);
  free (fit->coefficient);
  free (fit->covariance);
  *fit = (struct rx_segmented_fit){ 0 };
}

enum rx_status
rx_segmented_fit_linear (const struct rx_series *series,
                         rx_segmented_covariance *covariance,
                         struct rx_segmented_fit *fit, struct rx_note *note,
                         struct rx_error *err)
{
  struct rx_ols ols = { 0 };
  if (rx_series_matrix_make (series, &fit->matrix, err) != RX_OK)
    return err->status;
  size_t n = fit->matrix.n, k = fit->matrix.k;
  fit->covariance = rx_array (k * k, sizeof *fit->covariance);
  fit->why = n == 0 ? "no-points" : NULL;
  enum rx_status status
      = fit->covariance == NULL
            ? rx_fail_memory (err)
            : rx_ols_fit (fit->matrix.x, series->rate, n, k, &ols, err);
  if (status == RX_OK)
    status
        = covariance (series, &fit->matrix, &ols, fit->covariance, note, err);
  if (status == RX_OK)
    {
      fit->df = rx_ols_df (&ols);
      fit->coefficient = ols.coefficient;
      ols.coefficient = NULL;
    }
  rx_ols_free (&ols);
  return status;
}
