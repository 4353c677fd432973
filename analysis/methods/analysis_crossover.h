/* analysis_crossover.h: the methods over the endpoints of a crossover
   trial. */
#ifndef RX_ANALYSIS_CROSSOVER_H
#define RX_ANALYSIS_CROSSOVER_H

#include "base/text.h"
#include "methods/analysis.h"

/* Rows for every endpoint and method, endpoint by endpoint; remarks on
   incomplete subjects and on the family of adjusted p-values.  RX_EUSAGE when
   a method asked for by name does not fit the design, or an endpoint of it. */
enum rx_status rx_analysis_crossover (const struct rx_crossover *design,
                                      const struct rx_analysis_plan *plan,
                                      struct rx_rows *rows,
                                      struct rx_error *err) RX_MUST_USE;

/* Adds sentences on what the linear models adjust for and assume, each after a
   blank; none where nothing was asked for. */
void rx_analysis_word_models (const struct rx_crossover *design,
                              const struct rx_model_options *model,
                              struct rx_text *out);

/* Does the method analyse this endpoint?  That one of a binary method has
   responses, each of them 0 or 1. */
bool rx_analysis_fits_endpoint (const struct rx_method *method,
                                const struct rx_crossover *design,
                                const struct rx_endpoint *endpoint);

/* RX_EUSAGE when the method compares a difference with limits that the plan
   does not have. */
enum rx_status rx_analysis_check_margin (const struct rx_method *method,
                                         const struct rx_crossover *design,
                                         const struct rx_analysis_plan *plan,
                                         struct rx_error *err) RX_MUST_USE;

/* RX_EUSAGE when a method of ratios is asked for without logarithms, and,
   naming the first response that is neither 0 nor 1, when a binary
   method is asked for an endpoint that is not; no response is no fault. */
enum rx_status rx_analysis_check_endpoint (const struct rx_method *method,
                                           const struct rx_crossover *design,
                                           const struct rx_endpoint *endpoint,
                                           struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_CROSSOVER_H */
