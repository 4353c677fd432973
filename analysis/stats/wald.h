/* wald.h: Wald's tests of the terms of a model whose estimates are normal. */
#ifndef RX_WALD_H
#define RX_WALD_H

#include "stats/linear.h"

/* Estimates on the columns kept, counted in `unit`. */
struct rx_wald
{
  const struct rx_estimable *estimable;
  const double *beta;       /* [estimable->rank] */
  const double *covariance; /* [rank * rank] */
  const double *model;      /* [rank * rank] what the model alone expects of
                               it, where the covariance is a robust one */
  double unit;
};

/* The contrasts l[q * p]: normal for q = 1 (df is infinite), chi-squared for
   more.  A robust error that is but rounding beside the model's is 0, and
   there is no test then. */
enum rx_status rx_wald_test (const struct rx_wald *wald, const double *l,
                             size_t q, struct rx_linear_test *test,
                             struct rx_error *err) RX_MUST_USE;

#endif /* RX_WALD_H */
