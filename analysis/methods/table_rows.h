/* table_rows.h: two-by-two tables pooled as tables. */
#ifndef RX_TABLE_ROWS_H
#define RX_TABLE_ROWS_H

#include "methods/pooled.h"
#include "stats/tables_pooled.h"

/* The tables of the studies; the caller frees them.  NULL without memory. */
struct rx_two_groups *
rx_table_rows_tables (const struct rx_evidence *evidence) RX_MUST_USE;

/* Is there somebody with the event, and somebody without? */
bool rx_table_rows_varies (struct rx_two_groups table);

/* Rows pooled and q.  q is over `tables` (fewer than 2: NA). */
enum rx_status rx_table_rows (const struct rx_evidence *evidence,
                              const struct rx_method_options *options,
                              const char *method,
                              struct rx_tables_pooled pooled, double q,
                              size_t tables, struct rx_rows *rows,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_TABLE_ROWS_H */
