/* subset_sum.c: the sum of a random subset of given integers.

   By hand: two of the scores 1, 2, 3, 4, 5 have the mean 6; the sum 3 is 3
   away, as is 9, one subset each of ten: p = 0.2. */
#include "stats/subset_sum.h"

#include "base/memory.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  TABLE_CELLS_MOST = 1 << 27, /* doubles of a table: one gigabyte */
  HALF_MOST = RX_SUBSET_HALVES_MOST / 2
};

__extension__ typedef __int128 wide;

static int64_t
sum_of (const struct rx_subset *subset)
{
  int64_t sum = 0;
  for (size_t i = 0; i < subset->n; i++)
    sum += subset->score[i];
  return sum;
}

/* Sums as far from the mean as the observed one: |S n - m all| >= t, all in
   integers, that is S <= low or S >= high.  With t <= 0 every sum is. */
struct cut
{
  bool everything;
  int64_t low, high;
};

static wide
floor_ratio (wide numerator, wide denominator)
{
  wide ratio = numerator / denominator;
  return numerator % denominator < 0 ? ratio - 1 : ratio;
}

static struct cut
cut_of (const struct rx_subset *subset)
{
  wide n = (wide)subset->n;
  wide centre = (wide)subset->m * sum_of (subset);
  wide apart = (wide)subset->observed * n - centre;
  wide t = (apart < 0 ? -apart : apart) - (wide)subset->slack * n;
  return (struct cut){ t <= 0, (int64_t)floor_ratio (centre - t, n),
                       (int64_t)-floor_ratio (-centre - t, n) };
}

static bool
is_far (struct cut cut, int64_t sum)
{
  return cut.everything || sum <= cut.low || sum >= cut.high;
}

void
rx_subset_sum_moments (const struct rx_subset *subset, double *mean,
                       double *sd)
{
  double n = (double)subset->n, m = (double)subset->m;
  double centre = (double)sum_of (subset) / n, squares = 0;
  for (size_t i = 0; i < subset->n; i++)
    {
      double apart = (double)subset->score[i] - centre;
      squares += apart * apart;
    }
  *mean = m * centre;
  *sd = sqrt (m * (n - m) / (n * (n - 1)) * squares);
}

/* Least score, and sum of the scores above it. */
static void
range_of (const struct rx_subset *subset, int64_t *least, int64_t *width)
{
  *least = subset->n > 0 ? subset->score[0] : 0;
  for (size_t i = 1; i < subset->n; i++)
    *least = subset->score[i] < *least ? subset->score[i] : *least;
  *width = 1;
  for (size_t i = 0; i < subset->n; i++)
    *width += subset->score[i] - *least;
}

double
rx_subset_sum_table_cost (const struct rx_subset *subset)
{
  int64_t least, width;
  range_of (subset, &least, &width);
  double rows = (double)subset->m + 1;
  if ((double)width * rows > TABLE_CELLS_MOST)
    return INFINITY;
  /* sums and sizes grow together to their full extent */
  return (double)width * rows * (double)subset->n / 3;
}

/* chance[k * width + s] = chance that a random k-subset of the scores so far
   sums to s, kept as a probability so that nothing overflows: adding the r-th
   score, it is a member of the k-subset with chance k/r. */
static void
fill_table (const struct rx_subset *subset, int64_t least, size_t width,
            double *chance)
{
  size_t n = subset->n, m = subset->m, reach = 0;
  chance[0] = 1;
  for (size_t r = 1; r <= n; r++)
    {
      size_t score = (size_t)(subset->score[r - 1] - least);
      size_t needed
          = m + r > n ? m + r - n : 0; /* smaller ones lead nowhere */
      reach += score;
      for (size_t k = r < m ? r : m; k >= 1 && k >= needed; k--)
        {
          double in = (double)k / (double)r, out = 1 - in;
          double *row = chance + k * width, *below = row - width;
          for (size_t s = reach + 1; s-- > score;)
            row[s] = out * row[s] + in * below[s - score];
          for (size_t s = score; s-- > 0;)
            row[s] *= out;
        }
    }
}

enum rx_status
rx_subset_sum_table (const struct rx_subset *subset, double *p,
                     struct rx_error *err)
{
  int64_t least, span;
  *p = NAN;
  range_of (subset, &least, &span);
  struct cut cut = cut_of (subset);
  if (cut.everything)
    *p = 1;
  if (cut.everything || span > TABLE_CELLS_MOST / (int64_t)(subset->m + 1))
    return RX_OK;
  size_t width = (size_t)span, m = subset->m;
  double *chance = rx_array ((m + 1) * width, sizeof *chance);
  if (chance == NULL)
    return rx_fail_memory (err);
  fill_table (subset, least, width, chance);
  double tail = 0;
  for (size_t s = 0; s < width; s++)
    if (is_far (cut, (int64_t)s + (int64_t)m * least))
      tail += chance[m * width + s];
  *p = fmin (tail, 1);
  free (chance);
  return RX_OK;
}

/* The sums of all subsets of up to HALF_MOST scores, sorted within each
   size. */
struct half
{
  size_t n;
  int64_t *sum;
  size_t start[HALF_MOST + 2]; /* of the subsets of a size */
};

static int
by_integer (const void *p, const void *q)
{
  int64_t a = *(const int64_t *)p, b = *(const int64_t *)q;
  return (a > b) - (a < b);
}

/* Subsets of size k of the first r scores, from those of the first r - 1: in
   place from the largest size down, as C(r, k) = C(r-1, k) + C(r-1, k-1). */
static enum rx_status
half_make (struct half *half, const int64_t *score, size_t n,
           struct rx_error *err)
{
  size_t room = (size_t)1 << n, used[HALF_MOST + 1] = { 0 }, ways = 1;
  *half = (struct half){ .n = n, .sum = rx_array (room, sizeof *half->sum) };
  if (half->sum == NULL)
    return rx_fail_memory (err);
  for (size_t k = 0; k <= n; k++)
    {
      half->start[k + 1] = half->start[k] + ways;
      ways = ways * (n - k) / (k + 1);
    }
  used[0] = 1; /* the empty subset, of sum 0 */
  for (size_t r = 0; r < n; r++)
    for (size_t k = r + 1; k >= 1; k--)
      {
        const int64_t *from = half->sum + half->start[k - 1];
        int64_t *to = half->sum + half->start[k] + used[k];
        for (size_t i = 0; i < used[k - 1]; i++)
          to[i] = from[i] + score[r];
        used[k] += used[k - 1];
      }
  for (size_t k = 0; k <= n; k++)
    qsort (half->sum + half->start[k], used[k], sizeof *half->sum, by_integer);
  return RX_OK;
}

/* Pairs of a k-subset of one half and an l-subset of the other whose sums
   together are at most `most`. */
static uint64_t
pairs_at_most (const struct half *a, size_t k, const struct half *b, size_t l,
               int64_t most)
{
  uint64_t count = 0;
  size_t j = b->start[l + 1];
  for (size_t i = a->start[k]; i < a->start[k + 1]; i++)
    {
      while (j > b->start[l] && a->sum[i] + b->sum[j - 1] > most)
        j--;
      count += j - b->start[l];
    }
  return count;
}

static double
count_far (const struct rx_subset *subset, const struct half *a,
           const struct half *b)
{
  struct cut cut = cut_of (subset);
  uint64_t far = 0, all = 0;
  for (size_t k = 0; k <= a->n && k <= subset->m; k++)
    {
      size_t l = subset->m - k;
      if (l > b->n)
        continue;
      uint64_t pairs = (uint64_t)(a->start[k + 1] - a->start[k])
                       * (b->start[l + 1] - b->start[l]);
      all += pairs;
      far += pairs_at_most (a, k, b, l, cut.low);
      far += pairs - pairs_at_most (a, k, b, l, cut.high - 1);
    }
  return cut.everything ? 1 : (double)far / (double)all;
}

enum rx_status
rx_subset_sum_halves (const struct rx_subset *subset, double *p,
                      struct rx_error *err)
{
  struct half a = { 0 }, b = { 0 };
  size_t n = subset->n, first = n / 2;
  *p = NAN;
  if (n > RX_SUBSET_HALVES_MOST)
    return RX_OK;
  enum rx_status status = half_make (&a, subset->score, first, err);
  if (status == RX_OK)
    status = half_make (&b, subset->score + first, n - first, err);
  if (status == RX_OK)
    *p = count_far (subset, &a, &b);
  free (a.sum);
  free (b.sum);
  return status;
}

/* --- random subsets ---

   A subset is a mask of n bits.  Random bits are a subset of any size, and all
   of the same size are as likely; then members (of too many) or others (of too
   few) are drawn and exchanged until there are m, which leaves them as likely
   as they were.  Half of the scores, as a trial has it, takes few exchanges.
   The sum is looked up, eight scores at a time. */

enum
{
  WORD = 64, /* bits of a word of a mask */
  PIECE = 8, /* scores of a piece */
  SUMS = 1 << PIECE
};

struct masks
{
  size_t n, words, pieces;
  unsigned digits; /* bits of a number below n */
  uint64_t *mask;  /* [words] */
  int64_t *sum;    /* [pieces][SUMS] of the scores that the bits name */
};

static void
masks_free (struct masks *masks)
{
  free (masks->mask);
  free (masks->sum);
}

static enum rx_status
masks_make (struct masks *masks, const struct rx_subset *subset,
            struct rx_error *err)
{
  size_t n = subset->n;
  *masks = (struct masks){ .n = n,
                           .words = (n + WORD - 1) / WORD,
                           .pieces = (n + PIECE - 1) / PIECE };
  while (((uint64_t)1 << masks->digits) < n)
    masks->digits++;
  masks->mask = rx_array (masks->words, sizeof *masks->mask);
  masks->sum = rx_array (masks->pieces * SUMS, sizeof *masks->sum);
  if (masks->mask == NULL || masks->sum == NULL)
    {
      masks_free (masks);
      return rx_fail_memory (err);
    }
  for (size_t i = 0; i < masks->pieces * SUMS; i++)
    for (size_t bit = 0; bit < PIECE; bit++)
      {
        size_t at = i / SUMS * PIECE + bit;
        if (at < n && (i % SUMS >> bit) % 2 == 1)
          masks->sum[i] += subset->score[at];
      }
  return RX_OK;
}

/* Random bits, some at a time. */
struct bits
{
  struct rx_random random;
  uint64_t word;
  unsigned left;
};

static uint64_t
take_bits (struct bits *bits, unsigned n)
{
  if (bits->left < n)
    {
      bits->word = rx_random_bits (&bits->random);
      bits->left = WORD;
    }
  uint64_t taken = bits->word & (((uint64_t)1 << n) - 1);
  bits->word >>= n;
  bits->left -= n;
  return taken;
}

/* Leaves a random subset of m in the mask. */
static void
draw (struct masks *masks, size_t m, struct bits *bits)
{
  size_t members = 0, n = masks->n;
  for (size_t w = 0; w < masks->words; w++)
    {
      masks->mask[w] = rx_random_bits (&bits->random);
      if (w == masks->words - 1 && n % WORD != 0)
        masks->mask[w] &= ((uint64_t)1 << n % WORD) - 1;
      members += (size_t)__builtin_popcountll (masks->mask[w]);
    }
  while (members != m)
    {
      uint64_t at = take_bits (bits, masks->digits);
      bool is_member = members > m;
      if (at >= n
          || (masks->mask[at / WORD] >> at % WORD) % 2 != (is_member ? 1 : 0))
        continue;
      masks->mask[at / WORD] ^= (uint64_t)1 << at % WORD;
      members += is_member ? (size_t)-1 : 1;
    }
}

static int64_t
sum_of_mask (const struct masks *masks)
{
  int64_t sum = 0;
  for (size_t p = 0; p < masks->pieces; p++)
    {
      size_t first = p * PIECE;
      uint64_t piece = masks->mask[first / WORD] >> first % WORD;
      sum += masks->sum[p * SUMS + piece % SUMS];
    }
  return sum;
}

enum rx_status
rx_subset_sum_random (const struct rx_subset *subset, uint64_t seed,
                      uint64_t stream, size_t replicates, size_t *as_far,
                      struct rx_error *err)
{
  struct cut cut = cut_of (subset);
  struct masks masks;
  if (masks_make (&masks, subset, err) != RX_OK)
    return err->status;
  *as_far = 0;
  for (size_t b = 0; b < replicates; b++)
    {
      struct bits bits = { .left = 0 };
      rx_random_init (&bits.random, seed, stream, b);
      draw (&masks, subset->m, &bits);
      *as_far += is_far (cut, sum_of_mask (&masks));
    }
  masks_free (&masks);
  return RX_OK;
}
