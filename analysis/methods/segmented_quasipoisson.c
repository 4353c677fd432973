/* segmented_quasipoisson.c: segmented-poisson with the variance times the
   dispersion, Pearson's chi-squared / df, and Student's t on that df for test
   and interval.  McCullagh & Nelder, Generalized Linear Models, 2nd edition
   1989, section 6.2.3. */
#include "methods/segmented_count.h"

static enum rx_status
run_series (const struct rx_series *series,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  return rx_segmented_count_run (series, options, "segmented-quasipoisson",
                                 true, rows, err);
}

const struct rx_method rx_method_segmented_quasipoisson = {
  .name = "segmented-quasipoisson",
  .title = "Segmented Poisson regression of overdispersed counts",
  .source = "Lopez Bernal et al. 2017, Int J Epidemiol 46:348-355",
  .words = "Overdispersion of the counts is allowed for by the quasi-Poisson "
           "model.",
  .on_request = true,
  .series = run_series,
};
