/* sprite_sample.h: data sets of whole numbers with a printed mean and SD
   (SPRITE, Heathers, Anaya, van der Zee & Brown 2018, PeerJ Preprints
   6:e26968v1), or the proof that there are none.

   A person's value is the mean of `items` whole numbers of low ... high; here
   it is their sum. */
#ifndef RX_SPRITE_SAMPLE_H
#define RX_SPRITE_SAMPLE_H

#include "base/random.h"
#include "stats/printed.h"
#include "stats/whole_moments.h"

struct rx_sprite_fixed
{
  int64_t value, count; /* exactly so many persons have this sum */
};

struct rx_sprite_task
{
  struct rx_printed mean, sd;
  int64_t n, items;
  int64_t low, high;   /* of the scale, one item */
  int64_t least, most; /* sums that were seen as the smallest and largest */
  bool has_least, has_most;
  const struct rx_sprite_fixed *fixed;
  size_t n_fixed;
};

struct rx_sprite
{
  int64_t n, items, base; /* value = (base + whole number) / items */
  int64_t free_n, free_sum, free_squares; /* what fixed values take away */
  int64_t *fixed;                         /* [n - free_n] */
  int64_t sum_low, sum_high; /* sums of n that round to the mean */
  struct rx_printed sd;
  struct rx_whole_set set;
  enum rx_found found;
  const char *why;        /* none: "mean", "range", "restrictions", "sd" */
  double nearest;         /* the possible SD next to the printed one; NaN */
  double sd_low, sd_high; /* of such numbers and means, whatever their SD */
  int64_t *witness;       /* [n] when found */
};

/* Decides; 2 <= n, low < high.  RX_FOUND_UNDECIDED too where the figures are
   inequalities or have too many digits.  RX_EINTERNAL without memory. */
enum rx_status rx_sprite_init (struct rx_sprite *sprite,
                               const struct rx_sprite_task *task,
                               struct rx_error *err) RX_MUST_USE;
void rx_sprite_free (struct rx_sprite *sprite);

/* A data set by random swaps, in random order, in sums above base; needs
   found == RX_FOUND.  Where the swaps do not get there it is the witness. */
void rx_sprite_draw (const struct rx_sprite *sprite, struct rx_random *random,
                     int64_t *x);

/* The sums of squares of x - base that round to the SD, n of them with this
   sum; false when none. */
bool rx_sprite_squares (const struct rx_sprite *sprite, int64_t sum,
                        int64_t *low, int64_t *high);

#endif /* RX_SPRITE_SAMPLE_H */
