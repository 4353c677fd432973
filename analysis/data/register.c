/* register.c: a register in memory: room for its rows and persons while they
   are read, its days, and its end. */
#include "data/register_reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum
{
  FIRST_BIRTH_YEAR = 1800, /* a person born before this or after the next */
  LAST_BIRTH_YEAR = 2200,  /* is a slip of the keyboard */
  YEAR_DIGITS = 4
};

enum rx_status
rx_register_room (struct rx_register_reader *reader, size_t more,
                  struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  bool has_given = reader->form.name[RX_ROLE_SEX] != NULL
                   || reader->form.name[RX_ROLE_BIRTH_YEAR] != NULL;
  const struct
  {
    void *column;
    size_t size;
    bool wanted;
  } columns[] = {
    { &reader->person, sizeof *reader->person, true },
    { &reg->day, sizeof *reg->day, true },
    { &reg->drug, sizeof *reg->drug, true },
    { &reg->indication, sizeof *reg->indication,
      reader->form.name[RX_ROLE_INDICATION] != NULL },
    { &reader->given, sizeof *reader->given, has_given },
  };
  size_t room = reader->room_rows;
  if (reg->n_rows + more <= room)
    return RX_OK;
  if (reg->n_rows + more > UINT32_MAX)
    return rx_fail (err, RX_EDATA, "%s: more than %u rows", reg->file,
                    UINT32_MAX);
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
    if (columns[i].wanted)
      {
        room = reader->room_rows; /* all columns have the same room */
        if (rx_grow (columns[i].column, &room, reg->n_rows + more,
                     columns[i].size, err)
            != RX_OK)
          return err->status;
      }
  reader->room_rows = room;
  return RX_OK;
}

enum rx_status
rx_register_room_persons (struct rx_register_reader *reader, size_t need,
                          struct rx_error *err)
{
  struct rx_register *reg = reader->reg;
  enum rx_status status = RX_OK;
  if (reader->form.name[RX_ROLE_SEX] != NULL)
    status
        = rx_grow (&reg->sex, &reader->room_sex, need, sizeof *reg->sex, err);
  if (status == RX_OK && reader->form.name[RX_ROLE_BIRTH_YEAR] != NULL)
    status = rx_grow (&reg->birth_year, &reader->room_birth_year, need,
                      sizeof *reg->birth_year, err);
  return status;
}

void
rx_register_move_base (struct rx_register_reader *reader)
{
  struct rx_register *reg = reader->reg;
  int32_t span = reg->audit.last_day - reg->audit.first_day;
  int32_t base = reg->audit.first_day - (UINT16_MAX - span) / 2;
  int32_t shift = reader->has_base ? reg->base_day - base : 0;
  for (size_t i = 0; i < reg->n_rows; i++)
    reg->day[i] = (uint16_t)(reg->day[i] + shift);
  reg->base_day = base;
  reader->has_base = true;
}

bool
rx_register_read_year (const char *text, size_t length, int16_t *year)
{
  int value = 0;
  for (size_t i = 0; i < length; i++)
    if (i == YEAR_DIGITS || !isdigit ((unsigned char)text[i]))
      return false;
    else
      value = 10 * value + (text[i] - '0');
  *year = (int16_t)value;
  return value >= FIRST_BIRTH_YEAR && value <= LAST_BIRTH_YEAR;
}

void
rx_register_free (struct rx_register *reg)
{
  free (reg->comments);
  free (reg->persons);
  free (reg->drugs);
  free (reg->indications);
  free (reg->start);
  free (reg->day);
  free (reg->drug);
  free (reg->indication);
  rx_amounts_free (&reg->amount);
  free (reg->sex);
  free (reg->sexes);
  free (reg->birth_year);
  free (reg->observed);
  rx_strings_free (&reg->strings);
  *reg = (struct rx_register){ 0 };
}

bool
rx_atc_match (const char *pattern, const char *code)
{
  size_t n = strlen (pattern);
  if (n > 0 && pattern[n - 1] == '*')
    return strncmp (pattern, code, n - 1) == 0;
  return strcmp (pattern, code) == 0;
}
