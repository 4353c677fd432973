/* meta_line.h: estimates of studies regressed on one covariate. */
#ifndef RX_META_LINE_H
#define RX_META_LINE_H

#include "stats/weigh.h"

struct rx_meta_line
{
  double slope, slope_se;
  double intercept, intercept_se; /* where the covariate is 0 */
  double tau2;                    /* variance that is left between studies */
  double rss;                     /* sum w e^2, w = 1 / (v + tau2) */
  double spread;                  /* trace of P with w = 1 / v */
  double q, df, q_p;              /* residual heterogeneity, w = 1 / v */
};

/* By weighted least squares with weights 1 / (v + tau2): tau2 is 0, or by REML
   with `random`.  x: [k], NULL for the standard errors.  Standard errors are
   those of known variances; the factor sqrt (rss / df) makes them those of
   Knapp & Hartung 2003, or of a regression with a residual variance.  NaN
   everywhere where k < 3 or all x are equal. */
struct rx_meta_line rx_meta_line_fit (struct rx_studies studies,
                                      const double *x, bool random);

#endif /* RX_META_LINE_H */
