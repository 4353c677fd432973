/* bootstrap.h: ratios of totals over persons, and what resampling the persons
   says of them. */
#ifndef RX_BOOTSTRAP_H
#define RX_BOOTSTRAP_H

#include "base/status.h"

#include <stdint.h>

/* factor times (sum of top) / (sum of bottom); a mean where there is no
   bottom.  Whole numbers are summed without rounding (up to 2^53), so that
   resamples tie with the sample as they should. */
struct rx_ratio
{
  size_t n;             /* persons */
  const double *top;    /* [n] */
  const double *bottom; /* [n], or NULL: ones */
  double factor;
};

/* The ratio of the persons index[n], or of all (NULL); NaN unless the sum of
   the bottom is above zero. */
double rx_ratio_of (const struct rx_ratio *ratio, const size_t *index);

/* The ratio without person i, into out[n]. */
void rx_ratio_left_out (const struct rx_ratio *ratio, double *out);

/* The ratios of `b` resamples, into out[b]; resample i has the random numbers
   (seed, stream, i). */
void rx_ratio_resample (const struct rx_ratio *ratio, uint64_t seed,
                        uint64_t stream, size_t b, double *out);

struct rx_bca
{
  size_t replicates;         /* resamples that have a value */
  double se;                 /* SD of their values */
  double bias, acceleration; /* z0 and a */
  double low, high;
  bool is_extreme; /* a limit is beyond the smallest or largest value, which
                      stands in for it */
  const char *why; /* there is no interval: zero-variance, out-of-range; NULL
                      where there is one */
};

/* The BCa interval of an estimate from values of resamples, which are sorted
   (NaN: none), and values with one person left out. */
void rx_bca_of (double estimate, double *value, size_t b,
                const double *left_out, size_t n, double level,
                struct rx_bca *out);

#endif /* RX_BOOTSTRAP_H */
