/* fixed_groups.h: least squares with an effect of every group (subject).

   The groups are swept out: each row counts by its distance from the mean of
   its group, so a group of one row tells nothing. */
#ifndef RX_FIXED_GROUPS_H
#define RX_FIXED_GROUPS_H

#include "stats/linear.h"

struct rx_fixed_groups
{
  struct rx_estimable estimable;
  double *beta;    /* [estimable.rank] */
  double *inverse; /* [rank * rank] covariance of beta / variance */
  double unit;     /* beta and the residuals are counted in it */
  double variance; /* of the residuals; 0 where they are rounding noise, NaN
                      without a degree of freedom */
  size_t df;       /* rows - groups - rank, at least 0 */
  size_t groups;   /* of two rows and more */
};

/* Needs no intercept among the columns: constants within groups drop out. */
enum rx_status rx_fixed_groups_fit (struct rx_fixed_groups *fit,
                                    const struct rx_linear_data *data,
                                    struct rx_error *err) RX_MUST_USE;
void rx_fixed_groups_free (struct rx_fixed_groups *fit);

/* t (q = 1) or F of the contrasts l[q * p]. */
enum rx_status rx_fixed_groups_test (const struct rx_fixed_groups *fit,
                                     const double *l, size_t q,
                                     struct rx_linear_test *test,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_FIXED_GROUPS_H */
