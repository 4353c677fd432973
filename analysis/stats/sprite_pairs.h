/* sprite_pairs.h: pairs of whole numbers with printed means and SDs of both
   members and a printed correlation, or SD, SE, t, p or interval of the
   difference; or the proof that there are none. */
#ifndef RX_SPRITE_PAIRS_H
#define RX_SPRITE_PAIRS_H

#include "stats/se_range.h"
#include "stats/sprite_sample.h"

struct rx_sprite_pairs_task
{
  struct rx_sprite_task member[2]; /* one n, items and scale; no values fixed,
                                      none seen as smallest or largest */
  /* of the difference member 0 minus member 1, and of the correlation; left
     out where kind is RX_PRINTED_NOTHING.  df of t is n - 1. */
  struct rx_printed r, difference;
  struct rx_se_figures test;
  double level;   /* of the interval */
  uint64_t steps; /* of the search, 0 for the default; the proof has ten times
                     as many */
};

struct rx_sprite_pairs
{
  struct rx_sprite member[2];
  enum rx_found found;
  const char *why; /* none: "first", "second" (member), "difference" (no SE
                      fits), "correlation" (beyond -1 and 1, or none whole),
                      "differences", "sums" (no such whole numbers),
                      "no-pairs" (all cases were tried) */
  uint64_t steps;  /* that the search took */
  int64_t *x, *y;  /* [n] above the base of the member, when found */
};

/* Decides, with random draws from the stream given.  Found: x and y are such
   pairs.  None: proven.  Undecided: no such pairs in the steps of the search,
   and no proof. */
enum rx_status rx_sprite_pairs_init (struct rx_sprite_pairs *pairs,
                                     const struct rx_sprite_pairs_task *task,
                                     struct rx_random *random,
                                     struct rx_error *err) RX_MUST_USE;
void rx_sprite_pairs_free (struct rx_sprite_pairs *pairs);

#endif /* RX_SPRITE_PAIRS_H */
