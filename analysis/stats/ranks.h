/* ranks.h: mid-ranks, from integer keys so that ties are exact. */
#ifndef RX_RANKS_H
#define RX_RANKS_H

#include "base/status.h"

#include <stdint.h>

/* Twice the mid-rank of each key (an integer: 2 to 2n), and the tie sum,
   sum over groups of t^3 - t. */
enum rx_status rx_ranks_doubled (const int64_t *key, size_t n,
                                 int64_t *doubled, double *ties,
                                 struct rx_error *err) RX_MUST_USE;

/* Keys for doubles that are no decimals (logarithms): values closer than
   1e-13 of the largest magnitude share a key, so that rounding noise makes no
   rank.  Zero, and what is as close to it, has key 0; a sign is kept. */
enum rx_status rx_ranks_keys (const double *x, size_t n, int64_t *key,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_RANKS_H */
