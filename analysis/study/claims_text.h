/* claims_text.h: printed claims with their verdicts, in words. */
#ifndef RX_CLAIMS_TEXT_H
#define RX_CLAIMS_TEXT_H

#include "study/study_report.h"

/* Were any claims judged, in any analysis? */
bool rx_claims_text_any (const struct rx_study_report *report);

/* Appends the table as TSV: id, study, endpoint, printed, recomputed, verdict,
   checks, reason, source, analysis; and as Markdown, a table per study. */
void rx_claims_text_tsv (struct rx_text *out,
                         const struct rx_study_report *report);
void rx_claims_text_markdown (struct rx_text *out,
                              const struct rx_study_report *report);

/* A column of that table but for the analysis, or `number` or `p`, the parts
   of `printed`; NULL when there is none of that name. */
const char *rx_claims_text_cell (const struct rx_study_claim *claim,
                                 const char *column);

#endif /* RX_CLAIMS_TEXT_H */
