/* moments.h: mean and variance, in two passes with compensated sums, or
   exactly from whole units. */
#ifndef RX_MOMENTS_H
#define RX_MOMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rx_moments
{
  size_t n;
  double mean;
  double variance; /* divisor n - 1; NaN when n < 2 */
};

/* Sum of x[0..n), Neumaier-compensated: the error does not grow with n. */
double rx_sum (const double *x, size_t n);

/* Mean and variance of x[0..n).  n = 0 gives NaN for both. */
struct rx_moments rx_moments_of (const double *x, size_t n);

/* The same of units[i] / scale, from exact sums: the variance is 0 where all
   are equal and only there.  False, and nothing in *m, where the sums might
   not fit 128 bits. */
bool rx_moments_of_units (const int64_t *units, size_t n, double scale,
                          struct rx_moments *m);

/* Standard error of the mean and standard deviation; NaN when n < 2. */
double rx_moments_sd (struct rx_moments m);
double rx_moments_se (struct rx_moments m);

#endif /* RX_MOMENTS_H */
