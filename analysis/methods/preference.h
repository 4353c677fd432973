/* preference.h: which period subjects with binary responses prefer: the one
   with a response of 1 where the other has 0. */
#ifndef RX_PREFERENCE_H
#define RX_PREFERENCE_H

#include "methods/labels.h"
#include "stats/two_by_two.h"

/* Counts over the subjects with both periods.  table: rows are the sequence
   with the test first and the other one, columns the first and the second
   period preferred.  labels: +1, 0, -1 for the first period, none, the
   second. */
struct rx_preference
{
  size_t n, test_first, reference_first; /* subjects */
  struct rx_two_by_two table;
  struct rx_labels labels;
};

enum rx_status rx_preference_make (struct rx_preference *preference,
                                   const struct rx_crossover *design,
                                   const struct rx_endpoint *endpoint,
                                   struct rx_error *err) RX_MUST_USE;
void rx_preference_free (struct rx_preference *preference);

/* Can there be a test?  If not, says why: no-subjects, empty-sequence,
   no-discordant. */
bool rx_preference_tests (const struct rx_preference *preference,
                          struct rx_note *note);

#endif /* RX_PREFERENCE_H */
