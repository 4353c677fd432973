/* arm_rows.c: proportions of single arms as they were counted. */
#include "methods/arm_rows.h"

enum rx_status
rx_arm_run (const struct rx_method *self, const struct rx_evidence *evidence,
            const struct rx_method_options *options, struct rx_rows *rows,
            struct rx_error *err)
{
  const struct rx_arm_kind *kind = self->kind;
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < evidence->k && status == RX_OK; i++)
    {
      const double *x = evidence->input + i * RX_EFFECT_INPUTS_MOST;
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      row.n = x[1];
      row.estimate = x[0] / x[1];
      row.conf_level = options->level;
      kind->interval (x[0], x[1], options->level, &row.conf_low,
                      &row.conf_high);
      status = rx_pooled_add (rows, row, evidence, self->name,
                              evidence->name[i], &note, err);
    }
  return status;
}
