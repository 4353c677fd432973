/* tau2.h: the variance between studies, estimated.

   Every estimator takes k >= 2 studies and gives a number that is not
   negative: where its equation has none above zero, the boundary 0. */
#ifndef RX_TAU2_H
#define RX_TAU2_H

#include "stats/weigh.h"

typedef double rx_tau2 (struct rx_studies studies);

rx_tau2 rx_tau2_dl;   /* DerSimonian & Laird 1986 */
rx_tau2 rx_tau2_pm;   /* Paule & Mandel 1982: Q(tau2) = k - 1 */
rx_tau2 rx_tau2_reml; /* restricted maximum likelihood */
rx_tau2 rx_tau2_ml;   /* maximum likelihood */
rx_tau2 rx_tau2_he;   /* Hedges & Olkin 1985, Cochran's ANOVA */
rx_tau2 rx_tau2_sj;   /* Sidik & Jonkman 2005 */
rx_tau2 rx_tau2_hs;   /* Hunter & Schmidt 1990 */

/* Q-profile interval (Viechtbauer 2007, Stat Med 26:37-52): all tau2 >= 0
   whose Q lies between the quantiles of chi-squared with k - 1 df.  NaN for
   both ends where there is no such tau2. */
void rx_tau2_interval (struct rx_studies studies, double level, double *low,
                       double *high);

/* A likelihood in one variance t >= 0, through its derivative. */
struct rx_likelihood
{
  double (*slope) (const void *context, double t);
  double (*value) (const void *context, double t); /* up to a constant */
  const void *context;
};

/* Where it is highest on [0, bound]: every maximum is found as a change of
   sign of the slope on a grid of 2 % in t + least, solved to the last bit and
   compared with the others and with 0.  The slope must not be positive at
   `bound`. */
double rx_likelihood_highest (struct rx_likelihood likelihood, double least,
                              double bound);

/* A bound beyond which the slope of a restricted likelihood is negative, from
   the residual sum of squares without weights and its df. */
double rx_likelihood_bound (struct rx_studies studies, double squares,
                            double df);

#endif /* RX_TAU2_H */
