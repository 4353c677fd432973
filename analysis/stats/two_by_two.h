/* two_by_two.h: a table of two groups by two outcomes: chi-squared, Fisher's
   exact test, odds ratios. */
#ifndef RX_TWO_BY_TWO_H
#define RX_TWO_BY_TWO_H

#include "base/status.h"

/* Counts: rows are groups, columns outcomes. */
struct rx_two_by_two
{
  size_t a, b, c, d; /* first row a, b; second row c, d */
};

struct rx_two_by_two_test
{
  double chi_squared, p_chi_squared; /* 1 df, no continuity correction; NaN
                                        where a margin is zero */
  double corrected, p_corrected; /* the same with Yates's correction, at most
                                    what makes the statistic 0 */
  double p_exact;    /* Fisher's, two-sided: tables no likelier than this */
  double odds_ratio; /* a d / (b c); Inf, or NaN for 0/0 */
  /* Conditional on the margins: maximum likelihood, and the interval that
     tests of alpha/2 on either side leave (0 and Inf at the ends). */
  double conditional, low, high;
};

/* An empty table gives NaN for everything. */
enum rx_status rx_two_by_two (struct rx_two_by_two table, double level,
                              struct rx_two_by_two_test *out,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_TWO_BY_TWO_H */
