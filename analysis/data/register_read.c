/* register_read.c: reading the rows of a register.

   Each column has a role, each role a function that takes its cell of a row:
   the table at the end of the first part is the list.  Texts become codes in
   the order in which they are seen; when all rows are in, the codes are
   renumbered by name and the rows put person by person.

   The functions of this first part are the referee of register_reader.h. */
#include "data/register.h"

#include "base/date.h"
#include "base/text.h"
#include "base/threads.h"
#include "data/register_pass.h"
#include "data/register_rows.h"
#include "data/table.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A cell without the blanks around it. */
struct cell
{
  const char *text;
  size_t length;
  enum rx_register_role role;
};

static enum rx_status fail_cell (const struct rx_register_reader *reader,
                                 const struct cell *cell, struct rx_error *err,
                                 const char *expected, ...) RX_PRINTF (4, 5);

/* "reg.csv:7: date: found "x", expected ..." */
static enum rx_status
fail_cell (const struct rx_register_reader *reader, const struct cell *cell,
           struct rx_error *err, const char *expected, ...)
{
  char words[RX_MESSAGE_SIZE], found[RX_QUOTED_SIZE];
  struct rx_where where = { .file = reader->reg->file,
                            .line = reader->line,
                            .column = reader->form.name[cell->role] };
  va_list args;
  va_start (args, expected);
  vsnprintf (words, sizeof words, expected, args);
  va_end (args);
  return rx_fail_at (err, RX_EDATA, where, "found %s, expected %s",
                     rx_quote (found, cell->text, cell->length), words);
}

static bool
is_missing (const struct rx_register_reader *reader, const struct cell *cell)
{
  return rx_csv_is_missing (reader->form.format, cell->text, cell->length);
}

/* ---- A cell of each role ------------------------------------------------ */

/* Numbers a text of a column that must not be missing. */
static enum rx_status
take_needed (const struct rx_register_reader *reader, struct rx_intern *intern,
             const struct cell *cell, const struct rx_intern_key *key,
             const char *expected, uint32_t *code, struct rx_error *err)
{
  if (rx_intern_find (intern, key, code))
    return RX_OK;
  if (is_missing (reader, cell))
    return fail_cell (reader, cell, err, "%s: every row needs one", expected);
  return rx_intern_add (intern, key, code, err);
}

/* Numbers a text of a column where RX_REGISTER_NONE stands for missing. */
static enum rx_status
take_optional (const struct rx_register_reader *reader,
               struct rx_intern *intern, const struct cell *cell,
               uint32_t *code, struct rx_error *err)
{
  struct rx_intern_key key;
  rx_intern_key (&key, cell->text, cell->length);
  if (rx_intern_find (intern, &key, code))
    return RX_OK;
  *code = RX_REGISTER_NONE;
  if (is_missing (reader, cell))
    return RX_OK;
  return rx_intern_add (intern, &key, code, err);
}

/* Codes of 16 bits: far more than ATC or ICD-10 have. */
static enum rx_status
narrow (const struct rx_register_reader *reader, const struct cell *cell,
        uint32_t code, uint16_t *out, struct rx_error *err)
{
  if (code > UINT16_MAX)
    return fail_cell (reader, cell, err, "%d different codes at the most",
                      UINT16_MAX + 1);
  *out = (uint16_t)code;
  return RX_OK;
}

static enum rx_status
take_person (struct rx_register_reader *reader, const struct cell *cell,
             struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  uint32_t *person = &reader->person[reg->n_rows];
  enum rx_status status
      = take_needed (reader, &reader->persons, cell, &reader->person_key,
                     "the id of a person", person, err);
  if (status == RX_OK)
    status = rx_register_room_persons (reader, (size_t)*person + 1, err);
  return status;
}

/* A missing code may look like a day number (-9). */
static bool
is_missing_date (const struct rx_register_reader *reader,
                 const struct cell *cell, bool is_date)
{
  return (!is_date || reader->form.number_codes) && is_missing (reader, cell);
}

static enum rx_status
take_date (struct rx_register_reader *reader, const struct cell *cell,
           struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  int32_t day;
  char expected[RX_DATE_WORDS_SIZE];
  bool is_date
      = reader->form.dates->read (cell->text, cell->length, &day, NULL);
  if (is_missing_date (reader, cell, is_date))
    return fail_cell (reader, cell, err, "a date: every row needs one");
  if (!is_date)
    return fail_cell (reader, cell, err, "%s",
                      rx_date_expected (reader->form.dates, cell->text,
                                        cell->length, expected));
  if (!reader->has_base || day < reg->audit.first_day)
    reg->audit.first_day = day;
  if (!reader->has_base || day > reg->audit.last_day)
    reg->audit.last_day = day;
  if (reg->audit.last_day - reg->audit.first_day > UINT16_MAX)
    return fail_cell (reader, cell, err,
                      "a date less than %d days from every other one",
                      UINT16_MAX + 1);
  if (!reader->has_base || day < reg->base_day
      || day > reg->base_day + UINT16_MAX)
    rx_register_move_base (reader);
  reg->day[reg->n_rows] = (uint16_t)(day - reg->base_day);
  return RX_OK;
}

static enum rx_status
take_drug (struct rx_register_reader *reader, const struct cell *cell,
           struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  struct rx_intern_key key;
  uint32_t code;
  rx_intern_key (&key, cell->text, cell->length);
  enum rx_status status
      = take_needed (reader, &reader->drugs, cell, &key, "a drug", &code, err);
  return status != RX_OK
             ? status
             : narrow (reader, cell, code, &reg->drug[reg->n_rows], err);
}

/* A number, or *missing. */
static enum rx_status
read_number (struct rx_register_reader *reader, const struct cell *cell,
             struct rx_number *number, bool *missing, struct rx_error *err)
{
  enum rx_number_fault fault
      = rx_amount_read (cell->text, cell->length, reader->form.mark, number);
  *missing = (fault != RX_NUMBER_FINE || reader->form.number_codes)
             && is_missing (reader, cell);
  if (!*missing && fault != RX_NUMBER_FINE)
    return fail_cell (reader, cell, err, "%s", rx_number_fault_words (fault));
  return RX_OK;
}

static enum rx_status
take_amount_times (struct rx_register_reader *reader, const struct cell *cell,
                   struct rx_error *err)
{
  return read_number (reader, cell, &reader->factor, &reader->factor_missing,
                      err);
}

static enum rx_status
take_amount (struct rx_register_reader *reader, const struct cell *cell,
             struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  struct rx_number number;
  int64_t units;
  bool missing, times = reader->form.name[RX_ROLE_AMOUNT_TIMES] != NULL;
  if (read_number (reader, cell, &number, &missing, err) != RX_OK)
    return err->status;
  if (missing || (times && reader->factor_missing))
    {
      reg->audit.missing_amounts++;
      return rx_amounts_add_missing (&reg->amount, err);
    }
  if (times)
    rx_amount_times (&number, reader->factor);
  enum rx_status status = rx_amounts_add (&reg->amount, number, &units, err);
  if (status == RX_EDATA)
    {
      struct rx_error why = *err;
      return fail_cell (reader, cell, err, "%s", why.message);
    }
  reg->audit.negative_amounts += units < 0;
  reg->audit.zero_amounts += units == 0;
  return status;
}

static enum rx_status
take_indication (struct rx_register_reader *reader, const struct cell *cell,
                 struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  uint32_t code;
  enum rx_status status
      = take_optional (reader, &reader->indications, cell, &code, err);
  return status != RX_OK
             ? status
             : narrow (reader, cell, code, &reg->indication[reg->n_rows], err);
}

static enum rx_status
fail_contradiction (const struct rx_register_reader *reader,
                    const struct cell *cell, const char *before,
                    struct rx_error *err)
{
  char id[RX_QUOTED_SIZE], said[RX_QUOTED_SIZE];
  uint32_t person = reader->person[reader->reg->n_rows];
  return fail_cell (reader, cell, err, "%s as in an earlier row of person %s",
                    rx_quotez (said, before),
                    rx_quotez (id, reader->persons.text[person]));
}

static enum rx_status
take_sex (struct rx_register_reader *reader, const struct cell *cell,
          struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  uint16_t *known = &reg->sex[reader->person[reg->n_rows]], here = 0;
  uint32_t code;
  enum rx_status status
      = take_optional (reader, &reader->sexes, cell, &code, err);
  if (status == RX_OK)
    status = narrow (reader, cell, code, &here, err);
  if (status != RX_OK)
    return status;
  if (here == RX_REGISTER_NONE)
    reader->given[reg->n_rows] |= RX_GIVEN_NO_SEX;
  else if (*known != RX_REGISTER_NONE && *known != here)
    return fail_contradiction (reader, cell, reader->sexes.text[*known], err);
  else
    *known = here;
  return RX_OK;
}

static enum rx_status
take_birth_year (struct rx_register_reader *reader, const struct cell *cell,
                 struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  int16_t *known = &reg->birth_year[reader->person[reg->n_rows]], year;
  char before[RX_NUMBER_SIZE];
  if (is_missing (reader, cell))
    reader->given[reg->n_rows] |= RX_GIVEN_NO_BIRTH_YEAR;
  else if (!rx_register_read_year (cell->text, cell->length, &year))
    return fail_cell (reader, cell, err, "a year like 1957");
  else if (*known != 0 && *known != year)
    return fail_contradiction (reader, cell, rx_number_print (before, *known),
                               err);
  else
    *known = year;
  return RX_OK;
}

static enum rx_status (*const take[RX_N_ROLES]) (struct rx_register_reader *,
                                                 const struct cell *,
                                                 struct rx_error *)
    = { [RX_ROLE_DATE] = take_date,
        [RX_ROLE_DRUG] = take_drug,
        [RX_ROLE_AMOUNT_TIMES] = take_amount_times,
        [RX_ROLE_AMOUNT] = take_amount,
        [RX_ROLE_INDICATION] = take_indication,
        [RX_ROLE_PERSON] = take_person,
        [RX_ROLE_SEX] = take_sex,
        [RX_ROLE_BIRTH_YEAR] = take_birth_year };

/* ---- Header, rows and comments as csv.h hands them out ------------------ */

static bool
lacks_amount (const struct rx_register_reader *reader,
              const struct rx_table *header)
{
  const char *amount = reader->form.name[RX_ROLE_AMOUNT];
  const char *times = reader->form.name[RX_ROLE_AMOUNT_TIMES];
  return (amount != NULL && !rx_table_has (header, amount))
         || (times != NULL && !rx_table_has (header, times));
}

static enum rx_status
take_header (struct rx_register_reader *reader, const struct rx_field *fields,
             size_t n, struct rx_error *err)
{
  struct rx_table header = { .file = reader->reg->file, .n_columns = n };
  header.names = rx_array (n, sizeof *header.names);
  if (header.names == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    header.names[i] = fields[i].text;
  enum rx_status status = RX_OK;
  if (reader->form.may_lack_amount && lacks_amount (reader, &header))
    {
      reader->form.name[RX_ROLE_AMOUNT] = NULL;
      reader->form.name[RX_ROLE_AMOUNT_TIMES] = NULL;
      reader->reg->has_amount = false;
    }
  for (size_t role = 0; role < RX_N_ROLES && status == RX_OK; role++)
    if (reader->form.name[role] != NULL)
      status = rx_table_column (&header, reader->form.name[role],
                                &reader->form.column[role], err);
  free (header.names);
  reader->form.n_columns = n;
  return status;
}

static bool
is_blank_row (const struct rx_register_reader *reader,
              const struct rx_field *fields, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (!rx_csv_is_missing (reader->form.format, fields[i].text,
                            fields[i].length))
      return false;
  return true;
}

static void
trim (struct cell *cell, const struct rx_field *field,
      enum rx_register_role role)
{
  const char *text = field->text;
  size_t length = field->length;
  rx_csv_trim (&text, &length);
  cell->text = text;
  cell->length = length;
  cell->role = role;
}

static enum rx_status
take_row (struct rx_register_reader *reader, const struct rx_field *fields,
          size_t n, struct rx_error *err)
{
  struct cell cell;
  trim (&cell, &fields[reader->form.column[RX_ROLE_PERSON]], RX_ROLE_PERSON);
  rx_intern_key (&reader->person_key, cell.text, cell.length);
  rx_intern_prefetch (&reader->persons, &reader->person_key);
  for (size_t role = 0; role < RX_N_ROLES; role++)
    {
      if (reader->form.name[role] == NULL)
        continue;
      trim (&cell, &fields[reader->form.column[role]],
            (enum rx_register_role)role);
      if (take[role](reader, &cell, err) == RX_OK)
        continue;
      /* a spreadsheet may end in rows of nothing but delimiters */
      if (role != RX_ROLE_DATE || !is_blank_row (reader, fields, n))
        return err->status;
      reader->reg->audit.blank_rows++;
      return RX_OK;
    }
  reader->reg->n_rows++;
  return RX_OK;
}

static enum rx_status
on_record (void *context, const struct rx_field *fields, size_t n, size_t line,
           bool is_header, struct rx_error *err)
{
  struct rx_register_reader *reader = context;
  if (is_header)
    return take_header (reader, fields, n, err);
  reader->line = line;
  if (rx_register_room (reader, 1, err) != RX_OK)
    return err->status;
  return take_row (reader, fields, n, err);
}

static enum rx_status
on_comment (void *context, const char *text, struct rx_error *err)
{
  struct rx_register_reader *reader = context;
  struct rx_register *reg = reader->reg;
  const char *copy = rx_strings_addz (&reg->strings, text);
  if (copy == NULL)
    return rx_fail_memory (err);
  if (rx_grow (&reg->comments, &reader->room_comments, reg->n_comments + 1,
               sizeof *reg->comments, err)
      != RX_OK)
    return err->status;
  reg->comments[reg->n_comments++] = copy;
  if (rx_csv_says_synthetic (text))
    reg->synthetic = true;
  return RX_OK;
}

/* ---- When all rows are in ----------------------------------------------- */

/* Sorts the texts of a column, renumbers its codes, and hands the texts over
   to the register. */
static enum rx_status
renumber (struct rx_intern *intern, size_t fixed, uint16_t *codes, size_t n,
          const char ***texts, size_t *n_texts, struct rx_error *err)
{
  uint32_t *rank;
  if (rx_intern_sort (intern, fixed, &rank, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < n; i++)
    codes[i] = (uint16_t)rank[codes[i]];
  free (rank);
  *texts = intern->text;
  *n_texts = intern->n;
  intern->text = NULL;
  return RX_OK;
}

/* What is kept of each person, and who had each row, by the new numbers. */
static enum rx_status
renumber_persons (struct rx_register_reader *reader, struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  size_t n = reader->persons.n;
  uint32_t *rank;
  if (rx_intern_sort (&reader->persons, 0, &rank, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < reg->n_rows; i++)
    reader->person[i] = rank[reader->person[i]];
  uint16_t *sex = rx_array (n, sizeof *sex);
  int16_t *birth_year = rx_array (n, sizeof *birth_year);
  enum rx_status status
      = sex == NULL || birth_year == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t i = 0; status == RX_OK && i < n; i++)
    {
      if (reg->sex != NULL)
        sex[rank[i]] = reg->sex[i];
      if (reg->birth_year != NULL)
        birth_year[rank[i]] = reg->birth_year[i];
    }
  if (status == RX_OK && reg->sex != NULL)
    memcpy (reg->sex, sex, n * sizeof *sex);
  if (status == RX_OK && reg->birth_year != NULL)
    memcpy (reg->birth_year, birth_year, n * sizeof *birth_year);
  free (sex);
  free (birth_year);
  free (rank);
  reg->persons = reader->persons.text;
  reg->n_persons = n;
  reader->persons.text = NULL;
  return status;
}

static enum rx_status
renumber_all (struct rx_register_reader *reader, struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  enum rx_status status = renumber_persons (reader, err);
  if (status == RX_OK)
    status = renumber (&reader->drugs, 0, reg->drug, reg->n_rows, &reg->drugs,
                       &reg->n_drugs, err);
  if (status == RX_OK && reg->indication != NULL)
    status = renumber (&reader->indications, 1, reg->indication, reg->n_rows,
                       &reg->indications, &reg->n_indications, err);
  if (status == RX_OK && reg->sex != NULL)
    status = renumber (&reader->sexes, 1, reg->sex, reg->n_persons,
                       &reg->sexes, &reg->n_sexes, err);
  return status;
}

/* Makes day 0 the first one seen. */
static void
settle_base (struct rx_register *reg)
{
  int32_t shift = reg->audit.first_day - reg->base_day;
  for (size_t i = 0; i < reg->n_rows; i++)
    reg->day[i] = (uint16_t)(reg->day[i] - shift);
  reg->base_day = reg->audit.first_day;
}

static enum rx_status
finish (struct rx_register_reader *reader, struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  if (reg->n_rows == 0)
    return rx_fail (err, RX_EDATA, "%s: no rows of data below the header",
                    reg->file);
  reg->audit.rows = reg->n_rows;
  reg->audit.rounded_amounts = reg->amount.rounded;
  reg->amount_scale = rx_amounts_scale (&reg->amount);
  settle_base (reg);
  enum rx_status status = renumber_all (reader, err);
  if (status == RX_OK)
    status = rx_register_group (reg, reader->person, &reader->given,
                                reader->threads, err);
  free (reader->person); /* not needed beside the table of repeats */
  reader->person = NULL;
  if (status == RX_OK)
    status = rx_register_duplicates (reg, reader->given, reader->threads,
                                     &reg->audit.duplicate_rows, err);
  return status;
}

/* ---- The whole file ----------------------------------------------------- */

static bool
some_code_is_number (const struct rx_csv_format *format)
{
  struct rx_number number;
  if (format == NULL || format->missing == NULL)
    return false;
  for (size_t i = 0; i < format->n_missing; i++)
    if (rx_number_read (format->missing[i], strlen (format->missing[i]),
                        format->decimal != 0 ? format->decimal : '.', &number)
        == RX_NUMBER_FINE)
      return true;
  return false;
}

static enum rx_status
start (struct rx_register_reader *reader, const char *path,
       const struct rx_register_columns *columns, struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  struct rx_intern_key empty;
  uint32_t none;
  const char *const name[RX_N_ROLES] = {
    [RX_ROLE_PERSON] = columns->person,
    [RX_ROLE_DATE] = columns->date,
    [RX_ROLE_DRUG] = columns->drug,
    [RX_ROLE_AMOUNT_TIMES]
    = columns->amount != NULL ? columns->amount_times : NULL,
    [RX_ROLE_AMOUNT] = columns->amount,
    [RX_ROLE_INDICATION] = columns->indication,
    [RX_ROLE_SEX] = columns->sex,
    [RX_ROLE_BIRTH_YEAR] = columns->birth_year,
  };
  memcpy (reader->form.name, name, sizeof name);
  reader->form.may_lack_amount = columns->may_lack_amount;
  if (columns->person == NULL || columns->date == NULL
      || columns->drug == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "a register needs columns for person, date and drug");
  reg->file = rx_strings_addz (
      &reg->strings, strcmp (path, "-") == 0 ? "standard input" : path);
  if (reg->file == NULL)
    return rx_fail_memory (err);
  reg->has_amount = columns->amount != NULL;
  reg->is_days = columns->is_days;
  rx_intern_key (&empty, "", 0);
  enum rx_status status
      = rx_intern_add (&reader->indications, &empty, &none, err);
  return status != RX_OK ? status
                         : rx_intern_add (&reader->sexes, &empty, &none, err);
}

static void
reader_free (struct rx_register_reader *reader)
{
  free (reader->person);
  free (reader->given);
  rx_intern_free (&reader->persons);
  rx_intern_free (&reader->drugs);
  rx_intern_free (&reader->indications);
  rx_intern_free (&reader->sexes);
}

static enum rx_status
read_rows (struct rx_register_reader *reader, const char *path,
           const struct rx_register_how *how, struct rx_error *err)
{
  struct rx_source *source = NULL;
  struct rx_csv *csv = NULL;
  enum rx_status status = rx_source_open (&source, path, err);
  if (status == RX_OK)
    status = rx_csv_alloc (&csv, rx_source_name (source), reader->form.format,
                           on_record, on_comment, reader, err);
  if (status == RX_OK)
    status = rx_register_pass (reader, csv, source, how, err);
  if (status == RX_OK)
    memcpy (reader->reg->digest, rx_source_digest (source), RX_DIGEST_SIZE);
  rx_csv_free (csv);
  rx_source_close (source);
  return status;
}

enum rx_status
rx_register_read_how (struct rx_register *reg, const char *path,
                      const struct rx_csv_format *format,
                      const struct rx_register_columns *columns,
                      const struct rx_register_how *how, struct rx_error *err)
{
  struct rx_strings *strings = &reg->strings;
  struct rx_register_reader reader
      = { .reg = reg,
          .threads = how->threads > 0 ? how->threads : rx_threads (),
          .form = { .format = format,
                    .dates = rx_date_formats,
                    .mark = '.',
                    .number_codes = some_code_is_number (format) },
          .persons = { .strings = strings },
          .drugs = { .strings = strings },
          .indications = { .strings = strings },
          .sexes = { .strings = strings } };
  if (format != NULL && format->dates != NULL)
    reader.form.dates = format->dates;
  if (format != NULL && format->decimal != 0)
    reader.form.mark = format->decimal;
  enum rx_status status = start (&reader, path, columns, err);
  if (status == RX_OK)
    status = read_rows (&reader, path, how, err);
  if (status == RX_OK)
    status = finish (&reader, err);
  reader_free (&reader);
  if (status != RX_OK)
    rx_register_free (reg);
  return status;
}

enum rx_status
rx_register_read (struct rx_register *reg, const char *path,
                  const struct rx_csv_format *format,
                  const struct rx_register_columns *columns,
                  struct rx_error *err)
{
  const struct rx_register_how usual = { 0 };
  return rx_register_read_how (reg, path, format, columns, &usual, err);
}
