/* total_ratio.h: the ratio of the totals after and before of a cell. */
#ifndef RX_TOTAL_RATIO_H
#define RX_TOTAL_RATIO_H

#include "methods/fill.h"

struct rx_total_ratio
{
  double before, after; /* totals, in units of the cell */
  double percent;       /* 100 (after - before) / before; NaN unless there is
                           a total before */
  double log_ratio; /* log (after / before); NaN unless both are above zero */
  double robust_se; /* of it, persons as the units; NaN as the ratio, 0 where
                       all persons changed alike */
};

struct rx_total_ratio
rx_total_ratio_of (const struct rx_before_after_cell *cell);

/* Why there is no ratio: no-subjects, negative-total (more was returned
   than dispensed), zero-total; "" where there is one. */
const char *rx_total_ratio_why (const struct rx_total_ratio *ratio, size_t n);

/* The row of a log ratio of n persons: estimate, SE and the normal test and
   interval, with the notes log and why there is none. */
struct rx_row rx_log_ratio_row (double estimate, double se, size_t n,
                                const char *why, double level,
                                struct rx_note *note);

#endif /* RX_TOTAL_RATIO_H */
