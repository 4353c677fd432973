/* subset_sum.h: the sum of a random subset of given integers: what a
   permutation test of two groups comes down to.

   Of n scores every subset of m is as likely as any other.  With S its sum and
   E the mean of S,

       p = P (|S - E| >= |observed - E|),

   the two-sided p-value of the difference of means between the m and the
   n - m.  Scores are integers, so that ties of S are exact. */
#ifndef RX_SUBSET_SUM_H
#define RX_SUBSET_SUM_H

#include "base/status.h"

#include <stdint.h>

struct rx_subset
{
  const int64_t *score; /* [n] below 2^40 in size */
  size_t n, m;
  int64_t observed; /* sum of the subset that was seen */
  int64_t slack;    /* sums this close tie; 0 for exact scores */
};

enum
{
  RX_SUBSET_HALVES_MOST = 36 /* n that rx_subset_sum_halves takes: two times
                                2^18 sums */
};

/* Mean and standard deviation of S; the latter is 0 when all scores are the
   same. */
void rx_subset_sum_moments (const struct rx_subset *subset, double *mean,
                            double *sd);

/* p from a table of all sums (the shift algorithm of Streitberg & Roehmel,
   Statistical Software Newsletter 1986;12:10-17): for scores of small range,
   slack 0.  NaN when the table would need more than a gigabyte. */
enum rx_status rx_subset_sum_table (const struct rx_subset *subset, double *p,
                                    struct rx_error *err) RX_MUST_USE;

/* About how many additions the table costs; infinite when it does not fit. */
double rx_subset_sum_table_cost (const struct rx_subset *subset);

/* p from the subsets of either half of the scores, put together in order of
   their sums (Horowitz & Sahni, Journal of the ACM 1974;21:277-292): for
   scores of any range.  NaN when n > RX_SUBSET_HALVES_MOST. */
enum rx_status rx_subset_sum_halves (const struct rx_subset *subset, double *p,
                                     struct rx_error *err) RX_MUST_USE;

/* How many of `replicates` random subsets are as far out as the observed one;
   replicate b draws from the stream (seed, stream, b) of random numbers. */
enum rx_status rx_subset_sum_random (const struct rx_subset *subset,
                                     uint64_t seed, uint64_t stream,
                                     size_t replicates, size_t *as_far,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_SUBSET_SUM_H */
