/* comparisons.c: each comparison of a design, handed to a method's test. */
#include "methods/comparisons.h"

#include "base/random.h"
#include "methods/mcnemar_row.h"
#include "methods/preference.h"

bool
rx_method_serves_crossover (const struct rx_method *method)
{
  return method->crossover != NULL || method->paired != NULL
         || method->resampled != NULL || method->abba != NULL
         || method->discordant != NULL || method->preference != NULL;
}

bool
rx_method_serves_before_after (const struct rx_method *method)
{
  return method->before_after != NULL || method->over_rows != NULL
         || (method->measures != 0
             && (method->paired != NULL || method->resampled != NULL
                 || method->discordant != NULL));
}

/* --- a crossover trial --- */

static enum rx_status
test_contrast (const struct rx_method *method,
               const struct rx_binary_contrast *of,
               const struct rx_method_options *options, uint64_t stream,
               struct rx_row *row, struct rx_note *note, struct rx_error *err)
{
  if (method->resampled != NULL)
    return method->resampled (of->differences, options, stream, row, note,
                              err);
  if (method->paired != NULL)
    return method->paired (of->differences, options->level, row, note, err);
  *row
      = rx_mcnemar_contrast_row (of, options->level, method->discordant, note);
  return RX_OK;
}

static enum rx_status
one_contrast (const struct rx_method *method,
              const struct rx_crossover *design,
              const struct rx_endpoint *endpoint, size_t test,
              const struct rx_method_options *options, const char *term,
              struct rx_rows *rows, struct rx_error *err)
{
  const char *const names[] = { rows->analysis, endpoint->name, term };
  uint64_t stream = rx_random_stream (names, sizeof names / sizeof names[0]);
  struct rx_contrast contrast;
  struct rx_note note = { "" };
  struct rx_row row;
  if (rx_crossover_paired (design, endpoint, test, design->reference,
                           &contrast, err)
      != RX_OK)
    return err->status;
  struct rx_binary_contrast of = { design, endpoint, test, &contrast };
  enum rx_status status
      = test_contrast (method, &of, options, stream, &row, &note, err);
  if (status == RX_OK)
    status = rx_fill_crossover (rows, row, design, endpoint, method->name,
                                term, true, &note, err);
  rx_contrast_free (&contrast);
  return status;
}

static enum rx_status
each_contrast (const struct rx_method *method,
               const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  enum rx_status status = RX_OK;
  if (design->n_treatments == 2)
    return one_contrast (method, design, endpoint, design->test, options,
                         "treatment", rows, err);
  for (size_t t = 0; t < design->n_treatments && status == RX_OK; t++)
    {
      if (t == design->reference)
        continue;
      const char *term
          = rx_strings_format (&rows->strings, "%s-%s", design->treatments[t],
                               design->treatments[design->reference]);
      status = term == NULL ? rx_fail_memory (err)
                            : one_contrast (method, design, endpoint, t,
                                            options, term, rows, err);
    }
  return status;
}

/* Grizzle, Biometrics 1965;21:467-480; Hills & Armitage, Br J Clin Pharmacol
   1979;8:7-20: what each term compares between the sequences. */
const struct rx_abba_term rx_abba_terms[] = {
  { "treatment", RX_ABBA_PERIOD_DIFFERENCE, 0.5 },
  { "period", RX_ABBA_CROSSOVER_DIFFERENCE, 0.5 },
  { "carryover", RX_ABBA_TOTAL, 1 },
};
const size_t rx_n_abba_terms = sizeof rx_abba_terms / sizeof rx_abba_terms[0];

static enum rx_status
each_abba_term (const struct rx_method *method,
                const struct rx_crossover *design,
                const struct rx_endpoint *endpoint, double level,
                struct rx_rows *rows, struct rx_error *err)
{
  struct rx_contrast a = { 0 }, b = { 0 };
  enum rx_status status = rx_contrast_alloc (&a, design->n_subjects, err);
  if (status == RX_OK)
    status = rx_contrast_alloc (&b, design->n_subjects, err);
  for (size_t i = 0; i < rx_n_abba_terms && status == RX_OK; i++)
    {
      const struct rx_abba_term *term = &rx_abba_terms[i];
      struct rx_note note = { "" };
      struct rx_row row;
      status = rx_crossover_abba_again (design, endpoint, term->contrast, &a,
                                        &b, err);
      if (status == RX_OK && (a.n == 0 || b.n == 0))
        rx_note_add (&note, "empty-sequence");
      if (status == RX_OK)
        status = method->abba (&a, &b, term->factor, level, &row, &note, err);
      if (status == RX_OK)
        status = rx_fill_crossover (rows, row, design, endpoint, method->name,
                                    term->term, i == 0, &note, err);
    }
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return status;
}

static enum rx_status
preferences (const struct rx_method *method, const struct rx_crossover *design,
             const struct rx_endpoint *endpoint, double level,
             struct rx_rows *rows, struct rx_error *err)
{
  struct rx_preference preference;
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  enum rx_status status
      = rx_preference_make (&preference, design, endpoint, err);
  if (status == RX_OK)
    status = method->preference (&preference, level, &row, &note, err);
  if (status == RX_OK)
    status = rx_fill_crossover (rows, row, design, endpoint, method->name,
                                "treatment", true, &note, err);
  rx_preference_free (&preference);
  return status;
}

enum rx_status
rx_method_crossover (const struct rx_method *method,
                     const struct rx_crossover *design,
                     const struct rx_endpoint *endpoint,
                     const struct rx_method_options *options,
                     struct rx_rows *rows, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  if (method->paired != NULL || method->resampled != NULL
      || method->discordant != NULL)
    status = each_contrast (method, design, endpoint, options, rows, err);
  else if (method->abba != NULL)
    status
        = each_abba_term (method, design, endpoint, options->level, rows, err);
  else if (method->preference != NULL)
    status = preferences (method, design, endpoint, options->level, rows, err);
  if (status == RX_OK && method->crossover != NULL)
    status = method->crossover (method, design, endpoint, options, rows, err);
  return status;
}

/* --- windows before and after --- */

static enum rx_status
test_cell (const struct rx_method *method,
           const struct rx_before_after_cell *cell,
           const struct rx_method_options *options, const char *analysis,
           struct rx_row *row, struct rx_note *note, struct rx_error *err)
{
  struct rx_contrast d;
  if (method->discordant != NULL)
    {
      struct rx_mcnemar pairs = rx_mcnemar_of_cell (cell, options->level);
      *row = method->discordant (&pairs, options->level, note);
      return RX_OK;
    }
  if (rx_cell_differences (cell, &d, err) != RX_OK)
    return err->status;
  const char *const names[] = { analysis, cell->outcome, cell->measure->name,
                                cell->group, "change" };
  enum rx_status status
      = method->resampled != NULL
            ? method->resampled (
                &d, options,
                rx_random_stream (names, sizeof names / sizeof names[0]), row,
                note, err)
            : method->paired (&d, options->level, row, note, err);
  rx_contrast_free (&d);
  return status;
}

enum rx_status
rx_method_before_after (const struct rx_method *method,
                        const struct rx_before_after *design,
                        const struct rx_before_after_cell *cell,
                        const struct rx_method_options *options,
                        struct rx_rows *rows, struct rx_error *err)
{
  if (method->paired != NULL || method->resampled != NULL
      || method->discordant != NULL)
    {
      struct rx_note note = { "" };
      struct rx_row row;
      if (test_cell (method, cell, options, rows->analysis, &row, &note, err)
              != RX_OK
          || rx_fill_before_after (rows, row, cell, method->name, "change",
                                   &note, err)
                 != RX_OK)
        return err->status;
    }
  return method->before_after == NULL
             ? RX_OK
             : method->before_after (design, cell, options, rows, err);
}
