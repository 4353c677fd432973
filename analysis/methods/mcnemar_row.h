/* mcnemar_row.h: what the McNemar tests share: the row of a change in the
   proportion of users, whatever its p-value is. */
#ifndef RX_MCNEMAR_ROW_H
#define RX_MCNEMAR_ROW_H

#include "methods/fill.h"
#include "stats/discordant.h"

/* Counts the persons of a cell of users by window. */
struct rx_mcnemar rx_mcnemar_of_cell (const struct rx_before_after_cell *cell,
                                      double level);

/* n, estimate, SE and interval; statistic and p stay NA.  Notes no-subjects
   and no-discordant. */
struct rx_row rx_mcnemar_row (const struct rx_mcnemar *test, double level,
                              struct rx_note *note);

#endif /* RX_MCNEMAR_ROW_H */
