/* serial_correlation.h: first-order autocorrelation of least-squares
 * residuals. */
#ifndef RX_SERIAL_CORRELATION_H
#define RX_SERIAL_CORRELATION_H

#include "stats/ols.h"

struct rx_durbin_watson
{
  double statistic; /* near 2 without autocorrelation, below with positive */
  double p;         /* one-sided, against positive autocorrelation */
  bool is_exact;    /* else the normal approximation */
};

enum
{
  RX_DURBIN_WATSON_EXACT_MOST = 400 /* points, for the exact p-value */
};

/* For rows of x in the order of time, without a gap, the intercept among the
   columns.  NaN without residual degrees of freedom or with a perfect fit. */
enum rx_status rx_durbin_watson (const struct rx_ols *fit, const double *x,
                                 struct rx_durbin_watson *out,
                                 struct rx_error *err) RX_MUST_USE;

/* The statistic of Ljung & Box over lags 1 to `lags` (below n) of the
   residuals e[n], which are not all 0 and sum to 0, and their
   autocorrelations into r[lags]. */
double rx_ljung_box (const double *e, size_t n, size_t lags, double *r);

#endif /* RX_SERIAL_CORRELATION_H */
