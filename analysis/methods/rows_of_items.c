/* rows_of_items.c: rows that several threads make, in the order of the items.

   A thread keeps the rows of an item until they are put together.  Many items
   mostly make as many rows each as the first one, which is then made before
   the others.  Each other item has a place for that many in the rows to be,
   where the thread that took it puts them; only what does not fit its place
   stays with the thread.  Strings need no copy: the arenas change hands
   whole. */
#include "methods/rows_of_items.h"

#include "base/threads.h"

#include <stdlib.h>
#include <string.h>

enum
{
  MANY_ITEMS = 64
};

/* What an item made: rows in its place, or [row, row + n_rows) of those of a
   thread; its remarks there. */
struct made
{
  size_t thread, row, n_rows, remark, n_remarks;
  bool in_place;
};

struct part
{
  struct rx_rows rows;
  char apart[64]; /* threads write to no cache line in common */
};

struct parts
{
  rx_rows_item *fn;
  const void *context;
  struct part *part; /* [thread] */
  size_t done;       /* items made before */
  struct made *made; /* [item - done] */
  size_t each;       /* rows of a place */
  struct rx_row *place;
};

static enum rx_status
make_item (void *context, size_t i, size_t thread, struct rx_error *err)
{
  struct parts *parts = context;
  struct rx_rows *rows = &parts->part[thread].rows;
  struct made *made = &parts->made[i];
  *made = (struct made){ .thread = thread,
                         .row = rows->n,
                         .remark = rows->n_remarks };
  enum rx_status status
      = parts->fn (parts->context, parts->done + i, rows, err);
  made->n_rows = rows->n - made->row;
  made->n_remarks = rows->n_remarks - made->remark;
  made->in_place = made->n_rows == parts->each;
  if (made->in_place && made->n_rows > 0)
    {
      memcpy (parts->place + i * parts->each, rows->row + made->row,
              made->n_rows * sizeof *rows->row);
      rows->n = made->row;
    }
  return status;
}

/* All rows, where some are not in their place. */
static enum rx_status
rearrange (const struct parts *parts, size_t n, struct rx_rows *rows,
           struct rx_error *err)
{
  struct rx_row *all = NULL;
  size_t room = 0, total = rows->n;
  for (size_t i = 0; i < n; i++)
    total += parts->made[i].n_rows;
  if (rx_reserve (&all, &room, total + 1, sizeof *all, err) != RX_OK)
    return err->status;
  if (rows->n > 0)
    memcpy (all, rows->row, rows->n * sizeof *all);
  for (size_t i = 0; i < n; i++)
    {
      const struct made *made = &parts->made[i];
      if (made->n_rows == 0)
        continue;
      const struct rx_row *from
          = made->in_place ? parts->place + i * parts->each
                           : parts->part[made->thread].rows.row + made->row;
      memcpy (all + rows->n, from, made->n_rows * sizeof *all);
      rows->n += made->n_rows;
    }
  free (rows->row);
  rows->row = all;
  rows->room = room;
  return RX_OK;
}

static enum rx_status
take_remarks (const struct made *made, const struct rx_rows *part,
              struct rx_rows *rows, struct rx_error *err)
{
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
put_together (const struct parts *parts, size_t n, size_t n_threads,
              struct rx_rows *rows, struct rx_error *err)
{
  bool in_place = true;
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < n; i++)
    in_place = in_place && parts->made[i].in_place;
  if (in_place)
    rows->n += n * parts->each;
  else
    status = rearrange (parts, n, rows, err);
  for (size_t t = 0; t < n_threads; t++)
    {
      struct rx_rows *part = &parts->part[t].rows;
      rows->synthetic = rows->synthetic || part->synthetic;
      rx_strings_take (&rows->strings, &part->strings);
    }
  for (size_t i = 0; i < n && status == RX_OK; i++)
    status = take_remarks (
        &parts->made[i], &parts->part[parts->made[i].thread].rows, rows, err);
  return status;
}

/* The n items that are not done, on several threads. */
static enum rx_status
make_others (struct parts *parts, size_t n, struct rx_rows *rows,
             struct rx_error *err)
{
  size_t n_threads = rx_threads ();
  enum rx_status status
      = rx_reserve (&rows->row, &rows->room, rows->n + n * parts->each,
                    sizeof *rows->row, err);
  if (status == RX_OK && parts->each > 0)
    parts->place = rows->row + rows->n;
  parts->part = rx_array (n_threads, sizeof *parts->part);
  parts->made = rx_array (n, sizeof *parts->made);
  if (status == RX_OK && (parts->part == NULL || parts->made == NULL))
    status = rx_fail_memory (err);
  for (size_t t = 0; t < n_threads && status == RX_OK; t++)
    {
      struct rx_rows *part = &parts->part[t].rows;
      part->study = rows->study;
      part->analysis = rows->analysis;
      part->origin = rows->origin;
      part->note = rows->note;
    }
  if (status == RX_OK)
    status = rx_threads_for (n, n_threads, make_item, parts, err);
  if (status == RX_OK)
    status = put_together (parts, n, n_threads, rows, err);
  for (size_t t = 0; parts->part != NULL && t < n_threads; t++)
    rx_rows_free (&parts->part[t].rows);
  free (parts->part);
  free (parts->made);
  return status;
}

enum rx_status
rx_rows_of_items (size_t n_items, rx_rows_item *fn, const void *context,
                  struct rx_rows *rows, struct rx_error *err)
{
  size_t n = rows->n, n_remarks = rows->n_remarks;
  struct parts parts = { .fn = fn,
                         .context = context,
                         .done = n_items >= MANY_ITEMS ? 1 : 0 };
  enum rx_status status = RX_OK;
  if (parts.done > 0)
    status = fn (context, 0, rows, err);
  parts.each = rows->n - n;
  if (status == RX_OK)
    status = make_others (&parts, n_items - parts.done, rows, err);
  if (status != RX_OK)
    {
      rows->n = n;
      rows->n_remarks = n_remarks;
    }
  return status;
}
