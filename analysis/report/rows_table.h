/* rows_table.h: the rows of one block (endpoint and measure) as a table for a
   person. */
#ifndef RX_ROWS_TABLE_H
#define RX_ROWS_TABLE_H

#include "base/text.h"
#include "report/grouped.h"

/* How many of rows[0..n) a table shows: all but single values (method
   `profiles`), which are for figures. */
size_t rx_rows_table_shown (const struct rx_grouped *rows, size_t n);

/* Appends the rows[0..n) of a block: means and standard deviations (method
   `describe`) in one table, results in another.  digits: of a standard error;
   0 for RX_ERROR_DIGITS. */
void rx_rows_table (struct rx_text *out, const struct rx_grouped *rows,
                    size_t n, int digits);

#endif /* RX_ROWS_TABLE_H */
