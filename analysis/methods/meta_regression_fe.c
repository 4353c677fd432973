/* meta_regression_fe.c: the estimates regressed on one covariate,
   without a variance between studies.

   Rows: stats/meta_line.c, methods/regression_rows.c.  By hand: 1, 3, 5, 7
   with SE 1 at 0, 1, 2, 3 have the slope 2 and the intercept 1. */
#include "methods/regression_rows.h"

const struct rx_method rx_method_meta_regression_fe = {
  .name = "meta-regression-fe",
  .title = "Meta-regression on one covariate, fixed effect",
  .source = "Raudenbush 2009, in Handbook of Research Synthesis, ch. 16; "
            "Knapp & Hartung 2003, Stat Med 22:2693-2710",
  .words = "The moderator is studied by a fixed-effect meta-regression.",
  .evidence = RX_EVIDENCE_MODERATOR,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .kind = &(const struct rx_regression_spec){ false, false },
  .meta = rx_regression_run,
};
