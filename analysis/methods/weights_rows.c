/* weights_rows.c: weights in percent. */
#include "methods/weights_rows.h"

enum rx_status
rx_weights_rows (const struct rx_evidence *evidence, const char *method,
                 rx_tau2 *tau2, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_studies studies = rx_evidence_studies (evidence);
  double t = tau2 != NULL && studies.k > 1 ? tau2 (studies) : 0;
  double all = rx_weigh (studies, t).weight;
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < studies.k && status == RX_OK; i++)
    {
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      row.n = (double)studies.k;
      row.estimate = 100 / (studies.v[i] + t) / all;
      status = rx_pooled_add (rows, row, evidence, method, evidence->name[i],
                              &note, err);
    }
  return status;
}
