/* remarks_crossover.c: the design, its completers, and what is awkward. */
#include "methods/remarks_crossover.h"

#include "base/memory.h"
#include "base/text.h"
#include "data/intern.h"
#include "designs/cycles.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Are the same responses missing of two endpoints? */
static bool
lacks_the_same (const struct rx_crossover *design, size_t e, size_t f)
{
  const double *y = design->endpoints[e].y, *z = design->endpoints[f].y;
  bool same = true;
  for (size_t i = 0; i < design->n_subjects * design->n_periods; i++)
    same &= !isnan (y[i]) == !isnan (z[i]);
  return same;
}

/* Numbers the endpoints by which subjects have every period of them, from 0
   as they are first seen. */
static enum rx_status
number_completers (const struct rx_crossover *design, uint32_t *number,
                   struct rx_error *err)
{
  size_t n = design->n_subjects;
  struct rx_strings strings = { 0 };
  struct rx_intern patterns = { .strings = &strings };
  char *pattern = rx_array (n, 1);
  enum rx_status status = pattern == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t e = 0; e < design->n_endpoints && status == RX_OK; e++)
    {
      struct rx_intern_key key;
      if (e > 0 && lacks_the_same (design, e - 1, e))
        {
          number[e] = number[e - 1];
          continue;
        }
      for (size_t s = 0; s < n; s++)
        pattern[s] = rx_crossover_complete (design, &design->endpoints[e], s)
                         ? 'x'
                         : '.';
      rx_intern_key (&key, pattern, n);
      status = rx_intern_add (&patterns, &key, &number[e], err);
    }
  free (pattern);
  rx_intern_free (&patterns);
  rx_strings_free (&strings);
  return status;
}

enum
{
  NAMES_MOST = 20 /* incomplete subjects named in a remark; the rows of
                     `disposition` name them all */
};

static void
list_incomplete (const struct rx_crossover *design, size_t endpoint,
                 struct rx_text *text)
{
  size_t shown = 0, n = 0;
  for (size_t s = 0; s < design->n_subjects; s++)
    {
      if (rx_crossover_complete (design, &design->endpoints[endpoint], s))
        continue;
      n++;
      if (shown < NAMES_MOST)
        rx_text_addf (text, "%s%s", shown++ > 0 ? ", " : "",
                      design->subjects[s]);
    }
  if (n > shown)
    rx_text_addf (text, " and %zu more", n - shown);
}

static void
count_sequence (const struct rx_crossover *design, size_t endpoint,
                size_t sequence, size_t *complete, size_t *all)
{
  *complete = *all = 0;
  for (size_t s = 0; s < design->n_subjects; s++)
    if (design->sequence_of[s] == sequence)
      {
        ++*all;
        *complete
            += rx_crossover_complete (design, &design->endpoints[endpoint], s);
      }
}

/* "Completers of PEF: 13 of 16 randomised (FS 7 of 8, SF 6 of 8); without
   every period: S03, S07, S09." for the endpoints that share them. */
static void
word_completers (const struct rx_crossover *design, const uint32_t *number,
                 size_t endpoint, struct rx_text *text)
{
  size_t complete = 0;
  rx_text_addz (text, "Completers of");
  const char *mark = " ";
  for (size_t e = endpoint; e < design->n_endpoints; e++)
    if (number[e] == number[endpoint])
      {
        rx_text_addz (text, mark);
        rx_text_addz (text, design->endpoints[e].name);
        mark = ", ";
      }
  for (size_t s = 0; s < design->n_subjects; s++)
    complete
        += rx_crossover_complete (design, &design->endpoints[endpoint], s);
  rx_text_addf (text, ": %zu of %zu %ss", complete, design->n_subjects,
                rx_crossover_unit (design));
  for (size_t q = 0; q < design->n_sequences; q++)
    {
      size_t some, all;
      count_sequence (design, endpoint, q, &some, &all);
      rx_text_addf (text, "%s%s %zu of %zu", q == 0 ? " (" : ", ",
                    design->sequences[q], some, all);
    }
  rx_text_addz (text, ")");
  if (complete < design->n_subjects)
    {
      rx_text_addz (text, "; without every period: ");
      list_incomplete (design, endpoint, text);
    }
  rx_text_addz (text, ".");
}

static enum rx_status
remark_completers (const struct rx_crossover *design, struct rx_rows *rows,
                   struct rx_error *err)
{
  uint32_t *number = rx_array (design->n_endpoints, sizeof *number), said = 0;
  enum rx_status status = number == NULL
                              ? rx_fail_memory (err)
                              : number_completers (design, number, err);
  for (size_t e = 0; e < design->n_endpoints && status == RX_OK; e++)
    {
      if (number[e] < said)
        continue;
      struct rx_text text = { 0 };
      word_completers (design, number, e, &text);
      said++;
      status = text.failed ? rx_fail_memory (err)
                           : rx_rows_remark (rows, false, err, "%s",
                                             rx_text_string (&text));
      rx_text_free (&text);
    }
  free (number);
  return status;
}

/* Two sequences with the same treatments: a column is wrong, or the labels
   mean something else (strata). */
static enum rx_status
warn_same_plans (const struct rx_crossover *design, struct rx_rows *rows,
                 struct rx_error *err)
{
  size_t bytes = design->n_periods * sizeof *design->plan;
  for (size_t a = 0; a < design->n_sequences; a++)
    for (size_t b = a + 1; b < design->n_sequences; b++)
      if (memcmp (design->plan + a * design->n_periods,
                  design->plan + b * design->n_periods, bytes)
              == 0
          && rx_rows_remark (rows, true, err,
                             "Sequences %s and %s give the same treatments in "
                             "the same order: is the column of the sequence "
                             "or of the treatment another one?",
                             design->sequences[a], design->sequences[b])
                 != RX_OK)
        return err->status;
  return RX_OK;
}

static enum rx_status
remark_clusters (const struct rx_crossover *design, struct rx_rows *rows,
                 struct rx_error *err)
{
  if (design->persons == 0)
    return RX_OK;
  return rx_rows_remark (
      rows, false, err,
      "The file has %zu rows of persons in %zu clusters. Every "
      "response is the mean of "
      "a cluster's persons in a period; n counts clusters.",
      design->persons, design->n_subjects);
}

/* Replicate designs give treatments in pairs as well, in few sequences. */
static enum rx_status
remark_cycles (const struct rx_crossover *design, struct rx_rows *rows,
               struct rx_error *err)
{
  enum
  {
    SEQUENCES_OF_REPLICATES = 4
  };
  if (!rx_crossover_has_cycles (design)
      || (design->n_sequences <= SEQUENCES_OF_REPLICATES
          && design->n_subjects > 1))
    return RX_OK;
  return rx_rows_remark (
      rows, false, err,
      "Both treatments stand in each of %zu pairs of periods, as in n-of-1 "
      "trials: n-of-1-patients, n-of-1-fixed and n-of-1-random analyse the "
      "differences within pairs.",
      design->n_periods / 2);
}

enum rx_status
rx_remarks_crossover (const struct rx_crossover *design, size_t first,
                      struct rx_rows *rows, struct rx_error *err)
{
  const char *words = rx_crossover_words (design, &rows->strings);
  if (words == NULL)
    return rx_fail_memory (err);
  bool two = design->n_treatments == 2;
  if (rx_rows_remark (rows, false, err,
                      "Design: %s. Treatment effects are "
                      "%s minus %s%s.",
                      words,
                      two ? design->treatments[design->test]
                          : "each other treatment",
                      design->treatments[design->reference],
                      design->log ? ", on the natural log scale" : "")
          != RX_OK
      || remark_clusters (design, rows, err) != RX_OK
      || remark_cycles (design, rows, err) != RX_OK
      || remark_completers (design, rows, err) != RX_OK
      || warn_same_plans (design, rows, err) != RX_OK)
    return err->status;
  if (design->blank_rows > 0
      && rx_rows_remark (rows, false, err,
                         "%zu rows without any value were passed over.",
                         design->blank_rows)
             != RX_OK)
    return err->status;
  for (size_t i = first; i < rows->n; i++)
    if (strcmp (rows->row[i].term, "carryover") == 0)
      return rx_rows_remark (
          rows, false, err,
          "The carryover test is shown for the record. Do not let it choose "
          "the analysis: testing first inflates the type I error (Freeman "
          "1989, Stat Med 8:1421-1432).");
  return RX_OK;
}
