/* pooled.c: one row per quantity of a pooled result.

   Notes: `log` (estimates are logarithms), `one-study`, `boundary` (the
   estimate of tau2 is 0), `empty-interval` (no tau2 agrees with so small a Q),
   `hksj-below-1` (HKSJ makes the standard error smaller), `hksj-truncated`,
   `zero-variance`. */
#include "methods/pooled.h"

#include <math.h>
#include <string.h>

struct rx_studies
rx_evidence_studies (const struct rx_evidence *e)
{
  return (struct rx_studies){ e->y, e->v, e->k };
}

enum rx_status
rx_pooled_add (struct rx_rows *rows, struct rx_row row,
               const struct rx_evidence *evidence, const char *method,
               const char *term, struct rx_note *note, struct rx_error *err)
{
  row.endpoint = evidence->endpoint;
  if (evidence->group != NULL)
    row.group = evidence->group;
  row.method = method;
  row.term = term;
  row.is_effect = strcmp (term, "pooled") == 0;
  row.note = note->text;
  return rx_rows_add (rows, &row, err);
}

static void
explain (const struct rx_pool *pool, bool is_random, struct rx_note *note)
{
  if (pool->k == 0)
    rx_note_add (note, "no-studies");
  else if (pool->k == 1)
    rx_note_add (note, "one-study");
  else if (is_random && !(pool->tau2 > 0))
    rx_note_add (note, "boundary");
}

static void
explain_hksj (const struct rx_pool *pool, struct rx_note *note)
{
  if (pool->se <= 0)
    rx_note_add (note, "zero-variance");
  else if (pool->factor < 1)
    rx_note_add (note, "hksj-below-1");
}

struct rx_row
rx_pooled_row (const struct rx_pool *pool, double level, bool is_random,
               struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)pool->k;
  row.estimate = pool->mean;
  row.std_error = pool->se;
  row.df = pool->df;
  row.statistic = pool->statistic;
  row.p_value = pool->p;
  row.conf_level = level;
  row.conf_low = pool->low;
  row.conf_high = pool->high;
  explain (pool, is_random, note);
  return row;
}

/* An estimate with an interval and nothing else. */
static struct rx_row
interval_row (const struct rx_pool *pool, double level, double estimate,
              double low, double high)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)pool->k;
  row.estimate = estimate;
  if (!isnan (low))
    {
      row.conf_level = level;
      row.conf_low = low;
      row.conf_high = high;
    }
  return row;
}

/* What a row of the result needs to be made. */
struct make
{
  const struct rx_evidence *evidence;
  const char *method;
  const struct rx_pool *pool;
  const struct rx_pool_spec *spec;
  struct rx_rows *rows;
  struct rx_error *err;
};

static enum rx_status
add_pooled (const struct make *m)
{
  struct rx_note note = { "" };
  struct rx_row row
      = rx_pooled_row (m->pool, m->spec->level, m->spec->tau2 != NULL, &note);
  if (m->evidence->log)
    rx_note_add (&note, "log");
  if (m->spec->hksj)
    explain_hksj (m->pool, &note);
  if (m->spec->truncate && m->spec->hksj && m->pool->factor < 1)
    rx_note_add (&note, "hksj-truncated");
  return rx_pooled_add (m->rows, row, m->evidence, m->method, "pooled", &note,
                        m->err);
}

static enum rx_status
add_share (const struct make *m, const char *term, double estimate, double low,
           double high)
{
  struct rx_note note = { "" };
  bool is_random = m->spec->tau2 != NULL;
  explain (m->pool, is_random, &note);
  if (is_random && m->pool->k > 1 && isnan (low))
    rx_note_add (&note, "empty-interval");
  return rx_pooled_add (
      m->rows, interval_row (m->pool, m->spec->level, estimate, low, high),
      m->evidence, m->method, term, &note, m->err);
}

static enum rx_status
add_q (const struct make *m)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)m->pool->k;
  row.df = m->pool->q_df;
  row.statistic = m->pool->q;
  row.p_value = m->pool->q_p;
  explain (m->pool, false, &note);
  return rx_pooled_add (m->rows, row, m->evidence, m->method, "q", &note,
                        m->err);
}

static enum rx_status
add_prediction (const struct make *m)
{
  struct rx_note note = { "" };
  const struct rx_pool *pool = m->pool;
  struct rx_row row
      = interval_row (pool, m->spec->level, pool->mean, pool->prediction_low,
                      pool->prediction_high);
  row.df = pool->df;
  explain (pool, true, &note);
  if (m->evidence->log)
    rx_note_add (&note, "log");
  return rx_pooled_add (m->rows, row, m->evidence, m->method, "prediction",
                        &note, m->err);
}

/* The harmonic mean of the totals of one-armed studies. */
static double
typical_total (const struct rx_evidence *e)
{
  double sum = 0;
  for (size_t i = 0; i < e->k; i++)
    sum += 1 / e->input[i * RX_EFFECT_INPUTS_MOST + 1];
  return (double)e->k / sum;
}

/* A pooled transformed proportion as a proportion. */
static enum rx_status
add_proportion (const struct make *m, const char *term, double low,
                double high)
{
  const struct rx_evidence *e = m->evidence;
  double (*back) (double y, double n) = e->effect->back;
  double n = typical_total (e);
  struct rx_note note = { "" };
  explain (m->pool, m->spec->tau2 != NULL, &note);
  return rx_pooled_add (m->rows,
                        interval_row (m->pool, m->spec->level,
                                      back (m->pool->mean, n), back (low, n),
                                      back (high, n)),
                        e, m->method, term, &note, m->err);
}

static enum rx_status
add_proportions (const struct make *m)
{
  if ((m->evidence->has & RX_EVIDENCE_ARMS) == 0
      || m->evidence->effect->back == NULL)
    return RX_OK;
  if (add_proportion (m, "pooled-proportion", m->pool->low, m->pool->high)
      != RX_OK)
    return m->err->status;
  return m->spec->tau2 == NULL ? RX_OK
                               : add_proportion (m, "prediction-proportion",
                                                 m->pool->prediction_low,
                                                 m->pool->prediction_high);
}

enum rx_status
rx_pooled_run (const struct rx_method *self,
               const struct rx_evidence *evidence,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  const struct rx_pooled_kind *kind = self->kind;
  struct rx_pool_spec spec
      = { kind->tau2, kind->hksj, options->hksj_truncate, options->level };
  struct rx_pool pool
      = rx_pool_studies (rx_evidence_studies (evidence), &spec);
  struct make make = { evidence, self->name, &pool, &spec, rows, err };
  if (add_pooled (&make) != RX_OK
      || add_share (&make, "tau2", pool.tau2, pool.tau2_low, pool.tau2_high)
             != RX_OK
      || add_share (&make, "i2", pool.i2, pool.i2_low, pool.i2_high) != RX_OK
      || add_share (&make, "h2", pool.h2, pool.h2_low, pool.h2_high) != RX_OK
      || add_q (&make) != RX_OK)
    return err->status;
  if (kind->tau2 != NULL && add_prediction (&make) != RX_OK)
    return err->status;
  return add_proportions (&make);
}
