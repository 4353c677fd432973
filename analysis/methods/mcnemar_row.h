/* mcnemar_row.h: what the tests of paired proportions share: the counts, and
   the row of a difference, whatever its p-value or interval is. */
#ifndef RX_MCNEMAR_ROW_H
#define RX_MCNEMAR_ROW_H

#include "methods/fill.h"
#include "stats/discordant.h"

/* Binary responses to the treatment `test` minus those to the reference. */
struct rx_binary_contrast
{
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  size_t test;
  const struct rx_contrast *differences;
};

/* Counts the subjects of a contrast; false, with a note that says why, when a
   treatment was given more than once. */
bool rx_mcnemar_of_contrast (const struct rx_binary_contrast *of, double level,
                             struct rx_mcnemar *pairs, struct rx_note *note);

/* Counts the persons of a cell of users by window. */
struct rx_mcnemar rx_mcnemar_of_cell (const struct rx_before_after_cell *cell,
                                      double level);

/* n, estimate, Wald's SE and interval; statistic and p stay NA.  Notes
   no-subjects and no-discordant. */
struct rx_row rx_mcnemar_row (const struct rx_mcnemar *test, double level,
                              struct rx_note *note);

/* n, estimate and another interval, without a standard error. */
struct rx_row rx_change_row (const struct rx_mcnemar *pairs,
                             struct rx_change_interval interval, double level,
                             struct rx_note *note);

/* The row of a contrast of binary responses, whatever the test. */
struct rx_row rx_mcnemar_contrast_row (const struct rx_binary_contrast *of,
                                       double level, rx_discordant_test *test,
                                       struct rx_note *note);

#endif /* RX_MCNEMAR_ROW_H */
