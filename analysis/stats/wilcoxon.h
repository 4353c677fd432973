/* wilcoxon.h: rank-sum tests, with Hodges-Lehmann estimates; what the
   signed-rank tests share with them.

   Values come with integer keys that decide order and ties exactly. */
#ifndef RX_WILCOXON_H
#define RX_WILCOXON_H

#include "base/status.h"

#include <stdint.h>

struct rx_sample
{
  const double *value; /* [n] */
  const int64_t *key;  /* [n] same order and ties, without rounding noise */
  double scale;        /* value = key / scale when exact, else 0 */
  size_t n;
};

struct rx_rank_test
{
  double statistic; /* Mann-Whitney W of a, or V */
  double p;         /* two-sided; NaN when all values are tied or none */
  double estimate, low, high; /* Hodges-Lehmann; NaN where not computed */
  size_t used; /* values that entered (zeros dropped by signed rank) */
  bool ties;
};

/* Rank-sum test of a against b (Wilcoxon 1945; Mann & Whitney 1947), normal
   approximation with the variance corrected for ties and no continuity
   correction.  Estimate = median of all a_i - b_j (Hodges & Lehmann, Ann Math
   Stat 1963;34:598-611); its interval runs from the k-th smallest to the k-th
   largest of them, k = the alpha/2 quantile of the tie-free exact
   distribution of W, at least 1. */
enum rx_status rx_rank_sum_normal (struct rx_sample a, struct rx_sample b,
                                   double level, struct rx_rank_test *out,
                                   struct rx_error *err) RX_MUST_USE;

/* The same with the exact conditional distribution of W given the mid-ranks:
   p = P(|W - E| >= |w - E|), by dynamic programming over doubled ranks (the
   shift algorithm of Streitberg & Roehmel 1986).  RX_EDATA never; p is NaN
   when the table would need more than a gigabyte. */
enum rx_status rx_rank_sum_exact (struct rx_sample a, struct rx_sample b,
                                  double level, struct rx_rank_test *out,
                                  struct rx_error *err) RX_MUST_USE;

/* Smallest k with P(W <= k) >= p under the tie-free null distribution of the
   Mann-Whitney W for samples of m and n; 0 when memory or size forbids. */
enum rx_status rx_rank_sum_quantile (size_t m, size_t n, double p, size_t *k,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_WILCOXON_H */
