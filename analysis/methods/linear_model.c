/* linear_model.c: the columns of a crossover model and the rows of its terms.

   Every observed response is a row of the model; a subject may have any
   number of them.  Columns are indicators: of the sequences but the first, of
   the periods but the first, of the treatments but the reference; then what is
   adjusted for, carryover (stats/carryover.h) last. */
#include "methods/linear_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MOST_BESIDE = 3 /* the baseline, two parts of carryover */
};

void
rx_linear_model_free (struct rx_linear_model *model)
{
  free (model->x);
  free (model->y);
  free (model->first);
  free (model->treatment);
  free (model->period);
  free (model->offset);
  free (model->subject);
  free (model->terms);
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

/* The terms to adjust for, after the first `at` columns; returns the number
   of all columns. */
static size_t
lay_out_terms (struct rx_linear_model *model, const struct rx_crossover *d,
               const struct rx_endpoint *endpoint,
               const struct rx_carryover *carryover, size_t at)
{
  size_t n = 0;
  if (endpoint->baseline != NULL)
    model->terms[n++].covariate = endpoint->baseline;
  for (size_t i = 0; i < d->n_covariates; i++)
    model->terms[n++].covariate = &d->covariates[i];
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_covariate *c = model->terms[i].covariate;
      model->terms[i].n = c->n_levels > 0 ? c->n_levels - 1 : 1;
    }
  for (size_t i = 0; carryover != NULL && i < carryover->n_parts; i++)
    {
      model->terms[n].carryover = &carryover->part[i];
      model->terms[n++].n
          = rx_carryover_columns (&carryover->part[i], d->n_treatments);
    }
  model->n_terms = n;
  for (size_t i = 0; i < n; i++)
    {
      model->terms[i].at = at;
      at += model->terms[i].n;
    }
  return at;
}

/* The treatment so many periods before, as planned where no row tells it. */
static int
treatment_before (const struct rx_crossover *d, size_t subject, size_t period,
                  size_t lag)
{
  if (period < lag)
    return RX_NO_TREATMENT;
  int given = d->treatment_at[subject * d->n_periods + period - lag];
  return given != RX_NO_TREATMENT
             ? given
             : d->plan[d->sequence_of[subject] * d->n_periods + period - lag];
}

static bool
has_covariates (const struct rx_linear_model *model, size_t at)
{
  for (size_t i = 0; i < model->n_terms; i++)
    if (model->terms[i].covariate != NULL
        && isnan (model->terms[i].covariate->value[at]))
      return false;
  return true;
}

static bool
has_exposure (const struct rx_linear_model *model,
              const struct rx_crossover *d, size_t at)
{
  return model->offset == NULL || !isnan (d->exposure.value[at]);
}

static void
add_term_columns (const struct rx_linear_model *model,
                  const struct rx_crossover *d, size_t subject, size_t period,
                  double *x)
{
  for (size_t i = 0; i < model->n_terms; i++)
    {
      const struct rx_linear_term *term = &model->terms[i];
      if (term->covariate == NULL)
        {
          int now = d->treatment_at[subject * d->n_periods + period];
          int before
              = treatment_before (d, subject, period, term->carryover->lag);
          if (before != RX_NO_TREATMENT)
            rx_carryover_fill (term->carryover, d->n_treatments, d->reference,
                               (size_t)before, (size_t)now, x + term->at);
          continue;
        }
      double value = term->covariate->value[subject * d->n_periods + period];
      if (term->covariate->n_levels == 0)
        x[term->at] = value;
      else if (value > 0)
        x[term->at + (size_t)value - 1] = 1;
    }
}

/* Numbers less their mean: only the intercept, which is not reported, and the
   least-squares means know of it. */
static void
centre_terms (struct rx_linear_model *model)
{
  size_t p = model->data.p, n = model->data.n;
  for (size_t i = 0; i < model->n_terms; i++)
    {
      struct rx_linear_term *term = &model->terms[i];
      term->is_constant = true;
      for (size_t g = 0; g < model->subjects; g++)
        for (size_t r = model->first[g] + 1; r < model->first[g + 1]; r++)
          for (size_t j = term->at; j < term->at + term->n; j++)
            if (model->x[r * p + j] != model->x[(r - 1) * p + j])
              term->is_constant = false;
      if (term->covariate == NULL || term->covariate->n_levels > 0)
        continue;
      for (size_t r = 0; r < n; r++)
        term->centre += model->x[r * p + term->at] / (double)n;
      for (size_t r = 0; r < n; r++)
        model->x[r * p + term->at] -= term->centre;
    }
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
  add_term_columns (model, d, subject, period, x);
  model->treatment[model->data.n] = (size_t)treatment;
  model->period[model->data.n] = period;
  if (model->offset != NULL)
    model->offset[model->data.n]
        = log (d->exposure.value[subject * d->n_periods + period]);
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
          if (isnan (y))
            continue;
          if (has_covariates (model, s * d->n_periods + p)
              && has_exposure (model, d, s * d->n_periods + p))
            add_response (model, d, s, p, y);
          else
            model->dropped++;
        }
      if (model->data.n == before)
        continue;
      model->repeated += model->data.n > before + 1;
      model->subject[model->subjects] = s;
      model->first[++model->subjects] = model->data.n;
    }
}

enum rx_status
rx_linear_model_build (struct rx_linear_model *model,
                       const struct rx_crossover *d,
                       const struct rx_endpoint *endpoint,
                       enum rx_linear_subjects subjects,
                       const struct rx_method_options *options,
                       struct rx_error *err)
{
  *model = (struct rx_linear_model){ 0 };
  size_t p
      = lay_out (model, d, subjects, options != NULL && !options->no_sequence);
  size_t most = d->n_subjects * d->n_periods;
  model->terms
      = rx_array (d->n_covariates + MOST_BESIDE, sizeof *model->terms);
  if (model->terms == NULL)
    return rx_fail_memory (err);
  if (options != NULL)
    p = lay_out_terms (model, d, endpoint, options->model.carryover, p);
  model->data.p = p;
  model->x = rx_array (most, p * sizeof *model->x);
  model->y = rx_array (most, sizeof *model->y);
  model->first = rx_array (d->n_subjects + 1, sizeof *model->first);
  model->treatment = rx_array (most, sizeof *model->treatment);
  model->period = rx_array (most, sizeof *model->period);
  model->subject = rx_array (d->n_subjects, sizeof *model->subject);
  bool rates
      = options != NULL && options->model.rates && d->exposure.value != NULL;
  if (rates)
    model->offset = rx_array (most, sizeof *model->offset);
  if (model->x == NULL || model->y == NULL || model->first == NULL
      || model->treatment == NULL || model->period == NULL
      || model->subject == NULL || (rates && model->offset == NULL))
    {
      rx_linear_model_free (model);
      return rx_fail_memory (err);
    }
  add_subjects (model, d, endpoint);
  centre_terms (model);
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
  const struct rx_method_options *options;
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
  row.df = isinf (test->df) ? NAN : test->df; /* normal, chi-squared */
  row.statistic = test->statistic;
  row.p_value = test->p;
  if (q == 1)
    {
      struct rx_t_test t = rx_student_from (test->estimate, test->se, test->df,
                                            r->options->level);
      row.conf_level = r->options->level;
      row.conf_low = t.low;
      row.conf_high = t.high;
    }
  if (r->report->fit != NULL && r->report->always[0] != '\0')
    rx_note_add (note, "%s", r->report->always);
  if (r->report->model->dropped > 0)
    rx_note_add (note, "covariate-missing=%zu", r->report->model->dropped);
  if (isnan (test->p))
    note_missing (r->report, test, note);
  return row;
}

/* A row for the q contrasts in r->l, which are zero again afterwards. */
static enum rx_status
add_contrasts (const struct reporting *r, rx_linear_tester *tester, size_t q,
               const char *term, bool is_effect, struct rx_note *note)
{
  size_t p = r->report->model->data.p;
  struct rx_linear_test test = rx_linear_blank (q > 0);
  enum rx_status status = RX_OK;
  if (term == NULL)
    return rx_fail_memory (r->err);
  if (r->report->fit != NULL && q > 0)
    status = tester (r->report->fit, r->l, q, &test, r->err);
  memset (r->l, 0, q * p * sizeof *r->l);
  if (status != RX_OK)
    return status;
  struct rx_row row = row_of (r, &test, q, note);
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint,
                            r->report->method, term, is_effect, note, r->err);
}

/* A row for the q columns from `column` on: each of them is zero. */
static enum rx_status
add_tested (const struct reporting *r, rx_linear_tester *tester, size_t column,
            size_t q, const char *term, bool is_effect)
{
  size_t p = r->report->model->data.p;
  struct rx_note note = { "" };
  for (size_t i = 0; i < q; i++)
    r->l[i * p + column + i] = 1;
  return add_contrasts (r, tester, q, term, is_effect, &note);
}

static enum rx_status
add_term (const struct reporting *r, size_t column, size_t q, const char *term,
          bool is_effect)
{
  return add_tested (r, r->report->test, column, q, term, is_effect);
}

/* Rows C-B: the pairs without the reference. */
static enum rx_status
add_pairs (const struct reporting *r)
{
  const struct rx_crossover *d = r->design;
  size_t at = r->report->model->treatment_at;
  for (size_t a = 0; a < d->n_treatments; a++)
    for (size_t b = a + 1; b < d->n_treatments; b++)
      {
        struct rx_note note = { "" };
        if (a == d->reference || b == d->reference)
          continue;
        r->l[at + treatment_column (d, b)] = 1;
        r->l[at + treatment_column (d, a)] = -1;
        const char *term = rx_strings_format (
            &r->rows->strings, "%s-%s", d->treatments[b], d->treatments[a]);
        if (add_contrasts (r, r->report->test, 1, term, true, &note) != RX_OK)
          return r->err->status;
      }
  return RX_OK;
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
  if (r->options->model.all_pairs && add_pairs (r) != RX_OK)
    return r->err->status;
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

const char *
rx_linear_term_name (const struct rx_linear_term *term)
{
  return term->covariate != NULL ? term->covariate->name
                                 : term->carryover->term;
}

size_t
rx_linear_term_hypotheses (const struct rx_linear_term *term,
                           const struct rx_crossover *d)
{
  return term->covariate != NULL
             ? term->n
             : rx_carryover_hypotheses (term->carryover, d->n_treatments);
}

void
rx_linear_term_hypothesis (const struct rx_linear_term *term,
                           const struct rx_crossover *d, size_t k, double *l)
{
  if (term->covariate != NULL)
    l[term->at + k] = 1;
  else
    rx_carryover_hypothesis (term->carryover, d->reference, k, l + term->at);
}

/* Name of the row of the k-th hypothesis of carryover, n in all. */
static const char *
name_of_carryover (const struct reporting *r,
                   const struct rx_carryover_part *part, size_t k, size_t n)
{
  const struct rx_crossover *d = r->design;
  if (n == 1)
    return part->term;
  return rx_strings_format (&r->rows->strings, "%s %s-%s", part->term,
                            d->treatments[rx_carryover_of (d->reference, k)],
                            d->treatments[d->reference]);
}

/* The same for any term. */
static const char *
name_of_hypothesis (const struct reporting *r,
                    const struct rx_linear_term *term, size_t k, size_t n)
{
  const struct rx_covariate *c = term->covariate;
  if (c == NULL)
    return name_of_carryover (r, term->carryover, k, n);
  return c->n_levels == 0 ? c->name
                          : rx_strings_format (&r->rows->strings, "%s%s",
                                               c->name, c->levels[k + 1]);
}

/* Carryover of each treatment against none (carryover:A). */
static enum rx_status
add_levels (const struct reporting *r, const struct rx_linear_term *term)
{
  const struct rx_crossover *d = r->design;
  for (size_t i = 0; i < term->n; i++)
    {
      const char *name = rx_strings_format (
          &r->rows->strings, "%s:%s", term->carryover->term, d->treatments[i]);
      if (add_term (r, term->at + i, 1, name, false) != RX_OK)
        return r->err->status;
    }
  return RX_OK;
}

/* An interaction is tested as a whole. */
static bool
has_rows (const struct rx_linear_term *term)
{
  return term->carryover == NULL
         || term->carryover->kind != RX_CARRYOVER_CHANGE;
}

/* Rows of the hypotheses of a term, and of all together.  What is constant
   within subjects drops out of what is compared there. */
static enum rx_status
add_adjusted (const struct reporting *r, const struct rx_linear_term *term)
{
  size_t p = r->report->model->data.p;
  size_t n = rx_linear_term_hypotheses (term, r->design);
  rx_linear_tester *tester = r->report->test;
  if (term->is_constant && r->report->test_sequence != NULL)
    tester = r->report->test_sequence;
  for (size_t i = n > 1 && !has_rows (term) ? n : 0; i <= n; i++)
    {
      struct rx_note note = { "" };
      bool last = i == n;
      size_t q = last ? n : 1;
      if (last && n == 1)
        break;
      if (term->is_constant)
        rx_note_add (&note, "constant-within-subjects");
      for (size_t j = 0; j < q; j++)
        rx_linear_term_hypothesis (term, r->design, last ? j : i,
                                   r->l + j * p);
      const char *name = last ? rx_linear_term_name (term)
                              : name_of_hypothesis (r, term, i, n);
      if (add_contrasts (r, tester, q, name, false, &note) != RX_OK)
        return r->err->status;
    }
  return term->carryover != NULL && term->carryover->levels
             ? add_levels (r, term)
             : RX_OK;
}

/* The mean of a treatment: sequences, periods and levels alike, numbers at
   their mean, which is zero in the columns, carryover as often as it is. */
static enum rx_status
add_mean (const struct reporting *r, size_t treatment)
{
  const struct rx_crossover *d = r->design;
  const struct rx_linear_model *m = r->report->model;
  struct rx_note note = { "" };
  double *l = r->l;
  l[0] = 1;
  for (size_t i = 0; i < m->n_sequences; i++)
    l[m->sequence_at + i] = 1.0 / (double)(m->n_sequences + 1);
  for (size_t i = 0; i < m->n_periods; i++)
    l[m->period_at + i] = 1.0 / (double)(m->n_periods + 1);
  if (treatment != d->reference)
    l[m->treatment_at + treatment_column (d, treatment)] = 1;
  for (size_t t = 0; t < m->n_terms; t++)
    {
      const struct rx_linear_term *term = &m->terms[t];
      for (size_t j = term->at; j < term->at + term->n; j++)
        if (term->covariate == NULL)
          for (size_t i = 0; i < m->data.n; i++)
            l[j] += m->x[i * m->data.p + j] / (double)m->data.n;
        else if (term->covariate->n_levels > 0)
          l[j] = 1.0 / (double)term->covariate->n_levels;
    }
  const char *term = rx_strings_format (&r->rows->strings, "lsmean:%s",
                                        d->treatments[treatment]);
  return add_contrasts (r, r->report->test_mean, 1, term, false, &note);
}

static enum rx_status
add_means (const struct reporting *r)
{
  for (size_t t = 0; t < r->design->n_treatments; t++)
    if (add_mean (r, t) != RX_OK)
      return r->err->status;
  return RX_OK;
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
                         .options = options,
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
  for (size_t i = 0; status == RX_OK && i < report->model->n_terms; i++)
    status = add_adjusted (&r, &report->model->terms[i]);
  if (status == RX_OK && options->model.means && report->test_mean != NULL)
    status = add_means (&r);
  free (r.l);
  return status;
}
