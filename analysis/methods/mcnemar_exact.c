/* mcnemar_exact.c: McNemar's test of a change in the proportion of users,
   exact: the persons who only stopped, among those who stopped or started, are
   binomial with probability 1/2.  Two-sided p = twice the smaller tail, as in
   Fagerland, Lydersen, Laake, BMC Medical Research Methodology 2013;13:91.

   By hand: of 21 persons 1 stops and 7 start: 2 (1 + 8) / 2^8 = 0.0703125. */
#include "methods/mcnemar_row.h"

static enum rx_status
run (const struct rx_before_after *design,
     const struct rx_before_after_cell *cell,
     const struct rx_method_options *options, struct rx_rows *rows,
     struct rx_error *err)
{
  (void)design;
  struct rx_note note = { "exact" };
  struct rx_mcnemar test = rx_mcnemar_of_cell (cell, options->level);
  struct rx_row row = rx_mcnemar_row (&test, options->level, &note);
  row.p_value = test.p_exact;
  return rx_fill_before_after (rows, row, cell, "mcnemar-exact", "change",
                               &note, err);
}

const struct rx_method rx_method_mcnemar_exact = {
  .name = "mcnemar-exact",
  .title = "McNemar's exact test, change in the proportion of users",
  .source
  = "exact conditional test in Fagerland, Lydersen, Laake 2013, BMC Med "
    "Res Methodol 13:91",
  .words = "The proportions of users before and after are compared by "
           "McNemar's exact test.",
  .measures = RX_USERS,
  .before_after = run,
};
