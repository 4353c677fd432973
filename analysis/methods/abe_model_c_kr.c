/* abe_model_c_kr.c: average bioequivalence by the FDA's model of replicate
   designs, with Kenward & Roger's covariance and degrees of freedom.

   The rows of abe-model-c with ratio and interval by lmm-replicate-kr.

   To check: as lmm-replicate-kr. */
#include "methods/equivalence_rows.h"

const struct rx_method rx_method_abe_model_c_kr = {
  .name = "abe-model-c-kr",
  .title = "Average bioequivalence, model of replicate designs, Kenward-Roger",
  .source = "FDA 2001, Statistical Approaches to Establishing "
            "Bioequivalence, appendix E; Kenward & Roger 1997, Biometrics "
            "53:983-997",
  .words = "Average bioequivalence is assessed by the interval of the ratio "
           "of geometric means (confidence 1 - 2 alpha) from a REML mixed "
           "model of logarithms with a random effect of the subject for each "
           "treatment and a variance within subjects for each treatment, with "
           "the covariance and degrees of freedom of Kenward & Roger (1997).",
  .log_only = true,
  .on_request = true,
  .kind = &(const struct rx_lmm_kind){ .of_options = rx_lmm_rule_kr,
                                       .report = rx_equivalence_lmm_average,
                                       .replicate = true },
  .crossover = rx_lmm_run,
};
