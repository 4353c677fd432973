/* mainland_gart_corrected.c: the Mainland-Gart test of binary responses of an
   AB/BA trial, chi-squared with Yates's correction for continuity.

   The table a, b; c, d is that of mainland-gart:

     N (max (0, |ad - bc| - N/2))^2 / (product of the four margins)

   Yates, Supplement to the Journal of the Royal Statistical Society
   1934;1:217-235; Gart, Biometrika 1969;56:75-80.

   By hand: 6, 0; 2, 4 gives 12 (24 - 6)^2 / (6 6 8 4) = 3.375, p = 0.0662. */
#include "methods/design_needs.h"
#include "methods/preference.h"

#include <math.h>

static enum rx_status
test (const struct rx_preference *preference, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  struct rx_two_by_two_test table;
  row->n = (double)preference->n;
  row->df_num = 1;
  if (rx_two_by_two (preference->table, level, &table, err) != RX_OK)
    return err->status;
  if (!rx_preference_tests (preference, note))
    return RX_OK;
  row->statistic = table.corrected;
  row->p_value = table.p_corrected;
  if (isnan (table.corrected))
    rx_note_add (note, "zero-margin");
  return RX_OK;
}

const struct rx_method rx_method_mainland_gart_corrected = {
  .name = "mainland-gart-corrected",
  .title = "Mainland-Gart test of binary responses, continuity correction",
  .source = "Yates 1934, Suppl J R Stat Soc 1:217-235; Gart 1969, Biometrika "
            "56:75-80",
  .words = "Binary responses are compared, allowing for the period, by the "
           "Mainland-Gart chi-squared test with continuity correction.",
  .needs = &rx_needs_abba,
  .binary_only = true,
  .on_request = true,
  .preference = test,
};
