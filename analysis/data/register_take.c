/* register_take.c: column by column, each of which may decline.

   Rows count only once all columns have taken theirs, so declining costs
   nothing but the work.  What a declined stretch leaves behind - persons and
   drugs that were numbered, a sex that became known, amounts at a finer scale,
   in each column up to the row that made it decline - is what the referee
   would have made of the same rows before it comes to the one it refuses. */
#include "data/register_take.h"

#include <stdlib.h>
#include <string.h>

enum
{
  AHEAD = 16 /* persons whose slots the memory is bringing */
};

struct rows
{
  struct rx_register_reader *reader;
  struct rx_register_lines *lines;
  size_t first, n; /* of lines */
};

static bool
is_missing (const struct rx_register_reader *reader, const char *text)
{
  return rx_csv_is_missing (reader->form.format, text, strlen (text));
}

/* ---- Days and amounts --------------------------------------------------- */

static bool
take_days (const struct rows *rows)
{
  struct rx_register_reader *reader = rows->reader;
  struct rx_register *reg = reader->reg;
  const int32_t *day = rows->lines->day + rows->first;
  int32_t first = reader->has_base ? reg->audit.first_day : day[0];
  int32_t last = reader->has_base ? reg->audit.last_day : day[0];
  for (size_t i = 0; i < rows->n; i++)
    {
      first = day[i] < first ? day[i] : first;
      last = day[i] > last ? day[i] : last;
    }
  if (last - first > UINT16_MAX)
    return false;
  reg->audit.first_day = first;
  reg->audit.last_day = last;
  if (!reader->has_base || first < reg->base_day
      || last > reg->base_day + UINT16_MAX)
    rx_register_move_base (reader);
  uint16_t *out = reg->day + reg->n_rows;
  for (size_t i = 0; i < rows->n; i++)
    out[i] = (uint16_t)(day[i] - reg->base_day);
  return true;
}

static enum rx_status
take_amounts (const struct rows *rows, bool *taken, struct rx_error *err)
{
  struct rx_register *reg = rows->reader->reg;
  const size_t before = reg->amount.n;
  enum rx_status status = rx_amounts_add_all (
      &reg->amount, rows->lines->units + rows->first,
      rows->lines->decimals + rows->first, rows->n, taken, err);
  for (size_t i = before; i < reg->amount.n; i++)
    {
      int64_t units = rx_amounts_at (&reg->amount, i);
      reg->audit.missing_amounts += units == RX_AMOUNT_MISSING;
      reg->audit.negative_amounts += units < 0 && units != RX_AMOUNT_MISSING;
      reg->audit.zero_amounts += units == 0;
    }
  return status;
}

/* ---- Texts -------------------------------------------------------------- */

/* What a text of the lines is in the register, asked once for each: a missing
   one is RX_REGISTER_NONE where it may be missing, and declined elsewhere. */
static enum rx_status
make_known (const struct rows *rows, struct rx_intern *intern,
            struct rx_register_texts *texts, uint32_t text, bool needed,
            bool *taken, struct rx_error *err)
{
  struct rx_intern_key key;
  const char *string = texts->intern.text[text];
  uint32_t code;
  rx_intern_key (&key, string, strlen (string));
  if (!rx_intern_find (intern, &key, &code))
    {
      bool missing = is_missing (rows->reader, string);
      code = RX_REGISTER_NONE;
      if (missing && needed)
        *taken = false;
      else if (!missing && rx_intern_add (intern, &key, &code, err) != RX_OK)
        return err->status;
    }
  if (code > UINT16_MAX)
    *taken = false;
  if (*taken)
    texts->known[text] = code + 1;
  return RX_OK;
}

/* The codes of a column, first seen first. */
static enum rx_status
take_codes (const struct rows *rows, struct rx_intern *intern,
            struct rx_register_texts *texts, bool needed, uint16_t *out,
            bool *taken, struct rx_error *err)
{
  const uint32_t *code = texts->code + rows->first;
  if (rx_grow (&texts->known, &texts->room_known, texts->intern.n,
               sizeof *texts->known, err)
      != RX_OK)
    return err->status;
  for (size_t i = 0; i < rows->n && *taken; i++)
    {
      if (texts->known[code[i]] == 0
          && make_known (rows, intern, texts, code[i], needed, taken, err)
                 != RX_OK)
        return err->status;
      out[i] = (uint16_t)(texts->known[code[i]] - 1);
    }
  return RX_OK;
}

/* Numbers the persons key[0..n), new ones in their order. */
static enum rx_status
number_persons (struct rx_register_reader *reader,
                const struct rx_intern_key *key, size_t n, uint32_t *number,
                bool *taken, struct rx_error *err)
{
  struct rx_intern *persons = &reader->persons;
  for (size_t i = 0; i < n && i < AHEAD; i++)
    rx_intern_prefetch (persons, &key[i]);
  for (size_t i = 0; i < n; i++)
    {
      if (i + AHEAD < n)
        rx_intern_prefetch (persons, &key[i + AHEAD]);
      if (rx_intern_find (persons, &key[i], &number[i]))
        continue;
      *taken = !rx_csv_is_missing (reader->form.format, key[i].text,
                                   key[i].length);
      if (!*taken)
        return RX_OK;
      if (rx_intern_add (persons, &key[i], &number[i], err) != RX_OK)
        return err->status;
    }
  return rx_register_room_persons (reader, persons->n, err);
}

/* The persons of the rows; the same one again and again where the file is
   sorted by person. */
static enum rx_status
take_persons (const struct rows *rows, bool *taken, struct rx_error *err)
{
  struct rx_register_reader *reader = rows->reader;
  struct rx_register_lines *lines = rows->lines;
  const uint32_t *who = lines->who + rows->first;
  uint32_t *out = reader->person + reader->reg->n_rows;
  size_t first = who[0], n = who[rows->n - 1] - first + 1;
  enum rx_status status = rx_grow (&lines->number, &lines->room_number, n,
                                   sizeof *lines->number, err);
  if (status == RX_OK)
    status = number_persons (reader, lines->person + first, n, lines->number,
                             taken, err);
  for (size_t i = 0; i < rows->n && status == RX_OK && *taken; i++)
    out[i] = lines->number[who[i] - first];
  return status;
}

/* ---- Sex and birth year ------------------------------------------------- */

/* sex[] holds the codes of the rows. */
static bool
take_sexes (const struct rows *rows, const uint16_t *sex)
{
  struct rx_register *reg = rows->reader->reg;
  const uint32_t *person = rows->reader->person + reg->n_rows;
  uint8_t *given = rows->reader->given + reg->n_rows;
  for (size_t i = 0; i < rows->n; i++)
    {
      uint16_t *known = &reg->sex[person[i]];
      if (sex[i] == RX_REGISTER_NONE)
        given[i] |= RX_GIVEN_NO_SEX;
      else if (*known != RX_REGISTER_NONE && *known != sex[i])
        return false;
      else
        *known = sex[i];
    }
  return true;
}

static bool
take_birth_years (const struct rows *rows)
{
  struct rx_register *reg = rows->reader->reg;
  const uint32_t *person = rows->reader->person + reg->n_rows;
  const int16_t *year = rows->lines->birth_year + rows->first;
  uint8_t *given = rows->reader->given + reg->n_rows;
  for (size_t i = 0; i < rows->n; i++)
    {
      int16_t *known = &reg->birth_year[person[i]];
      if (year[i] == 0)
        given[i] |= RX_GIVEN_NO_BIRTH_YEAR;
      else if (*known != 0 && *known != year[i])
        return false;
      else
        *known = year[i];
    }
  return true;
}

static enum rx_status
take_of_person (const struct rows *rows, bool *taken, struct rx_error *err)
{
  struct rx_register_reader *reader = rows->reader;
  enum rx_status status = RX_OK;
  if (reader->given != NULL)
    memset (reader->given + reader->reg->n_rows, 0, rows->n);
  if (reader->form.name[RX_ROLE_SEX] != NULL)
    {
      uint16_t *sex = rx_array (rows->n, sizeof *sex);
      if (sex == NULL)
        return rx_fail_memory (err);
      status = take_codes (rows, &reader->sexes, &rows->lines->sexes, false,
                           sex, taken, err);
      *taken = *taken && status == RX_OK && take_sexes (rows, sex);
      free (sex);
    }
  if (*taken && reader->form.name[RX_ROLE_BIRTH_YEAR] != NULL)
    *taken = take_birth_years (rows);
  return status;
}

/* ---- All columns -------------------------------------------------------- */

enum rx_status
rx_register_take (struct rx_register_reader *reader,
                  struct rx_register_lines *lines, size_t first, size_t n,
                  bool *taken, struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  const struct rows rows = { reader, lines, first, n };
  *taken = false;
  if (reg->n_rows + n > UINT32_MAX)
    return RX_OK;
  enum rx_status status = rx_register_room (reader, n, err);
  if (status != RX_OK || !take_days (&rows))
    return status;
  *taken = true;
  status = take_codes (&rows, &reader->drugs, &lines->drugs, true,
                       reg->drug + reg->n_rows, taken, err);
  if (status == RX_OK && *taken && reg->indication != NULL)
    status = take_codes (&rows, &reader->indications, &lines->indications,
                         false, reg->indication + reg->n_rows, taken, err);
  if (status == RX_OK && *taken)
    status = take_persons (&rows, taken, err);
  if (status == RX_OK && *taken)
    status = take_of_person (&rows, taken, err);
  if (status == RX_OK && *taken && reg->has_amount)
    status = take_amounts (&rows, taken, err);
  if (status == RX_OK && *taken)
    reg->n_rows += n;
  return status;
}
