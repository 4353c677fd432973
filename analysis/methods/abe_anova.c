/* abe_anova.c: average bioequivalence by analysis of variance.

   The ratio of geometric means, test to reference, from least squares on the
   logarithms with subject, period and treatment fixed (subject within sequence
   is the same: a sequence is a sum of subjects).  Its interval of confidence
   1 - 2 alpha = 0.90 is to lie within 80 to 125 %, or within `--margin`.
   EMA, Guideline on the investigation of bioequivalence, CPMP/EWP/QWP/1401/98
   Rev. 1, 2010, section 4.1.8; Schuirmann, J Pharmacokinet Biopharm
   1987;15:657-680.

   To check: in complete AB/BA data the logarithms of the ratio and its
   interval are hills-armitage's of the logarithms at the level 0.90. */
#include "methods/equivalence_rows.h"

const struct rx_method rx_method_abe_anova = {
  .name = "abe-anova",
  .title = "Average bioequivalence, subject, period and treatment fixed",
  .source = "EMA 2010, CPMP/EWP/QWP/1401/98 Rev. 1, section 4.1.8",
  .words = "Average bioequivalence is assessed by the interval of the ratio "
           "of geometric means (confidence 1 - 2 alpha) from least squares on "
           "logarithms with subject, period and treatment fixed.",
  .log_only = true,
  .on_request = true,
  .kind = &(const struct rx_equivalence_kind){ rx_equivalence_average },
  .crossover = rx_equivalence_fixed_run,
};
