/* analysis_traps.h: warnings of a before/after study that runs without an
   error and may still mislead. */
#ifndef RX_ANALYSIS_TRAPS_H
#define RX_ANALYSIS_TRAPS_H

#include "designs/before_after.h"
#include "methods/result.h"

enum rx_status rx_analysis_traps (const struct rx_before_after *design,
                                  struct rx_rows *rows,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_TRAPS_H */
