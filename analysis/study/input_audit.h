/* input_audit.h: what was found in the registers of a study, and by which rule
   each finding was handled. */
#ifndef RX_INPUT_AUDIT_H
#define RX_INPUT_AUDIT_H

#include "study/study_report.h"

/* Was a register read? */
bool rx_input_audit_any (const struct rx_study_report *report);

/* Appends the table as TSV: study, data, analysis, check, count, unit, rule.
   `analysis` is NA for what holds of the data whoever uses them. */
void rx_input_audit_write (struct rx_text *out,
                           const struct rx_study_report *report);

#endif /* RX_INPUT_AUDIT_H */
