/* small_study.h: do small studies find other effects than large ones? */
#ifndef RX_SMALL_STUDY_H
#define RX_SMALL_STUDY_H

#include "base/status.h"
#include "stats/weigh.h"

struct rx_line
{
  double slope, slope_se;
  double limit, limit_se; /* the estimate where the standard error is 0 */
  double tau2;            /* NaN without one */
};

/* Egger's test: y on the standard error with weights 1 / v, which is y / SE on
   1 / SE with slope and intercept changing places; residual df k - 2.  NaN
   where k < 3 or all standard errors are equal. */
struct rx_line rx_egger (struct rx_studies studies);

/* The same with a variance between studies by REML, and weights
   1 / (v + tau2): a mixed-effects meta-regression, normal. */
struct rx_line rx_egger_mixed (struct rx_studies studies);

/* Rank correlation of the standardised deviates with the variances; p is
   exact for up to 200 studies without ties, else normal without continuity
   correction.  NaN where k < 3 or one of the two is all tied. */
struct rx_kendall
{
  double tau, p;
  bool ties, exact;
};
enum rx_status rx_rank_correlation (struct rx_studies studies,
                                    struct rx_kendall *out,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_SMALL_STUDY_H */
