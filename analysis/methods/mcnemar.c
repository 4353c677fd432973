/* mcnemar.c: McNemar's chi-squared test of a change in the proportion of
   users, without continuity correction.

   The estimate is the proportion after minus the proportion before, with the
   Wald standard error of a paired difference.  McNemar, Psychometrika
   1947;12:153-157.

   By hand: of 21 persons 1 stops and 7 start: change 6/21, chi-squared
   36/8 = 4.5. */
#include "methods/mcnemar_row.h"

static enum rx_status
run (const struct rx_before_after *design,
     const struct rx_before_after_cell *cell,
     const struct rx_method_options *options, struct rx_rows *rows,
     struct rx_error *err)
{
  (void)design;
  struct rx_note note = { "" };
  struct rx_mcnemar test = rx_mcnemar_of_cell (cell, options->level);
  struct rx_row row = rx_mcnemar_row (&test, options->level, &note);
  row.df_num = 1;
  row.statistic = test.chi_squared;
  row.p_value = test.p_chi_squared;
  return rx_fill_before_after (rows, row, cell, "mcnemar", "change", &note,
                               err);
}

const struct rx_method rx_method_mcnemar = {
  .name = "mcnemar",
  .title = "McNemar's chi-squared test, change in the proportion of users",
  .source = "McNemar 1947, Psychometrika 12:153-157",
  .words = "The proportions of users before and after are compared by "
           "McNemar's chi-squared test without continuity correction, with "
           "the Wald interval of the paired difference.",
  .measures = RX_USERS,
  .before_after = run,
};
