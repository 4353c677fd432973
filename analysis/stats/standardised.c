/* standardised.c: standardised differences and reliability.

   Cohen, Statistical Power Analysis, 2nd ed., 1988 (dz); Hedges, Journal of
   Educational Statistics 1981;6:107-128, eq. 6 (J); Morris & DeShon,
   Psychological Methods 2002;7:105-125 (drm); Shrout & Fleiss, Psychological
   Bulletin 1979;86:420-428 (ICC(3,1) and its F interval).

   With two measurements the residual mean square of the two-way analysis of
   variance is var d / 2, that of subjects twice the variance of their means.

   To check: Student's sleep data, group 1 minus group 2, have dz -1.28456,
   dav -0.83350 (mean SD) and -0.83218 (rms), drm -0.82218, r 0.79517, gz
   -1.17392, gav -0.76171 (R). */
#include "stats/standardised.h"

#include "stats/moments.h"
#include "stats/noncentral_t.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

/* By convention, whatever the level of the intervals. */
static const double DETECTABLE = 1.96;

static const struct rx_sized NOTHING = { NAN, NAN, NAN };

double
rx_hedges_j (double m)
{
  return exp (gsl_sf_lngamma (m / 2) - gsl_sf_lngamma ((m - 1) / 2))
         / sqrt (m / 2);
}

static struct rx_sized
alone (double estimate)
{
  return (struct rx_sized){ isfinite (estimate) ? estimate : NAN, NAN, NAN };
}

/* All three times a factor above zero. */
static struct rx_sized
scaled (struct rx_sized x, double factor)
{
  return (struct rx_sized){ x.estimate * factor, x.low * factor,
                            x.high * factor };
}

/* The non-centrality at which P (T > t) is `wanted`: it grows with it, so that
   halving the range finds it to the last digits. */
static double
noncentrality (double t, double df, double wanted)
{
  double low = t - 1, high = t + 1;
  while (rx_noncentral_t_Q (t, df, low) > wanted)
    low -= high - low;
  while (rx_noncentral_t_Q (t, df, high) < wanted)
    high += high - low;
  for (;;)
    {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high)
        return middle;
      *(rx_noncentral_t_Q (t, df, middle) < wanted ? &low : &high) = middle;
    }
}

/* Beyond these the non-central t is of no use to anyone, nor exact. */
static const double T_MOST = 37;

static struct rx_sized
dz_of (struct rx_moments d, double level)
{
  double root = sqrt ((double)d.n), df = (double)d.n - 1;
  struct rx_sized dz = alone (d.mean / rx_moments_sd (d));
  double t = dz.estimate * root, tail = (1 - level) / 2;
  if (isnan (t) || fabs (t) > T_MOST)
    return dz;
  dz.low = noncentrality (t, df, tail) / root;
  dz.high = noncentrality (t, df, 1 - tail) / root;
  return dz;
}

static double
covariance (struct rx_pairs p, double mean_x, double mean_y)
{
  double sum = 0, lost = 0; /* Kahan's sum */
  for (size_t i = 0; i < p.n; i++)
    {
      double term = (p.x[i] - mean_x) * (p.y[i] - mean_y) - lost;
      double next = sum + term;
      lost = (next - sum) - term;
      sum = next;
    }
  return sum / ((double)p.n - 1);
}

static struct rx_sized
pearson (double r, size_t n, double level)
{
  struct rx_sized result = alone (fmax (-1, fmin (1, r)));
  if (isnan (result.estimate) || n <= 3 || fabs (result.estimate) == 1)
    return result;
  double half
      = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) / sqrt ((double)n - 3);
  result.low = tanh (atanh (r) - half);
  result.high = tanh (atanh (r) + half);
  return result;
}

/* From F, the mean square of subjects over the residual one. */
static struct rx_sized
consistency (double f, double df, double level)
{
  struct rx_sized icc = alone ((f - 1) / (f + 1));
  if (isnan (icc.estimate))
    return icc;
  double q = gsl_cdf_fdist_Qinv ((1 - level) / 2, df, df);
  icc.low = (f / q - 1) / (f / q + 1);
  icc.high = (f * q - 1) / (f * q + 1);
  return icc;
}

/* A standard deviation with its chi-squared interval. */
static struct rx_sized
spread (double sd, double df, double level)
{
  struct rx_sized result = alone (sd);
  double tail = (1 - level) / 2;
  if (!(sd > 0))
    return result;
  result.low = sd * sqrt (df / gsl_cdf_chisq_Qinv (tail, df));
  result.high = sd * sqrt (df / gsl_cdf_chisq_Pinv (tail, df));
  return result;
}

static void
reliability (struct rx_pairs p, struct rx_moments x, struct rx_moments y,
             struct rx_moments d, double level, struct rx_standardised *out)
{
  double df = (double)p.n - 1, between = covariance (p, x.mean, y.mean);
  double sx = rx_moments_sd (x), sy = rx_moments_sd (y);
  out->correlation = pearson (between / (sx * sy), p.n, level);
  /* twice the variance of the means over half that of the differences */
  double subjects = (x.variance + y.variance + 2 * between) / 2;
  out->icc = consistency (subjects / (d.variance / 2), df, level);
  out->within_sd = spread (rx_moments_sd (d) / sqrt (2), df, level);
  out->sem = out->within_sd;
  out->sdc = scaled (out->sem, DETECTABLE * sqrt (2));
}

struct rx_standardised
rx_standardised_of (struct rx_pairs p, double level)
{
  struct rx_moments x = rx_moments_of (p.x, p.n), y = rx_moments_of (p.y, p.n),
                    d = rx_moments_of (p.d, p.n);
  struct rx_standardised out
      = { NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING,
          NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING };
  if (p.n < 2)
    return out;
  bool differ = false;
  for (size_t i = 1; i < p.n; i++)
    differ = differ || p.d[i] != p.d[0];
  d.variance = differ ? d.variance : 0;
  double sx = rx_moments_sd (x), sy = rx_moments_sd (y);
  reliability (p, x, y, d, level, &out);
  double j = p.n > 2 ? rx_hedges_j ((double)p.n - 1) : NAN;
  out.dz = dz_of (d, level);
  out.gz = scaled (out.dz, j);
  out.dav_mean_sd = alone (d.mean / ((sx + sy) / 2));
  out.dav_rms_sd = alone (d.mean / sqrt ((x.variance + y.variance) / 2));
  out.gav = scaled (out.dav_mean_sd, j);
  out.drm
      = alone (out.dz.estimate * sqrt (2 * (1 - out.correlation.estimate)));
  out.sd_x = alone (sx);
  out.sd_y = alone (sy);
  return out;
}
