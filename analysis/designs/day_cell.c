/* day_cell.c: 2013-01-31, or 31. */
#include "designs/day_cell.h"

#include "base/date.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

enum
{
  DAY_MOST
  = 10000000 /* days: 27 thousand years, so that sums cannot overflow */
};

enum rx_status
rx_day_cell (const struct rx_table *table, size_t row, size_t column,
             enum rx_day_kind *kind, int64_t *day, bool *missing,
             struct rx_error *err)
{
  const char *text = rx_table_cell (table, row, column);
  struct rx_where where = rx_table_where (table, row, column);
  char quoted[RX_QUOTED_SIZE];
  struct rx_number number;
  int32_t date;
  *missing = rx_table_missing (table, row, column);
  if (*missing)
    return RX_OK;
  bool is_date = rx_date_read (text, strlen (text), &date);
  if (!is_date
      && (rx_number_read (text, strlen (text), table->format.decimal, &number)
              != RX_NUMBER_FINE
          || number.value != floor (number.value)
          || fabs (number.value) > DAY_MOST))
    return rx_fail_at (err, RX_EDATA, where,
                       "found %s, expected a date such as 2013-01-31, or a "
                       "day as a whole number",
                       rx_quotez (quoted, text));
  enum rx_day_kind found = is_date ? RX_DAYS_DATES : RX_DAYS_NUMBERS;
  if (*kind != RX_DAYS_UNKNOWN && *kind != found)
    return rx_fail_at (err, RX_EDATA, where, "found %s, expected %s as before",
                       rx_quotez (quoted, text),
                       *kind == RX_DAYS_DATES ? "a date such as 2013-01-31"
                                              : "a day as a whole number");
  *kind = found;
  *day = is_date ? date : (int64_t)number.value;
  return RX_OK;
}

enum rx_status
rx_day_cell_need (const struct rx_table *table, size_t row, size_t column,
                  enum rx_day_kind *kind, int64_t *day, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  bool missing;
  if (rx_day_cell (table, row, column, kind, day, &missing, err) != RX_OK)
    return err->status;
  if (!missing)
    return RX_OK;
  return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, column),
                     "found %s, expected a day: every row needs one",
                     rx_quotez (quoted, rx_table_cell (table, row, column)));
}

bool
rx_day_row_blank (const struct rx_table *table, size_t row)
{
  for (size_t c = 0; c < table->n_columns; c++)
    if (!rx_table_missing (table, row, c))
      return false;
  return true;
}
