/* chi_normal.c: the probability of a wedge under a normal and a chi density.

     P = integral of f (u) [Phi (b0 + b1 u) - Phi (a0 + a1 u)] du, 0 < u < most
     f (u) = sqrt (df / pi) / G (df/2) u^(df-1) exp (-df (u^2 - 1) / 2)

   where G (a) = Gamma (a) / (sqrt (2 pi) a^(a-1/2) exp (-a)) is Stirling's
   correction (Abramowitz & Stegun 6.1.37), so that nothing large cancels at
   large df.  A wedge is convex and both densities are log-concave, hence so is
   the integrand (Prekopa, Acta Sci Math 1971;32:301-316).

   By hand: df = 2, no upper line, low = t u: P (T > t) = (1 - t / sqrt (2 +
   t^2)) / 2, Student's t on 2 degrees of freedom. */
#include "stats/chi_normal.h"

#include "stats/log_concave.h"

#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>

static const double DEEP = -20;     /* below, the tail by its logarithm */
static const double ABYSS = -1e150; /* below, z^2 overflows */

/* The variable of the integral is u - origin: with many df all that counts is
   close to u = 1, and measured from there no digit of it is lost. */
static const double MANY = 100;

static const double REACH = 8; /* Phi (-8) = 6e-16 */

struct wedge
{
  double df, log_constant, origin;
  struct rx_line low, high;
};

static double
log_phi (double z)
{
  if (z < ABYSS)
    return -INFINITY;
  if (z < DEEP)
    return gsl_sf_log_erfc (-z * M_SQRT1_2) - M_LN2;
  if (z < 0)
    return log (0.5 * erfc (-z * M_SQRT1_2));
  return log1p (-0.5 * erfc (z * M_SQRT1_2));
}

/* log (Phi (b) - Phi (a)) */
static double
log_between (double a, double b)
{
  if (!(a < b))
    return isnan (a) || isnan (b) ? NAN : -INFINITY;
  if (a > 0) /* the same on the other side, where tails are small numbers */
    return log_between (-b, -a);
  if (a == -INFINITY)
    return log_phi (b);
  if (b >= 0)
    return log (0.5 * (erf (b * M_SQRT1_2) - erf (a * M_SQRT1_2)));
  double upper = log_phi (b);
  if (upper == -INFINITY)
    return upper;
  return upper + log (-expm1 (log_phi (a) - upper));
}

/* log f (1 + d).  Near u = 1 the two large terms are
   df (log u - (u^2 - 1) / 2) = df (log (1 + d) - d - d^2 / 2). */
static double
log_density (const struct wedge *w, double u, double d)
{
  if (u <= 0)
    return w->df > 1 ? -INFINITY : w->log_constant + w->df / 2;
  if (d > -0.5 && d < 1)
    return w->log_constant + w->df * (gsl_sf_log_1plusx_mx (d) - d * d / 2)
           - log (u);
  return w->log_constant + (w->df - 1) * log (u) - w->df * d * (u + 1) / 2;
}

/* The line in x = u - origin. */
static struct rx_line
moved (struct rx_line line, double origin)
{
  if (isinf (line.at))
    return (struct rx_line){ line.at, 0 };
  return (struct rx_line){ line.at + line.slope * origin, line.slope };
}

static double
log_integrand (double x, const void *arg)
{
  const struct wedge *w = arg;
  double density = log_density (w, w->origin + x, x - (1 - w->origin));
  if (density == -INFINITY)
    return density;
  return density
         + log_between (w->low.at + w->low.slope * x,
                        w->high.at + w->high.slope * x);
}

/* Phi of a steep line goes from 0 to 1 within a small part of the range of U,
   whose width is some 1 / sqrt (2 df) times a number: it is cut out, so that
   no rule steps over it. */
static void
cut_steep (struct rx_log_concave *f, struct rx_line line, double df)
{
  if (isinf (line.at) || !(fabs (line.slope) > 2 * sqrt (2 * df)))
    return;
  for (int i = -1; i <= 1; i++)
    f->cut[f->n_cuts++] = (i * REACH - line.at) / line.slope;
}

double
rx_chi_normal (double df, struct rx_line low, struct rx_line high, double most)
{
  if (!(df >= 1) || isinf (df) || isnan (most))
    return NAN;
  if (!(most > 0))
    return 0;
  double origin = df > MANY ? 1 : 0, start = fmin (1, most / 2);
  struct wedge w
      = { df, 0, origin, moved (low, origin), moved (high, origin) };
  w.log_constant = 0.5 * log (df / M_PI) - log (gsl_sf_gammastar (df / 2));
  struct rx_log_concave f = { .log_f = log_integrand,
                              .arg = &w,
                              .least = -origin,
                              .most = most - origin,
                              .start = start - origin,
                              .step = fmin (1 / sqrt (2 * df), start / 2) };
  cut_steep (&f, w.low, df);
  cut_steep (&f, w.high, df);
  double p = rx_log_concave_integral (&f);
  return p > 1 ? 1 : p;
}
