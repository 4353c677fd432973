/* day_cell.h: days in a table: dates, or whole numbers of days. */
#ifndef RX_DAY_CELL_H
#define RX_DAY_CELL_H

#include "data/table.h"

#include <stdint.h>

/* Which of the two the table has; starts as RX_DAYS_UNKNOWN. */
enum rx_day_kind
{
  RX_DAYS_UNKNOWN,
  RX_DAYS_DATES,
  RX_DAYS_NUMBERS
};

/* Reads a cell.  A missing one gives *missing = true.  RX_EDATA for a text
   that is neither, a number that is not whole, or a date among numbers. */
enum rx_status rx_day_cell (const struct rx_table *table, size_t row,
                            size_t column, enum rx_day_kind *kind,
                            int64_t *day, bool *missing,
                            struct rx_error *err) RX_MUST_USE;

/* The same where a missing one is RX_EDATA. */
enum rx_status rx_day_cell_need (const struct rx_table *table, size_t row,
                                 size_t column, enum rx_day_kind *kind,
                                 int64_t *day,
                                 struct rx_error *err) RX_MUST_USE;

/* Is the whole row without a value, as spreadsheets export them? */
bool rx_day_row_blank (const struct rx_table *table, size_t row);

#endif /* RX_DAY_CELL_H */
