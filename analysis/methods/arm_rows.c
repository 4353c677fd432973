/* arm_rows.c: proportions of single arms as they were counted. */
#include "methods/arm_rows.h"

enum rx_status
rx_arm_rows (const struct rx_evidence *evidence,
             const struct rx_method_options *options, const char *method,
             rx_arm_interval *interval, struct rx_rows *rows,
             struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < evidence->k && status == RX_OK; i++)
    {
      const double *x = evidence->input + i * RX_EFFECT_INPUTS_MOST;
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      row.n = x[1];
      row.estimate = x[0] / x[1];
      row.conf_level = options->level;
      interval (x[0], x[1], options->level, &row.conf_low, &row.conf_high);
      status = rx_pooled_add (rows, row, evidence, method, evidence->name[i],
                              &note, err);
    }
  return status;
}
