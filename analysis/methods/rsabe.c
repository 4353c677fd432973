/* rsabe.c: the FDA's reference-scaled average bioequivalence.

   Where the standard deviation of logarithms within the reference is 0.294
   and more: the upper 95 % bound of (mu_T - mu_R)^2 - theta^2 s^2, theta =
   log 1.25 / 0.25, is 0 at most and the ratio lies between 80 and 125 %; else
   average bioequivalence by the model of abe-model-c.  The difference comes
   from the mean under T minus the mean under R of each subject, the mean of
   the sequences weighing the same; s from the differences of two times on R,
   sequence by sequence.  FDA, Draft Guidance on Progesterone, 2011; Davit et
   al., AAPS J 2012;14:915-924.

   To check: EMA's data set I has s = 0.44645, the ratio 115.46 (106.39,
   125.31) % and the bound -0.09208 by SAS and Phoenix/WinNonlin
   (forum.bebac.at 23662). */
#include "methods/scaled_rows.h"

#include <math.h>

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  const struct rx_scaled_rule rule = { .method = self->name,
                                       .theta = log (1.25) / 0.25,
                                       .scale_from = 0.294,
                                       .sd_ratio_most = INFINITY };
  return rx_scaled_rows (&rule, design, endpoint, options, rows, err);
}

const struct rx_method rx_method_rsabe = {
  .name = "rsabe",
  .title = "Bioequivalence scaled by the reference, the FDA's criterion",
  .source = "FDA 2011, Draft Guidance on Progesterone; Davit et al. 2012, "
            "AAPS J 14:915-924",
  .words = "Reference-scaled average bioequivalence is assessed by the FDA's "
           "linearised criterion: where the standard deviation of logarithms "
           "within the reference is at least 0.294, its upper 95% bound "
           "(Howe's approximation) must not exceed 0 and the ratio must lie "
           "between 80 and 125%; else average bioequivalence by the FDA's "
           "mixed model.",
  .log_only = true,
  .on_request = true,
  .crossover = run_crossover,
};
