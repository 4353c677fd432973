/* arm_rows.h: exact and score intervals of single arms. */
#ifndef RX_ARM_ROWS_H
#define RX_ARM_ROWS_H

#include "methods/pooled.h"

/* The interval of `events` of n. */
typedef void rx_arm_interval (double events, double n, double level,
                              double *low, double *high);

struct rx_arm_kind
{
  rx_arm_interval *interval;
};

/* A row per study: its proportion, with the interval that self->kind, a struct
   rx_arm_kind, names. */
enum rx_status rx_arm_run (const struct rx_method *self,
                           const struct rx_evidence *evidence,
                           const struct rx_method_options *options,
                           struct rx_rows *rows,
                           struct rx_error *err) RX_MUST_USE;

#endif /* RX_ARM_ROWS_H */
