/* cluster_cell.h: the responses of the persons of a cluster in a period.

   In a cluster-randomised crossover trial wards or practices change treatment,
   and the persons in them may be others in each period.  The response of a
   cluster in a period is the mean of its persons. */
#ifndef RX_CLUSTER_CELL_H
#define RX_CLUSTER_CELL_H

#include "data/table.h"
#include "stats/moments.h"

/* Mean and variance of a column over the rows first, next[first], ... up to
   RX_NO_ROW, missing ones left out; `log`: of the logarithms.  The order of
   the rows changes no bit.  RX_EDATA, with line and column, for what is no
   number, or not above zero with log. */
enum rx_status rx_cluster_cell (const struct rx_table *table, size_t column,
                                size_t first, const size_t *next, bool log,
                                struct rx_moments *moments,
                                struct rx_error *err) RX_MUST_USE;

/* RX_EDATA when a person has two rows in a cell: `cell` of each of the n rows,
   and the column that names the person. */
enum rx_status rx_cluster_persons (const struct rx_table *table, size_t person,
                                   const size_t *row, const size_t *cell,
                                   size_t n, struct rx_error *err) RX_MUST_USE;

#endif /* RX_CLUSTER_CELL_H */
