/* register_persons.c: each row of the table finds its person; then the rows
   of the register that nobody can have had are taken out. */
#include "data/register_persons.h"

#include "base/date.h"
#include "base/text.h"
#include "data/register_reader.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROLE(member) offsetof (struct rx_person_columns, member)

const struct rx_person_role rx_person_roles[] = {
  { "person", ROLE (person) },
  { "entry", ROLE (entry) },
  { "death", ROLE (death) },
  { "emigration", ROLE (emigration) },
  { "sex", ROLE (sex) },
  { "birth_year", ROLE (birth_year) },
  { "birth_date", ROLE (birth_date) },
};
const size_t rx_n_person_roles
    = sizeof rx_person_roles / sizeof rx_person_roles[0];

enum role /* in the order of rx_person_roles */
{
  PERSON,
  ENTRY,
  DEATH,
  EMIGRATION,
  SEX,
  BIRTH_YEAR,
  BIRTH_DATE,
  N_ROLES
};

struct join
{
  struct rx_register *reg;
  const struct rx_table *table;
  const struct rx_date_format *dates;
  bool has[N_ROLES];
  size_t column[N_ROLES];
  struct rx_intern persons; /* of the register, numbered as there */
  struct rx_intern sexes;   /* the same, and those of the table */
  struct rx_strings strings;
  size_t *line; /* [n_persons] of the row of a person, 0: none yet */
};

/* ---- One cell ----------------------------------------------------------- */

static bool
is_there (const struct join *join, size_t row, enum role role)
{
  return join->has[role]
         && !rx_table_missing (join->table, row, join->column[role]);
}

static const char *
cell_of (const struct join *join, size_t row, enum role role)
{
  return rx_table_cell (join->table, row, join->column[role]);
}

static enum rx_status
fail_cell (const struct join *join, size_t row, enum role role,
           const char *expected, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  return rx_fail_at (err, RX_EDATA,
                     rx_table_where (join->table, row, join->column[role]),
                     "found %s, expected %s",
                     rx_quotez (found, cell_of (join, row, role)), expected);
}

/* Leaves *day as it is where the cell is missing. */
static enum rx_status
read_day (const struct join *join, size_t row, enum role role, int32_t *day,
          struct rx_error *err)
{
  char expected[RX_DATE_WORDS_SIZE];
  if (!is_there (join, row, role))
    return RX_OK;
  const char *text = cell_of (join, row, role);
  if (join->dates->read (text, strlen (text), day, NULL))
    return RX_OK;
  return fail_cell (
      join, row, role,
      rx_date_expected (join->dates, text, strlen (text), expected), err);
}

/* ---- One person --------------------------------------------------------- */

static enum rx_status
read_observed (const struct join *join, size_t row, struct rx_observed *out,
               struct rx_error *err)
{
  char expected[RX_DATE_SIZE + 64], date[RX_DATE_SIZE];
  int32_t death = INT32_MAX, left = INT32_MAX;
  *out = (struct rx_observed){ .from = INT32_MIN, .end = RX_END_NONE };
  if (read_day (join, row, ENTRY, &out->from, err) != RX_OK
      || read_day (join, row, DEATH, &death, err) != RX_OK
      || read_day (join, row, EMIGRATION, &left, err) != RX_OK)
    return err->status;
  out->is_known = true;
  out->to = death < left ? death : left;
  if (out->to != INT32_MAX)
    out->end = left < death ? RX_END_EMIGRATION : RX_END_DEATH;
  if (out->from <= out->to)
    return RX_OK;
  snprintf (expected, sizeof expected, "a day not before the entry on %s",
            rx_date_print (date, out->from));
  return fail_cell (join, row, out->end == RX_END_DEATH ? DEATH : EMIGRATION,
                    expected, err);
}

static enum rx_status
take_sex (struct join *join, size_t row, uint32_t person, struct rx_error *err)
{
  struct rx_intern_key key;
  uint32_t code;
  uint16_t *known = &join->reg->sex[person];
  if (!is_there (join, row, SEX))
    return RX_OK;
  const char *text = cell_of (join, row, SEX);
  rx_intern_key (&key, text, strlen (text));
  if (rx_intern_add (&join->sexes, &key, &code, err) != RX_OK)
    return err->status;
  if (code > UINT16_MAX)
    return fail_cell (join, row, SEX, "65536 different sexes at the most",
                      err);
  if (*known != RX_REGISTER_NONE && *known != code)
    {
      char said[RX_QUOTED_SIZE], expected[RX_QUOTED_SIZE + 64];
      snprintf (expected, sizeof expected, "the sex %s, as in the register",
                rx_quotez (said, join->sexes.text[*known]));
      return fail_cell (join, row, SEX, expected, err);
    }
  *known = (uint16_t)code;
  return RX_OK;
}

/* The year from either column; 0 where both are missing. */
static enum rx_status
read_birth (const struct join *join, size_t row, int16_t *year,
            enum role *role, struct rx_error *err)
{
  int32_t day = 0;
  *year = 0;
  *role = BIRTH_YEAR;
  if (is_there (join, row, BIRTH_YEAR))
    {
      const char *text = cell_of (join, row, BIRTH_YEAR);
      return rx_register_read_year (text, strlen (text), year)
                 ? RX_OK
                 : fail_cell (join, row, BIRTH_YEAR, "a year like 1957", err);
    }
  *role = BIRTH_DATE;
  if (!is_there (join, row, BIRTH_DATE))
    return RX_OK;
  if (read_day (join, row, BIRTH_DATE, &day, err) != RX_OK)
    return err->status;
  *year = (int16_t)rx_date_year (day);
  return RX_OK;
}

static enum rx_status
take_birth (struct join *join, size_t row, uint32_t person,
            struct rx_error *err)
{
  int16_t year, *known = &join->reg->birth_year[person];
  enum role role;
  char expected[64];
  if (read_birth (join, row, &year, &role, err) != RX_OK || year == 0)
    return err->status;
  if (*known != 0 && *known != year)
    {
      snprintf (expected, sizeof expected,
                "the year of birth %d, as in the register", *known);
      return fail_cell (join, row, role, expected, err);
    }
  *known = year;
  return RX_OK;
}

static enum rx_status
take_row (struct join *join, size_t row, struct rx_error *err)
{
  struct rx_register *reg = join->reg;
  struct rx_observed observed;
  struct rx_intern_key key;
  uint32_t person;
  char expected[96];
  if (!is_there (join, row, PERSON))
    return fail_cell (join, row, PERSON,
                      "the id of a person: every row needs one", err);
  if (read_observed (join, row, &observed, err) != RX_OK)
    return err->status;
  const char *id = cell_of (join, row, PERSON);
  rx_intern_key (&key, id, strlen (id));
  if (!rx_intern_find (&join->persons, &key, &person))
    {
      reg->audit.persons_only++;
      return RX_OK;
    }
  if (join->line[person] != 0)
    {
      snprintf (expected, sizeof expected,
                "one row per person: this one has a row on line %zu",
                join->line[person]);
      return fail_cell (join, row, PERSON, expected, err);
    }
  join->line[person] = join->table->lines[row];
  reg->observed[person] = observed;
  if (reg->sex != NULL && take_sex (join, row, person, err) != RX_OK)
    return err->status;
  return reg->birth_year == NULL ? RX_OK : take_birth (join, row, person, err);
}

/* ---- Before and after the rows ------------------------------------------ */

static enum rx_status
add_text (struct rx_intern *intern, const char *text, struct rx_error *err)
{
  struct rx_intern_key key;
  uint32_t number;
  rx_intern_key (&key, text, strlen (text));
  return rx_intern_add (intern, &key, &number, err);
}

static enum rx_status
find_columns (struct join *join, const struct rx_person_columns *columns,
              struct rx_error *err)
{
  for (size_t i = 0; i < N_ROLES; i++)
    {
      const char *name = rx_person_column (columns, i);
      join->has[i] = name != NULL;
      if (name != NULL
          && rx_table_column (join->table, name, &join->column[i], err)
                 != RX_OK)
        return err->status;
    }
  return join->has[PERSON]
             ? RX_OK
             : rx_fail (err, RX_EUSAGE,
                        "a file of persons needs the column of the person");
}

/* What the table is joined to, and what it adds to the register. */
static enum rx_status
prepare (struct join *join, struct rx_error *err)
{
  struct rx_register *reg = join->reg;
  join->line = rx_array (reg->n_persons, sizeof *join->line);
  reg->observed = rx_array (reg->n_persons, sizeof *reg->observed);
  if (join->has[SEX] && reg->sex == NULL)
    reg->sex = rx_array (reg->n_persons, sizeof *reg->sex);
  if ((join->has[BIRTH_YEAR] || join->has[BIRTH_DATE])
      && reg->birth_year == NULL)
    reg->birth_year = rx_array (reg->n_persons, sizeof *reg->birth_year);
  if (join->line == NULL || reg->observed == NULL
      || (join->has[SEX] && reg->sex == NULL)
      || ((join->has[BIRTH_YEAR] || join->has[BIRTH_DATE])
          && reg->birth_year == NULL))
    return rx_fail_memory (err);
  enum rx_status status = RX_OK;
  for (size_t p = 0; p < reg->n_persons && status == RX_OK; p++)
    status = add_text (&join->persons, reg->persons[p], err);
  if (status == RX_OK && reg->n_sexes == 0)
    status = add_text (&join->sexes, "", err);
  for (size_t s = 0; s < reg->n_sexes && status == RX_OK; s++)
    status = add_text (&join->sexes, reg->sexes[s], err);
  return status;
}

/* Sexes are numbered by name, as the register numbers them. */
static enum rx_status
settle_sexes (struct join *join, struct rx_error *err)
{
  struct rx_register *reg = join->reg;
  uint32_t *rank = NULL;
  if (!join->has[SEX])
    return RX_OK;
  enum rx_status status = rx_intern_sort (&join->sexes, 1, &rank, err);
  const char **sexes = rx_array (join->sexes.n, sizeof *sexes);
  if (status == RX_OK && sexes == NULL)
    status = rx_fail_memory (err);
  for (size_t p = 0; p < reg->n_persons && status == RX_OK; p++)
    reg->sex[p] = (uint16_t)rank[reg->sex[p]];
  for (size_t s = 0; s < join->sexes.n && status == RX_OK; s++)
    {
      sexes[s] = rx_strings_addz (&reg->strings, join->sexes.text[s]);
      if (sexes[s] == NULL)
        status = rx_fail_memory (err);
    }
  free (rank);
  if (status != RX_OK)
    {
      free (sexes);
      return status;
    }
  free (reg->sexes);
  reg->sexes = sexes;
  reg->n_sexes = join->sexes.n;
  return RX_OK;
}

/* Counts a row that the person cannot have had; false for all others. */
static bool
is_foreign (struct rx_register *reg, size_t person, int32_t day)
{
  const struct rx_observed *observed = &reg->observed[person];
  if (!observed->is_known || (day >= observed->from && day <= observed->to))
    return false;
  if (day < observed->from)
    reg->audit.rows_before_entry++;
  else if (observed->end == RX_END_DEATH)
    reg->audit.rows_after_death++;
  else
    reg->audit.rows_after_emigration++;
  return true;
}

/* Moves row `from` to row `to`, which is not behind it. */
static void
move_row (struct rx_register *reg, size_t from, size_t to)
{
  reg->day[to] = reg->day[from];
  reg->drug[to] = reg->drug[from];
  if (reg->indication != NULL)
    reg->indication[to] = reg->indication[from];
  if (!reg->has_amount)
    return;
  if (reg->amount.is_wide)
    reg->amount.wide[to] = reg->amount.wide[from];
  else
    reg->amount.narrow[to] = reg->amount.narrow[from];
}

static void
drop_foreign (struct rx_register *reg)
{
  size_t n = 0, row = 0;
  for (size_t p = 0; p < reg->n_persons; p++)
    {
      size_t end = reg->start[p + 1];
      reg->audit.persons_unknown += !reg->observed[p].is_known;
      reg->start[p] = (uint32_t)n;
      for (; row < end; row++)
        if (!is_foreign (reg, p, rx_register_day (reg, row)))
          move_row (reg, row, n++);
    }
  reg->start[reg->n_persons] = (uint32_t)n;
  reg->n_rows = n;
  if (reg->has_amount)
    reg->amount.n = n;
}

enum rx_status
rx_register_persons_join (struct rx_register *reg,
                          const struct rx_table *table,
                          const struct rx_person_columns *columns,
                          const struct rx_date_format *dates,
                          struct rx_error *err)
{
  struct join join = { .reg = reg,
                       .table = table,
                       .dates = dates != NULL ? dates : rx_date_formats };
  join.persons.strings = join.sexes.strings = &join.strings;
  enum rx_status status = find_columns (&join, columns, err);
  if (status == RX_OK)
    status = prepare (&join, err);
  for (size_t row = 0; row < table->n_rows && status == RX_OK; row++)
    status = take_row (&join, row, err);
  if (status == RX_OK)
    status = settle_sexes (&join, err);
  if (status == RX_OK)
    drop_foreign (reg);
  if (status == RX_OK)
    reg->synthetic = reg->synthetic || table->synthetic;
  rx_intern_free (&join.persons);
  rx_intern_free (&join.sexes);
  rx_strings_free (&join.strings);
  free (join.line);
  return status;
}
