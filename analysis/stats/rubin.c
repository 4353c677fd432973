/* rubin.c: Rubin's rules.

   With Q the mean of the estimates, W the mean of their variances and B the
   variance of the estimates between m imputations:
     T = W + (1 + 1/m) B,  lambda = (1 + 1/m) B / T
     df_old = (m - 1) / lambda^2
     df_obs = (df_c + 1) / (df_c + 3) df_c (1 - lambda)
     df = 1 / (1 / df_old + 1 / df_obs)
     missing = (r + 2 / (df + 3)) / (r + 1),  r = (1 + 1/m) B / W

   By hand: estimates 1 and 3, variances 1 and 1: B = 2, T = 4, lambda = 3/4;
   df_c = 10: df_old = 16/9, df_obs = 110/52, df = 0.966. */
#include "stats/rubin.h"

#include "stats/moments.h"

#include <math.h>

struct rx_rubin
rx_rubin (const double *estimates, const double *variances, size_t m,
          double df_complete)
{
  struct rx_moments q = rx_moments_of (estimates, m);
  struct rx_rubin out = { .estimate = q.mean,
                          .within = rx_sum (variances, m) / (double)m,
                          .between = q.variance };
  double between = (1 + 1 / (double)m) * out.between;
  double total = out.within + between;
  double lambda = between / total, ratio = between / out.within;
  double old = (double)(m - 1) / (lambda * lambda);
  double observed = (df_complete + 1) / (df_complete + 3) * df_complete
                    * out.within / total;
  out.se = sqrt (total);
  out.df = 1 / (1 / old + 1 / observed);
  out.missing = (ratio + 2 / (out.df + 3)) / (ratio + 1);
  return out;
}
