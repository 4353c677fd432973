/* oracle_table.h: a table of tests/oracle/, read for a looped test. */
#ifndef RX_ORACLE_TABLE_H
#define RX_ORACLE_TABLE_H

#include "data/table.h"

#include <check.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Missing stays NaN: the oracle's NA. */
static inline double
oracle_number (const struct rx_table *table, size_t row, const char *name)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_number number;
  bool missing;
  size_t column;
  ck_assert_msg (rx_table_column (table, name, &column, &err) == RX_OK, "%s",
                 err.message);
  ck_assert_msg (rx_table_number (table, row, column, &number, &missing, &err)
                     == RX_OK,
                 "%s", err.message);
  return missing ? NAN : number.value;
}

static inline const char *
oracle_text (const struct rx_table *table, size_t row, const char *name)
{
  struct rx_error err = { RX_OK, "" };
  size_t column;
  ck_assert_msg (rx_table_column (table, name, &column, &err) == RX_OK, "%s",
                 err.message);
  return rx_table_cell (table, row, column);
}

/* Reads tests/oracle/NAME below the source tree (environment srcdir). */
static inline void
oracle_read (struct rx_table *table, const char *name)
{
  static const char *const missing[] = { "NA" };
  static char path[PATH_MAX]; /* the table keeps a pointer to its file name */
  struct rx_error err = { RX_OK, "" };
  struct rx_csv_format format
      = { .delimiter = '\t', .missing = missing, .n_missing = 1 };
  const char *top = getenv ("srcdir");
  snprintf (path, sizeof path, "%s/tests/oracle/%s", top != NULL ? top : ".",
            name);
  *table = (struct rx_table){ 0 };
  ck_assert_msg (rx_table_read (table, path, &format, &err) == RX_OK, "%s",
                 err.message);
  ck_assert_uint_gt (table->n_rows, 0);
}

/* |got - expected| <= tolerance * |expected|; NaN equals NaN; where 0 is
   expected the tolerance is absolute. */
static inline bool
agrees (double got, double expected, double tolerance)
{
  if (isnan (expected) || isnan (got))
    return isnan (expected) && isnan (got);
  if (isinf (expected))
    return got == expected;
  double scale = expected != 0 ? fabs (expected) : 1;
  return fabs (got - expected) <= tolerance * scale;
}

#endif /* RX_ORACLE_TABLE_H */
