/* recompute_p.c: p falls as the size of a statistic grows, so the ends of the
   rounded statistic give the ends of p.

   Nuijten, Hartgerink, van Assen, Epskamp & Wicherts, Behav Res Methods
   2016;48:1205-1226.

   By hand: t(28) = 2.20 has p = 0.0362, and 0.0358 to 0.0366 as 2.195 to
   2.205: a printed p = .03 is impossible, .04 is not. */
#include "stats/recompute_p.h"

#include "stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* A level this near to alpha, relative to it, is alpha. */
static const double NEAR = 1e-9;

static double
p_of (enum rx_statistic kind, double size, double df1, double df2)
{
  switch (kind)
    {
    case RX_STATISTIC_F:
      return gsl_cdf_fdist_Q (size, df1, df2);
    case RX_STATISTIC_CHI2:
      return gsl_cdf_chisq_Q (size, df1);
    case RX_STATISTIC_Z:
      return 2 * gsl_cdf_ugaussian_Q (size);
    case RX_STATISTIC_R:
      if (size >= 1)
        return 0;
      return rx_student_p (size * sqrt (df2 / ((1 - size) * (1 + size))), df2);
    default:
      return rx_student_p (size, df2);
    }
}

static double
p_at (enum rx_statistic kind, double size, double df1, double df2)
{
  if (isinf (size))
    return 0;
  return p_of (kind, fmax (size, 0), df1, df2);
}

struct rx_recomputed
rx_recompute_p (enum rx_statistic kind, const struct rx_printed *statistic,
                double df1, double df2)
{
  bool one_sided = kind == RX_STATISTIC_F || kind == RX_STATISTIC_CHI2;
  double low = statistic->low, high = statistic->high;
  double size = statistic->value;
  if (one_sided)
    low = fmax (low, 0);
  else if (low < 0 && statistic->value < 0)
    {
      double old = low;
      low = -high;
      high = -old;
    }
  if (!one_sided)
    {
      size = fabs (size);
      low = fmax (low, 0); /* |0.0|, "< 1" */
    }
  struct rx_recomputed found
      = { NAN, p_at (kind, high, df1, df2), p_at (kind, low, df1, df2) };
  if (statistic->kind == RX_PRINTED_EQUAL)
    found.p = p_at (kind, size, df1, df2);
  return found;
}

bool
rx_recomputed_fits (const struct rx_recomputed *found,
                    const struct rx_printed *p)
{
  if (p->kind == RX_PRINTED_BELOW)
    return found->low < p->value;
  if (p->kind == RX_PRINTED_ABOVE)
    return found->high > p->value;
  return rx_printed_meets (p, found->low, found->high);
}

bool
rx_recomputed_decides_otherwise (const struct rx_recomputed *found,
                                 const struct rx_printed *p, double alpha)
{
  /* 1 - 0.95 is not quite 0.05 */
  double above = alpha * (1 + NEAR), below = alpha * (1 - NEAR);
  bool significant = p->kind != RX_PRINTED_ABOVE && p->value <= above;
  bool open = (p->kind == RX_PRINTED_ABOVE && p->value < below)
              || (p->kind == RX_PRINTED_BELOW && p->value > above);
  return !open && !isnan (found->p) && significant != (found->p <= above);
}
