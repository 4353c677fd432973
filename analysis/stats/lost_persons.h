/* lost_persons.h: what persons who were lost would do to the result of the
   completers. */
#ifndef RX_LOST_PERSONS_H
#define RX_LOST_PERSONS_H

#include <stdbool.h>
#include <stddef.h>

/* A t test of completers: difference, SD, degrees of freedom, and SE / SD. */
struct rx_completers
{
  double difference, sd, df, scale;
  double n;
};

/* The t test of all with `lost` more persons, whose mean difference is `mean`
   and whose SD is that of the completers; two-sided p. */
struct rx_with_lost
{
  double difference, se, df, t, p;
};
struct rx_with_lost rx_with_lost (const struct rx_completers *completers,
                                  double lost, double mean);

/* The tipping point: the mean difference of the lost at which the p of all is
   alpha.  For a positive difference of the completers p is above alpha below
   it; for a negative one above it.  Inf (-Inf) where p is above alpha for
   every mean.  NaN without lost persons or where the SD is not above 0. */
double rx_tipping_point (const struct rx_completers *completers, double lost,
                         double alpha);

/* The same over all completers within a convex polygon of (difference, SD),
   given by its n corners (all of one sign of the difference): the least and
   the largest. */
struct rx_tipping_range
{
  double low, high;
};
struct rx_tipping_range rx_tipping_range (const struct rx_completers *corner,
                                          size_t n, double lost, double alpha);

enum
{
  RX_LOST_MOST = 1000000
};

/* The fewest lost persons with that mean difference whose return brings p
   above alpha: 0 when it is without any, RX_LOST_MOST + 1 when that many do
   not. */
long rx_fewest_lost (const struct rx_completers *completers, double mean,
                     double alpha);

#endif /* RX_LOST_PERSONS_H */
