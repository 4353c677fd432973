/* segmented.h: what the segmented regressions of a series share: the fit, and
   a row per term from coefficients and their covariance. */
#ifndef RX_SEGMENTED_H
#define RX_SEGMENTED_H

#include "designs/series.h"
#include "methods/fill.h"
#include "stats/ols.h"

/* How a method comes by the covariance of the coefficients of least squares:
   into out[k * k], or NaN with a note that says why there is none. */
typedef enum rx_status
rx_segmented_covariance (const struct rx_series *series,
                         const struct rx_series_matrix *matrix,
                         const struct rx_ols *fit, double *out,
                         struct rx_note *note, struct rx_error *err);

rx_segmented_covariance rx_segmented_ols_covariance,
    rx_segmented_newey_west_covariance, rx_segmented_hc3_covariance;

/* A model fitted: what it expects at row x of the matrix is x b, or its
   exponential.  The caller makes the struct (= {0}) and frees it. */
struct rx_segmented_fit
{
  struct rx_series_matrix matrix;
  double *coefficient; /* [k], NaN where the term is not estimable */
  double *covariance;  /* [k * k], 0 there */
  double df;           /* of t; INFINITY: normal; NaN: no test */
  bool is_log;
  const char *why; /* there is no fit, NULL where there is */
};
void rx_segmented_fit_free (struct rx_segmented_fit *fit);

/* The rates by least squares with that covariance. */
enum rx_status rx_segmented_fit_linear (const struct rx_series *series,
                                        rx_segmented_covariance *covariance,
                                        struct rx_segmented_fit *fit,
                                        struct rx_note *note,
                                        struct rx_error *err) RX_MUST_USE;

/* What tells the methods of least squares apart. */
struct rx_segmented_kind
{
  rx_segmented_covariance *covariance;
};

/* Fits the rates by least squares and adds a row per term, with Student's t
   on the residual degrees of freedom; self->kind is a struct
   rx_segmented_kind. */
enum rx_status rx_segmented_run (const struct rx_method *self,
                                 const struct rx_series *series,
                                 const struct rx_method_options *options,
                                 struct rx_rows *rows,
                                 struct rx_error *err) RX_MUST_USE;

/* Rows from a fit and the covariance of its coefficients; df = NaN: no test;
   df = INFINITY: normal distribution.  note: what holds for all terms. */
enum rx_status rx_segmented_rows (
    const struct rx_series *series, const struct rx_series_matrix *matrix,
    const struct rx_ols *fit, const double *covariance, double df,
    double level, const char *method, const struct rx_note *note,
    struct rx_rows *rows, struct rx_error *err) RX_MUST_USE;

/* A row per term without numbers, where nothing could be fitted; the note says
   why. */
enum rx_status rx_segmented_blanks (const struct rx_series *series,
                                    const struct rx_series_matrix *matrix,
                                    const char *method,
                                    const struct rx_note *note,
                                    struct rx_rows *rows,
                                    struct rx_error *err) RX_MUST_USE;

/* A row of the series that is no coefficient: n, method, term, estimate. */
enum rx_status rx_segmented_extra (const struct rx_series *series,
                                   struct rx_row row, const char *method,
                                   const char *term,
                                   const struct rx_note *note,
                                   struct rx_rows *rows,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_SEGMENTED_H */
