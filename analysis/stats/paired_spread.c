/* paired_spread.c: extremes over the box of the rounded figures.

     r (s1, s2, D)  = (s1^2 + s2^2 - D^2) / (2 s1 s2)
     D^2 (s1, s2, r) = s1^2 + s2^2 - 2 r s1 s2

   r falls with D; along s1 its slope is (s1^2 - s2^2 + D^2) / (2 s1^2 s2): it
   falls, then rises, and so it does along s2.  So its maximum over the box is
   at a corner, with the least D; its minimum, with the largest D, is on an
   edge, at s1 = sqrt (s2^2 - D^2) where that is in the box (both slopes vanish
   together for D = 0 only).  D^2 falls with r and is convex in (s1, s2): the
   same, with s1 = r s2.

   Cochrane Handbook, section 16.4.6.1; Elbourne et al, Int J Epidemiol
   2002;31:140-149.

   By hand: s1 = 3, s2 = 4, D = 5: r = 0; D = 1: r = 1. */
#include "stats/paired_spread.h"

#include <math.h>

enum
{
  ENDS = 2
};

struct box
{
  double end[ENDS];
};

static struct box
box_of (const struct rx_printed *sd)
{
  return (struct box){ { fmax (sd->low, 0), sd->high } };
}

static double
clamp (double x, struct box box)
{
  return fmin (fmax (x, box.end[0]), box.end[1]);
}

/* The larger root of a square that may be below zero. */
static double
root (double square)
{
  return sqrt (fmax (square, 0));
}

static double
correlation (double s1, double s2, double d)
{
  double product = 2 * s1 * s2;
  if (product > 0)
    return (s1 * s1 + s2 * s2 - d * d) / product;
  double rest = s1 * s1 + s2 * s2 - d * d; /* towards an SD of 0 */
  return rest == 0 ? NAN : rest > 0 ? INFINITY : -INFINITY;
}

static double
difference (double s1, double s2, double r)
{
  return root (s1 * s1 + s2 * s2 - 2 * r * s1 * s2);
}

struct rx_spread
rx_spread_correlation (const struct rx_printed *sd1,
                       const struct rx_printed *sd2, struct rx_spread sd_diff)
{
  struct box a = box_of (sd1), b = box_of (sd2);
  double low = INFINITY, high = -INFINITY;
  double least = fmax (sd_diff.low, 0), most = sd_diff.high;
  for (int i = 0; i < ENDS; i++)
    {
      double s2 = b.end[i], s1 = a.end[i];
      low = fmin (low, correlation (clamp (root (s2 * s2 - most * most), a),
                                    s2, most));
      low = fmin (low, correlation (
                           s1, clamp (root (s1 * s1 - most * most), b), most));
      for (int j = 0; j < ENDS; j++)
        high = fmax (high, correlation (a.end[j], s2, least));
    }
  return (
      struct rx_spread){ correlation (sd1->value, sd2->value, sd_diff.value),
                         fmax (low, -1), fmin (high, 1) };
}

struct rx_spread
rx_spread_of_difference (const struct rx_printed *sd1,
                         const struct rx_printed *sd2,
                         const struct rx_printed *r)
{
  struct box a = box_of (sd1), b = box_of (sd2);
  double low = INFINITY, high = 0;
  double least = fmax (r->low, -1), most = fmin (r->high, 1);
  for (int i = 0; i < ENDS; i++)
    {
      double s2 = b.end[i], s1 = a.end[i];
      low = fmin (low, difference (clamp (most * s2, a), s2, most));
      low = fmin (low, difference (s1, clamp (most * s1, b), most));
      for (int j = 0; j < ENDS; j++)
        high = fmax (high, difference (a.end[j], s2, least));
    }
  return (struct rx_spread){ difference (sd1->value, sd2->value, r->value),
                             low, high };
}
