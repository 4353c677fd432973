/* segmented_count.c: the log-linear model behind segmented-poisson and
   segmented-quasipoisson. */
#include "methods/segmented_count.h"

#include "stats/poisson_glm.h"

#include <math.h>
#include <stdlib.h>

/* Why a series is none of counts, "" when it is one. */
static const char *
unfit (const struct rx_series *series)
{
  double total = 0;
  for (size_t i = 0; i < series->n; i++)
    {
      if (series->value[i] < 0)
        return "negative-value";
      total += series->value[i];
    }
  return series->n == 0 ? "no-points" : total > 0 ? "" : "all-zero";
}

static enum rx_status
add_unfit (const struct rx_series *series, const struct rx_series_matrix *m,
           const char *method, const char *why, struct rx_rows *rows,
           struct rx_error *err)
{
  struct rx_note note = { "log" };
  rx_note_add (&note, "%s", why);
  for (size_t c = 0; c < m->k; c++)
    if (rx_segmented_extra (series, rx_row_blank (), method, m->term[c], &note,
                            rows, err)
        != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
add_measures (const struct rx_series *series, double df, double deviance,
              double dispersion, const char *method, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.df = df;
  row.estimate = deviance;
  if (rx_segmented_extra (series, row, method, "deviance", &note, rows, err)
      != RX_OK)
    return err->status;
  row.estimate = dispersion;
  return rx_segmented_extra (series, row, method, "dispersion", &note, rows,
                             err);
}

static enum rx_status
add_fit (const struct rx_series *series, const struct rx_series_matrix *m,
         struct rx_poisson_glm *fit, double level, const char *method,
         bool scaled, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "log" };
  struct rx_ols *ols = &fit->last;
  double df = rx_ols_df (ols), dispersion = fit->pearson / df;
  if (scaled)
    for (size_t i = 0; i < m->k * m->k; i++)
      ols->bread[i] *= dispersion;
  enum rx_status status
      = rx_segmented_rows (series, m, ols, ols->bread, scaled ? df : INFINITY,
                           level, method, &note, rows, err);
  if (status != RX_OK || scaled)
    return status;
  return add_measures (series, df, fit->deviance, dispersion, method, rows,
                       err);
}

enum rx_status
rx_segmented_count_run (const struct rx_series *series,
                        const struct rx_method_options *options,
                        const char *method, bool scaled, struct rx_rows *rows,
                        struct rx_error *err)
{
  struct rx_series_matrix m;
  struct rx_poisson_glm fit = { 0 };
  const char *why = unfit (series);
  if (rx_series_matrix_make (series, &m, err) != RX_OK)
    return err->status;
  double *offset = rx_array (m.n, sizeof *offset);
  enum rx_status status = offset == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t i = 0; status == RX_OK && i < m.n; i++)
    offset[i] = series->population == NULL
                    ? 0
                    : log (series->population[i] / series->spec->per);
  if (status == RX_OK && why[0] == '\0')
    {
      status = rx_poisson_glm_fit (m.x, series->value, offset, m.n, m.k, &fit,
                                   err);
      if (!fit.converged)
        why = "no-finite-estimate";
    }
  if (status == RX_OK)
    status = why[0] != '\0' ? add_unfit (series, &m, method, why, rows, err)
                            : add_fit (series, &m, &fit, options->level,
                                       method, scaled, rows, err);
  free (offset);
  rx_poisson_glm_free (&fit);
  rx_series_matrix_free (&m);
  return status;
}
