/* disposition.c: who was randomised, who has every period, per sequence.

   Terms `randomised:AB` and `completers:AB` for each sequence, `randomised`
   and `completers` in all; n counts subjects.  The note of a completers row
   names the subjects that are incomplete. */
#include "methods/fill.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Counts of a sequence (n_sequences: of all) and the names of the incomplete,
   joined by blanks. */
static void
count (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
       size_t sequence, size_t *randomised, size_t *completers,
       struct rx_text *incomplete)
{
  *randomised = *completers = 0;
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      if (sequence < d->n_sequences && d->sequence_of[s] != sequence)
        continue;
      ++*randomised;
      if (rx_crossover_complete (d, endpoint, s))
        ++*completers;
      else
        rx_text_addf (incomplete, " %s", d->subjects[s]);
    }
}

static enum rx_status
add_row (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
         const char *what, const char *sequence, size_t n, const char *names,
         struct rx_rows *rows, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.endpoint = endpoint->name;
  row.method = "disposition";
  row.term = sequence == NULL
                 ? what
                 : rx_strings_format (&rows->strings, "%s:%s", what, sequence);
  row.n = (double)n;
  row.note = names[0] == '\0'
                 ? ""
                 : rx_strings_format (&rows->strings, "incomplete:%s", names);
  (void)d;
  if (row.term == NULL || row.note == NULL)
    return rx_fail_memory (err);
  return rx_rows_add (rows, &row, err);
}

static enum rx_status
run_crossover (const struct rx_crossover *d,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)options;
  enum rx_status status = RX_OK;
  for (size_t q = 0; q <= d->n_sequences && status == RX_OK; q++)
    {
      struct rx_text names = { 0 };
      size_t randomised, completers;
      const char *sequence = q < d->n_sequences ? d->sequences[q] : NULL;
      count (d, endpoint, q, &randomised, &completers, &names);
      if (names.failed)
        status = rx_fail_memory (err);
      else
        status = add_row (d, endpoint, "randomised", sequence, randomised, "",
                          rows, err);
      if (status == RX_OK)
        status = add_row (d, endpoint, "completers", sequence, completers,
                          sequence == NULL ? "" : rx_text_string (&names),
                          rows, err);
      rx_text_free (&names);
    }
  return status;
}

const struct rx_method rx_method_disposition = {
  .name = "disposition",
  .title = "Subjects randomised and with every period, per sequence",
  .source = "",
  .words = "Subjects in the file and subjects with every period are counted "
           "per sequence.",
  .crossover = run_crossover,
};
