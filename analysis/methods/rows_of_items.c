/* rows_of_items.c: each thread collects the rows of the items it takes; what
   was made for which item is put together in the end.

   Threads take items in their order, so the rows of a thread are in that
   order too, and its strings need no copy: the arenas change hands whole. */
#include "methods/rows_of_items.h"

#include "base/threads.h"

#include <stdlib.h>
#include <string.h>

/* The rows [row, row + n_rows) and remarks of one thread's that an item
   made. */
struct made
{
  size_t thread, row, n_rows, remark, n_remarks;
};

struct parts
{
  rx_rows_item *fn;
  const void *context;
  struct rx_rows *part; /* [thread] */
  struct made *made;    /* [item] */
};

static enum rx_status
make_item (void *context, size_t item, size_t thread, struct rx_error *err)
{
  struct parts *parts = context;
  struct rx_rows *rows = &parts->part[thread];
  struct made *made = &parts->made[item];
  made->thread = thread;
  made->row = rows->n;
  made->remark = rows->n_remarks;
  enum rx_status status = parts->fn (parts->context, item, rows, err);
  made->n_rows = rows->n - made->row;
  made->n_remarks = rows->n_remarks - made->remark;
  return status;
}

static enum rx_status
append (struct rx_rows *rows, const struct made *made,
        const struct rx_rows *part, struct rx_error *err)
{
  if (made->n_rows > 0)
    memcpy (rows->row + rows->n, part->row + made->row,
            made->n_rows * sizeof *rows->row);
  rows->n += made->n_rows;
  for (size_t i = 0; i < made->n_remarks; i++)
    {
      const struct rx_remark *remark = &part->remark[made->remark + i];
      if (rx_rows_remark (rows, remark->is_warning, err, "%s", remark->text)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
put_together (const struct parts *parts, size_t n_items, size_t n_threads,
              struct rx_rows *rows, struct rx_error *err)
{
  size_t n = rows->n;
  for (size_t t = 0; t < n_threads; t++)
    n += parts->part[t].n;
  if (rx_grow (&rows->row, &rows->room, n, sizeof *rows->row, err) != RX_OK)
    return err->status;
  for (size_t t = 0; t < n_threads; t++)
    {
      rows->synthetic = rows->synthetic || parts->part[t].synthetic;
      rx_strings_take (&rows->strings, &parts->part[t].strings);
    }
  for (size_t i = 0; i < n_items; i++)
    if (append (rows, &parts->made[i], &parts->part[parts->made[i].thread],
                err)
        != RX_OK)
      return err->status;
  return RX_OK;
}

enum rx_status
rx_rows_of_items (size_t n_items, rx_rows_item *fn, const void *context,
                  struct rx_rows *rows, struct rx_error *err)
{
  size_t n_threads = rx_threads ();
  struct parts parts = { .fn = fn, .context = context };
  parts.part = rx_array (n_threads, sizeof *parts.part);
  parts.made = rx_array (n_items, sizeof *parts.made);
  enum rx_status status = RX_OK;
  if (parts.part == NULL || parts.made == NULL)
    status = rx_fail_memory (err);
  for (size_t t = 0; t < n_threads && status == RX_OK; t++)
    {
      parts.part[t].study = rows->study;
      parts.part[t].analysis = rows->analysis;
      parts.part[t].origin = rows->origin;
      parts.part[t].note = rows->note;
    }
  if (status == RX_OK)
    status = rx_threads_for (n_items, n_threads, make_item, &parts, err);
  if (status == RX_OK)
    status = put_together (&parts, n_items, n_threads, rows, err);
  for (size_t t = 0; parts.part != NULL && t < n_threads; t++)
    rx_rows_free (&parts.part[t]);
  free (parts.part);
  free (parts.made);
  return status;
}
