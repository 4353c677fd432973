/* signed_rank_row.h: the row of a signed-rank test, normal or exact. */
#ifndef RX_SIGNED_RANK_ROW_H
#define RX_SIGNED_RANK_ROW_H

#include "methods/fill.h"

typedef enum rx_status rx_signed_rank (struct rx_sample d, double level,
                                       struct rx_rank_test *out,
                                       struct rx_error *err);

/* Fills a row from the differences within subject.  Notes no-subjects,
   all-zero, too-large-for-exact. */
enum rx_status rx_signed_rank_row (const struct rx_contrast *d, double level,
                                   rx_signed_rank *signed_rank,
                                   struct rx_row *row, struct rx_note *note,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_SIGNED_RANK_ROW_H */
