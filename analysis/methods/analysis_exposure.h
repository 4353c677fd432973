/* analysis_exposure.h: the methods of one analysis of drug exposure, and what
   to beware of. */
#ifndef RX_ANALYSIS_EXPOSURE_H
#define RX_ANALYSIS_EXPOSURE_H

#include "designs/exposure.h"
#include "methods/analysis.h"

/* Rows of the methods of the plan, which lists them, and the remarks.
   RX_EUSAGE when one of them needs a part that the study does not have. */
enum rx_status rx_analysis_exposure (const struct rx_exposure *exposure,
                                     const struct rx_analysis_plan *plan,
                                     struct rx_rows *rows,
                                     struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_EXPOSURE_H */
