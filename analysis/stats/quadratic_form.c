/* quadratic_form.c: Q = sum_j w_j z_j^2 below 0, z standard normal.

   With K (s) = -1/2 sum_j log (1 - 2 s w_j), the cumulant generating
   function, and s to the left of 0,

     P (Q < 0) = -1 / (2 pi i) int exp (K (s)) / s ds

   along a vertical line, here the one through the saddle point, where
   K (s) - log (-s) is least: nothing cancels there, so that a small
   probability has as many digits as a large one (Rice, SIAM J Sci Stat Comput
   1980;1:438-448).  On the line s = s0 + i c sinh (x), c the distance to the
   nearest singularity, the trapezoidal rule doubles its digits with every
   halving of the step.  A Q whose mean is below 0 is turned round.

   By hand: weights 1, -1 give 1/2; weights c, -1 give 2/pi atan (1/sqrt c). */
#include "stats/quadratic_form.h"

#include <gsl/gsl_math.h>
#include <math.h>

enum
{
  BISECTIONS = 60, /* of the way to the saddle point: any point near it does */
  HALVINGS = 10    /* of the step, at the most */
};

static const double FIRST_STEP = 0.25;
/* a change by this part is rounding, and so is what is left of an integrand
   that has fallen by exp (-FALL) */
static const double ROUNDING = 1e-14, FALL = 40;

struct line
{
  const double *weight;
  size_t m;
  double sign;   /* of the weights */
  double s0, c;  /* where the line crosses, and its scale */
  double height; /* log of the integrand there, taken out */
};

/* The slope of K (s) - log (-s), which rises from the pole to 0. */
static double
slope (const struct line *l, double s)
{
  double sum = -1 / s;
  for (size_t j = 0; j < l->m; j++)
    sum += l->sign * l->weight[j] / (1 - 2 * s * l->sign * l->weight[j]);
  return sum;
}

/* The integrand at x, and the logarithm of its size. */
static double
integrand (const struct line *l, double x, double *size)
{
  double y = l->c * sinh (x), turn = 0;
  double logarithm = -l->height;
  for (size_t j = 0; j < l->m; j++)
    {
      double w = 2 * l->sign * l->weight[j];
      double real = 1 - l->s0 * w, imaginary = -w * y;
      logarithm -= log (hypot (real, imaginary)) / 2;
      turn -= atan2 (imaginary, real) / 2;
    }
  logarithm -= log (hypot (l->s0, y));
  turn -= atan2 (y, l->s0);
  *size = logarithm + log (l->c * cosh (x));
  return -exp (*size) * cos (turn);
}

/* The sum of the integrand at from, from + step, ... */
static double
sum_up (const struct line *l, double from, double step, double bottom)
{
  double sum = 0, size = 0;
  for (double x = from; size > bottom; x += step)
    sum += integrand (l, x, &size);
  return sum;
}

/* P (Q < 0) of a Q whose mean, by sign, is not below 0 and that has weights
   of both signs, the least being `least`. */
static double
lower_tail (const double *weight, size_t m, double sign, double least)
{
  struct line l = { .weight = weight, .m = m, .sign = sign };
  double pole = 1 / (2 * least), low = pole, high = 0, size;
  for (size_t i = 0; i < BISECTIONS; i++)
    {
      l.s0 = (low + high) / 2;
      *(slope (&l, l.s0) < 0 ? &low : &high) = l.s0;
    }
  l.c = fmin (-l.s0, l.s0 - pole);
  integrand (&l, 0, &l.height);
  double top = integrand (&l, 0, &size), step = FIRST_STEP;
  double sum = top / 2 + sum_up (&l, step, step, size - FALL);
  for (size_t i = 0; i < HALVINGS; i++)
    {
      double before = sum * step;
      sum += sum_up (&l, step / 2, step, size - FALL);
      step /= 2;
      if (fabs (sum * step - before) <= ROUNDING * fabs (before))
        break;
    }
  return sum * step * exp (l.height) / M_PI;
}

double
rx_quadratic_form_below (const double *weight, size_t m)
{
  double mean = 0, least = 0, most = 0;
  for (size_t j = 0; j < m; j++)
    {
      mean += weight[j];
      least = fmin (least, weight[j]);
      most = fmax (most, weight[j]);
    }
  if (least == 0 || most == 0)
    return least == 0 ? 0 : 1;
  double p = mean < 0 ? 1 - lower_tail (weight, m, -1, -most)
                      : lower_tail (weight, m, 1, least);
  return fmin (fmax (p, 0), 1);
}
