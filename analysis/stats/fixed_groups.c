/* fixed_groups.c: least squares with an effect of every group.

   With w and v the columns and the response less their group means,
     beta = (w'w)^-1 w'v,  s^2 = |v - w beta|^2 / (n - groups - rank)
   which are the estimates of the model with one indicator per group (Frisch
   & Waugh, Econometrica 1933;1:387-401).

   By hand: y = 12, 9 and 15, 13 in the order AB, 10, 11 and 14, 18 in BA, with
   columns for period 2 and treatment A: A - B is 2.5, its variance 0.625 with
   2 degrees of freedom, as in the two-sample t test on half differences. */
#include "stats/fixed_groups.h"

#include "base/memory.h"
#include "stats/dense.h"

#include <math.h>
#include <stdlib.h>

/* Rows less their group means, the response last and in its unit. */
static void
centre (const struct rx_linear_data *d, double unit, double *z)
{
  size_t m = d->p + 1;
  for (size_t g = 0; g < d->groups; g++)
    {
      size_t from = d->first[g], to = d->first[g + 1];
      for (size_t j = 0; j < m; j++)
        {
          double mean = 0;
          for (size_t i = from; i < to; i++)
            mean += j < d->p ? d->x[i * d->p + j] : d->y[i] / unit;
          mean /= (double)(to - from);
          for (size_t i = from; i < to; i++)
            z[i * m + j]
                = (j < d->p ? d->x[i * d->p + j] : d->y[i] / unit) - mean;
        }
    }
}

static void
cross_products (const struct rx_linear_data *d, const double *z, double *cross,
                double *scale)
{
  size_t p = d->p, m = p + 1;
  for (size_t i = 0; i < d->n; i++)
    for (size_t j = 0; j < p; j++)
      {
        scale[j] += d->x[i * p + j] * d->x[i * p + j];
        for (size_t k = 0; k < p; k++)
          cross[j * p + k] += z[i * m + j] * z[i * m + k];
      }
}

static bool
invert_kept (struct rx_fixed_groups *fit, const double *cross)
{
  const struct rx_estimable *e = &fit->estimable;
  double log_determinant;
  for (size_t j = 0; j < e->rank; j++)
    for (size_t k = 0; k < e->rank; k++)
      fit->inverse[j * e->rank + k] = cross[e->kept[j] * e->p + e->kept[k]];
  return rx_dense_invert (fit->inverse, e->rank, fit->inverse,
                          &log_determinant);
}

/* Adds to beta what the residuals still hold of the columns, and takes it
   from them; returns their sum of squares. */
static double
improve (struct rx_fixed_groups *fit, const struct rx_linear_data *d,
         double *z, double *work)
{
  const struct rx_estimable *e = &fit->estimable;
  size_t m = d->p + 1;
  double squares = 0, *step = work + e->rank;
  for (size_t k = 0; k < e->rank; k++)
    {
      work[k] = 0;
      for (size_t i = 0; i < d->n; i++)
        work[k] += z[i * m + e->kept[k]] * z[i * m + d->p];
    }
  rx_dense_multiply (fit->inverse, work, e->rank, e->rank, 1, step);
  rx_dense_add (fit->beta, 1, step, e->rank);
  for (size_t i = 0; i < d->n; i++)
    {
      double *residual = &z[i * m + d->p];
      for (size_t k = 0; k < e->rank; k++)
        *residual -= z[i * m + e->kept[k]] * step[k];
      squares += *residual * *residual;
    }
  return squares;
}

static void
finish (struct rx_fixed_groups *fit, const struct rx_linear_data *d,
        double squares)
{
  size_t used = d->groups + fit->estimable.rank;
  fit->df = d->n > used ? d->n - used : 0;
  fit->variance = fit->df > 0 ? squares / (double)fit->df : NAN;
  if (fit->df > 0 && rx_linear_is_noise (squares, d->n))
    fit->variance = 0;
  for (size_t g = 0; g < d->groups; g++)
    fit->groups += d->first[g + 1] - d->first[g] > 1;
}

static enum rx_status
fit_centred (struct rx_fixed_groups *fit, const struct rx_linear_data *d,
             double *z, double *work, struct rx_error *err)
{
  size_t p = d->p;
  double *cross = work, *scale = work + p * p, *rest = scale + p;
  fit->unit = rx_linear_unit (d->y, d->n);
  centre (d, fit->unit, z);
  cross_products (d, z, cross, scale);
  if (rx_estimable_of (&fit->estimable, cross, scale, p, err) != RX_OK)
    return err->status;
  size_t rank = fit->estimable.rank;
  fit->beta = rx_array (rank, sizeof *fit->beta);
  fit->inverse = rx_array (rank * rank, sizeof *fit->inverse);
  if (fit->beta == NULL || fit->inverse == NULL)
    return rx_fail_memory (err);
  if (!invert_kept (fit, cross))
    return rx_fail (err, RX_EINTERNAL, "least squares: a singular matrix");
  improve (fit, d, z, rest);
  /* once more, from the residuals: what the first step's rounding left */
  finish (fit, d, improve (fit, d, z, rest));
  return RX_OK;
}

enum rx_status
rx_fixed_groups_fit (struct rx_fixed_groups *fit,
                     const struct rx_linear_data *data, struct rx_error *err)
{
  size_t p = data->p;
  *fit = (struct rx_fixed_groups){ 0 };
  double *z = rx_array (data->n, (p + 1) * sizeof *z);
  double *work = rx_array (p * p + 3 * p, sizeof *work);
  enum rx_status status = z == NULL || work == NULL
                              ? rx_fail_memory (err)
                              : fit_centred (fit, data, z, work, err);
  free (z);
  free (work);
  if (status != RX_OK)
    rx_fixed_groups_free (fit);
  return status;
}

void
rx_fixed_groups_free (struct rx_fixed_groups *fit)
{
  rx_estimable_free (&fit->estimable);
  free (fit->beta);
  free (fit->inverse);
  *fit = (struct rx_fixed_groups){ 0 };
}

enum rx_status
rx_fixed_groups_test (const struct rx_fixed_groups *fit, const double *l,
                      size_t q, struct rx_linear_test *test,
                      struct rx_error *err)
{
  return rx_linear_test_of (&fit->estimable,
                            &(struct rx_linear_fit){ fit->beta, fit->inverse,
                                                     fit->variance, fit->unit,
                                                     (double)fit->df },
                            l, q, test, err);
}
