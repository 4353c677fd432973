/* claim_check.c: what every check says of every claim that it judges. */
#include "methods/claim_rows.h"

static enum rx_status
run_claims (const struct rx_claims *claims,
            const struct rx_claim_verdicts *verdicts, struct rx_rows *rows,
            struct rx_error *err)
{
  for (size_t i = 0; i < verdicts->n_findings; i++)
    {
      const struct rx_claim_finding *finding
          = &verdicts->finding[verdicts->order[i]];
      const struct rx_claim_check *check = &claims->check[finding->check];
      struct rx_note note = { "" };
      rx_note_add (&note, "%s", rx_verdict_names[finding->found.verdict]);
      rx_note_add (&note, "kind=%s", check->kind->name);
      rx_note_add (&note, "figure=%s", rx_said_part_names[finding->said.part]);
      if (finding->is_used)
        rx_note_add (&note, "against=%s", claims->claim[check->claim].id);
      if (rx_claim_row_add (rows, &claims->claim[finding->claim], finding,
                            "claim-check", check->id, &note, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_claim_check = {
  .name = "claim-check",
  .title = "Every check of printed claims, one by one",
  .source = "As for claim; recross list checks names the kinds",
  .words = "Every check is reported by itself.",
  .claims = run_claims,
};
