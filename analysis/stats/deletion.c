/* deletion.c: deletion diagnostics of a random-effects meta-analysis.

   Viechtbauer & Cheung 2010, Res Synth Methods 1:112-125.  Without study i the
   mean is m_i with variance s_i^2 and between-study variance t_i; with it m,
   s^2.  Its hat value is h = w_i / sum w.

     rstudent  (y_i - m_i) / sqrt (v_i + s_i^2 + t_i)
     dffits    (m - m_i) / sqrt (h (v_i + t_i))
     cook      (m - m_i)^2 / s^2
     cov_ratio s_i^2 / s^2
     dfbetas   (m - m_i) sqrt (sum over all 1 / (v + t_i))

   By hand: y = 0, 0, 3 with v = 1: without the third t = 0, m = 0, s^2 = 1/2,
   rstudent 3 / sqrt 1.5 = 2.449. */
#include "stats/deletion.h"

#include "base/memory.h"

#include <stdlib.h>

static struct rx_deletion
deletion_of (struct rx_studies s, size_t i, struct rx_weighed all, double tau2,
             struct rx_studies others, rx_tau2 *estimate)
{
  double t = others.k > 1 ? estimate (others) : 0;
  struct rx_weighed w = rx_weigh (others, t), again = rx_weigh (s, t);
  double hat = 1 / (s.v[i] + tau2) / all.weight;
  /* means are counted from an origin of their own */
  double mean = (w.origin - all.origin) + w.mean, change = all.mean - mean;
  double residual = (s.y[i] - w.origin) - w.mean;
  return (struct rx_deletion){
    .rstudent = residual / sqrt (s.v[i] + 1 / w.weight + t),
    .dffits = change / sqrt (hat * (t + s.v[i])),
    .cook = change * change * all.weight,
    .cov_ratio = all.weight / w.weight,
    .hat = hat,
    .tau2_without = t,
    .q_without = rx_weigh (others, 0).q,
    .dfbetas = change * sqrt (again.weight),
  };
}

enum rx_status
rx_deletion_studies (struct rx_studies s, rx_tau2 *tau2,
                     struct rx_deletion *out, struct rx_error *err)
{
  double *y = rx_array (s.k, sizeof *y), *v = rx_array (s.k, sizeof *v);
  if (y == NULL || v == NULL)
    {
      free (y);
      free (v);
      return rx_fail_memory (err);
    }
  double t = s.k > 1 ? tau2 (s) : 0;
  struct rx_weighed all = rx_weigh (s, t);
  for (size_t i = 0; i < s.k; i++)
    {
      size_t n = 0;
      for (size_t j = 0; j < s.k; j++)
        if (j != i)
          {
            y[n] = s.y[j];
            v[n++] = s.v[j];
          }
      out[i]
          = deletion_of (s, i, all, t, (struct rx_studies){ y, v, n }, tau2);
    }
  free (y);
  free (v);
  return RX_OK;
}
