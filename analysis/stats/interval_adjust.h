/* interval_adjust.h: adjusted p-values of a family of which some p are known
   as intervals only. */
#ifndef RX_INTERVAL_ADJUST_H
#define RX_INTERVAL_ADJUST_H

#include "stats/adjust.h"

struct rx_p_range
{
  double low, high;
};

/* adjusted[i]: from all p at their lower to all at their upper ends; every
   adjustment is monotone in every p of the family, so nothing lies outside. */
enum rx_status rx_adjust_ranges (const struct rx_adjustment *adjustment,
                                 const struct rx_p_range *p, size_t n,
                                 struct rx_p_range *adjusted,
                                 struct rx_error *err) RX_MUST_USE;

/* The largest p of member i at which it is still significant at alpha, with
   the others at their upper ends (low) and at their lower ends (high). */
enum rx_status rx_adjust_threshold (const struct rx_adjustment *adjustment,
                                    const struct rx_p_range *p, size_t n,
                                    size_t i, double alpha,
                                    struct rx_p_range *threshold,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_INTERVAL_ADJUST_H */
