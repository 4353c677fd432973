/* fig_printed_effects.c: printed differences with the intervals that
   `reconstruct` finds behind them, and how far the rounding of the print could
   move the ends of these.

   Where a figure is printed as a bound (p < 0.01) there is no interval, only
   what holds every one that it can be: from the least lower to the greatest
   upper end. */
#include "report/figure_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char columns[] = "study endpoint n estimate conf_low conf_high "
                              "conf_level least most p_value note";

/* The row of the same study and endpoint with that term; NULL. */
static const struct rx_row *
find (const struct rx_rows *rows, const struct rx_row *like, const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (strcmp (row->method, like->method) == 0
          && strcmp (row->study, like->study) == 0
          && strcmp (row->endpoint, like->endpoint) == 0
          && strcmp (row->term, term) == 0)
        return row;
    }
  return NULL;
}

/* An end that is not bounded is not drawn. */
static double
end_of (double end)
{
  return isfinite (end) ? end : NAN;
}

static bool
draws (const struct rx_row *row)
{
  return strcmp (row->method, "reconstruct") == 0
         && strcmp (row->term, "difference") == 0;
}

static void
add (struct rx_text *tsv, const struct rx_rows *rows, size_t at,
     struct rx_strings *strings)
{
  const struct rx_row *row = &rows->row[at];
  (void)strings;
  const struct rx_row *low = find (rows, row, "ci-low");
  const struct rx_row *high = find (rows, row, "ci-high");
  rx_picture_text (tsv, row->study);
  rx_picture_text (tsv, row->endpoint);
  rx_picture_number (tsv, row->n);
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, row->conf_low);
  rx_picture_number (tsv, row->conf_high);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_number (tsv, low != NULL ? end_of (low->conf_low) : NAN);
  rx_picture_number (tsv, high != NULL ? end_of (high->conf_high) : NAN);
  rx_picture_number (tsv, row->p_value);
  rx_picture_text (tsv, row->note);
}

const struct rx_figure rx_fig_printed_effects = {
  .name = "printed-effects",
  .title = "Printed differences with the intervals behind them",
  .columns = columns,
  .methods = (const char *const[]){ "reconstruct", NULL },
  .draws = draws,
  .add = add,
};
