/* switching.c: which of several lists of drugs persons had in one window, and
   which in a later one: a row `A -> A+B` for every pair of states that
   occurs, its share among those who were in the first (n), with Wilson's
   interval.  A state names the lists of which there is a dispensing, `none`
   where there is none.

   By hand: of 10 with A alone before, 4 with A alone, 3 with B alone, 2 with
   both and 1 with none after: 0.4, 0.3, 0.2, 0.1. */
#include "methods/exposure_rows.h"

#include "base/text.h"

#include <stdlib.h>

/* For every drug the lists that it is on, a bit each. */
static enum rx_status
make_bits (const struct rx_exposure *x, unsigned *bits, struct rx_error *err)
{
  const struct rx_exposure_spec *spec = x->spec;
  for (size_t i = 0; i < spec->n_lists; i++)
    {
      struct rx_codes codes;
      if (rx_codes_make (&codes, x->drugs, x->n_drugs, spec->lists[i].drugs,
                         spec->lists[i].except, err)
          != RX_OK)
        return err->status;
      for (size_t d = 0; d < x->n_drugs; d++)
        bits[d] |= codes.has[d] ? 1U << i : 0;
      rx_codes_free (&codes);
    }
  return RX_OK;
}

/* table[before][after] of persons, states numbered by their bits. */
static void
count (const struct rx_exposure *x, const unsigned *bits, size_t states,
       size_t *table)
{
  for (size_t p = 0; p < x->n_persons; p++)
    {
      unsigned before = 0, after = 0;
      for (size_t i = x->start[p]; i < x->start[p + 1]; i++)
        {
          const struct rx_dispensing *d = &x->rows[i];
          if (rx_days_hold (x->spec->before, d->day))
            before |= bits[d->drug];
          if (rx_days_hold (x->spec->after, d->day))
            after |= bits[d->drug];
        }
      table[before * states + after]++;
    }
}

static void
add_state (struct rx_text *out, const struct rx_exposure *x, size_t state)
{
  bool any = false;
  for (size_t i = 0; i < x->spec->n_lists; i++)
    if (state >> i & 1)
      {
        rx_text_addf (out, "%s%s", any ? "+" : "", x->spec->lists[i].name);
        any = true;
      }
  if (!any)
    rx_text_addz (out, "none");
}

static enum rx_status
add_cell (const struct rx_exposure *x, size_t before, size_t after,
          size_t persons, size_t of, double level, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_text term = { 0 };
  add_state (&term, x, before);
  rx_text_addz (&term, " -> ");
  add_state (&term, x, after);
  enum rx_status status
      = term.failed
            ? rx_fail_memory (err)
            : rx_exposure_share (rows, "switching", rx_text_string (&term),
                                 persons, of, level, err);
  rx_text_free (&term);
  return status;
}

static enum rx_status
add_table (const struct rx_exposure *x, const size_t *table, size_t states,
           double level, struct rx_rows *rows, struct rx_error *err)
{
  for (size_t before = 0; before < states; before++)
    {
      size_t of = 0;
      for (size_t after = 0; after < states; after++)
        of += table[before * states + after];
      for (size_t after = 0; after < states; after++)
        if (table[before * states + after] > 0
            && add_cell (x, before, after, table[before * states + after], of,
                         level, rows, err)
                   != RX_OK)
          return err->status;
    }
  return RX_OK;
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *x,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  size_t states = (size_t)1 << x->spec->n_lists;
  if (x->n_persons == 0)
    return rx_exposure_share (rows, self->name, "none -> none", 0, 0,
                              options->level, err);
  unsigned *bits = rx_array (x->n_drugs, sizeof *bits);
  size_t *table = rx_array (states * states, sizeof *table);
  enum rx_status status = bits == NULL || table == NULL
                              ? rx_fail_memory (err)
                              : make_bits (x, bits, err);
  if (status == RX_OK)
    {
      count (x, bits, states, table);
      status = add_table (x, table, states, options->level, rows, err);
    }
  free (bits);
  free (table);
  return status;
}

const struct rx_method rx_method_switching = {
  .name = "switching",
  .title = "Switching and adding: drugs had before and after, in shares",
  .source = "Wilson 1927, JASA 22:209-212, for the intervals",
  .words = "Switching is told by the drugs that were dispensed in the window "
           "before and in the window after; shares are of those in the same "
           "state before, with Wilson's interval.",
  .parts = RX_EXPOSURE_SWITCH,
  .exposure = run_exposure,
};
