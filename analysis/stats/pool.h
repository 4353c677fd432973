/* pool.h: results of several studies combined into one. */
#ifndef RX_POOL_H
#define RX_POOL_H

#include "stats/tau2.h"

struct rx_pool_spec
{
  rx_tau2 *tau2; /* NULL: fixed effect */
  bool hksj;     /* Hartung-Knapp-Sidik-Jonkman variance and t */
  bool truncate; /* HKSJ: its factor q is at least 1 */
  double level;
};

/* NaN where something cannot be computed: with one study everything but the
   fixed effect, with an SE of 0 the test and the intervals. */
struct rx_pool
{
  size_t k;
  double mean, se, statistic, p, low, high;
  double df;     /* k - 1 under HKSJ; NaN: normal */
  double factor; /* HKSJ: q = sum w r^2 / (k - 1) before truncation */
  double tau2, tau2_low, tau2_high; /* Q-profile; not for a fixed effect */
  double i2, i2_low, i2_high;       /* percent */
  double h2, h2_low, h2_high;
  double q, q_df, q_p;                    /* Cochran's Q */
  double prediction_low, prediction_high; /* not for a fixed effect */
};

struct rx_pool rx_pool_studies (struct rx_studies studies,
                                const struct rx_pool_spec *spec);

/* Completes an estimate by its standard error to statistic, p and interval,
   normal where df is NaN.  An SE that is not above 0 leaves NaN. */
void rx_pool_test (double estimate, double se, double df, double level,
                   double *statistic, double *p, double *low, double *high);

#endif /* RX_POOL_H */
