/* analysis_claims.h: the methods for a ledger of printed claims. */
#ifndef RX_ANALYSIS_CLAIMS_H
#define RX_ANALYSIS_CLAIMS_H

#include "methods/analysis.h"
#include "methods/claim_verdicts.h"

/* Rows of the methods of the plan (NULL: all that judge claims and are not on
   request only), and remarks that count the verdicts and name the claims
   without a check. */
enum rx_status rx_analysis_claims (const struct rx_claims *claims,
                                   const struct rx_claim_verdicts *verdicts,
                                   const struct rx_analysis_plan *plan,
                                   struct rx_rows *rows,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_CLAIMS_H */
