/* segmented_count.h: segmented Poisson regressions of counts. */
#ifndef RX_SEGMENTED_COUNT_H
#define RX_SEGMENTED_COUNT_H

#include "methods/segmented.h"

struct rx_segmented_count_kind
{
  bool scaled;
};

/* Rows of the log-linear model with the offset log (population / per): Wald
   tests, normal with the variance of the Poisson distribution; or, with
   `scaled`, that times Pearson's chi-squared / df, with t.  The first adds
   the rows `deviance` and `dispersion`.  self->kind is a struct
   rx_segmented_count_kind. */
enum rx_status rx_segmented_count_run (const struct rx_method *self,
                                       const struct rx_series *series,
                                       const struct rx_method_options *options,
                                       struct rx_rows *rows,
                                       struct rx_error *err) RX_MUST_USE;

/* The same model as rx_segmented_fit has it. */
enum rx_status rx_segmented_fit_count (const struct rx_series *series,
                                       bool scaled,
                                       struct rx_segmented_fit *fit,
                                       struct rx_error *err) RX_MUST_USE;

#endif /* RX_SEGMENTED_COUNT_H */
