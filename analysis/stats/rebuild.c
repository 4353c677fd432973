/* rebuild.c: half planes cut a polygon, its corners give the extremes.

   The plane is turned so that the difference is positive: d and the interval
   change sign and t, dz count as absolute values.

   Altman & Bland, BMJ 2011;343:d2090 and d2304, have the formulas for points;
   the polygon gives what rounding adds.

   By hand: d = 3.3 and p = 0.04 with 59 df: t = 2.1002, s = 1.5713.  With d in
   [3.25, 3.35] and p in [0.035, 0.045] t is in [2.0482, 2.1581] and s in
   [3.25 / 2.1581, 3.35 / 2.0482] = [1.506, 1.636]. */
#include "stats/rebuild.h"

#include "stats/student.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

enum
{
  CORNERS_MOST = RX_REBUILT_CORNERS /* four, one more for every cut; twice */
};

/* A corner this far outside a half plane, relative to its terms, is on it. */
static const double ON_LINE = 1e-13;

struct corner
{
  double d, s;
};
struct polygon
{
  struct corner corner[CORNERS_MOST];
  size_t n;
};
struct range
{
  double low, high;
};

/* What a set of figures leaves. */
struct solution
{
  struct rx_rebuilt term[RX_REBUILT_TERMS];
  struct polygon polygon; /* no corners where they do not bound it */
  bool is_empty;          /* they contradict each other */
};

/* A problem with positive d; box: of the terms, (-Inf, Inf) when not used. */
struct problem
{
  const struct rx_printed_test *test;
  double sign;
  double quantile; /* of the interval */
  struct range box[RX_REBUILT_TERMS];
  double point[RX_REBUILT_TERMS]; /* NaN: none */
};

/* ---- the t distribution, or the normal one ---------------------------- */

static double
quantile (double tail, double df)
{
  if (tail <= 0)
    return INFINITY;
  if (tail >= 0.5)
    return 0;
  return isinf (df) ? gsl_cdf_ugaussian_Qinv (tail)
                    : gsl_cdf_tdist_Qinv (tail, df);
}

static double
two_sided (double t, double df)
{
  if (isinf (t))
    return 0;
  return isinf (df) ? 2 * gsl_cdf_ugaussian_Q (fabs (t))
                    : rx_student_p (t, df);
}

/* ---- boxes of what is printed ----------------------------------------- */

static bool
has (const struct problem *b, enum rx_rebuilt_term term)
{
  return isfinite (b->box[term].low) || isfinite (b->box[term].high);
}

/* A figure that changes sign with the difference. */
static void
take_signed (struct problem *b, enum rx_rebuilt_term to,
             const struct rx_printed *printed, double sign)
{
  b->box[to] = sign < 0 ? (struct range){ -printed->high, -printed->low }
                        : (struct range){ printed->low, printed->high };
  if (printed->kind == RX_PRINTED_EQUAL)
    b->point[to] = sign * printed->value;
}

static void
take (struct problem *b, enum rx_rebuilt_term term)
{
  const struct rx_printed *printed = &b->test->printed[term];
  switch (term)
    {
    case RX_REBUILT_DIFFERENCE:
      take_signed (b, term, printed, b->sign);
      break;
    case RX_REBUILT_CI_LOW:
      take_signed (b, b->sign < 0 ? RX_REBUILT_CI_HIGH : term, printed,
                   b->sign);
      break;
    case RX_REBUILT_CI_HIGH:
      take_signed (b, b->sign < 0 ? RX_REBUILT_CI_LOW : term, printed,
                   b->sign);
      break;
    case RX_REBUILT_T:
    case RX_REBUILT_DZ:
      take_signed (b, term, printed, printed->value < 0 ? -1 : 1);
      break;
    default: /* never below zero */
      take_signed (b, term, printed, 1);
      b->box[term].low = fmax (b->box[term].low, 0);
    }
}

static double
sign_of (const struct rx_printed_test *test)
{
  static const enum rx_rebuilt_term signs[]
      = { RX_REBUILT_DIFFERENCE, RX_REBUILT_T, RX_REBUILT_DZ };
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
    {
      const struct rx_printed *p = &test->printed[signs[i]];
      if (p->kind != RX_PRINTED_NOTHING && p->value != 0)
        return p->value < 0 ? -1 : 1;
    }
  const struct rx_printed *low = &test->printed[RX_REBUILT_CI_LOW];
  const struct rx_printed *high = &test->printed[RX_REBUILT_CI_HIGH];
  return low->kind == RX_PRINTED_EQUAL && high->kind == RX_PRINTED_EQUAL
                 && low->value + high->value < 0
             ? -1
             : 1;
}

static void
pose (struct problem *b, const struct rx_printed_test *test, unsigned used,
      double sign)
{
  *b = (struct problem){ .test = test, .sign = sign };
  b->quantile = quantile ((1 - test->level) / 2, test->df);
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    {
      b->box[i] = (struct range){ -INFINITY, INFINITY };
      b->point[i] = NAN;
    }
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    if ((used & 1u << i) != 0 && test->printed[i].kind != RX_PRINTED_NOTHING)
      take (b, (enum rx_rebuilt_term)i);
}

/* ---- the range of d / s from t, dz and p ------------------------------ */

static struct range
meet (struct range a, struct range b)
{
  return (struct range){ fmax (a.low, b.low), fmin (a.high, b.high) };
}

static struct range
range_of_t (const struct problem *b)
{
  struct range t = b->box[RX_REBUILT_T];
  double scale = b->test->scale, df = b->test->df;
  if (has (b, RX_REBUILT_DZ) && scale > 0)
    t = meet (t, (struct range){ b->box[RX_REBUILT_DZ].low / scale,
                                 b->box[RX_REBUILT_DZ].high / scale });
  if (has (b, RX_REBUILT_P))
    t = meet (t,
              (struct range){ quantile (b->box[RX_REBUILT_P].high / 2, df),
                              quantile (b->box[RX_REBUILT_P].low / 2, df) });
  return t;
}

/* The range of s from se and sd alone. */
static struct range
range_of_s (const struct problem *b)
{
  struct range s = meet (b->box[RX_REBUILT_SE], (struct range){ 0, INFINITY });
  double scale = b->test->scale;
  if (has (b, RX_REBUILT_SD) && scale > 0)
    s = meet (s, (struct range){ b->box[RX_REBUILT_SD].low * scale,
                                 b->box[RX_REBUILT_SD].high * scale });
  return s;
}

/* ---- a box around the polygon ----------------------------------------- */

/* The difference with an end of the interval bounds s, as both ends do. */
static struct range
bound_s (const struct problem *b, struct range s, struct range d,
         struct range t)
{
  double q = b->quantile;
  struct range low = b->box[RX_REBUILT_CI_LOW];
  struct range high = b->box[RX_REBUILT_CI_HIGH];
  s.high = fmin (s.high, (high.high - low.low) / (2 * q));
  s.high = fmin (s.high, (d.high - low.low) / q);
  s.high = fmin (s.high, (high.high - d.low) / q);
  if (t.low > 0)
    s.high = fmin (s.high, d.high / t.low);
  return s;
}

static struct range
bound_d (const struct problem *b, struct range d, struct range s,
         struct range t)
{
  d = meet (d, (struct range){ b->box[RX_REBUILT_CI_LOW].low,
                               b->box[RX_REBUILT_CI_HIGH].high });
  if (isfinite (s.high) && isfinite (t.high) && isfinite (t.low))
    d = meet (d, (struct range){ fmin (t.low * s.high, 0),
                                 fmax (t.high * s.high, 0) });
  return d;
}

/* ---- cutting ---------------------------------------------------------- */

/* Keeps a d + c s >= e (Sutherland & Hodgman 1974). */
static void
cut (struct polygon *polygon, double a, double c, double e)
{
  struct polygon kept = { .n = 0 };
  if (!isfinite (e) || !isfinite (a) || !isfinite (c))
    return;
  for (size_t i = 0; i < polygon->n; i++)
    {
      struct corner p = polygon->corner[i];
      struct corner q = polygon->corner[(i + 1) % polygon->n];
      double at_p = a * p.d + c * p.s - e, at_q = a * q.d + c * q.s - e;
      double size_p = fabs (a * p.d) + fabs (c * p.s) + fabs (e);
      double size_q = fabs (a * q.d) + fabs (c * q.s) + fabs (e);
      bool in_p = at_p >= -ON_LINE * size_p, in_q = at_q >= -ON_LINE * size_q;
      if (in_p && kept.n < CORNERS_MOST)
        kept.corner[kept.n++] = p;
      if (in_p != in_q && kept.n < CORNERS_MOST)
        {
          double part = fmin (fmax (at_p / (at_p - at_q), 0), 1);
          kept.corner[kept.n++] = (struct corner){ p.d + part * (q.d - p.d),
                                                   p.s + part * (q.s - p.s) };
        }
    }
  *polygon = kept;
}

/* Keeps low <= a d + c s <= high. */
static void
cut_strip (struct polygon *polygon, double a, double c, struct range range)
{
  cut (polygon, a, c, range.low);
  cut (polygon, -a, -c, -range.high);
}

static void
cut_all (const struct problem *b, struct polygon *polygon, struct range d,
         struct range s, struct range t)
{
  *polygon = (struct polygon){ { { d.low, s.low },
                                 { d.high, s.low },
                                 { d.high, s.high },
                                 { d.low, s.high } },
                               4 };
  cut_strip (polygon, 1, -b->quantile, b->box[RX_REBUILT_CI_LOW]);
  cut_strip (polygon, 1, b->quantile, b->box[RX_REBUILT_CI_HIGH]);
  if (isfinite (t.low))
    cut (polygon, 1, -t.low, 0);
  if (isfinite (t.high))
    cut (polygon, -1, t.high, 0);
}

/* ---- ranges ----------------------------------------------------------- */

static void
set (struct solution *solution, enum rx_rebuilt_term term, double low,
     double high)
{
  solution->term[term].low = low;
  solution->term[term].high = high;
  solution->term[term].check = RX_REBUILT_IMPLIED;
}

static void
set_linear (struct solution *solution, enum rx_rebuilt_term term,
            const struct polygon *polygon, double a, double c)
{
  struct range range = { INFINITY, -INFINITY };
  for (size_t i = 0; i < polygon->n; i++)
    {
      double x = a * polygon->corner[i].d + c * polygon->corner[i].s;
      range = (struct range){ fmin (range.low, x), fmax (range.high, x) };
    }
  set (solution, term, range.low, range.high);
}

static struct range
ratios (const struct polygon *polygon)
{
  struct range range = { INFINITY, -INFINITY };
  for (size_t i = 0; i < polygon->n; i++)
    {
      double t = polygon->corner[i].d / polygon->corner[i].s;
      if (!isnan (t))
        range = (struct range){ fmin (range.low, t), fmax (range.high, t) };
    }
  return range;
}

static void
set_ratios (struct solution *solution, const struct problem *b, struct range t)
{
  double df = b->test->df, scale = b->test->scale;
  double nearest = t.low > 0 ? t.low : t.high < 0 ? t.high : 0;
  double farthest = fmax (fabs (t.low), fabs (t.high));
  set (solution, RX_REBUILT_T, t.low, t.high);
  set (solution, RX_REBUILT_P, two_sided (farthest, df),
       two_sided (nearest, df));
  if (scale > 0)
    set (solution, RX_REBUILT_DZ, t.low * scale, t.high * scale);
}

static void
set_spreads (struct solution *solution, const struct problem *b,
             struct range s)
{
  set (solution, RX_REBUILT_SE, s.low, s.high);
  if (b->test->scale > 0)
    set (solution, RX_REBUILT_SD, s.low / b->test->scale,
         s.high / b->test->scale);
}

static void
find_ranges (const struct problem *b, struct solution *solution)
{
  struct range t = range_of_t (b), s = range_of_s (b);
  struct range d = bound_d (b, b->box[RX_REBUILT_DIFFERENCE], s, t);
  bool t_alone = isfinite (t.low) || isfinite (t.high);
  bool s_alone = has (b, RX_REBUILT_SE) || has (b, RX_REBUILT_SD);
  s = bound_s (b, s, d, t);
  d = bound_d (b, d, s, t);
  solution->is_empty = t.low > t.high || s.low > s.high || d.low > d.high;
  if (solution->is_empty)
    return;
  if (isfinite (d.low) && isfinite (d.high) && isfinite (s.high))
    {
      struct polygon polygon;
      cut_all (b, &polygon, d, s, t);
      solution->is_empty = polygon.n == 0;
      if (solution->is_empty)
        return;
      set_linear (solution, RX_REBUILT_DIFFERENCE, &polygon, 1, 0);
      set_linear (solution, RX_REBUILT_CI_LOW, &polygon, 1, -b->quantile);
      set_linear (solution, RX_REBUILT_CI_HIGH, &polygon, 1, b->quantile);
      set_linear (solution, RX_REBUILT_SE, &polygon, 0, 1);
      struct rx_rebuilt se = solution->term[RX_REBUILT_SE];
      set_spreads (solution, b, (struct range){ se.low, se.high });
      struct range of_t = ratios (&polygon);
      if (of_t.low <= of_t.high) /* not 0 / 0 everywhere */
        set_ratios (solution, b, of_t);
      solution->polygon = polygon;
      return;
    }
  if (t_alone)
    set_ratios (solution, b, t);
  if (s_alone)
    set_spreads (solution, b, s);
}

/* ---- points ----------------------------------------------------------- */

static double
point_of_t (const struct problem *b)
{
  const double *x = b->point;
  if (!isnan (x[RX_REBUILT_T]))
    return x[RX_REBUILT_T];
  if (!isnan (x[RX_REBUILT_DZ]) && b->test->scale > 0)
    return x[RX_REBUILT_DZ] / b->test->scale;
  return quantile (x[RX_REBUILT_P] / 2, b->test->df);
}

static double
point_of_s (const struct problem *b, double d)
{
  const double *x = b->point;
  double q = b->quantile, scale = b->test->scale;
  if (x[RX_REBUILT_SE] > 0) /* not 0.00 */
    return x[RX_REBUILT_SE];
  if (x[RX_REBUILT_SD] > 0 && scale > 0)
    return x[RX_REBUILT_SD] * scale;
  double both = (x[RX_REBUILT_CI_HIGH] - x[RX_REBUILT_CI_LOW]) / (2 * q);
  double lower = (d - x[RX_REBUILT_CI_LOW]) / q;
  double upper = (x[RX_REBUILT_CI_HIGH] - d) / q;
  double found = !isnan (both) ? both : !isnan (lower) ? lower : upper;
  if (isnan (found))
    found = d / point_of_t (b); /* d = 0 or p = 0.000 tell nothing */
  return found > 0 && isfinite (found) ? found : NAN;
}

static void
find_points (const struct problem *b, struct solution *solution)
{
  const double *x = b->point;
  double scale = b->test->scale, d = x[RX_REBUILT_DIFFERENCE];
  if (isnan (d))
    d = (x[RX_REBUILT_CI_LOW] + x[RX_REBUILT_CI_HIGH]) / 2;
  double s = point_of_s (b, d), t = d / s;
  if (isnan (t))
    t = point_of_t (b);
  if (isnan (d))
    d = t * s;
  double value[RX_REBUILT_TERMS] = { 0 };
  value[RX_REBUILT_DIFFERENCE] = d;
  value[RX_REBUILT_SE] = s;
  value[RX_REBUILT_SD] = s / scale;
  value[RX_REBUILT_T] = t;
  value[RX_REBUILT_P] = isfinite (t) ? two_sided (t, b->test->df) : NAN;
  value[RX_REBUILT_CI_LOW] = d - b->quantile * s;
  value[RX_REBUILT_CI_HIGH] = d + b->quantile * s;
  value[RX_REBUILT_DZ] = t * scale;
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    solution->term[i].value = isfinite (value[i]) ? value[i] : NAN;
}

/* ---- back to the sign of the difference ------------------------------- */

static void
swap_signs (struct solution *solution)
{
  struct rx_rebuilt *x = solution->term;
  static const enum rx_rebuilt_term turned[]
      = { RX_REBUILT_DIFFERENCE, RX_REBUILT_T, RX_REBUILT_DZ,
          RX_REBUILT_CI_LOW, RX_REBUILT_CI_HIGH };
  for (size_t i = 0; i < sizeof turned / sizeof turned[0]; i++)
    {
      struct rx_rebuilt *r = &x[turned[i]];
      *r = (struct rx_rebuilt){ -r->value, -r->high, -r->low, r->check };
    }
  struct rx_rebuilt low = x[RX_REBUILT_CI_LOW];
  x[RX_REBUILT_CI_LOW] = x[RX_REBUILT_CI_HIGH];
  x[RX_REBUILT_CI_HIGH] = low;
  for (size_t i = 0; i < solution->polygon.n; i++)
    solution->polygon.corner[i].d = -solution->polygon.corner[i].d;
}

static struct solution
solve_signed (const struct rx_printed_test *test, unsigned used, double sign)
{
  struct problem problem;
  struct solution solution = { .is_empty = false };
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    solution.term[i]
        = (struct rx_rebuilt){ NAN, NAN, NAN, RX_REBUILT_UNKNOWN };
  pose (&problem, test, used, sign);
  find_points (&problem, &solution);
  find_ranges (&problem, &solution);
  if (problem.sign < 0)
    swap_signs (&solution);
  return solution;
}

/* A difference printed as 0.0 has either sign; so have its t and interval. */
static bool
sign_is_open (const struct rx_printed_test *test, unsigned used)
{
  const struct rx_printed *d = &test->printed[RX_REBUILT_DIFFERENCE];
  return (used & 1u << RX_REBUILT_DIFFERENCE) != 0
         && d->kind == RX_PRINTED_EQUAL && d->value == 0
         && test->printed[RX_REBUILT_T].kind == RX_PRINTED_NOTHING
         && test->printed[RX_REBUILT_DZ].kind == RX_PRINTED_NOTHING;
}

static struct solution
solve (const struct rx_printed_test *test, unsigned used)
{
  struct solution one = solve_signed (test, used, sign_of (test));
  if (!sign_is_open (test, used))
    return one;
  struct solution other = solve_signed (test, used, -sign_of (test));
  if (one.is_empty)
    return other;
  for (size_t i = 0; i < other.polygon.n && one.polygon.n < CORNERS_MOST; i++)
    one.polygon.corner[one.polygon.n++] = other.polygon.corner[i];
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    {
      one.term[i].low = fmin (one.term[i].low, other.term[i].low);
      one.term[i].high = fmax (one.term[i].high, other.term[i].high);
      if (i == RX_REBUILT_T || i == RX_REBUILT_DZ)
        one.term[i].value = NAN;
    }
  return one;
}

/* ---- every term ------------------------------------------------------- */

/* The figures that the points come from. */
static unsigned
basis (const struct rx_printed_test *test)
{
  static const unsigned spreads[]
      = { 1u << RX_REBUILT_SE,
          1u << RX_REBUILT_SD,
          1u << RX_REBUILT_CI_LOW | 1u << RX_REBUILT_CI_HIGH,
          1u << RX_REBUILT_T,
          1u << RX_REBUILT_DZ,
          1u << RX_REBUILT_P };
  for (size_t i = 0; i < sizeof spreads / sizeof spreads[0]; i++)
    for (int term = 0; term < RX_REBUILT_TERMS; term++)
      if ((spreads[i] & 1u << term) != 0
          && test->printed[term].kind == RX_PRINTED_EQUAL)
        return spreads[i] | 1u << RX_REBUILT_DIFFERENCE;
  return 0;
}

/* t and dz are compared without their signs. */
static bool
agrees (const struct rx_printed *printed, enum rx_rebuilt_term term,
        const struct rx_rebuilt *range)
{
  bool turned = (term == RX_REBUILT_T || term == RX_REBUILT_DZ)
                && printed->value * range->value < 0;
  return turned ? rx_printed_meets (printed, -range->high, -range->low)
                : rx_printed_meets (printed, range->low, range->high);
}

/* SE, SD and p are never below zero, p is never above one. */
static struct rx_rebuilt
as_printed (const struct rx_printed *printed, enum rx_rebuilt_term term,
            enum rx_rebuilt_check check)
{
  bool equal = printed->kind == RX_PRINTED_EQUAL;
  bool from_zero
      = term == RX_REBUILT_SE || term == RX_REBUILT_SD || term == RX_REBUILT_P;
  double least = from_zero ? 0 : -INFINITY;
  double most = term == RX_REBUILT_P ? 1 : INFINITY;
  return (struct rx_rebuilt){ equal ? printed->value : NAN,
                              fmax (printed->low, least),
                              fmin (printed->high, most), check };
}

static struct rx_rebuilt
check_printed (const struct rx_printed_test *test, enum rx_rebuilt_term term)
{
  const struct rx_printed *printed = &test->printed[term];
  struct solution others = solve (test, ~(1u << term));
  struct rx_rebuilt found = others.term[term];
  if (others.is_empty)
    return as_printed (printed, term, RX_REBUILT_UNRESOLVED);
  if (found.check == RX_REBUILT_UNKNOWN)
    return as_printed (printed, term, RX_REBUILT_AS_PRINTED);
  found.check = agrees (printed, term, &found) ? RX_REBUILT_CONSISTENT
                                               : RX_REBUILT_INCONSISTENT;
  return found;
}

void
rx_rebuild (const struct rx_printed_test *test,
            struct rx_rebuilt out[RX_REBUILT_TERMS],
            double point[RX_REBUILT_TERMS])
{
  struct solution all = solve (test, ~0u);
  bool contradict = all.is_empty;
  if (contradict)
    all = solve (test, basis (test));
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    {
      out[i] = all.term[i];
      point[i] = all.term[i].value;
      if (test->printed[i].kind != RX_PRINTED_NOTHING)
        out[i] = check_printed (test, (enum rx_rebuilt_term)i);
      else if (contradict && out[i].check == RX_REBUILT_IMPLIED)
        out[i].check = RX_REBUILT_INCONSISTENT;
      if (out[i].check == RX_REBUILT_UNKNOWN)
        out[i].value = NAN;
    }
}

void
rx_rebuild_joint (const struct rx_printed_test *test,
                  struct rx_rebuilt_joint *out)
{
  struct solution all = solve (test, ~0u);
  *out = (struct rx_rebuilt_joint){ .possible = !all.is_empty };
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    out->term[i] = all.term[i];
  for (size_t i = 0; i < all.polygon.n; i++)
    {
      out->corner[i].difference = all.polygon.corner[i].d;
      out->corner[i].se = all.polygon.corner[i].s;
    }
  out->n_corners = all.polygon.n;
}
