/* meta_regression.c: the estimates regressed on one covariate,
   with a variance between studies by REML, normal.

   Rows: stats/meta_line.c, methods/regression_rows.c.  By hand: 1, 3, 5, 7
   with SE 1 at 0, 1, 2, 3 have the slope 2 and the intercept 1. */
#include "methods/regression_rows.h"

const struct rx_method rx_method_meta_regression = {
  .name = "meta-regression",
  .title = "Meta-regression on one covariate, REML",
  .source = "Raudenbush 2009, in Handbook of Research Synthesis, ch. 16; "
            "Knapp & Hartung 2003, Stat Med 22:2693-2710",
  .words
  = "The moderator is studied by a random-effects meta-regression (REML).",
  .evidence = RX_EVIDENCE_MODERATOR,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .kind = &(const struct rx_regression_spec){ true, false },
  .meta = rx_regression_run,
};
