/* ols.c: X = QR by Gram and Schmidt, each column orthogonalised twice, which
   makes Q orthogonal to working precision (Giraud, Langou & Rozloznik,
   Computers and Mathematics with Applications 2005;50:1069-1075); then
   R b = Q'y.  Sums are compensated.

   A column of which less than ALIASED is left by those before it is taken
   for a combination of them, the limit of R's lm.

   By hand: y = 1, 2, 4 on 1 and t = 1, 2, 3 gives the slope 3/2, the
   intercept -2/3 and rss 1/6. */
#include "stats/ols.h"

#include "base/memory.h"
#include "stats/moments.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double ALIASED = 1e-7;
/* residuals below this part of y are the rounding of a perfect fit */
static const double PERFECT = 16 * DBL_EPSILON;

/* What the fit works with: columns one after the other. */
struct work
{
  double *q;    /* [k * n] orthonormal columns */
  double *r;    /* [k * k] upper triangle, row by row */
  double *term; /* [n] for sums */
};

static double
dot (struct work *w, const double *a, const double *b, size_t n)
{
  for (size_t i = 0; i < n; i++)
    w->term[i] = a[i] * b[i];
  return rx_sum (w->term, n);
}

/* Takes from v what lies in the columns before `end`, adding the amounts to
   r[0..end) times k. */
static void
project_out (struct work *w, const struct rx_ols *fit, size_t end, double *v,
             double *r, size_t stride)
{
  for (size_t pass = 0; pass < 2; pass++)
    for (size_t j = 0; j < end; j++)
      {
        const double *q = w->q + j * fit->n;
        if (!fit->kept[j])
          continue;
        double amount = dot (w, q, v, fit->n);
        for (size_t i = 0; i < fit->n; i++)
          v[i] -= amount * q[i];
        r[j * stride] += amount;
      }
}

static void
decompose (struct work *w, struct rx_ols *fit, const double *x)
{
  size_t n = fit->n, k = fit->k;
  for (size_t c = 0; c < k; c++)
    {
      double *q = w->q + c * n;
      for (size_t i = 0; i < n; i++)
        q[i] = x[i * k + c];
      double before = sqrt (dot (w, q, q, n));
      project_out (w, fit, c, q, w->r + c, k);
      double left = sqrt (dot (w, q, q, n));
      fit->kept[c] = left > ALIASED * before;
      if (!fit->kept[c])
        continue;
      fit->rank++;
      w->r[c * k + c] = left;
      for (size_t i = 0; i < n; i++)
        q[i] /= left;
    }
}

/* Solves R b = a for the kept columns, b in place of a. */
static void
back_substitute (const struct work *w, const struct rx_ols *fit, double *a)
{
  size_t k = fit->k;
  for (size_t c = k; c-- > 0;)
    {
      if (!fit->kept[c])
        {
          a[c] = 0;
          continue;
        }
      for (size_t j = c + 1; j < k; j++)
        a[c] -= fit->kept[j] ? w->r[c * k + j] * a[j] : 0;
      a[c] /= w->r[c * k + c];
    }
}

static void
solve (struct work *w, struct rx_ols *fit, const double *y)
{
  double scale = sqrt (dot (w, y, y, fit->n));
  memcpy (fit->residual, y, fit->n * sizeof *y);
  project_out (w, fit, fit->k, fit->residual, fit->coefficient, 1);
  back_substitute (w, fit, fit->coefficient);
  for (size_t c = 0; c < fit->k; c++)
    if (!fit->kept[c])
      fit->coefficient[c] = NAN;
  fit->rss = dot (w, fit->residual, fit->residual, fit->n);
  if (sqrt (fit->rss) <= PERFECT * scale)
    fit->rss = 0;
}

/* (X'X)^-1 = R^-1 R^-T; the hat matrix is QQ'. */
static void
invert (struct work *w, struct rx_ols *fit, double *column, double *inverse)
{
  size_t k = fit->k;
  for (size_t c = 0; c < k; c++)
    {
      memset (column, 0, k * sizeof *column);
      column[c] = fit->kept[c] ? 1 : 0;
      back_substitute (w, fit, column);
      for (size_t i = 0; i < k; i++)
        inverse[i * k + c] = column[i];
    }
  for (size_t a = 0; a < k; a++)
    for (size_t b = 0; b < k; b++)
      for (size_t j = 0; j < k; j++)
        fit->bread[a * k + b] += inverse[a * k + j] * inverse[b * k + j];
  for (size_t i = 0; i < fit->n; i++)
    for (size_t c = 0; c < k; c++)
      if (fit->kept[c])
        fit->leverage[i] += w->q[c * fit->n + i] * w->q[c * fit->n + i];
}

enum rx_status
rx_ols_fit (const double *x, const double *y, size_t n, size_t k,
            struct rx_ols *fit, struct rx_error *err)
{
  struct work w
      = { rx_array (n * k, sizeof *w.q), rx_array (k * k, sizeof *w.r),
          rx_array (n, sizeof *w.term) };
  double *spare = rx_array (k * k + k, sizeof *spare);
  *fit = (struct rx_ols){ .n = n, .k = k };
  fit->kept = rx_array (k, sizeof *fit->kept);
  fit->coefficient = rx_array (k, sizeof *fit->coefficient);
  fit->residual = rx_array (n, sizeof *fit->residual);
  fit->leverage = rx_array (n, sizeof *fit->leverage);
  fit->bread = rx_array (k * k, sizeof *fit->bread);
  bool made = w.q != NULL && w.r != NULL && w.term != NULL && spare != NULL
              && fit->kept != NULL && fit->coefficient != NULL
              && fit->residual != NULL && fit->leverage != NULL
              && fit->bread != NULL;
  if (made)
    {
      decompose (&w, fit, x);
      solve (&w, fit, y);
      invert (&w, fit, spare, spare + k);
    }
  free (w.q);
  free (w.r);
  free (w.term);
  free (spare);
  if (made)
    return RX_OK;
  rx_ols_free (fit);
  return rx_fail_memory (err);
}

void
rx_ols_free (struct rx_ols *fit)
{
  free (fit->kept);
  free (fit->coefficient);
  free (fit->residual);
  free (fit->leverage);
  free (fit->bread);
  *fit = (struct rx_ols){ 0 };
}

double
rx_ols_df (const struct rx_ols *fit)
{
  return fit->n > fit->rank ? (double)(fit->n - fit->rank) : NAN;
}

void
rx_ols_covariance (const struct rx_ols *fit, double *out)
{
  double variance = fit->rss / rx_ols_df (fit);
  for (size_t i = 0; i < fit->k * fit->k; i++)
    out[i] = variance * fit->bread[i];
}

void
rx_ols_sandwich (const struct rx_ols *fit, const double *meat, double *out)
{
  size_t k = fit->k;
  for (size_t a = 0; a < k; a++)
    for (size_t b = 0; b < k; b++)
      {
        double sum = 0;
        for (size_t i = 0; i < k; i++)
          for (size_t j = 0; j < k; j++)
            sum += fit->bread[a * k + i] * meat[i * k + j]
                   * fit->bread[j * k + b];
        out[a * k + b] = sum;
      }
}

void
rx_ols_white_meat (const double *x, const double *w, size_t n, size_t k,
                   double *meat)
{
  memset (meat, 0, k * k * sizeof *meat);
  for (size_t i = 0; i < n; i++)
    for (size_t a = 0; a < k; a++)
      for (size_t b = 0; b < k; b++)
        meat[a * k + b] += w[i] * w[i] * x[i * k + a] * x[i * k + b];
}
