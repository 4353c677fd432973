/* claim_rows.c: a finding as a row. */
#include "methods/claim_rows.h"

enum rx_status
rx_claim_row_add (struct rx_rows *rows, const struct rx_claim *claim,
                  const struct rx_claim_finding *finding, const char *method,
                  const char *term, const struct rx_note *note,
                  struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.endpoint = claim->id;
  row.measure = claim->measure;
  row.method = method;
  row.term = term;
  row.n = claim->said[RX_SAID_ESTIMATE].n;
  if (finding != NULL)
    {
      row.estimate = finding->found.value;
      row.conf_low = finding->found.low;
      row.conf_high = finding->found.high;
    }
  row.note = note->text;
  return rx_rows_add (rows, &row, err);
}
