/* sccs_intervals.c: what a case series is made of: the events and days in
   every risk window, band and season.

   Rows `events:NAME` and `days:NAME` count the events and the person-days in
   a risk window, a band of age, a season, and in the baseline, the days out of
   all windows; n is the number of cases with a day in it.  Two more rows show
   where the assumptions of the design may fail (Whitaker et al., Statistics in
   Medicine 2006;25:1768-1797): `repeated-events` counts cases with
   events on more than one day, which must not make one another more likely;
   `early-end` those whose observation ends within 30 days after an event,
   which the event must not bring about. */
#include "methods/case_terms.h"

static enum rx_status
add (struct rx_rows *rows, const char *term, size_t n, double count,
     const char *note, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.method = "sccs-intervals";
  row.term = term;
  row.n = (double)n;
  row.estimate = count;
  row.note = note;
  return term == NULL ? rx_fail_memory (err) : rx_rows_add (rows, &row, err);
}

static enum rx_status
run_case_series (const struct rx_case_series *cases,
                 const struct rx_method_options *options, struct rx_rows *rows,
                 struct rx_error *err)
{
  struct rx_case_terms terms;
  struct rx_strings *strings = &rows->strings;
  (void)options;
  enum rx_status status = rx_case_terms_make (&terms, cases, strings, err);
  for (size_t t = 0; t < terms.n && status == RX_OK; t++)
    {
      const struct rx_case_term *term = &terms.term[t];
      const char *note = term->is_before ? "pre-exposure" : "";
      if (term->factor == RX_CASE_BAND && cases->n_bands == 1)
        continue;
      status = add (rows, rx_strings_format (strings, "events:%s", term->name),
                    term->cases, (double)term->events, note, err);
      if (status == RX_OK)
        status = add (rows, rx_strings_format (strings, "days:%s", term->name),
                      term->cases, (double)term->days, note, err);
    }
  if (status == RX_OK)
    status = add (rows, "repeated-events", cases->n, (double)cases->n_repeated,
                  "", err);
  if (status == RX_OK)
    status = add (rows, "early-end", cases->n, (double)cases->n_early_end, "",
                  err);
  rx_case_terms_free (&terms);
  return status;
}

const struct rx_method rx_method_sccs_intervals = {
  .name = "sccs-intervals",
  .title = "Events and days in the windows of a case series",
  .source = "Whitaker et al. 2006, Stat Med 25:1768-1797",
  .words = "The events and days in every window are counted.",
  .case_series = run_case_series,
};
