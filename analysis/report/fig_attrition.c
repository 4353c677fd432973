/* fig_attrition.c: who is left after each step of a selection, and who is
   dropped by it, as a flow diagram.  Rows of the method `cohort`. */
#include "report/figure_data.h"

#include <stdlib.h>
#include <string.h>

static const char columns[] = "step description persons excluded reason";

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  struct rx_text *tsv = NULL;
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      const char *colon = strstr (row->term, ": ");
      if (strcmp (row->method, "cohort") != 0
          || strncmp (row->term, "step ", 5) != 0 || colon == NULL)
        continue;
      if (tsv == NULL)
        tsv = rx_picture_add (out, "", columns, err);
      if (tsv == NULL)
        return err->status;
      const char *reason = rx_note_value (row->note, "reason", &out->strings);
      rx_picture_number (tsv, strtod (row->term + 5, NULL));
      rx_picture_text (tsv, colon + 2);
      rx_picture_number (tsv, row->n);
      rx_picture_number (tsv, row->estimate);
      rx_picture_text (tsv, reason != NULL ? reason : "");
      rx_picture_end_row (tsv);
    }
  return RX_OK;
}

const struct rx_figure rx_fig_attrition = {
  .name = "attrition",
  .title = "Persons left after each step of the selection, as a flow diagram",
  .columns = columns,
  .methods = (const char *const[]){ "cohort", NULL },
  .build = build,
};
