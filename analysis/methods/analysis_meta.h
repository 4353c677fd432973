/* analysis_meta.h: the methods of a meta-analysis, and what to beware of. */
#ifndef RX_ANALYSIS_META_H
#define RX_ANALYSIS_META_H

#include "designs/evidence.h"
#include "methods/analysis.h"

/* Rows of the methods of the plan (NULL: all that pool studies and are not on
   request only) and remarks on what was read and what was left out.
   RX_EUSAGE when a method asked for by name does not pool studies. */
enum rx_status rx_analysis_meta (const struct rx_evidence *evidence,
                                 const struct rx_analysis_plan *plan,
                                 struct rx_rows *rows,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_META_H */
