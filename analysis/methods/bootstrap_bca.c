/* bootstrap_bca.c: BCa intervals of mean differences by resampling persons.

   Crossover: the mean of the differences within subjects, test minus
   reference.  Before/after: the mean change (row `change`), and the relative
   change 100 (A - B) / B of the totals (row `relative-change`).  The standard
   error is the SD over the resamples; there is no test.  See
   stats/bootstrap.c.

   REPLICATES resamples are drawn; resample b has its own random numbers, from
   the seed, the names of the analysis, the endpoint and the term, and b, so
   that the same --seed gives the same limits.  Efron, JASA 1987;82:171-185.

   To check: differences that are all alike have no interval. */
#include "methods/fill.h"

#include "base/random.h"
#include "stats/bootstrap.h"

#include <math.h>
#include <stdlib.h>

enum
{
  REPLICATES = 9999
};

static void
fill (const struct rx_bca *bca, double level, struct rx_row *row,
      struct rx_note *note)
{
  rx_note_add (note, "replicates=%d", REPLICATES);
  if (bca->replicates < REPLICATES)
    rx_note_add (note, "undefined=%zu", REPLICATES - bca->replicates);
  row->std_error = bca->se;
  if (bca->why != NULL)
    {
      rx_note_add (note, "%s", bca->why);
      return;
    }
  if (bca->is_extreme)
    rx_note_add (note, "extreme");
  row->conf_level = level;
  row->conf_low = bca->low;
  row->conf_high = bca->high;
}

static enum rx_status
resample (const struct rx_ratio *ratio,
          const struct rx_method_options *options, uint64_t stream,
          struct rx_row *row, struct rx_note *note, struct rx_error *err)
{
  struct rx_bca bca;
  *row = rx_row_blank ();
  row->n = (double)ratio->n;
  row->estimate = rx_ratio_of (ratio, NULL);
  if (ratio->n < 2 || isnan (row->estimate))
    {
      rx_note_add (note, "%s",
                   ratio->n == 0   ? "no-subjects"
                   : ratio->n == 1 ? "one-subject"
                                   : "zero-total");
      return RX_OK;
    }
  double *value = rx_array (REPLICATES + ratio->n, sizeof *value);
  if (value == NULL)
    return rx_fail_memory (err);
  rx_ratio_left_out (ratio, value + REPLICATES);
  rx_ratio_resample (ratio, options->seed, stream, REPLICATES, value);
  rx_bca_of (row->estimate, value, REPLICATES, value + REPLICATES, ratio->n,
             options->level, &bca);
  free (value);
  fill (&bca, options->level, row, note);
  return RX_OK;
}

/* The mean of a contrast: whole numbers where it has exact ones. */
static enum rx_status
test (const struct rx_contrast *contrast,
      const struct rx_method_options *options, uint64_t stream,
      struct rx_row *row, struct rx_note *note, struct rx_error *err)
{
  bool exact = contrast->scale > 0;
  double *top = rx_array (contrast->n, sizeof *top);
  if (top == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < contrast->n; i++)
    top[i] = exact ? (double)contrast->key[i] : contrast->value[i];
  const struct rx_ratio mean
      = { contrast->n, top, NULL, exact ? 1 / contrast->scale : 1 };
  enum rx_status status = resample (&mean, options, stream, row, note, err);
  free (top);
  return status;
}

/* The row `relative-change`. */
static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  const char *const names[]
      = { rows->analysis, cell->outcome, cell->measure->name, cell->group,
          "relative-change" };
  struct rx_note note = { "percent" };
  struct rx_row row;
  double *top = rx_array (2 * cell->n, sizeof *top);
  if (top == NULL)
    return rx_fail_memory (err);
  double *bottom = top + cell->n;
  for (size_t i = 0; i < cell->n; i++)
    {
      top[i] = (double)(cell->after[i] - cell->before[i]);
      bottom[i] = (double)cell->before[i];
    }
  const struct rx_ratio percent = { cell->n, top, bottom, 100 };
  uint64_t stream = rx_random_stream (names, sizeof names / sizeof names[0]);
  enum rx_status status
      = resample (&percent, options, stream, &row, &note, err);
  free (top);
  if (status != RX_OK)
    return status;
  return rx_fill_before_after (rows, row, cell, "bootstrap-bca",
                               "relative-change", &note, err);
}

const struct rx_method rx_method_bootstrap_bca = {
  .name = "bootstrap-bca",
  .title = "Mean difference with a bootstrap interval (BCa)",
  .source = "Efron 1987, JASA 82:171-185",
  .words = "Mean differences have bias-corrected and accelerated bootstrap "
           "intervals from resampled persons.",
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .on_request = true,
  .resampled = test,
  .before_after = run_before_after,
};
