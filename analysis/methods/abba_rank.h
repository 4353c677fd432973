/* abba_rank.h: the rank-sum comparison of sequences, normal or exact. */
#ifndef RX_ABBA_RANK_H
#define RX_ABBA_RANK_H

#include "methods/fill.h"

typedef enum rx_status rx_rank_sum (struct rx_sample a, struct rx_sample b,
                                    double level, struct rx_rank_test *out,
                                    struct rx_error *err);

/* Fills a row from two contrasts; estimate and interval times `factor`. */
enum rx_status rx_abba_rank (const struct rx_contrast *a,
                             const struct rx_contrast *b, double factor,
                             double level, rx_rank_sum *rank_sum,
                             struct rx_row *row, struct rx_note *note,
                             struct rx_error *err) RX_MUST_USE;

#endif /* RX_ABBA_RANK_H */
