/* mainland_gart_exact.c: the Mainland-Gart test of binary responses of an
   AB/BA trial, by Fisher's exact test.

   The table is that of mainland-gart; p is the sum of the probabilities, given
   its margins, of the tables that are no likelier than it.

   By hand: 6, 0; 2, 4 gives p = 30/495 = 0.0606. */
#include "methods/preference.h"

static enum rx_status
test (const struct rx_preference *preference, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  struct rx_two_by_two_test table;
  rx_note_add (note, "exact");
  row->n = (double)preference->n;
  if (rx_two_by_two (preference->table, level, &table, err) != RX_OK)
    return err->status;
  if (rx_preference_tests (preference, note))
    row->p_value = table.p_exact;
  return RX_OK;
}

const struct rx_method rx_method_mainland_gart_exact = {
  .name = "mainland-gart-exact",
  .title = "Mainland-Gart test of binary responses, Fisher's exact test",
  .source = "Gart 1969, Biometrika 56:75-80; Fisher 1935, J R Stat Soc "
            "98:39-82",
  .words = "Binary responses are compared, allowing for the period, by "
           "Fisher's exact test of sequence by preferred period among the "
           "discordant (Mainland-Gart).",
  .abba_only = true,
  .binary_only = true,
  .preference = test,
};
