/* register_extract.c: rows of a register counted into points in time, or
   searched for the first of either drug. */
#include "designs/register_extract.h"

#include "base/date.h"
#include "designs/register_codes.h"
#include "designs/register_words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct rx_register_step rx_register_steps[] = { { "month", 0, 1 },
                                                      { "week", 7, 0 },
                                                      { "quarter", 0, 3 },
                                                      { "year", 0, 12 },
                                                      { "day", 1, 0 } };
const size_t rx_n_register_steps
    = sizeof rx_register_steps / sizeof rx_register_steps[0];

enum
{
  COLUMNS_MOST = 4,
  MONTHS = 12
};

enum rx_status
rx_register_drugs (struct rx_codes *codes, const struct rx_register *reg,
                   const char *what, struct rx_texts drugs,
                   struct rx_texts except, struct rx_error *err)
{
  struct rx_strings strings = { 0 };
  enum rx_status status
      = rx_codes_make (codes, reg->drugs, reg->n_drugs, drugs, except, err);
  if (status == RX_OK && codes->n == 0)
    {
      const char *words = rx_unknown_drug_words (reg, what, drugs, &strings);
      status = words == NULL
                   ? rx_fail_memory (err)
                   : rx_fail (err, RX_EDATA, "%s: %s", reg->file, words);
      rx_codes_free (codes);
    }
  rx_strings_free (&strings);
  return status;
}

struct rx_days
rx_register_covered (const struct rx_register *reg,
                     struct rx_coverage coverage)
{
  struct rx_days range = { reg->audit.first_day, reg->audit.last_day };
  return coverage.is_given ? coverage.days : range;
}

/* An empty table of n rows with the columns of that name. */
static enum rx_status
begin_table (struct rx_table *table, const struct rx_register *reg, size_t n,
             const char *const *names, size_t n_columns, struct rx_error *err)
{
  *table = (struct rx_table){ .synthetic = reg->synthetic };
  table->format.decimal = '.';
  table->n_columns = n_columns;
  table->names = rx_array (n_columns, sizeof *table->names);
  table->cells = rx_array (n * n_columns, sizeof *table->cells);
  table->lines = rx_array (n, sizeof *table->lines);
  table->file = rx_strings_addz (&table->strings, reg->file);
  if (table->names == NULL || table->cells == NULL || table->lines == NULL
      || table->file == NULL)
    return rx_fail_memory (err);
  for (size_t c = 0; c < n_columns; c++)
    table->names[c] = names[c];
  return RX_OK;
}

/* The next cell of the table, row by row. */
static enum rx_status
add_cell (struct rx_table *table, const char *text, struct rx_error *err)
{
  const char *copy
      = text[0] == '\0' ? "" : rx_strings_addz (&table->strings, text);
  if (copy == NULL)
    return rx_fail_memory (err);
  table->cells[table->room_cells++] = copy;
  table->n_rows = table->room_cells / table->n_columns;
  return RX_OK;
}

/* ---- A series of counts ------------------------------------------------- */

/* One list of drugs, counted. */
struct counted
{
  struct rx_codes codes;
  int64_t *value; /* [n] counts, or units of ddd */
  size_t *user;   /* [n] 1 + the last person seen with the drug */
};

struct counting
{
  const struct rx_register *reg;
  const struct rx_register_series_spec *spec;
  struct rx_register_series_audit *audit;
  struct counted own, control; /* control: without codes where none is */
  size_t n;                    /* points */
  int32_t *first; /* [n + 1] their first days, and the day after the last */
  size_t *point;  /* [days of the coverage] of each day, n: of none */
  size_t *active; /* [n] */
  size_t *seen;   /* [n] 1 + the last person seen */
};

static int32_t
first_of_month (int64_t month)
{
  char text[RX_DATE_SIZE];
  int32_t day = 0;
  snprintf (text, sizeof text, "%04d-%02d-01", (int)(month / MONTHS),
            (int)(month % MONTHS) + 1);
  /* a month of a day that could be printed has a first day */
  return rx_date_read (text, strlen (text), &day) ? day : INT32_MAX;
}

static int64_t
month_of_day (int32_t day)
{
  char text[RX_DATE_SIZE];
  rx_date_print (text, day);
  return strtol (text, NULL, 10) * MONTHS + strtol (text + 5, NULL, 10) - 1;
}

/* The first day of point number `at`; those of months start with a month that
   begins inside the coverage, quarters and years with one of their own. */
static int32_t
first_day (const struct counting *c, size_t at)
{
  const struct rx_register_step *step = c->spec->step;
  struct rx_days days = c->audit->coverage;
  if (step->months == 0)
    return (int32_t)(days.from + (int64_t)at * step->days);
  int64_t month = month_of_day (days.from);
  while (first_of_month (month) < days.from || month % step->months != 0)
    month++;
  return first_of_month (month + (int64_t)at * step->months);
}

static enum rx_status
make_points (struct counting *c, struct rx_error *err)
{
  struct rx_days days = c->audit->coverage;
  size_t length = (size_t)(days.to - days.from) + 1, most = length + 2;
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  c->first = rx_array (most, sizeof *c->first);
  c->point = rx_array (length, sizeof *c->point);
  c->active = rx_array (length, sizeof *c->active);
  c->seen = rx_array (length, sizeof *c->seen);
  c->own.value = rx_array (length, sizeof *c->own.value);
  c->own.user = rx_array (length, sizeof *c->own.user);
  c->control.value = rx_array (length, sizeof *c->control.value);
  c->control.user = rx_array (length, sizeof *c->control.user);
  if (c->first == NULL || c->point == NULL || c->active == NULL
      || c->seen == NULL || c->own.value == NULL || c->own.user == NULL
      || c->control.value == NULL || c->control.user == NULL)
    return rx_fail_memory (err);
  c->first[0] = first_day (c, 0);
  while ((c->first[c->n + 1] = first_day (c, c->n + 1)) - 1 <= days.to)
    c->n++;
  if (c->n == 0)
    return rx_fail (
        err, RX_EDATA, "%s: no whole %s from %s to %s, the coverage",
        c->reg->file, c->spec->step->name, rx_date_print (from, days.from),
        rx_date_print (to, days.to));
  for (size_t d = 0, at = 0; d < length; d++)
    {
      int32_t day = days.from + (int32_t)d;
      while (at < c->n && day >= c->first[at + 1])
        at++;
      c->point[d] = day < c->first[0] ? c->n : at;
    }
  c->audit->used = (struct rx_days){ c->first[0], c->first[c->n] - 1 };
  return RX_OK;
}

/* Adds a row of the drugs to point `at`. */
static void
count_drug (const struct counting *c, struct counted *drugs, size_t row,
            size_t at, size_t mark)
{
  bool is_dispensing = rx_register_is_dispensing (c->reg, row);
  switch (c->spec->measure->measure)
    {
    case RX_DISPENSINGS:
      drugs->value[at] += is_dispensing;
      break;
    case RX_USERS:
      drugs->value[at] += is_dispensing && drugs->user[at] != mark;
      if (is_dispensing)
        drugs->user[at] = mark;
      break;
    case RX_DDD:
    case RX_TREATMENT_DAYS:
      if (rx_register_amount (c->reg, row) != RX_AMOUNT_MISSING)
        drugs->value[at] += rx_register_amount (c->reg, row);
      break;
    }
}

/* One row of a person who is number `mark` - 1. */
static void
count_row (struct counting *c, size_t row, size_t mark)
{
  struct rx_days days = c->audit->coverage;
  int32_t day = rx_register_day (c->reg, row);
  uint16_t drug = c->reg->drug[row];
  bool is_drug = c->own.codes.has[drug];
  size_t at = rx_days_hold (days, day) ? c->point[day - days.from] : c->n;
  c->audit->rows += is_drug && at < c->n;
  c->audit->rows_left += is_drug && at == c->n;
  if (at == c->n)
    return;
  if (rx_register_is_dispensing (c->reg, row) && c->seen[at] != mark)
    {
      c->seen[at] = mark;
      c->active[at]++;
    }
  if (is_drug)
    count_drug (c, &c->own, row, at, mark);
  if (c->control.codes.has != NULL && c->control.codes.has[drug])
    count_drug (c, &c->control, row, at, mark);
}

static void
count_rows (struct counting *c)
{
  const struct rx_register *reg = c->reg;
  for (size_t p = 0; p < reg->n_persons; p++)
    {
      bool inside = false;
      for (size_t row = reg->start[p]; row < reg->start[p + 1]; row++)
        {
          inside = inside
                   || rx_days_hold (c->audit->coverage,
                                    rx_register_day (reg, row));
          count_row (c, row, p + 1);
        }
      c->audit->persons += inside;
    }
}

/* What the count of a point is divided by; 0 where nobody is active. */
static double
population_of (const struct counting *c, size_t at)
{
  double days = c->first[at + 1] - c->first[at];
  switch (c->spec->offset)
    {
    case RX_OFFSET_DAYS:
      return days;
    case RX_OFFSET_ACTIVE:
      return (double)c->active[at];
    case RX_OFFSET_PERSON_DAYS:
      return days * (double)c->audit->persons;
    case RX_OFFSET_NONE:
      break;
    }
  return 1;
}

static enum rx_status
add_number (struct rx_table *table, double x, struct rx_error *err)
{
  char text[RX_NUMBER_SIZE];
  return add_cell (table, rx_number_print (text, x), err);
}

static enum rx_status
write_points (struct counting *c, struct rx_table *table, struct rx_error *err)
{
  const char *const names[COLUMNS_MOST]
      = { "time", c->spec->measure->name, "population", "control" };
  size_t n_columns = c->spec->control.n > 0 ? COLUMNS_MOST : COLUMNS_MOST - 1;
  bool is_amount = rx_measure_is_amount (c->spec->measure->measure);
  double scale = is_amount ? c->reg->amount_scale : 1;
  char text[RX_DATE_SIZE];
  if (begin_table (table, c->reg, c->n, names, n_columns, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < c->n; i++)
    {
      double population = population_of (c, i);
      rx_date_print (text, c->first[i]);
      if (c->spec->step->months == 1)
        text[strlen ("2013-01")] = '\0';
      if (!(population > 0))
        return rx_fail (err, RX_EDATA,
                        "%s: nobody has a dispensing in %s, and the values "
                        "are divided by the number of those who do "
                        "(population: active)",
                        c->reg->file, text);
      if (add_cell (table, text, err) != RX_OK
          || add_number (table, (double)c->own.value[i] / scale, err) != RX_OK
          || add_number (table, population, err) != RX_OK
          || (n_columns == COLUMNS_MOST
              && add_number (table, (double)c->control.value[i] / scale, err)
                     != RX_OK))
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_register_series_table (struct rx_table *table,
                          const struct rx_register *reg,
                          const struct rx_register_series_spec *spec,
                          struct rx_register_series_audit *audit,
                          struct rx_error *err)
{
  const struct rx_texts nothing = { NULL, 0 };
  struct counting c = { .reg = reg, .spec = spec, .audit = audit };
  *table = (struct rx_table){ 0 };
  *audit = (struct rx_register_series_audit){ .coverage = rx_register_covered (
                                                  reg, spec->coverage) };
  enum rx_status status = rx_register_drugs (&c.own.codes, reg, "drug",
                                             spec->drugs, spec->except, err);
  if (status == RX_OK && spec->control.n > 0)
    status = rx_register_drugs (&c.control.codes, reg, "control drug",
                                spec->control, nothing, err);
  if (status == RX_OK)
    status = make_points (&c, err);
  if (status == RX_OK)
    {
      count_rows (&c);
      status = write_points (&c, table, err);
    }
  rx_codes_free (&c.own.codes);
  rx_codes_free (&c.control.codes);
  free (c.own.value);
  free (c.own.user);
  free (c.control.value);
  free (c.control.user);
  free (c.first);
  free (c.point);
  free (c.active);
  free (c.seen);
  if (status != RX_OK)
    rx_table_free (table);
  return status;
}

/* ---- The first days of two drugs ---------------------------------------- */

/* The first dispensing of the drugs after the run-in; INT32_MAX for who has
   none, or (*old) had one before. */
static int32_t
start_of (const struct rx_register *reg, size_t person,
          const struct rx_codes *codes, struct rx_days coverage,
          int32_t run_in, bool *old)
{
  int32_t first = INT32_MAX;
  for (size_t row = reg->start[person]; row < reg->start[person + 1]; row++)
    {
      int32_t day = rx_register_day (reg, row);
      if (codes->has[reg->drug[row]] && rx_register_is_dispensing (reg, row)
          && rx_days_hold (coverage, day) && day < first)
        first = day;
    }
  *old
      = first != INT32_MAX && (int64_t)first < (int64_t)coverage.from + run_in;
  return *old ? INT32_MAX : first;
}

static enum rx_status
add_pairs (struct rx_table *table, const struct rx_register *reg,
           const struct rx_codes codes[2], int32_t run_in,
           struct rx_register_pairs_audit *audit, struct rx_error *err)
{
  char text[2][RX_DATE_SIZE];
  for (size_t p = 0; p < reg->n_persons; p++)
    {
      bool old[2], starts = false;
      for (size_t d = 0; d < 2; d++)
        {
          int32_t day
              = start_of (reg, p, &codes[d], audit->coverage, run_in, &old[d]);
          text[d][0] = '\0';
          if (day != INT32_MAX)
            rx_date_print (text[d], day);
          starts = starts || day != INT32_MAX;
        }
      audit->old_index += old[0];
      audit->old_marker += old[1];
      if (starts
          && (add_cell (table, reg->persons[p], err) != RX_OK
              || add_cell (table, text[0], err) != RX_OK
              || add_cell (table, text[1], err) != RX_OK))
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_register_pairs_table (struct rx_table *table, const struct rx_register *reg,
                         const struct rx_register_pairs_spec *spec,
                         struct rx_register_pairs_audit *audit,
                         struct rx_error *err)
{
  static const char *const names[] = { "person", "index", "marker" };
  const struct rx_texts nothing = { NULL, 0 };
  struct rx_codes codes[2] = { { 0 } };
  *table = (struct rx_table){ 0 };
  *audit = (struct rx_register_pairs_audit){ .coverage = rx_register_covered (
                                                 reg, spec->coverage) };
  enum rx_status status = rx_register_drugs (&codes[0], reg, "index drug",
                                             spec->index, nothing, err);
  if (status == RX_OK)
    status = rx_register_drugs (&codes[1], reg, "marker drug", spec->marker,
                                nothing, err);
  if (status == RX_OK)
    status = begin_table (table, reg, reg->n_persons, names, 3, err);
  for (size_t i = 0; status == RX_OK && i < reg->n_drugs; i++)
    audit->both_drugs += codes[0].has[i] && codes[1].has[i];
  if (status == RX_OK)
    status = add_pairs (table, reg, codes, spec->run_in, audit, err);
  rx_codes_free (&codes[0]);
  rx_codes_free (&codes[1]);
  if (status != RX_OK)
    rx_table_free (table);
  return status;
}
