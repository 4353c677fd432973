/* signed_rank.c: the signed-rank test.

   Given the ranks every subset of them is as likely to be the positive ones,
   so that the exact distribution of V counts subsets by their sum: the shift
   algorithm of Streitberg & Roehmel, Statistical Software Newsletter
   1986;12:10-17, on doubled mid-ranks, which are integers.

   By hand: 1, 2, 3, -4 gives V = 6, E = 5; of the 16 subsets of {1, 2, 3, 4}
   two sum to 5, so p = 14/16.  The Walsh averages run from -4 to 3, their
   median is 1.25. */
#include "stats/signed_rank.h"

#include "base/memory.h"
#include "stats/ranks.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* The differences that are not zero. */
struct used
{
  size_t n;
  double *value;
  int64_t *key, *doubled; /* exact keys; doubled mid-ranks of magnitudes */
  int64_t sum, total;     /* of doubled: of positive values, of all */
  double ties;            /* sum of t^3 - t */
};

static void
used_free (struct used *used)
{
  free (used->value);
  free (used->key);
  free (used->doubled);
}

/* Keys of magnitudes: those of computed values rank on one side of zero
   only, and are made anew. */
static enum rx_status
magnitudes (const struct used *used, bool exact, int64_t *magnitude,
            struct rx_error *err)
{
  for (size_t i = 0; i < used->n; i++)
    magnitude[i] = llabs (used->key[i]);
  if (exact || used->n == 0)
    return RX_OK;
  double *size = rx_array (used->n, sizeof *size);
  if (size == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < used->n; i++)
    size[i] = fabs (used->value[i]);
  enum rx_status status = rx_ranks_keys (size, used->n, magnitude, err);
  free (size);
  return status;
}

static enum rx_status
rank_used (struct used *used, bool exact, struct rx_error *err)
{
  int64_t *magnitude = rx_array (used->n, sizeof *magnitude);
  if (magnitude == NULL)
    return rx_fail_memory (err);
  enum rx_status status = magnitudes (used, exact, magnitude, err);
  if (status == RX_OK)
    status = rx_ranks_doubled (magnitude, used->n, used->doubled, &used->ties,
                               err);
  free (magnitude);
  for (size_t i = 0; status == RX_OK && i < used->n; i++)
    {
      used->sum += used->value[i] > 0 ? used->doubled[i] : 0;
      used->total += used->doubled[i];
    }
  return status;
}

static enum rx_status
drop_zeros (struct rx_sample d, struct used *used, struct rx_error *err)
{
  *used = (struct used){ .value = rx_array (d.n, sizeof *used->value),
                         .key = rx_array (d.n, sizeof *used->key),
                         .doubled = rx_array (d.n, sizeof *used->doubled) };
  if (used->value == NULL || used->key == NULL || used->doubled == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < d.n; i++)
    if (d.key[i] != 0)
      {
        used->value[used->n] = d.value[i];
        used->key[used->n++] = d.key[i];
      }
  return rank_used (used, d.scale > 0, err);
}

/* Pairs i <= j of sorted keys with key[i] + key[j] <= most. */
static uint64_t
pairs_below (const int64_t *sorted, size_t n, int64_t most)
{
  uint64_t count = 0;
  size_t j = n;
  for (size_t i = 0; i < n; i++)
    {
      while (j > 0 && sorted[i] + sorted[j - 1] > most)
        j--;
      if (j <= i)
        break;
      count += j - i;
    }
  return count;
}

/* The k-th smallest (from 1) sum of a pair, by bisection over the integers:
   no list of n (n + 1) / 2 averages is made. */
static int64_t
kth_pair_sum (const int64_t *sorted, size_t n, uint64_t k)
{
  int64_t low = 2 * sorted[0], high = 2 * sorted[n - 1];
  while (low < high)
    {
      int64_t middle = low + (high - low) / 2;
      if (pairs_below (sorted, n, middle) >= k)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

static int
by_integer (const void *p, const void *q)
{
  int64_t a = *(const int64_t *)p, b = *(const int64_t *)q;
  return (a > b) - (a < b);
}

static int
by_value (const void *p, const void *q)
{
  double a = *(const double *)p, b = *(const double *)q;
  return (a > b) - (a < b);
}

/* Order statistics of the Walsh averages of keys, which get sorted. */
static void
walsh_exact (struct used *used, double scale, uint64_t k,
             struct rx_rank_test *out)
{
  size_t n = used->n;
  uint64_t pairs = (uint64_t)n * (n + 1) / 2;
  int64_t *key = used->key;
  qsort (key, n, sizeof *key, by_integer);
  double lower = (double)kth_pair_sum (key, n, (pairs + 1) / 2);
  double upper = (double)kth_pair_sum (key, n, pairs / 2 + 1);
  out->estimate = (lower + upper) / 4 / scale;
  out->low = (double)kth_pair_sum (key, n, k) / 2 / scale;
  out->high = (double)kth_pair_sum (key, n, pairs + 1 - k) / 2 / scale;
}

static enum rx_status
walsh_listed (const struct used *used, uint64_t k, struct rx_rank_test *out,
              struct rx_error *err)
{
  size_t n = used->n, pairs = n * (n + 1) / 2, at = 0;
  double *average = rx_array (pairs, sizeof *average);
  if (average == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    for (size_t j = i; j < n; j++)
      average[at++] = (used->value[i] + used->value[j]) / 2;
  qsort (average, pairs, sizeof *average, by_value);
  out->estimate = (average[(pairs - 1) / 2] + average[pairs / 2]) / 2;
  out->low = average[k - 1];
  out->high = average[pairs - k];
  free (average);
  return RX_OK;
}

/* Statistic, estimate and interval; p is left to the caller. */
static enum rx_status
signed_rank (struct rx_sample d, double level, struct used *used,
             struct rx_rank_test *out, struct rx_error *err)
{
  uint64_t k;
  *out = (struct rx_rank_test){ NAN, NAN, NAN, NAN, NAN, 0, false };
  if (drop_zeros (d, used, err) != RX_OK)
    return err->status;
  out->used = used->n;
  out->ties = used->ties > 0;
  if (used->n == 0)
    return RX_OK;
  out->statistic = (double)used->sum / 2;
  if (rx_signed_rank_quantile (used->n, (1 - level) / 2, &k, err) != RX_OK)
    return err->status;
  k = k > 0 ? k : 1;
  if (d.scale <= 0)
    return walsh_listed (used, k, out, err);
  walsh_exact (used, d.scale, k, out);
  return RX_OK;
}

enum rx_status
rx_signed_rank_normal (struct rx_sample d, double level,
                       struct rx_rank_test *out, struct rx_error *err)
{
  struct used used;
  enum rx_status status = signed_rank (d, level, &used, out, err);
  if (status == RX_OK && used.n > 0)
    {
      double n = (double)used.n;
      double variance = n * (n + 1) * (2 * n + 1) / 24 - used.ties / 48;
      double z = (out->statistic - n * (n + 1) / 4) / sqrt (variance);
      out->p = 2 * gsl_cdf_ugaussian_Q (fabs (z));
    }
  used_free (&used);
  return status;
}

/* ways[s] = number of subsets of the ranks with the sum s, for s <= top.  NULL
   when there is no memory.  All terms are positive, so that each count is good
   to the last bits even where it has more digits than a double. */
static double *
count_subsets (const int64_t *rank, size_t n, size_t top)
{
  double *ways = rx_array (top + 1, sizeof *ways);
  size_t reach = 0; /* no larger sum so far */
  if (ways == NULL)
    return NULL;
  ways[0] = 1;
  for (size_t i = 0; i < n; i++)
    {
      size_t r = (size_t)rank[i];
      reach = reach + r < top ? reach + r : top;
      for (size_t s = reach + 1; s-- > r;)
        ways[s] += ways[s - r];
    }
  return ways;
}

/* P(|S - E| >= |sum - E|) for the sum S of a random subset: both tails, which
   are alike. */
static enum rx_status
exact_p (const struct used *used, double *p, struct rx_error *err)
{
  int64_t other = used->total - used->sum;
  int64_t few = used->sum < other ? used->sum : other;
  double tail = 0;
  *p = 1;
  if (used->sum == other)
    return RX_OK;
  double *ways = count_subsets (used->doubled, used->n, (size_t)few);
  if (ways == NULL)
    return rx_fail_memory (err);
  for (size_t s = 0; s <= (size_t)few; s++)
    tail += ways[s];
  *p = fmin (1, ldexp (tail, 1 - (int)used->n));
  free (ways);
  return RX_OK;
}

enum rx_status
rx_signed_rank_exact (struct rx_sample d, double level,
                      struct rx_rank_test *out, struct rx_error *err)
{
  struct used used;
  enum rx_status status = signed_rank (d, level, &used, out, err);
  if (status == RX_OK && used.n > 0 && used.n <= RX_SIGNED_RANK_EXACT_MOST)
    status = exact_p (&used, &out->p, err);
  used_free (&used);
  return status;
}

/* Hollander & Wolfe, sec. 3.3: the large-sample count. */
static uint64_t
normal_quantile (double n, double p)
{
  double k
      = n * (n + 1) / 4
        + gsl_cdf_ugaussian_Pinv (p) * sqrt (n * (n + 1) * (2 * n + 1) / 24);
  return k > 0 ? (uint64_t)ceil (k) : 0;
}

enum rx_status
rx_signed_rank_quantile (size_t n, double p, uint64_t *k, struct rx_error *err)
{
  *k = 0;
  if (n > RX_SIGNED_RANK_EXACT_MOST)
    {
      *k = normal_quantile ((double)n, p);
      return RX_OK;
    }
  size_t top = n * (n + 1) / 4; /* the middle: p is below a half */
  int64_t *rank = rx_array (n, sizeof *rank);
  for (size_t i = 0; rank != NULL && i < n; i++)
    rank[i] = (int64_t)i + 1;
  double *ways = rank != NULL ? count_subsets (rank, n, top) : NULL;
  free (rank);
  if (ways == NULL)
    return rx_fail_memory (err);
  double enough = ldexp (p, (int)n), below = ways[0];
  while (below < enough && *k < top)
    below += ways[++*k];
  free (ways);
  return RX_OK;
}
