/* allocation.h: which subject gets which sequence, by permuted blocks. */
#ifndef RX_ALLOCATION_H
#define RX_ALLOCATION_H

#include "base/memory.h"
#include "base/status.h"

#include <stdint.h>

/* sequence[i] and block[i] (from 1) of subject i.  The caller makes the struct
   (= {0}); free it. */
struct rx_allocation
{
  size_t n;
  size_t *sequence, *block;
};
void rx_allocation_free (struct rx_allocation *allocation);

/* Allocates n subjects to the sequences 0 .. sequences - 1.  Each block has
   one of the sizes, drawn with equal chances, and holds every sequence equally
   often in random order (Fisher-Yates); the last one may be cut short.  Sizes
   are multiples of `sequences`; without any, the one size is `sequences`.
   Block b of a stratum owns the stream (seed, stratum, b): lists are the same
   whatever is listed before.  RX_EUSAGE for a size that is no multiple. */
enum rx_status rx_allocation_make (struct rx_allocation *allocation,
                                   size_t sequences, size_t n,
                                   const size_t *sizes, size_t n_sizes,
                                   uint64_t seed, uint64_t stratum,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_ALLOCATION_H */
