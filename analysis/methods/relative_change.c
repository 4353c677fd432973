/* relative_change.c: change of the total in percent of the total before,
   100 (A - B) / B, as the Norwegian register papers print it.

   By hand: 25 users before and 20 after is -20. */
#include "methods/fill.h"

__extension__ typedef __int128 wide;

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  (void)options;
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  wide before = 0, after = 0; /* units may be as fine as 1e-12 ddd */
  for (size_t i = 0; i < cell->n; i++)
    {
      before += cell->before[i];
      after += cell->after[i];
    }
  row.n = (double)cell->n;
  rx_note_add (&note, "percent");
  if (before > 0)
    row.estimate = 100 * (double)(after - before) / (double)before;
  else
    rx_note_add (&note, cell->n == 0 ? "no-subjects" : "zero-total");
  return rx_fill_before_after (rows, row, cell, "relative-change", "change",
                               &note, err);
}

const struct rx_method rx_method_relative_change = {
  .name = "relative-change",
  .title = "Change of the total in percent of the total before",
  .source = "",
  .words = "The relative change is that of the total, in percent of the total "
           "before.",
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .before_after = run_before_after,
};
