/* analysis_in_time.h: the methods of one analysis of a series, of a sequence
   symmetry or of a case series, and what to beware of. */
#ifndef RX_ANALYSIS_IN_TIME_H
#define RX_ANALYSIS_IN_TIME_H

#include "designs/case_series.h"
#include "designs/series.h"
#include "designs/symmetry.h"
#include "methods/analysis.h"

/* Rows of the methods of the plan, which lists them, and the remarks. */
enum rx_status rx_analysis_series (const struct rx_series *series,
                                   const struct rx_analysis_plan *plan,
                                   struct rx_rows *rows,
                                   struct rx_error *err) RX_MUST_USE;
enum rx_status rx_analysis_symmetry (const struct rx_symmetry *symmetry,
                                     const struct rx_analysis_plan *plan,
                                     struct rx_rows *rows,
                                     struct rx_error *err) RX_MUST_USE;
enum rx_status rx_analysis_case_series (const struct rx_case_series *cases,
                                        const struct rx_analysis_plan *plan,
                                        struct rx_rows *rows,
                                        struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_IN_TIME_H */
