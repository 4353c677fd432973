/* fill.c: result rows from what stats/ computed. */
#include "methods/fill.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
rx_note_add (struct rx_note *note, const char *format, ...)
{
  va_list args;
  size_t used = strlen (note->text);
  if (used > 0)
    used += (size_t)snprintf (note->text + used, RX_NOTE_SIZE - used, "; ");
  if (used >= RX_NOTE_SIZE)
    return;
  va_start (args, format);
  vsnprintf (note->text + used, RX_NOTE_SIZE - used, format, args);
  va_end (args);
}

/* Why a test has no p-value, from the count and the standard error. */
static void
explain (struct rx_note *note, size_t n, double se)
{
  if (n == 0)
    rx_note_add (note, "no-subjects");
  else if (n == 1)
    rx_note_add (note, "one-subject");
  else if (se == 0)
    rx_note_add (note, "zero-variance");
  else
    rx_note_add (note, "too-few-subjects");
}

struct rx_row
rx_fill_t (struct rx_t_test test, size_t n, double level, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)n;
  row.estimate = test.estimate;
  row.std_error = test.se;
  row.df = test.df;
  row.statistic = test.statistic;
  row.p_value = test.p;
  row.conf_level = level;
  row.conf_low = test.low;
  row.conf_high = test.high;
  if (isnan (test.p))
    explain (note, n, test.se);
  return row;
}

struct rx_row
rx_fill_rank (struct rx_rank_test test, size_t n, double level,
              struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)n;
  row.estimate = test.estimate;
  row.statistic = test.statistic;
  row.p_value = test.p;
  if (!isnan (test.low))
    {
      row.conf_level = level;
      row.conf_low = test.low;
      row.conf_high = test.high;
    }
  if (test.ties)
    rx_note_add (note, "ties");
  if (test.used < n)
    rx_note_add (note, "zeros-dropped=%zu", n - test.used);
  return row;
}

void
rx_note_endpoint (struct rx_note *note, const struct rx_crossover *design,
                  const struct rx_endpoint *endpoint, double estimate,
                  bool is_treatment)
{
  if (design->log)
    rx_note_add (note, "log");
  if (!is_treatment || endpoint->better[0] == '\0')
    return;
  rx_note_add (note, "better=%s", endpoint->better);
  bool higher = strcmp (endpoint->better, "higher") == 0;
  if (estimate != 0 && !isnan (estimate))
    rx_note_add (note, (estimate > 0) == higher ? "improved" : "worsened");
}

enum rx_status
rx_fill_crossover (struct rx_rows *rows, struct rx_row row,
                   const struct rx_crossover *design,
                   const struct rx_endpoint *endpoint, const char *method,
                   const char *term, bool is_treatment, struct rx_note *note,
                   struct rx_error *err)
{
  row.endpoint = endpoint->name;
  row.method = method;
  row.term = term;
  row.is_effect = is_treatment;
  rx_note_endpoint (note, design, endpoint, row.estimate, is_treatment);
  row.note = note->text;
  return rx_rows_add (rows, &row, err);
}

enum rx_status
rx_fill_before_after (struct rx_rows *rows, struct rx_row row,
                      const struct rx_before_after_cell *cell,
                      const char *method, const char *term,
                      const struct rx_note *note, struct rx_error *err)
{
  row.endpoint = cell->outcome;
  row.measure = cell->measure->name;
  row.group = cell->group;
  row.method = method;
  row.term = term;
  row.is_effect = strcmp (term, "change") == 0;
  struct rx_note all = *note;
  if (cell->control != RX_CONTROL_NONE)
    rx_note_add (&all, "%s-control",
                 cell->control == RX_CONTROL_NEGATIVE ? "negative"
                                                      : "positive");
  row.note = all.text;
  return rx_rows_add (rows, &row, err);
}

static bool
all_equal (const int64_t *key, size_t n)
{
  for (size_t i = 1; i < n; i++)
    if (key[i] != key[0])
      return false;
  return n > 1;
}

struct rx_moments
rx_contrast_moments (const struct rx_contrast *contrast)
{
  struct rx_moments m;
  if (contrast->scale > 0
      && rx_moments_of_units (contrast->key, contrast->n, contrast->scale, &m))
    return m;
  m = rx_moments_of (contrast->value, contrast->n);
  if (all_equal (contrast->key, contrast->n))
    m.variance = 0;
  return m;
}

struct rx_sample
rx_contrast_sample (const struct rx_contrast *contrast)
{
  return (struct rx_sample){ contrast->value, contrast->key, contrast->scale,
                             contrast->n };
}

enum rx_status
rx_cell_differences (const struct rx_before_after_cell *cell,
                     struct rx_contrast *out, struct rx_error *err)
{
  if (rx_contrast_alloc (out, cell->n, err) != RX_OK)
    return err->status;
  out->n = cell->n;
  out->scale = cell->scale;
  for (size_t i = 0; i < cell->n; i++)
    {
      out->key[i] = cell->after[i] - cell->before[i];
      out->value[i] = (double)out->key[i] / cell->scale;
      out->subject[i] = i;
    }
  return RX_OK;
}
