/* sccs.c: self-controlled case series.

   Conditional Poisson regression of the events of each case on band of age (or
   of calendar time), season and risk window (see stats/strata_poisson.c).
   Estimates are logarithms of rate ratios against the days out of all windows
   of that exposure, and against the first band and season; rows `irr:` hold
   the ratios themselves.  Row `cases`: how many, and the events in its note;
   row `deviance`: against a rate of its own in every cell of case, band,
   season and risk.

   A window before the exposure (note `pre-exposure`) whose ratio differs from
   1 is a sign that the exposure depends on the events, and warned of.

   A window or band without an event has the ratio 0, which is no estimate:
   NA with the note `no-events` (`no-time` without a day in it), and its days
   are left out, which is the limit of the likelihood.  The first band with
   events is the reference; where that is a later one its row says so.

   Farrington, Biometrics 1995;51:228-235; Whitaker et al., Statistics in
   Medicine 2006;25:1768-1797. */
#include "methods/case_terms.h"

#include "stats/strata_poisson.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

struct model
{
  const struct rx_case_series *cases;
  struct rx_case_terms terms;
  bool *in_model; /* [terms.n] */
  struct rx_strata strata;
  size_t *stratum;
  double *events, *log_time, *x;
};

/* Why a term is not in the model, NULL where it is. */
static const char *
left_out (const struct model *m, size_t t)
{
  const struct rx_case_term *term = &m->terms.term[t];
  return m->cases->n == 0     ? "no-cases"
         : term->days == 0    ? "no-time"
         : term->is_reference ? "reference"
         : term->events == 0  ? "no-events"
                              : NULL;
}

/* Does a cell inform?  Those of terms without an event do not. */
static bool
informs (const struct model *m, size_t cell)
{
  for (size_t t = 0; t < m->terms.n; t++)
    if (m->terms.term[t].events == 0 && !m->terms.term[t].is_baseline
        && rx_case_term_has (&m->terms.term[t], m->cases, cell))
      return false;
  return true;
}

static enum rx_status
fill_strata (struct model *m, struct rx_error *err)
{
  const struct rx_case_series *c = m->cases;
  size_t k = 0, n = 0;
  m->in_model = rx_array (m->terms.n, sizeof *m->in_model);
  if (m->in_model == NULL)
    return rx_fail_memory (err);
  for (size_t t = 0; t < m->terms.n; t++)
    k += m->in_model[t] = left_out (m, t) == NULL;
  m->stratum = rx_array (c->n_cells, sizeof *m->stratum);
  m->events = rx_array (c->n_cells, sizeof *m->events);
  m->log_time = rx_array (c->n_cells, sizeof *m->log_time);
  m->x = rx_array (c->n_cells, (k + 1) * sizeof *m->x);
  if (m->stratum == NULL || m->events == NULL || m->log_time == NULL
      || m->x == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < c->n_cells; i++)
    {
      size_t column = 0;
      if (!informs (m, i))
        continue;
      m->stratum[n] = c->cell[i].person;
      m->events[n] = (double)c->cell[i].events;
      m->log_time[n] = log ((double)c->cell[i].days);
      for (size_t t = 0; t < m->terms.n; t++)
        if (m->in_model[t])
          m->x[n * k + column++] = rx_case_term_has (&m->terms.term[t], c, i);
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
add_estimate (const struct model *m, const struct rx_case_term *term,
              double estimate, double se, double level, struct rx_rows *rows,
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
  if (add (m, row, term->name, term->is_before ? "log; pre-exposure" : "log",
           rows, err)
          != RX_OK
      || add (m, ratio, term->ratio, term->is_before ? "pre-exposure" : "",
              rows, err)
             != RX_OK)
    return err->status;
  if (!term->is_before || !(row.p_value < 1 - level))
    return RX_OK;
  return rx_rows_remark (rows, true, err,
                         "The rate in the window before the exposure, %s, is "
                         "%.3g times that of other days (%g%% interval %.3g "
                         "to %.3g): exposure seems to depend on the events, "
                         "and the other ratios may be biased.",
                         term->name, ratio.estimate, 100 * level,
                         ratio.conf_low, ratio.conf_high);
}

static enum rx_status
add_term (const struct model *m, size_t t,
          const struct rx_strata_poisson *fit, size_t *column,
          double level, struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_case_term *term = &m->terms.term[t];
  const char *why = left_out (m, t);
  if (m->in_model[t])
    {
      size_t c = (*column)++;
      if (fit->converged && fit->kept[c])
        return add_estimate (m, term, fit->coefficient[c],
                             sqrt (fit->covariance[c * fit->k + c]), level,
                             rows, err);
      why = fit->converged ? "not-estimable" : "no-finite-estimate";
    }
  if (term->is_baseline || term->is_first)
    return RX_OK;
  if (add (m, rx_row_blank (), term->name, why, rows, err) != RX_OK)
    return err->status;
  return add (m, rx_row_blank (), term->ratio, why, rows, err);
}

static enum rx_status
add_rows (const struct model *m, const struct rx_strata_poisson *fit,
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
  for (size_t t = 0; t < m->terms.n && status == RX_OK; t++)
    status = add_term (m, t, fit, &column, level, rows, err);
  return status;
}

static enum rx_status
run_case_series (const struct rx_case_series *cases,
                 const struct rx_method_options *options, struct rx_rows *rows,
                 struct rx_error *err)
{
  struct model m = { .cases = cases };
  struct rx_strata_poisson fit = { 0 };
  enum rx_status status
      = rx_case_terms_make (&m.terms, cases, &rows->strings, err);
  if (status == RX_OK)
    status = fill_strata (&m, err);
  if (status == RX_OK)
    status = rx_strata_poisson_fit (&m.strata, &fit, err);
  if (status == RX_OK)
    status = add_rows (&m, &fit, options->level, rows, err);
  rx_strata_poisson_free (&fit);
  rx_case_terms_free (&m.terms);
  free (m.in_model);
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
           "adjusted for age, calendar time or season as far as bands of "
           "them are given (Farrington 1995; Whitaker et al. 2006).",
  .case_series = run_case_series,
};
