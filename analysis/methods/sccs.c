/* sccs.c: self-controlled case series.

   Conditional Poisson regression of the events of each case on age band and
   risk window (see stats/conditional_poisson.c).  Estimates are logarithms of
   rate ratios against the days out of all windows, and against the first band
   of age; rows `irr:` hold the ratios themselves.  Row `cases`: how many, and
   the events in its note; row `deviance`: against a rate of its own in every
   cell of case, age band and risk.

   A window or band without an event has the ratio 0, which is no estimate:
   NA with the note `no-events` (`no-time` without a day in it), and its days
   are left out, which is the limit of the likelihood.  The first band with
   events is the reference; where that is a later one its row says so.

   Farrington, Biometrics 1995;51:228-235; Whitaker et al., Statistics in
   Medicine 2006;25:1768-1797. */
#include "designs/case_series.h"
#include "methods/fill.h"

#include "stats/conditional_poisson.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* One risk or band of age. */
struct term
{
  const char *name, *ratio; /* "age 2" and "irr:age 2" */
  int64_t days;
  size_t events;
  bool in_model;
  const char *why; /* it is not */
};

struct model
{
  const struct rx_case_series *cases;
  struct term *risk; /* [n_risks + 1], 0: the days out of all windows */
  struct term *age;  /* [n_ages] */
  size_t reference;  /* band of age */
  struct rx_strata strata;
  size_t *stratum;
  double *events, *log_time, *x;
};

static void
count_terms (struct model *m)
{
  const struct rx_case_series *c = m->cases;
  for (size_t i = 0; i < c->n_cells; i++)
    {
      struct term *both[]
          = { &m->risk[c->cell[i].risk], &m->age[c->cell[i].age] };
      for (size_t t = 0; t < 2; t++)
        {
          both[t]->days += c->cell[i].days;
          both[t]->events += c->cell[i].events;
        }
    }
  while (m->reference + 1 < c->n_ages && m->age[m->reference].events == 0)
    m->reference++;
}

static void
judge (struct term *term, bool is_reference, const struct rx_case_series *c)
{
  term->in_model = term->events > 0 && !is_reference;
  term->why = c->n == 0         ? "no-cases"
              : term->days == 0 ? "no-time"
              : is_reference    ? "reference"
                                : "no-events";
}

static enum rx_status
name_terms (struct model *m, struct rx_strings *strings, struct rx_error *err)
{
  const struct rx_case_series *c = m->cases;
  size_t n_risks = c->spec->n_risks;
  m->risk = rx_array (n_risks + 1, sizeof *m->risk);
  m->age = rx_array (c->n_ages, sizeof *m->age);
  if (m->risk == NULL || m->age == NULL)
    return rx_fail_memory (err);
  for (size_t r = 1; r <= n_risks; r++)
    {
      m->risk[r].name = c->spec->risks[r - 1].name;
      m->risk[r].ratio
          = rx_strings_format (strings, "irr:%s", m->risk[r].name);
      if (m->risk[r].ratio == NULL)
        return rx_fail_memory (err);
    }
  for (size_t a = 0; a < c->n_ages; a++)
    {
      m->age[a].name = rx_strings_format (strings, "age %zu", a + 1);
      m->age[a].ratio = rx_strings_format (strings, "irr:age %zu", a + 1);
      if (m->age[a].name == NULL || m->age[a].ratio == NULL)
        return rx_fail_memory (err);
    }
  count_terms (m);
  for (size_t r = 1; r <= n_risks; r++)
    judge (&m->risk[r], false, c);
  for (size_t a = 0; a < c->n_ages; a++)
    judge (&m->age[a], a == m->reference, c);
  return RX_OK;
}

/* Does a cell inform?  Those of terms without an event do not. */
static bool
informs (const struct model *m, const struct rx_case_cell *cell)
{
  return m->age[cell->age].events > 0
         && (cell->risk == 0 || m->risk[cell->risk].events > 0);
}

static enum rx_status
fill_strata (struct model *m, struct rx_error *err)
{
  const struct rx_case_series *c = m->cases;
  size_t k = 0, n = 0;
  for (size_t r = 1; r <= c->spec->n_risks; r++)
    k += m->risk[r].in_model;
  for (size_t a = 0; a < c->n_ages; a++)
    k += m->age[a].in_model;
  m->stratum = rx_array (c->n_cells, sizeof *m->stratum);
  m->events = rx_array (c->n_cells, sizeof *m->events);
  m->log_time = rx_array (c->n_cells, sizeof *m->log_time);
  m->x = rx_array (c->n_cells, (k + 1) * sizeof *m->x);
  if (m->stratum == NULL || m->events == NULL || m->log_time == NULL
      || m->x == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < c->n_cells; i++)
    {
      const struct rx_case_cell *cell = &c->cell[i];
      size_t column = 0;
      if (!informs (m, cell))
        continue;
      m->stratum[n] = cell->person;
      m->events[n] = (double)cell->events;
      m->log_time[n] = log ((double)cell->days);
      for (size_t r = 1; r <= c->spec->n_risks; r++)
        if (m->risk[r].in_model)
          m->x[n * k + column++] = cell->risk == r;
      for (size_t a = 0; a < c->n_ages; a++)
        if (m->age[a].in_model)
          m->x[n * k + column++] = cell->age == a;
      n++;
    }
  m->strata
      = (struct rx_strata){ n, k, m->stratum, m->events, m->log_time, m->x };
  return RX_OK;
}

static enum rx_status
add (const struct model *m, struct rx_row row, const char *term,
     const char *note, struct rx_rows *rows, struct rx_error *err)
{
  row.method = "sccs";
  row.term = term;
  row.n = (double)m->cases->n;
  row.note = note;
  return rx_rows_add (rows, &row, err);
}

/* The row of a term and that of its ratio. */
static enum rx_status
add_estimate (const struct model *m, const struct term *term, double estimate,
              double se, double level, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_row row = rx_row_blank (), ratio = rx_row_blank ();
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * se;
  row.estimate = estimate;
  row.std_error = se;
  row.statistic = estimate / se;
  row.p_value = ratio.p_value = 2 * gsl_cdf_ugaussian_Q (fabs (row.statistic));
  row.conf_level = ratio.conf_level = level;
  row.conf_low = estimate - half;
  row.conf_high = estimate + half;
  ratio.estimate = exp (estimate);
  ratio.conf_low = exp (row.conf_low);
  ratio.conf_high = exp (row.conf_high);
  if (add (m, row, term->name, "log", rows, err) != RX_OK)
    return err->status;
  return add (m, ratio, term->ratio, "", rows, err);
}

static enum rx_status
add_term (const struct model *m, const struct term *term,
          const struct rx_conditional_poisson *fit, size_t *column,
          double level, struct rx_rows *rows, struct rx_error *err)
{
  const char *why = term->why;
  if (term->in_model)
    {
      size_t c = (*column)++;
      if (fit->converged && fit->kept[c])
        return add_estimate (m, term, fit->coefficient[c],
                             sqrt (fit->covariance[c * fit->k + c]), level,
                             rows, err);
      why = fit->converged ? "not-estimable" : "no-finite-estimate";
    }
  if (add (m, rx_row_blank (), term->name, why, rows, err) != RX_OK)
    return err->status;
  return add (m, rx_row_blank (), term->ratio, why, rows, err);
}

static enum rx_status
add_rows (const struct model *m, const struct rx_conditional_poisson *fit,
          double level, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note events = { "" };
  struct rx_row row = rx_row_blank ();
  size_t column = 0;
  enum rx_status status;
  rx_note_add (&events, "events=%zu", m->cases->n_events);
  status = add (m, row, "cases", events.text, rows, err);
  if (fit->converged && m->cases->n > 0)
    row.estimate = fit->deviance;
  if (status == RX_OK)
    status = add (m, row, "deviance", "", rows, err);
  for (size_t r = 1; r <= m->cases->spec->n_risks && status == RX_OK; r++)
    status = add_term (m, &m->risk[r], fit, &column, level, rows, err);
  for (size_t a = 1; a < m->cases->n_ages && status == RX_OK; a++)
    status = add_term (m, &m->age[a], fit, &column, level, rows, err);
  return status;
}

static enum rx_status
run_case_series (const struct rx_case_series *cases,
                 const struct rx_method_options *options, struct rx_rows *rows,
                 struct rx_error *err)
{
  struct model m = { .cases = cases };
  struct rx_conditional_poisson fit = { 0 };
  enum rx_status status = name_terms (&m, &rows->strings, err);
  if (status == RX_OK)
    status = fill_strata (&m, err);
  if (status == RX_OK)
    status = rx_conditional_poisson_fit (&m.strata, &fit, err);
  if (status == RX_OK)
    status = add_rows (&m, &fit, options->level, rows, err);
  rx_conditional_poisson_free (&fit);
  free (m.risk);
  free (m.age);
  free (m.stratum);
  free (m.events);
  free (m.log_time);
  free (m.x);
  return status;
}

const struct rx_method rx_method_sccs = {
  .name = "sccs",
  .title = "Self-controlled case series, conditional Poisson regression",
  .source = "Farrington 1995, Biometrics 51:228-235; Whitaker et al. 2006, "
            "Stat Med 25:1768-1797",
  .words = "Rates in the risk windows are compared with those in the other "
           "days of the same cases by conditional Poisson regression, "
           "adjusted for age (Farrington 1995; Whitaker et al. 2006).",
  .case_series = run_case_series,
};
