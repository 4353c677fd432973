/* printed_statistic.h: the columns of test statistics, and their p. */
#ifndef RX_PRINTED_STATISTIC_H
#define RX_PRINTED_STATISTIC_H

#include "methods/printed_rows.h"
#include "stats/recompute_p.h"

struct rx_printed_statistic
{
  enum rx_printed_figure figure;
  enum rx_statistic kind;
  bool has_sides; /* one tail of it is half of its p */
};
extern const struct rx_printed_statistic rx_printed_statistics[];
extern const size_t rx_n_printed_statistics;

/* The p of the i-th statistic of the row, halved where the test behind it is
   one-tailed.  false, with df1 and df2 as far as they are known, where a
   degree of freedom is missing. */
bool rx_printed_statistic_p (const struct rx_printed_result *result, size_t i,
                             double *df1, double *df2,
                             struct rx_recomputed *found);

#endif /* RX_PRINTED_STATISTIC_H */
