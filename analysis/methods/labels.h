/* labels.h: the subjects of an AB/BA trial as a random subset: the labels of
   their sequences exchanged among them. */
#ifndef RX_LABELS_H
#define RX_LABELS_H

#include "methods/fill.h"
#include "stats/subset_sum.h"

/* The scores are in whole units of one size: exact decimals where the contrast
   has them; else the values to 2^-40 of the largest, with the slack that this
   takes.  subset.score points to score. */
struct rx_labels
{
  int64_t *score; /* those of the sequence with the test first, then others */
  struct rx_subset subset;
};

enum rx_status rx_labels_make (struct rx_labels *labels,
                               const struct rx_contrast *test_first,
                               const struct rx_contrast *reference_first,
                               struct rx_error *err) RX_MUST_USE;
void rx_labels_free (struct rx_labels *labels);

#endif /* RX_LABELS_H */
