/* mainland_gart_exact.c: the Mainland-Gart test of binary responses of an
   AB/BA trial, by Fisher's exact test.

   The table is that of mainland-gart; p is the sum of the probabilities, given
   its margins, of the tables that are no likelier than it.

   By hand: 6, 0; 2, 4 gives p = 30/495 = 0.0606. */
#include "methods/preference.h"

static enum rx_status
add_row (const struct rx_preference *p, const struct rx_crossover *design,
         const struct rx_endpoint *endpoint, double level,
         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_two_by_two_test test;
  struct rx_note note = { "exact" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)p->n;
  if (rx_two_by_two (p->table, level, &test, err) != RX_OK)
    return err->status;
  if (rx_preference_tests (p, &note))
    row.p_value = test.p_exact;
  return rx_fill_crossover (rows, row, design, endpoint, "mainland-gart-exact",
                            "treatment", true, &note, err);
}

static enum rx_status
run_crossover (const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_preference preference;
  enum rx_status status
      = rx_preference_make (&preference, design, endpoint, err);
  if (status == RX_OK)
    status
        = add_row (&preference, design, endpoint, options->level, rows, err);
  rx_preference_free (&preference);
  return status;
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
  .crossover = run_crossover,
};
