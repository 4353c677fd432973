/* student.c: t tests with their intervals.

   Student, Biometrika 1908;6:1-25; Welch, Biometrika 1947;34:28-35 with
   Satterthwaite's degrees of freedom (Biometrics Bulletin 1946;2:110-114):

     df = (va/na + vb/nb)^2 / ((va/na)^2/(na-1) + (vb/nb)^2/(nb-1))

   By hand: differences 1, 2, 3 have mean 2, SE 1/sqrt(3), t(2) = 3.4641. */
#include "stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* GSL takes a Cornish-Fisher expansion above 30 degrees of freedom, which far
   out has six digits only (t = 17 on 31: 8e-7 off).  There the incomplete beta
   function, which has them all, takes its place; it in turn is worse near
   t = 0 and for very many degrees of freedom, where the expansion is exact. */
static const double BETA_FROM_T = 1, BETA_FROM_DF = 30, BETA_TO_DF = 5000;

/* P (|T| <= t) on few whole degrees of freedom, a finite sum of what is above
   zero: Abramowitz & Stegun 26.7.3 and 26.7.4. */
static double
central (double t, int df)
{
  double hypotenuse = sqrt (df + t * t);
  double sine = t / hypotenuse, square = df / (df + t * t);
  double term = df % 2 == 0 ? 1 : sqrt (square), sum = 0;
  for (int k = 2 + df % 2; k <= df; k += 2)
    {
      sum += term;
      term *= square * (k - 1) / k;
    }
  return df % 2 == 0 ? sine * sum
                     : 2 / M_PI * (atan (t / sqrt (df)) + sine * sum);
}

/* Its complement keeps all digits but one where the p-value is not below that;
   beyond these degrees of freedom the sum gets long. */
static const double CENTRAL_FROM_P = 0.1, CENTRAL_TO_DF = 60;

double
rx_student_p (double statistic, double df)
{
  double t = fabs (statistic);
  if (isinf (df))
    return 2 * gsl_cdf_ugaussian_Q (t);
  if (df <= CENTRAL_TO_DF && df == floor (df))
    {
      double p = 1 - central (t, (int)df);
      if (p >= CENTRAL_FROM_P)
        return p;
    }
  if (t > BETA_FROM_T && df > BETA_FROM_DF && df < BETA_TO_DF)
    return gsl_cdf_beta_P (df / (df + t * t), df / 2, 0.5);
  return 2 * gsl_cdf_tdist_Q (t, df);
}

/* Upper quantile of t.  The endpoints of a trial ask for the same one again
   and again: every thread keeps what it found last for some of the df. */
static double
upper_quantile (double tail, double df)
{
  enum
  {
    KEPT = 64
  };
  static _Thread_local struct
  {
    double tail, df, t;
  } kept[KEPT];
  if (isinf (df))
    return gsl_cdf_ugaussian_Qinv (tail);
  size_t at = (size_t)fmin (df, 1e9) % KEPT;
  if (kept[at].df != df || kept[at].tail != tail)
    {
      kept[at].t = gsl_cdf_tdist_Qinv (tail, df);
      kept[at].df = df;
      kept[at].tail = tail;
    }
  return kept[at].t;
}

struct rx_t_test
rx_student_from (double estimate, double se, double df, double level)
{
  struct rx_t_test test = { estimate, se, df, NAN, NAN, NAN, NAN };
  if (!(se > 0) || !(df > 0))
    return test;
  test.statistic = estimate / se;
  test.p = rx_student_p (test.statistic, df);
  double half = se * upper_quantile ((1 - level) / 2, df);
  if (isinf (half)) /* df next to nothing: no interval */
    return test;
  test.low = estimate - half;
  test.high = estimate + half;
  return test;
}

struct rx_t_test
rx_student_one (struct rx_moments m, double level)
{
  double df = m.n >= 2 ? (double)m.n - 1 : NAN;
  return rx_student_from (m.mean, rx_moments_se (m), df, level);
}

/* Sum of squares about the mean; 0 for a single value. */
static double
squares (struct rx_moments m)
{
  return m.n < 2 ? 0 : m.variance * (double)(m.n - 1);
}

struct rx_t_test
rx_student_two (struct rx_moments a, struct rx_moments b, double factor,
                double level)
{
  double na = (double)a.n, nb = (double)b.n, df = na + nb - 2;
  if (a.n == 0 || b.n == 0)
    return rx_student_from (NAN, NAN, NAN, level);
  double se = NAN;
  if (df >= 1)
    se = fabs (factor)
         * sqrt ((squares (a) + squares (b)) / df * (1 / na + 1 / nb));
  return rx_student_from (factor * (a.mean - b.mean), se, df >= 1 ? df : NAN,
                          level);
}

struct rx_t_test
rx_student_welch (struct rx_moments a, struct rx_moments b, double factor,
                  double level)
{
  if (a.n == 0 || b.n == 0)
    return rx_student_from (NAN, NAN, NAN, level);
  double estimate = factor * (a.mean - b.mean);
  if (a.n < 2 || b.n < 2)
    return rx_student_from (estimate, NAN, NAN, level);
  double va = a.variance / (double)a.n, vb = b.variance / (double)b.n;
  double below = va * va / (double)(a.n - 1) + vb * vb / (double)(b.n - 1);
  double df = below > 0 ? (va + vb) * (va + vb) / below : NAN;
  return rx_student_from (estimate, fabs (factor) * sqrt (va + vb), df, level);
}
