/* profiles.c: every single response as a result row, for figures that show
   subjects.  Term = subject/period/treatment, group = sequence; a "/" inside
   a subject's name is written %2F. */
#include "methods/fill.h"

#include "base/text.h"

#include <math.h>

static const char *
term_of (const struct rx_crossover *d, size_t subject, size_t period,
         struct rx_rows *rows)
{
  struct rx_text term = { 0 };
  const char *parts[]
      = { d->subjects[subject], d->periods[period],
          d->treatments[d->treatment_at[subject * d->n_periods + period]] };
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    {
      if (i > 0)
        rx_text_addc (&term, '/');
      for (const char *s = parts[i]; *s != '\0'; s++)
        if (*s == '/')
          rx_text_addz (&term, "%2F");
        else
          rx_text_addc (&term, *s);
    }
  const char *kept
      = term.failed ? NULL
                    : rx_strings_addz (&rows->strings, rx_text_string (&term));
  rx_text_free (&term);
  return kept;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *d,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)options;
  for (size_t s = 0; s < d->n_subjects; s++)
    for (size_t p = 0; p < d->n_periods; p++)
      {
        struct rx_note note = { "" };
        struct rx_row row = rx_row_blank ();
        double y = endpoint->y[s * d->n_periods + p];
        if (isnan (y))
          continue;
        const char *term = term_of (d, s, p, rows);
        if (term == NULL)
          return rx_fail_memory (err);
        row.n = 1;
        row.estimate = y;
        row.group = d->sequences[d->sequence_of[s]];
        if (endpoint->unit[0] != '\0')
          rx_note_add (&note, "unit=%s", endpoint->unit);
        if (rx_fill_crossover (rows, row, d, endpoint, self->name, term, false,
                               &note, err)
            != RX_OK)
          return err->status;
      }
  return RX_OK;
}

const struct rx_method rx_method_profiles = {
  .name = "profiles",
  .title = "Every subject's responses, as rows for figures",
  .source = "",
  .words = "",
  .on_request = true,
  .crossover = run_crossover,
  .whole_trial = true,
};
