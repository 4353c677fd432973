/* lost_persons.c: sums of squares of completers and lost together.

   n completers have mean difference d > 0, SD s and f degrees of freedom, SE =
   scale s; m lost persons have mean difference x and the same SD.  Together
   N = n + m, mean D = (n d + m x) / N, F = f + m degrees of freedom,

     V = ((F - 1) s^2 + (n m / N) (d - x)^2) / F,   SE^2 = V scale^2 n / N

   (the groups' sums of squares about their own means, and that between them).
   With q the critical t at F degrees of freedom and k = scale^2 n / N the p is
   alpha where D = q sqrt (k V), a quadratic in x:

     A = F m^2 - c n m N,  B = 2 n m d (F + c N),
     C = F n^2 d^2 - c (N^2 (F - 1) s^2 + n m N d^2),   c = q^2 k.

   The tipping point is its smallest root at which D is not below 0.

   D >= q sqrt (k V) says that a linear function is not less than a norm of
   linear functions: in (d, s, x) that is a convex cone.  So {tipping point <=
   x} is convex in (d, s): over a polygon the largest is at a corner; the least
   is on the boundary, since the point rises with s, and on an edge the
   function falls, then rises, so that a golden section finds it.

   By hand: n = 60, d = 2, s = 8, m = 20 of the mean x = -1: D = 1.25, V = (78
   64 + 15 9) / 79 = 64.90, SE = sqrt (64.90 / 80) = 0.9007, t = 1.388. */
#include "stats/lost_persons.h"

#include "stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum
{
  GOLDEN_STEPS = 200, /* each leaves 0.618 of the rest */
  ONE_BY_ONE = 1000   /* lost persons that are tried singly */
};

static const double GOLDEN = 0.6180339887498949;

/* A mean below that which makes D = 0, by rounding alone. */
static const double SLACK = 1e-12;

struct rx_with_lost
rx_with_lost (const struct rx_completers *c, double lost, double mean)
{
  double n = c->n, all = n + lost, df = c->df + lost;
  double apart = c->difference - mean;
  double squares = (lost > 0 ? df - 1 : df) * c->sd * c->sd
                   + n * lost / all * apart * apart;
  struct rx_with_lost result
      = { .difference = (n * c->difference + lost * mean) / all,
          .df = df,
          .se = sqrt (squares / df * n / all) * c->scale };
  result.t = result.difference / result.se;
  result.p = rx_student_p (result.t, df);
  return result;
}

double
rx_tipping_point (const struct rx_completers *c, double lost, double alpha)
{
  double sign = c->difference < 0 ? -1 : 1, d = sign * c->difference;
  double n = c->n, m = lost, all = n + m, df = c->df + m;
  if (!(m > 0) || !(c->sd > 0) || !(df > 1))
    return NAN;
  double q = gsl_cdf_tdist_Qinv (alpha / 2, df);
  double k = q * q * c->scale * c->scale * n / all;
  double A = df * m * m - k * n * m * all;
  double B = 2 * n * m * d * (df + k * all);
  double C
      = df * n * n * d * d
        - k * (all * all * (df - 1) * c->sd * c->sd + n * m * all * d * d);
  double none = -n * d / m; /* D = 0 */
  double square = B * B - 4 * A * C;
  if (square < 0)
    return sign * INFINITY;
  /* the sum that does not cancel, then the product of the roots */
  double half = -(B + copysign (sqrt (square), B)) / 2;
  double root[2] = { half / A, C / half };
  double found = INFINITY;
  for (int i = 0; i < 2; i++)
    if (isfinite (root[i]) && root[i] >= none - SLACK * fabs (none))
      found = fmin (found, root[i]);
  return sign * found;
}

static struct rx_completers
between (const struct rx_completers *a, const struct rx_completers *b,
         double part)
{
  struct rx_completers c = *a;
  c.difference += part * (b->difference - a->difference);
  c.sd += part * (b->sd - a->sd);
  return c;
}

/* The least of a function that falls, then rises, along an edge. */
static double
least_on_edge (const struct rx_completers *a, const struct rx_completers *b,
               double sign, double lost, double alpha)
{
  double low = 0, high = 1;
  double at_low = sign * rx_tipping_point (a, lost, alpha);
  double at_high = sign * rx_tipping_point (b, lost, alpha);
  double least = fmin (at_low, at_high);
  for (int i = 0; i < GOLDEN_STEPS; i++)
    {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      struct rx_completers of_left = between (a, b, left);
      struct rx_completers of_right = between (a, b, right);
      double at_left = sign * rx_tipping_point (&of_left, lost, alpha);
      double at_right = sign * rx_tipping_point (&of_right, lost, alpha);
      least = fmin (least, fmin (at_left, at_right));
      bool both_out = isinf (at_left) && isinf (at_right);
      if (both_out ? at_low <= at_high : at_left <= at_right)
        {
          high = right;
          at_high = at_right;
        }
      else
        {
          low = left;
          at_low = at_left;
        }
    }
  return least;
}

struct rx_tipping_range
rx_tipping_range (const struct rx_completers *corner, size_t n, double lost,
                  double alpha)
{
  double least = INFINITY, most = -INFINITY, sign = 1;
  for (size_t i = 0; i < n; i++)
    if (corner[i].difference < 0)
      sign = -1;
  for (size_t i = 0; i < n; i++)
    {
      double at = sign * rx_tipping_point (&corner[i], lost, alpha);
      if (isnan (at))
        at = -INFINITY; /* s = 0: any return keeps it */
      most = fmax (most, at);
      least = fmin (least, least_on_edge (&corner[i], &corner[(i + 1) % n],
                                          sign, lost, alpha));
    }
  return sign > 0 ? (struct rx_tipping_range){ least, most }
                  : (struct rx_tipping_range){ -most, -least };
}

static bool
is_lost (const struct rx_completers *c, long lost, double mean, double alpha)
{
  return rx_with_lost (c, (double)lost, mean).p > alpha;
}

long
rx_fewest_lost (const struct rx_completers *c, double mean, double alpha)
{
  long high = 0, low;
  while (high <= ONE_BY_ONE)
    {
      if (is_lost (c, high, mean, alpha))
        return high;
      high++;
    }
  low = high - 1;
  while (!is_lost (c, high, mean, alpha))
    {
      if (high >= RX_LOST_MOST)
        return RX_LOST_MOST + 1;
      low = high;
      high = high * 2 < RX_LOST_MOST ? high * 2 : RX_LOST_MOST;
    }
  while (high - low > 1)
    {
      long middle = low + (high - low) / 2;
      *(is_lost (c, middle, mean, alpha) ? &high : &low) = middle;
    }
  return high;
}
