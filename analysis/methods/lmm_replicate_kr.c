/* lmm_replicate_kr.c: the mixed model of replicate designs with Kenward &
   Roger's covariance and degrees of freedom.

   The model and its fit are lmm-replicate's.  Kenward & Roger, Biometrics
   1997;53:983-997, taken in the variances and covariances themselves (SAS's
   type=un, not the factors of fa0): the covariance matrix of the responses is
   linear in them, so that the second-order term R is zero.  By the expected
   information, of all of them, as pbkrtest has it, also where G is singular;
   or by the observed one, of the parameters that are free there.  Programs
   that take the factors of fa0 for the parameters have a term R and other
   numbers.

   To check: complete AB/BA data have hills-armitage's t and df = N - 2. */
#include "methods/lmm_rows.h"

const struct rx_method rx_method_lmm_replicate_kr = {
  .name = "lmm-replicate-kr",
  .title = "REML mixed model of replicate designs, Kenward-Roger",
  .source = "Kenward & Roger 1997, Biometrics 53:983-997; FDA 2001, "
            "Statistical Approaches to Establishing Bioequivalence, appendix "
            "E",
  .words = "All available data are analysed by a linear mixed model (REML) "
           "with a random effect of the subject for each treatment, without "
           "structure, a variance within subjects for each treatment, and "
           "fixed sequence (unless dropped), period and treatment, with the "
           "covariance and degrees of freedom of Kenward & Roger (1997), by "
           "the expected information of the variances and covariances unless "
           "said otherwise.",
  .on_request = true,
  .kind = &(const struct rx_lmm_kind){ .of_options = rx_lmm_rule_kr,
                                       .replicate = true },
  .crossover = rx_lmm_run,
};
