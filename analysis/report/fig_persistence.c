/* fig_persistence.c: the Kaplan-Meier curve of persistence with its interval
   and the persons at risk.  Where both methods are there, the first. */
#include "report/figure_data.h"

#include <stdlib.h>
#include <string.h>

static const char columns[]
    = "day at_risk persistent conf_low conf_high conf_level";

static const char *const drawn[]
    = { "persistence", "persistence-greenwood", NULL };

/* The rows `day N` of one method. */
static enum rx_status
build_method (const struct rx_rows *rows, const char *method,
              struct rx_pictures *out, struct rx_error *err)
{
  struct rx_text *tsv = NULL;
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (strcmp (row->method, method) != 0
          || strncmp (row->term, "day ", 4) != 0)
        continue;
      if (tsv == NULL)
        tsv = rx_picture_add (out, "", columns, err);
      if (tsv == NULL)
        return err->status;
      rx_picture_number (tsv, strtod (row->term + 4, NULL));
      rx_picture_number (tsv, row->n);
      rx_picture_number (tsv, row->estimate);
      rx_picture_number (tsv, row->conf_low);
      rx_picture_number (tsv, row->conf_high);
      rx_picture_number (tsv, row->conf_level);
      rx_picture_end_row (tsv);
    }
  return RX_OK;
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t m = 0; drawn[m] != NULL && out->n == 0 && status == RX_OK; m++)
    status = build_method (rows, drawn[m], out, err);
  return status;
}

const struct rx_figure rx_fig_persistence = {
  .name = "persistence",
  .title = "Share of persons still on treatment, by day",
  .columns = columns,
  .methods = (const char *const[]){ "persistence", NULL },
  .build = build,
};
