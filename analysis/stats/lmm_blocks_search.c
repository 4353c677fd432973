/* lmm_blocks_search.c: Newton's method with the absolute eigenvalues of the
   second derivative and a line search, from several points; the best end is
   taken, rows and columns of L are put in the order of its pivots, and what is
   zero is fixed there. */
#include "stats/lmm_blocks_search.h"

#include "base/memory.h"

#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  STEPS_MOST = 200, /* of Newton's method from one start */
  HALVINGS_MOST = 40,
  POLISH_STEPS = 6 /* at the end, without a line search */
};

/* Of the unit, which is near the within SD: below that, L or d is zero. */
static const double ZERO_SD = 1e-6;

/* Expected decrease of the deviance at which the search ends. */
static const double DECREASE = 1e-18;

/* Of a slope in units of its standard error, and of an eigenvalue of the
   second derivative, scaled to a unit diagonal: what a maximum has at most and
   at least. */
static const double MOST_SLOPE = 1e-5, LEAST_CURVATURE = -1e-6;

/* Longest step of a parameter, in the unit. */
static const double LONGEST_STEP = 2;

/* Correlations of the kinds, and parts of the within variance that start
   between groups, from which the search sets out. */
static const struct
{
  double correlation, between, within;
} starts[] = { { 0.8, 1, 1 }, { 0.2, 1, 1 }, { 0.95, 0.1, 2 } };

/* ---- Newton's method ---------------------------------------------------- */

/* The step of Newton's method with the absolute eigenvalues of the second
   derivative, and the decrease that it should bring. */
static bool
newton_step (struct rx_blocks_search *s, double *decrease)
{
  size_t n = s->n;
  gsl_matrix_view m = gsl_matrix_view_array (s->hessian, n, n);
  gsl_matrix_view vectors = gsl_matrix_view_array (s->vectors, n, n);
  gsl_vector_view values = gsl_vector_view_array (s->values, n);
  gsl_eigen_symmv_workspace *space = gsl_eigen_symmv_alloc (n);
  if (space == NULL)
    return false;
  int code
      = gsl_eigen_symmv (&m.matrix, &values.vector, &vectors.matrix, space);
  gsl_eigen_symmv_free (space);
  double most = 0, longest = 0;
  for (size_t i = 0; i < n; i++)
    most = fmax (most, fabs (s->values[i]));
  memset (s->step, 0, n * sizeof *s->step);
  *decrease = 0;
  for (size_t i = 0; i < n; i++)
    {
      double along = 0, value = fabs (s->values[i]);
      if (!(value > RX_BLOCKS_FLAT_DIRECTION * most))
        continue;
      for (size_t j = 0; j < n; j++)
        along += s->vectors[j * n + i] * s->gradient[j];
      *decrease += along * along / value;
      for (size_t j = 0; j < n; j++)
        s->step[j] -= s->vectors[j * n + i] * along / value;
    }
  for (size_t i = 0; i < n; i++)
    longest = fmax (longest, fabs (s->step[i]));
  for (size_t i = 0; longest > LONGEST_STEP && i < n; i++)
    s->step[i] *= LONGEST_STEP / longest;
  return code == GSL_SUCCESS;
}

static void
go (struct rx_blocks_search *s, double part)
{
  for (size_t i = 0; i < s->n; i++)
    s->value[i] = s->trial[i] + part * s->step[i];
}

/* From `value` to a minimum near it; false where the deviance cannot be
   computed. */
static bool
descend (struct rx_blocks_search *s)
{
  for (size_t i = 0; i < STEPS_MOST; i++)
    {
      double decrease, before, after, part = 1;
      if (!rx_blocks_evaluate (s) || !newton_step (s, &decrease))
        return false;
      before = s->deviance;
      if (decrease < DECREASE)
        return true;
      memcpy (s->trial, s->value, s->n * sizeof *s->value);
      bool lower = false;
      for (size_t h = 0; h < HALVINGS_MOST && !lower; h++, part /= 2)
        {
          go (s, part);
          lower = rx_blocks_look (s, &after) && after < before;
        }
      if (!lower) /* rounding is all that is left */
        {
          memcpy (s->value, s->trial, s->n * sizeof *s->value);
          return rx_blocks_evaluate (s);
        }
    }
  return true;
}

bool
rx_blocks_polish (struct rx_blocks_search *s)
{
  double decrease, best = INFINITY;
  for (size_t i = 0; i < POLISH_STEPS; i++)
    {
      if (!rx_blocks_evaluate (s) || !newton_step (s, &decrease))
        return false;
      if (!(decrease < best))
        {
          memcpy (s->value, s->trial, s->n * sizeof *s->value);
          break;
        }
      best = decrease;
      memcpy (s->trial, s->value, s->n * sizeof *s->value);
      go (s, 1);
    }
  return rx_blocks_evaluate (s);
}

/* ---- Where to begin ----------------------------------------------------- */

/* One of the starts: equal variances, correlated alike, by Cholesky. */
static void
set_start (struct rx_blocks_search *s, size_t which, double ratio)
{
  double variance = fmax (starts[which].between * ratio, 0.01);
  double shared = s->dims > 1 ? starts[which].correlation * variance : 0;
  for (size_t i = 0; i < s->n; i++)
    {
      const struct rx_blocks_parameter *p = &s->parameter[i];
      if (p->is_within)
        s->value[i] = sqrt (starts[which].within);
      else if (p->column == 0 && p->row > 0)
        s->value[i] = shared / sqrt (variance);
      else if (p->row == p->column)
        s->value[i] = sqrt (p->row == 0 ? variance
                                        : variance * (1 - shared / variance)
                                              * (1 + shared / variance));
      else
        s->value[i] = 0;
    }
}

bool
rx_blocks_search_all (struct rx_blocks_search *s, double ratio, double *best)
{
  double lowest = INFINITY;
  for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
    {
      set_start (s, i, ratio);
      if (!descend (s) || !(s->deviance < lowest))
        continue;
      lowest = s->deviance;
      memcpy (best, s->value, s->n * sizeof *best);
    }
  memcpy (s->value, best, s->n * sizeof *best);
  return lowest < INFINITY;
}

/* ---- What was found ----------------------------------------------------- */

/* Takes G apart again, pivot by pivot: the parameters that are left are free,
   what is zero is gone.  g[dims * dims] is destroyed. */
static void
pivot (struct rx_blocks_search *s, double *g, bool *done)
{
  size_t dims = s->dims, n = 0;
  double *l = s->trial;
  for (size_t column = 0; column < dims; column++)
    {
      size_t p = dims;
      for (size_t a = 0; a < dims; a++)
        if (!done[a] && (p == dims || g[a * dims + a] > g[p * dims + p]))
          p = a;
      double own = g[p * dims + p];
      if (!(own > ZERO_SD * ZERO_SD))
        break;
      done[p] = true;
      size_t first = n;
      l[n] = sqrt (own);
      s->parameter[n++] = (struct rx_blocks_parameter){ false, p, column };
      for (size_t a = 0; a < dims; a++)
        if (!done[a])
          {
            l[n] = g[a * dims + p] / sqrt (own);
            s->parameter[n++]
                = (struct rx_blocks_parameter){ false, a, column };
          }
      for (size_t i = first + 1; i < n; i++)
        for (size_t j = first + 1; j < n; j++)
          g[s->parameter[i].row * dims + s->parameter[j].row] -= l[i] * l[j];
    }
  for (size_t a = 0; a < s->kinds; a++)
    {
      double within = s->within_at[a] == RX_BLOCKS_ABSENT
                          ? 0
                          : s->natural[s->within_at[a]];
      if (within > ZERO_SD * ZERO_SD)
        {
          l[n] = sqrt (within);
          s->parameter[n++] = (struct rx_blocks_parameter){ true, a, 0 };
        }
    }
  memcpy (s->value, l, n * sizeof *l);
  s->n = n;
}

enum rx_status
rx_blocks_settle (struct rx_blocks_search *s, bool *on_border,
                  struct rx_error *err)
{
  size_t dims = s->dims, all = s->n;
  double *g = rx_array (dims * dims, sizeof *g);
  bool *done = rx_array (dims, sizeof *done);
  enum rx_status status = RX_OK;
  if (g == NULL || done == NULL)
    status = rx_fail_memory (err);
  else
    {
      rx_blocks_natural (s, s->value, s->natural);
      for (size_t a = 0; a < dims; a++)
        for (size_t b = 0; b < dims; b++)
          g[a * dims + b] = s->natural[rx_blocks_element (a, b)];
      pivot (s, g, done);
      *on_border = s->n < all;
    }
  free (g);
  free (done);
  return status;
}

bool
rx_blocks_is_maximum (const struct rx_blocks_search *s)
{
  size_t n = s->n;
  double *scaled = s->vectors;
  memset (scaled, 0, n * n * sizeof *scaled);
  for (size_t i = 0; i < n; i++)
    {
      double own = s->hessian[i * n + i];
      if (own == 0 && s->gradient[i] == 0)
        continue; /* of a kind without rows */
      if (!(own > 0) || !(fabs (s->gradient[i]) <= MOST_SLOPE * sqrt (own)))
        return false;
      for (size_t j = 0; j < n; j++)
        if (s->hessian[j * n + j] != 0)
          scaled[i * n + j] = s->hessian[i * n + j] / sqrt (own)
                              / sqrt (fabs (s->hessian[j * n + j]));
    }
  gsl_matrix_view m = gsl_matrix_view_array (scaled, n, n);
  gsl_vector_view values = gsl_vector_view_array (s->values, n);
  gsl_eigen_symm_workspace *space = gsl_eigen_symm_alloc (n);
  if (space == NULL)
    return false;
  int code = gsl_eigen_symm (&m.matrix, &values.vector, space);
  gsl_eigen_symm_free (space);
  for (size_t i = 0; i < n; i++)
    if (!(s->values[i] >= LEAST_CURVATURE))
      return false;
  return code == GSL_SUCCESS;
}
