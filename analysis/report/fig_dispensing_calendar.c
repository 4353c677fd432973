/* fig_dispensing_calendar.c: the dispensings of every day, a small square
   each, weeks from left to right and a panel per year. */
#include "report/figure_data.h"

#include <string.h>

static const char columns[] = "date dispensings";

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  struct rx_text *tsv = NULL;
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (strcmp (row->method, "dispensing-calendar") != 0)
        continue;
      if (tsv == NULL)
        tsv = rx_picture_add (out, "", columns, err);
      if (tsv == NULL)
        return err->status;
      rx_picture_text (tsv, row->term);
      rx_picture_number (tsv, row->estimate);
      rx_picture_end_row (tsv);
    }
  return RX_OK;
}

const struct rx_figure rx_fig_dispensing_calendar = {
  .name = "dispensing-calendar",
  .title = "Dispensings of every day as a calendar",
  .columns = columns,
  .methods = (const char *const[]){ "dispensing-calendar", NULL },
  .build = build,
};
