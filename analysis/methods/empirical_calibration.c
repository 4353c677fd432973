/* empirical_calibration.c: what the negative controls say about all others.

   A negative control is an outcome that the index drug cannot change: whatever
   change it shows is bias, beyond its standard error.  For each method,
   measure, group and term with a standard error, the effects y_i of the
   controls with their standard errors s_i are taken as y_i ~ N (mu, sigma^2 +
   s_i^2), mu and sigma >= 0 by maximum likelihood (rows `null-mean`,
   `null-sd`).  The effect y of another outcome, standard error s, is then held
   against that null:

     z = (y - mu) / sqrt (sigma^2 + s^2),  p = 2 min (Phi (z), Phi (-z))

   (Schuemie et al. 2014, Stat Med 33:209-218; mu and sigma are taken as
   known). The estimate of the row is y - mu and its standard error the root;
   its interval assumes that the bias is the same where there is an effect.

   By hand: controls 1, 2, 3 with standard errors so small that they do not
   matter give mu 2, sigma 0.8165; y = 4 has z = 2.449, p = 0.0143. */
#include "methods/fill.h"

#include "stats/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "empirical-calibration";
static const char CONTROLS[] = "negative controls"; /* the endpoint of the null
                                                     */

enum
{
  CONTROLS_LEAST = 3 /* fewer say next to nothing about sigma */
};

struct null_fit
{
  double *y, *v;      /* [k] effects and variances of the controls */
  size_t k, left_out; /* left out: without a standard error above 0 */
  double mean, se, sd;
};

static enum rx_control
control_of (const struct rx_before_after *design, const char *outcome)
{
  for (size_t o = 0; o < design->n_outcomes; o++)
    if (strcmp (design->outcomes[o].name, outcome) == 0)
      return design->outcomes[o].control;
  return RX_CONTROL_NONE;
}

static bool
same_family (const struct rx_row *a, const struct rx_row *b)
{
  return strcmp (a->method, b->method) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->group, b->group) == 0 && strcmp (a->term, b->term) == 0;
}

/* Is it the first row of a family whose rows have standard errors? */
static bool
begins (const struct rx_row *row, size_t first, size_t at, size_t end)
{
  bool any = false;
  if (!row[at].is_effect || strcmp (row[at].method, NAME) == 0)
    return false;
  for (size_t i = first; i < at; i++)
    if (row[i].is_effect && same_family (&row[i], &row[at]))
      return false;
  for (size_t i = at; i < end && !any; i++)
    any = row[i].is_effect && same_family (&row[i], &row[at])
          && !isnan (row[i].std_error);
  return any;
}

/* Collects the controls of the family of row[at], and fits them. */
static enum rx_status
fit (const struct rx_before_after *design, const struct rx_row *row, size_t at,
     size_t end, struct null_fit *null, struct rx_error *err)
{
  *null = (struct null_fit){ .mean = NAN, .se = NAN, .sd = NAN };
  null->y = rx_array (design->n_outcomes, sizeof *null->y);
  null->v = rx_array (design->n_outcomes, sizeof *null->v);
  if (null->y == NULL || null->v == NULL)
    return rx_fail_memory (err);
  for (size_t i = at; i < end; i++)
    {
      if (!row[i].is_effect || !same_family (&row[i], &row[at])
          || control_of (design, row[i].endpoint) != RX_CONTROL_NEGATIVE)
        continue;
      bool usable = row[i].std_error > 0 && !isnan (row[i].estimate);
      null->left_out += !usable;
      if (!usable)
        continue;
      null->y[null->k] = row[i].estimate;
      null->v[null->k++] = row[i].std_error * row[i].std_error;
    }
  if (null->k < CONTROLS_LEAST)
    return RX_OK;
  struct rx_studies studies = { null->y, null->v, null->k };
  const struct rx_pool_spec spec = { .tau2 = rx_tau2_ml, .level = 0.95 };
  struct rx_pool pool = rx_pool_studies (studies, &spec);
  null->mean = pool.mean;
  null->se = pool.se;
  null->sd = sqrt (pool.tau2);
  return RX_OK;
}

static void
note_controls (struct rx_note *note, const struct null_fit *null)
{
  if (null->k < CONTROLS_LEAST)
    rx_note_add (note, "too-few-controls=%zu", null->k);
  else
    rx_note_add (note, "controls=%zu", null->k);
  if (null->left_out > 0)
    rx_note_add (note, "controls-left-out=%zu", null->left_out);
}

/* "paired-t" of a change, "difference-in-differences x4+ - x1" of another
   term. */
static const char *
source_of (const struct rx_row *row, struct rx_strings *strings)
{
  bool is_change = strcmp (row->term, "change") == 0;
  return rx_strings_format (strings, "%s%s%s", row->method,
                            is_change ? "" : " ", is_change ? "" : row->term);
}

static enum rx_status
add (struct rx_rows *rows, struct rx_row row, const struct rx_row *like,
     const char *endpoint, const char *what, const char *source,
     const struct rx_note *note, struct rx_error *err)
{
  row.endpoint = endpoint;
  row.measure = like->measure;
  row.group = like->group;
  row.method = NAME;
  row.term = rx_strings_format (&rows->strings, "%s%s", what, source);
  row.note = note->text;
  return row.term == NULL ? rx_fail_memory (err)
                          : rx_rows_add (rows, &row, err);
}

static enum rx_status
add_null (struct rx_rows *rows, const struct rx_row *like, const char *source,
          const struct null_fit *null, double level, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row mean = rx_row_blank (), sd = rx_row_blank ();
  double statistic, p;
  note_controls (&note, null);
  mean.n = sd.n = (double)null->k;
  mean.estimate = null->mean;
  mean.std_error = null->se;
  mean.conf_level = level;
  rx_pool_test (null->mean, null->se, NAN, level, &statistic, &p,
                &mean.conf_low, &mean.conf_high);
  sd.estimate = null->sd;
  if (add (rows, mean, like, CONTROLS, "null-mean: ", source, &note, err)
      != RX_OK)
    return err->status;
  return add (rows, sd, like, CONTROLS, "null-sd: ", source, &note, err);
}

static enum rx_status
add_calibrated (struct rx_rows *rows, const struct rx_row *like,
                const char *source, const struct null_fit *null,
                enum rx_control control, double level, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  note_controls (&note, null);
  if (control == RX_CONTROL_POSITIVE)
    rx_note_add (&note, "positive-control");
  row.n = like->n;
  row.conf_level = level;
  row.estimate = like->estimate - null->mean;
  row.std_error = hypot (null->sd, like->std_error);
  rx_pool_test (row.estimate, row.std_error, NAN, level, &row.statistic,
                &row.p_value, &row.conf_low, &row.conf_high);
  return add (rows, row, like, like->endpoint, "", source, &note, err);
}

/* The rows of the family that row number `at` begins. */
static enum rx_status
calibrate (const struct rx_before_after *design, size_t at, size_t end,
           double level, struct rx_rows *rows, struct rx_error *err)
{
  struct null_fit null;
  const char *source = source_of (&rows->row[at], &rows->strings);
  if (source == NULL)
    return rx_fail_memory (err);
  enum rx_status status = fit (design, rows->row, at, end, &null, err);
  struct rx_row first = rows->row[at]; /* a copy: rows move when they grow */
  if (status == RX_OK)
    status = add_null (rows, &first, source, &null, level, err);
  for (size_t i = at; i < end && status == RX_OK; i++)
    {
      struct rx_row row = rows->row[i];
      enum rx_control control = control_of (design, row.endpoint);
      if (row.is_effect && same_family (&row, &first)
          && control != RX_CONTROL_NEGATIVE)
        status
            = add_calibrated (rows, &row, source, &null, control, level, err);
    }
  free (null.y);
  free (null.v);
  return status;
}

static enum rx_status
over_rows (const struct rx_before_after *design, size_t first,
           const struct rx_method_options *options, struct rx_rows *rows,
           struct rx_error *err)
{
  size_t end = rows->n;
  enum rx_status status = RX_OK;
  for (size_t i = first; i < end && status == RX_OK; i++)
    if (begins (rows->row, first, i, end))
      status = calibrate (design, i, end, options->level, rows, err);
  return status;
}

static const char *
lacks (const struct rx_before_after *design)
{
  for (size_t o = 0; o < design->n_outcomes; o++)
    if (design->outcomes[o].control == RX_CONTROL_NEGATIVE)
      return NULL;
  return "an outcome with control: negative";
}

const struct rx_method rx_method_empirical_calibration = {
  .name = "empirical-calibration",
  .title = "Effects held against those of the negative controls",
  .source = "Schuemie et al. 2014, Stat Med 33:209-218",
  .words = "A normal distribution was fitted by maximum likelihood to the "
           "effects of the negative controls, given their standard errors, "
           "and the other effects were held against it (empirical "
           "calibration).",
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .lacks = lacks,
  .unasked = true,
  .over_rows = over_rows,
};
