/* lmm_containment.c: the REML mixed model with degrees of freedom by
   containment.

   The model of lmm-kr; SE from the covariance at the variances estimated;
   df = n - rank [X Z], what is left of the responses after the fixed columns
   and the subjects.  That is the rule for terms which no random effect
   contains, as period and treatment are here; the sequence is contained in the
   subjects and has df = rank [X Z] - rank X (SAS/STAT, PROC MIXED,
   DDFM=CONTAIN).

   To check: four periods, 77 subjects, 298 responses, two treatments leave
   298 - (77 + 3 + 1) = 217. */
#include "methods/lmm_rows.h"

const struct rx_method rx_method_lmm_containment = {
  .name = "lmm-containment",
  .title = "REML mixed model, all data, df by containment",
  .source = "SAS/STAT User's Guide, PROC MIXED, DDFM=CONTAIN",
  .words = "All available data are analysed by a linear mixed model (REML) "
           "with random subjects and fixed sequence (unless dropped), period "
           "and treatment, with degrees of freedom by containment.",
  .kind = &(const struct rx_lmm_kind){ .rule = &rx_lmm_rule_containment },
  .crossover = rx_lmm_run,
};
