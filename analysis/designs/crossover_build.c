/* crossover_build.c: from the rows of a file to subjects x periods.

   Two layouts.  Long: a row per subject and period, with its treatment.
   Wide: a row per subject, with a column per period; the sequence then tells
   the treatments, as letters ("AB") or parted by - / , or a blank
   ("D1-D2-P").  Both end in the same struct. */
#include "designs/crossover.h"

#include "designs/cluster_cell.h"
#include "designs/crossover_covariates.h"
#include "designs/endpoint_patterns.h"
#include "designs/responder_threshold.h"

#include "base/names.h"
#include "base/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the build passes around. */
struct build
{
  const struct rx_table *table;
  const struct rx_crossover_spec *spec;
  struct rx_crossover *design;
  size_t subject, sequence, period, treatment; /* columns */
  bool has_sequence;
  size_t *row; /* rows that hold something */
  size_t n_rows;
  size_t *row_at; /* [subject * n_periods + period] row, RX_NO_ROW if none */
  size_t *next;   /* [rows of the table] the next row of a cluster in the
                     period, RX_NO_ROW for the last; NULL: no clusters */
  struct rx_error *err;
};

static const char *
or_default (const char *name, const char *fallback)
{
  return name != NULL ? name : fallback;
}

static const char *
cell (const struct build *b, size_t row, size_t column)
{
  return rx_table_cell (b->table, row, column);
}

/* Strings of the design must outlive the table. */
static const char *
keep (struct build *b, const char *name)
{
  return rx_strings_addz (&b->design->strings, name);
}

static enum rx_status
find_columns (struct build *b)
{
  const struct rx_crossover_spec *spec = b->spec;
  const char *sequence = or_default (spec->sequence, "sequence");
  b->has_sequence = spec->wide || spec->sequence != NULL
                    || rx_table_has (b->table, sequence);
  const char *unit = spec->cluster != NULL
                         ? spec->cluster
                         : or_default (spec->subject, "subject");
  if (rx_table_column (b->table, unit, &b->subject, b->err) != RX_OK
      || (b->has_sequence
          && rx_table_column (b->table, sequence, &b->sequence, b->err)
                 != RX_OK))
    return b->err->status;
  if (spec->wide)
    return RX_OK;
  if (rx_table_column (b->table, or_default (spec->period, "period"),
                       &b->period, b->err)
          != RX_OK
      || rx_table_column (b->table, or_default (spec->treatment, "treatment"),
                          &b->treatment, b->err)
             != RX_OK)
    return b->err->status;
  return RX_OK;
}

static bool
blank_row (const struct build *b, size_t row)
{
  for (size_t c = 0; c < b->table->n_columns; c++)
    if (!rx_table_missing (b->table, row, c))
      return false;
  return true;
}

/* Rows of empty cells, as spreadsheets export them, are passed over; in all
   others the columns that place the row must not be missing. */
static enum rx_status
choose_rows (struct build *b)
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
                rx_quotez (quoted, cell (b, r, needed[i])));
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
levels_of_column (struct build *b, size_t column, struct rx_levels *levels)
{
  const char **values = rx_array (b->n_rows, sizeof *values);
  if (values == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < b->n_rows; i++)
    values[i] = cell (b, b->row[i], column);
  enum rx_status status = rx_levels_of (values, b->n_rows, levels, b->err);
  free (values);
  for (size_t i = 0; status == RX_OK && i < levels->n; i++)
    if ((levels->name[i] = keep (b, levels->name[i])) == NULL)
      status = rx_fail_memory (b->err);
  return status;
}

static enum rx_status
allocate_cells (struct build *b)
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
chain (struct build *b, size_t at, size_t row, int treatment,
       const char *cluster)
{
  const struct rx_crossover *d = b->design;
  if (d->treatment_at[at] != treatment)
    return rx_fail_at (
        b->err, RX_EDATA, rx_table_where (b->table, row, b->treatment),
        "found %s, expected %s: cluster %s has it in the same "
        "period on line %zu",
        cell (b, row, b->treatment), cell (b, b->row_at[at], b->treatment),
        cluster, b->table->lines[b->row_at[at]]);
  b->next[row] = b->row_at[at];
  return RX_OK;
}

static enum rx_status
refuse_second (struct build *b, size_t at, size_t row, const char *subject,
               const char *period)
{
  return rx_fail_at (b->err, RX_EDATA,
                     rx_table_where (b->table, row, b->period),
                     "subject %s already has a row for period %s, on line "
                     "%zu; expected one row per subject and period",
                     subject, period, b->table->lines[b->row_at[at]]);
}

/* Nobody twice in a cluster and period, where a column names persons. */
static enum rx_status
check_persons (struct build *b, const size_t *cell_of)
{
  const char *usual = "subject";
  const char *name = or_default (b->spec->subject, usual);
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
place_rows (struct build *b, const struct rx_levels *subjects,
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
      size_t s = rx_levels_find (subjects, cell (b, row, b->subject));
      size_t p = rx_levels_find (periods, cell (b, row, b->period));
      size_t at = s * periods->n + p;
      int treatment
          = (int)rx_levels_find (treatments, cell (b, row, b->treatment));
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

static const char *
treatment_label (const struct rx_crossover *d, size_t subject, size_t period)
{
  int t = d->treatment_at[subject * d->n_periods + period];
  return t == RX_NO_TREATMENT ? "." : d->treatments[t];
}

/* "AB", or "D1-D2-P" when a treatment's name is longer than a letter. */
static const char *
derive_label (struct build *b, size_t subject)
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
  const char *kept = label.failed ? NULL : keep (b, rx_text_string (&label));
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
derive_sequences (struct build *b, const char **label)
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
read_sequences (struct build *b, const struct rx_levels *subjects,
                const char **label)
{
  size_t *first = rx_array (subjects->n, sizeof *first);
  if (first == NULL)
    return rx_fail_memory (b->err);
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < b->n_rows && status == RX_OK; i++)
    {
      size_t row = b->row[i];
      size_t s = rx_levels_find (subjects, cell (b, row, b->subject));
      const char *found = cell (b, row, b->sequence);
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
make_plan (struct build *b)
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

static enum rx_status
set_sequences (struct build *b, const struct rx_levels *subjects)
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
    if ((sequences.name[i] = keep (b, sequences.name[i])) == NULL)
      status = rx_fail_memory (b->err);
  d->sequences = sequences.name;
  d->n_sequences = sequences.n;
  free (label);
  return status;
}

static enum rx_status
build_long (struct build *b)
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
  if (status == RX_OK)
    status = set_sequences (b, &subjects);
  return status == RX_OK ? make_plan (b) : status;
}

/* Splits a sequence's label into n treatments; false when it has not n. */
static bool
split_label (struct build *b, const char *label, size_t n, const char **out)
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

/* Wide layout: treatments of every row's label, as [row * periods + p]. */
static enum rx_status
split_labels (struct build *b, size_t n_periods, const char **names)
{
  for (size_t i = 0; i < b->n_rows; i++)
    {
      const char *label = cell (b, b->row[i], b->sequence);
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

static enum rx_status
place_wide (struct build *b, const struct rx_levels *subjects,
            const struct rx_levels *treatments, const char **names)
{
  struct rx_crossover *d = b->design;
  for (size_t i = 0; i < b->n_rows; i++)
    {
      size_t s = rx_levels_find (subjects, cell (b, b->row[i], b->subject));
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
name_periods (struct build *b)
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
build_wide (struct build *b)
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
    status = split_labels (b, d->n_periods, names);
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
    status = set_sequences (b, &subjects);
  free (names);
  return status == RX_OK ? make_plan (b) : status;
}

/* The column that holds an endpoint's response in a period. */
static enum rx_status
response_column (struct build *b, const struct rx_endpoint_spec *spec,
                 size_t period, size_t *column)
{
  const char *name = b->spec->wide ? spec->columns[period]
                                   : or_default (spec->column, spec->name);
  return rx_table_column (b->table, name, column, b->err);
}

static enum rx_status
take_log (struct build *b, size_t row, size_t column, double *y)
{
  char quoted[RX_QUOTED_SIZE];
  if (!(*y > 0))
    return rx_fail_at (b->err, RX_EDATA,
                       rx_table_where (b->table, row, column),
                       "found %s, expected a number above zero for the log "
                       "scale",
                       rx_quotez (quoted, cell (b, row, column)));
  *y = log (*y);
  return RX_OK;
}

/* Responses of clusters: means of their persons. */
static enum rx_status
read_means (struct build *b, const struct rx_endpoint_spec *spec,
            struct rx_endpoint *endpoint)
{
  const struct rx_crossover *d = b->design;
  size_t n = d->n_subjects * d->n_periods, column;
  endpoint->persons = rx_array (n, sizeof *endpoint->persons);
  if (endpoint->persons == NULL)
    return rx_fail_memory (b->err);
  if (response_column (b, spec, 0, &column) != RX_OK)
    return b->err->status;
  for (size_t at = 0; at < n; at++)
    {
      if (rx_cluster_cell (b->table, column, b->row_at[at], b->next, d->log,
                           &endpoint->persons[at], b->err)
          != RX_OK)
        return b->err->status;
      endpoint->y[at] = endpoint->persons[at].mean;
    }
  return RX_OK;
}

static enum rx_status
read_responses (struct build *b, const struct rx_endpoint_spec *spec,
                struct rx_endpoint *endpoint, struct rx_number *numbers)
{
  const struct rx_crossover *d = b->design;
  for (size_t p = 0; p < d->n_periods; p++)
    {
      size_t column;
      if (response_column (b, spec, p, &column) != RX_OK)
        return b->err->status;
      for (size_t s = 0; s < d->n_subjects; s++)
        {
          size_t at = s * d->n_periods + p;
          bool missing = true;
          endpoint->y[at] = NAN;
          if (b->row_at[at] == RX_NO_ROW)
            continue;
          if (rx_table_number (b->table, b->row_at[at], column, &numbers[at],
                               &missing, b->err)
              != RX_OK)
            return b->err->status;
          if (missing)
            continue;
          endpoint->y[at] = numbers[at].value;
          if (d->log
              && take_log (b, b->row_at[at], column, &endpoint->y[at])
                     != RX_OK)
            return b->err->status;
        }
    }
  return RX_OK;
}

/* Brings all responses to a common decimal scale, where they fit one. */
static void
set_units (const struct rx_crossover *d, struct rx_endpoint *endpoint,
           const struct rx_number *numbers, int64_t *units)
{
  size_t n = d->n_subjects * d->n_periods;
  const int64_t most = INT64_C (1) << RX_UNITS_MOST_BITS;
  int decimals = 0;
  endpoint->scale = 1;
  for (size_t i = 0; i < n; i++)
    if (!isnan (endpoint->y[i]) && numbers[i].decimals > decimals)
      decimals = numbers[i].decimals;
  for (size_t i = 0; i < n; i++)
    if (!isnan (endpoint->y[i])
        && (!rx_number_rescale (numbers[i], decimals, &units[i])
            || units[i] > most || units[i] < -most))
      return;
  for (int i = 0; i < decimals; i++)
    endpoint->scale *= 10;
  endpoint->units = units;
}

static enum rx_status
add_endpoint (struct build *b, const struct rx_endpoint_spec *spec)
{
  struct rx_crossover *d = b->design;
  struct rx_endpoint *endpoint = &d->endpoints[d->n_endpoints++];
  size_t n = d->n_subjects * d->n_periods;
  struct rx_number *numbers = rx_array (n, sizeof *numbers);
  int64_t *units = rx_array (n, sizeof *units);
  endpoint->name = keep (b, spec->name);
  endpoint->unit = keep (b, or_default (spec->unit, ""));
  endpoint->better = keep (b, or_default (spec->better, ""));
  endpoint->y = rx_array (n, sizeof *endpoint->y);
  enum rx_status status = RX_OK;
  if (numbers == NULL || units == NULL || endpoint->name == NULL
      || endpoint->unit == NULL || endpoint->better == NULL
      || endpoint->y == NULL)
    status = rx_fail_memory (b->err);
  else
    status = b->next != NULL ? read_means (b, spec, endpoint)
                             : read_responses (b, spec, endpoint, numbers);
  if (status == RX_OK && !d->log && b->next == NULL)
    set_units (d, endpoint, numbers, units);
  if (endpoint->units == NULL)
    free (units);
  free (numbers);
  return status;
}

static enum rx_status
add_endpoints (struct build *b)
{
  struct rx_crossover *d = b->design;
  d->endpoints = rx_array (b->spec->n_endpoints, sizeof *d->endpoints);
  if (d->endpoints == NULL)
    return rx_fail_memory (b->err);
  for (size_t e = 0; e < b->spec->n_endpoints; e++)
    if (add_endpoint (b, &b->spec->endpoints[e]) != RX_OK)
      return b->err->status;
  return RX_OK;
}

static enum rx_status
find_treatment (struct build *b, const char *name, const char *role,
                size_t *out)
{
  const struct rx_crossover *d = b->design;
  struct rx_levels levels = { d->treatments, d->n_treatments };
  char quoted[RX_QUOTED_SIZE];
  *out = rx_levels_find (&levels, name);
  if (*out < d->n_treatments)
    return RX_OK;
  struct rx_text list = { 0 };
  for (size_t t = 0; t < d->n_treatments; t++)
    rx_text_addf (&list, "%s%s", t > 0 ? ", " : "", d->treatments[t]);
  enum rx_status status = rx_fail (
      b->err, RX_EDATA,
      "%s: no subject received the %s treatment %s; the "
      "file has: %s",
      b->table->file, role, rx_quotez (quoted, name), rx_text_string (&list));
  rx_text_free (&list);
  return status;
}

/* Two treatments: the first by name is the test, unless told otherwise.
   Three or more: the first is the reference of all contrasts. */
static enum rx_status
orient (struct build *b)
{
  struct rx_crossover *d = b->design;
  const struct rx_crossover_spec *spec = b->spec;
  if (d->n_treatments < 2)
    return rx_fail (b->err, RX_EDATA,
                    "%s: found one treatment, %s; a crossover compares two "
                    "or more",
                    b->table->file, d->treatments[0]);
  bool two = d->n_treatments == 2;
  d->test = two ? 0 : 1;
  d->reference = two ? 1 : 0;
  if (spec->test != NULL
      && find_treatment (b, spec->test, "test", &d->test) != RX_OK)
    return b->err->status;
  if (spec->reference != NULL
      && find_treatment (b, spec->reference, "reference", &d->reference)
             != RX_OK)
    return b->err->status;
  if (two && spec->test != NULL && spec->reference == NULL)
    d->reference = 1 - d->test;
  if (two && spec->reference != NULL && spec->test == NULL)
    d->test = 1 - d->reference;
  if (!two && spec->test == NULL && d->test == d->reference)
    d->test = d->reference == 0 ? 1 : 0;
  if (!two && spec->reference == NULL && d->test == d->reference)
    d->reference = d->test == 0 ? 1 : 0;
  if (d->test == d->reference)
    return rx_fail (b->err, RX_EDATA,
                    "the test and the reference treatment are both \"%s\"",
                    d->treatments[d->test]);
  return RX_OK;
}

/* Two periods, two treatments, and only the two orders of them.  A sequence
   without anybody in it still leaves a design of this kind. */
static bool
abba (const struct rx_crossover *d)
{
  if (d->n_periods != 2 || d->n_treatments != 2)
    return false;
  for (size_t q = 0; q < d->n_sequences; q++)
    {
      const int *plan = d->plan + q * 2;
      if (plan[0] == plan[1] && plan[0] != RX_NO_TREATMENT)
        return false;
    }
  return true;
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
begin_chains (struct build *b)
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
  struct build b
      = { .table = table, .spec = spec, .design = design, .err = err };
  *design = (struct rx_crossover){ 0 };
  design->log = spec->log;
  design->synthetic = table->synthetic;
  enum rx_status status = check_clusters (spec, err);
  if (status == RX_OK)
    status = find_columns (&b);
  if (status == RX_OK && (design->file = keep (&b, table->file)) == NULL)
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = choose_rows (&b);
  if (status == RX_OK && spec->cluster != NULL)
    status = begin_chains (&b);
  if (status == RX_OK)
    status = spec->wide ? build_wide (&b) : build_long (&b);
  if (status == RX_OK)
    status = orient (&b);
  if (status == RX_OK)
    status = add_endpoints (&b);
  if (status == RX_OK)
    status = rx_crossover_read_covariates (design, table, spec, b.row_at, err);
  if (status == RX_OK)
    status = rx_responder_threshold (design, spec, err);
  if (status == RX_OK)
    design->is_abba = abba (design);
  else
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
