/* clopper_pearson.c: the exact interval of the proportion of single arms.

   Clopper & Pearson 1934, Biometrika 26:404-413.  Row of each study: n, the
   proportion and its interval.  To check: 15 of 17 is 0.882 (0.636 to 0.985).
 */
#include "methods/arm_rows.h"
#include "stats/proportion.h"

const struct rx_method rx_method_clopper_pearson = {
  .name = "clopper-pearson",
  .title = "Proportions of single arms, exact intervals",
  .source = "Clopper & Pearson 1934, Biometrika 26:404-413",
  .words = "Proportions of single arms have exact binomial intervals.",
  .evidence = RX_EVIDENCE_ARMS,
  .subgroups = RX_SUBGROUPS_WITHIN,
  .kind = &(const struct rx_arm_kind){ rx_clopper_pearson },
  .meta = rx_arm_run,
};
