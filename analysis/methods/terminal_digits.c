/* terminal_digits.c: are the last digits of a column of printed numbers as
   even as chance makes them?

   Figures of one significant digit are left out: their last digit is their
   first, and first digits are not even.  Bounds (<0.01) are left out too.
   Group: the column, and `all` for all columns but p together.  Terms: digit-0
   to digit-9 (estimate: how often; n: of how many), chi-squared (9 df) and
   exact (the exact multinomial p of that chi-squared, to 60 figures).  Note
   few below 50 figures, where chi-squared is no more than a guide;
   one-digit=k figures were left out.

   Mosimann, Wiseman & Edelman, Accountability in Research 1995;4:31-55.  Not
   even digits have innocent reasons: scales in steps of five, small counts. */
#include "methods/printed_rows.h"
#include "stats/even_digits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum
{
  FEW = 50 /* five expected of each digit */
};

struct digits
{
  size_t count[RX_DIGITS], one_digit;
};

static void
take (const struct rx_printed *figure, struct digits *digits)
{
  if (figure->kind != RX_PRINTED_EQUAL || !figure->is_short)
    return;
  if (llabs (figure->units) < RX_DIGITS)
    digits->one_digit++;
  else
    digits->count[llabs (figure->units) % RX_DIGITS]++;
}

static enum rx_status
add (struct rx_row row, const char *group, const char *term, const char *note,
     struct rx_rows *rows, struct rx_error *err)
{
  row.method = "terminal-digits";
  row.group = group;
  row.term = term;
  row.note = note;
  return rx_rows_add (rows, &row, err);
}

static enum rx_status
add_digits (const struct digits *digits, const char *group,
            struct rx_rows *rows, struct rx_error *err)
{
  struct rx_even_digits even;
  struct rx_note note = { "" }, of_exact = { "exact" };
  struct rx_row row = rx_row_blank ();
  if (rx_even_digits (digits->count, &even, err) != RX_OK)
    return err->status;
  row.n = (double)even.n;
  for (int i = 0; i < RX_DIGITS; i++)
    {
      char term[] = "digit-0";
      struct rx_row one = row;
      term[sizeof term - 2] = (char)('0' + i);
      one.estimate = (double)digits->count[i];
      if (add (one, group, term, "", rows, err) != RX_OK)
        return err->status;
    }
  if (even.n == 0)
    rx_note_add (&note, "no-digits");
  else if (even.n < FEW)
    rx_note_add (&note, "few");
  if (digits->one_digit > 0)
    rx_note_add (&note, "one-digit=%zu", digits->one_digit);
  if (isnan (even.p_exact))
    rx_note_add (&of_exact, even.n == 0 ? "no-digits" : "too-many-figures");
  struct rx_row exact = row;
  exact.p_value = even.p_exact;
  row.df_num = even.n > 0 ? RX_DIGITS - 1 : NAN;
  row.statistic = even.chi_squared;
  row.p_value = even.p;
  if (add (row, group, "chi-squared", note.text, rows, err) != RX_OK)
    return err->status;
  return add (exact, group, "exact", of_exact.text, rows, err);
}

static enum rx_status
run_summary (const struct rx_printed_table *table,
             const struct rx_method_options *options, struct rx_rows *rows,
             struct rx_error *err)
{
  struct digits all = { { 0 }, 0 };
  size_t columns = 0;
  (void)options;
  for (int f = 0; f < RX_SAYS_FIGURES; f++)
    {
      struct digits digits = { { 0 }, 0 };
      bool there = false;
      for (size_t i = 0; i < table->n; i++)
        {
          const struct rx_printed *figure = &table->result[i].figure[f];
          there = there || figure->kind != RX_PRINTED_NOTHING;
          take (figure, &digits);
          if (f != RX_SAYS_P)
            take (figure, &all);
        }
      columns += there && f != RX_SAYS_P;
      if (there
          && add_digits (&digits,
                         rx_printed_figure_name ((enum rx_printed_figure)f),
                         rows, err)
                 != RX_OK)
        return err->status;
    }
  return columns > 1 ? add_digits (&all, "all", rows, err) : RX_OK;
}

const struct rx_method rx_method_terminal_digits = {
  .name = "terminal-digits",
  .title = "Are the last digits of printed numbers even?",
  .source = "Mosimann et al, Accountability in Research 1995;4:31-55",
  .words = "The terminal digits of the printed numbers were compared with "
           "even ones.",
  .summary = run_summary,
  .on_request = true,
};
