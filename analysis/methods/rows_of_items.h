/* rows_of_items.h: the rows of many items (endpoints, cells, methods) that
   know nothing of each other, made on several threads and kept in the order
   of the items: the same rows and remarks as one loop on one thread makes. */
#ifndef RX_ROWS_OF_ITEMS_H
#define RX_ROWS_OF_ITEMS_H

#include "methods/result.h"

/* Adds the rows and remarks of one item to `rows`, which may hold those of
   other items: it must neither read nor change what is there. */
typedef enum rx_status rx_rows_item (const void *context, size_t item,
                                     struct rx_rows *rows,
                                     struct rx_error *err);

/* Calls fn for the items 0 to n_items - 1 on up to rx_threads () threads and
   appends what they made, item by item, to `rows`, whose study, analysis,
   origin and note they have; a remark that several make is kept once.  The
   error is that of the first item that failed; nothing is added then. */
enum rx_status rx_rows_of_items (size_t n_items, rx_rows_item *fn,
                                 const void *context, struct rx_rows *rows,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_ROWS_OF_ITEMS_H */
