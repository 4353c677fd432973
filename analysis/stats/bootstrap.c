/* bootstrap.c: bias-corrected and accelerated intervals.

   With t the estimate, t* its values in B resamples of the persons and t(i)
   that without person i, m their mean:

     z0 = Phi^-1 (share of t* < t)
     a  = sum (m - t(i))^3 / (6 [sum (m - t(i))^2]^(3/2))
     limits at the shares Phi (z0 + (z0 + z) / (1 - a (z0 + z))) of t*,
       z = Phi^-1 (alpha/2) and Phi^-1 (1 - alpha/2)

   Efron, JASA 1987;82:171-185; Efron & Tibshirani, An Introduction to the
   Bootstrap, 1993, equations 14.9 to 14.15.  The share p falls between the
   order statistics k = floor ((B + 1) p) and k + 1: interpolated on the normal
   scale (Davison & Hinkley, Bootstrap Methods and their Application, 1997,
   equation 5.8).

   By hand: with z0 = a = 0 and B = 999 the limits are the 25th and the 975th
   value. */
#include "stats/bootstrap.h"

#include "base/random.h"
#include "stats/moments.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>

/* --- ratios --- */

static double
quotient (const struct rx_ratio *r, double top, double bottom)
{
  return bottom > 0 ? r->factor * top / bottom : NAN;
}

double
rx_ratio_of (const struct rx_ratio *r, const size_t *index)
{
  double top = 0, bottom = r->bottom == NULL ? (double)r->n : 0;
  for (size_t i = 0; i < r->n; i++)
    {
      size_t who = index == NULL ? i : index[i];
      top += r->top[who];
      bottom += r->bottom == NULL ? 0 : r->bottom[who];
    }
  return quotient (r, top, bottom);
}

void
rx_ratio_left_out (const struct rx_ratio *r, double *out)
{
  double n = (double)r->n, top = rx_sum (r->top, r->n);
  double bottom = r->bottom == NULL ? n : rx_sum (r->bottom, r->n);
  for (size_t i = 0; i < r->n; i++)
    out[i] = quotient (r, top - r->top[i],
                       bottom - (r->bottom == NULL ? 1 : r->bottom[i]));
}

void
rx_ratio_resample (const struct rx_ratio *r, uint64_t seed, uint64_t stream,
                   size_t b, double *out)
{
  for (size_t k = 0; k < b; k++)
    {
      struct rx_random random;
      double top = 0, bottom = r->bottom == NULL ? (double)r->n : 0;
      rx_random_init (&random, seed, stream, k);
      for (size_t i = 0; i < r->n; i++)
        {
          uint64_t who = rx_random_below (&random, r->n);
          top += r->top[who];
          bottom += r->bottom == NULL ? 0 : r->bottom[who];
        }
      out[k] = quotient (r, top, bottom);
    }
}

/* --- the interval --- */

static double
acceleration (const double *left_out, size_t n)
{
  double mean = rx_moments_of (left_out, n).mean, squares = 0, cubes = 0;
  for (size_t i = 0; i < n; i++)
    {
      double apart = mean - left_out[i];
      squares += apart * apart;
      cubes += apart * apart * apart;
    }
  return cubes / (6 * pow (squares, 1.5));
}

/* The value at share p of the sorted ones. */
static double
value_at (const double *value, size_t b, double p, bool *is_extreme)
{
  double place = (double)(b + 1) * p, k = floor (place);
  if (k < 1 || k >= (double)b)
    {
      *is_extreme = true;
      return value[k < 1 ? 0 : b - 1];
    }
  size_t at = (size_t)k;
  if (place == k)
    return value[at - 1];
  double low = gsl_cdf_ugaussian_Pinv (k / (double)(b + 1));
  double high = gsl_cdf_ugaussian_Pinv ((k + 1) / (double)(b + 1));
  double share = (gsl_cdf_ugaussian_Pinv (p) - low) / (high - low);
  return value[at - 1] + share * (value[at] - value[at - 1]);
}

static double
limit (const struct rx_bca *bca, const double *value, double z,
       bool *is_extreme)
{
  double from = bca->bias + z, slack = 1 - bca->acceleration * from;
  if (!(slack > 0))
    return NAN;
  return value_at (value, bca->replicates,
                   gsl_cdf_ugaussian_P (bca->bias + from / slack), is_extreme);
}

/* Values that are numbers to the front; how many. */
static size_t
gather (double *value, size_t b)
{
  size_t n = 0;
  for (size_t i = 0; i < b; i++)
    if (!isnan (value[i]))
      value[n++] = value[i];
  return n;
}

void
rx_bca_of (double estimate, double *value, size_t b, const double *left_out,
           size_t n, double level, struct rx_bca *out)
{
  size_t below = 0;
  *out = (struct rx_bca){ .replicates = gather (value, b),
                          .bias = NAN,
                          .acceleration = acceleration (left_out, n),
                          .low = NAN,
                          .high = NAN };
  gsl_sort (value, 1, out->replicates);
  out->se = rx_moments_sd (rx_moments_of (value, out->replicates));
  if (out->replicates == 0 || value[0] == value[out->replicates - 1])
    {
      out->why = "zero-variance";
      return;
    }
  while (below < out->replicates && value[below] < estimate)
    below++;
  out->bias = gsl_cdf_ugaussian_Pinv ((double)below / (double)out->replicates);
  double z = gsl_cdf_ugaussian_Qinv ((1 - level) / 2);
  if (isfinite (out->bias) && isfinite (out->acceleration))
    {
      out->low = limit (out, value, -z, &out->is_extreme);
      out->high = limit (out, value, z, &out->is_extreme);
    }
  if (isnan (out->low) || isnan (out->high))
    {
      out->low = out->high = NAN;
      out->why = "out-of-range";
    }
}
