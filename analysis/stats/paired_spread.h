/* paired_spread.h: SDs of two measurements of the same persons, of their
   differences, and the correlation, as far as rounding tells them.

     SD_diff^2 = s1^2 + s2^2 - 2 r s1 s2 */
#ifndef RX_PAIRED_SPREAD_H
#define RX_PAIRED_SPREAD_H

#include "stats/printed.h"

/* A value and the range that rounding allows; low > high: none. */
struct rx_spread
{
  double value, low, high;
};

/* The correlation r from the SDs, and from the range of SD_diff (its value
   NaN where only bounds are known); within [-1, 1], and low > high where
   SD_diff can be that of no correlation. */
struct rx_spread rx_spread_correlation (const struct rx_printed *sd1,
                                        const struct rx_printed *sd2,
                                        struct rx_spread sd_diff);

/* SD_diff from the SDs and the correlation. */
struct rx_spread rx_spread_of_difference (const struct rx_printed *sd1,
                                          const struct rx_printed *sd2,
                                          const struct rx_printed *r);

#endif /* RX_PAIRED_SPREAD_H */
