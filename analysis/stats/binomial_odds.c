/* binomial_odds.c: Clopper & Pearson, Biometrika 1934;26:404-413.

   The lower limit is the odds at which P (X >= yes) = (1 - level) / 2, the
   upper one is its mirror image with yes and no exchanged.  The tail is summed
   from terms relative to the largest one,

     P (X = k + 1) / P (X = k) = (n - k) / (k + 1) odds,

   which adds positive numbers only and holds for millions of trials, where
   inverses of the incomplete beta function may not come to an end.

   By hand: 0 of 3, level 0.95: the upper limit of p solves (1 - p)^3 = 0.025,
   p = 0.70760, odds 2.41995. */
#include "stats/binomial_odds.h"

#include <float.h>
#include <math.h>

/* terms below this part of the sum change nothing in it */
static const double NEGLIGIBLE = DBL_EPSILON / 4096;

double
rx_binomial_upper (size_t k, size_t n, double odds)
{
  double p = odds / (1 + odds);
  size_t mode = (size_t)fmin ((double)n, floor (((double)n + 1) * p));
  double total = 1, above = mode >= k ? 1 : 0, term = 1;
  for (size_t i = mode; i < n && term > NEGLIGIBLE * total; i++)
    {
      term *= (double)(n - i) / ((double)i + 1) * odds;
      total += term;
      above += i + 1 >= k ? term : 0;
    }
  term = 1;
  for (size_t i = mode; i > 0 && term > NEGLIGIBLE * total; i--)
    {
      term *= (double)i / ((double)(n - i) + 1) / odds;
      total += term;
      above += i - 1 >= k ? term : 0;
    }
  return above / total;
}

/* The odds at which P (X >= yes) is `tail`, 0 < yes: by halving on the log
   scale, where the probability rises. */
static double
lower_limit (size_t yes, size_t no, double tail)
{
  size_t n = yes + no;
  double high = log ((double)yes / ((double)no + 0.5)), step = 1;
  double low = high - step;
  while (rx_binomial_upper (yes, n, exp (high)) < tail)
    high += 1;
  while (rx_binomial_upper (yes, n, exp (low)) > tail)
    low -= step *= 2;
  for (;;)
    {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high)
        return exp (middle);
      if (rx_binomial_upper (yes, n, exp (middle)) > tail)
        high = middle;
      else
        low = middle;
    }
}

void
rx_binomial_odds (size_t yes, size_t no, double level, double *low,
                  double *high)
{
  double tail = (1 - level) / 2;
  *low = *high = NAN;
  if (yes + no == 0)
    return;
  *low = yes == 0 ? 0 : lower_limit (yes, no, tail);
  *high = no == 0 ? INFINITY : 1 / lower_limit (no, yes, tail);
}
