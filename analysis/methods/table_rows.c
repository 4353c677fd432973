/* table_rows.c: rows of pooled two-by-two tables.

   Notes: `uninformative=N`, tables that say nothing on the measure;
   `not-estimable`, no finite estimate; `zero-variance`. */
#include "methods/table_rows.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct rx_two_groups *
rx_table_rows_tables (const struct rx_evidence *evidence)
{
  struct rx_two_groups *out = rx_array (evidence->k, sizeof *out);
  for (size_t i = 0; out != NULL && i < evidence->k; i++)
    {
      const double *x = evidence->input + i * RX_EFFECT_INPUTS_MOST;
      out[i] = (struct rx_two_groups){ x[0], x[1], x[2], x[3] };
    }
  return out;
}

bool
rx_table_rows_varies (struct rx_two_groups t)
{
  double events = t.events1 + t.events2;
  return events > 0 && events < t.n1 + t.n2;
}

static enum rx_status
add_q (const struct rx_evidence *evidence, const char *method, double q,
       size_t tables, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)tables;
  if (tables < 2 || isnan (q))
    rx_note_add (&note, tables < 2 ? "too-few-studies" : "not-estimable");
  else
    {
      row.df = (double)(tables - 1);
      row.statistic = fmax (0, q);
      row.p_value = gsl_cdf_chisq_Q (row.statistic, row.df);
    }
  return rx_pooled_add (rows, row, evidence, method, "q", &note, err);
}

enum rx_status
rx_table_rows (const struct rx_evidence *evidence,
               const struct rx_method_options *options, const char *method,
               struct rx_tables_pooled pooled, double q, size_t tables,
               struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)pooled.k;
  row.estimate = pooled.estimate;
  row.std_error = pooled.se;
  row.conf_level = options->level;
  rx_pool_test (row.estimate, row.std_error, row.df, options->level,
                &row.statistic, &row.p_value, &row.conf_low, &row.conf_high);
  if (isnan (pooled.estimate))
    rx_note_add (&note, "not-estimable");
  else if (pooled.se <= 0)
    rx_note_add (&note, "zero-variance");
  if (pooled.k < evidence->k)
    rx_note_add (&note, "uninformative=%zu", evidence->k - pooled.k);
  if (evidence->log)
    rx_note_add (&note, "log");
  if (rx_pooled_add (rows, row, evidence, method, "pooled", &note, err)
      != RX_OK)
    return err->status;
  return add_q (evidence, method, q, tables, rows, err);
}
