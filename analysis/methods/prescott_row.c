/* prescott_row.c: what Prescott's tests share. */
#include "methods/prescott_row.h"

bool
rx_prescott_row (const struct rx_preference *p, struct rx_row *row,
                 double *mean, double *sd, struct rx_note *note)
{
  *row = rx_row_blank ();
  row->n = (double)p->n;
  *mean = *sd = 0;
  bool tests = rx_preference_tests (p, note);
  if (p->test_first == 0 || p->reference_first == 0)
    return false;
  row->estimate = (double)p->table.a - (double)p->table.b;
  rx_subset_sum_moments (&p->labels.subset, mean, sd);
  if (tests && *sd == 0) /* everybody prefers the same period */
    rx_note_add (note, "zero-variance");
  return *sd > 0;
}
