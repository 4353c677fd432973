/* equivalence.h: is a difference within limits? */
#ifndef RX_EQUIVALENCE_H
#define RX_EQUIVALENCE_H

#include <stdbool.h>

/* The limits of average bioequivalence, percent. */
#define RX_ABE_LOW 80.0
#define RX_ABE_HIGH 125.0

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

/* How limits expand: exp (-/+ factor s) from the coefficient of variation
   `above` on, no further than at `to` (percent). */
struct rx_expansion
{
  double factor, above, to;
};
extern const struct rx_expansion rx_expansion_ema;

/* The standard deviation of logarithms with this coefficient of variation, in
   percent: the inverse of rx_cv_percent. */
double rx_cv_log_sd (double percent);

/* The upper limit of average bioequivalence with expanding limits (EMA), as a
   logarithm, from the standard deviation within the reference; the lower one
   is its negative.  NaN (unknown) does not expand. */
double rx_abel_log_limit (double log_sd);

/* A percentage as it is compared with limits: two decimals. */
double rx_round_percent (double percent);

/* Does low..high lie within the limits, all four so rounded? */
bool rx_percent_within (double low, double low_limit, double high,
                        double high_limit);

#endif /* RX_EQUIVALENCE_H */
