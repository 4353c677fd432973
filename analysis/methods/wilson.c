/* wilson.c: the score interval of the proportion of single arms.

   Wilson 1927, J Am Stat Assoc 22:209-212, without continuity correction.
   Row of each study: n, the proportion and its interval.  By hand: none of
   3.8415 (z^2) would be 0 to 0.5. */
#include "methods/arm_rows.h"
#include "stats/proportion.h"

static void
interval (double events, double n, double level, double *low, double *high)
{
  rx_wilson (events / n, n, level, low, high);
}

const struct rx_method rx_method_wilson = {
  .name = "wilson",
  .title = "Proportions of single arms, score intervals",
  .source = "Wilson 1927, J Am Stat Assoc 22:209-212",
  .words = "Proportions of single arms have Wilson's score intervals.",
  .evidence = RX_EVIDENCE_ARMS,
  .on_request = true,
  .subgroups = RX_SUBGROUPS_WITHIN,
  .kind = &(const struct rx_arm_kind){ interval },
  .meta = rx_arm_run,
};
