/* equivalence.h: is a difference within limits? */
#ifndef RX_EQUIVALENCE_H
#define RX_EQUIVALENCE_H

/* Two one-sided t tests of low < difference < high.  p is the larger of the
   two p-values, t the statistic it belongs to; NaN without a positive se. */
struct rx_tost
{
  double t, p;
};
struct rx_tost rx_tost (double estimate, double se, double df, double low,
                        double high);

/* Coefficient of variation, in percent, of log-normal measurements whose
   logarithms have this standard deviation. */
double rx_cv_percent (double log_sd);

/* The upper limit of average bioequivalence with expanding limits (EMA), as a
   logarithm, from the standard deviation within the reference; the lower one
   is its negative.  NaN (unknown) does not expand. */
double rx_abel_log_limit (double log_sd);

/* A percentage as it is compared with limits: two decimals. */
double rx_round_percent (double percent);

#endif /* RX_EQUIVALENCE_H */
