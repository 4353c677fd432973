/* crossover_strata.c: one design for the whole trial, one for each stratum. */
#include "designs/crossover_strata.h"

#include "base/names.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct build
{
  const struct rx_table *table;
  size_t subject, column;
  struct rx_levels subjects, levels;
  size_t *first; /* [subjects.n] row that told a subject's stratum */
  struct rx_error *err;
};

/* The values of a column that are not missing, sorted, each once. */
static enum rx_status
levels_of (const struct build *b, size_t column, struct rx_levels *levels)
{
  const struct rx_table *table = b->table;
  size_t n = 0;
  const char **value = rx_array (table->n_rows, sizeof *value);
  if (value == NULL)
    return rx_fail_memory (b->err);
  for (size_t r = 0; r < table->n_rows; r++)
    if (!rx_table_missing (table, r, column))
      value[n++] = rx_table_cell (table, r, column);
  enum rx_status status = rx_levels_of (value, n, levels, b->err);
  free (value);
  return status;
}

/* Each subject in one stratum at the most. */
static enum rx_status
check_subjects (struct build *b)
{
  char quoted[2][RX_QUOTED_SIZE];
  const struct rx_table *table = b->table;
  for (size_t r = 0; r < table->n_rows; r++)
    {
      if (rx_table_missing (table, r, b->subject)
          || rx_table_missing (table, r, b->column))
        continue;
      const char *found = rx_table_cell (table, r, b->column);
      size_t *first = &b->first[rx_levels_find (
          &b->subjects, rx_table_cell (table, r, b->subject))];
      if (*first == RX_NO_ROW)
        *first = r;
      const char *before = rx_table_cell (table, *first, b->column);
      if (strcmp (before, found) != 0)
        return rx_fail_at (
            b->err, RX_EDATA, rx_table_where (table, r, b->column),
            "found %s, expected %s: subject %s is in that stratum on line %zu",
            rx_quotez (quoted[0], found), rx_quotez (quoted[1], before),
            rx_table_cell (table, r, b->subject), table->lines[*first]);
    }
  return RX_OK;
}

static enum rx_status
find_strata (struct build *b, const struct rx_crossover_spec *spec,
             struct rx_crossover_strata *strata)
{
  const char *subject = spec->subject != NULL ? spec->subject : "subject";
  if (rx_table_column (b->table, subject, &b->subject, b->err) != RX_OK
      || rx_table_column (b->table, spec->by, &b->column, b->err) != RX_OK
      || levels_of (b, b->subject, &b->subjects) != RX_OK
      || levels_of (b, b->column, &b->levels) != RX_OK)
    return b->err->status;
  b->first = rx_array (b->subjects.n, sizeof *b->first);
  if (b->first == NULL)
    return rx_fail_memory (b->err);
  for (size_t s = 0; s < b->subjects.n; s++)
    b->first[s] = RX_NO_ROW;
  strata->level = b->levels.name;
  strata->n = b->levels.n;
  if (check_subjects (b) != RX_OK)
    return b->err->status;
  for (size_t s = 0; s < b->subjects.n; s++)
    strata->without += b->first[s] == RX_NO_ROW;
  return RX_OK;
}

/* The design of the subjects of that stratum. */
static enum rx_status
build_one (const struct build *b, const struct rx_crossover_spec *spec,
           const char *level, bool *skip, struct rx_crossover *design)
{
  struct rx_crossover_spec one = *spec;
  for (size_t r = 0; r < b->table->n_rows; r++)
    {
      size_t s
          = rx_table_missing (b->table, r, b->subject)
                ? b->subjects.n
                : rx_levels_find (&b->subjects,
                                  rx_table_cell (b->table, r, b->subject));
      size_t first = s < b->subjects.n ? b->first[s] : RX_NO_ROW;
      skip[r]
          = first == RX_NO_ROW
            || strcmp (rx_table_cell (b->table, first, b->column), level) != 0;
    }
  one.skip = skip;
  return rx_crossover_build (design, b->table, &one, b->err);
}

enum rx_status
rx_crossover_strata_build (struct rx_crossover_strata *strata,
                           const struct rx_table *table,
                           const struct rx_crossover_spec *spec,
                           struct rx_error *err)
{
  struct build b = { .table = table, .err = err };
  enum rx_status status = RX_OK;
  *strata = (struct rx_crossover_strata){ .column = spec->by };
  if (spec->by != NULL)
    status = find_strata (&b, spec, strata);
  strata->design = rx_array (strata->n + 1, sizeof *strata->design);
  bool *skip = rx_array (table->n_rows, sizeof *skip);
  if (status == RX_OK && (strata->design == NULL || skip == NULL))
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = rx_crossover_build (&strata->design[0], table, spec, err);
  for (size_t i = 0; i < strata->n && status == RX_OK; i++)
    status
        = build_one (&b, spec, strata->level[i], skip, &strata->design[i + 1]);
  free (skip);
  free (b.first);
  free (b.subjects.name);
  return status;
}

void
rx_crossover_strata_free (struct rx_crossover_strata *strata)
{
  for (size_t i = 0; strata->design != NULL && i <= strata->n; i++)
    rx_crossover_free (&strata->design[i]);
  free (strata->design);
  free (strata->level);
  *strata = (struct rx_crossover_strata){ 0 };
}
