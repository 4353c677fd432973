/* fig_specification_curve.c: one effect under every specification of an
   analysis, from the least to the greatest, and below it which choices each
   one made (Simonsohn, Simmons & Nelson 2020, Nat Hum Behav 4:1208-1214).

   A specification's rows bear the word `specification` in their note, and the
   choices before=, after= and guard=.  Drawn are those with a p-value; a
   picture holds one endpoint, measure, term and scale, whose methods and
   groups are choices too. */
#include "report/figure_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char columns[] = "endpoint measure term scale windows guard "
                              "method group n estimate conf_low conf_high "
                              "conf_level p_value";

static bool
has_word (const char *note, const char *word)
{
  size_t n = strlen (word);
  for (const char *at = note; at != NULL; at = strstr (at, "; "))
    {
      at += at == note ? 0 : 2;
      if (strncmp (at, word, n) == 0 && (at[n] == '\0' || at[n] == ';'))
        return true;
    }
  return false;
}

/* Logarithms and percents share no axis with plain numbers. */
static const char *
scale_of (const struct rx_row *row)
{
  return has_word (row->note, "log")       ? "log"
         : has_word (row->note, "percent") ? "percent"
                                           : "";
}

static bool
is_drawn (const struct rx_row *row)
{
  return has_word (row->note, "specification") && !isnan (row->estimate)
         && !isnan (row->p_value);
}

static bool
same_picture (const struct rx_row *a, const struct rx_row *b)
{
  return strcmp (a->endpoint, b->endpoint) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->term, b->term) == 0
         && strcmp (scale_of (a), scale_of (b)) == 0;
}

static int
by_estimate (const void *a, const void *b)
{
  const struct rx_row *x = *(const struct rx_row *const *)a;
  const struct rx_row *y = *(const struct rx_row *const *)b;
  if (x->estimate != y->estimate)
    return x->estimate < y->estimate ? -1 : 1;
  return (x > y) - (x < y); /* as they came */
}

/* "-365:-1" as "-365 to -1". */
static void
add_days (struct rx_text *out, const char *days)
{
  const char *colon = strchr (days, ':');
  if (colon == NULL)
    {
      rx_text_addz (out, days);
      return;
    }
  rx_text_add (out, days, (size_t)(colon - days));
  rx_text_addf (out, " to %s", colon + 1);
}

static void
add_row (struct rx_text *tsv, const struct rx_row *row,
         struct rx_strings *strings)
{
  struct rx_text windows = { 0 };
  const char *before = rx_note_value (row->note, "before", strings);
  const char *after = rx_note_value (row->note, "after", strings);
  const char *guard = rx_note_value (row->note, "guard", strings);
  add_days (&windows, before != NULL ? before : "NA");
  rx_text_addz (&windows, " v ");
  add_days (&windows, after != NULL ? after : "NA");
  rx_picture_text (tsv, row->endpoint);
  rx_picture_text (tsv, row->measure);
  rx_picture_text (tsv, row->term);
  rx_picture_text (tsv, scale_of (row));
  rx_picture_text (tsv, rx_text_string (&windows));
  rx_picture_text (tsv, guard != NULL ? guard : "NA");
  rx_picture_text (tsv, row->method);
  rx_picture_text (tsv, row->group);
  rx_picture_number (tsv, row->n);
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, row->conf_low);
  rx_picture_number (tsv, row->conf_high);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_number (tsv, row->p_value);
  rx_picture_end_row (tsv);
  tsv->failed = tsv->failed || windows.failed;
  rx_text_free (&windows);
}

/* The picture that waiting[first] begins; its rows wait no longer. */
static enum rx_status
draw (const struct rx_row **waiting, size_t n, size_t first,
      const struct rx_row **some, struct rx_pictures *out,
      struct rx_error *err)
{
  struct rx_text part = { 0 };
  size_t k = 0;
  const struct rx_row *like = waiting[first];
  for (size_t i = first; i < n; i++)
    if (waiting[i] != NULL && same_picture (waiting[i], like))
      {
        some[k++] = waiting[i];
        waiting[i] = NULL;
      }
  qsort (some, k, sizeof *some, by_estimate);
  rx_text_addf (&part, "%s-%s-%s", like->endpoint, like->measure, like->term);
  if (scale_of (like)[0] != '\0')
    rx_text_addf (&part, "-%s", scale_of (like));
  struct rx_text *tsv
      = part.failed
            ? NULL
            : rx_picture_add (out, rx_text_string (&part), columns, err);
  bool failed = part.failed;
  rx_text_free (&part);
  if (tsv == NULL)
    return failed ? rx_fail_memory (err) : err->status;
  for (size_t i = 0; i < k; i++)
    add_row (tsv, some[i], &out->strings);
  return RX_OK;
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  size_t n = 0;
  const struct rx_row **waiting = rx_array (rows->n, sizeof *waiting);
  const struct rx_row **some = rx_array (rows->n, sizeof *some);
  enum rx_status status = RX_OK;
  if (waiting == NULL || some == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; status == RX_OK && i < rows->n; i++)
    if (is_drawn (&rows->row[i]))
      waiting[n++] = &rows->row[i];
  for (size_t i = 0; status == RX_OK && i < n; i++)
    if (waiting[i] != NULL)
      status = draw (waiting, n, i, some, out, err);
  free (waiting);
  free (some);
  return status;
}

const struct rx_figure rx_fig_specification_curve = {
  .name = "specification-curve",
  .title = "An effect under every specification, and the choices of each",
  .columns = columns,
  .methods = (const char *const[]){ NULL },
  .variants = true,
  .build = build,
};
