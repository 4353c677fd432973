/* newey_west.c: heteroskedasticity and autocorrelation consistent covariance.

   With u_t = x_t e_t and G_j = sum_t u_t u_{t-j}', the meat is

     G_0 + sum_{j=1}^{lag} (1 - j / (lag + 1)) (G_j + G_j')

   between two slices of (X'X)^-1, with no product over the border of two
   series that follow one another.  Newey & West, Econometrica
   1987;55:703-708.  The factor n / (n - k) is that of small samples.

   By hand: the mean of 1, 2, 4, 5 has e = -2, -1, 1, 2, G_0 = 10, G_1 = 3;
   with lag 1 the meat is 10 + 3, the variance 13 / 16 * 4 / 3. */
#include "stats/newey_west.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>

static void
add_lag (const double *u, size_t from, size_t to, size_t k, size_t j,
         double weight, double *meat)
{
  for (size_t t = from + j; t < to; t++)
    for (size_t a = 0; a < k; a++)
      for (size_t b = 0; b < k; b++)
        {
          double product = weight * u[t * k + a] * u[(t - j) * k + b];
          meat[a * k + b] += product;
          if (j > 0)
            meat[b * k + a] += product;
        }
}

enum rx_status
rx_newey_west (const struct rx_ols *fit, const double *x, size_t first,
               size_t lag, double *out, struct rx_error *err)
{
  size_t n = fit->n, k = fit->k;
  double *u = rx_array (n * k, sizeof *u);
  double *meat = rx_array (k * k, sizeof *meat);
  enum rx_status status
      = u == NULL || meat == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    {
      for (size_t i = 0; i < n * k; i++)
        u[i] = x[i] * (fit->rss > 0 ? fit->residual[i / k] : 0);
      for (size_t j = 0; j <= lag && j < n; j++)
        {
          double weight = 1 - (double)j / ((double)lag + 1);
          add_lag (u, 0, first, k, j, weight, meat);
          add_lag (u, first, n, k, j, weight, meat);
        }
      rx_ols_sandwich (fit, meat, out);
      for (size_t i = 0; i < k * k; i++)
        out[i] *= (double)n / rx_ols_df (fit);
    }
  free (u);
  free (meat);
  return status;
}

size_t
rx_newey_west_lag (size_t n)
{
  return (size_t)floor (4 * pow ((double)n / 100, 2.0 / 9));
}
