/* table.h: a whole data file as named columns of text cells.

   The caller makes the struct (= {0}), rx_table_read fills it,
   rx_table_free empties it; the table owns its strings.  Cells stay text
   until a design asks for a number, so that every complaint can quote what
   the file says and where.  For files of a register's size see the record
   callback of csv.h instead. */
#ifndef RX_TABLE_H
#define RX_TABLE_H

#include "base/digest.h"
#include "base/memory.h"
#include "base/number.h"
#include "data/csv.h"
#include "data/intern.h"

struct rx_table
{
  const char *file; /* for messages: the path, or "standard input" */
  struct rx_csv_format format; /* as asked; its decimal is never 0 */
  size_t n_columns, n_rows;
  const char **names;    /* [n_columns] */
  const char **cells;    /* [n_rows * n_columns], blanks trimmed */
  size_t *lines;         /* [n_rows] line on which the record starts */
  const char **comments; /* "#" lines before the header */
  size_t n_comments;
  bool synthetic; /* a comment line starts with "synthetic" */
  char digest[RX_DIGEST_SIZE];

  struct rx_intern index; /* the names by column, where they were read */
  const char **codes;     /* the missing codes that format.missing points to */
  struct rx_strings strings; /* what the members above point into */
  size_t room_rows, room_cells, room_comments;
};

enum rx_status rx_table_read (struct rx_table *table, const char *path,
                              const struct rx_csv_format *format,
                              struct rx_error *err) RX_MUST_USE;
void rx_table_free (struct rx_table *table);

/* Finds a column by name.  RX_EDATA, naming the columns there are and the
   nearest of them, when it is not there.  (A file with two columns of one name
   is refused by csv.h.) */
enum rx_status rx_table_column (const struct rx_table *table, const char *name,
                                size_t *column,
                                struct rx_error *err) RX_MUST_USE;
bool rx_table_has (const struct rx_table *table, const char *name);

/* The place of a column that need not be there: SIZE_MAX when it is not. */
size_t rx_table_find (const struct rx_table *table, const char *name);

const char *rx_table_cell (const struct rx_table *table, size_t row,
                           size_t column);
bool rx_table_missing (const struct rx_table *table, size_t row,
                       size_t column);
struct rx_where rx_table_where (const struct rx_table *table, size_t row,
                                size_t column);

/* The cell as a number.  A missing code gives *missing = true and NaN.
   RX_EDATA, naming file, line, column and what was found, when it is none. */
enum rx_status rx_table_number (const struct rx_table *table, size_t row,
                                size_t column, struct rx_number *number,
                                bool *missing,
                                struct rx_error *err) RX_MUST_USE;

#endif /* RX_TABLE_H */
