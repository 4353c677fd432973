/* segmented_arma.c: segmented regression with errors that follow an
   autoregressive moving-average process, `arma: [p, q]` (else p = 1, q = 0).

   Exact restricted maximum likelihood, gaps included; given the process the
   terms are those of generalised least squares, with t on n - k.  A control
   is a second series of the same process, independent of the first.  Rows
   `ar 1`, ..., `ma 1`, ..., `sigma` (of what is new at a point) and
   `minus2-reml-loglik`, then the terms.  The model of gls (corARMA) in R's
   nlme: Pinheiro & Bates, Mixed-Effects Models in S and S-PLUS, 2000, section
   5.3. */
#include "methods/segmented_models.h"

#include "stats/arma.h"

#include <math.h>
#include <stdlib.h>

static enum rx_status
fit_process (const struct rx_series *series,
             const struct rx_series_matrix *matrix, struct rx_arma_fit *fit,
             struct rx_error *err)
{
  const struct rx_arma_data data = { .x = matrix->x,
                                     .y = series->rate,
                                     .time = series->time,
                                     .n = matrix->n,
                                     .k = matrix->k };
  return rx_arma_fit (&data, series->spec->ar, series->spec->ma, fit, err);
}

enum rx_status
rx_segmented_fit_arma (const struct rx_series *series,
                       struct rx_segmented_fit *fit, struct rx_note *note,
                       struct rx_error *err)
{
  struct rx_arma_fit arma = { 0 };
  if (rx_series_matrix_make (series, &fit->matrix, err) != RX_OK)
    return err->status;
  size_t k = fit->matrix.k;
  enum rx_status status = fit_process (series, &fit->matrix, &arma, err);
  if (status == RX_OK)
    {
      fit->covariance = rx_array (k * k, sizeof *fit->covariance);
      status = fit->covariance == NULL ? rx_fail_memory (err) : RX_OK;
    }
  if (status == RX_OK)
    {
      rx_ols_covariance (&arma.whole, fit->covariance);
      fit->df = rx_ols_df (&arma.whole);
      fit->coefficient = arma.whole.coefficient;
      arma.whole.coefficient = NULL;
      fit->why = fit->matrix.n == 0 ? "no-points" : arma.why;
      rx_note_add (note, "ar=%zu", series->spec->ar);
      rx_note_add (note, "ma=%zu", series->spec->ma);
    }
  rx_arma_fit_free (&arma);
  return status;
}

struct work
{
  const struct rx_series *series;
  const struct rx_arma_fit *fit;
  const struct rx_method *self;
  const struct rx_note *note;
  struct rx_rows *rows;
};

static enum rx_status
add_number (const struct work *w, const char *term, double estimate,
            struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.estimate = w->fit->why == NULL ? estimate : NAN;
  return rx_segmented_extra (w->series, row, w->self->name, term, w->note,
                             w->rows, err);
}

static enum rx_status
add_orders (const struct work *w, const char *kind, const double *value,
            size_t n, struct rx_error *err)
{
  for (size_t i = 0; i < n; i++)
    {
      const char *term
          = rx_strings_format (&w->rows->strings, "%s %zu", kind, i + 1);
      if (term == NULL)
        return rx_fail_memory (err);
      if (add_number (w, term, value[i], err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
add_terms (const struct work *w, const struct rx_series_matrix *matrix,
           double level, struct rx_error *err)
{
  if (w->fit->why != NULL)
    return rx_segmented_blanks (w->series, matrix, w->self->name, w->note,
                                w->rows, err);
  const struct rx_ols *whole = &w->fit->whole;
  double *covariance = rx_array (matrix->k * matrix->k, sizeof *covariance);
  if (covariance == NULL)
    return rx_fail_memory (err);
  rx_ols_covariance (whole, covariance);
  enum rx_status status = rx_segmented_rows (
      w->series, matrix, whole, covariance, rx_ols_df (whole), level,
      w->self->name, w->note, w->rows, err);
  free (covariance);
  return status;
}

static enum rx_status
run_series (const struct rx_method *self, const struct rx_series *series,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  struct rx_series_matrix matrix;
  struct rx_arma_fit fit = { 0 };
  struct rx_note note = { "" };
  if (rx_series_matrix_make (series, &matrix, err) != RX_OK)
    return err->status;
  enum rx_status status = fit_process (series, &matrix, &fit, err);
  if (status == RX_OK && fit.why != NULL)
    rx_note_add (&note, "%s", series->n == 0 ? "no-points" : fit.why);
  const struct work w = { series, &fit, self, &note, rows };
  if (status == RX_OK)
    status = add_orders (&w, "ar", fit.ar, series->spec->ar, err);
  if (status == RX_OK)
    status = add_orders (&w, "ma", fit.ma, series->spec->ma, err);
  if (status == RX_OK)
    status = add_number (&w, "sigma", fit.sigma, err);
  if (status == RX_OK)
    status = add_number (&w, "minus2-reml-loglik", fit.minus2_reml, err);
  if (status == RX_OK)
    status = add_terms (&w, &matrix, options->level, err);
  rx_arma_fit_free (&fit);
  rx_series_matrix_free (&matrix);
  return status;
}

const struct rx_method rx_method_segmented_arma = {
  .name = "segmented-arma",
  .title = "Segmented regression of a series, ARMA errors, exact REML",
  .source = "Harvey 1989, Forecasting, Structural Time Series Models and the "
            "Kalman Filter, section 3.4",
  .words
  = "A model with autoregressive moving-average errors is fitted by exact "
    "restricted maximum likelihood (Kalman filter); given the process, terms "
    "are those of generalised least squares.",
  .on_request = true,
  .series = run_series,
};
