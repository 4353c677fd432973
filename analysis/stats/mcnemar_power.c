/* mcnemar_power.c: with psi the share of discordant pairs, d the difference of
   the two kinds,

     normal   Phi ((|d| sqrt n - z (1 - alpha/2) sqrt psi) / sqrt (psi - d^2))
     exact    sum over m of P (M = m) [P (X <= k) + P (X >= m - k)],
              M binomial (n, psi), X binomial (m, only_second / psi),
              k the largest with 2 P (binomial (m, 1/2) <= k) <= alpha

   Connor, Biometrics 1987;43:207-211; Duffy, Biometrics 1984;40:1005-1015
   (unconditional power of the conditional test).

   By hand: all pairs discordant, all the same way: the exact test rejects when
   2 / 2^n <= alpha, from n = 6 on at alpha 0.05. */
#include "stats/mcnemar_power.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static const double REACH = 9; /* standard deviations of M: P < 1e-18 */
static const double MARGIN = 40;

double
rx_mcnemar_power_normal (const struct rx_discordant_shares *shares, double n,
                         double alpha)
{
  double psi = shares->only_first + shares->only_second;
  double d = fabs (shares->only_second - shares->only_first);
  double z = gsl_cdf_ugaussian_Qinv (alpha / 2);
  double above = d * sqrt (n) - z * sqrt (psi), sd = sqrt (psi - d * d);
  if (!(sd > 0)) /* every pair is discordant the same way, or none is */
    return above > 0 ? 1 : 0;
  return gsl_cdf_ugaussian_P (above / sd);
}

/* Is the exact test significant with k of m pairs the rarer way? */
static int
rejects (double k, double m, double alpha)
{
  return 2 * gsl_cdf_binomial_P ((unsigned)k, 0.5, (unsigned)m) <= alpha;
}

/* The largest k of m that is significant, at least -1. */
static double
critical (double m, double alpha)
{
  double low = -1, high = floor (m / 2) + 1;
  while (high - low > 1)
    {
      double middle = floor ((low + high) / 2);
      *(rejects (middle, m, alpha) ? &low : &high) = middle;
    }
  return low;
}

double
rx_mcnemar_power_exact (const struct rx_discordant_shares *shares, double n,
                        double alpha)
{
  double psi = shares->only_first + shares->only_second, power = 0;
  if (!(psi > 0))
    return 0;
  double q = shares->only_second / psi, half = REACH * sqrt (n * psi) + MARGIN;
  double first = fmax (0, floor (n * psi - half));
  double last = fmin (n, ceil (n * psi + half));
  double k = critical (first, alpha);
  for (double m = first; m <= last; m++)
    {
      while (k + 1 < m / 2 && rejects (k + 1, m, alpha))
        k++;
      if (k < 0)
        continue;
      unsigned pairs = (unsigned)m, few = (unsigned)k;
      power += gsl_ran_binomial_pdf (pairs, fmin (1, psi), (unsigned)n)
               * (gsl_cdf_binomial_P (few, q, pairs)
                  + gsl_cdf_binomial_Q (pairs - few - 1, q, pairs));
    }
  return fmin (1, power);
}
