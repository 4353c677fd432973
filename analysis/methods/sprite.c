/* sprite.c: are there whole numbers of the scale with the printed mean and
   SD?

   Terms: the columns sd, sd1, sd2 whose mean is printed beside them, of whole
   numbers from min to max.  estimate is the possible SD next to the printed
   one, the interval from the smallest to the largest SD of such numbers with
   the printed mean.  Decided exactly, see stats/sprite_sample.c.  Notes on why
   not: mean (no sum gives it), range (outside the scale), restrictions (they
   contradict each other), sd. */
#include "designs/printed_sprite.h"
#include "methods/printed_rows.h"

#include <math.h>

static enum rx_status
add_row (const struct rx_sprite *sprite,
         const struct rx_printed_result *result,
         const struct rx_printed_group *group, struct rx_rows *rows,
         struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)sprite->n;
  row.estimate = sprite->nearest;
  row.conf_low = sprite->sd_low;
  row.conf_high = sprite->sd_high;
  switch (sprite->found)
    {
    case RX_FOUND:
      rx_note_add (&note, "consistent");
      break;
    case RX_FOUND_NONE:
      rx_note_add (&note, "inconsistent; %s", sprite->why);
      break;
    case RX_FOUND_UNDECIDED:
      rx_note_add (&note, "not-decided");
      break;
    }
  return rx_printed_row_add (rows, row, result, "sprite",
                             rx_printed_figure_name (group->sd), &note, err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  (void)options;
  for (size_t i = 0; i < RX_PRINTED_GROUPS; i++)
    {
      const struct rx_printed_group *group = &rx_printed_groups[i];
      struct rx_sprite_task task;
      struct rx_sprite sprite = { 0 };
      if (!rx_printed_sprite (result, group->mean, group->sd,
                              rx_printed_group_n (result, group), &task))
        continue;
      enum rx_status status = rx_sprite_init (&sprite, &task, err);
      if (status == RX_OK)
        status = add_row (&sprite, result, group, rows, err);
      rx_sprite_free (&sprite);
      if (status != RX_OK)
        return status;
    }
  return RX_OK;
}

const struct rx_method rx_method_sprite = {
  .name = "sprite",
  .title = "SPRITE: are there whole numbers with the printed mean and SD?",
  .source = "Heathers, Anaya, van der Zee & Brown, PeerJ Preprints "
            "2018;6:e26968v1; decided exactly",
  .words = "Whether whole numbers of the scale can have the printed mean and "
           "standard deviation was decided exactly (SPRITE).",
  .printed = check_result,
};
