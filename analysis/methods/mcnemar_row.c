/* mcnemar_row.c: the common part of the rows of the McNemar tests. */
#include "methods/mcnemar_row.h"

#include <math.h>

struct rx_mcnemar
rx_mcnemar_of_cell (const struct rx_before_after_cell *cell, double level)
{
  size_t only_before = 0, only_after = 0, both = 0;
  for (size_t i = 0; i < cell->n; i++)
    {
      bool before = cell->before[i] > 0, after = cell->after[i] > 0;
      only_before += before && !after;
      only_after += after && !before;
      both += before && after;
    }
  struct rx_mcnemar pairs
      = rx_mcnemar (only_before, only_after, cell->n, level);
  pairs.both = both;
  return pairs;
}

struct rx_row
rx_mcnemar_row (const struct rx_mcnemar *test, double level,
                struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)test->n;
  if (test->n == 0)
    {
      rx_note_add (note, "no-subjects");
      return row;
    }
  row.estimate = test->estimate;
  row.std_error = test->se;
  row.conf_level = level;
  row.conf_low = test->low;
  row.conf_high = test->high;
  if (test->only_before + test->only_after == 0)
    rx_note_add (note, "no-discordant");
  return row;
}

bool
rx_mcnemar_of_contrast (const struct rx_binary_contrast *of, double level,
                        struct rx_mcnemar *pairs, struct rx_note *note)
{
  const struct rx_contrast *d = of->differences;
  size_t only_reference = 0, only_test = 0, both = 0;
  for (size_t i = 0; i < d->n; i++)
    {
      only_reference += d->value[i] < 0;
      only_test += d->value[i] > 0;
      both += d->value[i] == 0
              && rx_crossover_mean (of->design, of->endpoint, d->subject[i],
                                    of->test)
                     > 0;
    }
  *pairs = rx_mcnemar (only_reference, only_test, d->n, level);
  pairs->both = both;
  if (d->n == 0 || d->scale > 0)
    return true;
  rx_note_add (note, "treatment-repeated"); /* differences of means */
  return false;
}

struct rx_row
rx_mcnemar_contrast_row (const struct rx_binary_contrast *of, double level,
                         rx_discordant_test *test, struct rx_note *note)
{
  struct rx_mcnemar pairs;
  struct rx_row row = rx_row_blank ();
  row.n = (double)of->differences->n;
  return rx_mcnemar_of_contrast (of, level, &pairs, note)
             ? test (&pairs, level, note)
             : row;
}

struct rx_row
rx_change_row (const struct rx_mcnemar *pairs,
               struct rx_change_interval interval, double level,
               struct rx_note *note)
{
  struct rx_row row = rx_mcnemar_row (pairs, level, note);
  row.std_error = NAN; /* Wald's, which the interval does not rest on */
  row.conf_low = interval.low;
  row.conf_high = interval.high;
  return row;
}
