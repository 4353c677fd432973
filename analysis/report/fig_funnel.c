/* fig_funnel.c: a funnel plot: the estimates of studies against their standard
   errors.

   Studies are rows of the method `study`.  The first model with a row `pooled`
   is the middle of the funnel; the rows of `egger`, where there are any, are
   the line that its regression fits: estimate = limit + egger x SE. */
#include "report/figure_data.h"

#include "methods/method.h"
#include "report/meta_rows.h"

#include <math.h>
#include <string.h>

static const char columns[] = "kind label estimate std_error slope p_value "
                              "conf_level scale";

static void
add_row (struct rx_text *tsv, const char *kind, const char *label,
         const struct rx_row *row, double slope, double p)
{
  rx_picture_text (tsv, kind);
  rx_picture_text (tsv, label);
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, row->std_error);
  rx_picture_number (tsv, slope);
  rx_picture_number (tsv, p);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_text (tsv, rx_meta_has_word (row->note, "log") ? "log" : "-");
  rx_picture_end_row (tsv);
}

/* The first row of a term that is of the whole that the studies are. */
static const struct rx_row *
first_of (const struct rx_rows *rows, const struct rx_row *study,
          const char *group, const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].term, term) == 0
        && rx_meta_same_data (&rows->row[i], study)
        && strcmp (rows->row[i].group, group) == 0)
      return &rows->row[i];
  return NULL;
}

static void
add_picture (struct rx_text *tsv, const struct rx_rows *rows,
             const struct rx_row *first, bool split)
{
  const char *group = split ? "all" : first->group;
  for (size_t i = 0; i < rows->n; i++)
    if (rx_meta_is (&rows->row[i], "study")
        && (split ? rx_meta_same_data (&rows->row[i], first)
                  : rx_meta_same_group (&rows->row[i], first)))
      add_row (tsv, "study", rows->row[i].term, &rows->row[i], NAN, NAN);
  const struct rx_row *pooled = first_of (rows, first, group, "pooled");
  const struct rx_row *slope = first_of (rows, first, group, "egger");
  const struct rx_row *limit = first_of (rows, first, group, "limit");
  if (pooled != NULL && !isnan (pooled->estimate))
    {
      const struct rx_method *method = rx_method_find (pooled->method);
      add_row (tsv, "pooled", method != NULL ? method->title : pooled->method,
               pooled, NAN, NAN);
    }
  if (slope != NULL && limit != NULL && !isnan (slope->estimate))
    add_row (tsv, "egger", "Egger's regression", limit, slope->estimate,
             slope->p_value);
}

static bool
is_drawn (const struct rx_rows *rows, size_t at, bool split)
{
  for (size_t i = 0; i < at; i++)
    if (rx_meta_is (&rows->row[i], "study")
        && (split ? rx_meta_same_data (&rows->row[i], &rows->row[at])
                  : rx_meta_same_group (&rows->row[i], &rows->row[at])))
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
      if (!rx_meta_is (row, "study"))
        continue;
      bool split = rx_meta_is_split (rows, row);
      if (is_drawn (rows, i, split))
        continue;
      bool whole = split || strcmp (row->group, "all") == 0;
      const char *part = whole ? row->endpoint
                               : rx_strings_format (&out->strings, "%s %s",
                                                    row->endpoint, row->group);
      struct rx_text *tsv
          = part == NULL ? NULL : rx_picture_add (out, part, columns, err);
      if (tsv == NULL)
        return part == NULL ? rx_fail_memory (err) : err->status;
      add_picture (tsv, rows, row, split);
    }
  return RX_OK;
}

const struct rx_figure rx_fig_funnel = {
  .name = "funnel",
  .title = "Estimates of studies against their precision, a funnel plot",
  .columns = columns,
  .methods = (const char *const[]){ "study", NULL },
  .build = build,
};
