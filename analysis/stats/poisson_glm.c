/* poisson_glm.c: iteratively reweighted least squares.

   With eta = offset + X b and mu = exp (eta), each step fits

     z = eta - offset + (y - mu) / mu   with weights mu

   until eta stands still (McCullagh & Nelder, Generalized Linear Models, 2nd
   edition 1989, section 2.5).  Deviance 2 sum (y log (y / mu) - (y - mu)).

   By hand: y = 2, 4 on 1 alone gives log 3 with variance 1 / 6. */
#include "stats/poisson_glm.h"

#include "base/memory.h"
#include "stats/moments.h"

#include <math.h>
#include <stdlib.h>

enum
{
  STEPS_MOST = 100
};
static const double STILL = 1e-12; /* change of eta, in absolute terms */
static const double START = 0.1;   /* mu = y + START: no log of 0 */

struct work
{
  double *eta, *wx, *wz; /* [n], [n * k], [n] */
};

/* One step; *moved is the largest change of eta. */
static enum rx_status
step (const double *x, const double *y, const double *offset, struct work *w,
      struct rx_poisson_glm *fit, size_t n, size_t k, double *moved,
      struct rx_error *err)
{
  for (size_t i = 0; i < n; i++)
    {
      double mu = exp (w->eta[i]), root = sqrt (mu);
      for (size_t c = 0; c < k; c++)
        w->wx[i * k + c] = root * x[i * k + c];
      w->wz[i] = root * (w->eta[i] - offset[i] + (y[i] - mu) / mu);
    }
  rx_ols_free (&fit->last);
  if (rx_ols_fit (w->wx, w->wz, n, k, &fit->last, err) != RX_OK)
    return err->status;
  *moved = 0;
  for (size_t i = 0; i < n; i++)
    {
      double eta = offset[i];
      for (size_t c = 0; c < k; c++)
        if (fit->last.kept[c])
          eta += x[i * k + c] * fit->last.coefficient[c];
      *moved = fmax (*moved, fabs (eta - w->eta[i]));
      w->eta[i] = eta;
    }
  return RX_OK;
}

static void
measure (const double *y, struct work *w, size_t n, struct rx_poisson_glm *fit)
{
  for (size_t i = 0; i < n; i++)
    {
      double mu = exp (w->eta[i]), apart = y[i] - mu;
      w->wx[i] = 2 * ((y[i] > 0 ? y[i] * log (y[i] / mu) : 0) - apart);
      w->wz[i] = apart * apart / mu;
    }
  /* not below 0, as rounding would have it where the fit is exact */
  fit->deviance = fmax (0, rx_sum (w->wx, n));
  fit->pearson = rx_sum (w->wz, n);
}

enum rx_status
rx_poisson_glm_fit (const double *x, const double *y, const double *offset,
                    size_t n, size_t k, struct rx_poisson_glm *fit,
                    struct rx_error *err)
{
  struct work w
      = { rx_array (n, sizeof *w.eta), rx_array (n * k, sizeof *w.wx),
          rx_array (n, sizeof *w.wz) };
  double moved = INFINITY;
  enum rx_status status = RX_OK;
  *fit = (struct rx_poisson_glm){ .deviance = NAN, .pearson = NAN };
  if (w.eta == NULL || w.wx == NULL || w.wz == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; i < n && status == RX_OK; i++)
    w.eta[i] = log (y[i] + START);
  for (int i = 0; i < STEPS_MOST && status == RX_OK && moved > STILL; i++)
    status = step (x, y, offset, &w, fit, n, k, &moved, err);
  fit->converged = status == RX_OK && moved <= STILL;
  /* once more, for the information at the estimate and not a step before */
  if (fit->converged)
    status = step (x, y, offset, &w, fit, n, k, &moved, err);
  if (fit->converged && status == RX_OK)
    measure (y, &w, n, fit);
  free (w.eta);
  free (w.wx);
  free (w.wz);
  return status;
}

void
rx_poisson_glm_free (struct rx_poisson_glm *fit)
{
  rx_ols_free (&fit->last);
}
