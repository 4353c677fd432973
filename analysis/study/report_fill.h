/* report_fill.h: the placeholders of a report's template, filled from result
   rows, from the ledger of claims and from the study's tables and figures.

   Nothing is computed here: a placeholder finds one thing that there is and
   says it with fewer digits, or it is an error with the template's line. */
#ifndef RX_REPORT_FILL_H
#define RX_REPORT_FILL_H

#include "study/report_pieces.h"
#include "study/study_report.h"

/* RX_EDATA for a placeholder of an unknown kind, or with an unknown key:
   what can be known before anything is computed. */
enum rx_status rx_report_check (const struct rx_report_pieces *pieces,
                                struct rx_error *err) RX_MUST_USE;

/* Appends the report as Markdown: the title, the filled template, and by what
   it was made.  RX_EDATA for a placeholder that finds nothing, more than one
   thing, or a value that is missing.  The figures need not be drawn yet. */
enum rx_status rx_report_fill (struct rx_text *out,
                               const struct rx_report_pieces *pieces,
                               const struct rx_study_report *report,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_REPORT_FILL_H */
