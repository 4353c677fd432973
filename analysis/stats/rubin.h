/* rubin.h: results of several imputations made one. */
#ifndef RX_RUBIN_H
#define RX_RUBIN_H

#include <stddef.h>

struct rx_rubin
{
  double estimate;        /* mean of the estimates */
  double within, between; /* mean variance; variance of the estimates */
  double se, df;
  double missing; /* fraction of missing information */
};

/* Pools estimates[m] with their variances, m >= 2, each of an analysis with
   df_complete degrees of freedom: Rubin, Multiple Imputation for Nonresponse
   in Surveys, 1987, sec. 3.1, with the degrees of freedom of Barnard & Rubin,
   Biometrika 1999;86:948-955. */
struct rx_rubin rx_rubin (const double *estimates, const double *variances,
                          size_t m, double df_complete);

#endif /* RX_RUBIN_H */
