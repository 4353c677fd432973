/* exposure.c: from the rows of a file to each person's dispensings. */
#include "designs/exposure.h"

#include "base/names.h"
#include "base/text.h"
#include "designs/day_cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct rx_exposure_part_name rx_exposure_parts[] = {
  { RX_EXPOSURE_SUPPLY, "columns: {duration: ...}, or an amount and per_day" },
  { RX_EXPOSURE_WINDOWS, "observation" },
  { RX_EXPOSURE_EPISODES, "episodes" },
  { RX_EXPOSURE_SWITCH, "switch" },
  { RX_EXPOSURE_WAITING, "waiting_time" },
  { RX_EXPOSURE_CALENDAR, "calendar" },
  { RX_EXPOSURE_PATIENT, "patient" },
  { RX_EXPOSURE_AMOUNT, "columns: {amount: ...}" },
};
const size_t rx_n_exposure_parts
    = sizeof rx_exposure_parts / sizeof rx_exposure_parts[0];

enum column
{
  PERSON,
  DATE,
  DRUG,
  DURATION,
  DOSE,
  AMOUNT,
  PRESCRIBER,
  SEX,
  BIRTH_YEAR,
  N_COLUMNS
};

/* A row of the file that counts. */
struct entry
{
  const char *person, *drug, *prescriber, *sex;
  size_t row;
  int birth_year;
  struct rx_dispensing dispensing;
};

struct build
{
  const struct rx_table *table;
  const struct rx_exposure_spec *spec;
  struct rx_exposure *exposure;
  size_t column[N_COLUMNS];
  bool has[N_COLUMNS];
  struct entry *entries;
  size_t n;
  struct rx_error *err;
};

static enum rx_status
find_columns (struct build *b)
{
  const struct rx_exposure_columns *c = &b->spec->columns;
  const char *names[N_COLUMNS] = {
    [PERSON] = c->person != NULL ? c->person : "person",
    [DATE] = c->date != NULL ? c->date : "date",
    [DRUG] = c->drug,
    [DURATION] = c->duration,
    [DOSE] = c->dose,
    [AMOUNT] = c->amount,
    [PRESCRIBER] = c->prescriber,
    [SEX] = c->sex,
    [BIRTH_YEAR] = c->birth_year,
  };
  for (size_t i = 0; i < N_COLUMNS; i++)
    {
      b->has[i] = names[i] != NULL;
      if (b->has[i]
          && rx_table_column (b->table, names[i], &b->column[i], b->err)
                 != RX_OK)
        return b->err->status;
    }
  return RX_OK;
}

static enum rx_status
fail_cell (struct build *b, size_t row, enum column column,
           const char *expected)
{
  char quoted[RX_QUOTED_SIZE];
  return rx_fail_at (
      b->err, RX_EDATA, rx_table_where (b->table, row, b->column[column]),
      "found %s, expected %s",
      rx_quotez (quoted, rx_table_cell (b->table, row, b->column[column])),
      expected);
}

/* The text of a cell, "" where it is missing or there is no such column. */
static const char *
text_of (const struct build *b, size_t row, enum column column)
{
  if (!b->has[column] || rx_table_missing (b->table, row, b->column[column]))
    return "";
  return rx_table_cell (b->table, row, b->column[column]);
}

static enum rx_status
read_day (struct build *b, size_t row, int32_t *day)
{
  const char *cell = rx_table_cell (b->table, row, b->column[DATE]);
  char expected[RX_DATE_WORDS_SIZE];
  size_t length = strlen (cell);
  if (rx_table_missing (b->table, row, b->column[DATE]))
    return fail_cell (b, row, DATE, "a date: every row needs one");
  if (b->spec->dates->read (cell, length, day, NULL))
    return RX_OK;
  return fail_cell (b, row, DATE,
                    rx_date_expected (b->spec->dates, cell, length, expected));
}

/* A number, NaN where it is missing or there is no such column. */
static enum rx_status
read_number (struct build *b, size_t row, enum column column, double least,
             const char *expected, double *out)
{
  struct rx_number number;
  bool missing;
  *out = NAN;
  if (!b->has[column])
    return RX_OK;
  if (rx_table_number (b->table, row, b->column[column], &number, &missing,
                       b->err)
      != RX_OK)
    return b->err->status;
  if (missing)
    return RX_OK;
  if (number.value < least)
    return fail_cell (b, row, column, expected);
  *out = number.value;
  return RX_OK;
}

enum
{
  YEAR_LEAST = 1000,
  YEAR_MOST = 9999
};

static enum rx_status
read_birth_year (struct build *b, size_t row, int *year)
{
  double value;
  if (read_number (b, row, BIRTH_YEAR, YEAR_LEAST,
                   "a year of birth such as 1952", &value)
      != RX_OK)
    return b->err->status;
  *year = 0;
  if (isnan (value))
    return RX_OK;
  if (value > YEAR_MOST || value != floor (value))
    return fail_cell (b, row, BIRTH_YEAR, "a year of birth such as 1952");
  *year = (int)value;
  return RX_OK;
}

static enum rx_status
read_row (struct build *b, size_t row, struct entry *e)
{
  struct rx_dispensing *d = &e->dispensing;
  *e = (struct entry){ .person = text_of (b, row, PERSON),
                       .drug = text_of (b, row, DRUG),
                       .prescriber = text_of (b, row, PRESCRIBER),
                       .sex = text_of (b, row, SEX),
                       .row = row };
  if (e->person[0] == '\0')
    return fail_cell (b, row, PERSON, "the name of a person");
  if (b->has[DRUG] && e->drug[0] == '\0')
    return fail_cell (b, row, DRUG, "the code of a drug: every row needs one");
  if (read_day (b, row, &d->day) != RX_OK
      || read_number (b, row, DURATION, 0, "a number of days, 0 or more",
                      &d->days)
             != RX_OK
      || read_number (b, row, DOSE, 0, "a dose per day, above 0", &d->dose)
             != RX_OK
      || read_number (b, row, AMOUNT, -INFINITY, "", &d->amount) != RX_OK
      || read_birth_year (b, row, &e->birth_year) != RX_OK)
    return b->err->status;
  if (d->dose == 0)
    return fail_cell (b, row, DOSE, "a dose per day, above 0");
  if (d->days > RX_SUPPLY_MOST)
    return fail_cell (b, row, DURATION, "36525 days (a century) at the most");
  if (!b->has[DURATION] && b->spec->per_day > 0)
    d->days = d->amount / b->spec->per_day;
  if (d->days > RX_SUPPLY_MOST)
    return fail_cell (b, row, AMOUNT,
                      "an amount for 36525 days (a century) at the most");
  return RX_OK;
}

static int
by_person (const void *a, const void *b)
{
  const struct entry *x = a, *y = b;
  int order = rx_name_compare (x->person, y->person);
  if (order != 0)
    return order;
  if (x->dispensing.day != y->dispensing.day)
    return x->dispensing.day < y->dispensing.day ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* The range of the file is that of all its rows, whatever their drug. */
static enum rx_status
read_rows (struct build *b)
{
  struct rx_exposure *x = b->exposure;
  x->coverage = (struct rx_days){ INT32_MAX, INT32_MIN };
  b->entries = rx_array (b->table->n_rows, sizeof *b->entries);
  if (b->entries == NULL)
    return rx_fail_memory (b->err);
  for (size_t r = 0; r < b->table->n_rows; r++)
    {
      if (rx_day_row_blank (b->table, r))
        continue;
      struct entry *e = &b->entries[b->n++];
      if (read_row (b, r, e) != RX_OK)
        return b->err->status;
      if (e->dispensing.day < x->coverage.from)
        x->coverage.from = e->dispensing.day;
      if (e->dispensing.day > x->coverage.to)
        x->coverage.to = e->dispensing.day;
    }
  if (b->n == 0)
    return rx_fail (b->err, RX_EDATA, "%s: no rows of data below the header",
                    b->table->file);
  if (b->spec->has_coverage)
    x->coverage = b->spec->coverage;
  return RX_OK;
}

/* The distinct names of a member of the entries. */
static enum rx_status
number_names (struct build *b, size_t offset, struct rx_levels *levels)
{
  const char **names = rx_array (b->n, sizeof *names);
  if (names == NULL)
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < b->n; i++)
    memcpy (&names[i], (const char *)&b->entries[i] + offset, sizeof *names);
  enum rx_status status = rx_levels_of (names, b->n, levels, b->err);
  free (names);
  return status;
}

/* Drugs get their numbers, and the rows that do not count go. */
static enum rx_status
select_rows (struct build *b)
{
  struct rx_exposure *x = b->exposure;
  struct rx_levels drugs = { 0 };
  struct rx_codes wanted = { 0 };
  size_t kept = 0;
  enum rx_status status
      = number_names (b, offsetof (struct entry, drug), &drugs);
  if (status == RX_OK)
    status = rx_codes_make (&wanted, drugs.name, drugs.n, b->spec->drugs,
                            b->spec->except, b->err);
  if (status == RX_OK && wanted.n == 0)
    status = rx_fail (b->err, RX_EDATA,
                      "%s: no row bears a drug that was asked for",
                      b->table->file);
  for (size_t i = 0; i < b->n && status == RX_OK; i++)
    {
      struct entry *e = &b->entries[i];
      e->dispensing.drug = (uint32_t)rx_levels_find (&drugs, e->drug);
      bool outside = !rx_days_hold (x->coverage, e->dispensing.day);
      bool other = !wanted.has[e->dispensing.drug];
      bool is_return = e->dispensing.amount < 0;
      x->outside += outside;
      x->others += !outside && other;
      x->returns += !outside && !other && is_return;
      if (!outside && !other && !is_return)
        b->entries[kept++] = *e;
    }
  b->n = kept;
  x->drugs = drugs.name;
  x->n_drugs = drugs.n;
  rx_codes_free (&wanted);
  return status;
}

static enum rx_status
number_prescribers (struct build *b)
{
  struct rx_levels levels = { 0 };
  if (!b->has[PRESCRIBER])
    return RX_OK;
  if (number_names (b, offsetof (struct entry, prescriber), &levels) != RX_OK)
    return b->err->status;
  /* 0 stands for a missing one, so that names start at 1 */
  const char **names = rx_array (levels.n + 1, sizeof *names);
  if (names == NULL)
    {
      free (levels.name);
      return rx_fail_memory (b->err);
    }
  names[0] = "";
  size_t blank = rx_levels_find (&levels, ""), n = 1;
  for (size_t i = 0; i < levels.n; i++)
    if (i != blank)
      names[n++] = levels.name[i];
  for (size_t i = 0; i < b->n; i++)
    {
      size_t at = rx_levels_find (&levels, b->entries[i].prescriber);
      b->entries[i].dispensing.prescriber
          = at == blank ? 0 : (uint32_t)(at + 1 - (at > blank));
    }
  b->exposure->prescribers = names;
  b->exposure->n_prescribers = n;
  free (levels.name);
  return RX_OK;
}

/* What a person has once: a later row may repeat it, not contradict it. */
static enum rx_status
take_traits (struct build *b, size_t person, const struct entry *e)
{
  struct rx_exposure *x = b->exposure;
  if (x->sexes != NULL && e->sex[0] != '\0')
    {
      if (x->sexes[person][0] != '\0'
          && strcmp (x->sexes[person], e->sex) != 0)
        return fail_cell (b, e->row, SEX,
                          "the sex that the person's other rows have");
      x->sexes[person] = e->sex;
    }
  if (x->birth_years != NULL && e->birth_year != 0)
    {
      if (x->birth_years[person] != 0
          && x->birth_years[person] != e->birth_year)
        return fail_cell (b, e->row, BIRTH_YEAR,
                          "the year that the person's other rows have");
      x->birth_years[person] = e->birth_year;
    }
  return RX_OK;
}

static enum rx_status
group_rows (struct build *b)
{
  struct rx_exposure *x = b->exposure;
  qsort (b->entries, b->n, sizeof *b->entries, by_person);
  x->persons = rx_array (b->n, sizeof *x->persons);
  x->start = rx_array (b->n + 1, sizeof *x->start);
  x->rows = rx_array (b->n, sizeof *x->rows);
  x->sexes = b->has[SEX] ? rx_array (b->n, sizeof *x->sexes) : NULL;
  x->birth_years
      = b->has[BIRTH_YEAR] ? rx_array (b->n, sizeof *x->birth_years) : NULL;
  if (x->persons == NULL || x->start == NULL || x->rows == NULL
      || (b->has[SEX] && x->sexes == NULL)
      || (b->has[BIRTH_YEAR] && x->birth_years == NULL))
    return rx_fail_memory (b->err);
  for (size_t i = 0; i < b->n; i++)
    {
      const struct entry *e = &b->entries[i];
      if (i == 0 || strcmp (e->person, b->entries[i - 1].person) != 0)
        {
          if (x->sexes != NULL)
            x->sexes[x->n_persons] = "";
          x->start[x->n_persons] = i;
          x->persons[x->n_persons++] = e->person;
        }
      x->rows[i] = e->dispensing;
      if (take_traits (b, x->n_persons - 1, e) != RX_OK)
        return b->err->status;
    }
  x->start[x->n_persons] = x->n_rows = b->n;
  return RX_OK;
}

/* The parts must fit the columns and each other. */
static enum rx_status
check_spec (struct build *b)
{
  const struct rx_exposure_spec *s = b->spec;
  if (!b->has[DRUG] && (s->drugs.n > 0 || s->except.n > 0 || s->n_lists > 0))
    return rx_fail (b->err, RX_EUSAGE,
                    "drugs are asked for, and no column is named that has "
                    "them: columns: {drug: ...}");
  if (!b->has[DRUG] && (s->rule.same_drug || s->episodes.supply.same_drug))
    return rx_fail (b->err, RX_EUSAGE,
                    "supply is carried to the same drug only, and no column "
                    "is named that has the drugs: columns: {drug: ...}");
  if (!b->has[DOSE] && (s->rule.dose_change || s->episodes.supply.dose_change))
    return rx_fail (b->err, RX_EUSAGE,
                    "changes of the dose are asked for, and no column is "
                    "named that has the dose per day: columns: {dose: ...}");
  if (s->per_day > 0 && (!b->has[AMOUNT] || b->has[DURATION]))
    return rx_fail (b->err, RX_EUSAGE,
                    "per_day turns an amount into days: it needs columns: "
                    "{amount: ...} and no column of durations");
  return RX_OK;
}

enum rx_status
rx_exposure_build (struct rx_exposure *exposure, const struct rx_table *table,
                   const struct rx_exposure_spec *spec, struct rx_error *err)
{
  struct build b
      = { .table = table, .spec = spec, .exposure = exposure, .err = err };
  *exposure = (struct rx_exposure){ .spec = spec,
                                    .file = table->file,
                                    .parts = spec->parts,
                                    .synthetic = table->synthetic };
  enum rx_status status = find_columns (&b);
  if (status == RX_OK)
    status = check_spec (&b);
  if (status == RX_OK)
    status = read_rows (&b);
  if (status == RX_OK)
    status = select_rows (&b);
  if (status == RX_OK)
    status = number_prescribers (&b);
  if (status == RX_OK)
    status = group_rows (&b);
  if (b.has[DURATION] || spec->per_day > 0)
    exposure->parts |= RX_EXPOSURE_SUPPLY;
  if (b.has[AMOUNT])
    exposure->parts |= RX_EXPOSURE_AMOUNT;
  free (b.entries);
  if (status != RX_OK)
    rx_exposure_free (exposure);
  return status;
}

void
rx_exposure_free (struct rx_exposure *exposure)
{
  free (exposure->persons);
  free (exposure->drugs);
  free (exposure->prescribers);
  free (exposure->sexes);
  free (exposure->birth_years);
  free (exposure->start);
  free (exposure->rows);
  rx_strings_free (&exposure->strings);
  *exposure = (struct rx_exposure){ 0 };
}

bool
rx_exposure_supply (const struct rx_exposure *exposure, size_t person,
                    struct rx_supply_rule rule, struct rx_supply *out,
                    size_t *n, const char **why)
{
  *n = 0;
  *why = NULL;
  for (size_t i = exposure->start[person]; i < exposure->start[person + 1];
       i++)
    {
      const struct rx_dispensing *d = &exposure->rows[i];
      if (isnan (d->days))
        *why = "missing-duration";
      else if (rule.dose_change && isnan (d->dose))
        *why = "missing-dose";
      out[(*n)++] = (struct rx_supply){ d->day, d->days, d->dose, d->drug };
    }
  return *why == NULL;
}

size_t
rx_exposure_most (const struct rx_exposure *exposure)
{
  size_t most = 0;
  for (size_t p = 0; p < exposure->n_persons; p++)
    if (exposure->start[p + 1] - exposure->start[p] > most)
      most = exposure->start[p + 1] - exposure->start[p];
  return most;
}

const char *
rx_exposure_lacks (const struct rx_exposure *exposure, unsigned needs)
{
  for (size_t i = 0; i < rx_n_exposure_parts; i++)
    {
      unsigned part = (unsigned)rx_exposure_parts[i].part;
      if ((needs & part) != 0 && (exposure->parts & part) == 0)
        return rx_exposure_parts[i].needs;
    }
  return NULL;
}
