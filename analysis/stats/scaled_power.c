/* scaled_power.c: given s and SE it is shown for |d| <= m (s, SE), so that

     power = E [Phi ((m - effect) / se) - Phi ((-m - effect) / se)]

   over two independent chi^2: an integral in two dimensions, by Gauss-Legendre
   rules between the points where m has a bend.

     average BE        m = limit - t SE
     expanding limits  m = min (limit, expansion min (s, scale_to) - t SE)
     criterion         m = min (limit, M),
       M^2 - SE^2 - E + sqrt ((2 M t SE + (t^2 + 1) SE^2)^2 + K^2) = 0,
       E = theta^2 s^2, K = E (1 - df_ref / chi^2 (1 - alpha; df_ref))

   (stats/scaled_criterion.c; (|d| + t SE)^2 - d^2 + SE^2 is the first square).
   The left side is convex and rises with M: Newton's steps from its upper
   bound sqrt (E + SE^2) come down on the root.

   With equal variances the residual sum of squares of a model with subject,
   period and treatment fixed is that of the reference alone plus an
   independent rest, so that the joint distribution is exact (methods abel);
   contrasts within subjects and within the reference are independent
   (rsabe).  Where others simulate, see Tothfalusi & Endrenyi, J Pharm Pharm
   Sci 2012;15:73-84, and the R package PowerTOST.

   By hand: scale_from = INFINITY is rx_power_tost. */
#include "stats/scaled_power.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stddef.h>

enum
{
  POINTS = 32,   /* of a rule, which GSL has ready-made */
  MOST_CUTS = 8, /* ends of the parts of an integral */
  PARTS = 2,     /* a range without bends is taken in so many parts */
  NEWTON_MOST = 50
};
static const double LEFT_OUT = 1e-14; /* of chi^2, at each end */
static const double MANY = 1000, NORMAL_REACH = 8.5;
static const double CLOSE = 1e-15;

struct power
{
  const struct rx_scaled_test *test;
  const struct rx_scaled_trial *trial;
  gsl_integration_glfixed_table *rule;
  double t;     /* quantile of the interval */
  double k;     /* K / E */
  double ratio; /* the chi^2 of the test below which the ratio of standard
                   deviations is small enough, per s^2 */
};

/* The density of x = sqrt (chi^2 (df) / df), see stats/chi_normal.c. */
static double
log_constant (double df)
{
  return 0.5 * log (df / M_PI) - log (gsl_sf_gammastar (df / 2));
}

static double
density (double df, double constant, double x)
{
  return exp (constant + (df - 1) * log (x) - df * (x * x - 1) / 2);
}

/* M of the criterion with E = scaled and K = spread. */
static double
criterion_root (const struct power *p, double scaled, double spread, double se)
{
  double t = p->t, z = se * se, m = sqrt (scaled + z);
  double b = (t * t + 1) * z;
  if (!(hypot (b, spread) - z - scaled < 0)) /* at M = 0 */
    return 0;
  for (int i = 0; i < NEWTON_MOST; i++)
    {
      double a = 2 * m * t * se + b, h = hypot (a, spread);
      double f = m * m - z - scaled + h;
      double step = f / (2 * m + (h > 0 ? a / h * 2 * t * se : 2 * t * se));
      m -= step;
      if (!(fabs (step) > CLOSE * m))
        break;
    }
  return m;
}

/* m for the standard deviation s within the reference. */
static double
half_width (const struct power *p, double s, double se)
{
  const struct rx_scaled_test *q = p->test;
  double average = q->limit - p->t * se;
  if (!(s >= q->scale_from))
    return average;
  if (isnan (q->theta))
    return fmin (q->limit, q->expansion * fmin (s, q->scale_to) - p->t * se);
  double scaled = q->theta * q->theta * s * s;
  double m = criterion_root (p, scaled, p->k * scaled, se);
  return q->both ? fmin (m, average) : fmin (m, q->limit);
}

static double
within (const struct power *p, double m)
{
  const struct rx_scaled_trial *r = p->trial;
  if (!(m > 0))
    return 0;
  double high = (m - r->effect) / r->se, low = (-m - r->effect) / r->se;
  return low > 0 ? gsl_cdf_ugaussian_Q (low) - gsl_cdf_ugaussian_Q (high)
                 : gsl_cdf_ugaussian_P (high) - gsl_cdf_ugaussian_P (low);
}

/* SE where half_width - level changes its sign between low and high; the
   width falls as SE grows. */
static double
crossing (const struct power *p, double s, double level, double low,
          double high)
{
  if (!(half_width (p, s, low) > level) || half_width (p, s, high) > level)
    return NAN;
  for (int i = 0; i < 100 && high - low > 1e-14 * high; i++)
    {
      double middle = low + (high - low) / 2;
      *(half_width (p, s, middle) > level ? &low : &high) = middle;
    }
  return high;
}

/* Cuts in ascending order; what is NaN or outside is left out. */
static void
add_cut (double *cut, size_t *n, double x)
{
  if (!(x > cut[0] && x < cut[*n - 1]))
    return;
  size_t i = (*n)++;
  for (; cut[i - 1] > x; i--)
    cut[i] = cut[i - 1];
  cut[i] = x;
}

/* The integral of f over the parts between the cuts. */
typedef double integrand (const struct power *p, double x, const double *arg);

static double
integrate (const struct power *p, integrand *f, const double *arg,
           const double *cut, size_t n)
{
  double sum = 0;
  for (size_t part = 0; part + 1 < n; part++)
    for (size_t half = 0; half < PARTS; half++)
      {
        double width = (cut[part + 1] - cut[part]) / PARTS;
        double from = cut[part] + (double)half * width;
        for (size_t i = 0; i < POINTS; i++)
          {
            double x, weight;
            gsl_integration_glfixed_point (from, from + width, i, &x, &weight,
                                           p->rule);
            sum += weight * f (p, x, arg);
          }
      }
  return sum;
}

/* arg: s, the shared part of SE^2, the constant of the density. */
static double
given_both (const struct power *p, double x, const double *arg)
{
  const struct rx_scaled_trial *r = p->trial;
  double se = sqrt (arg[1] + r->own * r->df_own * x * x);
  return density (r->df_own, arg[2], x)
         * within (p, half_width (p, arg[0], se));
}

/* The part of SE that is not shared, for an SE, as x. */
static double
own_of (const struct power *p, double se, double shared)
{
  const struct rx_scaled_trial *r = p->trial;
  double left = se * se - shared;
  return left > 0 ? sqrt (left / (r->own * r->df_own)) : NAN;
}

/* arg: the ends of x, the constant of its density, that of the reference. */
static double
given_reference (const struct power *p, double y, const double *arg)
{
  const struct rx_scaled_trial *r = p->trial;
  double s = r->sd_ref * y, shared = r->shared * r->df_ref * y * y;
  double low = arg[0], high = arg[1], cut[MOST_CUTS] = { low, high };
  double least = sqrt (shared + r->own * r->df_own * low * low);
  double most = sqrt (shared + r->own * r->df_own * high * high);
  size_t n = 2;
  double none = crossing (p, s, 0, least, most);
  double cap = crossing (p, s, p->test->limit * (1 - 1e-15), least, most);
  if (half_width (p, s, least) <= 0)
    return 0;
  add_cut (cut, &n, own_of (p, cap, shared));
  if (!isnan (none)) /* beyond, nothing is shown */
    {
      double end = own_of (p, none, shared);
      while (n > 2 && cut[n - 2] >= end)
        n--;
      cut[n - 1] = end;
    }
  const double inner[] = { s, shared, arg[2] };
  double shown = integrate (p, given_both, inner, cut, n);
  if (isfinite (p->test->sd_ratio_most))
    shown *= gsl_cdf_chisq_P (p->ratio * y * y, r->df_test);
  return shown * density (r->df_ref, arg[3], y);
}

/* The smallest SE there is with chi^2 of the reference at y. */
static double
least_width (const struct power *p, double y, double least_own)
{
  const struct rx_scaled_trial *r = p->trial;
  double se = sqrt (r->shared * r->df_ref * y * y
                    + r->own * r->df_own * least_own * least_own);
  return half_width (p, r->sd_ref * y, se);
}

/* Where on the way from low to high nothing is shown any more; NaN where there
   is no such place, or more than one. */
static double
end_of_shown (const struct power *p, double low, double high, double least_own)
{
  if (!(least_width (p, low, least_own) > 0)
      || least_width (p, high, least_own) > 0)
    return NAN;
  for (int i = 0; i < 100 && high - low > 1e-14 * high; i++)
    {
      double middle = low + (high - low) / 2;
      *(least_width (p, middle, least_own) > 0 ? &low : &high) = middle;
    }
  return high;
}

/* Where x = sqrt (chi^2 (df) / df) lies, but for LEFT_OUT; with many degrees
   of freedom it is close to normal. */
static void
range_of (double df, double *low, double *high)
{
  double reach = NORMAL_REACH / sqrt (2 * df);
  *low = df > MANY ? 1 - reach : sqrt (gsl_cdf_chisq_Pinv (LEFT_OUT, df) / df);
  *high
      = df > MANY ? 1 + reach : sqrt (gsl_cdf_chisq_Qinv (LEFT_OUT, df) / df);
}

double
rx_scaled_power (const struct rx_scaled_test *q,
                 const struct rx_scaled_trial *r)
{
  if (!(r->df_ref >= 1) || !(r->df_own >= 1) || !(r->df >= 1))
    return NAN;
  struct power p = { .test = q, .trial = r };
  p.rule = gsl_integration_glfixed_table_alloc (POINTS);
  if (p.rule == NULL)
    return NAN;
  p.t = gsl_cdf_tdist_Qinv (q->alpha, r->df);
  p.k = 1 - r->df_ref / gsl_cdf_chisq_Qinv (q->alpha, r->df_ref);
  if (isfinite (q->sd_ratio_most))
    {
      double f = gsl_cdf_fdist_Pinv (q->alpha, r->df_test, r->df_ref);
      double most = q->sd_ratio_most * r->sd_ref / r->sd_test;
      p.ratio = r->df_test * most * most * f;
    }
  double arg[4] = { 0, 0, log_constant (r->df_own), log_constant (r->df_ref) };
  double cut[MOST_CUTS];
  size_t n = 2;
  range_of (r->df_own, &arg[0], &arg[1]);
  range_of (r->df_ref, &cut[0], &cut[1]);
  add_cut (cut, &n, q->scale_from / r->sd_ref);
  if (isnan (q->theta))
    add_cut (cut, &n, q->scale_to / r->sd_ref);
  for (size_t i = n - 1; i > 0; i--)
    add_cut (cut, &n, end_of_shown (&p, cut[i - 1], cut[i], arg[0]));
  double power = integrate (&p, given_reference, arg, cut, n);
  gsl_integration_glfixed_table_free (p.rule);
  return power > 1 ? 1 : power;
}
