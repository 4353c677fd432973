/* abba_rank.c: the rank-sum comparison of sequences. */
#include "methods/abba_rank.h"

#include <math.h>

enum rx_status
rx_abba_rank (const struct rx_contrast *a, const struct rx_contrast *b,
              double factor, double level, rx_rank_sum *rank_sum,
              struct rx_row *row, struct rx_note *note, struct rx_error *err)
{
  struct rx_rank_test result;
  if (rank_sum (rx_contrast_sample (a), rx_contrast_sample (b), level, &result,
                err)
      != RX_OK)
    return err->status;
  result.estimate *= factor;
  result.low *= factor;
  result.high *= factor;
  *row = rx_fill_rank (result, a->n + b->n, level, note);
  bool exact = rank_sum == rx_rank_sum_exact;
  if (!isnan (result.p) && exact)
    rx_note_add (note, "exact");
  else if (isnan (result.p) && a->n > 0 && b->n > 0)
    rx_note_add (note, exact ? "too-large-for-exact" : "all-tied");
  return RX_OK;
}
