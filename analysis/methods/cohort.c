/* cohort.c: how many persons each step of the selection left.

   A row per step, `step 0: persons in the register (...)` and so on, in the
   order in which the steps were taken: n = persons left, estimate = persons
   the step dropped; the note says why (RECORD statement, items 6.1 and 13.1:
   every step of the selection with its numbers, in text or as a flow diagram:
   Benchimol et al. 2015, PLoS Med 12:e1001885). */
#include "methods/fill.h"

static enum rx_status
over_rows (const struct rx_before_after *design, size_t first,
           const struct rx_method_options *options, struct rx_rows *rows,
           struct rx_error *err)
{
  (void)first;
  (void)options;
  for (size_t i = 0; i < design->n_attrition; i++)
    {
      const struct rx_attrition *step = &design->attrition[i];
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      rx_note_add (&note, "reason=%s", step->reason);
      row.endpoint = "cohort";
      row.method = "cohort";
      row.term
          = rx_strings_format (&rows->strings, "step %zu: %s", i, step->step);
      row.n = (double)step->persons;
      row.estimate = (double)step->excluded;
      row.note = note.text;
      if (row.term == NULL)
        return rx_fail_memory (err);
      if (rx_rows_add (rows, &row, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_cohort = {
  .name = "cohort",
  .title = "Persons left and dropped by each step of the selection",
  .source = "Benchimol et al. 2015, PLoS Med 12:e1001885 (RECORD)",
  .words = "Persons are counted after every step of the selection.",
  .on_request = true,
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .over_rows = over_rows,
};
