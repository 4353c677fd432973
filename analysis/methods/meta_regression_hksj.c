/* meta_regression_hksj.c: the estimates regressed on one covariate,
   with a variance between studies by REML, and the standard errors and t
   distribution of Knapp & Hartung 2003.

   Rows: stats/meta_line.c, methods/regression_rows.c.  By hand: 1, 3, 5, 7
   with SE 1 at 0, 1, 2, 3 have the slope 2 and the intercept 1. */
#include "methods/regression_rows.h"

const struct rx_method rx_method_meta_regression_hksj = {
  .name = "meta-regression-hksj",
  .title = "Meta-regression on one covariate, REML, HKSJ",
  .source = "Raudenbush 2009, in Handbook of Research Synthesis, ch. 16; "
            "Knapp & Hartung 2003, Stat Med 22:2693-2710",
  .words = "The moderator is studied by a random-effects meta-regression "
           "(REML) with the standard errors of Knapp and Hartung.",
  .evidence = RX_EVIDENCE_MODERATOR,
  .subgroups = RX_SUBGROUPS_WHOLE,
  .kind = &(const struct rx_regression_spec){ true, true },
  .meta = rx_regression_run,
};
