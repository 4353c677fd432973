/* national.c: each row of the table checked and kept. */
#include "designs/national.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct at /* columns by number */
{
  size_t outcome, measure, before, after;
};

static enum rx_status
find_columns (const struct rx_table *table,
              const struct rx_national_columns *columns, struct at *at,
              struct rx_error *err)
{
  if (rx_table_column (table, columns->outcome, &at->outcome, err) != RX_OK
      || rx_table_column (table, columns->measure, &at->measure, err) != RX_OK
      || rx_table_column (table, columns->before, &at->before, err) != RX_OK
      || rx_table_column (table, columns->after, &at->after, err) != RX_OK)
    return err->status;
  return RX_OK;
}

/* The name in the cell must be one of names[0..n). */
static enum rx_status
fail_name (const struct rx_table *table, size_t row, size_t column,
           const char *what, const char *names, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, column),
                     "found %s, expected %s of the analysis: %s",
                     rx_quotez (found, rx_table_cell (table, row, column)),
                     what, names);
}

static enum rx_status
read_outcome (const struct rx_table *table, size_t row, size_t column,
              const struct rx_outcome *outcomes, size_t n,
              struct rx_national *national, const char **out,
              struct rx_error *err)
{
  const char *name = rx_table_cell (table, row, column);
  struct rx_text names = { 0 };
  for (size_t i = 0; i < n; i++)
    {
      if (strcmp (outcomes[i].name, name) == 0)
        {
          rx_text_free (&names);
          *out = rx_strings_addz (&national->strings, name);
          return *out == NULL ? rx_fail_memory (err) : RX_OK;
        }
      rx_text_addf (&names, "%s%s", i > 0 ? ", " : "", outcomes[i].name);
    }
  fail_name (table, row, column, "an outcome", rx_text_string (&names), err);
  rx_text_free (&names);
  return err->status;
}

static enum rx_status
read_measure (const struct rx_table *table, size_t row, size_t column,
              const struct rx_measure_name **out, struct rx_error *err)
{
  const char *name = rx_table_cell (table, row, column);
  struct rx_text names = { 0 };
  for (size_t m = 0; m < rx_n_measures; m++)
    {
      rx_text_addf (&names, "%s%s", m > 0 ? ", " : "", rx_measures[m].name);
      if (strcmp (rx_measures[m].name, name) == 0)
        {
          *out = &rx_measures[m];
          rx_text_free (&names);
          return RX_OK;
        }
    }
  fail_name (table, row, column, "a measure", rx_text_string (&names), err);
  rx_text_free (&names);
  return err->status;
}

static enum rx_status
read_figure (const struct rx_table *table, size_t row, size_t column,
             struct rx_number *out, struct rx_error *err)
{
  bool missing;
  char found[RX_QUOTED_SIZE];
  if (rx_table_number (table, row, column, out, &missing, err) != RX_OK)
    return err->status;
  if (missing)
    *out = (struct rx_number){ .value = NAN };
  if (!(out->value < 0))
    return RX_OK;
  return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, column),
                     "found %s, expected 0 or more",
                     rx_quotez (found, rx_table_cell (table, row, column)));
}

/* 20 to 21.88 is 9.4, and not 9.399999999999995. */
static double
percent (struct rx_number before, struct rx_number after)
{
  int64_t a, b, rise, hundred;
  int decimals
      = before.decimals > after.decimals ? before.decimals : after.decimals;
  if (isnan (before.value) || isnan (after.value) || before.value == 0)
    return NAN;
  if (before.is_decimal && after.is_decimal
      && rx_number_rescale (before, decimals, &b)
      && rx_number_rescale (after, decimals, &a)
      && !__builtin_sub_overflow (a, b, &rise)
      && !__builtin_mul_overflow (rise, (int64_t)100, &hundred))
    return (double)hundred / (double)b;
  return 100 * (after.value - before.value) / before.value;
}

static enum rx_status
read_row (struct rx_national *national, const struct rx_table *table,
          const struct at *at, size_t row, const struct rx_outcome *outcomes,
          size_t n_outcomes, struct rx_error *err)
{
  struct rx_national_figure *figure = &national->figure[row];
  struct rx_number before, after;
  if (read_outcome (table, row, at->outcome, outcomes, n_outcomes, national,
                    &figure->outcome, err)
          != RX_OK
      || read_measure (table, row, at->measure, &figure->measure, err) != RX_OK
      || read_figure (table, row, at->before, &before, err) != RX_OK
      || read_figure (table, row, at->after, &after, err) != RX_OK)
    return err->status;
  figure->before = before.value;
  figure->after = after.value;
  figure->percent = percent (before, after);
  if (rx_national_find (national, figure->outcome, figure->measure) != NULL)
    return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, at->outcome),
                       "the %s of %s have a figure already, expected one",
                       figure->measure->name, figure->outcome);
  national->n++;
  return RX_OK;
}

enum rx_status
rx_national_build (struct rx_national *national, const struct rx_table *table,
                   const struct rx_national_columns *columns,
                   const struct rx_outcome *outcomes, size_t n_outcomes,
                   struct rx_error *err)
{
  struct at at;
  *national = (struct rx_national){ 0 };
  national->figure = rx_array (table->n_rows, sizeof *national->figure);
  enum rx_status status = national->figure == NULL
                              ? rx_fail_memory (err)
                              : find_columns (table, columns, &at, err);
  for (size_t row = 0; row < table->n_rows && status == RX_OK; row++)
    status = read_row (national, table, &at, row, outcomes, n_outcomes, err);
  if (status != RX_OK)
    rx_national_free (national);
  return status;
}

void
rx_national_free (struct rx_national *national)
{
  free (national->figure);
  rx_strings_free (&national->strings);
  *national = (struct rx_national){ 0 };
}

const struct rx_national_figure *
rx_national_find (const struct rx_national *national, const char *outcome,
                  const struct rx_measure_name *measure)
{
  for (size_t i = 0; i < national->n; i++)
    if (national->figure[i].measure == measure
        && strcmp (national->figure[i].outcome, outcome) == 0)
      return &national->figure[i];
  return NULL;
}
