/* abel_lmm_containment.c: average bioequivalence with expanding limits, EMA's
   method B, degrees of freedom by containment.

   Limits and verdict are those of abel-anova; ratio and interval come from the
   model of lmm-containment: logarithms, REML, a random subject, all data.
   Schuetz et al., AAPS J 2020;22:44.

   To check: EMA's data set I (77 subjects, TRTR and RTRT) has the ratio 115.73
   (107.17 to 124.97) % on 217 degrees of freedom. */
#include "methods/equivalence_rows.h"

const struct rx_method rx_method_abel_lmm_containment = {
  .name = "abel-lmm-containment",
  .title
  = "Bioequivalence with expanding limits, mixed model, df by containment",
  .source = "EMA 2010, CPMP/EWP/QWP/1401/98 Rev. 1, section 4.1.10",
  .words = "Average bioequivalence with expanding limits is assessed by "
           "EMA's method B: the interval of the ratio (confidence 1 - 2 "
           "alpha) from a linear mixed model (REML) of the logarithms "
           "with random subjects and degrees of freedom by containment, "
           "limits from the variation within the reference.",
  .log_only = true,
  .on_request = true,
  .kind
  = &(const struct rx_lmm_kind){ .rule = &rx_lmm_rule_containment,
                                 .report = rx_equivalence_lmm_expanding },
  .crossover = rx_lmm_run,
};
