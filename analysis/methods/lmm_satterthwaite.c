/* lmm_satterthwaite.c: the REML mixed model with Satterthwaite's degrees of
   freedom.

   The model of lmm-kr; SE from the covariance at the variances estimated;
   df = 2 v^2 / var (v), v = SE^2, from the observed information.
   Satterthwaite, Biometrics Bulletin 1946;2:110-114; Giesbrecht & Burns,
   Biometrics 1985;41:477-486; for the F test of several contrasts Fai &
   Cornelius, J Stat Comput Simul 1996;54:363-378.

   To check: complete AB/BA data give hills-armitage's t and df = N - 2. */
#include "methods/lmm_rows.h"

const struct rx_method rx_method_lmm_satterthwaite = {
  .name = "lmm-satterthwaite",
  .title = "REML mixed model, all data, Satterthwaite's df",
  .source = "Satterthwaite 1946, Biometrics Bulletin 2:110-114",
  .words = "All available data are analysed by a linear mixed model (REML) "
           "with random subjects and fixed sequence (unless dropped), period "
           "and treatment, with Satterthwaite's degrees of freedom.",
  .kind = &(const struct rx_lmm_kind){ .rule = &rx_lmm_rule_satterthwaite },
  .crossover = rx_lmm_run,
};
