/* scaled_rows.h: the rows of the FDA's reference-scaled bioequivalence.

   Rows `ratio` with the interval of confidence 1 - 2 alpha from contrasts
   within subjects and the verdict, `criterion` with its upper bound,
   `ratio-unscaled` by the model of abe-model-c where the verdict rests on it,
   `cv-within-ref`, and the limits that the scaling implies.  Of several
   treatments each against the reference: `ratio:B-A`, ... */
#ifndef RX_SCALED_ROWS_H
#define RX_SCALED_ROWS_H

#include "methods/fill.h"

struct rx_scaled_rule
{
  const char *method;
  double theta;         /* of the criterion: log limit / sigma_w0 */
  double scale_from;    /* SD within the reference; below it average
                           bioequivalence decides */
  double sd_ratio_most; /* the upper limit of the ratio of the SDs, test to
                           reference; INFINITY: not asked for */
  bool both; /* average bioequivalence must be shown beside the criterion, in
                place of a ratio between 80 and 125 % */
};

enum rx_status rx_scaled_rows (const struct rx_scaled_rule *rule,
                               const struct rx_crossover *design,
                               const struct rx_endpoint *endpoint,
                               const struct rx_method_options *options,
                               struct rx_rows *rows,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_SCALED_ROWS_H */
