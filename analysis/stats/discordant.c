/* discordant.c: tests of a paired change in proportions.

   With b = only_before, c = only_after, m = b + c, k = min (b, c) and X
   binomial (m, 1/2):

     chi^2 = (b - c)^2 / m
     exact = min (1, 2 P (X <= k))
     mid-p = 2 P (X <= k) - P (X = k), and 1 - P (X = k) / 2 where b = c
     SE^2  = (m - (b - c)^2 / n) / n^2, Wald for the paired difference

   McNemar, Psychometrika 1947;12:153-157; mid-p: Fagerland, Lydersen, Laake,
   BMC Medical Research Methodology 2013;13:91.

   By hand: b = 1, c = 7 of 21 gives chi^2 = 4.5, exact 2 (1 + 8) / 256 =
   0.0703125, mid-p 0.0703125 - 8 / 256 = 0.0390625. */
#include "stats/discordant.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>

/* P (X <= k) and P (X = k), X binomial (m, 1/2), k <= m / 2.

   GSL's binomial tail is an incomplete beta function whose continued fraction
   gives up for counts of many thousands.  Here the terms are taken relative
   to the one at m / 2 and multiplied downwards,

     P (X = i - 1) / P (X = i) = i / (m - i + 1),

   which adds positive numbers only.  Both sides of the distribution are alike,
   so that the total is known from one. */
struct tail
{
  double below, at;
};

static struct tail
half_tail (size_t k, size_t m)
{
  double term = 1, total = 0;
  struct tail tail = { 0, 0 };
  for (size_t i = m / 2; term > 0; i--)
    {
      bool middle = m % 2 == 0 && i == m / 2;
      total += middle ? term / 2 : term;
      if (i == k)
        tail.at = term;
      if (i <= k)
        tail.below += term;
      if (i == 0)
        break;
      term *= (double)i / (double)(m - i + 1);
    }
  tail.below /= 2 * total;
  tail.at /= 2 * total;
  return tail;
}

static void
test (struct rx_mcnemar *result)
{
  size_t b = result->only_before, c = result->only_after, m = b + c;
  size_t k = b < c ? b : c;
  double apart = (double)b - (double)c;
  struct tail tail = half_tail (k, m);
  result->chi_squared = apart * apart / (double)m;
  result->p_chi_squared = gsl_cdf_chisq_Q (result->chi_squared, 1);
  result->p_exact = b == c ? 1 : fmin (1, 2 * tail.below);
  result->p_midp = b == c ? 1 - tail.at / 2 : 2 * tail.below - tail.at;
}

struct rx_paired_odds
rx_paired_odds (size_t only_before, size_t only_after, double level)
{
  double b = (double)only_before, c = (double)only_after;
  double tail = (1 - level) / 2;
  if (only_before + only_after == 0)
    return (struct rx_paired_odds){ NAN, NAN, NAN };
  /* either limit from the beta quantile that is the smaller one there */
  double p = only_after > 0 ? gsl_cdf_beta_Pinv (tail, c, b + 1) : 0;
  double q = only_before > 0 ? gsl_cdf_beta_Pinv (tail, b, c + 1) : 0;
  return (struct rx_paired_odds){ c / b, p / (1 - p), (1 - q) / q };
}

struct rx_mcnemar
rx_mcnemar (size_t only_before, size_t only_after, size_t n, double level)
{
  struct rx_mcnemar result
      = { n, only_before, only_after, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
  if (n == 0)
    return result;
  double b = (double)only_before, c = (double)only_after, size = (double)n;
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2);
  result.estimate = (c - b) / size;
  /* not below 0, as rounding would have it where all change alike */
  result.se = sqrt (fmax (0, b + c - (b - c) * (b - c) / size)) / size;
  result.low = result.estimate - half * result.se;
  result.high = result.estimate + half * result.se;
  if (only_before + only_after > 0)
    test (&result);
  return result;
}
