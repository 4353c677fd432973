/* gee.c: Liang & Zeger, Biometrika 1986;73:13-22.

   With D = d mu / d beta, r = (y - mu) / sqrt (v), v the variance function,
   and the working covariance V of a group, dispersion times sqrt (v_j v_k)
   times 1 or, for a pair, the correlation a:

     sum D' V^-1 (y - mu) = 0         by Fisher's scoring; A = sum D' V^-1 D
     dispersion  = mean of r^2 over all rows
     correlation = mean of r_j r_k over all pairs of a group / dispersion
     naive       = A^-1
     robust      = A^-1 [sum (D' V^-1 (y - mu)) (...)'] A^-1

   in turn until the linear predictor stands still.  Neither moment takes off
   a number of parameters, as in R's geepack (Halekoh, Hojsgaard & Yan, Journal
   of Statistical Software 2006;15(2)).  The inverse of 1s and a off the
   diagonal is [I - a / (1 + (m - 1) a) J] / (1 - a) for m rows.

   By hand: y = 2, 4 in two groups, log link, an intercept alone: log 3, naive
   variance 1/6 times the dispersion 1/3, robust (1 + 1) / 36. */
#include "stats/gee.h"

#include "base/memory.h"
#include "stats/dense.h"
#include "stats/moments.h"
#include "stats/wald.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  STEPS_MOST = 500,
  STEPS_MORE = 5 /* once eta stands still: to the last digits */
};
static const double STILL = 1e-11; /* change of eta against its size or 1 */
static const double NOWHERE = 30;  /* logarithms and log odds beyond run away:
                                      ten million million to one */

static const double DEPENDENT = 1e-9; /* left by a correlation of 1 */

/* --- families --- */

static double
identity (double x)
{
  return x;
}

static double
one (double mu)
{
  (void)mu;
  return 1;
}

static double
constant (double mu, double parameter)
{
  (void)mu;
  (void)parameter;
  return 1;
}

static double
as_mean (double mu, double parameter)
{
  (void)parameter;
  return mu;
}

static double
more_than_mean (double mu, double parameter)
{
  return mu + parameter * mu * mu;
}

static double
log_start (double y)
{
  return log (y + 0.1); /* no log of 0 */
}

static double
inverse_logit (double eta)
{
  return 1 / (1 + exp (-eta));
}

static double
logit_slope (double mu)
{
  return mu * (1 - mu);
}

static double
logit_variance (double mu, double parameter)
{
  (void)parameter;
  return mu * (1 - mu);
}

static double
logit_start (double y)
{
  return log ((y + 0.5) / (1.5 - y));
}

const struct rx_gee_family rx_gee_gaussian = { .name = "gaussian",
                                               .mean = identity,
                                               .slope = one,
                                               .variance = constant,
                                               .start = identity,
                                               .is_scaled = true };
const struct rx_gee_family rx_gee_poisson = { .name = "poisson",
                                              .mean = exp,
                                              .slope = identity,
                                              .variance = as_mean,
                                              .start = log_start,
                                              .counts = true };
const struct rx_gee_family rx_gee_binomial = { .name = "binomial",
                                               .mean = inverse_logit,
                                               .slope = logit_slope,
                                               .variance = logit_variance,
                                               .start = logit_start };
const struct rx_gee_family rx_gee_negative_binomial
    = { .name = "negative-binomial",
        .mean = exp,
        .slope = identity,
        .variance = more_than_mean,
        .start = log_start,
        .counts = true };

/* --- the fit --- */

struct work
{
  const struct rx_linear_data *data;
  const struct rx_gee_spec *spec;
  struct rx_gee *fit;
  double *eta, *r, *w;                  /* [n]; w = slope / sqrt (variance) */
  double *term;                         /* [n] for sums */
  double *information, *meat, *inverse; /* [rank * rank] */
  double *score, *sum;                  /* [rank] */
};

static double
offset_of (const struct work *w, size_t i)
{
  return w->spec->offset == NULL ? 0 : w->spec->offset[i];
}

/* mu, weights and Pearson residuals from eta; false where a mean or its
   variance is beyond a double. */
static bool
expect (struct work *w)
{
  const struct rx_gee_family *f = w->spec->family;
  for (size_t i = 0; i < w->data->n; i++)
    {
      double mu = f->mean (w->eta[i]);
      double v = f->variance (mu, w->spec->parameter);
      w->fit->mu[i] = mu;
      if (!isfinite (mu) || !isfinite (v) || !(v > 0))
        return false;
      w->w[i] = f->slope (mu) / sqrt (v);
      w->r[i] = (w->data->y[i] / w->fit->unit - mu) / sqrt (v);
    }
  return true;
}

static void
measure (struct work *w)
{
  const struct rx_linear_data *d = w->data;
  double pairs = 0;
  for (size_t i = 0; i < d->n; i++)
    w->term[i] = w->r[i] * w->r[i];
  double squares = rx_sum (w->term, d->n);
  if (w->spec->family->is_scaled && rx_linear_is_noise (squares, d->n))
    squares = 0; /* a perfect fit, but for rounding */
  w->fit->dispersion = squares / (double)d->n;
  w->fit->correlation = 0;
  for (size_t g = 0; g < d->groups; g++)
    {
      size_t from = d->first[g], m = d->first[g + 1] - from;
      double sum = rx_sum (w->r + from, m);
      pairs += (double)m * ((double)m - 1) / 2;
      w->term[g] = (sum * sum - rx_sum (w->term + from, m)) / 2;
    }
  if (w->spec->exchangeable && pairs > 0 && w->fit->dispersion > 0)
    w->fit->correlation
        = rx_sum (w->term, d->groups) / pairs / w->fit->dispersion;
}

/* Adds sum_jk x_j R^-1_jk z_k of a group, rows scaled by w, to what is there:
   to the information for z = x, and to score[rank] for z[m]. */
static void
add_group (struct work *w, size_t g, const double *z, double *score,
           bool informs)
{
  const struct rx_linear_data *d = w->data;
  const struct rx_estimable *e = &w->fit->estimable;
  size_t from = d->first[g], to = d->first[g + 1];
  double a = w->fit->correlation, m = (double)(to - from);
  double lone = 1 / (1 - a), shared = a / (1 + (m - 1) * a) / (1 - a);
  double z_sum = 0;
  memset (w->sum, 0, e->rank * sizeof *w->sum);
  for (size_t i = from; i < to; i++)
    {
      z_sum += z[i];
      for (size_t k = 0; k < e->rank; k++)
        {
          double xk = w->w[i] * d->x[i * d->p + e->kept[k]];
          w->sum[k] += xk;
          score[k] += lone * xk * z[i];
          for (size_t j = 0; informs && j <= k; j++)
            w->information[k * e->rank + j]
                += lone * xk * w->w[i] * d->x[i * d->p + e->kept[j]];
        }
    }
  for (size_t k = 0; k < e->rank; k++)
    {
      score[k] -= shared * w->sum[k] * z_sum;
      for (size_t j = 0; informs && j <= k; j++)
        w->information[k * e->rank + j] -= shared * w->sum[k] * w->sum[j];
    }
}

/* The information and, for the working responses z, the score; then the
   inverse.  false where the working covariance is none. */
static bool
gather (struct work *w, const double *z)
{
  size_t rank = w->fit->estimable.rank;
  double log_determinant;
  memset (w->information, 0, rank * rank * sizeof *w->information);
  memset (w->score, 0, rank * sizeof *w->score);
  for (size_t g = 0; g < w->data->groups; g++)
    {
      double m = (double)(w->data->first[g + 1] - w->data->first[g]);
      double a = w->fit->correlation;
      if (!(1 - a > DEPENDENT) || !(1 + (m - 1) * a > DEPENDENT))
        {
          w->fit->why = "correlation-at-limit";
          return false;
        }
      add_group (w, g, z, w->score, true);
    }
  for (size_t k = 0; k < rank; k++)
    for (size_t j = k + 1; j < rank; j++)
      w->information[k * rank + j] = w->information[j * rank + k];
  return rx_dense_invert (w->information, rank, w->inverse, &log_determinant);
}

/* One step of scoring from eta; *moved is how far eta went. */
static bool
step (struct work *w, double *moved)
{
  const struct rx_linear_data *d = w->data;
  const struct rx_estimable *e = &w->fit->estimable;
  for (size_t i = 0; i < d->n; i++)
    w->term[i] = w->r[i] + w->w[i] * (w->eta[i] - offset_of (w, i));
  if (!gather (w, w->term))
    return false;
  rx_dense_multiply (w->inverse, w->score, e->rank, e->rank, 1, w->fit->beta);
  *moved = 0;
  for (size_t i = 0; i < d->n; i++)
    {
      double eta = offset_of (w, i);
      for (size_t k = 0; k < e->rank; k++)
        eta += w->fit->beta[k] * d->x[i * d->p + e->kept[k]];
      double far = fabs (eta - w->eta[i]) / fmax (1, fabs (eta));
      *moved = isnan (far) ? INFINITY : fmax (*moved, far);
      w->eta[i] = eta;
      if (!w->spec->family->is_scaled
          && !(fabs (eta - offset_of (w, i)) < NOWHERE))
        return false;
    }
  return expect (w);
}

/* A^-1 and the sandwich at the estimate. */
static bool
covariances (struct work *w, double *space)
{
  size_t rank = w->fit->estimable.rank;
  double phi = w->fit->dispersion;
  if (!gather (w, w->r))
    return false;
  memset (w->meat, 0, rank * rank * sizeof *w->meat);
  for (size_t g = 0; g < w->data->groups; g++)
    {
      memset (w->score, 0, rank * sizeof *w->score);
      add_group (w, g, w->r, w->score, false);
      for (size_t k = 0; k < rank; k++)
        for (size_t j = 0; j < rank; j++)
          w->meat[k * rank + j] += w->score[k] * w->score[j];
    }
  rx_dense_sandwich (w->inverse, w->meat, rank, rank, space, w->fit->robust);
  for (size_t i = 0; i < rank * rank; i++)
    {
      w->fit->naive[i] = phi * w->inverse[i];
      if (!(phi > 0))
        w->fit->robust[i] = 0;
    }
  return true;
}

static void
iterate (struct work *w, double *space)
{
  const struct rx_gee_family *f = w->spec->family;
  double moved = INFINITY;
  for (size_t i = 0; i < w->data->n; i++)
    w->eta[i] = f->start (w->data->y[i] / w->fit->unit);
  if (!expect (w))
    return;
  for (int i = 0, more = 0; i < STEPS_MOST && more <= STEPS_MORE; i++)
    {
      if (!step (w, &moved))
        return;
      measure (w);
      more += moved <= STILL;
    }
  if (moved <= STILL && covariances (w, space))
    w->fit->why = NULL;
}

/* Which columns can be told apart. */
static enum rx_status
choose (struct rx_gee *fit, const struct rx_linear_data *d,
        struct rx_error *err)
{
  size_t p = d->p;
  double *cross = rx_array (p * p + p, sizeof *cross);
  if (cross == NULL)
    return rx_fail_memory (err);
  double *scale = cross + p * p;
  for (size_t i = 0; i < d->n; i++)
    for (size_t k = 0; k < p; k++)
      for (size_t j = 0; j < p; j++)
        cross[k * p + j] += d->x[i * p + k] * d->x[i * p + j];
  for (size_t k = 0; k < p; k++)
    scale[k] = cross[k * p + k];
  enum rx_status status
      = rx_estimable_of (&fit->estimable, cross, scale, p, err);
  free (cross);
  return status;
}

enum rx_status
rx_gee_fit (struct rx_gee *fit, const struct rx_linear_data *data,
            const struct rx_gee_spec *spec, struct rx_error *err)
{
  *fit = (struct rx_gee){ .dispersion = NAN, .why = "no-finite-estimate" };
  fit->unit = spec->family->is_scaled ? rx_linear_unit (data->y, data->n) : 1;
  if (choose (fit, data, err) != RX_OK)
    return err->status;
  size_t rank = fit->estimable.rank, n = data->n;
  double *space = rx_array (4 * n + 4 * rank * rank + 2 * rank, sizeof *space);
  fit->beta = rx_array (rank, sizeof *fit->beta);
  fit->naive = rx_array (rank * rank, sizeof *fit->naive);
  fit->robust = rx_array (rank * rank, sizeof *fit->robust);
  fit->mu = rx_array (n, sizeof *fit->mu);
  bool made = space != NULL && fit->beta != NULL && fit->naive != NULL
              && fit->robust != NULL && fit->mu != NULL;
  if (made)
    {
      double *square = space + 4 * n;
      struct work w = {
        .data = data,
        .spec = spec,
        .fit = fit,
        .eta = space,
        .r = space + n,
        .w = space + 2 * n,
        .term = space + 3 * n,
        .information = square,
        .meat = square + rank * rank,
        .inverse = square + 2 * rank * rank,
        .score = square + 4 * rank * rank,
        .sum = square + 4 * rank * rank + rank,
      };
      iterate (&w, square + 3 * rank * rank);
    }
  free (space);
  if (made)
    return RX_OK;
  rx_gee_free (fit);
  return rx_fail_memory (err);
}

void
rx_gee_free (struct rx_gee *fit)
{
  rx_estimable_free (&fit->estimable);
  free (fit->beta);
  free (fit->naive);
  free (fit->robust);
  free (fit->mu);
  *fit = (struct rx_gee){ 0 };
}

enum rx_status
rx_gee_test (const struct rx_gee *fit, const double *l, size_t q,
             struct rx_linear_test *test, struct rx_error *err)
{
  const struct rx_wald wald
      = { &fit->estimable, fit->beta, fit->robust, fit->naive, fit->unit };
  return rx_wald_test (&wald, l, q, test, err);
}
