/* register_traps.h: what a before/after study may have got wrong without any
   error: found here, told by methods/analysis_traps.c.  A step of
   rx_before_after_build. */
#ifndef RX_REGISTER_TRAPS_H
#define RX_REGISTER_TRAPS_H

#include "designs/before_after.h"

/* Fills design->traps and the takes_index of its outcomes, once the persons
   are selected. */
enum rx_status rx_traps_find (struct rx_before_after *design,
                              const struct rx_register *reg,
                              const struct rx_before_after_spec *spec,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_TRAPS_H */
