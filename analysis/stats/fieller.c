/* fieller.c: with a above b, the ratios theta of

     (a - theta b)^2 = t^2 (v_a - 2 theta c + theta^2 v_b)

   are the roots of A theta^2 - 2 B theta + C, A = b^2 - t^2 v_b, B = a b - t^2
   c, C = a^2 - t^2 v_a; an interval where A > 0.  Fieller, J R Stat Soc B
   1954;16:175-185; Locke, J Pharmacokinet Biopharm 1984;12:649-655.

   By hand: v_b = c = 0 leaves (a -/+ t sqrt v_a) / b. */
#include "stats/fieller.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double
rx_fieller_t (const struct rx_two_means *m, double theta)
{
  double variance = m->var_above - 2 * theta * m->covariance
                    + theta * theta * m->var_below;
  return variance > 0 ? (m->above - theta * m->below) / sqrt (variance) : NAN;
}

struct rx_ratio_interval
rx_fieller (const struct rx_two_means *m, double alpha)
{
  if (!(m->df > 0))
    return (struct rx_ratio_interval){ NAN, NAN };
  double t = gsl_cdf_tdist_Qinv (alpha, m->df), t2 = t * t;
  double a = m->below * m->below - t2 * m->var_below;
  double b = m->above * m->below - t2 * m->covariance;
  double c = m->above * m->above - t2 * m->var_above;
  double root = b * b - a * c;
  if (!(a > 0) || !(root >= 0))
    return (struct rx_ratio_interval){ NAN, NAN };
  root = sqrt (root);
  return (struct rx_ratio_interval){ (b - root) / a, (b + root) / a };
}
