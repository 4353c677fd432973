/* abel_lmm_kr.c: average bioequivalence with expanding limits, EMA's method
   B, with the covariance and degrees of freedom of Kenward and Roger.

   Limits and verdict are those of abel-anova; ratio and interval come from the
   model of lmm-kr: logarithms, REML, a random subject, all data.
   Kenward & Roger, Biometrics 1997;53:983-997; Schuetz et al., AAPS J
   2020;22:44.

   To check: in complete AB/BA data ratio and interval are those of
   abe-anova. */
#include "methods/equivalence_rows.h"

const struct rx_method rx_method_abel_lmm_kr = {
  .name = "abel-lmm-kr",
  .title = "Bioequivalence with expanding limits, mixed model, Kenward-Roger",
  .source = "EMA 2010, CPMP/EWP/QWP/1401/98 Rev. 1, section 4.1.10",
  .words = "Average bioequivalence with expanding limits is assessed by "
           "EMA's method B: the interval of the ratio (confidence 1 - 2 "
           "alpha) from a linear mixed model (REML) of the logarithms "
           "with random subjects and the covariance and degrees of "
           "freedom of Kenward and Roger, limits from the variation "
           "within the reference.",
  .log_only = true,
  .on_request = true,
  .kind
  = &(const struct rx_lmm_kind){ .of_options = rx_lmm_rule_kr,
                                 .report = rx_equivalence_lmm_expanding },
  .crossover = rx_lmm_run,
};
