/* endpoint_patterns.h: thousands of endpoints named by one word. */
#ifndef RX_ENDPOINT_PATTERNS_H
#define RX_ENDPOINT_PATTERNS_H

#include "designs/crossover.h"

/* *whole is the specification with each endpoint whose name ends in a star
   replaced by one for every column that begins so, in the order of the file
   and with the unit, the baseline and so on of the pattern.  Left out are the
   columns that the trial uses otherwise.  A name that is a column with a star,
   an endpoint with a column of its own, and the wide layout, where names are
   no columns, stay as they are.  RX_EDATA for a pattern that no column fits,
   RX_EUSAGE for an endpoint that is named twice.  *whole borrows what the
   specification and the table own; the caller frees whole->endpoints through
   *owned. */
enum rx_status rx_endpoint_patterns (struct rx_crossover_spec *whole,
                                     struct rx_endpoint_spec **owned,
                                     const struct rx_crossover_spec *spec,
                                     const struct rx_table *table,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_ENDPOINT_PATTERNS_H */
