/* remarks_before_after.h: what a reader of a before/after table must
   know. */
#ifndef RX_REMARKS_BEFORE_AFTER_H
#define RX_REMARKS_BEFORE_AFTER_H

#include "designs/before_after.h"
#include "methods/result.h"

/* Adds the remarks on coverage, rows read and awkward, and the warnings on the
   guard, immortal time and regression to the mean. */
enum rx_status rx_remarks_before_after (const struct rx_before_after *design,
                                        struct rx_rows *rows,
                                        struct rx_error *err) RX_MUST_USE;

#endif /* RX_REMARKS_BEFORE_AFTER_H */
