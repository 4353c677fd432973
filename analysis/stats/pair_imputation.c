/* pair_imputation.c: data augmentation for pairs.

   A step fills the missing values in, given mean and covariance:
     y2 | y1 ~ N (mu2 + s12 / s11 (y1 - mu1), s22 - s12^2 / s11)
   and y1 | y2 likewise; then draws mean and covariance given all n pairs,
   with S the sums of squares and products about the means m:
     s11 ~ S11 / chi2(n - 2),  v ~ (S22 - S12^2 / S11) / chi2(n - 1),
     slope ~ N (S12 / S11, v / S11),  s12 = slope s11,  s22 = v + slope s12,
     mu1 ~ N (m1, s11 / n),  mu2 ~ N (m2 + slope (mu1 - m1), v / n),
   which is the inverse Wishart distribution with n - 1 degrees of freedom in
   its parts.  Chi-squared and normal numbers come by inversion, one uniform
   number each, in this order; values in the order of the pairs. */
#include "stats/pair_imputation.h"

#include "stats/moments.h"
#include "stats/normal_draw.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Beside the variance of the second value, what it may keep given the first
   one and be no rounding noise. */
static const double NOISE = 1e-12;

struct model
{
  double mean[2], s11, s12, s22;
};

/* Sums of squares and products of complete pairs. */
struct sums
{
  size_t n;
  double mean[2], s11, s12, s22;
};

static bool
is_complete (const double *pair)
{
  return !isnan (pair[0]) && !isnan (pair[1]);
}

/* Of the complete ones among n pairs. */
static struct sums
sums_of (const double *y, size_t n)
{
  struct sums s = { 0 };
  for (size_t i = 0; i < n; i++)
    if (is_complete (y + 2 * i))
      {
        s.n++;
        s.mean[0] += y[2 * i];
        s.mean[1] += y[2 * i + 1];
      }
  s.mean[0] /= (double)s.n;
  s.mean[1] /= (double)s.n;
  for (size_t i = 0; i < n; i++)
    if (is_complete (y + 2 * i))
      {
        double a = y[2 * i] - s.mean[0], b = y[2 * i + 1] - s.mean[1];
        s.s11 += a * a;
        s.s12 += a * b;
        s.s22 += b * b;
      }
  return s;
}

static double
chi_squared (struct rx_random *random, double df)
{
  return gsl_cdf_chisq_Pinv (rx_uniform_draw (random), df);
}

static struct model
draw_model (const struct sums *s, struct rx_random *random)
{
  struct model m;
  double n = (double)s->n;
  m.s11 = s->s11 / chi_squared (random, n - 2);
  double v = (s->s22 - s->s12 * s->s12 / s->s11) / chi_squared (random, n - 1);
  double slope = s->s12 / s->s11 + sqrt (v / s->s11) * rx_normal_draw (random);
  m.s12 = slope * m.s11;
  m.s22 = v + slope * m.s12;
  m.mean[0] = s->mean[0] + sqrt (m.s11 / n) * rx_normal_draw (random);
  m.mean[1] = s->mean[1] + slope * (m.mean[0] - s->mean[0])
              + sqrt (v / n) * rx_normal_draw (random);
  return m;
}

static void
draw_values (const struct model *m, const double *y, size_t n,
             struct rx_random *random, double *values)
{
  for (size_t i = 0; i < 2 * n; i++)
    {
      values[i] = y[i];
      if (!isnan (y[i]))
        continue;
      size_t other = i ^ 1; /* of the same pair */
      bool first = i % 2 == 0;
      double own = first ? m->s11 : m->s22, theirs = first ? m->s22 : m->s11;
      double slope = m->s12 / theirs;
      values[i] = m->mean[i % 2] + slope * (y[other] - m->mean[other % 2])
                  + sqrt (own - slope * m->s12) * rx_normal_draw (random);
    }
}

bool
rx_pair_impute (const double *y, size_t n, struct rx_random *random,
                double *values)
{
  struct sums s = sums_of (y, n);
  if (s.n == n)
    {
      for (size_t i = 0; i < 2 * n; i++)
        values[i] = y[i];
      return true;
    }
  if (s.n < RX_PAIR_COMPLETE_LEAST
      || !(s.s11 * s.s22 - s.s12 * s.s12 > NOISE * s.s11 * s.s22))
    return false;
  double divisor = (double)(s.n - 1);
  struct model m = {
    { s.mean[0], s.mean[1] }, s.s11 / divisor, s.s12 / divisor, s.s22 / divisor
  };
  draw_values (&m, y, n, random, values);
  for (size_t step = 0; step < RX_PAIR_STEPS; step++)
    {
      s = sums_of (values, n);
      m = draw_model (&s, random);
      draw_values (&m, y, n, random, values);
    }
  return true;
}
