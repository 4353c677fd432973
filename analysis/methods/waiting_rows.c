/* waiting_rows.c: each person's first dispensing in the window, or in reverse
   the last, half a day into its day, and the fit. */
#include "methods/waiting_rows.h"

#include "base/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Days into the window; the number of persons with any. */
static size_t
times_of (const struct rx_exposure *x, double *t)
{
  const struct rx_exposure_spec *spec = x->spec;
  size_t n = 0;
  for (size_t p = 0; p < x->n_persons; p++)
    {
      bool any = false;
      int32_t day = 0;
      for (size_t i = x->start[p]; i < x->start[p + 1]; i++)
        if (rx_days_hold (spec->waiting, x->rows[i].day)
            && (!any || spec->reverse))
          {
            any = true;
            day = x->rows[i].day;
          }
      if (any)
        t[n++] = 0.5
                 + (spec->reverse ? spec->waiting.to - day
                                  : day - spec->waiting.from);
    }
  return n;
}

/* An estimate on the scale of its parameter, back on its own. */
static enum rx_status
add (struct rx_rows *rows, const char *method, const char *term,
     const struct rx_waiting_fit *fit, double value, double se,
     double (*back) (double), double slope, double level, struct rx_error *err)
{
  double z = gsl_cdf_ugaussian_Qinv ((1 - level) / 2);
  struct rx_row row = rx_row_blank ();
  row.method = method;
  row.term = term;
  row.n = (double)fit->n;
  row.estimate = back (value);
  row.std_error = slope * se;
  row.conf_level = level;
  row.conf_low = back (value - z * se);
  row.conf_high = back (value + z * se);
  return rx_rows_add (rows, &row, err);
}

static double
logistic (double x)
{
  return 1 / (1 + exp (-x));
}

static double
same (double x)
{
  return x;
}

static enum rx_status
add_fit (struct rx_rows *rows, const char *method,
         const struct rx_waiting_family *family,
         const struct rx_waiting_fit *fit, double level, struct rx_error *err)
{
  static const struct
  {
    const char *term;
    double p;
  } percentiles[] = { { "percentile 80", 0.8 }, { "percentile 90", 0.9 } };
  double p = logistic (fit->theta[0]);
  if (add (rows, method, "prevalence", fit, fit->theta[0],
           sqrt (fit->covariance[0][0]), logistic, p * (1 - p), level, err)
      != RX_OK)
    return err->status;
  for (size_t i = 0; i < 2; i++)
    {
      double se,
          q = rx_waiting_log_quantile (family, fit, percentiles[i].p, &se);
      if (add (rows, method, percentiles[i].term, fit, q, se, exp, exp (q),
               level, err)
          != RX_OK)
        return err->status;
    }
  for (size_t a = 0; a < family->n; a++)
    if (add (rows, method, family->parameters[a], fit, fit->theta[a + 1],
             sqrt (fit->covariance[a + 1][a + 1]), same, 1, level, err)
        != RX_OK)
      return err->status;
  return rx_exposure_add (rows, method, "log-likelihood", fit->n,
                          fit->log_likelihood, "", err);
}

/* No fit: every row is there, and says why it has no number. */
static enum rx_status
add_nothing (struct rx_rows *rows, const char *method,
             const struct rx_waiting_family *family, size_t n,
             struct rx_error *err)
{
  const char *why = n == 0 ? "no-persons" : "no-maximum";
  static const char *const terms[]
      = { "prevalence", "percentile 80", "percentile 90" };
  for (size_t i = 0; i < 3; i++)
    if (rx_exposure_add (rows, method, terms[i], n, NAN, why, err) != RX_OK)
      return err->status;
  for (size_t a = 0; a < family->n; a++)
    if (rx_exposure_add (rows, method, family->parameters[a], n, NAN, why, err)
        != RX_OK)
      return err->status;
  return rx_exposure_add (rows, method, "log-likelihood", n, NAN, why, err);
}

enum rx_status
rx_waiting_run (const struct rx_method *self,
                const struct rx_exposure *exposure,
                const struct rx_method_options *options, struct rx_rows *rows,
                struct rx_error *err)
{
  const struct rx_waiting_family *family = self->kind;
  const struct rx_days window = exposure->spec->waiting;
  struct rx_waiting_fit fit = { 0 };
  double *t = rx_array (exposure->n_persons, sizeof *t);
  if (t == NULL)
    return rx_fail_memory (err);
  size_t n = times_of (exposure, t);
  if (n > 0)
    fit = rx_waiting_time (family, t, n, window.to - window.from + 1);
  free (t);
  return fit.converged
             ? add_fit (rows, self->name, family, &fit, options->level, err)
             : add_nothing (rows, self->name, family, n, err);
}
