/* log_concave.h: the integral of a function whose logarithm is concave.

   Products of normal, chi and similar densities with normal distribution
   functions are of this kind: one peak, and tails that fall at least
   exponentially.  So the peak can be found by comparing values, the range
   that matters ends where the logarithm has fallen far enough, and no digit
   is lost however small the integral is. */
#ifndef RX_LOG_CONCAVE_H
#define RX_LOG_CONCAVE_H

#include <stddef.h>

enum
{
  RX_LOG_CONCAVE_CUTS = 6
};

struct rx_log_concave
{
  /* log f (x), concave between least and most; -INFINITY is allowed except
     at `start`, NaN is not. */
  double (*log_f) (double x, const void *arg);
  const void *arg;
  double least, most; /* most may be INFINITY */
  double start;       /* anywhere inside */
  double step; /* the order of the width of the peak; any guess above zero
                  works */
  /* Where something happens that is narrow beside the whole; any order, and
     outside of the range does no harm. */
  double cut[RX_LOG_CONCAVE_CUTS];
  size_t n_cuts;
};

/* Integral of f from least to most, to a relative 1e-13 or so; 0 where it
   underflows, NaN where f is NaN. */
double rx_log_concave_integral (const struct rx_log_concave *f);

#endif /* RX_LOG_CONCAVE_H */
