/* recompute_p.h: the p-value of a printed test statistic, and of all that
   round to it. */
#ifndef RX_RECOMPUTE_P_H
#define RX_RECOMPUTE_P_H

#include "stats/printed.h"

enum rx_statistic
{
  RX_STATISTIC_T,
  RX_STATISTIC_F,
  RX_STATISTIC_Z,
  RX_STATISTIC_R,
  RX_STATISTIC_CHI2, /* Cochran's Q too */
};

struct rx_recomputed
{
  double p;         /* of the statistic as printed; NaN for an inequality */
  double low, high; /* of all that round to it */
};

/* Two-sided p of t, z and r (t = r sqrt (df / (1 - r^2))), upper tail of F and
   chi-squared.  df1: numerator, or of chi-squared; df2: of t, r, and the
   denominator. */
struct rx_recomputed rx_recompute_p (enum rx_statistic kind,
                                     const struct rx_printed *statistic,
                                     double df1, double df2);

/* May the printed p be that?  As statcheck asks (Nuijten et al 2016): is there
   a statistic that rounds to the printed one with a p that rounds to the
   printed p. */
bool rx_recomputed_fits (const struct rx_recomputed *found,
                         const struct rx_printed *p);

/* Does the printed p claim another decision at alpha than the statistic as
   printed?  p = alpha counts as significant. */
bool rx_recomputed_decides_otherwise (const struct rx_recomputed *found,
                                      const struct rx_printed *p,
                                      double alpha);

#endif /* RX_RECOMPUTE_P_H */
