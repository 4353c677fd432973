/* fig_power_curve.c: the power of a trial against its size, or against what is
   not known of it, method by method: the rows `power` of `recross power
   --curve`.  What varies beside the size stands in the note, as
   curve=cv; cv=0.25. */
#include "report/figure_data.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

static const char columns[] = "method axis x power";

/* The place of a row on the horizontal axis: its total, or what was varied. */
static const char *
place (const struct rx_row *row, double *x, struct rx_strings *strings)
{
  const char *axis = rx_note_value (row->note, "curve", strings);
  *x = row->n;
  if (axis == NULL || strcmp (axis, "n") == 0)
    return "n";
  const char *value = rx_note_value (row->note, axis, strings);
  if (value == NULL || !rx_number_readz (value, x))
    *x = NAN;
  return axis;
}

/* One picture for each axis: sizes and variations share none. */
static enum rx_status
build_axis (const struct rx_rows *rows, const char *axis,
            struct rx_pictures *out, struct rx_error *err)
{
  struct rx_text *tsv = rx_picture_add (out, axis, columns, err);
  if (tsv == NULL)
    return err->status;
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      double x;
      if (strcmp (row->term, "power") != 0
          || strcmp (place (row, &x, &out->strings), axis) != 0)
        continue;
      rx_picture_text (tsv, row->method);
      rx_picture_text (tsv, axis);
      rx_picture_number (tsv, x);
      rx_picture_number (tsv, row->estimate);
      rx_picture_end_row (tsv);
    }
  return RX_OK;
}

/* Has a picture of that axis been begun? */
static bool
is_begun (const struct rx_pictures *out, const char *axis)
{
  for (size_t i = 0; i < out->n; i++)
    if (strcmp (out->picture[i].part, axis) == 0)
      return true;
  return false;
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      double x;
      if (strcmp (row->term, "power") != 0 || isnan (row->estimate))
        continue;
      const char *axis = place (row, &x, &out->strings);
      if (!is_begun (out, axis) && build_axis (rows, axis, out, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_figure rx_fig_power_curve = {
  .name = "power-curve",
  .title = "Power against the size of a trial, or against what is not known",
  .columns = columns,
  .methods = (const char *const[]){ NULL },
  .build = build,
};
