/* lmm_blocks.c: REML with a dense covariance block per group, to the optimum.

   The deviance is that of lmm_blocks_deviance.c, its minimum found as
   lmm_blocks_search.c says, in residuals of the model with one variance
   within; the last steps are repeated on residuals of their own.

   To check: complete AB/BA data with G of kinds have variances and covariance
   that are those pooled over the sequences; with an intercept, between is that
   covariance and within what the variances have above it. */
#include "stats/lmm_blocks.h"

#include "base/memory.h"
#include "stats/dense.h"
#include "stats/lmm_blocks_search.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  ROUNDS = 2 /* of taking residuals and polishing */
};

/* Which kinds a group has, and which of them twice. */
static void
find_together (const struct rx_blocks_data *data, size_t *count,
               bool *together)
{
  size_t kinds = data->kinds;
  for (size_t g = 0; g < data->rows.groups; g++)
    {
      memset (count, 0, kinds * sizeof *count);
      for (size_t i = data->rows.first[g]; i < data->rows.first[g + 1]; i++)
        count[data->kind[i]]++;
      for (size_t a = 0; a < kinds; a++)
        for (size_t b = 0; b < kinds; b++)
          if (a == b ? count[a] > 1 : count[a] > 0 && count[b] > 0)
            together[a * kinds + b] = true;
    }
}

/* Inverse of the positive semi-definite a[n * n] in the directions that it
   sees; false where there is no memory. */
static bool
invert_seen (const double *a, size_t n, double *out)
{
  double *copy = rx_array (2 * n * n + 2 * n, sizeof *copy);
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc (n);
  bool ok = copy != NULL && space != NULL;
  if (ok)
    {
      double *vectors = copy + n * n, *values = vectors + n * n;
      double *scale = values + n, most = 0;
      for (size_t i = 0; i < n; i++)
        scale[i] = a[i * n + i] > 0 ? sqrt (a[i * n + i]) : 1;
      for (size_t i = 0; i < n * n; i++)
        copy[i] = a[i] / scale[i / n] / scale[i % n];
      gsl_matrix_view m = gsl_matrix_view_array (copy, n, n);
      gsl_matrix_view v = gsl_matrix_view_array (vectors, n, n);
      gsl_vector_view w = gsl_vector_view_array (values, n);
      ok = gsl_eigen_symmv (&m.matrix, &w.vector, &v.matrix, space)
           == GSL_SUCCESS;
      for (size_t i = 0; i < n; i++)
        most = fmax (most, fabs (values[i]));
      memset (out, 0, n * n * sizeof *out);
      for (size_t e = 0; ok && e < n; e++)
        for (size_t i = 0;
             values[e] > RX_BLOCKS_FLAT_DIRECTION * most && i < n; i++)
          for (size_t j = 0; j < n; j++)
            out[i * n + j] += vectors[i * n + e] * vectors[j * n + e]
                              / values[e] / scale[i] / scale[j];
    }
  if (space != NULL)
    gsl_eigen_symmv_free (space);
  free (copy);
  return ok;
}

/* The covariance of the natural parameters: 2 inv (information), the observed
   one of the free parameters. */
static enum rx_status
inform (struct rx_blocks *fit, struct rx_blocks_search *s,
        struct rx_error *err)
{
  size_t n = s->n, m = s->naturals;
  double *work = rx_array (n * n + n * m + n * m + m * n + 1, sizeof *work);
  double *free_inverse = work, *jacobian = work + n * n;
  double *turned = jacobian + n * m, *product = turned + n * m;
  bool ok = work != NULL
            && invert_seen (s->expected, m, fit->expected.covariance)
            && invert_seen (s->hessian, n, free_inverse);
  if (ok)
    {
      for (size_t i = 0; i < n; i++)
        {
          rx_blocks_natural_slope (s, i, jacobian + i * m);
          for (size_t k = 0; k < m; k++)
            turned[k * n + i] = jacobian[i * m + k];
        }
      rx_dense_sandwich (turned, free_inverse, m, n, product,
                         fit->observed.covariance);
      for (size_t i = 0; i < m * m; i++)
        {
          fit->expected.covariance[i] *= 2;
          fit->observed.covariance[i] *= 2;
        }
      fit->score = 0;
      for (size_t i = 0; i < n; i++)
        fit->score = fmax (fit->score, fabs (s->gradient[i])
                                           * sqrt (free_inverse[i * n + i]));
    }
  free (work);
  return ok ? RX_OK : rx_fail_memory (err);
}

static bool
fit_alloc (struct rx_blocks *fit, size_t naturals)
{
  size_t rank = fit->start.estimable.rank, square = rank * rank;
  size_t dims = fit->dims * fit->dims;
  fit->n_natural = naturals;
  double *at = rx_array (rank + square + dims + fit->kinds + naturals * square
                             + 2 * (naturals * naturals + square),
                         sizeof *at);
  if (at == NULL)
    return false;
  fit->beta = at;
  fit->covariance = at + rank;
  fit->between = fit->covariance + square;
  fit->within = fit->between + dims;
  fit->u = fit->within + fit->kinds;
  fit->expected.covariance = fit->u + naturals * square;
  fit->observed.covariance = fit->expected.covariance + naturals * naturals;
  fit->expected.addition = fit->observed.covariance + naturals * naturals;
  fit->observed.addition = fit->expected.addition + square;
  return true;
}

static void
keep_variances (struct rx_blocks *fit, const struct rx_blocks_search *s)
{
  for (size_t a = 0; a < s->dims; a++)
    for (size_t b = 0; b < s->dims; b++)
      fit->between[a * s->dims + b] = s->natural[rx_blocks_element (a, b)];
  for (size_t a = 0; a < s->kinds; a++)
    fit->within[a] = s->within_at[a] == RX_BLOCKS_ABSENT
                         ? NAN
                         : s->natural[s->within_at[a]];
}

static enum rx_status
keep_solution (struct rx_blocks *fit, struct rx_blocks_search *s,
               struct rx_error *err)
{
  size_t square = s->rank * s->rank;
  rx_dense_add (fit->beta, 1, s->beta, s->rank);
  memcpy (fit->covariance, s->inverse, square * sizeof *s->inverse);
  memcpy (fit->u, s->u, s->naturals * square * sizeof *s->u);
  keep_variances (fit, s);
  fit->deviance
      = s->deviance + 2 * (double)fit->start.df_residual * log (fit->unit);
  if (inform (fit, s, err) != RX_OK)
    return err->status;
  struct rx_blocks_information *expected = &fit->expected;
  struct rx_blocks_information *observed = &fit->observed;
  return rx_blocks_kr_addition (s, expected->covariance, expected->addition)
                 && rx_blocks_kr_addition (s, observed->covariance,
                                           observed->addition)
             ? RX_OK
             : rx_fail (err, RX_EINTERNAL,
                        "mixed model: a covariance block is lost");
}

/* Takes `step` from what is left of the response and adds it to beta. */
static void
take_out (struct rx_blocks *fit, struct rx_blocks_search *s,
          const double *step)
{
  const struct rx_linear_data *d = &s->data->rows;
  rx_dense_add (fit->beta, 1, step, s->rank);
  for (size_t i = 0; i < d->n; i++)
    for (size_t j = 0; j < s->rank; j++)
      s->left[i] -= d->x[i * d->p + s->estimable->kept[j]] * step[j];
}

/* Residuals of the model with one variance within, in units of its SD. */
static void
begin (struct rx_blocks *fit, struct rx_blocks_search *s)
{
  const struct rx_lmm *start = &fit->start;
  double scale = sqrt (start->within);
  fit->unit = start->unit * scale;
  for (size_t i = 0; i < s->data->rows.n; i++)
    s->left[i] = s->data->rows.y[i] / start->unit;
  const struct rx_linear_data *d = &s->data->rows;
  for (size_t i = 0; i < d->n; i++)
    {
      for (size_t j = 0; j < s->rank; j++)
        s->left[i] -= d->x[i * d->p + s->estimable->kept[j]] * start->beta[j];
      s->left[i] /= scale;
    }
  for (size_t j = 0; j < s->rank; j++)
    fit->beta[j] = start->beta[j] / scale;
}

static enum rx_status
optimise (struct rx_blocks *fit, struct rx_blocks_search *s,
          struct rx_error *err)
{
  bool on_border = false;
  double *best = rx_array (s->n, sizeof *best);
  if (best == NULL)
    return rx_fail_memory (err);
  begin (fit, s);
  bool found = rx_blocks_search_all (s, fit->start.ratio, best);
  free (best);
  if (!found)
    {
      fit->state = RX_LMM_UNBOUNDED;
      return RX_OK;
    }
  if (rx_blocks_settle (s, &on_border, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < ROUNDS; i++)
    {
      if (!rx_blocks_polish (s))
        {
          fit->state = RX_LMM_UNBOUNDED;
          return RX_OK;
        }
      take_out (fit, s, s->beta);
    }
  fit->state = !rx_blocks_polish (s) || !rx_blocks_is_maximum (s)
                   ? RX_LMM_UNBOUNDED
               : on_border ? RX_LMM_SINGULAR
                           : RX_LMM_FITTED;
  if (fit->state == RX_LMM_UNBOUNDED)
    return RX_OK;
  return keep_solution (fit, s, err);
}

enum rx_status
rx_blocks_fit (struct rx_blocks *fit, const struct rx_blocks_data *data,
               struct rx_error *err)
{
  *fit = (struct rx_blocks){ .kinds = data->kinds };
  fit->dims = data->random == RX_BLOCKS_BY_KIND ? data->kinds : 1;
  if (rx_lmm_fit (&fit->start, &data->rows, err) != RX_OK)
    return err->status;
  fit->state = fit->start.state;
  fit->together = rx_array (data->kinds * data->kinds, sizeof *fit->together);
  size_t *count = rx_array (data->kinds, sizeof *count);
  struct rx_blocks_search s = { .data = data,
                                .estimable = &fit->start.estimable,
                                .rank = fit->start.estimable.rank,
                                .kinds = data->kinds,
                                .dims = fit->dims };
  enum rx_status status = RX_OK;
  if (fit->together == NULL || count == NULL)
    status = rx_fail_memory (err);
  else
    find_together (data, count, fit->together);
  bool worth = fit->state == RX_LMM_FITTED || fit->state == RX_LMM_SINGULAR;
  if (status == RX_OK && worth)
    {
      status = rx_blocks_search_alloc (&s, fit->together)
                       && fit_alloc (fit, s.naturals)
                   ? optimise (fit, &s, err)
                   : rx_fail_memory (err);
      rx_blocks_search_free (&s);
    }
  free (count);
  if (status != RX_OK)
    rx_blocks_free (fit);
  return status;
}

void
rx_blocks_free (struct rx_blocks *fit)
{
  rx_lmm_free (&fit->start);
  free (fit->together);
  free (fit->beta);
  *fit = (struct rx_blocks){ 0 };
}
