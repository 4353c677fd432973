/* fig_dispensing_calendar.c: the dispensings of every day, a small square
   each, weeks from left to right and a panel per year. */
#include "report/figure_data.h"

#include <string.h>

static const char columns[] = "date dispensings";

static bool
draws (const struct rx_row *row)
{
  return strcmp (row->method, "dispensing-calendar") == 0;
}

static void
add (struct rx_text *tsv, const struct rx_rows *rows, size_t at,
     struct rx_strings *strings)
{
  const struct rx_row *row = &rows->row[at];
  (void)strings;
  rx_picture_text (tsv, row->term);
  rx_picture_number (tsv, row->estimate);
}

const struct rx_figure rx_fig_dispensing_calendar = {
  .name = "dispensing-calendar",
  .title = "Dispensings of every day as a calendar",
  .columns = columns,
  .methods = (const char *const[]){ "dispensing-calendar", NULL },
  .draws = draws,
  .add = add,
};
