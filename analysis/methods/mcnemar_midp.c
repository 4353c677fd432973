/* mcnemar_midp.c: McNemar's exact test of a change in the proportion of users
   with the mid-p value, which counts half the probability of what was
   observed: less conservative than the exact test.  Fagerland, Lydersen,
   Laake, BMC Medical Research Methodology 2013;13:91.

   By hand: of 21 persons 1 stops and 7 start: 2 (1 + 8 / 2) / 2^8 =
   0.0390625. */
#include "methods/mcnemar_row.h"

static enum rx_status
run (const struct rx_before_after *design,
     const struct rx_before_after_cell *cell,
     const struct rx_method_options *options, struct rx_rows *rows,
     struct rx_error *err)
{
  (void)design;
  struct rx_note note = { "mid-p" };
  struct rx_mcnemar test = rx_mcnemar_of_cell (cell, options->level);
  struct rx_row row = rx_mcnemar_row (&test, options->level, &note);
  row.p_value = test.p_midp;
  return rx_fill_before_after (rows, row, cell, "mcnemar-midp", "change",
                               &note, err);
}

const struct rx_method rx_method_mcnemar_midp = {
  .name = "mcnemar-midp",
  .title = "McNemar's mid-p test, change in the proportion of users",
  .source = "Fagerland, Lydersen, Laake 2013, BMC Med Res Methodol 13:91",
  .words = "The proportions of users before and after are compared by "
           "McNemar's test with the mid-p value.",
  .measures = RX_USERS,
  .before_after = run,
};
