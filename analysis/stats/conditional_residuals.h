/* conditional_residuals.h: what the mixed model with a random intercept leaves
   of every response, and what it predicts of every group. */
#ifndef RX_CONDITIONAL_RESIDUALS_H
#define RX_CONDITIONAL_RESIDUALS_H

#include "stats/linear.h"

/* A fit: y = X beta + b[group] + e, var b = between, var e = within[kind of
   the row].  beta is counted in `unit`, the variances in its square, as in
   lmm.h and lmm_blocks.h. */
struct rx_conditional_fit
{
  const struct rx_linear_data *data;
  const struct rx_estimable *estimable;
  const double *beta;       /* [rank] */
  const double *covariance; /* [rank * rank] of beta, to be multiplied by */
  double scale;
  double between;
  const double *within; /* [kinds] */
  const size_t *kind;   /* [n]; NULL: all rows are of kind 0 */
  double unit;
};

/* Conditional residuals y - X beta - b and predictions b (BLUP) with the
   standard deviations that the model gives them, the variances taken as known;
   in the unit of y.  A standard deviation is NaN where it is zero: a response
   that the columns fit exactly, groups that do not vary.  All of a group is
   NaN where `within` is 0 for one of its rows. */
struct rx_conditional_residuals
{
  double *residual, *residual_sd; /* [n] */
  double *group, *group_sd;       /* [groups] */
};

enum rx_status
rx_conditional_residuals_of (struct rx_conditional_residuals *out,
                             const struct rx_conditional_fit *fit,
                             struct rx_error *err) RX_MUST_USE;
void rx_conditional_residuals_free (struct rx_conditional_residuals *r);

#endif /* RX_CONDITIONAL_RESIDUALS_H */
