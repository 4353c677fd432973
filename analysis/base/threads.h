/* threads.h: loops over independent items on several threads.

   A result never depends on the number of threads: each item writes only what
   is its own, and of the items that fail the first in their order is the one
   that is reported. */
#ifndef RX_THREADS_H
#define RX_THREADS_H

#include "base/status.h"

enum
{
  RX_THREADS_MOST = 256 /* more are not used, whatever is asked for */
};

/* How many threads loops may use from now on; 0: one per processor that this
   process may run on.  Kept for the whole process (--threads); set before any
   loop runs. */
void rx_threads_set (size_t n);

/* How many that is: 1 to RX_THREADS_MOST. */
size_t rx_threads (void);

/* One item; thread is 0 to n_threads - 1, for workspaces. */
typedef enum rx_status rx_threads_item (void *context, size_t item,
                                        size_t thread, struct rx_error *err);

/* Calls fn for the items 0 to n_items - 1, which threads take in their order
   as they become free; the calling thread is one of n_threads.  Threads that
   the system refuses are done without.  After a failure no further item is
   begun; the error is that of the lowest item that failed, which is the one
   that a loop on one thread would have met. */
enum rx_status rx_threads_for (size_t n_items, size_t n_threads,
                               rx_threads_item *fn, void *context,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_THREADS_H */
