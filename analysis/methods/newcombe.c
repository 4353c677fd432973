/* newcombe.c: the hybrid score interval of a change in paired proportions.

   Test minus reference of a binary crossover endpoint, or users after minus
   before: Wilson's intervals of both proportions, joined through their
   correlation (with continuity correction).  No test goes with it.
   Newcombe, Stat Med 1998;17:2635-2650, method 10. */
#include "methods/mcnemar_row.h"

static struct rx_row
test (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  return rx_change_row (pairs, rx_newcombe (pairs, level), level, note);
}

const struct rx_method rx_method_newcombe = {
  .name = "newcombe",
  .title = "Newcombe's interval of a paired difference of proportions",
  .source = "Newcombe 1998, Stat Med 17:2635-2650 (method 10)",
  .words = "Differences of paired proportions have Newcombe's hybrid score "
           "interval (method 10).",
  .measures = RX_USERS,
  .binary_only = true,
  .on_request = true,
  .discordant = test,
};
