/* mcnemar_row.h: what the McNemar tests share: the row of a difference of
   paired proportions, whatever its p-value is. */
#ifndef RX_MCNEMAR_ROW_H
#define RX_MCNEMAR_ROW_H

#include "methods/fill.h"
#include "stats/discordant.h"

/* Counts the subjects of a contrast of binary responses; false, with a note
   that says why, when a treatment was given more than once. */
bool rx_mcnemar_of_contrast (const struct rx_contrast *d, double level,
                             struct rx_mcnemar *test, struct rx_note *note);

/* n, estimate, SE and interval; statistic and p stay NA.  Notes no-subjects
   and no-discordant. */
struct rx_row rx_mcnemar_row (const struct rx_mcnemar *test, double level,
                              struct rx_note *note);

/* Counts the persons of a cell of users by window. */
struct rx_mcnemar rx_mcnemar_of_cell (const struct rx_before_after_cell *cell,
                                      double level);

/* The row of a contrast of binary responses, whatever the test. */
struct rx_row rx_mcnemar_contrast_row (const struct rx_contrast *d,
                                       double level, rx_discordant_test *test,
                                       struct rx_note *note);

#endif /* RX_MCNEMAR_ROW_H */
