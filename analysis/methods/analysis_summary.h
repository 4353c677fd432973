/* analysis_summary.h: the methods for printed numbers, and what to beware
   of. */
#ifndef RX_ANALYSIS_SUMMARY_H
#define RX_ANALYSIS_SUMMARY_H

#include "designs/printed_table.h"
#include "methods/analysis.h"

/* Rows of the methods of the plan (NULL: all that check printed numbers and
   are not on request only) and remarks.  RX_EUSAGE when a method asked for by
   name does not. */
enum rx_status rx_analysis_summary (const struct rx_printed_table *table,
                                    const struct rx_analysis_plan *plan,
                                    struct rx_rows *rows,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_SUMMARY_H */
