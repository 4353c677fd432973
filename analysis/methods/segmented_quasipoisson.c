/* segmented_quasipoisson.c: segmented-poisson with the variance times the
   dispersion, Pearson's chi-squared / df, and Student's t on that df for test
   and interval.  McCullagh & Nelder, Generalized Linear Models, 2nd edition
   1989, section 6.2.3. */
#include "methods/segmented_count.h"

const struct rx_method rx_method_segmented_quasipoisson = {
  .name = "segmented-quasipoisson",
  .title = "Segmented Poisson regression of overdispersed counts",
  .source = "Lopez Bernal et al. 2017, Int J Epidemiol 46:348-355",
  .words = "Overdispersion of the counts is allowed for by the quasi-Poisson "
           "model.",
  .on_request = true,
  .kind = &(const struct rx_segmented_count_kind){ true },
  .series = rx_segmented_count_run,
};
