/* study.c: the studies of a meta-analysis as they enter it, one row each.

   term = name of the study; estimate, its standard error, and the interval
   and test of the normal distribution.  Notes: design=..., reported,
   r-borrowed=..., r-assumed=..., half-added.

   By hand: estimate 1 with SE 0.5 has z = 2, p = 0.0455. */
#include "methods/pooled.h"

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < evidence->k && status == RX_OK; i++)
    {
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      row.estimate = evidence->y[i];
      row.std_error = evidence->se[i];
      row.conf_level = options->level;
      rx_pool_test (row.estimate, row.std_error, row.df, options->level,
                    &row.statistic, &row.p_value, &row.conf_low,
                    &row.conf_high);
      if (evidence->log)
        rx_note_add (&note, "log");
      if (evidence->note[i][0] != '\0')
        rx_note_add (&note, "%s", evidence->note[i]);
      status = rx_pooled_add (rows, row, evidence, self->name,
                              evidence->name[i], &note, err);
    }
  return status;
}

const struct rx_method rx_method_study = {
  .name = "study",
  .title = "The studies that are pooled, with their intervals",
  .source = "",
  .words = "Every study is shown with its normal interval.",
  .subgroups = RX_SUBGROUPS_WITHIN,
  .meta = run_meta,
};
