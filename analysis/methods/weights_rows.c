/* weights_rows.c: weights in percent. */
#include "methods/weights_rows.h"

enum rx_status
rx_weights_run (const struct rx_method *self,
                const struct rx_evidence *evidence,
                const struct rx_method_options *options, struct rx_rows *rows,
                struct rx_error *err)
{
  const struct rx_pooled_kind *kind = self->kind;
  struct rx_studies studies = rx_evidence_studies (evidence);
  double t = kind->tau2 != NULL && studies.k > 1 ? kind->tau2 (studies) : 0;
  (void)options;
  double all = rx_weigh (studies, t).weight;
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < studies.k && status == RX_OK; i++)
    {
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      row.n = (double)studies.k;
      row.estimate = 100 / (studies.v[i] + t) / all;
      status = rx_pooled_add (rows, row, evidence, self->name,
                              evidence->name[i], &note, err);
    }
  return status;
}
