/* conditional_poisson_rows.c: what conditional-poisson and
   conditional-poisson-robust share.

   Crossover: persons with two and more responses and an event are the strata
   of stats/strata_poisson.c, periods and treatments its columns, the exposure,
   where there is one, its time.
   Before/after: of the A + B dispensings of all persons A come after, a
   binomial count, and with windows of Da and Db days
     log (A / B) - log (Da / Db),  SE^2 = 1/A + 1/B, or robust as in
   total_ratio.c. */
#include "methods/conditional_poisson_rows.h"

#include "methods/total_ratio.h"
#include "stats/strata_poisson.h"
#include "stats/wald.h"

#include <math.h>
#include <stdlib.h>

/* --- a crossover trial --- */

struct within
{
  struct rx_linear_model model;
  struct rx_estimable estimable;
  struct rx_strata strata;
  struct rx_strata_poisson fit;
  double *x, *events, *log_time; /* of the strata */
  size_t *stratum;
  size_t used;      /* subjects */
  size_t no_events; /* subjects with two responses and more, all 0 */
  bool robust;
  const char *why; /* not fitted; NULL where it is */
};

static bool
has_events (const struct rx_linear_model *m, size_t g)
{
  for (size_t i = m->first[g]; i < m->first[g + 1]; i++)
    if (m->y[i] > 0)
      return true;
  return false;
}

/* Copies the rows of the subjects that tell, all columns. */
static void
take (struct within *w)
{
  const struct rx_linear_model *m = &w->model;
  size_t p = m->data.p, n = 0;
  for (size_t g = 0; g < m->subjects; g++)
    {
      if (m->first[g + 1] - m->first[g] < 2)
        continue;
      if (!has_events (m, g))
        {
          w->no_events++;
          continue;
        }
      w->used++;
      for (size_t i = m->first[g]; i < m->first[g + 1]; i++, n++)
        {
          w->stratum[n] = g;
          w->events[n] = m->y[i];
          w->log_time[n] = m->offset != NULL ? m->offset[i] : 0;
          for (size_t j = 0; j < p; j++)
            w->x[n * p + j] = m->x[i * p + j];
        }
    }
  w->strata = (struct rx_strata){ .n = n,
                                  .k = p,
                                  .stratum = w->stratum,
                                  .events = w->events,
                                  .log_time = w->log_time,
                                  .x = w->x };
}

/* Cross products of the columns about their means in a stratum. */
static void
add_cross (const struct rx_strata *d, size_t from, size_t to, double *cross,
           double *scale)
{
  size_t p = d->k;
  for (size_t j = 0; j < p; j++)
    for (size_t k = 0; k < p; k++)
      {
        double sum_j = 0, sum_k = 0, sum = 0;
        for (size_t i = from; i < to; i++)
          {
            sum_j += d->x[i * p + j];
            sum_k += d->x[i * p + k];
            sum += d->x[i * p + j] * d->x[i * p + k];
          }
        cross[j * p + k] += sum - sum_j * sum_k / (double)(to - from);
        scale[j] += j == k ? sum : 0;
      }
}

static enum rx_status
choose (struct within *w, struct rx_error *err)
{
  const struct rx_strata *d = &w->strata;
  size_t p = d->k;
  double *cross = rx_array (p * p + p, sizeof *cross);
  if (cross == NULL)
    return rx_fail_memory (err);
  for (size_t from = 0, to; from < d->n; from = to)
    {
      for (to = from; to < d->n && d->stratum[to] == d->stratum[from];)
        to++;
      add_cross (d, from, to, cross, cross + p * p);
    }
  enum rx_status status
      = rx_estimable_of (&w->estimable, cross, cross + p * p, p, err);
  free (cross);
  return status;
}

/* The columns that tell, and the fit on them. */
static enum rx_status
fit (struct within *w, struct rx_error *err)
{
  if (choose (w, err) != RX_OK)
    return err->status;
  const struct rx_estimable *e = &w->estimable;
  for (size_t i = 0; i < w->strata.n; i++)
    for (size_t k = 0; k < e->rank; k++)
      w->x[i * e->rank + k] = w->x[i * e->p + e->kept[k]];
  w->strata.k = e->rank;
  if (rx_strata_poisson_fit (&w->strata, &w->fit, err) != RX_OK)
    return err->status;
  bool whole = w->fit.converged;
  for (size_t k = 0; k < e->rank; k++)
    whole = whole && w->fit.kept[k];
  w->why = whole ? NULL : "no-finite-estimate";
  return RX_OK;
}

static enum rx_status
run_test (const void *fitted, const double *l, size_t q,
          struct rx_linear_test *test, struct rx_error *err)
{
  const struct within *w = fitted;
  if (w->why != NULL)
    {
      *test = rx_linear_blank (true);
      return RX_OK;
    }
  const struct rx_wald wald = { &w->estimable, w->fit.coefficient,
                                w->robust ? w->fit.robust : w->fit.covariance,
                                w->robust ? w->fit.covariance : NULL, 1 };
  return rx_wald_test (&wald, l, q, test, err);
}

static enum rx_status
make (struct within *w, const struct rx_crossover *design,
      const struct rx_endpoint *endpoint,
      const struct rx_method_options *options, struct rx_error *err)
{
  struct rx_method_options chosen = *options;
  chosen.model.rates = true;
  if (rx_linear_model_build (&w->model, design, endpoint, RX_SUBJECTS_FIXED,
                             &chosen, err)
      != RX_OK)
    return err->status;
  size_t n = w->model.data.n;
  w->x = rx_array (n, w->model.data.p * sizeof *w->x);
  w->events = rx_array (n, sizeof *w->events);
  w->log_time = rx_array (n, sizeof *w->log_time);
  w->stratum = rx_array (n, sizeof *w->stratum);
  if (w->x == NULL || w->events == NULL || w->log_time == NULL
      || w->stratum == NULL)
    return rx_fail_memory (err);
  take (w);
  w->why = w->no_events > 0 ? "no-events" : "no-subjects";
  return w->used > 0 ? fit (w, err) : RX_OK;
}

static void
unmake (struct within *w)
{
  rx_strata_poisson_free (&w->fit);
  rx_estimable_free (&w->estimable);
  rx_linear_model_free (&w->model);
  free (w->x);
  free (w->events);
  free (w->log_time);
  free (w->stratum);
}

enum rx_status
rx_conditional_poisson_crossover (const struct rx_crossover *design,
                                  const struct rx_endpoint *endpoint,
                                  const struct rx_method_options *options,
                                  bool robust, const char *method,
                                  struct rx_rows *rows, struct rx_error *err)
{
  struct within w = { .robust = robust };
  struct rx_note always = { "log" };
  enum rx_status status = make (&w, design, endpoint, options, err);
  if (w.no_events > 0)
    rx_note_add (&always, "without-events=%zu", w.no_events);
  struct rx_linear_report report
      = { .method = method,
          .model = &w.model,
          .fit = w.used + w.no_events > 0 ? &w : NULL,
          .test = run_test,
          .n = w.used,
          .always = always.text,
          .why = w.why != NULL ? w.why : "zero-variance",
          .two_periods = "period" };
  if (status == RX_OK)
    status = rx_linear_rows (&report, design, endpoint, options, rows, err);
  unmake (&w);
  return status;
}

/* --- windows before and after --- */

double
rx_window_ratio (const struct rx_before_after *design)
{
  double after = (double)design->after.to - (double)design->after.from + 1;
  double before = (double)design->before.to - (double)design->before.from + 1;
  return after / before;
}

enum rx_status
rx_conditional_poisson_cell (const struct rx_before_after *design,
                             const struct rx_before_after_cell *cell,
                             double level, bool robust, const char *method,
                             struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_total_ratio ratio = rx_total_ratio_of (cell);
  double se
      = robust ? ratio.robust_se : sqrt (1 / ratio.after + 1 / ratio.before);
  const char *why = rx_total_ratio_why (&ratio, cell->n);
  struct rx_row row = rx_log_ratio_row (
      ratio.log_ratio - log (rx_window_ratio (design)),
      why[0] == '\0' ? se : NAN, cell->n, why, level, &note);
  return rx_fill_before_after (rows, row, cell, method, "change", &note, err);
}
