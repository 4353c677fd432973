/* claim_rows.h: result rows about printed claims. */
#ifndef RX_CLAIM_ROWS_H
#define RX_CLAIM_ROWS_H

#include "methods/claim_verdicts.h"
#include "methods/fill.h"

/* Adds a row about a claim: endpoint its id, estimate what was computed,
   conf_low and conf_high what the others allow, no confidence interval.
   finding NULL: nothing was. */
enum rx_status rx_claim_row_add (struct rx_rows *rows,
                                 const struct rx_claim *claim,
                                 const struct rx_claim_finding *finding,
                                 const char *method, const char *term,
                                 const struct rx_note *note,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_CLAIM_ROWS_H */
