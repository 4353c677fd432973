/* fig_symmetry.c: how many persons started the marker drug how many days
   before and after the index drug (rows of `pssa-histogram`), with the ratios
   of the windows (rows of `pssa`). */
#include "report/figure_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char columns[]
    = "kind from to first label value conf_low conf_high conf_level";

/* "days -30 to -1": the two days. */
static bool
read_days (const char *term, long *from, long *to)
{
  static const char word[] = "days ", and[] = " to ";
  char *end;
  if (strncmp (term, word, strlen (word)) != 0)
    return false;
  *from = strtol (term + strlen (word), &end, 10);
  if (strncmp (end, and, strlen (and)) != 0)
    return false;
  *to = strtol (end + strlen (and), &end, 10);
  return *end == '\0';
}

static bool
is_ratio (const struct rx_row *row)
{
  return strcmp (row->method, "pssa") == 0
         && (strcmp (row->term, "crude") == 0
             || strcmp (row->term, "adjusted") == 0);
}

static void
add_row (struct rx_text *tsv, const struct rx_row *row, bool is_bar, long from,
         long to)
{
  struct rx_text label = { 0 };
  if (!is_bar)
    rx_text_addf (&label, "%s ratio", row->term);
  if (!is_bar && strcmp (row->group, "all") != 0)
    rx_text_addf (&label, ", %s", row->group);
  rx_picture_text (tsv, is_bar ? "bar" : "ratio");
  rx_picture_number (tsv, is_bar ? (double)from : NAN);
  rx_picture_number (tsv, is_bar ? (double)to : NAN);
  rx_picture_text (tsv, !is_bar ? "NA" : from > 0 ? "index" : "marker");
  rx_picture_text (tsv, rx_text_string (&label));
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, row->conf_low);
  rx_picture_number (tsv, row->conf_high);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_end_row (tsv);
  tsv->failed = tsv->failed || label.failed;
  rx_text_free (&label);
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  struct rx_text *tsv = NULL;
  bool any = false;
  long from = 0, to = 0;
  for (size_t i = 0; i < rows->n && !any; i++)
    any = strcmp (rows->row[i].method, "pssa-histogram") == 0;
  for (size_t i = 0; any && i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      bool is_bar = strcmp (row->method, "pssa-histogram") == 0
                    && read_days (row->term, &from, &to);
      if (!is_bar && !is_ratio (row))
        continue;
      if (tsv == NULL)
        tsv = rx_picture_add (out, "", columns, err);
      if (tsv == NULL)
        return err->status;
      add_row (tsv, row, is_bar, from, to);
    }
  return RX_OK;
}

const struct rx_figure rx_fig_symmetry = {
  .name = "symmetry",
  .title = "Days between the first dispensings of two drugs",
  .columns = columns,
  .methods = (const char *const[]){ "pssa", "pssa-histogram", NULL },
  .build = build,
};
