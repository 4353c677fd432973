/* sprite_paired.c: are there pairs of whole numbers of the scale with the
   printed means, SDs, and correlation or test of the difference?

   Term: pairs.  Both members are whole numbers from min to max; n and the
   figures that rx_printed_sprite_pairs takes must be printed.  estimate is
   the correlation of pairs that were found, conf_low and conf_high are empty.
   Three outcomes: consistent (found), inconsistent (proven; the note says by
   what), not-found (nor proven) in so many steps.  See
   stats/sprite_pairs.c. */
#include "designs/printed_sprite.h"
#include "methods/printed_rows.h"

#include <inttypes.h>
#include <math.h>

static double
correlation (const struct rx_sprite_pairs *pairs)
{
  int64_t n = pairs->member[0].n, sum[2] = { 0, 0 };
  int64_t squares[2] = { 0, 0 }, product = 0;
  for (int64_t i = 0; i < n; i++)
    {
      int64_t x = pairs->x[i], y = pairs->y[i];
      sum[0] += x;
      sum[1] += y;
      squares[0] += x * x;
      squares[1] += y * y;
      product += x * y;
    }
  double a = (double)(n * squares[0] - sum[0] * sum[0]);
  double b = (double)(n * squares[1] - sum[1] * sum[1]);
  double c = (double)(n * product - sum[0] * sum[1]);
  return a > 0 && b > 0 ? c / sqrt (a) / sqrt (b) : NAN;
}

static enum rx_status
add_row (const struct rx_sprite_pairs *pairs, long n,
         const struct rx_printed_result *result, struct rx_rows *rows,
         struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)n;
  switch (pairs->found)
    {
    case RX_FOUND:
      row.estimate = correlation (pairs);
      rx_note_add (&note, "consistent");
      break;
    case RX_FOUND_NONE:
      rx_note_add (&note, "inconsistent; %s", pairs->why);
      break;
    case RX_FOUND_UNDECIDED:
      if (pairs->steps > 0)
        rx_note_add (&note, "not-found; %" PRIu64 "-steps", pairs->steps);
      else
        rx_note_add (&note, "not-decided");
      break;
    }
  return rx_printed_row_add (rows, row, result, "sprite-paired", "pairs",
                             &note, err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_sprite_pairs_task task;
  struct rx_sprite_pairs pairs = { 0 };
  struct rx_random random;
  long n = rx_printed_group_n (result, &rx_printed_groups[1]);
  if (!rx_printed_sprite_pairs (result, n, options->level, &task))
    return RX_OK;
  rx_random_init (&random, options->seed, 0, 0);
  enum rx_status status = rx_sprite_pairs_init (&pairs, &task, &random, err);
  if (status == RX_OK)
    status = add_row (&pairs, n, result, rows, err);
  rx_sprite_pairs_free (&pairs);
  return status;
}

const struct rx_method rx_method_sprite_paired = {
  .name = "sprite-paired",
  .title = "Paired SPRITE: are there pairs of whole numbers as printed?",
  .source = "as sprite, for pairs; Cauchy-Schwarz and rearrangement bounds, "
            "random swaps, all cases of small problems",
  .words = "Pairs of whole numbers with the printed means, standard "
           "deviations and test of the difference were sought, or ruled out.",
  .printed = check_result,
};
