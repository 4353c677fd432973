/* fig_attrition.c: who is left after each step of a selection, and who is
   dropped by it, as a flow diagram.  Rows of the method `cohort`. */
#include "report/figure_data.h"

#include <stdlib.h>
#include <string.h>

static const char columns[] = "step description persons excluded reason";

/* "step 3: age from 18"; what the step is stands behind the colon. */
static bool
draws (const struct rx_row *row)
{
  return strcmp (row->method, "cohort") == 0
         && strncmp (row->term, "step ", 5) == 0
         && strstr (row->term, ": ") != NULL;
}

static void
add (struct rx_text *tsv, const struct rx_rows *rows, size_t at,
     struct rx_strings *strings)
{
  const struct rx_row *row = &rows->row[at];
  const char *reason = rx_note_value (row->note, "reason", strings);
  rx_picture_number (tsv, strtod (row->term + 5, NULL));
  rx_picture_text (tsv, strstr (row->term, ": ") + 2);
  rx_picture_number (tsv, row->n);
  rx_picture_number (tsv, row->estimate);
  rx_picture_text (tsv, reason != NULL ? reason : "");
}

const struct rx_figure rx_fig_attrition = {
  .name = "attrition",
  .title = "Persons left after each step of the selection, as a flow diagram",
  .columns = columns,
  .methods = (const char *const[]){ "cohort", NULL },
  .draws = draws,
  .add = add,
};
