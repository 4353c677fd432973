/* spread_tests.h: do two samples, or two measurements of the same subjects,
   have the same variance? */
#ifndef RX_SPREAD_TESTS_H
#define RX_SPREAD_TESTS_H

#include "stats/moments.h"

struct rx_spread_test
{
  double ratio; /* variance of the first to that of the second */
  double statistic, df_num, df, p;
};

/* Bartlett's test (Proc R Soc A 1937;160:268-282) of two samples: chi-squared,
   1 df (in df; df_num is NaN).  NaN where a variance is 0 or unknown. */
struct rx_spread_test rx_bartlett (struct rx_moments a, struct rx_moments b);

/* One-way analysis of variance of |value - centre| between two samples: F with
   1 and n - 2 df.  Levene (1960) takes the means as centres, Brown & Forsythe
   (JASA 1974;69:364-367) the medians.  off[] gets the distances. */
struct rx_spread_test rx_levene (const double *a, size_t na, double centre_a,
                                 const double *b, size_t nb, double centre_b,
                                 double *off_a, double *off_b);

/* Pitman (Biometrika 1939;31:9-12) and Morgan (31:13-19): x and y of the same
   subject have equal variances when x - y and x + y are uncorrelated; t of
   their correlation, with n - 2 - lost df, where `lost` means beyond the one
   were taken from x and y.  Differences and sums, centred.  NaN where one
   variance is 0. */
struct rx_spread_test rx_pitman_morgan (const double *differences,
                                        const double *sums, size_t n,
                                        size_t lost);

#endif /* RX_SPREAD_TESTS_H */
