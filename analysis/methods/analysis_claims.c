/* analysis_claims.c: each method once, then the remarks. */
#include "methods/analysis_claims.h"

#include "base/text.h"

enum
{
  NAMED_MOST = 10 /* claims that a remark names */
};

static enum rx_status
remark_unchecked (const struct rx_claims *claims,
                  const struct rx_claim_verdicts *verdicts,
                  struct rx_rows *rows, struct rx_error *err)
{
  struct rx_text names = { 0 };
  enum rx_status status = RX_OK;
  size_t n = 0;
  for (size_t i = 0; i < claims->n; i++)
    if (verdicts->claim[i].n == 0 && n++ < NAMED_MOST)
      rx_text_addf (&names, "%s%s", n > 1 ? ", " : "", claims->claim[i].id);
  if (n > NAMED_MOST)
    rx_text_addf (&names, " and %zu more", n - NAMED_MOST);
  if (names.failed)
    status = rx_fail_memory (err);
  else if (n > 0)
    status = rx_rows_remark (rows, true, err,
                             "No check, not even one that says why there is "
                             "none, is listed for %s.",
                             rx_text_string (&names));
  rx_text_free (&names);
  return status;
}

static enum rx_status
remark (const struct rx_claims *claims,
        const struct rx_claim_verdicts *verdicts, struct rx_rows *rows,
        struct rx_error *err)
{
  const size_t *count = verdicts->count;
  if (rx_rows_remark (
          rows, false, err,
          "Claims: %zu, checks: %zu; reproduced %zu, consistent %zu, "
          "inconsistent %zu, not-recomputable %zu. Intervals are what the "
          "rounding of printed numbers allows, no confidence intervals.",
          claims->n, claims->n_checks, count[RX_REPRODUCED],
          count[RX_CONSISTENT], count[RX_INCONSISTENT],
          count[RX_NOT_RECOMPUTABLE])
          != RX_OK
      || (count[RX_INCONSISTENT] > 0
          && rx_rows_remark (rows, false, err,
                             "An inconsistency is a question to the authors: "
                             "a misprint, another test, other persons, "
                             "another rounding or another meaning of the "
                             "words can be behind it.")
                 != RX_OK))
    return err->status;
  return remark_unchecked (claims, verdicts, rows, err);
}

enum rx_status
rx_analysis_claims (const struct rx_claims *claims,
                    const struct rx_claim_verdicts *verdicts,
                    const struct rx_analysis_plan *plan, struct rx_rows *rows,
                    struct rx_error *err)
{
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  rows->synthetic = rows->synthetic || claims->synthetic;
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (method->claims == NULL || (!chosen && method->on_request))
        continue;
      if (method->claims (claims, verdicts, rows, err) != RX_OK)
        return err->status;
    }
  return remark (claims, verdicts, rows, err);
}
