/* mcnemar_exact.c: McNemar's test of paired proportions, exact: the persons
   who only stopped, among those who stopped or started, are binomial with
   probability 1/2; so are, of those who responded to one treatment of a
   crossover alone, those who responded to the reference.  Two-sided p = twice
   the smaller tail, as in Fagerland, Lydersen, Laake, BMC Medical Research
   Methodology 2013;13:91.

   By hand: of 21 persons 1 stops and 7 start: 2 (1 + 8) / 2^8 = 0.0703125. */
#include "methods/mcnemar_row.h"

static struct rx_row
fill (const struct rx_mcnemar *test, double level, struct rx_note *note)
{
  rx_note_add (note, "exact");
  struct rx_row row = rx_mcnemar_row (test, level, note);
  row.p_value = test->p_exact;
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
  return rx_each_contrast (design, endpoint, options, "mcnemar-exact", test,
                           rows, err);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  return rx_mcnemar_before_after (cell, options->level, "mcnemar-exact", fill,
                                  rows, err);
}

const struct rx_method rx_method_mcnemar_exact = {
  .name = "mcnemar-exact",
  .title = "McNemar's exact test of paired proportions",
  .source
  = "exact conditional test in Fagerland, Lydersen, Laake 2013, BMC Med "
    "Res Methodol 13:91",
  .words = "Paired proportions are compared by "
           "McNemar's exact test.",
  .measures = RX_USERS,
  .binary_only = true,
  .crossover = run_crossover,
  .before_after = run_before_after,
};
