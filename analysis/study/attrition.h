/* attrition.h: how many persons each step of a selection left. */
#ifndef RX_ATTRITION_H
#define RX_ATTRITION_H

#include "study/study_report.h"

/* Was anyone selected, in any analysis? */
bool rx_attrition_any (const struct rx_study_report *report);

/* Appends the table as TSV: study, analysis, step, description, persons,
   excluded, reason (of those excluded). */
void rx_attrition_write (struct rx_text *out,
                         const struct rx_study_report *report);

#endif /* RX_ATTRITION_H */
