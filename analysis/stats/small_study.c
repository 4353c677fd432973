/* small_study.c: Egger's regression, its mixed-effects form, and Begg's rank
   correlation.

   Egger et al. 1997, BMJ 315:629-634.  Mixed effects: Sterne & Egger 2005 in
   Rothstein, Sutton & Borenstein (eds), Publication Bias in Meta-Analysis,
   ch. 6.  Begg & Mazumdar 1994, Biometrics 50:1088-1101: Kendall's tau of
   (y - mean) / sqrt (v - 1 / sum (1/v)) with v, mean the fixed-effect one.
   Exact distribution of Kendall's statistic by counting permutations with a
   number of inversions; with ties the variance of Kendall 1970, Rank
   Correlation Methods, ch. 4.

   By hand: y = 1, 3, 2 with SE 1, 2, 3 has tau 1/3 between deviates and v. */
#include "stats/small_study.h"

#include "base/memory.h"
#include "stats/tau2.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

/* ---- a line through the studies --------------------------------------- */

/* Sums about the weighted means, w = 1 / (v + t), x = SE. */
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
mean_x (struct rx_studies s, double t, double weight)
{
  struct rx_tally x = { 0, 0 };
  for (size_t i = 0; i < s.k; i++)
    rx_tally_add (&x, sqrt (s.v[i]) / (s.v[i] + t));
  return rx_tally_sum (&x) / weight;
}

static struct sums
regress (struct rx_studies s, double t)
{
  struct rx_weighed w = rx_weigh (s, t);
  struct sums out = { .weight = w.weight,
                      .spread = w.spread,
                      .y = w.mean,
                      .origin = w.origin,
                      .x = mean_x (s, t, w.weight) };
  struct rx_tally xx = { 0, 0 }, xy = { 0, 0 }, lever = { 0, 0 };
  struct rx_tally rss = { 0, 0 }, curve = { 0, 0 };
  for (size_t i = 0; i < s.k; i++)
    {
      double a = 1 / (s.v[i] + t), rx = sqrt (s.v[i]) - out.x;
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
      double e
          = (s.y[i] - w.origin - w.mean) - out.slope * (sqrt (s.v[i]) - out.x);
      rx_tally_add (&rss, a * e * e);
      rx_tally_add (&curve, a * e * a * e);
    }
  out.rss = rx_tally_sum (&rss);
  out.curve = rx_tally_sum (&curve);
  return out;
}

static struct rx_line
line_of (struct sums b, double scale, double tau2)
{
  return (struct rx_line){
    .slope = b.slope,
    .slope_se = sqrt (scale / b.xx),
    .limit = b.origin + (b.y - b.slope * b.x),
    .limit_se = sqrt (scale * (1 / b.weight + b.x * b.x / b.xx)),
    .tau2 = tau2,
  };
}

static const struct rx_line NO_LINE = { NAN, NAN, NAN, NAN, NAN };

struct rx_line
rx_egger (struct rx_studies s)
{
  if (s.k < 3 || rx_all_equal (s.v, s.k))
    return NO_LINE;
  struct sums b = regress (s, 0);
  return line_of (b, b.rss / (double)(s.k - 2), NAN);
}

/* trace P of the regression: that of the mean less the leverage of x. */
static double
slope_of_likelihood (const void *context, double t)
{
  struct sums b = regress (*(const struct rx_studies *)context, t);
  return b.curve - (b.spread - b.lever);
}

static double
value_of_likelihood (const void *context, double t)
{
  const struct rx_studies *s = context;
  struct sums b = regress (*s, t);
  struct rx_tally logs = { 0, 0 };
  for (size_t i = 0; i < s->k; i++)
    rx_tally_add (&logs, log (s->v[i] + t));
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

struct rx_line
rx_egger_mixed (struct rx_studies s)
{
  if (s.k < 3 || rx_all_equal (s.v, s.k))
    return NO_LINE;
  struct rx_likelihood likelihood
      = { slope_of_likelihood, value_of_likelihood, &s };
  double residual = squares (s), tau2 = 0;
  if (residual > 0)
    tau2 = rx_likelihood_highest (
        likelihood, s.v[rx_most_precise (s)],
        rx_likelihood_bound (s, residual, (double)(s.k - 2)));
  return line_of (regress (s, tau2), 1, tau2);
}

/* ---- rank correlation ------------------------------------------------- */

static int
sign (double a, double b)
{
  return (a > b) - (a < b);
}

/* v - 1 / sum (1/v) = v times the share of all other weights: no difference
   of nearly equal numbers where one study dominates. */
static void
deviates (struct rx_studies s, double *z)
{
  struct rx_weighed w = rx_weigh (s, 0);
  for (size_t i = 0; i < s.k; i++)
    {
      struct rx_tally others = { 0, 0 };
      for (size_t j = 0; j < s.k; j++)
        if (j != i)
          rx_tally_add (&others, 1 / s.v[j]);
      double share = rx_tally_sum (&others) / w.weight;
      z[i] = (s.y[i] - w.origin - w.mean) / sqrt (s.v[i] * share);
    }
}

/* P(inversions of a random permutation of k <= m), both tails by symmetry. */
static enum rx_status
kendall_lower (size_t k, size_t m, double *p, struct rx_error *err)
{
  size_t most = k * (k - 1) / 2;
  double *now = rx_array (most + 1, sizeof *now);
  double *then = rx_array (most + 1, sizeof *then);
  if (now == NULL || then == NULL)
    {
      free (now);
      free (then);
      return rx_fail_memory (err);
    }
  now[0] = 1;
  for (size_t n = 2; n <= k; n++)
    {
      for (size_t c = 0; c <= n * (n - 1) / 2; c++)
        {
          size_t from = c + 1 > n ? c + 1 - n : 0;
          double window = 0; /* probabilities of the last n counts */
          for (size_t j = from; j <= c; j++)
            window += now[j];
          then[c] = window / (double)n;
        }
      double *swap = now;
      now = then;
      then = swap;
    }
  struct rx_tally sum = { 0, 0 };
  for (size_t c = 0; c <= m; c++)
    rx_tally_add (&sum, now[c]);
  *p = rx_tally_sum (&sum);
  free (now);
  free (then);
  return RX_OK;
}

struct ties
{
  double pairs;   /* sum t (t - 1) / 2 */
  double triples; /* sum t (t - 1) (t - 2) */
  double five;    /* sum t (t - 1) (2 t + 5) */
};

/* Each member of a group of t adds its share, 1/t of the group's term. */
static struct ties
ties_of (const double *x, size_t k)
{
  struct ties out = { 0, 0, 0 };
  for (size_t i = 0; i < k; i++)
    {
      double t = 0;
      for (size_t j = 0; j < k; j++)
        t += sign (x[i], x[j]) == 0;
      out.pairs += (t - 1) / 2;
      out.triples += (t - 1) * (t - 2);
      out.five += (t - 1) * (2 * t + 5);
    }
  return out;
}

/* Kendall 1970, eq. 4.3 */
static double
tied_variance (double k, struct ties a, struct ties b)
{
  double v = (k * (k - 1) * (2 * k + 5) - a.five - b.five) / 18;
  v += 2 * a.pairs * 2 * b.pairs / (2 * k * (k - 1));
  if (k > 2)
    v += a.triples * b.triples / (9 * k * (k - 1) * (k - 2));
  return v;
}

enum
{
  EXACT_MOST = 200 /* studies; the exact distribution costs k^4 / 24 sums */
};

static enum rx_status
kendall (const double *z, struct rx_studies s, struct rx_kendall *out,
         struct rx_error *err)
{
  double score = 0, k = (double)s.k, pairs = k * (k - 1) / 2;
  struct ties a = ties_of (z, s.k), b = ties_of (s.v, s.k);
  for (size_t i = 0; i < s.k; i++)
    for (size_t j = 0; j < i; j++)
      score += sign (z[i], z[j]) * sign (s.v[i], s.v[j]);
  out->ties = a.pairs > 0 || b.pairs > 0;
  if (!(a.pairs < pairs) || !(b.pairs < pairs))
    return RX_OK;
  out->tau = score / sqrt ((pairs - a.pairs) * (pairs - b.pairs));
  out->exact = !out->ties && s.k <= EXACT_MOST;
  if (!out->exact)
    {
      double deviate = score / sqrt (tied_variance (k, a, b));
      out->p = 2 * gsl_cdf_ugaussian_Q (fabs (deviate));
      return RX_OK;
    }
  double p = NAN, inversions = (pairs - fabs (score)) / 2;
  if (kendall_lower (s.k, (size_t)inversions, &p, err) != RX_OK)
    return err->status;
  out->p = fmin (1, 2 * p);
  return RX_OK;
}

enum rx_status
rx_rank_correlation (struct rx_studies s, struct rx_kendall *out,
                     struct rx_error *err)
{
  *out = (struct rx_kendall){ NAN, NAN, false, false };
  if (s.k < 3)
    return RX_OK;
  double *z = rx_array (s.k, sizeof *z);
  if (z == NULL)
    return rx_fail_memory (err);
  deviates (s, z);
  enum rx_status status = kendall (z, s, out, err);
  free (z);
  return status;
}
