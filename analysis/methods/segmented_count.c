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

/* The model of a series of counts; *why, where it is not "", tells why it was
   not fitted. */
static enum rx_status
fit_counts (const struct rx_series *series, const struct rx_series_matrix *m,
            struct rx_poisson_glm *fit, const char **why, struct rx_error *err)
{
  *why = unfit (series);
  if ((*why)[0] != '\0')
    return RX_OK;
  double *offset = rx_array (m->n, sizeof *offset);
  if (offset == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < m->n; i++)
    offset[i] = series->population == NULL
                    ? 0
                    : log (series->population[i] / series->spec->per);
  enum rx_status status
      = rx_poisson_glm_fit (m->x, series->value, offset, m->n, m->k, fit, err);
  if (status == RX_OK && !fit->converged)
    *why = "no-finite-estimate";
  free (offset);
  return status;
}

/* Times Pearson's dispersion, for the quasi-Poisson model. */
static void
scale_covariance (struct rx_poisson_glm *fit, size_t k)
{
  double dispersion = fit->pearson / rx_ols_df (&fit->last);
  for (size_t i = 0; i < k * k; i++)
    fit->last.bread[i] *= dispersion;
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
    scale_covariance (fit, m->k);
  enum rx_status status
      = rx_segmented_rows (series, m, ols, ols->bread, scaled ? df : INFINITY,
                           level, method, &note, rows, err);
  if (status != RX_OK || scaled)
    return status;
  return add_measures (series, df, fit->deviance, dispersion, method, rows,
                       err);
}

enum rx_status
rx_segmented_count_run (const struct rx_method *self,
                        const struct rx_series *series,
                        const struct rx_method_options *options,
                        struct rx_rows *rows, struct rx_error *err)
{
  const struct rx_segmented_count_kind *kind = self->kind;
  struct rx_series_matrix m;
  struct rx_poisson_glm fit = { 0 };
  const char *why = "";
  if (rx_series_matrix_make (series, &m, err) != RX_OK)
    return err->status;
  enum rx_status status = fit_counts (series, &m, &fit, &why, err);
  if (status == RX_OK)
    status = why[0] != '\0'
                 ? add_unfit (series, &m, self->name, why, rows, err)
                 : add_fit (series, &m, &fit, options->level, self->name,
                            kind->scaled, rows, err);
  rx_poisson_glm_free (&fit);
  rx_series_matrix_free (&m);
  return status;
}

enum rx_status
rx_segmented_fit_count (const struct rx_series *series, bool scaled,
                        struct rx_segmented_fit *fit, struct rx_error *err)
{
  struct rx_poisson_glm glm = { 0 };
  const char *why;
  fit->is_log = true;
  if (rx_series_matrix_make (series, &fit->matrix, err) != RX_OK)
    return err->status;
  enum rx_status status = fit_counts (series, &fit->matrix, &glm, &why, err);
  fit->why = why[0] != '\0' ? why : NULL;
  if (status == RX_OK && fit->why == NULL)
    {
      if (scaled)
        scale_covariance (&glm, fit->matrix.k);
      fit->df = scaled ? rx_ols_df (&glm.last) : INFINITY;
      fit->coefficient = glm.last.coefficient;
      fit->covariance = glm.last.bread;
      glm.last.coefficient = glm.last.bread = NULL;
    }
  rx_poisson_glm_free (&glm);
  return status;
}
