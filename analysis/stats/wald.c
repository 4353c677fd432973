/* wald.c: b' V^-1 b of contrasts b = l beta, V = l Cov (beta) l'.

   Wald, Transactions of the American Mathematical Society 1943;54:426-482.
   By hand: b = 1.96 with variance 1 has p = 0.05. */
#include "stats/wald.h"

#include <math.h>

/* A robust error of this part of the model's is what rounding left. */
static const double ROUNDING = 1e-12;

static enum rx_status
by (const struct rx_wald *w, const double *covariance, const double *l,
    size_t q, struct rx_linear_test *test, struct rx_error *err)
{
  const struct rx_linear_fit fit
      = { w->beta, covariance, 1, w->unit, INFINITY };
  return rx_linear_test_of (w->estimable, &fit, l, q, test, err);
}

enum rx_status
rx_wald_test (const struct rx_wald *w, const double *l, size_t q,
              struct rx_linear_test *test, struct rx_error *err)
{
  size_t p = w->estimable->p;
  if (by (w, w->covariance, l, q, test, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < q && test->estimable && w->model != NULL; i++)
    {
      struct rx_linear_test robust, model;
      if (by (w, w->covariance, l + i * p, 1, &robust, err) != RX_OK
          || by (w, w->model, l + i * p, 1, &model, err) != RX_OK)
        return err->status;
      if (robust.se > ROUNDING * model.se)
        continue;
      *test = rx_linear_blank (true);
      if (q > 1)
        return RX_OK;
      test->estimate = robust.estimate;
      test->se = 0;
    }
  return RX_OK;
}
