/* weights_rows.h: how much each study counts. */
#ifndef RX_WEIGHTS_ROWS_H
#define RX_WEIGHTS_ROWS_H

#include "methods/pooled.h"

/* A row per study: its weight 1 / (SE^2 + tau2) in percent of all.  tau2 NULL:
   the fixed effect. */
enum rx_status rx_weights_rows (const struct rx_evidence *evidence,
                                const char *method, rx_tau2 *tau2,
                                struct rx_rows *rows,
                                struct rx_error *err) RX_MUST_USE;

#endif /* RX_WEIGHTS_ROWS_H */
