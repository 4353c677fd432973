/* pssa_histogram.c: how many pairs of first dispensings lie how many days
   apart, the picture behind a sequence ratio (Hallas, Epidemiology
   1996;7:478-484).

   Bars of `bin` days on either side of the day on which both were started,
   which has none: days 1 to 7, 8 to 14, ... after the index drug and as many
   before it, up to the widest window, at which the last bar is cut.  Without
   `bin:` a bar is 7 days where that window has at most 120 and else 30.  Term:
   the days, first and last included; the estimate counts persons, of the n
   with both drugs. */
#include "designs/symmetry.h"
#include "methods/fill.h"

enum
{
  WEEK = 7,
  MONTH = 30, /* days */
  SHORT = 120 /* days: a window of which is shown in weeks */
};

static enum rx_status
add_bar (const struct rx_symmetry *s, int64_t from, int64_t to,
         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.method = "pssa-histogram";
  row.term = rx_strings_format (&rows->strings, "days %ld to %ld", (long)from,
                                (long)to);
  if (row.term == NULL)
    return rx_fail_memory (err);
  row.n = (double)s->n_both;
  row.estimate = (double)rx_symmetry_between (s, from, to);
  row.note = from > 0 ? "index-first" : "marker-first";
  return rx_rows_add (rows, &row, err);
}

static enum rx_status
run_symmetry (const struct rx_symmetry *s,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  int64_t widest = 0;
  (void)options;
  for (size_t i = 0; i < s->spec->n_windows; i++)
    if (s->spec->windows[i] > widest)
      widest = s->spec->windows[i];
  int64_t bin = s->spec->bin > 0 ? s->spec->bin
                : widest > SHORT ? MONTH
                                 : WEEK;
  int64_t bars = (widest + bin - 1) / bin;
  enum rx_status status = RX_OK;
  for (int64_t i = bars; i >= 1 && status == RX_OK; i--)
    status = add_bar (s, i * bin < widest ? -i * bin : -widest,
                      -(i - 1) * bin - 1, rows, err);
  for (int64_t i = 1; i <= bars && status == RX_OK; i++)
    status = add_bar (s, (i - 1) * bin + 1,
                      i * bin < widest ? i * bin : widest, rows, err);
  return status;
}

const struct rx_method rx_method_pssa_histogram = {
  .name = "pssa-histogram",
  .title = "Days between the first dispensings of two drugs, counted",
  .source = "Hallas 1996, Epidemiology 7:478-484",
  .words = "",
  .on_request = true,
  .symmetry = run_symmetry,
};
