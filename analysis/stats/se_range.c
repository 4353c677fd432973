/* se_range.c: with the difference d known, everything printed is an interval
   of the standard error s:

     se;  sd = s / per_sd;  |t| = |d| / s;  |dz| = |t| per_sd;
     p = 2 P (T > |t|);  low, high = d -/+ q s

   By hand: d = 2, df 15, p 0.050 (0.0495 to 0.0505): t from 2.1262 to 2.1368,
   so s from 0.9360 to 0.9407. */
#include "stats/se_range.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stddef.h>

struct interval
{
  double low, high;
};

static bool
is_said (const struct rx_printed *printed)
{
  return printed->kind != RX_PRINTED_NOTHING;
}

static struct interval
meet (struct interval a, struct interval b)
{
  return (struct interval){ fmax (a.low, b.low), fmin (a.high, b.high) };
}

static struct interval
times (struct interval a, double factor)
{
  return (struct interval){ a.low * factor, a.high * factor };
}

static struct interval
spread (const struct rx_printed *printed)
{
  return (struct interval){ fmax (printed->low, 0), printed->high };
}

/* SEs for which |d| / s lies in t. */
static struct interval
from_t (double d, struct interval t)
{
  d = fabs (d);
  if (d == 0)
    return t.low > 0 ? (struct interval){ INFINITY, -INFINITY }
                     : (struct interval){ 0, INFINITY };
  return (struct interval){ d / t.high, t.low > 0 ? d / t.low : INFINITY };
}

static struct interval
without_sign (const struct rx_printed *printed)
{
  struct interval of = { printed->low, printed->high };
  if (printed->kind == RX_PRINTED_EQUAL && printed->value < 0)
    of = (struct interval){ -printed->high, -printed->low };
  return (struct interval){ fmax (of.low, 0), of.high };
}

/* |t| of a two-sided p. */
static double
t_of (double p, double df)
{
  return p > 0 ? gsl_cdf_tdist_Qinv (fmin (p, 1) / 2, df) : INFINITY;
}

/* The first figure that tells the SE. */
static double
as_printed (const struct rx_se_figures *f, double d, double df, double per_sd,
            double q)
{
  const struct
  {
    const struct rx_printed *printed;
    double s;
  } ways[] = {
    { &f->se, f->se.value },
    { &f->sd_diff, f->sd_diff.value * per_sd },
    { &f->ci_low, f->ci_high.kind == RX_PRINTED_EQUAL
                      ? (f->ci_high.value - f->ci_low.value) / (2 * q)
                      : (d - f->ci_low.value) / q },
    { &f->ci_high, (f->ci_high.value - d) / q },
    { &f->t, fabs (d / f->t.value) },
    { &f->dz, fabs (d / f->dz.value) * per_sd },
    { &f->p, fabs (d) / t_of (f->p.value, df) },
  };
  for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
    if (ways[i].printed->kind == RX_PRINTED_EQUAL && isfinite (ways[i].s)
        && (ways[i].s > 0 || (ways[i].s == 0 && i < 2)))
      return ways[i].s;
  return NAN;
}

struct rx_se_range
rx_se_range (const struct rx_se_figures *f, double d, double df, double per_sd,
             double level)
{
  struct interval se = { 0, INFINITY };
  double q = gsl_cdf_tdist_Qinv ((1 - level) / 2, df);
  if (is_said (&f->se))
    se = meet (se, spread (&f->se));
  if (is_said (&f->sd_diff))
    se = meet (se, times (spread (&f->sd_diff), per_sd));
  if (is_said (&f->t))
    se = meet (se, from_t (d, without_sign (&f->t)));
  if (is_said (&f->dz))
    se = meet (se, from_t (d, times (without_sign (&f->dz), 1 / per_sd)));
  if (is_said (&f->p))
    se = meet (se, from_t (d, (struct interval){ t_of (f->p.high, df),
                                                 t_of (f->p.low, df) }));
  if (is_said (&f->ci_low))
    se = meet (se, (struct interval){ (d - f->ci_low.high) / q,
                                      (d - f->ci_low.low) / q });
  if (is_said (&f->ci_high))
    se = meet (se, (struct interval){ (f->ci_high.low - d) / q,
                                      (f->ci_high.high - d) / q });
  double s = as_printed (f, d, df, per_sd, q);
  return (struct rx_se_range){ se.low, se.high,
                               isnan (s) ? NAN
                                         : fmin (fmax (s, se.low), se.high) };
}
