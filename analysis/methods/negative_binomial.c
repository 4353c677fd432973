/* negative_binomial.c: log ratios of mean counts by negative binomial
   regression, with errors that are robust to what the counts of a person have
   in common.

   The variance is mu + mu^2 / theta (NB2), theta by maximum likelihood, in the
   row `theta`; the errors are the sandwich at that theta with persons as its
   units, no small-sample factor.  See stats/negbin.c.  Crossover: on period
   and treatment, with the exposure as offset where there is one.
   Before/after: on the window, with the days as offset.  A window has one
   mean, the observed one whatever theta is, so that the ratio and its sandwich
   are those of conditional-poisson-robust; theta is what the model adds.

   Lawless, Canadian Journal of Statistics 1987;15:209-225. */
#include "methods/conditional_poisson_rows.h"
#include "methods/gee_rows.h"
#include "methods/total_ratio.h"
#include "stats/negbin.h"

#include <math.h>
#include <stdlib.h>

/* `why`: there is no fit; NULL where there is one. */
static struct rx_row
theta_row (double theta, size_t n, const char *why, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)n;
  if (why != NULL)
    rx_note_add (note, "%s", why);
  else if (isinf (theta))
    rx_note_add (note, "no-overdispersion");
  else
    row.estimate = theta;
  return row;
}

/* --- a crossover trial --- */

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_gee_endpoint e;
  struct rx_note note = { "" };
  struct rx_negbin fit = { .theta = NAN };
  if (rx_gee_endpoint_make (&e, design, endpoint, &rx_gee_negative_binomial,
                            options, err)
      != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  if (e.why == NULL)
    {
      status = rx_negbin_fit (&fit, &e.model.data, e.model.offset, err);
      e.fit = fit.gee; /* which the endpoint frees */
      e.why = fit.gee.why;
    }
  if (status == RX_OK)
    status = rx_gee_endpoint_rows (&e, design, endpoint, options, self->name,
                                   "log", rows, err);
  if (status == RX_OK)
    {
      struct rx_row row = theta_row (fit.theta, e.n, e.why, &note);
      status = rx_fill_crossover (rows, row, design, endpoint, self->name,
                                  "theta", false, &note, err);
    }
  rx_gee_endpoint_free (&e);
  return status;
}

/* --- windows before and after --- */

/* Two rows a person: an intercept, and the window after. */
static enum rx_status
cell_theta (const struct rx_before_after_cell *cell, double *theta,
            const char **why, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  double *y = rx_array (2 * cell->n, 3 * sizeof *y);
  size_t *first = rx_array (cell->n + 1, sizeof *first);
  struct rx_negbin fit = { .theta = NAN };
  if (y == NULL || first == NULL)
    status = rx_fail_memory (err);
  else
    {
      double *x = y + 2 * cell->n;
      for (size_t i = 0; i < cell->n; i++)
        {
          first[i] = 2 * i;
          y[2 * i] = (double)cell->before[i];
          y[2 * i + 1] = (double)cell->after[i];
          x[4 * i] = x[4 * i + 2] = x[4 * i + 3] = 1;
          x[4 * i + 1] = 0;
        }
      first[cell->n] = 2 * cell->n;
      const struct rx_linear_data data = { .n = 2 * cell->n,
                                           .p = 2,
                                           .groups = cell->n,
                                           .first = first,
                                           .x = x,
                                           .y = y };
      status = rx_negbin_fit (&fit, &data, NULL, err);
      *theta = fit.theta;
      *why = fit.gee.why;
      rx_negbin_free (&fit);
    }
  free (y);
  free (first);
  return status;
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_total_ratio totals = rx_total_ratio_of (cell);
  const char *why = rx_total_ratio_why (&totals, cell->n);
  double theta = NAN;
  if (rx_conditional_poisson_cell (design, cell, options->level, true,
                                   "negative-binomial", rows, err)
      != RX_OK)
    return err->status;
  why = why[0] == '\0' ? NULL : why;
  if (why == NULL && cell_theta (cell, &theta, &why, err) != RX_OK)
    return err->status;
  struct rx_row row = theta_row (theta, cell->n, why, &note);
  return rx_fill_before_after (rows, row, cell, "negative-binomial", "theta",
                               &note, err);
}

const struct rx_method rx_method_negative_binomial = {
  .name = "negative-binomial",
  .title = "Ratios of mean counts by negative binomial regression",
  .source = "Lawless 1987, Can J Stat 15:209-225; White 1982, Econometrica "
            "50:1-25",
  .words = "Mean counts are compared by negative binomial regression with "
           "errors that are robust to the correlation within subjects.",
  .counts_only = true,
  .on_request = true,
  .measures = RX_DISPENSINGS,
  .crossover = run_crossover,
  .before_after = run_before_after,
};
