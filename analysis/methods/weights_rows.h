/* weights_rows.h: how much each study counts. */
#ifndef RX_WEIGHTS_ROWS_H
#define RX_WEIGHTS_ROWS_H

#include "methods/pooled.h"

/* A row per study: its weight 1 / (SE^2 + tau2) in percent of all, in the
   model that self->kind, a struct rx_pooled_kind, names. */
enum rx_status rx_weights_run (const struct rx_method *self,
                               const struct rx_evidence *evidence,
                               const struct rx_method_options *options,
                               struct rx_rows *rows,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_WEIGHTS_ROWS_H */
