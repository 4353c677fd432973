/* discordant.c: tests of a paired change in proportions.

   With b = only_before, c = only_after, m = b + c, k = min (b, c) and X
   binomial (m, 1/2):

     chi^2 = (b - c)^2 / m, corrected (|b - c| - 1)^2 / m, 0 where b = c
     exact = min (1, 2 P (X <= k))
     mid-p = 2 P (X <= k) - P (X = k), and 1 - P (X = k) / 2 where b = c
     SE^2  = (m - (b - c)^2 / n) / n^2, Wald for the paired difference

   McNemar, Psychometrika 1947;12:153-157; mid-p: Fagerland, Lydersen, Laake,
   BMC Medical Research Methodology 2013;13:91.

   By hand: b = 1, c = 7 of 21 gives chi^2 = 4.5, exact 2 (1 + 8) / 256 =
   0.0703125, mid-p 0.0703125 - 8 / 256 = 0.0390625. */
#include "stats/discordant.h"

#include "stats/proportion.h"

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
  double corrected = fmax (fabs (apart) - 1, 0);
  result->corrected = corrected * corrected / (double)m;
  result->p_corrected = gsl_cdf_chisq_Q (result->corrected, 1);
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
  struct rx_mcnemar result = { .n = n,
                               .only_before = only_before,
                               .only_after = only_after,
                               .estimate = NAN,
                               .se = NAN,
                               .low = NAN,
                               .high = NAN,
                               .chi_squared = NAN,
                               .p_chi_squared = NAN,
                               .p_exact = NAN,
                               .p_midp = NAN,
                               .corrected = NAN,
                               .p_corrected = NAN };
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

/* The correlation of the two responses, its numerator corrected towards 0. */
static double
phi (double both, double b, double c, double neither)
{
  double n = both + b + c + neither;
  double product = (both + b) * (c + neither) * (both + c) * (b + neither);
  double top = both * neither - b * c;
  if (product == 0)
    return 0;
  if (top > 0)
    top = fmax (top - n / 2, 0);
  return top / sqrt (product);
}

struct rx_change_interval
rx_newcombe (const struct rx_mcnemar *pairs, double level)
{
  double n = (double)pairs->n, both = (double)pairs->both;
  double b = (double)pairs->only_before, c = (double)pairs->only_after;
  if (pairs->n == 0)
    return (struct rx_change_interval){ NAN, NAN };
  double before = (both + b) / n, after = (both + c) / n;
  double low_b, high_b, low_a, high_a;
  rx_wilson (before, n, level, &low_b, &high_b);
  rx_wilson (after, n, level, &low_a, &high_a);
  double r = phi (both, b, c, n - both - b - c);
  double down_a = after - low_a, up_a = high_a - after;
  double down_b = before - low_b, up_b = high_b - before;
  double below = down_a * down_a - 2 * r * down_a * up_b + up_b * up_b;
  double above = up_a * up_a - 2 * r * up_a * down_b + down_b * down_b;
  return (struct rx_change_interval){
    fmax (pairs->estimate - sqrt (fmax (below, 0)), -1),
    fmin (pairs->estimate + sqrt (fmax (above, 0)), 1)
  };
}

/* Tango's score statistic of a change `delta`: the share who lost the
   attribute alone has its likelihood's maximum at q given delta. */
static double
score (double b, double c, double n, double delta)
{
  double linear = -b - c + (2 * n - c + b) * delta;
  double constant = -b * delta * (1 - delta);
  double q = (sqrt (fmax (linear * linear - 8 * n * constant, 0)) - linear)
             / (4 * n);
  double variance = n * (2 * q + delta * (1 - delta));
  double apart = c - b - n * delta;
  if (apart == 0)
    return 0;
  return variance > 0 ? apart / sqrt (variance) : apart * INFINITY;
}

/* The change from `inside` towards `edge` at which the statistic, which falls
   with the change, passes z: by halving. */
static double
tango_limit (double b, double c, double n, double inside, double edge,
             double z)
{
  if ((score (b, c, n, edge) - z) * (edge > inside ? 1 : -1) > 0)
    return edge;
  for (double middle;
       (middle = inside + (edge - inside) / 2) != inside && middle != edge;)
    {
      bool beyond
          = (score (b, c, n, middle) - z) * (edge > inside ? -1 : 1) > 0;
      if (beyond)
        edge = middle;
      else
        inside = middle;
    }
  return inside;
}

struct rx_change_interval
rx_tango (const struct rx_mcnemar *pairs, double level)
{
  double n = (double)pairs->n;
  double b = (double)pairs->only_before, c = (double)pairs->only_after;
  double z = gsl_cdf_ugaussian_Qinv ((1 - level) / 2);
  if (pairs->n == 0)
    return (struct rx_change_interval){ NAN, NAN };
  return (struct rx_change_interval){
    tango_limit (b, c, n, pairs->estimate, -1, z),
    tango_limit (b, c, n, pairs->estimate, 1, -z)
  };
}
