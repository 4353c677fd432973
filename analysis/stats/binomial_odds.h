/* binomial_odds.h: the exact interval of the odds behind two counts. */
#ifndef RX_BINOMIAL_ODDS_H
#define RX_BINOMIAL_ODDS_H

#include <stddef.h>

/* Clopper and Pearson's interval of p / (1 - p) for `yes` of yes + no trials.
   low = 0 where yes is 0, high = INFINITY where no is 0; both NaN without a
   trial. */
void rx_binomial_odds (size_t yes, size_t no, double level, double *low,
                       double *high);

/* P (X >= k) for X binomial (n, odds / (1 + odds)), odds > 0. */
double rx_binomial_upper (size_t k, size_t n, double odds);

#endif /* RX_BINOMIAL_ODDS_H */
