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
#include "stats/meta_line.h"

#include <gsl/gsl_cdf.h>
#include <stdlib.h>

/* ---- a line through the studies --------------------------------------- */

static struct rx_line
line_of (struct rx_meta_line fit, double scale, double tau2)
{
  return (struct rx_line){
    .slope = fit.slope,
    .slope_se = fit.slope_se * scale,
    .limit = fit.intercept,
    .limit_se = fit.intercept_se * scale,
    .tau2 = tau2,
  };
}

struct rx_line
rx_egger (struct rx_studies s)
{
  struct rx_meta_line fit = rx_meta_line_fit (s, NULL, false);
  return line_of (fit, sqrt (fit.rss / fit.df), NAN);
}

struct rx_line
rx_egger_mixed (struct rx_studies s)
{
  struct rx_meta_line fit = rx_meta_line_fit (s, NULL, true);
  return line_of (fit, 1, fit.tau2);
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
