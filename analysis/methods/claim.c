/* claim.c: one verdict per printed claim, then how many there are of each.

   The gravest of the claim's checks: inconsistent, reproduced, consistent,
   not-recomputable.  The arithmetic is that of stats/cross_check.c. */
#include "methods/claim_rows.h"

static const char NAME[] = "claim";

static enum rx_status
add_counts (const struct rx_claims *claims,
            const struct rx_claim_verdicts *verdicts, struct rx_rows *rows,
            struct rx_error *err)
{
  for (int v = 0; v < RX_VERDICTS; v++)
    {
      struct rx_row row = rx_row_blank ();
      row.endpoint = "all";
      row.method = NAME;
      row.term = rx_verdict_names[v];
      row.n = (double)claims->n;
      row.estimate = (double)verdicts->count[v];
      if (rx_rows_add (rows, &row, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
run_claims (const struct rx_claims *claims,
            const struct rx_claim_verdicts *verdicts, struct rx_rows *rows,
            struct rx_error *err)
{
  for (size_t i = 0; i < claims->n; i++)
    {
      const struct rx_claim_verdict *verdict = &verdicts->claim[i];
      const struct rx_claim_finding *finding = rx_claim_deciding (verdicts, i);
      struct rx_note note = { "" };
      rx_note_add (&note, "%s", rx_verdict_names[verdict->verdict]);
      rx_note_add (&note, "checks=%s",
                   verdict->n > 0 ? verdict->checks : "none");
      if (rx_claim_row_add (
              rows, &claims->claim[i], finding, NAME,
              rx_said_part_names[finding != NULL ? finding->said.part
                                                 : RX_SAID_ESTIMATE],
              &note, err)
          != RX_OK)
        return err->status;
    }
  return add_counts (claims, verdicts, rows, err);
}

const struct rx_method rx_method_claim = {
  .name = "claim",
  .title = "One verdict per printed claim: reproduced, consistent, "
           "inconsistent, not-recomputable",
  .source = "Intervals of printed numbers: Nuijten et al, Behav Res Methods "
            "2016;48:1205-1226; percentages: Brown & Heathers, Soc Psychol "
            "Personal Sci 2017;8:363-369; tests: Altman & Bland, BMJ "
            "2011;343:d2090",
  .words = "Every printed number was held against the others that bear on it, "
           "each with the rounding of its printed digits; a claim has the "
           "gravest verdict of its checks.",
  .claims = run_claims,
};
