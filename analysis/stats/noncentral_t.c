/* noncentral_t.c: T = (Z + ncp) / U is at most t where Z <= t U - ncp.

   So each tail is an integral of positive numbers over U (Johnson, Kotz &
   Balakrishnan, Continuous Univariate Distributions vol. 2, chapter 31), and
   neither is got from the other by subtraction.

   By hand: P (T <= 0) = Phi (-ncp) whatever df is. */
#include "stats/noncentral_t.h"

#include "stats/chi_normal.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

double
rx_noncentral_t_P (double t, double df, double ncp)
{
  if (isnan (t) || isnan (ncp) || (isinf (t) && isinf (ncp)))
    return NAN;
  if (isinf (ncp))
    return ncp > 0 ? 0 : 1;
  if (isinf (t))
    return t > 0 ? 1 : 0;
  if (t == 0) /* whatever U is */
    return gsl_cdf_ugaussian_P (-ncp);
  return rx_chi_normal (df, (struct rx_line){ -INFINITY, 0 },
                        (struct rx_line){ -ncp, t }, INFINITY);
}

double
rx_noncentral_t_Q (double t, double df, double ncp)
{
  return rx_noncentral_t_P (-t, df, -ncp);
}
