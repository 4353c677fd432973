/* disposition.c: who was randomised, who has every period, per sequence.

   Terms `randomised:AB` and `completers:AB` for each sequence, `randomised`
   and `completers` in all; n counts subjects.  The note of a completers row
   names the subjects that are incomplete.

   `pattern:AB/OX` counts the subjects of a sequence by what they have in the
   periods: O observed, X missing, - nothing planned.  Its note says when those
   were lost who were not seen again (dropped-out-before=2), and tells them
   from who came back (intermittent) and who never came (never-observed). */
#include "methods/fill.h"

#include "base/text.h"

#include <math.h>
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

/* Writes the pattern of a subject. */
static void
mark (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
      size_t subject, char *pattern)
{
  const int *plan = d->plan + d->sequence_of[subject] * d->n_periods;
  for (size_t p = 0; p < d->n_periods; p++)
    pattern[p] = plan[p] == RX_NO_TREATMENT                        ? '-'
                 : isnan (endpoint->y[subject * d->n_periods + p]) ? 'X'
                                                                   : 'O';
  pattern[d->n_periods] = '\0';
}

/* Why a pattern is not complete. */
static void
word_pattern (const struct rx_crossover *d, const char *pattern,
              struct rx_note *note)
{
  const char *seen = strrchr (pattern, 'O'), *lost = strchr (pattern, 'X');
  if (lost == NULL)
    return;
  if (seen == NULL)
    rx_note_add (note, "never-observed");
  else if (seen > lost)
    rx_note_add (note, "intermittent");
  else
    rx_note_add (note, "dropped-out-before=%s", d->periods[lost - pattern]);
}

static int
by_text (const void *a, const void *b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Rows pattern:AB/OX, ... of a sequence. */
static enum rx_status
add_patterns (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
              size_t sequence, struct rx_rows *rows, struct rx_error *err)
{
  size_t n = 0;
  enum rx_status status = RX_OK;
  char *text = rx_array (d->n_subjects, d->n_periods + 1);
  char **pattern = rx_array (d->n_subjects, sizeof *pattern);
  if (text == NULL || pattern == NULL)
    status = rx_fail_memory (err);
  for (size_t s = 0; s < d->n_subjects && status == RX_OK; s++)
    if (d->sequence_of[s] == sequence)
      {
        pattern[n] = text + n * (d->n_periods + 1);
        mark (d, endpoint, s, pattern[n++]);
      }
  if (status == RX_OK)
    qsort (pattern, n, sizeof *pattern, by_text);
  for (size_t i = 0, next; i < n && status == RX_OK; i = next)
    {
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      for (next = i; next < n && strcmp (pattern[i], pattern[next]) == 0;)
        next++;
      row.endpoint = endpoint->name;
      row.method = "disposition";
      row.term = rx_strings_format (&rows->strings, "pattern:%s/%s",
                                    d->sequences[sequence], pattern[i]);
      row.n = (double)(next - i);
      word_pattern (d, pattern[i], &note);
      row.note = note.text;
      status = row.term == NULL ? rx_fail_memory (err)
                                : rx_rows_add (rows, &row, err);
    }
  free (text);
  free (pattern);
  return status;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *d,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
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
      if (status == RX_OK && sequence != NULL)
        status = add_patterns (d, endpoint, q, rows, err);
    }
  return status;
}

const struct rx_method rx_method_disposition = {
  .name = "disposition",
  .title = "Subjects randomised, with every period, and lost when, per "
           "sequence",
  .source = "",
  .words = "Subjects in the file, subjects with every period and the patterns "
           "of missing periods are counted per sequence.",
  .crossover = run_crossover,
  .whole_trial = true,
};
