/* whole_moments.h: which sums and sums of squares can n whole numbers of a
   given set have?

   Decided exactly, with a data set as the witness or after the whole tree of
   cases was ruled out; a number of steps bounds the work. */
#ifndef RX_WHOLE_MOMENTS_H
#define RX_WHOLE_MOMENTS_H

#include "base/status.h"

#include <stdint.h>

enum rx_found
{
  RX_FOUND,
  RX_FOUND_NONE,     /* proven: there is none */
  RX_FOUND_UNDECIDED /* neither, within the steps */
};

enum
{
  RX_WHOLE_TOP = 20000,      /* largest value of a set, the least being 0 */
  RX_WHOLE_PERSONS = 1000000 /* most numbers */
};

/* Numbers 0 ... top, some of them not allowed.  The caller makes it with
   _init; states that are ruled out are remembered from one call to the
   next. */
struct rx_whole_set
{
  int64_t *value; /* [n_values] the allowed ones, increasing */
  size_t n_values;
  bool whole;                   /* no hole between the first and the last */
  uint64_t steps;               /* left; each call takes some */
  struct rx_whole_state *state; /* ruled out: open addressing */
  size_t n_states, room_states;
};

/* not_allowed[0 ... top]: NULL allows all. */
enum rx_status rx_whole_set_init (struct rx_whole_set *set, int64_t top,
                                  const bool *not_allowed, uint64_t steps,
                                  struct rx_error *err) RX_MUST_USE;
void rx_whole_set_free (struct rx_whole_set *set);

/* Are there n numbers of the set with this sum and sum of squares?  count
   ([n_values], may be NULL): how often each value comes, when found. */
enum rx_status rx_whole_find (struct rx_whole_set *set, int64_t n, int64_t sum,
                              int64_t squares, enum rx_found *found,
                              int64_t *count,
                              struct rx_error *err) RX_MUST_USE;

/* Smallest and largest sum of squares of n whole numbers of 0 ... top with
   this sum, 0 <= sum <= n top. */
int64_t rx_whole_least_squares (int64_t n, int64_t sum);
int64_t rx_whole_most_squares (int64_t n, int64_t sum, int64_t top);

#endif /* RX_WHOLE_MOMENTS_H */
