/* abel_anova.c: average bioequivalence with expanding limits, EMA's method A.

   The interval of abe-anova, all effects fixed; the limits widen with the
   variation within the reference, see stats/equivalence.c; the ratio itself is
   to lie between 80 and 125 %.  The variation comes from the responses to the
   reference alone, with subject and period fixed.  EMA, Guideline on the
   investigation of bioequivalence, CPMP/EWP/QWP/1401/98 Rev. 1, 2010, section
   4.1.10; Schuetz et al., AAPS J 2020;22:44.

   To check: EMA's data set I (77 subjects, TRTR and RTRT) has the ratio 115.66
   (107.11 to 124.89) %, CVwR 46.96 % and the limits 71.23 and 140.40 %. */
#include "methods/equivalence_rows.h"

const struct rx_method rx_method_abel_anova = {
  .name = "abel-anova",
  .title
  = "Bioequivalence with expanding limits, all effects fixed (method A)",
  .source = "EMA 2010, CPMP/EWP/QWP/1401/98 Rev. 1, section 4.1.10",
  .words = "Average bioequivalence with expanding limits is assessed by EMA's "
           "method A: the interval of the ratio (confidence 1 - 2 alpha) from "
           "least squares on logarithms with subject, period and treatment "
           "fixed, limits from the variation within the reference.",
  .log_only = true,
  .on_request = true,
  .kind = &(const struct rx_equivalence_kind){ rx_equivalence_expanding },
  .crossover = rx_equivalence_fixed_run,
};
