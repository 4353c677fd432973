/* proportion.c: Wilson's score interval, the set of true proportions that a
   score test would not reject, and the exact one of Clopper and Pearson by
   quantiles of the beta distribution. */
#include "stats/proportion.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

void
rx_wilson (double p, double n, double level, double *low, double *high)
{
  double z = gsl_cdf_ugaussian_Qinv ((1 - level) / 2), zz = z * z;
  double centre = (p + zz / (2 * n)) / (1 + zz / n);
  double half = z * sqrt (p * (1 - p) / n + zz / (4 * n * n)) / (1 + zz / n);
  *low = p > 0 ? fmax (centre - half, 0) : 0;
  *high = p < 1 ? fmin (centre + half, 1) : 1;
}

void
rx_clopper_pearson (double events, double n, double level, double *low,
                    double *high)
{
  double tail = (1 - level) / 2, rest = n - events;
  *low = events > 0 ? gsl_cdf_beta_Pinv (tail, events, rest + 1) : 0;
  *high = rest > 0 ? gsl_cdf_beta_Qinv (tail, events + 1, rest) : 1;
}
