/* prescott_row.h: what Prescott's tests share: T, the sum of the scores of the
   sequence with the test first. */
#ifndef RX_PRESCOTT_ROW_H
#define RX_PRESCOTT_ROW_H

#include "methods/preference.h"

/* n and T, without a test; true when there can be one: sd is then the standard
   deviation of T, mean its mean over all labels.  Notes beside those of
   rx_preference_tests: zero-variance. */
bool rx_prescott_row (const struct rx_preference *preference,
                      struct rx_row *row, double *mean, double *sd,
                      struct rx_note *note);

#endif /* RX_PRESCOTT_ROW_H */
