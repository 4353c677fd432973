/* conditional_residuals.c: residuals and predictions of a mixed model.

   With V = Z G Z' + R, P = V^-1 - V^-1 X C X' V^-1, C the covariance of beta:

     residual    R P y,    covariance R P R
     prediction  G Z' P y, covariance G Z' P Z G

   (McCulloch & Searle, Generalized, Linear, and Mixed Models, 2001, ch. 6;
   Gregoire, Schabenberger & Barrett, Can J For Res 1995;25:137-156).  With an
   intercept per group V^-1 is in closed form: in a group with a_j = 1 /
   within_j, s = sum a_j, c = between / (1 + between s), e = y - X beta,
   m = sum a_j x_j

     b = c sum a_j e_j,                r_j = e_j - b
     var r_j = within_j - c - (x_j - c m)' C (x_j - c m)
     var b = between c s - c^2 m' C m

   By hand: groups of one size k without columns but the intercept have b =
   k between / (within + k between) times the difference of the group's mean
   from the grand mean. */
#include "stats/conditional_residuals.h"

#include "base/memory.h"
#include "stats/dense.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a variance before anything is taken from it: below that it is what
   rounding left of zero. */
static const double NO_VARIANCE = 1e-10;

void
rx_conditional_residuals_free (struct rx_conditional_residuals *r)
{
  free (r->residual);
  *r = (struct rx_conditional_residuals){ 0 };
}

static double
sd_of (double variance, double whole, double unit)
{
  return variance > NO_VARIANCE * whole ? unit * sqrt (variance) : NAN;
}

/* Counted in the unit: below the last bit of the largest response it is 0. */
static double
value_of (double x, double unit)
{
  return fabs (x) < DBL_EPSILON ? 0 : unit * x;
}

static double
within_of (const struct rx_conditional_fit *f, size_t row)
{
  return f->within[f->kind != NULL ? f->kind[row] : 0];
}

/* The columns kept of a row. */
static void
keep (const struct rx_conditional_fit *f, size_t row, double *x)
{
  for (size_t k = 0; k < f->estimable->rank; k++)
    x[k] = f->data->x[row * f->data->p + f->estimable->kept[k]];
}

/* One group; x and m hold rank numbers each. */
static void
add_group (struct rx_conditional_residuals *out,
           const struct rx_conditional_fit *f, size_t g, double *x, double *m)
{
  size_t rank = f->estimable->rank;
  size_t from = f->data->first[g], to = f->data->first[g + 1];
  double s = 0, sum = 0;
  memset (m, 0, rank * sizeof *m);
  for (size_t i = from; i < to; i++)
    {
      double a = 1 / within_of (f, i), e = f->data->y[i] / f->unit;
      keep (f, i, x);
      for (size_t k = 0; k < rank; k++)
        e -= x[k] * f->beta[k];
      out->residual[i] = e;
      s += a;
      sum += a * e;
      rx_dense_add (m, a, x, rank);
    }
  double c = f->between / (1 + f->between * s), b = c * sum;
  double whole = f->between * c * s;
  double own
      = whole - c * c * f->scale * rx_dense_form (f->covariance, rank, m, m);
  if (!isfinite (s))
    c = b = own = NAN;
  out->group[g] = value_of (b, f->unit);
  out->group_sd[g] = sd_of (own, whole, f->unit);
  for (size_t i = from; i < to; i++)
    {
      double within = within_of (f, i);
      keep (f, i, x);
      rx_dense_add (x, -c, m, rank);
      double left
          = within - c - f->scale * rx_dense_form (f->covariance, rank, x, x);
      out->residual[i] = value_of (out->residual[i] - b, f->unit);
      out->residual_sd[i] = sd_of (left, within, f->unit);
    }
}

enum rx_status
rx_conditional_residuals_of (struct rx_conditional_residuals *out,
                             const struct rx_conditional_fit *f,
                             struct rx_error *err)
{
  size_t n = f->data->n, groups = f->data->groups, rank = f->estimable->rank;
  double *room = rx_array (2 * (n + groups), sizeof *room);
  double *spare = rx_array (2 * rank + 1, sizeof *spare);
  *out = (struct rx_conditional_residuals){ .residual = room };
  if (room == NULL || spare == NULL)
    {
      free (spare);
      rx_conditional_residuals_free (out);
      return rx_fail_memory (err);
    }
  out->residual_sd = room + n;
  out->group = out->residual_sd + n;
  out->group_sd = out->group + groups;
  for (size_t g = 0; g < groups; g++)
    add_group (out, f, g, spare, spare + rank);
  free (spare);
  return RX_OK;
}
