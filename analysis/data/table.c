/* table.c: a whole file in memory, cell by cell.

   Every cell is copied once into the table's arena.  An empty cell and a cell
   that repeats the one above it share their string, which most columns of a
   trial do (subject, sequence, treatment). */
#include "data/table.h"

#include "base/text.h"
#include "data/spelling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  LIST_MOST = 400 /* bytes of column names listed in a message */
};

static bool
same_text (const char *string, const char *text, size_t length)
{
  return strncmp (string, text, length) == 0 && string[length] == '\0';
}

static enum rx_status
take_names (struct rx_table *table, const struct rx_field *fields, size_t n,
            struct rx_error *err)
{
  table->names = rx_array (n, sizeof *table->names);
  if (table->names == NULL)
    return rx_fail_memory (err);
  table->index.strings = &table->strings;
  for (size_t i = 0; i < n; i++)
    {
      struct rx_intern_key key;
      uint32_t column;
      rx_intern_key (&key, fields[i].text, fields[i].length);
      if (rx_intern_add (&table->index, &key, &column, err) != RX_OK)
        return err->status;
      table->names[i] = table->index.text[column];
    }
  table->n_columns = n;
  return RX_OK;
}

static const char *
keep_cell (struct rx_table *table, const struct rx_field *field,
           const char *above)
{
  const char *text = field->text;
  size_t length = field->length;
  rx_csv_trim (&text, &length);
  if (length == 0)
    return "";
  if (above != NULL && same_text (above, text, length))
    return above;
  return rx_strings_add (&table->strings, text, length);
}

static enum rx_status
on_record (void *context, const struct rx_field *fields, size_t n, size_t line,
           bool is_header, struct rx_error *err)
{
  struct rx_table *table = context;
  if (is_header)
    return take_names (table, fields, n, err);
  size_t first = table->n_rows * n;
  enum rx_status status
      = rx_grow (&table->lines, &table->room_rows, table->n_rows + 1,
                 sizeof *table->lines, err);
  if (status == RX_OK)
    status = rx_grow (&table->cells, &table->room_cells, first + n,
                      sizeof *table->cells, err);
  if (status != RX_OK)
    return status;
  for (size_t i = 0; i < n; i++)
    {
      const char *above
          = table->n_rows > 0 ? table->cells[first - n + i] : NULL;
      table->cells[first + i] = keep_cell (table, &fields[i], above);
      if (table->cells[first + i] == NULL)
        return rx_fail_memory (err);
    }
  table->lines[table->n_rows++] = line;
  return RX_OK;
}

static enum rx_status
on_comment (void *context, const char *text, struct rx_error *err)
{
  struct rx_table *table = context;
  enum rx_status status
      = rx_grow (&table->comments, &table->room_comments,
                 table->n_comments + 1, sizeof *table->comments, err);
  if (status != RX_OK)
    return status;
  const char *copy = rx_strings_addz (&table->strings, text);
  if (copy == NULL)
    return rx_fail_memory (err);
  table->comments[table->n_comments++] = copy;
  if (rx_csv_says_synthetic (text))
    table->synthetic = true;
  return RX_OK;
}

/* The format is borrowed for the call, the table lives on: so it copies the
   missing codes. */
static enum rx_status
take_format (struct rx_table *table, const struct rx_csv_format *format,
             struct rx_error *err)
{
  if (format != NULL)
    table->format = *format;
  if (table->format.decimal == 0)
    table->format.decimal = '.';
  if (table->format.missing == NULL)
    return RX_OK;
  table->format.missing = NULL;
  table->codes = rx_array (format->n_missing, sizeof *table->codes);
  if (table->codes == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < format->n_missing; i++)
    {
      table->codes[i] = rx_strings_addz (&table->strings, format->missing[i]);
      if (table->codes[i] == NULL)
        return rx_fail_memory (err);
    }
  table->format.missing = table->codes;
  return RX_OK;
}

enum rx_status
rx_table_read (struct rx_table *table, const char *path,
               const struct rx_csv_format *format, struct rx_error *err)
{
  const char *name = strcmp (path, "-") == 0 ? "standard input" : path;
  table->file = rx_strings_addz (&table->strings, name);
  if (table->file == NULL)
    return rx_fail_memory (err);
  enum rx_status status = take_format (table, format, err);
  if (status == RX_OK)
    status = rx_csv_read (path, &table->format, on_record, on_comment, table,
                          table->digest, err);
  if (status != RX_OK)
    rx_table_free (table);
  return status;
}

void
rx_table_free (struct rx_table *table)
{
  free (table->names);
  rx_intern_free (&table->index);
  free (table->cells);
  free (table->lines);
  free (table->comments);
  free (table->codes);
  rx_strings_free (&table->strings);
  *table = (struct rx_table){ 0 };
}

/* ", " between the names, cut with "..." before the list fills the message. */
static void
list_names (struct rx_text *out, const struct rx_table *table)
{
  for (size_t i = 0; i < table->n_columns; i++)
    {
      if (out->length > LIST_MOST)
        {
          rx_text_addf (out, ", ... (%zu in all)", table->n_columns);
          return;
        }
      rx_text_addf (out, "%s%.100s", i > 0 ? ", " : "", table->names[i]);
    }
}

/* A table that was put together by hand has names only. */
static bool
find_column (const struct rx_table *table, const char *name, size_t *column)
{
  struct rx_intern_key key;
  uint32_t found;
  rx_intern_key (&key, name, strlen (name));
  if (table->index.n == table->n_columns)
    {
      bool is_there = rx_intern_find (&table->index, &key, &found);
      *column = is_there ? found : 0;
      return is_there;
    }
  *column = 0;
  while (*column < table->n_columns
         && strcmp (table->names[*column], name) != 0)
    ++*column;
  return *column < table->n_columns;
}

enum rx_status
rx_table_column (const struct rx_table *table, const char *name,
                 size_t *column, struct rx_error *err)
{
  char asked[RX_QUOTED_SIZE], meant[RX_QUOTED_SIZE];
  if (find_column (table, name, column))
    return RX_OK;
  struct rx_text names = { 0 };
  list_names (&names, table);
  const char *nearest
      = rx_spelling_nearest (name, table->names, table->n_columns);
  rx_fail (err, RX_EDATA, "%s: there is no column %s%s%s%s %s", table->file,
           rx_quotez (asked, name), nearest != NULL ? "; did you mean " : "",
           nearest != NULL ? rx_quotez (meant, nearest) : "",
           nearest != NULL ? "? The columns are" : "; the columns are",
           rx_text_string (&names));
  rx_text_free (&names);
  return RX_EDATA;
}

bool
rx_table_has (const struct rx_table *table, const char *name)
{
  size_t column;
  return find_column (table, name, &column);
}

size_t
rx_table_find (const struct rx_table *table, const char *name)
{
  size_t column;
  return find_column (table, name, &column) ? column : SIZE_MAX;
}

const char *
rx_table_cell (const struct rx_table *table, size_t row, size_t column)
{
  return table->cells[row * table->n_columns + column];
}

bool
rx_table_missing (const struct rx_table *table, size_t row, size_t column)
{
  const char *cell = rx_table_cell (table, row, column);
  return rx_csv_is_missing (&table->format, cell, strlen (cell));
}

struct rx_where
rx_table_where (const struct rx_table *table, size_t row, size_t column)
{
  return (struct rx_where){ .file = table->file,
                            .line = table->lines[row],
                            .column = table->names[column] };
}

enum rx_status
rx_table_number (const struct rx_table *table, size_t row, size_t column,
                 struct rx_number *number, bool *missing, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const char *cell = rx_table_cell (table, row, column);
  *number = (struct rx_number){ .value = NAN };
  *missing = rx_csv_is_missing (&table->format, cell, strlen (cell));
  if (*missing)
    return RX_OK;
  enum rx_number_fault fault
      = rx_number_read (cell, strlen (cell), table->format.decimal, number);
  if (fault == RX_NUMBER_FINE)
    return RX_OK;
  return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, column),
                     "found %s, expected %s", rx_quotez (found, cell),
                     rx_number_fault_words (fault));
}
