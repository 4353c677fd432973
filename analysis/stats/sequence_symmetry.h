/* sequence_symmetry.h: which of two drugs came first, and what to expect of
   the trends in their use alone. */
#ifndef RX_SEQUENCE_SYMMETRY_H
#define RX_SEQUENCE_SYMMETRY_H

#include <stddef.h>
#include <stdint.h>

/* The share with the marker later among all pairs of an index day and a
   marker day that are 1 to `window` days apart; NaN where there is no pair.
   Both arrays are sorted, one day per person. */
double rx_sequence_null (const int64_t *index, size_t n_index,
                         const int64_t *marker, size_t n_marker,
                         int64_t window);

#endif /* RX_SEQUENCE_SYMMETRY_H */
