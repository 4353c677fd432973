/* linear_model.c: the columns of a crossover model and the rows of its terms.

   Every observed response is a row of the model; a subject may have any
   number of them.  Columns are indicators: of the sequences but the first, of
   the periods but the first, of the treatments but the reference. */
#include "methods/linear_model.h"

#include <math.h>
#include <stdlib.h>

void
rx_linear_model_free (struct rx_linear_model *model)
{
  free (model->x);
  free (model->y);
  free (model->first);
  *model = (struct rx_linear_model){ 0 };
}

/* Places of the columns; returns how many there are. */
static size_t
lay_out (struct rx_linear_model *model, const struct rx_crossover *d,
         enum rx_linear_subjects subjects, bool sequence)
{
  size_t at = 0;
  if (subjects == RX_SUBJECTS_RANDOM)
    {
      model->sequence_at = 1;
      model->n_sequences = sequence ? d->n_sequences - 1 : 0;
      at = 1 + model->n_sequences;
    }
  model->period_at = at;
  model->n_periods = d->n_periods - 1;
  model->treatment_at = at + model->n_periods;
  model->n_treatments = d->n_treatments - 1;
  return model->treatment_at + model->n_treatments;
}

/* Number of a treatment's column among those of the treatments. */
static size_t
treatment_column (const struct rx_crossover *d, size_t treatment)
{
  return treatment < d->reference ? treatment : treatment - 1;
}

static void
add_response (struct rx_linear_model *model, const struct rx_crossover *d,
              size_t subject, size_t period, double y)
{
  double *x = model->x + model->data.n * model->data.p;
  int treatment = d->treatment_at[subject * d->n_periods + period];
  size_t sequence = d->sequence_of[subject];
  if (model->period_at > 0)
    x[0] = 1;
  if (model->n_sequences > 0 && sequence > 0)
    x[model->sequence_at + sequence - 1] = 1;
  if (period > 0)
    x[model->period_at + period - 1] = 1;
  if ((size_t)treatment != d->reference)
    x[model->treatment_at + treatment_column (d, (size_t)treatment)] = 1;
  model->y[model->data.n++] = y;
}

static void
add_subjects (struct rx_linear_model *model, const struct rx_crossover *d,
              const struct rx_endpoint *endpoint)
{
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      size_t before = model->data.n;
      for (size_t p = 0; p < d->n_periods; p++)
        {
          double y = endpoint->y[s * d->n_periods + p];
          if (!isnan (y))
            add_response (model, d, s, p, y);
        }
      if (model->data.n == before)
        continue;
      model->repeated += model->data.n > before + 1;
      model->first[++model->subjects] = model->data.n;
    }
}

enum rx_status
rx_linear_model_build (struct rx_linear_model *model,
                       const struct rx_crossover *d,
                       const struct rx_endpoint *endpoint,
                       enum rx_linear_subjects subjects, bool sequence,
                       struct rx_error *err)
{
  *model = (struct rx_linear_model){ 0 };
  size_t p = lay_out (model, d, subjects, sequence);
  size_t most = d->n_subjects * d->n_periods;
  model->data.p = p;
  model->x = rx_array (most, p * sizeof *model->x);
  model->y = rx_array (most, sizeof *model->y);
  model->first = rx_array (d->n_subjects + 1, sizeof *model->first);
  if (model->x == NULL || model->y == NULL || model->first == NULL)
    {
      rx_linear_model_free (model);
      return rx_fail_memory (err);
    }
  add_subjects (model, d, endpoint);
  model->data.groups = model->subjects;
  model->data.first = model->first;
  model->data.x = model->x;
  model->data.y = model->y;
  return RX_OK;
}

/* What the functions below pass around. */
struct reporting
{
  const struct rx_linear_report *report;
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  double level;
  double *l; /* [p * p] contrasts, zero between uses */
  struct rx_rows *rows;
  struct rx_error *err;
};

static void
note_missing (const struct rx_linear_report *report,
              const struct rx_linear_test *test, struct rx_note *note)
{
  if (report->fit == NULL)
    rx_note_add (note, "no-subjects");
  else if (!test->estimable)
    rx_note_add (note, "not-estimable");
  else if (report->why[0] != '\0')
    rx_note_add (note, "%s", report->why);
}

static struct rx_row
row_of (const struct reporting *r, const struct rx_linear_test *test, size_t q,
        struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)r->report->n;
  row.estimate = test->estimate;
  row.std_error = test->se;
  row.df_num = q > 1 ? test->df_num : NAN;
  row.df = test->df;
  row.statistic = test->statistic;
  row.p_value = test->p;
  if (q == 1)
    {
      struct rx_t_test t
          = rx_student_from (test->estimate, test->se, test->df, r->level);
      row.conf_level = r->level;
      row.conf_low = t.low;
      row.conf_high = t.high;
    }
  if (r->report->fit != NULL && r->report->always[0] != '\0')
    rx_note_add (note, "%s", r->report->always);
  if (isnan (test->p))
    note_missing (r->report, test, note);
  return row;
}

/* A row for the q columns from `column` on: each of them is zero. */
static enum rx_status
add_tested (const struct reporting *r, rx_linear_tester *tester, size_t column,
            size_t q, const char *term, bool is_effect)
{
  size_t p = r->report->model->data.p;
  struct rx_linear_test test = rx_linear_blank (true);
  struct rx_note note = { "" };
  enum rx_status status = RX_OK;
  if (term == NULL)
    return rx_fail_memory (r->err);
  for (size_t i = 0; i < q; i++)
    r->l[i * p + column + i] = 1;
  if (r->report->fit != NULL)
    status = tester (r->report->fit, r->l, q, &test, r->err);
  for (size_t i = 0; i < q; i++)
    r->l[i * p + column + i] = 0;
  if (status != RX_OK)
    return status;
  struct rx_row row = row_of (r, &test, q, &note);
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint,
                            r->report->method, term, is_effect, &note, r->err);
}

static enum rx_status
add_term (const struct reporting *r, size_t column, size_t q, const char *term,
          bool is_effect)
{
  return add_tested (r, r->report->test, column, q, term, is_effect);
}

static enum rx_status
add_treatments (const struct reporting *r)
{
  const struct rx_crossover *d = r->design;
  const struct rx_linear_model *model = r->report->model;
  if (d->n_treatments == 2)
    return add_term (r, model->treatment_at, 1, "treatment", true);
  for (size_t t = 0; t < d->n_treatments; t++)
    {
      if (t == d->reference)
        continue;
      const char *term
          = rx_strings_format (&r->rows->strings, "%s-%s", d->treatments[t],
                               d->treatments[d->reference]);
      if (add_term (r, model->treatment_at + treatment_column (d, t), 1, term,
                    true)
          != RX_OK)
        return r->err->status;
    }
  return add_term (r, model->treatment_at, model->n_treatments, "treatment",
                   false);
}

static enum rx_status
add_periods (const struct reporting *r)
{
  const struct rx_crossover *d = r->design;
  const struct rx_linear_model *model = r->report->model;
  for (size_t p = 1; p < d->n_periods; p++)
    {
      const char *term = r->report->two_periods;
      if (d->n_periods > 2 || term == NULL)
        term
            = rx_strings_format (&r->rows->strings, "period%s", d->periods[p]);
      if (add_term (r, model->period_at + p - 1, 1, term, false) != RX_OK)
        return r->err->status;
    }
  if (d->n_periods <= 2)
    return RX_OK;
  return add_term (r, model->period_at, model->n_periods, "period", false);
}

static enum rx_status
add_sequences (const struct reporting *r)
{
  const struct rx_crossover *d = r->design;
  const struct rx_linear_model *model = r->report->model;
  rx_linear_tester *tester = r->report->test_sequence;
  if (tester == NULL || model->n_sequences == 0)
    return RX_OK;
  for (size_t i = 0; i < model->n_sequences; i++)
    {
      const char *term = rx_strings_format (&r->rows->strings, "sequence%s",
                                            d->sequences[i + 1]);
      if (add_tested (r, tester, model->sequence_at + i, 1, term, false)
          != RX_OK)
        return r->err->status;
    }
  if (model->n_sequences == 1)
    return RX_OK;
  return add_tested (r, tester, model->sequence_at, model->n_sequences,
                     "sequence", false);
}

enum rx_status
rx_linear_rows (const struct rx_linear_report *report,
                const struct rx_crossover *design,
                const struct rx_endpoint *endpoint,
                const struct rx_method_options *options, struct rx_rows *rows,
                struct rx_error *err)
{
  size_t p = report->model->data.p;
  struct reporting r = { .report = report,
                         .design = design,
                         .endpoint = endpoint,
                         .level = options->level,
                         .l = rx_array (p, p * sizeof *r.l),
                         .rows = rows,
                         .err = err };
  if (r.l == NULL)
    return rx_fail_memory (err);
  enum rx_status status = add_treatments (&r);
  if (status == RX_OK)
    status = add_periods (&r);
  if (status == RX_OK)
    status = add_sequences (&r);
  free (r.l);
  return status;
}
