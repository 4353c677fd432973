/* nested_groups.h: the lines of an analysis of variance between groups that
   are nested in strata (subjects in sequences): type III sums of squares. */
#ifndef RX_NESTED_GROUPS_H
#define RX_NESTED_GROUPS_H

#include "stats/fixed_groups.h"

struct rx_nested_line
{
  double ss; /* NaN where the data cannot estimate it */
  size_t df;
  double between; /* coefficient of the variance between groups in the expected
                     mean square, beside that within them */
};

/* Lines of the strata and of the groups within strata, each adjusted for all
   else.  `fit` is of the same data, whose columns hold neither; stratum[group]
   is below n_strata. */
enum rx_status rx_nested_groups (const struct rx_linear_data *data,
                                 const struct rx_fixed_groups *fit,
                                 const size_t *stratum, size_t n_strata,
                                 struct rx_nested_line *strata,
                                 struct rx_nested_line *groups,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_NESTED_GROUPS_H */
