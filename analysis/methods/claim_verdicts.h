/* claim_verdicts.h: every check of a ledger run, and one verdict per claim.

   A claim with several checks has the gravest: inconsistent before
   reproduced before consistent before not-recomputable. */
#ifndef RX_CLAIM_VERDICTS_H
#define RX_CLAIM_VERDICTS_H

#include "designs/claims.h"

/* What one check says of one claim: the one that it judges, or, where it says
   as much of those that it uses, one of these. */
struct rx_claim_finding
{
  size_t check, claim;
  bool is_used;
  struct rx_said said; /* the number that is judged */
  struct rx_check_found found;
};

struct rx_claim_verdict
{
  enum rx_verdict verdict;
  size_t first, n;      /* its findings: order[first] to order[first + n - 1],
                           the deciding one in front */
  const char *checks;   /* names of the checks, joined by "," */
  const char *computed; /* for a person: "17", "p 0.0201", "974 or more" */
  const char *reason;   /* for a person: each check with its outcome */
};

struct rx_claim_verdicts
{
  struct rx_claim_finding *finding;
  size_t n_findings;
  size_t *order;                  /* [n_findings] by claim */
  struct rx_claim_verdict *claim; /* [of the ledger] */
  size_t count[RX_VERDICTS];
  struct rx_strings strings;
};

enum rx_status rx_claim_verdicts_alloc (struct rx_claim_verdicts *verdicts,
                                        const struct rx_claims *claims,
                                        struct rx_error *err) RX_MUST_USE;
void rx_claim_verdicts_free (struct rx_claim_verdicts *verdicts);

/* The finding that decides, NULL where no check was made. */
const struct rx_claim_finding *
rx_claim_deciding (const struct rx_claim_verdicts *verdicts, size_t claim);

#endif /* RX_CLAIM_VERDICTS_H */
