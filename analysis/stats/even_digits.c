/* even_digits.c: chi-squared and its exact distribution.

     chi^2 = (10 / n) sum c^2 - n

   depends on the counts by the sum of their squares alone, so that the exact
   p is P (sum c^2 >= observed).  The number of ways to fill k digits with m of
   the n places so that the squares sum to s follows from that for k - 1:

     W (k, m, s) = sum over c of W (k - 1, m - c, s - c^2) / c!

   and P (s) = n! W (10, n, s) / 10^n.

   Mosimann, Wiseman & Edelman, Accountability in Research 1995;4:31-55.

   By hand: n = 2: the squares sum to 4 (the same digit twice, 1 in 10) or 2:
   p = 0.1 or 1. */
#include "stats/even_digits.h"

#include "base/memory.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>

/* ways[m * width + s], of all digits so far */
static void
add_digit (const double *before, double *after, size_t n, size_t width)
{
  for (size_t m = 0; m <= n; m++)
    for (size_t s = 0; s < width; s++)
      {
        double sum = 0;
        for (size_t c = 0; c <= m && c * c <= s; c++)
          sum += before[(m - c) * width + s - c * c]
                 * exp (-gsl_sf_lnfact ((unsigned)c));
        after[m * width + s] = sum;
      }
}

static enum rx_status
exact (size_t n, size_t squares, double *p, struct rx_error *err)
{
  size_t width = n * n + 1;
  double *ways = rx_array ((n + 1) * width, 2 * sizeof *ways);
  double *from = ways, *to = ways + (ways != NULL ? (n + 1) * width : 0);
  if (ways == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < (n + 1) * width; i++)
    from[i] = 0;
  from[0] = 1;
  for (int digit = 0; digit < RX_DIGITS; digit++)
    {
      add_digit (from, to, n, width);
      double *other = from;
      from = to;
      to = other;
    }
  double scale = gsl_sf_lnfact ((unsigned)n) - (double)n * log (RX_DIGITS);
  double tail = 0;
  for (size_t s = squares; s < width; s++)
    tail += from[n * width + s];
  *p = fmin (1, tail * exp (scale));
  free (ways);
  return RX_OK;
}

enum rx_status
rx_even_digits (const size_t count[RX_DIGITS], struct rx_even_digits *out,
                struct rx_error *err)
{
  size_t n = 0, squares = 0;
  for (int i = 0; i < RX_DIGITS; i++)
    {
      n += count[i];
      squares += count[i] * count[i];
    }
  *out = (struct rx_even_digits){ n, NAN, NAN, NAN };
  if (n == 0)
    return RX_OK;
  out->chi_squared
      = (double)RX_DIGITS * (double)squares / (double)n - (double)n;
  out->p = gsl_cdf_chisq_Q (out->chi_squared, RX_DIGITS - 1);
  return n <= RX_DIGITS_EXACT_MOST ? exact (n, squares, &out->p_exact, err)
                                   : RX_OK;
}
