/* spread_tests.c: tests of equal variances.

   Bartlett, with v the pooled variance and f the degrees of freedom:
     (f log v - f1 log v1 - f2 log v2) / (1 + (1/f1 + 1/f2 - 1/f) / 3)
   By hand: variances 1 and 4 with 10 degrees of freedom each:
     20 log 2.5 - 10 log 4 = 4.463, divided by 1.05: 4.250. */
#include "stats/spread_tests.h"

#include "stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* A correlation this near to 1 is one, but for rounding. */
static const double ONE = 1e-14;

struct rx_spread_test
rx_bartlett (struct rx_moments a, struct rx_moments b)
{
  struct rx_spread_test out = { NAN, NAN, NAN, NAN, NAN };
  if (!(a.variance > 0 && b.variance > 0))
    return out;
  double fa = (double)a.n - 1, fb = (double)b.n - 1, f = fa + fb;
  double pooled = (fa * a.variance + fb * b.variance) / f;
  out.ratio = a.variance / b.variance;
  out.statistic = fmax (0, fa * log (pooled / a.variance)
                               + fb * log (pooled / b.variance))
                  / (1 + (1 / fa + 1 / fb - 1 / f) / 3);
  out.df = 1;
  out.p = gsl_cdf_chisq_Q (out.statistic, 1);
  return out;
}

struct rx_spread_test
rx_levene (const double *a, size_t na, double centre_a, const double *b,
           size_t nb, double centre_b, double *off_a, double *off_b)
{
  struct rx_spread_test out = { NAN, NAN, NAN, NAN, NAN };
  for (size_t i = 0; i < na; i++)
    off_a[i] = fabs (a[i] - centre_a);
  for (size_t i = 0; i < nb; i++)
    off_b[i] = fabs (b[i] - centre_b);
  struct rx_t_test t = rx_student_two (rx_moments_of (off_a, na),
                                       rx_moments_of (off_b, nb), 1, 0.95);
  if (isnan (t.p))
    return out;
  out.ratio = rx_moments_of (a, na).variance / rx_moments_of (b, nb).variance;
  out.statistic = t.statistic * t.statistic;
  out.df_num = 1;
  out.df = t.df;
  out.p = t.p;
  return out;
}

struct rx_spread_test
rx_pitman_morgan (const double *differences, const double *sums, size_t n,
                  size_t lost)
{
  struct rx_spread_test out = { NAN, NAN, NAN, NAN, NAN };
  double dd = 0, ss = 0, ds = 0;
  if (n < 3 + lost)
    return out;
  for (size_t i = 0; i < n; i++)
    {
      dd += differences[i] * differences[i];
      ss += sums[i] * sums[i];
      ds += differences[i] * sums[i];
    }
  double unexplained = 1 - ds / dd * (ds / ss);
  if (!(dd > 0 && ss > 0 && unexplained > ONE))
    return out;
  out.df = (double)(n - 2 - lost);
  /* 4 var x = dd + ss + 2 ds, 4 var y = dd + ss - 2 ds */
  out.ratio = (dd + ss + 2 * ds) / (dd + ss - 2 * ds);
  out.statistic = ds / sqrt (dd) / sqrt (ss) * sqrt (out.df / unexplained);
  out.p = rx_student_p (out.statistic, out.df);
  return out;
}
