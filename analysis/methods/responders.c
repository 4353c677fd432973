/* responders.c: the share of responders on each treatment, and the difference.

   Over the subjects with a response to both treatments of a comparison:
   `proportion:A` with Wilson's interval, `difference`, test minus reference,
   with Newcombe's interval and McNemar's exact p, and `number-needed-to-treat`
   = 1 / difference, of which there is a sensible one only where the interval
   of the difference leaves out 0: else NA with the note
   interval-includes-zero.  A negative number is one of subjects needed for one
   responder less.  With three and more treatments `difference:B-A`, ....
   Wilson, JASA 1927;22:209-212; Newcombe, Stat Med 1998;17:2635-2650, method
   10; Altman, BMJ 1998;317:1309-1312 (number needed to treat).

   By hand: 6 of 10 respond to both, 3 to the test alone, none to the reference
   alone: 0.9 and 0.6, difference 0.3, exact p = 2 / 2^3 = 0.25. */
#include "methods/mcnemar_row.h"

#include "stats/proportion.h"

#include <math.h>

struct reporting
{
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  double level;
  struct rx_rows *rows;
};

static enum rx_status
add_proportion (const struct reporting *r, size_t treatment, const char *of,
                size_t events, size_t n, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  const char *term = rx_strings_format (&r->rows->strings, "proportion:%s%s",
                                        r->design->treatments[treatment], of);
  if (term == NULL)
    return rx_fail_memory (err);
  row.n = (double)n;
  if (n > 0)
    {
      row.estimate = (double)events / (double)n;
      row.conf_level = r->level;
      rx_wilson (row.estimate, (double)n, r->level, &row.conf_low,
                 &row.conf_high);
      rx_note_add (&note, "responders=%zu", events);
    }
  else
    rx_note_add (&note, "no-subjects");
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint, "responders",
                            term, false, &note, err);
}

static enum rx_status
add_difference (const struct reporting *r, const char *term,
                const struct rx_mcnemar *pairs, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row
      = rx_change_row (pairs, rx_newcombe (pairs, r->level), r->level, &note);
  row.p_value = pairs->p_exact;
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint, "responders",
                            term, true, &note, err);
}

static enum rx_status
add_number_needed (const struct reporting *r, const char *term,
                   const struct rx_mcnemar *pairs, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_change_interval ci = rx_newcombe (pairs, r->level);
  row.n = (double)pairs->n;
  if (pairs->n == 0)
    rx_note_add (&note, "no-subjects");
  else if (ci.low > 0 || ci.high < 0)
    {
      row.estimate = 1 / pairs->estimate;
      row.conf_level = r->level;
      row.conf_low = 1 / ci.high;
      row.conf_high = 1 / ci.low;
    }
  else
    rx_note_add (&note, "interval-includes-zero");
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint, "responders",
                            term, false, &note, err);
}

static enum rx_status
one_comparison (const struct reporting *r, size_t test, struct rx_error *err)
{
  const struct rx_crossover *d = r->design;
  struct rx_contrast differences;
  struct rx_mcnemar pairs;
  struct rx_note note = { "" };
  const char *of = "";
  if (d->n_treatments > 2)
    of = rx_strings_format (&r->rows->strings, ":%s-%s", d->treatments[test],
                            d->treatments[d->reference]);
  if (of == NULL)
    return rx_fail_memory (err);
  const char *difference
      = rx_strings_format (&r->rows->strings, "difference%s", of);
  const char *number
      = rx_strings_format (&r->rows->strings, "number-needed-to-treat%s", of);
  if (difference == NULL || number == NULL)
    return rx_fail_memory (err);
  if (rx_crossover_paired (d, r->endpoint, test, d->reference, &differences,
                           err)
      != RX_OK)
    return err->status;
  struct rx_binary_contrast of_test = { d, r->endpoint, test, &differences };
  bool counted = rx_mcnemar_of_contrast (&of_test, r->level, &pairs, &note);
  rx_contrast_free (&differences);
  if (!counted)
    {
      struct rx_row row = rx_row_blank ();
      row.n = (double)pairs.n;
      return rx_fill_crossover (r->rows, row, d, r->endpoint, "responders",
                                difference, true, &note, err);
    }
  if (add_proportion (r, test, of, pairs.both + pairs.only_after, pairs.n, err)
          != RX_OK
      || add_proportion (r, d->reference, of, pairs.both + pairs.only_before,
                         pairs.n, err)
             != RX_OK
      || add_difference (r, difference, &pairs, err) != RX_OK)
    return err->status;
  return add_number_needed (r, number, &pairs, err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  struct reporting r = { design, endpoint, options->level, rows };
  if (design->n_treatments == 2)
    return one_comparison (&r, design->test, err);
  for (size_t t = 0; t < design->n_treatments; t++)
    if (t != design->reference && one_comparison (&r, t, err) != RX_OK)
      return err->status;
  return RX_OK;
}

const struct rx_method rx_method_responders = {
  .name = "responders",
  .title = "Responders: share on each treatment, difference, number needed",
  .source = "Newcombe 1998, Stat Med 17:2635-2650; Altman 1998, BMJ "
            "317:1309-1312",
  .words = "Shares of responders have Wilson's intervals, their paired "
           "difference Newcombe's interval and McNemar's exact test; the "
           "number needed to treat is given where that interval leaves out "
           "zero.",
  .binary_only = true,
  .on_request = true,
  .crossover = run_crossover,
};
