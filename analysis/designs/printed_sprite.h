/* printed_sprite.h: printed results of whole numbers as questions about the
   data sets behind them. */
#ifndef RX_PRINTED_SPRITE_H
#define RX_PRINTED_SPRITE_H

#include "designs/printed_table.h"
#include "stats/sprite_pairs.h"

/* The mean and SD of n persons.  false when they are not printed, n is not
   known or below 2, or the scale of whole numbers is not told (min and max; 0
   and 1 where it is binary). */
bool rx_printed_sprite (const struct rx_printed_result *result,
                        enum rx_printed_figure mean, enum rx_printed_figure sd,
                        long n, struct rx_sprite_task *task);

/* What is printed of the t test of the difference; p as two-tailed. */
struct rx_se_figures
rx_printed_se_figures (const struct rx_printed_result *result);

/* Both means and SDs of the same n persons and how they go together: corr;
   in a paired design also difference, sd_diff, se, t, p, dz, ci_low, ci_high.
   (In a crossover these belong to sequences.)  false when something of that
   is missing.  task->member[] hold no restrictions. */
bool rx_printed_sprite_pairs (const struct rx_printed_result *result, long n,
                              double level, struct rx_sprite_pairs_task *task);

#endif /* RX_PRINTED_SPRITE_H */
