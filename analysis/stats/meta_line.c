/* meta_line.c: a meta-regression with one covariate.

   Weighted least squares about the weighted means, w = 1 / (v + tau2); tau2 by
   REML: the highest maximum of the restricted likelihood of the regression
   (Viechtbauer 2005, J Educ Behav Stat 30:261-293; Raudenbush 2009 in Cooper,
   Hedges & Valentine, Handbook of Research Synthesis, ch. 16).  The trace of P
   is that of the mean less the leverage of x.

   By hand: y = 1, 3, 5, 7 at x = 0, 1, 2, 3 with v = 1 lie on 1 + 2 x: q 0,
   SE of the slope 1 / sqrt 5. */
#include "stats/meta_line.h"

#include "stats/tau2.h"

#include <gsl/gsl_cdf.h>

/* What the likelihood is of. */
struct context
{
  struct rx_studies s;
  const double *x; /* NULL: standard errors */
};

static double
covariate (const struct context *c, size_t i)
{
  return c->x != NULL ? c->x[i] : sqrt (c->s.v[i]);
}

/* Sums about the weighted means, w = 1 / (v + t). */
struct sums
{
  double weight, spread, x, y, origin; /* means from 0 and from the origin */
  double xx, xy;                       /* sum w rx^2, sum w rx ry */
  double slope;
  double rss;   /* sum w e^2 */
  double curve; /* sum w^2 e^2 */
  double lever; /* sum w^2 rx^2 / xx */
};

static double
mean_x (const struct context *c, double t, double weight)
{
  struct rx_tally x = { 0, 0 };
  for (size_t i = 0; i < c->s.k; i++)
    rx_tally_add (&x, covariate (c, i) / (c->s.v[i] + t));
  return rx_tally_sum (&x) / weight;
}

static struct sums
regress (const struct context *c, double t)
{
  struct rx_studies s = c->s;
  struct rx_weighed w = rx_weigh (s, t);
  struct sums out = { .weight = w.weight,
                      .spread = w.spread,
                      .y = w.mean,
                      .origin = w.origin,
                      .x = mean_x (c, t, w.weight) };
  struct rx_tally xx = { 0, 0 }, xy = { 0, 0 }, lever = { 0, 0 };
  struct rx_tally rss = { 0, 0 }, curve = { 0, 0 };
  for (size_t i = 0; i < s.k; i++)
    {
      double a = 1 / (s.v[i] + t), rx = covariate (c, i) - out.x;
      rx_tally_add (&xx, a * rx * rx);
      rx_tally_add (&xy, a * rx * (s.y[i] - w.origin - w.mean));
      rx_tally_add (&lever, a * rx * a * rx);
    }
  out.xx = rx_tally_sum (&xx);
  out.xy = rx_tally_sum (&xy);
  out.slope = out.xy / out.xx;
  out.lever = rx_tally_sum (&lever) / out.xx;
  for (size_t i = 0; i < s.k; i++)
    {
      double a = 1 / (s.v[i] + t);
      double e = (s.y[i] - w.origin - w.mean)
                 - out.slope * (covariate (c, i) - out.x);
      rx_tally_add (&rss, a * e * e);
      rx_tally_add (&curve, a * e * a * e);
    }
  out.rss = rx_tally_sum (&rss);
  out.curve = rx_tally_sum (&curve);
  return out;
}

/* trace P of the regression: that of the mean less the leverage of x. */
static double
slope_of_likelihood (const void *context, double t)
{
  struct sums b = regress (context, t);
  return b.curve - (b.spread - b.lever);
}

static double
value_of_likelihood (const void *context, double t)
{
  const struct context *c = context;
  struct sums b = regress (c, t);
  struct rx_tally logs = { 0, 0 };
  for (size_t i = 0; i < c->s.k; i++)
    rx_tally_add (&logs, log (c->s.v[i] + t));
  return -(rx_tally_sum (&logs) + log (b.weight) + log (b.xx) + b.rss) / 2;
}

/* Squares about the mean without weights: no less than those about a line. */
static double
squares (struct rx_studies s)
{
  struct rx_tally sum = { 0, 0 }, square = { 0, 0 };
  for (size_t i = 0; i < s.k; i++)
    rx_tally_add (&sum, s.y[i] - s.y[0]);
  double mean = rx_tally_sum (&sum) / (double)s.k;
  for (size_t i = 0; i < s.k; i++)
    rx_tally_add (&square,
                  (s.y[i] - s.y[0] - mean) * (s.y[i] - s.y[0] - mean));
  return rx_tally_sum (&square);
}

static double
restricted (const struct context *c)
{
  struct rx_likelihood likelihood
      = { slope_of_likelihood, value_of_likelihood, c };
  double residual = squares (c->s);
  return residual > 0 ? rx_likelihood_highest (
             likelihood, c->s.v[rx_most_precise (c->s)],
             rx_likelihood_bound (c->s, residual, (double)(c->s.k - 2)))
                      : 0;
}

struct rx_meta_line
rx_meta_line_fit (struct rx_studies s, const double *x, bool random)
{
  struct context c = { s, x };
  if (s.k < 3 || rx_all_equal (x != NULL ? x : s.v, s.k))
    return (struct rx_meta_line){ NAN, NAN, NAN, NAN, NAN,
                                  NAN, NAN, NAN, NAN, NAN };
  struct sums plain = regress (&c, 0);
  double tau2 = random ? restricted (&c) : 0, df = (double)(s.k - 2);
  struct sums b = random ? regress (&c, tau2) : plain;
  return (struct rx_meta_line){
    .slope = b.slope,
    .slope_se = sqrt (1 / b.xx),
    .intercept = b.origin + (b.y - b.slope * b.x),
    .intercept_se = sqrt (1 / b.weight + b.x * b.x / b.xx),
    .tau2 = tau2,
    .rss = b.rss,
    .spread = plain.spread - plain.lever,
    .q = plain.rss,
    .df = df,
    .q_p = gsl_cdf_chisq_Q (plain.rss, df),
  };
}
