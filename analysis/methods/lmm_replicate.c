/* lmm_replicate.c: the mixed model of replicate designs.

   A random effect of the subject for every treatment, with a covariance matrix
   G that has no structure but is positive semi-definite, and a variance within
   for every treatment; sequence, period and treatment fixed; REML; degrees of
   freedom by Satterthwaite.  In SAS: random treatment / type=fa0(k)
   subject=subject; repeated / group=treatment; ddfm=satterth (FDA, Statistical
   Approaches to Establishing Bioequivalence, 2001, appendix E; Patterson &
   Jones, Bioequivalence and Statistics in Clinical Pharmacology).

   interaction = var (subject by treatment) = G_TT + G_RR - 2 G_TR.  Where G is
   singular (a correlation of 1, a variance of 0) the rows have the note
   `singular`, and the information is that of the parameters still free, as
   with FA0.  A treatment that no subject had twice has no variance of its own
   within: its total is known, its parts are not estimable.

   To check: complete AB/BA data have hills-armitage's t and df = N - 2; totals
   and covariance are those pooled over the sequences. */
#include "methods/lmm_rows.h"

const struct rx_method rx_method_lmm_replicate = {
  .name = "lmm-replicate",
  .title = "REML mixed model of replicate designs, Satterthwaite's df",
  .source = "FDA 2001, Statistical Approaches to Establishing "
            "Bioequivalence, appendix E",
  .words = "All available data are analysed by a linear mixed model (REML) "
           "with a random effect of the subject for each treatment, without "
           "structure, a variance within subjects for each treatment, and "
           "fixed sequence (unless dropped), period and treatment, with "
           "Satterthwaite's degrees of freedom.",
  .on_request = true,
  .kind = &(const struct rx_lmm_kind){ .rule = &rx_lmm_rule_satterthwaite,
                                       .replicate = true },
  .crossover = rx_lmm_run,
};
