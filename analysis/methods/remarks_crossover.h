/* remarks_crossover.h: what a reader of the rows of a crossover trial must
   know. */
#ifndef RX_REMARKS_CROSSOVER_H
#define RX_REMARKS_CROSSOVER_H

#include "designs/crossover.h"
#include "methods/result.h"

/* Adds the remarks on the design, its completers and what is awkward about it;
   the rows from `first` on are those of this trial. */
enum rx_status rx_remarks_crossover (const struct rx_crossover *design,
                                     size_t first, struct rx_rows *rows,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_REMARKS_CROSSOVER_H */
