/* newey_west.h: the covariance of least squares under correlated errors. */
#ifndef RX_NEWEY_WEST_H
#define RX_NEWEY_WEST_H

#include "stats/ols.h"

/* Covariance of the coefficients into out[k * k], for rows of x in the order
   of time without a gap: Bartlett's kernel up to `lag`, times n / (n - rank).
   The first `first` rows are one series and the others, if any, a second one,
   uncorrelated with it.  NaN where n is not above the rank. */
enum rx_status rx_newey_west (const struct rx_ols *fit, const double *x,
                              size_t first, size_t lag, double *out,
                              struct rx_error *err) RX_MUST_USE;

/* The lag when none is asked for: the whole part of 4 (n / 100)^(2/9). */
size_t rx_newey_west_lag (size_t n);

#endif /* RX_NEWEY_WEST_H */
