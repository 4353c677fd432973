/* arma.h: regression with errors that follow an autoregressive moving-average
   process,

     e_t = ar_1 e_(t-1) + ... + ar_p e_(t-p)
         + u_t + ma_1 u_(t-1) + ... + ma_q u_(t-q),

   u independent normal with standard deviation sigma, e stationary.  Exact
   restricted likelihood by the Kalman filter; times may have gaps, and several
   series may follow one another, independent and of one process.  Harvey,
   Forecasting, Structural Time Series Models and the Kalman Filter, 1989,
   section 3.4. */
#ifndef RX_ARMA_H
#define RX_ARMA_H

#include "stats/ols.h"

enum
{
  RX_ARMA_MOST = 4 /* the highest order of either part */
};

/* Row i of x[n * k] is at the time[i], a whole number; times rise by 1 or more
   within a series, a time that does not rise starts the next one. */
struct rx_arma_data
{
  const double *x, *y, *time;
  size_t n, k;
};

struct rx_arma_fit
{
  double ar[RX_ARMA_MOST], ma[RX_ARMA_MOST];
  double sigma;
  double minus2_reml;  /* -2 log of the restricted likelihood */
  struct rx_ols whole; /* coefficients, and bread / covariance as for
                          independent errors; df = n - rank */
  const char *why;     /* there is no fit; NULL where there is */
};

/* Fits by restricted maximum likelihood, orders p and q up to RX_ARMA_MOST.
   `why` is `too-few-points` with no degrees of freedom for p + q more numbers,
   `zero-variance`, or `unit-root` where the likelihood grows to the border of
   what is stationary.  The caller makes the struct (= {0}) and frees it. */
enum rx_status rx_arma_fit (const struct rx_arma_data *data, size_t p,
                            size_t q, struct rx_arma_fit *fit,
                            struct rx_error *err) RX_MUST_USE;
void rx_arma_fit_free (struct rx_arma_fit *fit);

#endif /* RX_ARMA_H */
