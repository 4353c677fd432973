/* printed_shares.h: persons with an outcome in two groups, or at two times, as
   counts or as percentages that leave several counts. */
#ifndef RX_PRINTED_SHARES_H
#define RX_PRINTED_SHARES_H

#include "methods/printed_rows.h"

struct rx_shares
{
  long n[2];
  long low[2], high[2], nearest[2]; /* with the outcome; low > high: none */
  bool open;                        /* more than one pair of counts fits */
  bool none;                        /* no count gives one of the percentages */
};

/* false where either is not printed, or its persons are not.  In a paired
   design both are of n. */
bool rx_printed_shares (const struct rx_printed_result *result,
                        struct rx_shares *shares);

/* The pairs of counts that fit; SIZE_MAX for too many to try. */
size_t rx_shares_pairs (const struct rx_shares *shares);

enum
{
  RX_SHARES_PAIRS_MOST = 10000
};

#endif /* RX_PRINTED_SHARES_H */
