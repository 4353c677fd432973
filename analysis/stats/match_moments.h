/* match_moments.h: random data whose means, variances and covariance are
   given numbers, up to rounding of the last digits. */
#ifndef RX_MATCH_MOMENTS_H
#define RX_MATCH_MOMENTS_H

#include "base/random.h"
#include "base/status.h"

#include <stddef.h>

enum
{
  RX_MATCH_GROUPS = 2 /* the most: sequences of a crossover */
};

/* Pairs (x, y) in groups, one after another.  The scatter is that within
   groups: sums of squares and of products about the groups' means. */
struct rx_match_pairs
{
  size_t groups, n[RX_MATCH_GROUPS];
  double mean_x[RX_MATCH_GROUPS], mean_y[RX_MATCH_GROUPS];
  double xx, yy, xy;
};

/* Is the scatter one that n pairs in these groups can have?  xx, yy >= 0 and
   xy^2 <= xx yy; n - groups is at least its rank. */
bool rx_match_possible (const struct rx_match_pairs *pairs);

/* Fills x and y, of all groups; needs rx_match_possible.  Normal but for the
   fixed moments. */
enum rx_status rx_match_pairs_draw (const struct rx_match_pairs *pairs,
                                    struct rx_random *random, double *x,
                                    double *y,
                                    struct rx_error *err) RX_MUST_USE;

/* n values with this mean and SD; n >= 2, or n = 1 and sd = 0. */
void rx_match_sample_draw (size_t n, double mean, double sd,
                           struct rx_random *random, double *x);

#endif /* RX_MATCH_MOMENTS_H */
