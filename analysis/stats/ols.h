/* ols.h: linear least squares by an orthogonal decomposition.

   X is a matrix of n rows and k columns, row by row; the caller keeps it.
   A column that is a linear combination of those before it is left out: it
   is not `kept`, its coefficient is NaN, and its rows and columns of the
   matrices are 0. */
#ifndef RX_OLS_H
#define RX_OLS_H

#include "base/status.h"

struct rx_ols
{
  size_t n, k, rank;
  bool *kept;          /* [k] */
  double *coefficient; /* [k] */
  double *residual;    /* [n] */
  double *leverage;    /* [n] diagonal of the hat matrix */
  double *bread;       /* [k * k] inverse of X'X */
  double rss;          /* residual sum of squares; 0 where the fit is perfect
                          up to rounding */
};

/* Fits y on X.  RX_EINTERNAL when there is no memory.  n may be below k. */
enum rx_status rx_ols_fit (const double *x, const double *y, size_t n,
                           size_t k, struct rx_ols *fit,
                           struct rx_error *err) RX_MUST_USE;
void rx_ols_free (struct rx_ols *fit);

/* Residual degrees of freedom, NaN where there are none. */
double rx_ols_df (const struct rx_ols *fit);

/* Covariance of the coefficients into out[k * k]: rss / df times the bread;
   or, with the meat sum of w_i^2 x_i x_i', the sandwich.  The latter takes
   weights w[n] that stand for the residuals (White 1980; HC3 has
   residual / (1 - leverage)). */
void rx_ols_covariance (const struct rx_ols *fit, double *out);
void rx_ols_sandwich (const struct rx_ols *fit, const double *meat,
                      double *out);

/* The meat of White's estimator into meat[k * k]: sum of w_i^2 x_i x_i'. */
void rx_ols_white_meat (const double *x, const double *w, size_t n, size_t k,
                        double *meat);

#endif /* RX_OLS_H */
