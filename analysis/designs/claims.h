/* claims.h: two tables seen as a ledger of printed claims and the checks that
   hold them against each other.

   The ledger has a row per printed number:

     id                  its name
     study, source, endpoint, measure, unit    words
     n                   persons behind it
     estimate            the number; empty where words or a range are printed
     ci_low, ci_high     its interval, or, without an estimate, a range
     spread              "SE 1.2" can be checked; other spreads are words
     p_text              "p = 0.03", "p<0.01", "significant", "not starred"
     verbatim_number     the number as it is printed: decides the digits

   Other columns are left alone.  The checks have a row per relation:

     check               its name
     kind                one of rx_check_kinds
     claim, figure       the id that is judged; estimate unless figure says
                         n, spread, ci_low, ci_high or p
     uses                ids, "ID.p" for another figure, "=5.5" for a constant
                         whose source the reason names; joined by "; "
     parameters          "df=59; level=0.95"
     reason              a sentence */
#ifndef RX_CLAIMS_H
#define RX_CLAIMS_H

#include "base/memory.h"
#include "data/table.h"
#include "stats/cross_check.h"

struct rx_claim
{
  const char *id, *study, *source, *endpoint, *measure; /* "" when empty */
  const char *printed; /* the number as it is printed */
  struct rx_said said[RX_SAID_PARTS];
};

struct rx_claim_use
{
  size_t claim; /* its place; SIZE_MAX: a constant */
  struct rx_said said;
  const char *words; /* as it is written */
};

struct rx_claim_check
{
  const char *id, *reason;
  const struct rx_check_kind *kind;
  size_t claim;
  struct rx_said said; /* what is judged */
  struct rx_claim_use *use;
  size_t n_uses;
  struct rx_check_options options;
};

struct rx_claims
{
  struct rx_claim *claim;
  struct rx_claim_check *check;
  size_t n, n_checks;
  bool synthetic;
  struct rx_strings strings;
};

/* RX_EDATA, naming file, line and column: a column that is not there, an id
   that comes twice or is not in the ledger, a kind or parameter that is not
   known, a cell that is no number, a number that a check needs and that
   nobody prints. */
enum rx_status rx_claims_build (struct rx_claims *claims,
                                const struct rx_table *ledger,
                                const struct rx_table *checks,
                                struct rx_error *err) RX_MUST_USE;
void rx_claims_free (struct rx_claims *claims);

#endif /* RX_CLAIMS_H */
