/* mcnemar_exact.c: McNemar's test of paired proportions, exact: the persons
   who only stopped, among those who stopped or started, are binomial with
   probability 1/2; so are, of those who responded to one treatment of a
   crossover alone, those who responded to the reference.  Two-sided p = twice
   the smaller tail, as in Fagerland, Lydersen, Laake, BMC Medical Research
   Methodology 2013;13:91.

   By hand: of 21 persons 1 stops and 7 start: 2 (1 + 8) / 2^8 = 0.0703125. */
#include "methods/mcnemar_row.h"

static struct rx_row
test (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  rx_note_add (note, "exact");
  struct rx_row row = rx_mcnemar_row (pairs, level, note);
  row.p_value = pairs->p_exact;
  return row;
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
  .discordant = test,
};
