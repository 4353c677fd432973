/* normal_draw.c: normal random numbers by inversion. */
#include "stats/normal_draw.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum
{
  SPARE_BITS = 11 /* of 64; a double keeps 53 */
};

double
rx_uniform_draw (struct rx_random *random)
{
  double k = (double)(rx_random_bits (random) >> SPARE_BITS);
  return ldexp (k + 0.5, SPARE_BITS - 64);
}

double
rx_normal_draw (struct rx_random *random)
{
  return gsl_cdf_ugaussian_Pinv (rx_uniform_draw (random));
}
