/* lmm_kr.c: the REML mixed model with Kenward & Roger's covariance and degrees
   of freedom.

   Random subject; sequence, period and treatment fixed; every observed
   response counts, so that subjects with one period add what they know of the
   difference between subjects.  Kenward & Roger, Biometrics 1997;53:983-997,
   with the expected information of the variances, as pbkrtest has it, or with
   the observed one, as SAS's DDFM=KENWARDROGER has it: the same numbers for
   complete data, slightly other ones for incomplete data.  The covariance is
   linear in the variances, so that the second-order term of Kenward & Roger
   (which SAS's FIRSTORDER leaves out) is zero.

   To check: complete AB/BA data give hills-armitage's t and df = N - 2. */
#include "methods/lmm_rows.h"

const struct rx_method rx_method_lmm_kr = {
  .name = "lmm-kr",
  .title = "REML mixed model, all data, Kenward-Roger",
  .source = "Kenward & Roger 1997, Biometrics 53:983-997",
  .words = "All available data are analysed by a linear mixed model (REML) "
           "with random subjects and fixed sequence (unless dropped), period "
           "and treatment, with the covariance and degrees of freedom of "
           "Kenward & Roger (1997), by the expected information of the "
           "variances unless said otherwise.",
  .kind = &(const struct rx_lmm_kind){ .of_options = rx_lmm_rule_kr },
  .crossover = rx_lmm_run,
};
