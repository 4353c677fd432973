/* moments.c: the two-pass algorithm with the correction of Chan, Golub and
   LeVeque (The American Statistician 1983;37:242-247, eq. 1.7); in whole
   units u the textbook's (n sum u^2 - (sum u)^2) / (n (n - 1)), which loses
   nothing there.

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

/* The least b so that all units are within -2^b ... 2^b - 1. */
static int
bits_of (const int64_t *units, size_t n)
{
  uint64_t any = 0;
  for (size_t i = 0; i < n; i++)
    any |= (uint64_t)(units[i] < 0 ? ~units[i] : units[i]);
  return any == 0 ? 0 : 64 - __builtin_clzll (any);
}

bool
rx_moments_of_units (const int64_t *units, size_t n, double scale,
                     struct rx_moments *m)
{
  __extension__ typedef __int128 wide;
  const int64_t count = (int64_t)n;
  int bits = bits_of (units, n) + 1; /* all are below 2^bits in size */
  int bits_n = n == 0 ? 0 : 64 - __builtin_clzll (n);
  if (n == 0 || 2 * (bits + bits_n) > 126)
    return false;
  wide sum = 0, squares = 0;
  for (size_t i = 0; i < n; i++)
    {
      sum += units[i];
      squares += (wide)units[i] * units[i];
    }
  m->n = n;
  m->mean = (double)sum / ((double)n * scale);
  m->variance = n < 2 ? NAN
                      : (double)(count * squares - sum * sum)
                            / ((double)n * (double)(n - 1) * scale * scale);
  return true;
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
