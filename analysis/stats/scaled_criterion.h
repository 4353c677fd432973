/* scaled_criterion.h: is a squared difference small beside the variance within
   the reference? */
#ifndef RX_SCALED_CRITERION_H
#define RX_SCALED_CRITERION_H

#include <stdbool.h>
#include <stddef.h>

/* A variance with its degrees of freedom; both NaN or 0 where there are
   none. */
struct rx_variance
{
  double value, df;
};

/* The variance left in a table y[n * k] of n subjects (rows) by k times, all
   observed, after the means of subjects and of times are taken out: adds its
   sum of squares and its df, (n - 1)(k - 1), to the two of *out, whose value
   is a sum until rx_variance_divide. */
void rx_variance_add_table (struct rx_variance *out, const double *y, size_t n,
                            size_t k);
void rx_variance_divide (struct rx_variance *sum);

/* The mean over groups of equal weight of values whose variance is that
   within groups, pooled.  value[n], group[n] below n_groups; NaN throughout
   where a group that `counts` (NULL: all) is empty, se NaN without a degree of
   freedom. */
struct rx_even_mean
{
  double mean, se, df;
};
struct rx_even_mean rx_even_mean (const double *value, const size_t *group,
                                  size_t n, size_t n_groups,
                                  const bool *counts);

/* The criterion d^2 - theta^2 s^2, to be 0 at most, and its upper bound of
   confidence 1 - alpha by Howe's approximation. */
struct rx_criterion
{
  double estimate, upper;
};
struct rx_criterion rx_scaled_criterion (struct rx_even_mean difference,
                                         struct rx_variance within,
                                         double theta, double alpha);

/* The ratio of two standard deviations with its interval of confidence
   1 - 2 alpha, by the F distribution. */
struct rx_sd_ratio
{
  double ratio, low, high;
};
struct rx_sd_ratio rx_sd_ratio (struct rx_variance above,
                                struct rx_variance below, double alpha);

#endif /* RX_SCALED_CRITERION_H */
