/* fig_forest.c: a forest plot: the studies of a meta-analysis, and for every
   model the pooled result with its prediction interval.

   Studies are rows of the method `study`; a model is a method with a row
   `pooled`, whose rows q, i2 and tau2 are written beneath it. */
#include "report/figure_data.h"

#include "methods/method.h"

#include <math.h>
#include <string.h>

static const char columns[]
    = "kind label method n estimate std_error conf_low "
      "conf_high conf_level p_value q q_df q_p i2 tau2 scale";

static bool
same_endpoint (const struct rx_row *a, const struct rx_row *b)
{
  return strcmp (a->endpoint, b->endpoint) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->group, b->group) == 0;
}

/* Is the bare word among those of a note? */
static bool
has_word (const char *note, const char *word)
{
  size_t length = strlen (word);
  for (const char *s = note; *s != '\0';)
    {
      size_t n = strcspn (s, ";");
      if (n == length && strncmp (s, word, n) == 0)
        return true;
      s += n;
      s += strspn (s, "; ");
    }
  return false;
}

/* The row of the same model with that term; NULL when there is none. */
static const struct rx_row *
term_of (const struct rx_rows *rows, const struct rx_row *model,
         const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].term, term) == 0
        && strcmp (rows->row[i].method, model->method) == 0
        && same_endpoint (&rows->row[i], model))
      return &rows->row[i];
  return NULL;
}

static double
estimate_of (const struct rx_rows *rows, const struct rx_row *model,
             const char *term)
{
  const struct rx_row *row = rows != NULL ? term_of (rows, model, term) : NULL;
  return row != NULL ? row->estimate : NAN;
}

/* A method goes by its title here, as readers know it. */
static const char *
title_of (const char *name)
{
  const struct rx_method *method = rx_method_find (name);
  return method != NULL ? method->title : name;
}

/* The numbers of a row, then those of the model around it (NULL: none). */
static void
add_row (struct rx_text *tsv, const char *kind, const char *label,
         const struct rx_row *row, const struct rx_rows *model)
{
  const struct rx_row *q = model != NULL ? term_of (model, row, "q") : NULL;
  /* the tau2 of a fixed effect is 0 by assumption: not worth drawing */
  bool is_random = model != NULL && term_of (model, row, "prediction") != NULL;
  rx_picture_text (tsv, kind);
  rx_picture_text (tsv, label);
  rx_picture_text (tsv, row->method);
  rx_picture_number (tsv, row->n);
  rx_picture_number (tsv, row->estimate);
  rx_picture_number (tsv, row->std_error);
  rx_picture_number (tsv, row->conf_low);
  rx_picture_number (tsv, row->conf_high);
  rx_picture_number (tsv, row->conf_level);
  rx_picture_number (tsv, row->p_value);
  rx_picture_number (tsv, q != NULL ? q->statistic : NAN);
  rx_picture_number (tsv, q != NULL ? q->df : NAN);
  rx_picture_number (tsv, q != NULL ? q->p_value : NAN);
  rx_picture_number (tsv, estimate_of (model, row, "i2"));
  rx_picture_number (tsv, is_random ? estimate_of (model, row, "tau2") : NAN);
  rx_picture_text (tsv, has_word (row->note, "log") ? "log" : "-");
  rx_picture_end_row (tsv);
}

/* Studies first, models after them, each model with its prediction. */
static void
add_endpoint (struct rx_text *tsv, const struct rx_rows *rows,
              const struct rx_row *first)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].method, "study") == 0
        && same_endpoint (&rows->row[i], first))
      add_row (tsv, "study", rows->row[i].term, &rows->row[i], NULL);
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (strcmp (row->term, "pooled") != 0 || !same_endpoint (row, first))
        continue;
      const struct rx_row *prediction = term_of (rows, row, "prediction");
      add_row (tsv, "pooled", title_of (row->method), row, rows);
      if (prediction != NULL && !isnan (prediction->conf_low))
        add_row (tsv, "prediction", "prediction interval", prediction, NULL);
    }
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      bool drawn = strcmp (row->method, "study") != 0;
      for (size_t j = 0; j < i && !drawn; j++)
        drawn = strcmp (rows->row[j].method, "study") == 0
                && same_endpoint (&rows->row[j], row);
      if (drawn)
        continue;
      struct rx_text *tsv = rx_picture_add (out, row->endpoint, columns, err);
      if (tsv == NULL)
        return err->status;
      add_endpoint (tsv, rows, row);
    }
  return RX_OK;
}

const struct rx_figure rx_fig_forest = {
  .name = "forest",
  .title = "Studies and their pooled results, a forest plot",
  .columns = columns,
  .methods = (const char *const[]){ "study", NULL },
  .build = build,
};
