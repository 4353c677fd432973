/* subgroups.h: do the subgroups of a meta-analysis differ? */
#ifndef RX_SUBGROUPS_H
#define RX_SUBGROUPS_H

#include "methods/pooled.h"

/* For every model among the rows from `first` on that pooled all studies: a
   row `q-between`, Cochran's Q of its pooled results of the subgroups with
   their standard errors, chi-squared with one df less than subgroups that have
   one. */
enum rx_status rx_subgroups_compare (const struct rx_evidence *evidence,
                                     struct rx_rows *rows, size_t first,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_SUBGROUPS_H */
