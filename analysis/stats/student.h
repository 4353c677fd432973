/* student.h: t tests with their intervals, from moments. */
#ifndef RX_STUDENT_H
#define RX_STUDENT_H

#include "stats/moments.h"

/* What a test on the t distribution gives.  p is two-sided, from the upper
   tail (never 1 - p).  Where it cannot be computed (too few values, no
   variance) statistic, p and interval are NaN. */
struct rx_t_test
{
  double estimate, se, df, statistic, p, low, high;
};

/* One sample: H0 mean = 0.  df = n - 1. */
struct rx_t_test rx_student_one (struct rx_moments m, double level);

/* Two samples, a minus b, times `factor`: H0 equal means.  Pooled variance
   with df = na + nb - 2, or Welch's approximation (Satterthwaite's df). */
struct rx_t_test rx_student_two (struct rx_moments a, struct rx_moments b,
                                 double factor, double level);
struct rx_t_test rx_student_welch (struct rx_moments a, struct rx_moments b,
                                   double factor, double level);

/* Two-sided p-value of a t statistic, to about twelve digits; df = INFINITY:
   normal. */
double rx_student_p (double statistic, double df);

/* Completes estimate, se and df to a test and an interval. */
struct rx_t_test rx_student_from (double estimate, double se, double df,
                                  double level);

#endif /* RX_STUDENT_H */
