/* tables_pooled.h: two-by-two tables pooled without a variance for each:
   Mantel and Haenszel, and Peto. */
#ifndef RX_TABLES_POOLED_H
#define RX_TABLES_POOLED_H

#include <stddef.h>

/* events of n in either group */
struct rx_two_groups
{
  double events1, n1, events2, n2;
};

struct rx_tables_pooled
{
  size_t k;        /* tables that say something */
  double estimate; /* log ratio, or difference; NaN: none is finite */
  double se;
};

/* A measure of Mantel and Haenszel.  Tables without an event, or without a
   person free of one, say nothing on an odds ratio, tables without an event
   nothing on a risk ratio. */
typedef struct rx_tables_pooled
rx_mantel_haenszel (const struct rx_two_groups *table, size_t k);

rx_mantel_haenszel rx_mantel_haenszel_log_odds_ratio;
rx_mantel_haenszel rx_mantel_haenszel_log_risk_ratio;
rx_mantel_haenszel rx_mantel_haenszel_risk_difference;

/* Peto's log odds ratio, observed minus expected over the hypergeometric
   variance. */
struct rx_tables_pooled rx_peto (const struct rx_two_groups *table, size_t k);

/* The estimate of one table by Peto: O - E over V, variance 1 / V.  NaN where
   V is 0. */
void rx_peto_one (struct rx_two_groups table, double *estimate,
                  double *variance);

#endif /* RX_TABLES_POOLED_H */
