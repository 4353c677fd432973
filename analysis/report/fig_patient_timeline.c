/* fig_patient_timeline.c: the dispensings of one person on an axis of days, a
   bar as long as each lasts, a line of the figure per drug. */
#include "report/figure_data.h"

#include <math.h>
#include <string.h>

static const char columns[] = "drug date day days carried";

/* "dispensing 3/day", told by what stands behind the slash. */
static bool
is_term (const struct rx_row *row, const char *what)
{
  const char *slash = strrchr (row->term, '/');
  return strcmp (row->method, "patient-timeline") == 0 && slash != NULL
         && strcmp (slash + 1, what) == 0;
}

/* The number of the same dispensing under another word. */
static double
sibling (const struct rx_rows *rows, size_t at, const char *what)
{
  size_t stem
      = (size_t)(strrchr (rows->row[at].term, '/') - rows->row[at].term);
  for (size_t i = 0; i < rows->n; i++)
    if (is_term (&rows->row[i], what)
        && strncmp (rows->row[i].term, rows->row[at].term, stem + 1) == 0)
      return rows->row[i].estimate;
  return NAN;
}

static bool
draws (const struct rx_row *row)
{
  return is_term (row, "day");
}

static void
add (struct rx_text *tsv, const struct rx_rows *rows, size_t at,
     struct rx_strings *strings)
{
  const struct rx_row *row = &rows->row[at];
  const char *date = rx_note_value (row->note, "date", strings);
  rx_picture_text (tsv, row->endpoint[0] != '\0' ? row->endpoint : "any drug");
  rx_picture_text (tsv, date != NULL ? date : "");
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, sibling (rows, at, "days"));
  rx_picture_number (tsv, sibling (rows, at, "carried"));
}

const struct rx_figure rx_fig_patient_timeline = {
  .name = "patient-timeline",
  .title = "The dispensings of one person and how long each lasts",
  .columns = columns,
  .methods = (const char *const[]){ "patient-timeline", NULL },
  .draws = draws,
  .add = add,
};
