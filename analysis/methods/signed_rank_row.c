/* signed_rank_row.c: the row of a signed-rank test. */
#include "methods/signed_rank_row.h"

#include <math.h>

enum rx_status
rx_signed_rank_row (const struct rx_contrast *d, double level,
                    rx_signed_rank *signed_rank, struct rx_row *row,
                    struct rx_note *note, struct rx_error *err)
{
  struct rx_rank_test result;
  if (signed_rank (rx_contrast_sample (d), level, &result, err) != RX_OK)
    return err->status;
  *row = rx_fill_rank (result, d->n, level, note);
  if (isnan (result.p))
    rx_note_add (note, d->n == 0          ? "no-subjects"
                       : result.used == 0 ? "all-zero"
                                          : "too-large-for-exact");
  else if (signed_rank == rx_signed_rank_exact)
    rx_note_add (note, "exact");
  return RX_OK;
}
