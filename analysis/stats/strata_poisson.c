/* strata_poisson.c: the multinomial likelihood of the events of each
   stratum, given how many there are:

     log L = sum_s [sum_i y_i log p_i],  p_i = t_i exp (x_i b) / sum_j ...
     gradient    = sum_s sum_i (y_i - N_s p_i) x_i
     information = sum_s N_s sum_i p_i (x_i - m_s) (x_i - m_s)',
                   m_s = sum_i p_i x_i

     robust      = information^-1 [sum_s g_s g_s'] information^-1, g_s the
                   part of the gradient that a stratum adds

   by Newton's method with steps halved until log L rises.  The same estimates
   and errors come from Poisson regression with an intercept per stratum.
   Farrington, Biometrics 1995;51:228-235; Whitaker, Farrington, Spiessens &
   Musonda, Statistics in Medicine 2006;25:1768-1797.

   By hand: 10 days with 1 event in risk and 30 days with 1 event out of it
   give log 3 with variance 2. */
#include "stats/strata_poisson.h"

#include "base/memory.h"
#include "stats/dense.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  STEPS_MOST = 200,
  HALVES_MOST = 60
};
static const double STILL = 1e-11;     /* a step that changes nothing */
static const double NOWHERE = 25;      /* a log rate ratio beyond runs away:
                                          seventy thousand million times */
static const double DEPENDENT = 1e-10; /* part of the information left */

/* What Newton's method works with. */
struct work
{
  const struct rx_strata *data;
  struct rx_strata_poisson *fit;
  double *p;                     /* [n] of a row within its stratum */
  double *gradient, *step, *try; /* [k] */
  double *mean;                  /* [k] */
  double *information;           /* [k * k] */
  double *factor;                /* [k * k] Cholesky's lower triangle */
};

/* The end of the stratum that starts at row `from`. */
static size_t
stratum_end (const struct rx_strata *d, size_t from)
{
  size_t to = from + 1;
  while (to < d->n && d->stratum[to] == d->stratum[from])
    to++;
  return to;
}

/* Fills p for the rows of a stratum; returns its part of log L. */
static double
shares (struct work *w, const double *b, size_t from, size_t to)
{
  const struct rx_strata *d = w->data;
  double most = -INFINITY, total = 0, log_l = 0;
  for (size_t i = from; i < to; i++)
    {
      w->p[i] = d->log_time[i];
      for (size_t c = 0; c < d->k; c++)
        w->p[i] += w->fit->kept[c] ? d->x[i * d->k + c] * b[c] : 0;
      most = fmax (most, w->p[i]);
    }
  for (size_t i = from; i < to; i++)
    total += exp (w->p[i] - most);
  for (size_t i = from; i < to; i++)
    {
      double log_p = w->p[i] - most - log (total);
      log_l += d->events[i] > 0 ? d->events[i] * log_p : 0;
      w->p[i] = exp (log_p);
    }
  return log_l;
}

static double
log_likelihood (struct work *w, const double *b)
{
  double log_l = 0;
  for (size_t from = 0, to; from < w->data->n; from = to)
    {
      to = stratum_end (w->data, from);
      log_l += shares (w, b, from, to);
    }
  return log_l;
}

/* Adds a stratum, whose p are filled, to gradient and information. */
static void
add_stratum (struct work *w, size_t from, size_t to)
{
  const struct rx_strata *d = w->data;
  size_t k = d->k;
  double events = 0;
  memset (w->mean, 0, k * sizeof *w->mean);
  for (size_t i = from; i < to; i++)
    {
      events += d->events[i];
      for (size_t c = 0; c < k; c++)
        w->mean[c] += w->p[i] * d->x[i * k + c];
    }
  for (size_t i = from; i < to; i++)
    for (size_t a = 0; a < k; a++)
      {
        double apart = d->x[i * k + a] - w->mean[a];
        w->gradient[a] += d->events[i] * apart;
        for (size_t c = 0; c < k; c++)
          w->information[a * k + c]
              += events * w->p[i] * apart * (d->x[i * k + c] - w->mean[c]);
      }
}

static double
derivatives (struct work *w, const double *b)
{
  size_t k = w->data->k;
  double log_l = 0;
  memset (w->gradient, 0, k * sizeof *w->gradient);
  memset (w->information, 0, k * k * sizeof *w->information);
  for (size_t from = 0, to; from < w->data->n; from = to)
    {
      to = stratum_end (w->data, from);
      log_l += shares (w, b, from, to);
      add_stratum (w, from, to);
    }
  return log_l;
}

/* information = factor factor' over the kept columns.  With `choose`, columns
   of which nothing is left by those before are no longer kept.  false when it
   is not positive. */
static bool
factorise (struct work *w, bool choose)
{
  size_t k = w->data->k;
  memset (w->factor, 0, k * k * sizeof *w->factor);
  for (size_t a = 0; a < k; a++)
    {
      double whole = w->information[a * k + a], left = whole;
      if (!w->fit->kept[a])
        continue;
      for (size_t j = 0; j < a; j++)
        {
          double sum = w->information[a * k + j];
          if (!w->fit->kept[j])
            continue;
          for (size_t i = 0; i < j; i++)
            sum -= w->factor[a * k + i] * w->factor[j * k + i];
          w->factor[a * k + j] = sum / w->factor[j * k + j];
          left -= w->factor[a * k + j] * w->factor[a * k + j];
        }
      if (left > DEPENDENT * whole)
        w->factor[a * k + a] = sqrt (left);
      else if (choose)
        {
          w->fit->kept[a] = false;
          for (size_t j = 0; j < a; j++)
            w->factor[a * k + j] = 0;
        }
      else
        return false;
    }
  return true;
}

/* Solves information v = v, in place. */
static void
solve (const struct work *w, double *v)
{
  size_t k = w->data->k;
  for (size_t a = 0; a < k; a++)
    {
      for (size_t j = 0; j < a; j++)
        v[a] -= w->factor[a * k + j] * v[j];
      v[a] = w->fit->kept[a] ? v[a] / w->factor[a * k + a] : 0;
    }
  for (size_t a = k; a-- > 0;)
    {
      for (size_t j = a + 1; j < k; j++)
        v[a] -= w->factor[j * k + a] * v[j];
      v[a] = w->fit->kept[a] ? v[a] / w->factor[a * k + a] : 0;
    }
}

/* Goes along the step, or a half, a quarter ... of it.  A last step of
   rounding size need not rise any more. */
static void
advance (struct work *w, double log_l)
{
  double *b = w->fit->coefficient, scale = 1;
  for (int i = 0; i < HALVES_MOST; i++, scale /= 2)
    {
      for (size_t c = 0; c < w->data->k; c++)
        w->try[c] = b[c] + scale * w->step[c];
      if (log_likelihood (w, w->try) >= log_l - 1e-12 * fabs (log_l))
        break;
    }
  memcpy (b, w->try, w->data->k * sizeof *b);
}

static void
iterate (struct work *w)
{
  size_t k = w->data->k;
  double *b = w->fit->coefficient;
  for (int i = 0; i < STEPS_MOST; i++)
    {
      double log_l = derivatives (w, b), longest = 0;
      if (!factorise (w, i == 0))
        return;
      memcpy (w->step, w->gradient, k * sizeof *w->step);
      solve (w, w->step);
      for (size_t c = 0; c < k; c++)
        longest = fmax (longest, fabs (w->step[c]));
      if (longest < STILL)
        {
          w->fit->converged = true;
          return;
        }
      advance (w, log_l);
      for (size_t c = 0; c < k; c++)
        if (!(fabs (b[c]) < NOWHERE))
          return;
    }
}

/* The robust covariance at the estimate, where p and the covariance are; the
   space of Newton's method is free by then. */
static void
sandwich (struct work *w)
{
  const struct rx_strata *d = w->data;
  size_t k = d->k;
  double *meat = w->information, *product = w->factor;
  memset (meat, 0, k * k * sizeof *meat);
  for (size_t from = 0, to; from < d->n; from = to)
    {
      double events = 0;
      to = stratum_end (d, from);
      memset (w->gradient, 0, k * sizeof *w->gradient);
      for (size_t i = from; i < to; i++)
        events += d->events[i];
      for (size_t i = from; i < to; i++)
        for (size_t c = 0; c < k; c++)
          w->gradient[c]
              += (d->events[i] - events * w->p[i]) * d->x[i * k + c];
      for (size_t a = 0; a < k; a++)
        for (size_t c = 0; c < k; c++)
          meat[a * k + c] += w->gradient[a] * w->gradient[c];
    }
  rx_dense_sandwich (w->fit->covariance, meat, k, k, product, w->fit->robust);
}

/* Covariance and deviance at the estimate, where p and the factor are. */
static void
finish (struct work *w)
{
  const struct rx_strata *d = w->data;
  size_t k = d->k;
  for (size_t c = 0; c < k; c++)
    {
      memset (w->step, 0, k * sizeof *w->step);
      w->step[c] = w->fit->kept[c] ? 1 : 0;
      solve (w, w->step);
      for (size_t a = 0; a < k; a++)
        w->fit->covariance[a * k + c] = w->step[a];
    }
  for (size_t from = 0, to; from < d->n; from = to)
    {
      double events = 0;
      to = stratum_end (d, from);
      for (size_t i = from; i < to; i++)
        events += d->events[i];
      for (size_t i = from; i < to; i++)
        if (d->events[i] > 0)
          w->fit->deviance
              += 2 * d->events[i] * log (d->events[i] / (events * w->p[i]));
    }
  /* not below 0, as rounding would have it where the fit is exact */
  w->fit->deviance = fmax (0, w->fit->deviance);
  sandwich (w);
  for (size_t c = 0; c < k; c++)
    if (!w->fit->kept[c])
      w->fit->coefficient[c] = NAN;
}

enum rx_status
rx_strata_poisson_fit (const struct rx_strata *data,
                       struct rx_strata_poisson *fit, struct rx_error *err)
{
  size_t k = data->k;
  *fit = (struct rx_strata_poisson){ .k = k };
  fit->kept = rx_array (k, sizeof *fit->kept);
  fit->coefficient = rx_array (k, sizeof *fit->coefficient);
  fit->covariance = rx_array (k * k, sizeof *fit->covariance);
  fit->robust = rx_array (k * k, sizeof *fit->robust);
  double *space = rx_array (data->n + 4 * k + 2 * k * k, sizeof *space);
  bool made = fit->kept != NULL && fit->coefficient != NULL
              && fit->covariance != NULL && fit->robust != NULL
              && space != NULL;
  if (made)
    {
      double *row = space + data->n;
      struct work w = { .data = data,
                        .fit = fit,
                        .p = space,
                        .gradient = row,
                        .step = row + k,
                        .try = row + 2 * k,
                        .mean = row + 3 * k,
                        .information = row + 4 * k,
                        .factor = row + 4 * k + k * k };
      for (size_t c = 0; c < k; c++)
        fit->kept[c] = true;
      iterate (&w);
      if (fit->converged)
        finish (&w);
    }
  free (space);
  if (made)
    return RX_OK;
  rx_strata_poisson_free (fit);
  return rx_fail_memory (err);
}

void
rx_strata_poisson_free (struct rx_strata_poisson *fit)
{
  free (fit->kept);
  free (fit->coefficient);
  free (fit->covariance);
  free (fit->robust);
  *fit = (struct rx_strata_poisson){ 0 };
}
