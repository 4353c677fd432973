/* mcnemar_corrected.c: McNemar's chi-squared test of paired proportions with
   continuity correction, (|b - c| - 1)^2 / (b + c), as many papers print it.
   Edwards, Psychometrika 1948;13:185-187.

   By hand: of 21 persons 1 stops and 7 start: (6 - 1)^2 / 8 = 3.125. */
#include "methods/mcnemar_row.h"

static struct rx_row
test (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  struct rx_row row = rx_mcnemar_row (pairs, level, note);
  row.df_num = 1;
  row.statistic = pairs->corrected;
  row.p_value = pairs->p_corrected;
  return row;
}

const struct rx_method rx_method_mcnemar_corrected = {
  .name = "mcnemar-corrected",
  .title = "McNemar's test of paired proportions, continuity-corrected",
  .source = "Edwards 1948, Psychometrika 13:185-187",
  .words
  = "Paired proportions are compared by McNemar's chi-squared test with "
    "continuity correction.",
  .measures = RX_USERS,
  .binary_only = true,
  .on_request = true,
  .discordant = test,
};
