/* serial_correlation.c: the Durbin-Watson statistic
   d = sum (e_t - e_{t-1})^2 / sum e_t^2 and its p-value.

   Durbin & Watson, Biometrika 1950;37:409-428.  With M the residual maker of
   X and A the matrix of d's numerator, e'Ae / e'e < d says

     sum_j (v_j - d) z_j^2 < 0,  v_j the n - k eigenvalues of MAM that are
     not those of X itself,

   that is, a weighted sum of chi-squared variables is below 0
   (quadratic_form.c). */
#include "stats/serial_correlation.h"

#include "base/memory.h"
#include "stats/moments.h"
#include "stats/quadratic_form.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort_vector.h>
#include <math.h>
#include <stdlib.h>

/* Row t of A times a column v of stride s. */
static double
difference (const double *v, size_t t, size_t n, size_t s)
{
  double out = 0;
  if (t > 0)
    out += v[t * s] - v[(t - 1) * s];
  if (t + 1 < n)
    out += v[t * s] - v[(t + 1) * s];
  return out;
}

/* M = I - X (X'X)^-1 X', and MAM. */
static void
residual_maker (const struct rx_ols *fit, const double *x, double *m)
{
  size_t n = fit->n, k = fit->k;
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      {
        double sum = i == j ? 1 : 0;
        for (size_t a = 0; a < k; a++)
          for (size_t b = 0; b < k; b++)
            sum -= x[i * k + a] * fit->bread[a * k + b] * x[j * k + b];
        m[i * n + j] = sum;
      }
}

static void
sandwich (const double *m, size_t n, double *am, gsl_matrix *mam)
{
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      am[i * n + j] = difference (m + j, i, n, n);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= i; j++)
      {
        double sum = 0;
        for (size_t t = 0; t < n; t++)
          sum += m[i * n + t] * am[t * n + j];
        gsl_matrix_set (mam, i, j, sum);
        gsl_matrix_set (mam, j, i, sum);
      }
}

static enum rx_status
exact (const struct rx_ols *fit, const double *x, double d, double *p,
       struct rx_error *err)
{
  size_t n = fit->n;
  double *m = rx_array (n * n, sizeof *m), *am = rx_array (n * n, sizeof *am);
  gsl_matrix *mam = gsl_matrix_alloc (n, n);
  gsl_vector *value = gsl_vector_alloc (n);
  gsl_eigen_symm_workspace *space = gsl_eigen_symm_alloc (n);
  enum rx_status status = RX_OK;
  if (m == NULL || am == NULL || mam == NULL || value == NULL || space == NULL)
    status = rx_fail_memory (err);
  else
    {
      residual_maker (fit, x, m);
      sandwich (m, n, am, mam);
      gsl_eigen_symm (mam, value, space);
      gsl_sort_vector (value);
      gsl_vector_reverse (value);
      /* the rank smallest are those of X: they are 0 */
      for (size_t j = 0; j < n; j++)
        m[j] = gsl_vector_get (value, j) - d;
      *p = rx_quadratic_form_below (m, n - fit->rank);
    }
  free (m);
  free (am);
  gsl_matrix_free (mam);
  gsl_vector_free (value);
  gsl_eigen_symm_free (space);
  return status;
}

/* Mean and variance of d: with B = (X'X)^-1, C = X'AX B and D = X'AAX B,

     P = tr A - tr C
     Q = tr AA - 2 tr D + tr CC
     E = P / (n - k),  V = 2 (Q - P E) / ((n - k) (n - k + 2))

   (Durbin & Watson 1950, section 4). */
static double
normal_p (const struct rx_ols *fit, const double *x, double d, double *ax,
          double *c)
{
  size_t n = fit->n, k = fit->k;
  double df = rx_ols_df (fit), p = 2 * ((double)n - 1);
  double q = 2 * (3 * (double)n - 4), trace = 0;
  for (size_t t = 0; t < n; t++)
    for (size_t a = 0; a < k; a++)
      ax[t * k + a] = difference (x + a, t, n, k);
  for (size_t a = 0; a < k; a++)
    for (size_t b = 0; b < k; b++)
      {
        c[a * k + b] = 0;
        for (size_t t = 0; t < n; t++)
          for (size_t j = 0; j < k; j++)
            {
              double bread = fit->bread[j * k + b];
              c[a * k + b] += x[t * k + a] * ax[t * k + j] * bread;
              if (a == b)
                trace += ax[t * k + a] * ax[t * k + j] * bread;
            }
      }
  for (size_t a = 0; a < k; a++)
    {
      p -= c[a * k + a];
      for (size_t b = 0; b < k; b++)
        q += c[a * k + b] * c[b * k + a];
    }
  q -= 2 * trace;
  double mean = p / df, variance = 2 * (q - p * mean) / (df * (df + 2));
  return gsl_cdf_ugaussian_P ((d - mean) / sqrt (variance));
}

enum rx_status
rx_durbin_watson (const struct rx_ols *fit, const double *x,
                  struct rx_durbin_watson *out, struct rx_error *err)
{
  size_t n = fit->n, k = fit->k;
  *out = (struct rx_durbin_watson){ NAN, NAN,
                                    n <= RX_DURBIN_WATSON_EXACT_MOST };
  if (n <= fit->rank || !(fit->rss > 0))
    return RX_OK;
  double *square = rx_array (n * k + k * k + n, sizeof *square);
  if (square == NULL)
    return rx_fail_memory (err);
  for (size_t t = 1; t < n; t++)
    square[t] = pow (fit->residual[t] - fit->residual[t - 1], 2);
  out->statistic = rx_sum (square, n) / fit->rss;
  enum rx_status status = RX_OK;
  if (out->is_exact)
    status = exact (fit, x, out->statistic, &out->p, err);
  else
    out->p = normal_p (fit, x, out->statistic, square, square + n * k);
  free (square);
  return status;
}

double
rx_ljung_box (const double *e, size_t n, size_t lags, double *r)
{
  double q = 0, square = 0;
  for (size_t t = 0; t < n; t++)
    square += e[t] * e[t];
  for (size_t k = 1; k <= lags; k++)
    {
      double product = 0;
      for (size_t t = k; t < n; t++)
        product += e[t] * e[t - k];
      r[k - 1] = product / square;
      q += r[k - 1] * r[k - 1] / (double)(n - k);
    }
  return (double)n * ((double)n + 2) * q;
}
