/* waiting_rows.h: a waiting-time distribution as rows; what the methods
   wtd-... share. */
#ifndef RX_WAITING_ROWS_H
#define RX_WAITING_ROWS_H

#include "methods/exposure_rows.h"
#include "stats/waiting_time.h"

/* `prevalence` (share of users since before the window among those seen in
   it, interval on the logit scale), `percentile 80` and `percentile 90` of
   the days between dispensings (interval on the log scale), the parameters,
   `log-likelihood`.  self->kind is a struct rx_waiting_family. */
enum rx_status rx_waiting_run (const struct rx_method *self,
                               const struct rx_exposure *exposure,
                               const struct rx_method_options *options,
                               struct rx_rows *rows,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_WAITING_ROWS_H */
