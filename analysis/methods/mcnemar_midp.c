/* mcnemar_midp.c: McNemar's exact test of paired proportions with the mid-p
   value, which counts half the probability of what was observed: less
   conservative than the exact test.  Fagerland, Lydersen, Laake, BMC Medical
   Research Methodology 2013;13:91.

   By hand: of 21 persons 1 stops and 7 start: 2 (1 + 8 / 2) / 2^8 =
   0.0390625. */
#include "methods/mcnemar_row.h"

static struct rx_row
test (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  rx_note_add (note, "mid-p");
  struct rx_row row = rx_mcnemar_row (pairs, level, note);
  row.p_value = pairs->p_midp;
  return row;
}

const struct rx_method rx_method_mcnemar_midp = {
  .name = "mcnemar-midp",
  .title = "McNemar's mid-p test of paired proportions",
  .source = "Fagerland, Lydersen, Laake 2013, BMC Med Res Methodol 13:91",
  .words = "Paired proportions are compared by "
           "McNemar's test with the mid-p value.",
  .measures = RX_USERS,
  .binary_only = true,
  .discordant = test,
};
