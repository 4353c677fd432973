/* fig_its.c: an interrupted time series: the points, what the model expects,
   and from the interruption on what it expects without.

   Rows of the method `counterfactual`: observed:T, fitted:T, counterfactual:T,
   point by point; T is the number of the point, and its time and model are in
   the note. */
#include "report/figure_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char columns[]
    = "endpoint per model point time observed fitted fitted_low fitted_high "
      "counterfactual counterfactual_low counterfactual_high conf_level "
      "interruption";

/* What is known of one point. */
struct point
{
  const struct rx_row *observed, *fitted, *without;
  const char *number; /* of the point, as in the terms */
};

/* The number behind the colon where the term begins with `what:`. */
static const char *
number_of (const char *term, const char *what)
{
  size_t length = strlen (what);
  return strncmp (term, what, length) == 0 && term[length] == ':'
             ? term + length + 1
             : NULL;
}

/* Where the row belongs in the point, NULL where it is none of these. */
static const struct rx_row **
place_of (struct point *point, const struct rx_row *row, const char **number)
{
  const struct
  {
    const char *what;
    const struct rx_row **place;
  } places[] = { { "observed", &point->observed },
                 { "fitted", &point->fitted },
                 { "counterfactual", &point->without } };
  if (strcmp (row->method, "counterfactual") != 0)
    return NULL;
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    {
      *number = number_of (row->term, places[i].what);
      if (*number != NULL)
        return places[i].place;
    }
  return NULL;
}

static void
add_interval (struct rx_text *tsv, const struct rx_row *row)
{
  rx_picture_number (tsv, row != NULL ? row->estimate : NAN);
  rx_picture_number (tsv, row != NULL ? row->conf_low : NAN);
  rx_picture_number (tsv, row != NULL ? row->conf_high : NAN);
}

/* Is it the first point after an interruption? */
static bool
is_interruption (const char *note)
{
  static const char word[] = "interruption";
  size_t length = strlen (note);
  return length >= strlen (word)
         && strcmp (note + length - strlen (word), word) == 0;
}

static void
add_point (struct rx_text *tsv, const struct point *point,
           struct rx_strings *strings)
{
  const struct rx_row *row = point->fitted;
  const char *model = rx_note_value (row->note, "model", strings);
  const char *per = rx_note_value (row->note, "per", strings);
  const char *time = rx_note_value (row->note, "time", strings);
  rx_picture_text (tsv, row->endpoint);
  rx_picture_text (tsv, per != NULL ? per : "NA");
  rx_picture_text (tsv, model != NULL ? model : "NA");
  rx_picture_text (tsv, point->number);
  rx_picture_text (tsv, time != NULL ? time : point->number);
  rx_picture_number (tsv, point->observed != NULL ? point->observed->estimate
                                                  : NAN);
  add_interval (tsv, row);
  add_interval (tsv, point->without);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_number (tsv, is_interruption (row->note));
  rx_picture_end_row (tsv);
}

/* The points of one endpoint, from row `from` on; *to is the row after. */
static enum rx_status
build_series (const struct rx_rows *rows, size_t from, size_t *to,
              struct rx_pictures *out, struct rx_error *err)
{
  const struct rx_row *row = rows->row;
  struct rx_text *tsv = NULL;
  struct rx_strings strings = { 0 };
  struct point point = { .number = NULL };
  enum rx_status status = RX_OK;
  *to = from;
  while (*to < rows->n && strcmp (row[*to].endpoint, row[from].endpoint) == 0)
    ++*to;
  for (size_t i = from; i <= *to && status == RX_OK; i++)
    {
      const char *number = NULL;
      const struct rx_row **place
          = i < *to ? place_of (&point, &row[i], &number) : NULL;
      if (i < *to && place == NULL)
        continue;
      if (point.fitted != NULL
          && (place == NULL || strcmp (number, point.number) != 0))
        {
          if (tsv == NULL)
            tsv = rx_picture_add (out, row[from].endpoint, columns, err);
          if (tsv == NULL)
            status = err->status;
          else
            add_point (tsv, &point, &strings);
          point = (struct point){ .number = NULL };
        }
      if (place != NULL)
        {
          *place = &row[i];
          point.number = number;
        }
    }
  rx_strings_free (&strings);
  return status;
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t from = 0, to; from < rows->n && status == RX_OK; from = to)
    status = build_series (rows, from, &to, out, err);
  return status;
}

const struct rx_figure rx_fig_its = {
  .name = "its",
  .title = "An interrupted series with and without its interruptions",
  .columns = columns,
  .methods = (const char *const[]){ "counterfactual", NULL },
  .build = build,
};
