/* whole_means.c: decided in whole numbers, without rounding errors.

   GRIM: the mean x of N = n items whole numbers is k / N; printed with d
   decimals as u / 10^d it needs a k with

     N (2 u - 1) <= 2 k 10^d <= N (2 u + 1)

   (Brown & Heathers, Soc Psychol Personal Sci 2017;8:363-369), a half rounded
   up or down alike.  By hand: 5.19 of 28: 145 / 28 = 5.179 and 146 / 28 =
   5.214: impossible.

   GRIMMER: with the sum k and the sum of squares Q of the whole numbers,
   (n - 1) n (items SD)^2 = n Q - k^2.  Allard's tests: the mean passes GRIM;
   some whole Q gives the SD; a Q of the parity of k does, since x^2 has the
   parity of x.  (His second test, that the SD of that Q rounds to the printed
   one, holds for every Q here: the ends of the SD are exact.)  Anaya, PeerJ
   Preprints 2016;4:e2400v1; Allard 2018, A-GRIMMER.
   By hand: 5.23, SD 2.55, n 35: k = 183, so Q from 1177.05 to 1178.78: only
   1178, which is even while k is odd: inconsistent.

   DEBIT: n zeros and ones of mean m have the variance n m (1 - m) / (n - 1).
 */
#include "stats/whole_means.h"

#include <math.h>
#include <stdlib.h>

enum
{
  DECIMALS_MOST = 9 /* N (2 u + 1) 10^d stays below 2^63 */
};

/* The largest product that is computed in int64_t. */
static const double WHOLE_MOST = 9e18;

static int64_t
floor_div (int64_t a, int64_t b)
{
  int64_t q = a / b;
  return q - (a % b != 0 && (a < 0) != (b < 0));
}

static int64_t
power_of_ten (int k)
{
  int64_t power = 1;
  for (int i = 0; i < k; i++)
    power *= 10;
  return power;
}

static bool
usable (const struct rx_printed *printed, int decimals)
{
  return printed->kind == RX_PRINTED_EQUAL && printed->is_short
         && printed->decimals >= 0 && decimals <= DECIMALS_MOST;
}

/* The whole numbers k for which k / total rounds to the mean. */
struct sums
{
  int64_t low, high, nearest;
};

static bool
find_sums (const struct rx_printed *mean, int decimals, int64_t total,
           struct sums *sums)
{
  int64_t ten = power_of_ten (decimals);
  if (!(((double)llabs (mean->units) * 2 + 1) * (double)total < WHOLE_MOST))
    return false;
  int64_t low = total * (2 * mean->units - 1);
  int64_t high = total * (2 * mean->units + 1);
  sums->low = -floor_div (-low, 2 * ten);
  sums->high = floor_div (high, 2 * ten);
  sums->nearest = floor_div (2 * total * mean->units + ten, 2 * ten);
  return true;
}

struct rx_whole_check
rx_grim (const struct rx_printed *mean, bool percent, int64_t n, int64_t items)
{
  struct rx_whole_check check = { RX_WHOLE_TOO_LONG, NAN, false };
  int decimals = mean->decimals + (percent ? 2 : 0);
  struct sums sums;
  if (!usable (mean, decimals) || (double)n * (double)items > WHOLE_MOST
      || !find_sums (mean, decimals, n * items, &sums))
    return check;
  double total = (double)(n * items);
  check.verdict = sums.low <= sums.high ? RX_WHOLE_CONSISTENT : RX_WHOLE_MEAN;
  check.nearest = (percent ? 100 : 1) * (double)sums.nearest / total;
  check.powerless = total >= (double)power_of_ten (decimals);
  return check;
}

bool
rx_percent_counts (const struct rx_printed *percent, int64_t n, int64_t *low,
                   int64_t *high, int64_t *nearest)
{
  int decimals = percent->decimals + 2;
  struct sums sums;
  if (!usable (percent, decimals) || !find_sums (percent, decimals, n, &sums))
    return false;
  *low = sums.low > 0 ? sums.low : 0;
  *high = sums.high < n ? sums.high : n;
  *nearest = sums.nearest < 0 ? 0 : sums.nearest > n ? n : sums.nearest;
  return true;
}

/* One sum k: the SD from the sums of squares there may be. */
struct squares
{
  int64_t n, items, v, scale; /* SD = v / scale as printed */
};

/* Q from below the SD: the least Q with n Q - k^2 >= (n - 1) n (items end)^2,
   for end = (2 v -/+ 1) / (2 scale). */
static bool
bounds_of_squares (const struct squares *s, int64_t k, int64_t *low,
                   int64_t *high)
{
  double four = 4.0 * (double)s->scale * (double)s->scale;
  double n = (double)s->n, end = 2 * (double)s->v + 1;
  double spread = n * (n - 1) * (double)s->items * (double)s->items;
  if (!(spread * end * end + four * (double)k * (double)k < WHOLE_MOST)
      || !(four * n < WHOLE_MOST))
    return false;
  int64_t whole_four = 4 * s->scale * s->scale, part = whole_four * k * k;
  int64_t factor = s->n * (s->n - 1) * s->items * s->items;
  int64_t below = s->v > 0 ? 2 * s->v - 1 : 0, above = 2 * s->v + 1;
  *low = -floor_div (-(factor * below * below + part), whole_four * s->n);
  *high = floor_div (factor * above * above + part, whole_four * s->n);
  return true;
}

static double
sd_of (const struct squares *s, int64_t k, int64_t q)
{
  double n = (double)s->n, sum = (double)k;
  double square = fmax ((double)q - sum * sum / n, 0);
  return sqrt (square / (n - 1)) / (double)s->items;
}

/* The possible SD next to the printed one, of the parity of k. */
static double
nearest_sd (const struct squares *s, int64_t k)
{
  double n = (double)s->n, sum = (double)k;
  double sd = (double)s->v / (double)s->scale * (double)s->items;
  int64_t q = (int64_t)floor ((n - 1) * sd * sd + sum * sum / n);
  q -= (q - k) % 2 != 0;
  double below = sd_of (s, k, q), above = sd_of (s, k, q + 2);
  bool possible = (double)q >= sum * sum / n;
  double printed = (double)s->v / (double)s->scale;
  return possible && printed - below <= above - printed ? below : above;
}

static enum rx_whole_verdict
judge_sum (const struct squares *s, int64_t k)
{
  int64_t low, high;
  if (!bounds_of_squares (s, k, &low, &high))
    return RX_WHOLE_TOO_LONG;
  if (low > high)
    return RX_WHOLE_SQUARES;
  return low == high && (low - k) % 2 != 0 ? RX_WHOLE_PARITY
                                           : RX_WHOLE_CONSISTENT;
}

/* A sum that fits is enough; of none that does, the SD next to the printed. */
static void
try_sum (const struct squares *s, int64_t k, struct rx_whole_check *check)
{
  enum rx_whole_verdict verdict = judge_sum (s, k);
  double printed = (double)s->v / (double)s->scale;
  double nearest = verdict == RX_WHOLE_TOO_LONG ? NAN : nearest_sd (s, k);
  bool nearer = isnan (check->nearest)
                || fabs (nearest - printed) < fabs (check->nearest - printed);
  if (verdict == RX_WHOLE_CONSISTENT || nearer)
    {
      check->verdict = verdict;
      check->nearest = nearest;
    }
}

struct rx_whole_check
rx_grimmer (const struct rx_printed *mean, const struct rx_printed *sd,
            int64_t n, int64_t items)
{
  struct rx_whole_check check = rx_grim (mean, false, n, items);
  struct sums sums;
  check.nearest = NAN;
  if (check.verdict != RX_WHOLE_CONSISTENT)
    return check;
  check.verdict = RX_WHOLE_TOO_LONG;
  if (n < 2 || !usable (sd, sd->decimals)
      || !find_sums (mean, mean->decimals, n * items, &sums))
    return check;
  struct squares s = { n, items, sd->units, power_of_ten (sd->decimals) };
  try_sum (&s, sums.nearest, &check);
  if (check.verdict == RX_WHOLE_TOO_LONG)
    return check;
  /* a mean of few digits leaves several sums */
  for (int64_t k = sums.low;
       k <= sums.high && check.verdict != RX_WHOLE_CONSISTENT; k++)
    try_sum (&s, k, &check);
  return check;
}

bool
rx_whole_sums (const struct rx_printed *mean, int64_t total, int64_t *low,
               int64_t *high)
{
  struct sums sums;
  if (!usable (mean, mean->decimals)
      || !find_sums (mean, mean->decimals, total, &sums))
    return false;
  *low = sums.low;
  *high = sums.high;
  return true;
}

bool
rx_whole_squares (const struct rx_printed *sd, int64_t n, int64_t items,
                  int64_t k, int64_t *low, int64_t *high)
{
  if (!usable (sd, sd->decimals))
    return false;
  struct squares s = { n, items, sd->units, power_of_ten (sd->decimals) };
  return bounds_of_squares (&s, k, low, high);
}

static double
binary_sd (double mean, int64_t n)
{
  return sqrt (fmax (mean * (1 - mean), 0) * (double)n / (double)(n - 1));
}

struct rx_whole_check
rx_debit (const struct rx_printed *mean, const struct rx_printed *sd,
          int64_t n, double *low, double *high)
{
  struct rx_whole_check check = { RX_WHOLE_TOO_LONG, NAN, false };
  double least = fmax (mean->low, 0), most = fmin (mean->high, 1);
  *low = *high = NAN;
  if (n < 2 || mean->kind != RX_PRINTED_EQUAL || sd->kind != RX_PRINTED_EQUAL)
    return check;
  double at_least = binary_sd (least, n), at_most = binary_sd (most, n);
  *low = fmin (at_least, at_most);
  *high = least <= 0.5 && most >= 0.5 ? binary_sd (0.5, n)
                                      : fmax (at_least, at_most);
  check.nearest = binary_sd (fmin (fmax (mean->value, 0), 1), n);
  check.verdict = rx_printed_meets (sd, *low, *high) ? RX_WHOLE_CONSISTENT
                                                     : RX_WHOLE_RANGE;
  return check;
}
