/* regression_rows.h: rows of a meta-regression. */
#ifndef RX_REGRESSION_ROWS_H
#define RX_REGRESSION_ROWS_H

#include "methods/pooled.h"

/* How the standard errors are made: self->kind. */
struct rx_regression_spec
{
  bool random; /* a variance between studies, by REML */
  bool hksj;   /* Knapp & Hartung 2003, t with k - 2 df */
};

/* Rows slope, intercept, q-residual and with `random` tau2, i2 and r2 of the
   estimates on the moderator; studies without it are left out (note
   `without-moderator=N`). */
enum rx_status rx_regression_run (const struct rx_method *self,
                                  const struct rx_evidence *evidence,
                                  const struct rx_method_options *options,
                                  struct rx_rows *rows,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGRESSION_ROWS_H */
