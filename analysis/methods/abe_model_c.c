/* abe_model_c.c: average bioequivalence by the FDA's model of replicate
   designs.

   The ratio of geometric means by the model of lmm-replicate on logarithms,
   with its interval of confidence 1 - 2 alpha = 0.90 against 80 to 125 %, and
   the variances of that model.  FDA, Statistical Approaches to Establishing
   Bioequivalence, 2001, appendix E ("model C" of EMA's questions and answers,
   EMA/582648/2016).

   To check: as lmm-replicate. */
#include "methods/equivalence_rows.h"

const struct rx_method rx_method_abe_model_c = {
  .name = "abe-model-c",
  .title = "Average bioequivalence, the FDA's model of replicate designs",
  .source = "FDA 2001, Statistical Approaches to Establishing "
            "Bioequivalence, appendix E",
  .words = "Average bioequivalence is assessed by the interval of the ratio "
           "of geometric means (confidence 1 - 2 alpha) from a REML mixed "
           "model of logarithms with a random effect of the subject for each "
           "treatment and a variance within subjects for each treatment, with "
           "Satterthwaite's degrees of freedom.",
  .log_only = true,
  .on_request = true,
  .kind = &(const struct rx_lmm_kind){ .rule = &rx_lmm_rule_satterthwaite,
                                       .report = rx_equivalence_lmm_average,
                                       .replicate = true },
  .crossover = rx_lmm_run,
};
