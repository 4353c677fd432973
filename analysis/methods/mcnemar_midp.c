/* mcnemar_midp.c: McNemar's exact test of paired proportions with the mid-p
   value, which counts half the probability of what was observed: less
   conservative than the exact test.  Fagerland, Lydersen, Laake, BMC Medical
   Research Methodology 2013;13:91.

   By hand: of 21 persons 1 stops and 7 start: 2 (1 + 8 / 2) / 2^8 =
   0.0390625. */
#include "methods/mcnemar_row.h"

static struct rx_row
fill (const struct rx_mcnemar *test, double level, struct rx_note *note)
{
  rx_note_add (note, "mid-p");
  struct rx_row row = rx_mcnemar_row (test, level, note);
  row.p_value = test->p_midp;
  return row;
}

static enum rx_status
test (const struct rx_contrast *d, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  (void)err;
  *row = rx_mcnemar_contrast_row (d, level, fill, note);
  return RX_OK;
}

static enum rx_status
run_crossover (const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  return rx_each_contrast (design, endpoint, options, "mcnemar-midp", test,
                           rows, err);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  return rx_mcnemar_before_after (cell, options->level, "mcnemar-midp", fill,
                                  rows, err);
}

const struct rx_method rx_method_mcnemar_midp = {
  .name = "mcnemar-midp",
  .title = "McNemar's mid-p test of paired proportions",
  .source = "Fagerland, Lydersen, Laake 2013, BMC Med Res Methodol 13:91",
  .words = "Paired proportions are compared by "
           "McNemar's test with the mid-p value.",
  .measures = RX_USERS,
  .binary_only = true,
  .crossover = run_crossover,
  .before_after = run_before_after,
};
