/* regression_rows.c: a covariate of the studies, one row per quantity.

   I2 = 100 tau2 / (tau2 + s2) with s2 = (k - 2) / trace P of the regression,
   R2 = 100 (t0 - tau2) / t0, not below 0, with t0 the REML tau2 of the same
   studies without the covariate (Raudenbush 2009): NA where t0 is 0.  Knapp &
   Hartung 2003, Stat Med 22:2693-2710: SE^2 times sum w e^2 / (k - 2), not
   truncated unless --hksj-truncate says so. */
#include "methods/regression_rows.h"

#include "stats/meta_line.h"

#include <math.h>
#include <stdlib.h>

struct make
{
  const struct rx_evidence *evidence;
  const struct rx_method_options *options;
  const struct rx_regression_spec *spec;
  const char *method;
  struct rx_rows *rows;
  struct rx_studies studies; /* with the covariate */
  size_t without;            /* studies without it */
  struct rx_meta_line fit;
  struct rx_error *err;
};

static enum rx_status
add (const struct make *m, const char *term, struct rx_row row,
     struct rx_note *note)
{
  row.n = (double)m->studies.k;
  if (isnan (m->fit.slope))
    rx_note_add (note,
                 m->studies.k < 3 ? "too-few-studies" : "equal-moderator");
  if (m->without > 0)
    rx_note_add (note, "without-moderator=%zu", m->without);
  return rx_pooled_add (m->rows, row, m->evidence, m->method, term, note,
                        m->err);
}

static enum rx_status
add_coefficient (const struct make *m, const char *term, double estimate,
                 double se)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  double factor = m->fit.rss / m->fit.df;
  row.estimate = estimate;
  row.std_error = se;
  if (m->spec->hksj)
    {
      if (factor < 1)
        rx_note_add (&note, "hksj-below-1");
      if (factor < 1 && m->options->hksj_truncate)
        {
          rx_note_add (&note, "hksj-truncated");
          factor = 1;
        }
      row.std_error = se * sqrt (factor);
      row.df = m->fit.df;
    }
  row.conf_level = m->options->level;
  rx_pool_test (row.estimate, row.std_error, row.df, m->options->level,
                &row.statistic, &row.p_value, &row.conf_low, &row.conf_high);
  if (m->evidence->log)
    rx_note_add (&note, "log");
  return add (m, term, row, &note);
}

static enum rx_status
add_q (const struct make *m)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.df = m->fit.df;
  row.statistic = m->fit.q;
  row.p_value = m->fit.q_p;
  return add (m, "q-residual", row, &note);
}

static enum rx_status
add_number (const struct make *m, const char *term, double estimate)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.estimate = estimate;
  if (m->fit.tau2 <= 0)
    rx_note_add (&note, "boundary");
  return add (m, term, row, &note);
}

static enum rx_status
add_variances (const struct make *m)
{
  double tau2 = m->fit.tau2, above = tau2 * m->fit.spread;
  double alone = m->studies.k > 1 ? rx_tau2_reml (m->studies) : NAN;
  double r2 = alone > 0 ? fmax (0, 100 * (alone - tau2) / alone) : NAN;
  if (isnan (tau2))
    r2 = NAN;
  if (add_number (m, "tau2", tau2) != RX_OK
      || add_number (m, "i2", 100 * above / (above + m->fit.df)) != RX_OK)
    return m->err->status;
  return add_number (m, "r2", r2);
}

static enum rx_status
add_all (const struct make *m)
{
  if (add_coefficient (m, "slope", m->fit.slope, m->fit.slope_se) != RX_OK
      || add_coefficient (m, "intercept", m->fit.intercept,
                          m->fit.intercept_se)
             != RX_OK
      || add_q (m) != RX_OK)
    return m->err->status;
  return m->spec->random ? add_variances (m) : RX_OK;
}

enum rx_status
rx_regression_run (const struct rx_method *self,
                   const struct rx_evidence *evidence,
                   const struct rx_method_options *options,
                   struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_regression_spec *spec = self->kind;
  double *y = rx_array (evidence->k, sizeof *y);
  double *v = rx_array (evidence->k, sizeof *v);
  double *x = rx_array (evidence->k, sizeof *x);
  enum rx_status status
      = y == NULL || v == NULL || x == NULL ? rx_fail_memory (err) : RX_OK;
  size_t k = 0;
  for (size_t i = 0; i < evidence->k && status == RX_OK; i++)
    if (!isnan (evidence->moderator[i]))
      {
        y[k] = evidence->y[i];
        v[k] = evidence->v[i];
        x[k++] = evidence->moderator[i];
      }
  if (status == RX_OK)
    {
      struct rx_studies studies = { y, v, k };
      struct make m = { evidence,
                        options,
                        spec,
                        self->name,
                        rows,
                        studies,
                        evidence->k - k,
                        rx_meta_line_fit (studies, x, spec->random),
                        err };
      status = add_all (&m);
    }
  free (y);
  free (v);
  free (x);
  return status;
}
