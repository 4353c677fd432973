/* fig_before_after.c: what was dispensed before and after the index date,
   outcome by outcome and group by group, one picture per measure.

   The two windows are rows of `describe`; their change is that of the paired
   t test or, for users, of McNemar's test, whose interval goes with it. */
#include "report/figure_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char columns[]
    = "outcome group measure window n value conf_low "
      "conf_high conf_level change change_low change_high";

/* Whose change is drawn; the first that is there. */
static const char *const change_methods[] = { "paired-t", "mcnemar" };

static bool
is_window (const struct rx_row *row)
{
  return strcmp (row->method, "describe") == 0
         && (strcmp (row->term, "before") == 0
             || strcmp (row->term, "after") == 0);
}

/* The change of the outcome, measure and group of `row`, among the rows of
   its block: blocks lie together.  NULL when there is none. */
static const struct rx_row *
find_change (const struct rx_rows *rows, size_t from, size_t to)
{
  for (size_t m = 0; m < sizeof change_methods / sizeof change_methods[0]; m++)
    for (size_t i = from; i < to; i++)
      if (strcmp (rows->row[i].method, change_methods[m]) == 0
          && strcmp (rows->row[i].term, "change") == 0)
        return &rows->row[i];
  return NULL;
}

static bool
same_block (const struct rx_row *a, const struct rx_row *b)
{
  return strcmp (a->endpoint, b->endpoint) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->group, b->group) == 0;
}

static void
add_window (struct rx_text *tsv, const struct rx_row *row,
            const struct rx_row *change)
{
  rx_picture_text (tsv, row->endpoint);
  rx_picture_text (tsv, row->group);
  rx_picture_text (tsv, row->measure);
  rx_picture_text (tsv, row->term);
  rx_picture_number (tsv, row->n);
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, row->conf_low);
  rx_picture_number (tsv, row->conf_high);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_number (tsv, change != NULL ? change->estimate : NAN);
  rx_picture_number (tsv, change != NULL ? change->conf_low : NAN);
  rx_picture_number (tsv, change != NULL ? change->conf_high : NAN);
  rx_picture_end_row (tsv);
}

/* All blocks of one measure; no picture where none has a window. */
static enum rx_status
build_measure (const struct rx_rows *rows, const char *measure,
               struct rx_pictures *out, struct rx_error *err)
{
  struct rx_text *tsv = NULL;
  for (size_t from = 0, to; from < rows->n; from = to)
    {
      const struct rx_row *row = rows->row;
      for (to = from + 1; to < rows->n; to++)
        if (!same_block (&row[from], &row[to]))
          break;
      if (strcmp (row[from].measure, measure) != 0)
        continue;
      const struct rx_row *change = find_change (rows, from, to);
      for (size_t i = from; i < to; i++)
        {
          if (!is_window (&row[i]))
            continue;
          if (tsv == NULL)
            tsv = rx_picture_add (out, measure, columns, err);
          if (tsv == NULL)
            return err->status;
          add_window (tsv, &row[i], change);
        }
    }
  return RX_OK;
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < rows->n && status == RX_OK; i++)
    {
      const char *measure = rows->row[i].measure;
      bool known = false;
      for (size_t j = 0; j < i && !known; j++)
        known = strcmp (rows->row[j].measure, measure) == 0;
      if (!known)
        status = build_measure (rows, measure, out, err);
    }
  return status;
}

const struct rx_figure rx_fig_before_after = {
  .name = "before-after",
  .title = "Outcomes before and after the index date, with their change",
  .columns = columns,
  .methods = (const char *const[]){ "describe", "paired-t", "mcnemar", NULL },
  .build = build,
};
