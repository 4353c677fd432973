/* grouped.c: two sorts.  The first brings equal names together, so that the
   first row of each group is known; the second orders by these first rows.
   Rows lie in one array, so the order of their addresses is their order. */
#include "report/grouped.h"

#include <stdlib.h>
#include <string.h>

static int
compare_text (const char *a, const char *b)
{
  return a == b ? 0 : strcmp (a, b); /* neighbours share their strings */
}

static int
compare_rows (const struct rx_row *a, const struct rx_row *b)
{
  return (a > b) - (a < b);
}

/* The names up to a level; each level refines the one before. */
static int
compare_names (const struct rx_row *a, const struct rx_row *b,
               enum rx_level level)
{
  int order = compare_text (a->study, b->study);
  if (order == 0)
    order = compare_text (a->analysis, b->analysis);
  if (order == 0 && level >= RX_BY_ENDPOINT)
    order = compare_text (a->endpoint, b->endpoint);
  if (order == 0 && level >= RX_BY_ENDPOINT)
    order = compare_text (a->measure, b->measure);
  if (order == 0 && level >= RX_BY_GROUP)
    order = compare_text (a->group, b->group);
  return order;
}

static int
by_name (const void *left, const void *right)
{
  const struct rx_grouped *a = left, *b = right;
  int order = compare_names (a->row, b->row, RX_BY_GROUP);
  return order != 0 ? order : compare_rows (a->row, b->row);
}

static int
by_first_row (const void *left, const void *right)
{
  const struct rx_grouped *a = left, *b = right;
  for (int level = 0; level < RX_N_LEVELS; level++)
    {
      int order = compare_rows (a->first[level], b->first[level]);
      if (order != 0)
        return order;
    }
  return compare_rows (a->row, b->row);
}

/* Tells grouped[from..to), which share their names up to the level, which of
   them is the first row. */
static void
mark_first (struct rx_grouped *grouped, size_t from, size_t to, int level)
{
  const struct rx_row *first = grouped[from].row;
  for (size_t i = from; i < to; i++)
    if (compare_rows (grouped[i].row, first) < 0)
      first = grouped[i].row;
  for (size_t i = from; i < to; i++)
    grouped[i].first[level] = first;
}

struct rx_grouped *
rx_grouped_alloc (const struct rx_rows *rows)
{
  struct rx_grouped *grouped = rx_array (rows->n, sizeof *grouped);
  if (grouped == NULL)
    return NULL;
  for (size_t i = 0; i < rows->n; i++)
    grouped[i].row = &rows->row[i];
  qsort (grouped, rows->n, sizeof *grouped, by_name);
  for (int level = 0; level < RX_N_LEVELS; level++)
    for (size_t from = 0, to; from < rows->n; from = to)
      {
        for (to = from + 1; to < rows->n; to++)
          if (compare_names (grouped[from].row, grouped[to].row,
                             (enum rx_level)level)
              != 0)
            break;
        mark_first (grouped, from, to, level);
      }
  qsort (grouped, rows->n, sizeof *grouped, by_first_row);
  return grouped;
}

size_t
rx_grouped_end (const struct rx_grouped *grouped, size_t n, size_t from,
                enum rx_level level)
{
  size_t to = from;
  while (to < n && grouped[to].first[level] == grouped[from].first[level])
    to++;
  return to;
}
