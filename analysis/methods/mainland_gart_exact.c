/* mainland_gart_exact.c: the Mainland-Gart test of binary responses of an
   AB/BA trial, by Fisher's exact test.

   The table is that of mainland-gart; p is the sum of the probabilities, given
   its margins, of the tables that are no likelier than it.

   The row `carryover` is the same test of those who respond alike in both
   periods: sequence by 1 in both or 0 in both.  With equal carryover the
   subjects of either sequence are as likely to have 1 twice.  Jones & Kenward,
   Design and Analysis of Cross-Over Trials, section on binary data.

   By hand: 6, 0; 2, 4 gives p = 30/495 = 0.0606. */
#include "methods/design_needs.h"
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

/* Counts the subjects of a sequence that have 1 twice, and 0 twice. */
static void
count_alike (const struct rx_contrast *totals, size_t *ones, size_t *zeros)
{
  for (size_t i = 0; i < totals->n; i++)
    {
      *ones += totals->value[i] > 1.5;
      *zeros += totals->value[i] < 0.5;
    }
}

static struct rx_row
carryover_row (size_t n, size_t test_first, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)n;
  rx_note_add (note, "exact");
  if (n == 0)
    rx_note_add (note, "no-subjects");
  else if (test_first == 0 || test_first == n)
    rx_note_add (note, "empty-sequence");
  return row;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_contrast a, b;
  struct rx_two_by_two table = { 0, 0, 0, 0 };
  struct rx_two_by_two_test fisher;
  struct rx_note note = { "" };
  if (rx_crossover_abba (design, endpoint, RX_ABBA_TOTAL, &a, &b, err)
      != RX_OK)
    return err->status;
  size_t n = a.n + b.n, test_first = a.n;
  count_alike (&a, &table.a, &table.b);
  count_alike (&b, &table.c, &table.d);
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  if (rx_two_by_two (table, options->level, &fisher, err) != RX_OK)
    return err->status;
  struct rx_row row = carryover_row (n, test_first, &note);
  if (test_first > 0 && test_first < n)
    {
      row.p_value = fisher.p_exact;
      if (table.a + table.b + table.c + table.d == 0)
        rx_note_add (&note, "no-concordant");
    }
  return rx_fill_crossover (rows, row, design, endpoint, self->name,
                            "carryover", false, &note, err);
}

const struct rx_method rx_method_mainland_gart_exact = {
  .name = "mainland-gart-exact",
  .title = "Mainland-Gart test of binary responses, Fisher's exact test",
  .source = "Gart 1969, Biometrika 56:75-80; Fisher 1935, J R Stat Soc "
            "98:39-82",
  .words = "Binary responses are compared, allowing for the period, by "
           "Fisher's exact test of sequence by preferred period among the "
           "discordant (Mainland-Gart).",
  .needs = &rx_needs_abba,
  .binary_only = true,
  .preference = test,
  .crossover = run_crossover,
};
