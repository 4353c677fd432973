/* se_range.h: the standard errors that go with a known difference and with
   what is printed of its t test.  (rebuild.h is for a difference that is
   printed, too.) */
#ifndef RX_SE_RANGE_H
#define RX_SE_RANGE_H

#include "stats/printed.h"

/* Left out where kind is RX_PRINTED_NOTHING. */
struct rx_se_figures
{
  struct rx_printed se, sd_diff, ci_low, ci_high, t, dz, p;
};

struct rx_se_range
{
  double low, high; /* low > high: no SE gives all of them */
  double value;     /* from the first as printed of se, sd_diff, interval, t,
                       dz, p, moved into the range; NaN where only bounds are
                       printed, or nothing that tells it */
};

/* d: the difference; df of t; per_sd: SE over SD of the differences; level of
   the interval.  t and dz count as printed without a sign. */
struct rx_se_range rx_se_range (const struct rx_se_figures *figures, double d,
                                double df, double per_sd, double level);

#endif /* RX_SE_RANGE_H */
