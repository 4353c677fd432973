/* log_concave.c: find the peak, find the two ends, integrate between them.

   A concave logarithm h has one peak.  Where it has fallen by FALL on either
   side, what lies beyond is less than exp (-FALL) of the whole times a small
   number, for beyond the edge h falls at least as steeply as on the way there.
   Between the edges GSL's Gauss-Kronrod rule of 31 points takes the
   parts, halved until halving changes nothing.

   By hand: log f = -x^2 / 2 over the whole line gives sqrt (2 pi). */
#include "stats/log_concave.h"

#include <gsl/gsl_integration.h>
#include <math.h>
#include <stdbool.h>

static const double FALL = 45; /* exp (-45) = 3e-20 */
static const double FLAT = 2;  /* a peak known as well as this will do */
static const double PRECISION = 1e-13;            /* of the whole, a part */
static const double GOLDEN = 0.38196601125010515; /* (3 - sqrt (5)) / 2 */

enum
{
  DOUBLINGS = 1100, /* from the smallest double to the largest */
  HALVINGS = 12     /* of a part */
};

/* low < at < high with h (at) the largest of the three, or `at` on an end of
   the range. */
struct peak
{
  double low, at, high;
  double h_low, h, h_high;
};

static double
h (const struct rx_log_concave *f, double x)
{
  return f->log_f (x, f->arg);
}

static double
clamp (const struct rx_log_concave *f, double x)
{
  return fmin (fmax (x, f->least), f->most);
}

/* Goes uphill in steps that double until it goes down again. */
static struct peak
climb (const struct rx_log_concave *f)
{
  double right = clamp (f, f->start + f->step);
  struct peak p = { .low = clamp (f, f->start - f->step),
                    .at = f->start,
                    .high = right,
                    .h = h (f, f->start) };
  p.h_low = h (f, p.low);
  p.h_high = h (f, p.high);
  double step = f->step;
  for (int i = 0; i < DOUBLINGS && p.h_high > p.h; i++)
    {
      step *= 2;
      p.low = p.at, p.h_low = p.h;
      p.at = p.high, p.h = p.h_high;
      p.high = clamp (f, p.at + step), p.h_high = h (f, p.high);
    }
  for (int i = 0; i < DOUBLINGS && p.h_low > p.h; i++)
    {
      step *= 2;
      p.high = p.at, p.h_high = p.h;
      p.at = p.low, p.h = p.h_low;
      p.low = clamp (f, p.at - step), p.h_low = h (f, p.low);
    }
  return p;
}

/* Golden section until neither neighbour is FLAT below the middle: being
   concave, h cannot rise by more than about twice that in between. */
static struct peak
settle (const struct rx_log_concave *f, struct peak p)
{
  for (int i = 0; i < DOUBLINGS; i++)
    {
      bool left = p.h - p.h_low > FLAT && p.at > p.low;
      bool right = p.h - p.h_high > FLAT && p.high > p.at;
      if (!left && !right)
        break;
      bool go_left = left && (!right || p.at - p.low > p.high - p.at);
      double x = go_left ? p.at - GOLDEN * (p.at - p.low)
                         : p.at + GOLDEN * (p.high - p.at);
      if (x == p.at || x == p.low || x == p.high)
        break; /* no double in between */
      double hx = h (f, x);
      if (go_left && hx > p.h)
        p.high = p.at, p.h_high = p.h, p.at = x, p.h = hx;
      else if (go_left)
        p.low = x, p.h_low = hx;
      else if (hx > p.h)
        p.low = p.at, p.h_low = p.h, p.at = x, p.h = hx;
      else
        p.high = x, p.h_high = hx;
    }
  return p;
}

/* Where h has fallen by FALL (and not by much more) on one side of the peak,
   or the end of the range. */
static double
edge (const struct rx_log_concave *f, const struct peak *p, double end,
      double width)
{
  double sign = end < p->at ? -1 : 1, room = fabs (end - p->at);
  double near = 0, far = fmin (width, room);
  for (int i = 0;
       i < DOUBLINGS && far < room && p->h - h (f, p->at + sign * far) < FALL;
       i++)
    {
      near = far;
      far = fmin (2 * far, room);
    }
  /* far is too far, by how much nobody knows: halve until it is not */
  for (int i = 0; i < DOUBLINGS && far > 2 * near; i++)
    {
      double middle = far / 2;
      if (p->h - h (f, p->at + sign * middle) < FALL)
        break;
      far = middle;
    }
  return far >= room ? end : p->at + sign * far;
}

struct part
{
  const struct rx_log_concave *f;
  double top; /* h at the peak: the integrand is f / exp (top) */
};

static double
integrand (double x, void *arg)
{
  const struct part *part = arg;
  return exp (h (part->f, x) - part->top);
}

/* The integral from a to b, of which `whole` is a first value.  Two halves
   that add up to another value are halved again: unlike the difference of two
   nested rules this does not overlook a narrow dip. */
static double
integrate (const gsl_function *f, double a, double b, double whole,
           double enough, int halvings)
{
  double middle = a + (b - a) / 2, error, size, spread;
  if (!(a < middle && middle < b))
    return whole;
  double left, right;
  gsl_integration_qk31 (f, a, middle, &left, &error, &size, &spread);
  gsl_integration_qk31 (f, middle, b, &right, &error, &size, &spread);
  double both = left + right;
  if (!(fabs (both - whole) > enough) || halvings == 0)
    return both;
  return integrate (f, a, middle, left, enough, halvings - 1)
         + integrate (f, middle, b, right, enough, halvings - 1);
}

/* low, the cuts between, the peak, high: in order. */
static size_t
place_cuts (const struct rx_log_concave *f, double low, double at, double high,
            double *point)
{
  size_t n = 0;
  point[n++] = low;
  for (size_t i = 0; i <= f->n_cuts; i++)
    {
      double x = i < f->n_cuts ? f->cut[i] : at;
      if (!(x > low && x < high))
        continue;
      size_t k = n++;
      for (; point[k - 1] > x; k--)
        point[k] = point[k - 1];
      point[k] = x;
    }
  point[n++] = high;
  return n;
}

double
rx_log_concave_integral (const struct rx_log_concave *f)
{
  struct peak p = settle (f, climb (f));
  if (isnan (p.h) || p.h == -INFINITY)
    return isnan (p.h) ? NAN : 0;
  double width = fmax (p.high - p.at, p.at - p.low);
  double low = edge (f, &p, f->least, width);
  double high = edge (f, &p, f->most, width);
  struct part part = { f, p.h };
  const gsl_function g = { integrand, &part };
  double point[RX_LOG_CONCAVE_CUTS + 3], first[RX_LOG_CONCAVE_CUTS + 2];
  size_t n = place_cuts (f, low, p.at, high, point) - 1;
  double error, size, spread, whole = 0, sum = 0;
  for (size_t i = 0; i < n; i++)
    {
      gsl_integration_qk31 (&g, point[i], point[i + 1], &first[i], &error,
                            &size, &spread);
      whole += first[i];
    }
  for (size_t i = 0; i < n; i++)
    sum += integrate (&g, point[i], point[i + 1], first[i], PRECISION * whole,
                      HALVINGS);
  return exp (p.h + log (sum));
}
