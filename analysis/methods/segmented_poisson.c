/* segmented_poisson.c: segmented Poisson regression of counts, log link,
   offset log (population / per).  Estimates are logarithms of rate ratios
   (the intercept: of the rate); the rows `deviance` and `dispersion`
   (Pearson's chi-squared / df) tell how far the counts are from a Poisson
   distribution.  Lopez Bernal, Cummins & Gasparrini, International Journal of
   Epidemiology 2017;46:348-355.

   By hand: 2, 2, 2, 4, 4, 4 interrupted at point 4 has the level change log 2
   and the trend 0. */
#include "methods/segmented_count.h"

const struct rx_method rx_method_segmented_poisson = {
  .name = "segmented-poisson",
  .title = "Segmented Poisson regression of counts",
  .source = "Lopez Bernal et al. 2017, Int J Epidemiol 46:348-355",
  .words = "Counts are analysed by segmented Poisson regression with the log "
           "of the population as offset (Lopez Bernal et al. 2017).",
  .on_request = true,
  .kind = &(const struct rx_segmented_count_kind){ false },
  .series = rx_segmented_count_run,
};
