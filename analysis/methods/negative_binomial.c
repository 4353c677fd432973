/* negative_binomial.c: log ratios of mean counts in a crossover trial by
   negative binomial regression on period and treatment, with errors that are
   robust to what the counts of a subject have in common.

   The variance is mu + mu^2 / theta (NB2), theta by maximum likelihood, in the
   row `theta`; the errors are the sandwich at that theta with subjects as its
   units, no small-sample factor.  See stats/negbin.c.  Before and after a
   window has one mean, and the model would give rate-ratio-robust again.

   Lawless, Canadian Journal of Statistics 1987;15:209-225. */
#include "methods/gee_rows.h"
#include "stats/negbin.h"

#include <math.h>

static enum rx_status
add_theta (const struct rx_gee_endpoint *e, double theta,
           const struct rx_crossover *design,
           const struct rx_endpoint *endpoint, struct rx_rows *rows,
           struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)e->n;
  if (e->why != NULL)
    rx_note_add (&note, "%s", e->why);
  else if (isinf (theta))
    rx_note_add (&note, "no-overdispersion");
  else
    row.estimate = theta;
  return rx_fill_crossover (rows, row, design, endpoint, "negative-binomial",
                            "theta", false, &note, err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_gee_endpoint e;
  struct rx_negbin fit = { .theta = NAN };
  if (rx_gee_endpoint_make (&e, design, endpoint, &rx_gee_negative_binomial,
                            options, err)
      != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  if (e.why == NULL)
    {
      status = rx_negbin_fit (&fit, &e.model.data, err);
      e.fit = fit.gee; /* which the endpoint frees */
      e.why = fit.gee.why;
    }
  if (status == RX_OK)
    status = rx_gee_endpoint_rows (&e, design, endpoint, options, self->name,
                                   "log", rows, err);
  if (status == RX_OK)
    status = add_theta (&e, fit.theta, design, endpoint, rows, err);
  rx_gee_endpoint_free (&e);
  return status;
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
  .crossover = run_crossover,
};
