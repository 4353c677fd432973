/* wilcoxon.c: rank-sum tests.

   By hand: a = {1, 2}, b = {3, 4, 5} gives W = 0, E = 3; of the ten equally
   likely splits two are as far from E, so the exact p is 0.2. */
#include "stats/wilcoxon.h"

#include "base/memory.h"
#include "stats/ranks.h"
#include "stats/subset_sum.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  QUANTILE_PRODUCT_MOST = 4000000 /* m * n beyond which the quantile comes
                                     from the normal distribution */
};

/* The two samples ranked together. */
struct joint
{
  int64_t *doubled; /* [na + nb] doubled mid-ranks, those of a first */
  double ties;      /* sum of t^3 - t */
  double w;         /* Mann-Whitney statistic of a */
};

static enum rx_status
rank_jointly (struct rx_sample a, struct rx_sample b, struct joint *joint,
              struct rx_error *err)
{
  size_t n = a.n + b.n;
  int64_t *key = rx_array (n, sizeof *key);
  joint->doubled = rx_array (n, sizeof *joint->doubled);
  enum rx_status status = RX_OK;
  if (key == NULL || joint->doubled == NULL)
    {
      status = rx_fail_memory (err);
      goto done;
    }
  if (a.n > 0)
    memcpy (key, a.key, a.n * sizeof *key);
  if (b.n > 0)
    memcpy (key + a.n, b.key, b.n * sizeof *key);
  status = rx_ranks_doubled (key, n, joint->doubled, &joint->ties, err);
  if (status != RX_OK)
    goto done;
  int64_t sum = 0;
  for (size_t i = 0; i < a.n; i++)
    sum += joint->doubled[i];
  joint->w = (double)sum / 2 - (double)a.n * ((double)a.n + 1) / 2;
done:
  free (key);
  return status;
}

static int
by_value (const void *p, const void *q)
{
  double a = *(const double *)p, b = *(const double *)q;
  return (a > b) - (a < b);
}

/* Median of n sorted values. */
static double
median (const double *sorted, size_t n)
{
  return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

/* Hodges-Lehmann estimate and interval from the pairwise differences. */
static enum rx_status
hodges_lehmann (struct rx_sample a, struct rx_sample b, double level,
                struct rx_rank_test *out, struct rx_error *err)
{
  bool exact = a.scale > 0 && a.scale == b.scale;
  size_t n = a.n * b.n, k;
  double *difference = rx_array (n, sizeof *difference);
  if (difference == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < a.n; i++)
    for (size_t j = 0; j < b.n; j++)
      difference[i * b.n + j]
          = exact ? (double)(a.key[i] - b.key[j]) : a.value[i] - b.value[j];
  qsort (difference, n, sizeof *difference, by_value);
  double scale = exact ? a.scale : 1;
  out->estimate = median (difference, n) / scale;
  enum rx_status status
      = rx_rank_sum_quantile (a.n, b.n, (1 - level) / 2, &k, err);
  if (status == RX_OK)
    {
      k = k > 0 ? k : 1;
      out->low = difference[k - 1] / scale;
      out->high = difference[n - k] / scale;
    }
  free (difference);
  return status;
}

static enum rx_status
rank_sum (struct rx_sample a, struct rx_sample b, double level,
          struct rx_rank_test *out, struct joint *joint, struct rx_error *err)
{
  *out = (struct rx_rank_test){ NAN, NAN, NAN, NAN, NAN, a.n + b.n, false };
  if (rank_jointly (a, b, joint, err) != RX_OK)
    return err->status;
  out->ties = joint->ties > 0;
  if (a.n == 0 || b.n == 0)
    return RX_OK;
  out->statistic = joint->w;
  return hodges_lehmann (a, b, level, out, err);
}

enum rx_status
rx_rank_sum_normal (struct rx_sample a, struct rx_sample b, double level,
                    struct rx_rank_test *out, struct rx_error *err)
{
  struct joint joint = { NULL, 0, NAN };
  enum rx_status status = rank_sum (a, b, level, out, &joint, err);
  free (joint.doubled);
  if (status != RX_OK || a.n == 0 || b.n == 0)
    return status;
  double m = (double)a.n, n = (double)b.n, total = m + n;
  double variance
      = m * n / 12 * (total + 1 - joint.ties / (total * (total - 1)));
  if (variance > 0)
    {
      double z = (joint.w - m * n / 2) / sqrt (variance);
      out->p = 2 * gsl_cdf_ugaussian_Q (fabs (z));
    }
  return RX_OK;
}

enum rx_status
rx_rank_sum_exact (struct rx_sample a, struct rx_sample b, double level,
                   struct rx_rank_test *out, struct rx_error *err)
{
  struct joint joint = { NULL, 0, NAN };
  enum rx_status status = rank_sum (a, b, level, out, &joint, err);
  if (status == RX_OK && a.n > 0 && b.n > 0)
    {
      int64_t observed = 0;
      for (size_t i = 0; i < a.n; i++)
        observed += joint.doubled[i];
      struct rx_subset subset = { joint.doubled, a.n + b.n, a.n, observed, 0 };
      status = rx_subset_sum_table (&subset, &out->p, err);
    }
  free (joint.doubled);
  return status;
}

/* Hollander & Wolfe, eq. 4.41: the large-sample count. */
static size_t
normal_quantile (double m, double n, double p)
{
  double k = m * n / 2
             + gsl_cdf_ugaussian_Pinv (p) * sqrt (m * n * (m + n + 1) / 12);
  return k > 0 ? (size_t)ceil (k) : 0;
}

enum rx_status
rx_rank_sum_quantile (size_t m, size_t n, double p, size_t *k,
                      struct rx_error *err)
{
  *k = 0;
  if (m == 0 || n == 0)
    return RX_OK;
  if (n > QUANTILE_PRODUCT_MOST / m)
    {
      *k = normal_quantile ((double)m, (double)n, p);
      return RX_OK;
    }
  /* The number of partitions of w into at most m parts of at most n is the
     coefficient of q^w in the Gaussian binomial [m+n over m], the product of
     (1 - q^(n+i)) / (1 - q^i) for i = 1..m; each factor is scaled by
     i / (n + i), so that the coefficients end as probabilities. */
  size_t size = m * n + 1;
  double *chance = rx_array (size, sizeof *chance);
  if (chance == NULL)
    return rx_fail_memory (err);
  chance[0] = 1;
  for (size_t i = 1; i <= m; i++)
    {
      for (size_t w = size; w-- > n + i;)
        chance[w] -= chance[w - n - i];
      for (size_t w = i; w < size; w++)
        chance[w] += chance[w - i];
      double scale = (double)i / (double)(n + i);
      for (size_t w = 0; w < size; w++)
        chance[w] *= scale;
    }
  double below = chance[0];
  while (below < p && *k + 1 < size)
    below += chance[++*k];
  free (chance);
  return RX_OK;
}
