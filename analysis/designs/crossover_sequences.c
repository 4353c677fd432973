/* crossover_sequences.c: the sequence of every subject, and the plan of every
   sequence.

   The label is read ("AB", or parted by - / , or a blank: "D1-D2-P"), or
   follows from the treatments of the periods. */
#include "designs/crossover_builder.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *
treatment_label (const struct rx_crossover *d, size_t subject, size_t period)
{
  int t = d->treatment_at[subject * d->n_periods + period];
  return t == RX_NO_TREATMENT ? "." : d->treatments[t];
}

/* "AB", or "D1-D2-P" when a treatment's name is longer than a letter. */
static const char *
derive_label (struct rx_crossover_builder *b, size_t subject)
{
  struct rx_crossover *d = b->design;
  struct rx_text label = { 0 };
  bool letters = true;
  for (size_t t = 0; t < d->n_treatments; t++)
    letters = letters && rx_text_width (d->treatments[t]) == 1;
  for (size_t p = 0; p < d->n_periods; p++)
    {
      if (p > 0 && !letters)
        rx_text_addc (&label, '-');
      rx_text_addz (&label, treatment_label (d, subject, p));
    }
  const char *kept
      = label.failed ? NULL : rx_builder_keep (b, rx_text_string (&label));
  rx_text_free (&label);
  return kept;
}

/* Could a subject seen in part have had the whole sequence of another? */
static bool
agrees (const struct rx_crossover *d, size_t part, size_t whole)
{
  for (size_t p = 0; p < d->n_periods; p++)
    {
      int a = d->treatment_at[part * d->n_periods + p];
      int w = d->treatment_at[whole * d->n_periods + p];
      if (w == RX_NO_TREATMENT || (a != RX_NO_TREATMENT && a != w))
        return false;
    }
  return true;
}

/* Without a sequence column the label follows from the treatments.  A subject
   with a period missing gets the one complete sequence that agrees with what
   was seen; where several do, its label shows a dot. */
static enum rx_status
derive_sequences (struct rx_crossover_builder *b, const char **label)
{
  const struct rx_crossover *d = b->design;
  for (size_t s = 0; s < d->n_subjects; s++)
    if ((label[s] = derive_label (b, s)) == NULL)
      return rx_fail_memory (b->err);
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      if (agrees (d, s, s))
        continue;
      const char *only = NULL;
      bool several = false;
      for (size_t w = 0; w < d->n_subjects; w++)
        if (agrees (d, s, w))
          {
            several = only != NULL && strcmp (only, label[w]) != 0;
            only = label[w];
            if (several)
              break;
          }
      if (only != NULL && !several)
        label[s] = only;
    }
  return RX_OK;
}

/* With a sequence column: one label per subject. */
static enum rx_status
read_sequences (struct rx_crossover_builder *b,
                const struct rx_levels *subjects, const char **label)
{
  size_t *first = rx_array (subjects->n, sizeof *first);
  if (first == NULL)
    return rx_fail_memory (b->err);
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < b->n_rows && status == RX_OK; i++)
    {
      size_t row = b->row[i];
      size_t s
          = rx_levels_find (subjects, rx_builder_cell (b, row, b->subject));
      const char *found = rx_builder_cell (b, row, b->sequence);
      char quoted[RX_QUOTED_SIZE];
      if (label[s] == NULL)
        {
          label[s] = found;
          first[s] = row;
        }
      else if (strcmp (label[s], found) != 0)
        status = rx_fail_at (
            b->err, RX_EDATA, rx_table_where (b->table, row, b->sequence),
            "found %s, expected %s: subject %s is in that sequence on line "
            "%zu, and a subject has one sequence",
            rx_quotez (quoted, found), label[s], subjects->name[s],
            b->table->lines[first[s]]);
    }
  free (first);
  return status;
}

/* The plan of each sequence, from its subjects; a subject who departs from
   the treatment seen first for the sequence and period is an error. */
static enum rx_status
make_plan (struct rx_crossover_builder *b)
{
  struct rx_crossover *d = b->design;
  size_t n = d->n_sequences * d->n_periods;
  d->plan = rx_array (n, sizeof *d->plan);
  if (d->plan == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < n; i++)
    d->plan[i] = RX_NO_TREATMENT;
  for (size_t s = 0; s < d->n_subjects; s++)
    for (size_t p = 0; p < d->n_periods; p++)
      {
        int found = d->treatment_at[s * d->n_periods + p];
        int *planned = &d->plan[d->sequence_of[s] * d->n_periods + p];
        if (found == RX_NO_TREATMENT)
          continue;
        if (*planned == RX_NO_TREATMENT)
          *planned = found;
        else if (*planned != found)
          return rx_fail_at (
              b->err, RX_EDATA,
              rx_table_where (b->table, b->row_at[s * d->n_periods + p],
                              b->spec->wide ? b->sequence : b->treatment),
              "found \"%s\" for subject %s, expected %s as for the other "
              "subjects of sequence %s in period %s",
              d->treatments[found], d->subjects[s], d->treatments[*planned],
              d->sequences[d->sequence_of[s]], d->periods[p]);
      }
  return RX_OK;
}

enum rx_status
rx_builder_sequences (struct rx_crossover_builder *b,
                      const struct rx_levels *subjects)
{
  struct rx_crossover *d = b->design;
  struct rx_levels sequences = { 0 };
  const char **label = rx_array (d->n_subjects, sizeof *label);
  if (label == NULL)
    return rx_fail_memory (b->err);
  enum rx_status status = b->has_sequence ? read_sequences (b, subjects, label)
                                          : derive_sequences (b, label);
  if (status == RX_OK)
    status = rx_levels_of (label, d->n_subjects, &sequences, b->err);
  for (size_t s = 0; status == RX_OK && s < d->n_subjects; s++)
    d->sequence_of[s] = rx_levels_find (&sequences, label[s]);
  for (size_t i = 0; status == RX_OK && i < sequences.n; i++)
    if ((sequences.name[i] = rx_builder_keep (b, sequences.name[i])) == NULL)
      status = rx_fail_memory (b->err);
  d->sequences = sequences.name;
  d->n_sequences = sequences.n;
  free (label);
  return status == RX_OK ? make_plan (b) : status;
}

/* Splits a sequence's label into n treatments; false when it has not n. */
static bool
split_label (struct rx_crossover_builder *b, const char *label, size_t n,
             const char **out)
{
  size_t parts = 0;
  if (strpbrk (label, "-/, ") == NULL && rx_text_width (label) == n)
    {
      for (const char *s = label; *s != '\0' && parts < n; parts++)
        {
          size_t length
              = rx_utf8_length ((const unsigned char *)s, strlen (s));
          length = length > 0 ? length : 1;
          out[parts] = rx_strings_add (&b->design->strings, s, length);
          s += length;
        }
      return true;
    }
  for (const char *s = label; *s != '\0';)
    {
      size_t length = strcspn (s, "-/, ");
      if (length == 0 || parts == n)
        return false;
      out[parts++] = rx_strings_add (&b->design->strings, s, length);
      s += length;
      s += *s != '\0';
    }
  return parts == n;
}

enum rx_status
rx_builder_split_labels (struct rx_crossover_builder *b, size_t n_periods,
                         const char **names)
{
  for (size_t i = 0; i < b->n_rows; i++)
    {
      const char *label = rx_builder_cell (b, b->row[i], b->sequence);
      char quoted[RX_QUOTED_SIZE];
      if (!split_label (b, label, n_periods, names + i * n_periods))
        return rx_fail_at (
            b->err, RX_EDATA,
            rx_table_where (b->table, b->row[i], b->sequence),
            "found %s, expected the treatments of %zu periods, as in \"AB\" "
            "or \"drug-placebo\"",
            rx_quotez (quoted, label), n_periods);
      for (size_t p = 0; p < n_periods; p++)
        if (names[i * n_periods + p] == NULL)
          return rx_fail_memory (b->err);
    }
  return RX_OK;
}
