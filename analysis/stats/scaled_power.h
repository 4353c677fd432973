/* scaled_power.h: power of bioequivalence whose limits depend on the variation
   within the reference. */
#ifndef RX_SCALED_POWER_H
#define RX_SCALED_POWER_H

#include <stdbool.h>

/* What a trial estimates, on the scale of logarithms: the difference, normal
   with standard deviation se; the variance within the reference, sd_ref^2
   times chi^2 (df_ref) / df_ref; and its own squared standard error,

     shared chi^2 (df_ref) + own chi^2 (df_own)

   with the same first chi^2, tested on df degrees of freedom; all else
   independent. */
struct rx_scaled_trial
{
  double effect, se;
  double sd_ref, df_ref;
  double shared, own, df_own, df;
  double sd_test, df_test; /* within the test, where the ratio counts */
};

/* What is to be shown, of the difference d with standard error SE and the
   standard deviation s within the reference. */
struct rx_scaled_test
{
  double alpha;
  double limit;      /* average bioequivalence: |d| + t SE <= limit */
  double scale_from; /* s from which on: */
  double theta;      /* not NaN: the criterion d^2 - theta^2 s^2 <= 0; else
                        |d| + t SE <= expansion s, and no further than
                        expansion scale_to */
  double expansion, scale_to;
  bool both;            /* average bioequivalence too, whatever s is; else
                           |d| <= limit where it is scaled */
  double sd_ratio_most; /* of the upper limit of the ratio of standard
                           deviations, test to reference; INFINITY: none */
};

/* The probability that it is shown; NaN for df_ref or df_own below 1. */
double rx_scaled_power (const struct rx_scaled_test *test,
                        const struct rx_scaled_trial *trial);

#endif /* RX_SCALED_POWER_H */
