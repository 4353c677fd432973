/* symmetry.c: from the rows of a file to pairs and the days of either drug. */
#include "designs/symmetry.h"

#include "base/names.h"
#include "base/text.h"
#include "designs/day_cell.h"

#include <stdlib.h>
#include <string.h>

struct build
{
  const struct rx_table *table;
  struct rx_symmetry *symmetry;
  size_t person, index, marker; /* columns */
  enum rx_day_kind kind;
  struct rx_error *err;
};

static const char *
or_default (const char *name, const char *fallback)
{
  return name != NULL ? name : fallback;
}

static enum rx_status
find_columns (struct build *b, const struct rx_symmetry_spec *spec)
{
  const struct rx_table *table = b->table;
  if (rx_table_column (table, or_default (spec->person, "person"), &b->person,
                       b->err)
          != RX_OK
      || rx_table_column (table, or_default (spec->index, "index"), &b->index,
                          b->err)
             != RX_OK)
    return b->err->status;
  return rx_table_column (table, or_default (spec->marker, "marker"),
                          &b->marker, b->err);
}

struct named_row
{
  const char *name;
  size_t row;
};

static int
by_name (const void *a, const void *b)
{
  const struct named_row *x = a, *y = b;
  int order = strcmp (x->name, y->name);
  return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

/* A person has one row. */
static enum rx_status
check_persons (struct build *b)
{
  const struct rx_table *table = b->table;
  size_t n = 0;
  char quoted[RX_QUOTED_SIZE];
  struct named_row *rows = rx_array (table->n_rows, sizeof *rows);
  if (rows == NULL)
    return rx_fail_memory (b->err);
  enum rx_status status = RX_OK;
  for (size_t r = 0; r < table->n_rows && status == RX_OK; r++)
    {
      if (rx_day_row_blank (table, r))
        continue;
      if (rx_table_missing (table, r, b->person))
        status = rx_fail_at (
            b->err, RX_EDATA, rx_table_where (table, r, b->person),
            "found %s, expected the name of a person",
            rx_quotez (quoted, rx_table_cell (table, r, b->person)));
      rows[n++] = (struct named_row){ rx_table_cell (table, r, b->person), r };
    }
  if (status == RX_OK)
    qsort (rows, n, sizeof *rows, by_name);
  for (size_t i = 1; i < n && status == RX_OK; i++)
    if (strcmp (rows[i].name, rows[i - 1].name) == 0)
      status = rx_fail_at (
          b->err, RX_EDATA, rx_table_where (table, rows[i].row, b->person),
          "person %s already has a row, on line %zu; expected "
          "one row per person",
          rows[i].name, table->lines[rows[i - 1].row]);
  free (rows);
  return status;
}

static enum rx_status
read_rows (struct build *b)
{
  struct rx_symmetry *s = b->symmetry;
  for (size_t r = 0; r < b->table->n_rows; r++)
    {
      int64_t index, marker;
      bool no_index, no_marker;
      if (rx_day_cell (b->table, r, b->index, &b->kind, &index, &no_index,
                       b->err)
              != RX_OK
          || rx_day_cell (b->table, r, b->marker, &b->kind, &marker,
                          &no_marker, b->err)
                 != RX_OK)
        return b->err->status;
      s->n += !no_index || !no_marker;
      if (!no_index)
        s->index[s->n_index++] = index;
      if (!no_marker)
        s->marker[s->n_marker++] = marker;
      if (!no_index && !no_marker)
        s->apart[s->n_both++] = marker - index;
    }
  return RX_OK;
}

static int
by_day (const void *a, const void *b)
{
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

enum rx_status
rx_symmetry_build (struct rx_symmetry *symmetry, const struct rx_table *table,
                   const struct rx_symmetry_spec *spec, struct rx_error *err)
{
  struct build b = { .table = table, .symmetry = symmetry, .err = err };
  *symmetry
      = (struct rx_symmetry){ .spec = spec, .synthetic = table->synthetic };
  symmetry->file = rx_strings_addz (&symmetry->strings, table->file);
  symmetry->index = rx_array (table->n_rows, sizeof *symmetry->index);
  symmetry->marker = rx_array (table->n_rows, sizeof *symmetry->marker);
  symmetry->apart = rx_array (table->n_rows, sizeof *symmetry->apart);
  enum rx_status status = RX_OK;
  if (symmetry->file == NULL || symmetry->index == NULL
      || symmetry->marker == NULL || symmetry->apart == NULL)
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = find_columns (&b, spec);
  if (status == RX_OK)
    status = check_persons (&b);
  if (status == RX_OK)
    status = read_rows (&b);
  if (status != RX_OK)
    {
      rx_symmetry_free (symmetry);
      return status;
    }
  qsort (symmetry->index, symmetry->n_index, sizeof *symmetry->index, by_day);
  qsort (symmetry->marker, symmetry->n_marker, sizeof *symmetry->marker,
         by_day);
  qsort (symmetry->apart, symmetry->n_both, sizeof *symmetry->apart, by_day);
  return RX_OK;
}

/* How many pairs are fewer days apart. */
static size_t
below (const struct rx_symmetry *s, int64_t day)
{
  size_t low = 0, high = s->n_both;
  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      if (s->apart[middle] < day)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

size_t
rx_symmetry_between (const struct rx_symmetry *symmetry, int64_t from,
                     int64_t to)
{
  return below (symmetry, to + 1) - below (symmetry, from);
}

struct rx_symmetry_pairs
rx_symmetry_count (const struct rx_symmetry *symmetry, int64_t window)
{
  struct rx_symmetry_pairs pairs
      = { .index_first = rx_symmetry_between (symmetry, 1, window),
          .marker_first = rx_symmetry_between (symmetry, -window, -1),
          .same_day = rx_symmetry_between (symmetry, 0, 0) };
  pairs.outside = symmetry->n_both - pairs.index_first - pairs.marker_first
                  - pairs.same_day;
  return pairs;
}

void
rx_symmetry_free (struct rx_symmetry *symmetry)
{
  free (symmetry->index);
  free (symmetry->marker);
  free (symmetry->apart);
  rx_strings_free (&symmetry->strings);
  *symmetry = (struct rx_symmetry){ 0 };
}
