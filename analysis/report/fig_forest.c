/* fig_forest.c: a forest plot: the studies of a meta-analysis, and for every
   model the pooled result with its prediction interval.

   Studies are rows of the method `study`; a model is a method with a row
   `pooled`, whose rows q, i2 and tau2 are written beneath it.  Weights are
   those of the first method weights-* there is.  Subgroups come one after the
   other, each with its models, and then what was pooled of all, with the
   comparison of the subgroups.  Rows of `leave-one-out` and `cumulative` are
   pictures of their own, with the models of all studies below. */
#include "report/figure_data.h"

#include "methods/method.h"
#include "report/meta_rows.h"

#include <math.h>
#include <string.h>

static const char columns[]
    = "kind label method n estimate std_error conf_low conf_high conf_level "
      "p_value q q_df q_p i2 tau2 weight weight_of scale";

static double
estimate_of (const struct rx_rows *rows, const struct rx_row *model,
             const char *term)
{
  const struct rx_row *row
      = rows != NULL ? rx_meta_term (rows, model, term) : NULL;
  return row != NULL ? row->estimate : NAN;
}

/* A method goes by its title here, as readers know it. */
static const char *
title_of (const char *name)
{
  const struct rx_method *method = rx_method_find (name);
  return method != NULL ? method->title : name;
}

static const char WEIGHTS[] = "weights-";

/* The weight of a study among all; NULL where none was asked for. */
static const struct rx_row *
weight_of (const struct rx_rows *rows, const struct rx_row *study)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      bool same_group
          = strcmp (row->group, "all") == 0 || rx_meta_same_group (row, study);
      if (same_group && rx_meta_same_data (row, study)
          && strncmp (row->method, WEIGHTS, sizeof WEIGHTS - 1) == 0
          && strcmp (row->term, study->term) == 0)
        return row;
    }
  return NULL;
}

static void
add_cells (struct rx_text *tsv, const char *kind, const char *label,
           const struct rx_row *row)
{
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
}

static void
add_end (struct rx_text *tsv, const struct rx_row *weight,
         const struct rx_row *row)
{
  bool has = weight != NULL;
  rx_picture_number (tsv, has ? weight->estimate : NAN);
  rx_picture_text (tsv, has ? weight->method + sizeof WEIGHTS - 1 : "-");
  rx_picture_text (tsv, rx_meta_has_word (row->note, "log") ? "log" : "-");
  rx_picture_end_row (tsv);
}

/* The numbers of a row, then those of the model around it (NULL: none). */
static void
add_row (struct rx_text *tsv, const char *kind, const char *label,
         const struct rx_row *row, const struct rx_rows *model,
         const struct rx_row *weight)
{
  const struct rx_row *q
      = model != NULL ? rx_meta_term (model, row, "q") : NULL;
  /* the tau2 of a fixed effect is 0 by assumption: not worth drawing */
  bool is_random
      = model != NULL && rx_meta_term (model, row, "prediction") != NULL;
  add_cells (tsv, kind, label, row);
  rx_picture_number (tsv, q != NULL ? q->statistic : NAN);
  rx_picture_number (tsv, q != NULL ? q->df : NAN);
  rx_picture_number (tsv, q != NULL ? q->p_value : NAN);
  rx_picture_number (tsv, estimate_of (model, row, "i2"));
  rx_picture_number (tsv, is_random ? estimate_of (model, row, "tau2") : NAN);
  add_end (tsv, weight, row);
}

/* A line of words alone. */
static void
add_words (struct rx_text *tsv, const char *kind, const char *label,
           const struct rx_row *q)
{
  struct rx_row blank = rx_row_blank ();
  blank.method = q != NULL ? q->method : "";
  add_cells (tsv, kind, label, &blank);
  rx_picture_number (tsv, q != NULL ? q->statistic : NAN);
  rx_picture_number (tsv, q != NULL ? q->df : NAN);
  rx_picture_number (tsv, q != NULL ? q->p_value : NAN);
  rx_picture_number (tsv, NAN);
  rx_picture_number (tsv, NAN);
  add_end (tsv, NULL, &blank);
}

/* Each model of a group with its prediction, and with `between` how its
   subgroups compare. */
static void
add_models (struct rx_text *tsv, const struct rx_rows *rows,
            const struct rx_row *of, const char *group, bool between)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (strcmp (row->term, "pooled") != 0 || !rx_meta_same_data (row, of)
          || strcmp (row->group, group) != 0)
        continue;
      const struct rx_row *prediction = rx_meta_term (rows, row, "prediction");
      const struct rx_row *q
          = between ? rx_meta_term (rows, row, "q-between") : NULL;
      add_row (tsv, "pooled", title_of (row->method), row, rows, NULL);
      if (prediction != NULL && !isnan (prediction->conf_low))
        add_row (tsv, "prediction", "prediction interval", prediction, NULL,
                 NULL);
      if (q != NULL && !isnan (q->statistic))
        add_words (tsv, "between", "between subgroups", q);
    }
}

/* Studies first, models after them. */
static void
add_group (struct rx_text *tsv, const struct rx_rows *rows,
           const struct rx_row *first)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (rx_meta_is (row, "study") && rx_meta_same_group (row, first))
        add_row (tsv, "study", row->term, row, NULL, weight_of (rows, row));
    }
  add_models (tsv, rows, first, first->group, false);
}

static bool
is_first (const struct rx_rows *rows, size_t at,
          bool (*same) (const struct rx_row *a, const struct rx_row *b))
{
  for (size_t i = 0; i < at; i++)
    if (rx_meta_is (&rows->row[i], rows->row[at].method)
        && same (&rows->row[i], &rows->row[at]))
      return false;
  return true;
}

static void
add_split (struct rx_text *tsv, const struct rx_rows *rows,
           const struct rx_row *first)
{
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (!rx_meta_is (row, "study") || !rx_meta_same_data (row, first)
          || !is_first (rows, i, rx_meta_same_group))
        continue;
      add_words (tsv, "group", row->group, NULL);
      add_group (tsv, rows, row);
    }
  add_words (tsv, "group", "all studies", NULL);
  add_models (tsv, rows, first, "all", true);
}

/* The mean of some of the studies, again and again. */
struct series
{
  const char *method, *before; /* stands before the study */
};
static const struct series series[] = {
  { "leave-one-out", "without " },
  { "cumulative", "+ " },
};

static enum rx_status
add_series (struct rx_pictures *out, const struct rx_rows *rows,
            const struct rx_row *first, const struct series *of,
            struct rx_error *err)
{
  const char *part = rx_strings_format (&out->strings, "%s %s",
                                        first->endpoint, of->method);
  struct rx_text *tsv
      = part == NULL ? NULL : rx_picture_add (out, part, columns, err);
  if (tsv == NULL)
    return part == NULL ? rx_fail_memory (err) : err->status;
  for (size_t i = 0; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      if (!rx_meta_is (row, of->method) || !rx_meta_same_group (row, first))
        continue;
      struct rx_text label = { 0 };
      rx_text_addz (&label, of->before);
      rx_text_addz (&label, row->term);
      add_row (tsv, "subset", rx_text_string (&label), row, NULL, NULL);
      tsv->failed = tsv->failed || label.failed;
      rx_text_free (&label);
    }
  add_models (tsv, rows, first, first->group, false);
  return tsv->failed ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
add_studies (struct rx_pictures *out, const struct rx_rows *rows,
             const struct rx_row *first, bool split, struct rx_error *err)
{
  bool whole = split || strcmp (first->group, "all") == 0;
  const char *part = whole ? first->endpoint
                           : rx_strings_format (&out->strings, "%s %s",
                                                first->endpoint, first->group);
  struct rx_text *tsv
      = part == NULL ? NULL : rx_picture_add (out, part, columns, err);
  if (tsv == NULL)
    return part == NULL ? rx_fail_memory (err) : err->status;
  if (split)
    add_split (tsv, rows, first);
  else
    add_group (tsv, rows, first);
  return RX_OK;
}

/* The series that the row is of; NULL: none. */
static const struct series *
series_of (const struct rx_row *row)
{
  for (size_t i = 0; i < sizeof series / sizeof series[0]; i++)
    if (rx_meta_is (row, series[i].method))
      return &series[i];
  return NULL;
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < rows->n && status == RX_OK; i++)
    {
      const struct rx_row *row = &rows->row[i];
      const struct series *of = series_of (row);
      bool is_study = rx_meta_is (row, "study");
      bool split = is_study && rx_meta_is_split (rows, row);
      if ((!is_study && of == NULL)
          || !is_first (rows, i,
                        split ? rx_meta_same_data : rx_meta_same_group))
        continue;
      status = is_study ? add_studies (out, rows, row, split, err)
                        : add_series (out, rows, row, of, err);
    }
  return status;
}

const struct rx_figure rx_fig_forest = {
  .name = "forest",
  .title = "Studies and their pooled results, a forest plot",
  .columns = columns,
  .methods = (const char *const[]){ "study", NULL },
  .build = build,
};
