/* cma_rows.h: a CMA of every person and its distribution as rows; what the
   nine methods cma1 to cma9 share. */
#ifndef RX_CMA_ROWS_H
#define RX_CMA_ROWS_H

#include "methods/exposure_rows.h"

/* What they need of a study (RX_EXPOSURE_...). */
#define RX_CMA_PARTS (RX_EXPOSURE_SUPPLY | RX_EXPOSURE_WINDOWS)

struct rx_cma_kind
{
  int which; /* 1 to 9 */
};

/* CMA `which` (1 to 9): `person NAME` for each, `mean`, `sd` and `median` of
   those for whom it is defined, and `adherent`, the share of those at or
   above the study's limit.  self->kind is a
   struct rx_cma_kind. */
enum rx_status rx_cma_run (const struct rx_method *self,
                           const struct rx_exposure *exposure,
                           const struct rx_method_options *options,
                           struct rx_rows *rows,
                           struct rx_error *err) RX_MUST_USE;

#endif /* RX_CMA_ROWS_H */
