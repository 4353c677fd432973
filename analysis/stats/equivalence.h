/* equivalence.h: is a difference within limits? */
#ifndef RX_EQUIVALENCE_H
#define RX_EQUIVALENCE_H

#include <stdbool.h>
#include <stddef.h>

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

/* How a regulator lets limits expand: above the coefficient of variation
   `above` to exp (-/+ factor s), no further than at the coefficient of
   variation `to`, nor beyond 1 / widest and widest.  An infinite factor: to
   these at once. */
struct rx_expansion
{
  const char *name;   /* as in --regulator */
  const char *source; /* where it says so */
  const char *words;  /* sentence for the methods paragraph */
  double factor, above, to /* percent */, widest /* ratio */;
};
extern const struct rx_expansion rx_expansions[];
extern const size_t rx_n_expansions;

/* The first of them, which holds where none is named: EMA's. */
#define rx_expansion_default (&rx_expansions[0])

/* The expansion of that name, NULL when there is none. */
const struct rx_expansion *rx_expansion_find (const char *name);

/* The standard deviation of logarithms with this coefficient of variation, in
   percent: the inverse of rx_cv_percent. */
double rx_cv_log_sd (double percent);

/* The upper limit of average bioequivalence with expanding limits, as a
   logarithm, from the standard deviation within the reference; the lower one
   is its negative.  NaN (unknown) does not expand. */
double rx_abel_log_limit (const struct rx_expansion *expansion, double log_sd);

/* A percentage as it is compared with limits: two decimals. */
double rx_round_percent (double percent);

/* Does low..high lie within the limits, all four so rounded? */
bool rx_percent_within (double low, double low_limit, double high,
                        double high_limit);

#endif /* RX_EQUIVALENCE_H */
