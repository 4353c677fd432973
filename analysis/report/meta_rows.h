/* meta_rows.h: rows of a meta-analysis as its figures look for them. */
#ifndef RX_META_ROWS_H
#define RX_META_ROWS_H

#include "methods/result.h"

/* Of the same estimates: endpoint, measure; and the same group? */
bool rx_meta_same_data (const struct rx_row *a, const struct rx_row *b);
bool rx_meta_same_group (const struct rx_row *a, const struct rx_row *b);

/* Is the row one of this method? */
bool rx_meta_is (const struct rx_row *row, const char *method);

/* The row of the same model and group with that term; NULL when there is
   none. */
const struct rx_row *rx_meta_term (const struct rx_rows *rows,
                                   const struct rx_row *model,
                                   const char *term);

/* Are the studies of this row's data in subgroups that are summed up by
   pooled rows of all, which has no studies of its own? */
bool rx_meta_is_split (const struct rx_rows *rows, const struct rx_row *study);

/* Is the bare word among those of a note? */
bool rx_meta_has_word (const char *note, const char *word);

#endif /* RX_META_ROWS_H */
