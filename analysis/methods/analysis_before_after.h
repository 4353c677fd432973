/* analysis_before_after.h: the methods over the outcomes, measures and
   groups of a register. */
#ifndef RX_ANALYSIS_BEFORE_AFTER_H
#define RX_ANALYSIS_BEFORE_AFTER_H

#include "methods/analysis.h"

/* Rows for every outcome, measure, group and method, in this order; remarks
   and warnings (methods/remarks_before_after.h), and the family of adjusted
   p-values.  RX_EUSAGE when a method asked for by name does not fit the
   design. */
enum rx_status rx_analysis_before_after (const struct rx_before_after *design,
                                         const struct rx_analysis_plan *plan,
                                         struct rx_rows *rows,
                                         struct rx_error *err) RX_MUST_USE;

/* The parts of a before/after design that the methods asked for need; those
   on request only are the ones with parts. */
unsigned rx_analysis_parts (const struct rx_analysis_plan *plan);

#endif /* RX_ANALYSIS_BEFORE_AFTER_H */
