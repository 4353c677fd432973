/* subsets.h: the REML result of subsets of the studies. */
#ifndef RX_SUBSETS_H
#define RX_SUBSETS_H

#include "methods/pooled.h"

/* Adds the pooled row of some studies; one study stands for itself. */
enum rx_status rx_subset_row (const struct rx_evidence *evidence,
                              const struct rx_method_options *options,
                              struct rx_studies subset, const char *method,
                              const char *term, struct rx_rows *rows,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_SUBSETS_H */
