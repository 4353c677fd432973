/* moments.c: the two-pass algorithm with the correction of Chan, Golub and
   LeVeque (The American Statistician 1983;37:242-247, eq. 1.7).

   By hand: 1, 2, 3, 4 has mean 2.5 and variance 5/3. */
#include "stats/moments.h"

#include <math.h>

/* Neumaier's variant of Kahan's sum (ZAMM 1974;54:39-51). */
struct sum
{
  double total, lost;
};

static void
add (struct sum *sum, double x)
{
  double next = sum->total + x;
  if (fabs (sum->total) >= fabs (x))
    sum->lost += (sum->total - next) + x;
  else
    sum->lost += (x - next) + sum->total;
  sum->total = next;
}

double
rx_sum (const double *x, size_t n)
{
  struct sum sum = { 0, 0 };
  for (size_t i = 0; i < n; i++)
    add (&sum, x[i]);
  return sum.total + sum.lost;
}

struct rx_moments
rx_moments_of (const double *x, size_t n)
{
  struct rx_moments m = { n, NAN, NAN };
  if (n == 0)
    return m;
  m.mean = rx_sum (x, n) / (double)n;
  if (n < 2)
    return m;
  struct sum squares = { 0, 0 }, deviations = { 0, 0 };
  for (size_t i = 0; i < n; i++)
    {
      double d = x[i] - m.mean;
      add (&squares, d * d);
      add (&deviations, d);
    }
  double residue = deviations.total + deviations.lost;
  m.variance = (squares.total + squares.lost - residue * residue / (double)n)
               / (double)(n - 1);
  return m;
}

double
rx_moments_sd (struct rx_moments m)
{
  return sqrt (m.variance);
}

double
rx_moments_se (struct rx_moments m)
{
  return sqrt (m.variance / (double)m.n);
}
