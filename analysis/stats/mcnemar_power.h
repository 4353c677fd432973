/* mcnemar_power.h: power of two-sided tests of paired proportions.

   Of all pairs a share responds once only, to one of the two treatments:
   only_first, only_second, 0 to 1, together 1 at most. */
#ifndef RX_MCNEMAR_POWER_H
#define RX_MCNEMAR_POWER_H

struct rx_discordant_shares
{
  double only_first, only_second;
};

/* Power with n pairs, a whole number. */
typedef double rx_mcnemar_power_of (const struct rx_discordant_shares *shares,
                                    double n, double alpha);

/* McNemar's test without correction, by the normal distribution. */
rx_mcnemar_power_of rx_mcnemar_power_normal;

/* The exact binomial test, over all numbers of discordant pairs. */
rx_mcnemar_power_of rx_mcnemar_power_exact;

#endif /* RX_MCNEMAR_POWER_H */
