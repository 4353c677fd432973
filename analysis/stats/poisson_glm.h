/* poisson_glm.h: Poisson regression with the log link. */
#ifndef RX_POISSON_GLM_H
#define RX_POISSON_GLM_H

#include "stats/ols.h"

struct rx_poisson_glm
{
  struct rx_ols last; /* the last weighted least-squares step: its coefficients
                         are those of the model, its bread the inverse of the
                         information */
  double deviance;
  double pearson; /* chi-squared: sum (y - mu)^2 / mu */
  bool converged; /* else there is no finite estimate, or none was found */
};

/* Counts y >= 0 on the columns of x[n * k], with the offset added to the
   linear predictor. */
enum rx_status rx_poisson_glm_fit (const double *x, const double *y,
                                   const double *offset, size_t n, size_t k,
                                   struct rx_poisson_glm *fit,
                                   struct rx_error *err) RX_MUST_USE;
void rx_poisson_glm_free (struct rx_poisson_glm *fit);

#endif /* RX_POISSON_GLM_H */
