/* proportion.c: Wilson's score interval, the set of true proportions that a
   score test would not reject. */
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
