/* negbin.c: V (y) = mu + mu^2 / theta, log mu = x beta.

   In turn until theta stands still: beta given theta, by weighted least
   squares (stats/gee.c without a working correlation), and theta given mu, at
   the root of

     sum [psi (y + theta) - psi (theta) - log (1 + mu / theta)
          + (mu - y) / (mu + theta)]

   Lawless, Canadian Journal of Statistics 1987;15:209-225, the model that
   Cameron & Trivedi call NB2.  Where sum [(y - mu)^2 - y] <= 0 at the Poisson
   fit the likelihood rises up to theta = infinity, which is that fit.  Persons
   as units: White, Econometrica 1982;50:1-25.

   To check: y = 1, 3 alone: 1 + 1 - 4 < 0, so that theta is infinite. */
#include "stats/negbin.h"

#include <gsl/gsl_sf_psi.h>
#include <math.h>

enum
{
  TURNS_MOST = 500,
  SUMMED_MOST = 64 /* counts whose psi is summed term by term */
};
static const double STILL = 1e-10; /* change of log theta */
static const double LOG_MOST = 30; /* |log theta| that is looked at */

/* psi (y + theta) - psi (theta) */
static double
psi_apart (double y, double theta)
{
  double sum = 0;
  if (y > SUMMED_MOST)
    return gsl_sf_psi (y + theta) - gsl_sf_psi (theta);
  for (double j = 0; j < y; j++)
    sum += 1 / (theta + j);
  return sum;
}

static double
slope (const struct rx_linear_data *d, const double *mu, double log_theta)
{
  double theta = exp (log_theta), sum = 0;
  for (size_t i = 0; i < d->n; i++)
    sum += psi_apart (d->y[i], theta) - log1p (mu[i] / theta)
           + (mu[i] - d->y[i]) / (mu[i] + theta);
  return sum;
}

/* The root in log theta: the slope is above zero for small theta; INFINITY
   where it never falls below. */
static double
best_log_theta (const struct rx_linear_data *d, const double *mu)
{
  double low = -LOG_MOST, high = -LOG_MOST;
  while (high < LOG_MOST && slope (d, mu, high) > 0)
    {
      low = high;
      high++;
    }
  if (high >= LOG_MOST)
    return INFINITY;
  for (;;)
    {
      double middle = low + (high - low) / 2;
      if (middle <= low || middle >= high)
        return middle;
      *(slope (d, mu, middle) > 0 ? &low : &high) = middle;
    }
}

static bool
is_overdispersed (const struct rx_linear_data *d, const double *mu)
{
  double sum = 0;
  for (size_t i = 0; i < d->n; i++)
    sum += (d->y[i] - mu[i]) * (d->y[i] - mu[i]) - d->y[i];
  return sum > 0;
}

static enum rx_status
fit_at (struct rx_negbin *fit, const struct rx_linear_data *data,
        const double *offset, double log_theta, struct rx_error *err)
{
  const struct rx_gee_spec poisson
      = { .family = &rx_gee_poisson, .offset = offset };
  const struct rx_gee_spec spec = { .family = &rx_gee_negative_binomial,
                                    .parameter = exp (-log_theta),
                                    .offset = offset };
  rx_gee_free (&fit->gee);
  fit->theta = exp (log_theta);
  return rx_gee_fit (&fit->gee, data, isinf (log_theta) ? &poisson : &spec,
                     err);
}

enum rx_status
rx_negbin_fit (struct rx_negbin *fit, const struct rx_linear_data *data,
               const double *offset, struct rx_error *err)
{
  double last = INFINITY, moved = INFINITY;
  *fit = (struct rx_negbin){ 0 };
  enum rx_status status = fit_at (fit, data, offset, last, err);
  if (status == RX_OK && fit->gee.why == NULL
      && !is_overdispersed (data, fit->gee.mu))
    return RX_OK;
  for (int i = 0; i < TURNS_MOST && status == RX_OK && fit->gee.why == NULL
                  && moved > STILL;
       i++)
    {
      double next = best_log_theta (data, fit->gee.mu);
      moved = isinf (next) ? 0 : fabs (next - last);
      last = next;
      status = fit_at (fit, data, offset, next, err);
    }
  if (status == RX_OK && fit->gee.why == NULL && moved > STILL)
    fit->gee.why = "no-finite-estimate";
  if (status == RX_OK && fit->gee.why != NULL)
    fit->theta = NAN;
  return status;
}

void
rx_negbin_free (struct rx_negbin *fit)
{
  rx_gee_free (&fit->gee);
}
