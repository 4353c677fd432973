/* crossover_build.c: from the rows of a file to subjects x periods.

   Two layouts.  Long: a row per subject and period, with its treatment.
   Wide: a row per subject, with a column per period; the sequence then tells
   the treatments, as letters ("AB") or parted by - / , or a blank
   ("D1-D2-P").  Both end in the same struct. */
#include "designs/crossover_builder.h"

#include "designs/cluster_cell.h"
#include "designs/crossover_covariates.h"
#include "designs/endpoint_patterns.h"
#include "designs/responder_threshold.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static enum rx_status
find_columns (struct rx_crossover_builder *b)
{
  const struct rx_crossover_spec *spec = b->spec;
  const char *sequence = rx_builder_default (spec->sequence, "sequence");
  b->has_sequence = spec->wide || spec->sequence != NULL
                    || rx_table_has (b->table, sequence);
  const char *unit = spec->cluster != NULL
                         ? spec->cluster
                         : rx_builder_default (spec->subject, "subject");
  if (rx_table_column (b->table, unit, &b->subject, b->err) != RX_OK
      || (b->has_sequence
          && rx_table_column (b->table, sequence, &b->sequence, b->err)
                 != RX_OK))
    return b->err->status;
  if (spec->wide)
    return RX_OK;
  if (rx_table_column (b->table, rx_builder_default (spec->period, "period"),
                       &b->period, b->err)
          != RX_OK
      || rx_table_column (b->table,
                          rx_builder_default (spec->treatment, "treatment"),
                          &b->treatment, b->err)
             != RX_OK)
    return b->err->status;
  return RX_OK;
}

static bool
blank_row (const struct rx_crossover_builder *b, size_t row)
{
  for (size_t c = 0; c < b->table->n_columns; c++)
    if (!rx_table_missing (b->table, row, c))
      return false;
  return true;
}

/* Rows of empty cells, as spreadsheets export them, are passed over; in all
   others the columns that place the row must not be missing. */
static enum rx_status
choose_rows (struct rx_crossover_builder *b)
{
  size_t needed[4], n_needed = 0;
  needed[n_needed++] = b->subject;
  if (b->has_sequence)
    needed[n_needed++] = b->sequence;
  if (!b->spec->wide)
    {
      needed[n_needed++] = b->period;
      needed[n_needed++] = b->treatment;
    }
  b->row = rx_array (b->table->n_rows, sizeof *b->row);
  if (b->row == NULL)
    return rx_fail_memory (b->err);
  for (size_t r = 0; r < b->table->n_rows; r++)
    {
      if (b->spec->skip != NULL && b->spec->skip[r])
        continue;
      if (blank_row (b, r))
        {
          b->design->blank_rows++;
          continue;
        }
      for (size_t i = 0; i < n_needed; i++)
        if (rx_table_missing (b->table, r, needed[i]))
          {
            char quoted[RX_QUOTED_SIZE];
            return rx_fail_at (
                b->err, RX_EDATA, rx_table_where (b->table, r, needed[i]),
                "found %s, expected a value: every row needs one",
                rx_quotez (quoted, rx_builder_cell (b, r, needed[i])));
          }
      b->row[b->n_rows++] = r;
    }
  if (b->n_rows == 0)
    return rx_fail (b->err, RX_EDATA, "%s: no rows of data below the header",
                    b->table->file);
  return RX_OK;
}

/* The levels of a column over the chosen rows, kept by the design. */
static enum rx_status
levels_of_column (struct rx_crossover_builder *b, size_t column,
                  struct rx_levels *levels)
{
  const char **values = rx_array (b->n_rows, sizeof *values);
  if (values == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < b->n_rows; i++)
    values[i] = rx_builder_cell (b, b->row[i], column);
  enum rx_status status = rx_levels_of (values, b->n_rows, levels, b->err);
  free (values);
  for (size_t i = 0; status == RX_OK && i < levels->n; i++)
    if ((levels->name[i] = rx_builder_keep (b, levels->name[i])) == NULL)
      status = rx_fail_memory (b->err);
  return status;
}

static enum rx_status
allocate_cells (struct rx_crossover_builder *b)
{
  struct rx_crossover *d = b->design;
  size_t n = d->n_subjects * d->n_periods;
  d->treatment_at = rx_array (n, sizeof *d->treatment_at);
  d->sequence_of = rx_array (d->n_subjects, sizeof *d->sequence_of);
  b->row_at = rx_array (n, sizeof *b->row_at);
  if (d->treatment_at == NULL || d->sequence_of == NULL || b->row_at == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < n; i++)
    {
      d->treatment_at[i] = RX_NO_TREATMENT;
      b->row_at[i] = RX_NO_ROW;
    }
  return RX_OK;
}

/* Another row of a cluster in a period. */
static enum rx_status
chain (struct rx_crossover_builder *b, size_t at, size_t row, int treatment,
       const char *cluster)
{
  const struct rx_crossover *d = b->design;
  if (d->treatment_at[at] != treatment)
    return rx_fail_at (b->err, RX_EDATA,
                       rx_table_where (b->table, row, b->treatment),
                       "found %s, expected %s: cluster %s has it in the same "
                       "period on line %zu",
                       rx_builder_cell (b, row, b->treatment),
                       rx_builder_cell (b, b->row_at[at], b->treatment),
                       cluster, b->table->lines[b->row_at[at]]);
  b->next[row] = b->row_at[at];
  return RX_OK;
}

static enum rx_status
refuse_second (struct rx_crossover_builder *b, size_t at, size_t row,
               const char *subject, const char *period)
{
  return rx_fail_at (b->err, RX_EDATA,
                     rx_table_where (b->table, row, b->period),
                     "subject %s already has a row for period %s, on line "
                     "%zu; expected one row per subject and period",
                     subject, period, b->table->lines[b->row_at[at]]);
}

/* Nobody twice in a cluster and period, where a column names persons. */
static enum rx_status
check_persons (struct rx_crossover_builder *b, const size_t *cell_of)
{
  const char *usual = "subject";
  const char *name = rx_builder_default (b->spec->subject, usual);
  size_t person;
  if (strcmp (name, usual) == 0 && !rx_table_has (b->table, name))
    return RX_OK;
  if (rx_table_column (b->table, name, &person, b->err) != RX_OK)
    return b->err->status;
  return rx_cluster_persons (b->table, person, b->row, cell_of, b->n_rows,
                             b->err);
}

/* Long layout: places each row, refusing a second one in the same place, or
   chaining it to the others of a cluster. */
static enum rx_status
place_rows (struct rx_crossover_builder *b, const struct rx_levels *subjects,
            const struct rx_levels *periods,
            const struct rx_levels *treatments)
{
  enum rx_status status = RX_OK;
  size_t *cell_of = rx_array (b->n_rows, sizeof *cell_of);
  if (cell_of == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < b->n_rows && status == RX_OK; i++)
    {
      size_t row = b->row[i];
      size_t s
          = rx_levels_find (subjects, rx_builder_cell (b, row, b->subject));
      size_t p = rx_levels_find (periods, rx_builder_cell (b, row, b->period));
      size_t at = s * periods->n + p;
      int treatment = (int)rx_levels_find (
          treatments, rx_builder_cell (b, row, b->treatment));
      cell_of[i] = at;
      if (b->row_at[at] != RX_NO_ROW)
        status = b->next != NULL
                     ? chain (b, at, row, treatment, subjects->name[s])
                     : refuse_second (b, at, row, subjects->name[s],
                                      periods->name[p]);
      b->row_at[at] = row;
      b->design->treatment_at[at] = treatment;
    }
  if (status == RX_OK && b->next != NULL)
    status = check_persons (b, cell_of);
  free (cell_of);
  return status;
}

static enum rx_status
build_long (struct rx_crossover_builder *b)
{
  struct rx_crossover *d = b->design;
  struct rx_levels subjects = { 0 }, periods = { 0 }, treatments = { 0 };
  enum rx_status status = levels_of_column (b, b->subject, &subjects);
  d->subjects = subjects.name;
  d->n_subjects = subjects.n;
  if (status == RX_OK)
    status = levels_of_column (b, b->period, &periods);
  d->periods = periods.name;
  d->n_periods = periods.n;
  if (status == RX_OK)
    status = levels_of_column (b, b->treatment, &treatments);
  d->treatments = treatments.name;
  d->n_treatments = treatments.n;
  if (status == RX_OK)
    status = allocate_cells (b);
  if (status == RX_OK)
    status = place_rows (b, &subjects, &periods, &treatments);
  return status == RX_OK ? rx_builder_sequences (b, &subjects) : status;
}

static enum rx_status
place_wide (struct rx_crossover_builder *b, const struct rx_levels *subjects,
            const struct rx_levels *treatments, const char **names)
{
  struct rx_crossover *d = b->design;
  for (size_t i = 0; i < b->n_rows; i++)
    {
      size_t s = rx_levels_find (subjects,
                                 rx_builder_cell (b, b->row[i], b->subject));
      if (b->row_at[s * d->n_periods] != RX_NO_ROW)
        return rx_fail_at (
            b->err, RX_EDATA, rx_table_where (b->table, b->row[i], b->subject),
            "subject %s already has a row, on line %zu; expected one row per "
            "subject in the wide layout",
            subjects->name[s], b->table->lines[b->row_at[s * d->n_periods]]);
      for (size_t p = 0; p < d->n_periods; p++)
        {
          b->row_at[s * d->n_periods + p] = b->row[i];
          d->treatment_at[s * d->n_periods + p]
              = (int)rx_levels_find (treatments, names[i * d->n_periods + p]);
        }
    }
  return RX_OK;
}

static enum rx_status
name_periods (struct rx_crossover_builder *b)
{
  struct rx_crossover *d = b->design;
  d->periods = rx_array (d->n_periods, sizeof *d->periods);
  if (d->periods == NULL)
    return rx_fail_memory (b->err);
  for (size_t p = 0; p < d->n_periods; p++)
    if ((d->periods[p] = rx_strings_format (&d->strings, "%zu", p + 1))
        == NULL)
      return rx_fail_memory (b->err);
  return RX_OK;
}

static enum rx_status
build_wide (struct rx_crossover_builder *b)
{
  struct rx_crossover *d = b->design;
  struct rx_levels subjects = { 0 }, treatments = { 0 };
  d->n_periods = b->spec->endpoints[0].n_columns;
  const char **names = rx_array (b->n_rows * d->n_periods, sizeof *names);
  if (names == NULL)
    return rx_fail_memory (b->err);
  enum rx_status status = name_periods (b);
  if (status == RX_OK)
    status = levels_of_column (b, b->subject, &subjects);
  d->subjects = subjects.name;
  d->n_subjects = subjects.n;
  if (status == RX_OK)
    status = rx_builder_split_labels (b, d->n_periods, names);
  if (status == RX_OK)
    status
        = rx_levels_of (names, b->n_rows * d->n_periods, &treatments, b->err);
  d->treatments = treatments.name;
  d->n_treatments = treatments.n;
  if (status == RX_OK)
    status = allocate_cells (b);
  if (status == RX_OK)
    status = place_wide (b, &subjects, &treatments, names);
  if (status == RX_OK)
    status = rx_builder_sequences (b, &subjects);
  free (names);
  return status;
}

/* What is known of persons alone cannot stand beside the means of clusters. */
static enum rx_status
check_clusters (const struct rx_crossover_spec *spec, struct rx_error *err)
{
  const char *beside = spec->wide               ? "wide layout"
                       : spec->by != NULL       ? "strata (by)"
                       : spec->n_covariates > 0 ? "covariates"
                       : spec->n_factors > 0    ? "factors"
                       : spec->exposure != NULL ? "exposure"
                                                : NULL;
  for (size_t e = 0; e < spec->n_endpoints && beside == NULL; e++)
    beside = spec->endpoints[e].n_baselines > 0 ? "baseline"
             : spec->endpoints[e].has_responder ? "responder threshold"
                                                : NULL;
  if (spec->cluster == NULL || beside == NULL)
    return RX_OK;
  return rx_fail (err, RX_EUSAGE,
                  "cluster: expected no %s beside it: the responses are means "
                  "of the persons of a cluster",
                  beside);
}

static enum rx_status
begin_chains (struct rx_crossover_builder *b)
{
  b->design->persons = b->n_rows;
  b->next = rx_array (b->table->n_rows, sizeof *b->next);
  if (b->next == NULL)
    return rx_fail_memory (b->err);
  for (size_t r = 0; r < b->table->n_rows; r++)
    b->next[r] = RX_NO_ROW;
  return RX_OK;
}

static enum rx_status
build (struct rx_crossover *design, const struct rx_table *table,
       const struct rx_crossover_spec *spec, struct rx_error *err)
{
  struct rx_crossover_builder b
      = { .table = table, .spec = spec, .design = design, .err = err };
  *design = (struct rx_crossover){ 0 };
  design->log = spec->log;
  design->synthetic = table->synthetic;
  enum rx_status status = check_clusters (spec, err);
  if (status == RX_OK)
    status = find_columns (&b);
  if (status == RX_OK
      && (design->file = rx_builder_keep (&b, table->file)) == NULL)
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = choose_rows (&b);
  if (status == RX_OK && spec->cluster != NULL)
    status = begin_chains (&b);
  if (status == RX_OK)
    status = spec->wide ? build_wide (&b) : build_long (&b);
  if (status == RX_OK)
    status = rx_builder_orient (&b);
  if (status == RX_OK)
    status = rx_builder_endpoints (&b);
  if (status == RX_OK)
    status = rx_crossover_read_covariates (design, table, spec, b.row_at, err);
  if (status == RX_OK)
    status = rx_responder_threshold (design, spec, err);
  if (status != RX_OK)
    rx_crossover_free (design);
  free (b.row);
  free (b.row_at);
  free (b.next);
  return status;
}

enum rx_status
rx_crossover_build (struct rx_crossover *design, const struct rx_table *table,
                    const struct rx_crossover_spec *spec, struct rx_error *err)
{
  struct rx_crossover_spec whole;
  struct rx_endpoint_spec *owned = NULL;
  *design = (struct rx_crossover){ 0 };
  enum rx_status status
      = rx_endpoint_patterns (&whole, &owned, spec, table, err);
  if (status == RX_OK)
    status = build (design, table, &whole, err);
  free (owned);
  return status;
}
