/* signed_rank.h: the signed-rank test of one sample of differences, normal or
   exact, with the Hodges-Lehmann estimate. */
#ifndef RX_SIGNED_RANK_H
#define RX_SIGNED_RANK_H

#include "stats/wilcoxon.h"

/* Zeros dropped, mid-ranks, V = sum of the ranks of positive values; normal
   with tie correction and no continuity correction (Wilcoxon 1945; Hollander
   & Wolfe, sec. 3.1).  Estimate = median of the Walsh averages of the values
   used; its interval runs from the k-th smallest to the k-th largest of them,
   k = the alpha/2 quantile of the tie-free exact distribution of V, at least
   1. */
enum rx_status rx_signed_rank_normal (struct rx_sample d, double level,
                                      struct rx_rank_test *out,
                                      struct rx_error *err) RX_MUST_USE;

/* The same with the exact distribution of V given the mid-ranks, every sign
   as likely as the other: p = P(|V - E| >= |v - E|).  p is NaN when more than
   RX_SIGNED_RANK_EXACT_MOST values are not zero. */
enum rx_status rx_signed_rank_exact (struct rx_sample d, double level,
                                     struct rx_rank_test *out,
                                     struct rx_error *err) RX_MUST_USE;

enum
{
  RX_SIGNED_RANK_EXACT_MOST = 1000 /* 2^1000 subsets are still a double */
};

/* Smallest k with P(V <= k) >= p, p below a half, under the tie-free null
   distribution of V for n values; beyond RX_SIGNED_RANK_EXACT_MOST values
   from the normal distribution. */
enum rx_status rx_signed_rank_quantile (size_t n, double p, uint64_t *k,
                                        struct rx_error *err) RX_MUST_USE;

#endif /* RX_SIGNED_RANK_H */
