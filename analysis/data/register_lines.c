/* register_lines.c: a line is cut at its marks, then each column that has a
   role is read.  Whatever is not as usual makes the line irregular; nothing
   here words a complaint. */
#include "data/register_lines.h"

#include "base/date.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Where a chunk is being parsed. */
struct cursor
{
  struct rx_register_lines *lines;
  const struct rx_register_form *form;
  char delimiter;
  const char *bytes;
  const uint32_t *mark; /* [n_marks] */
  size_t n_marks;
  enum rx_register_role role[RX_N_ROLES]; /* [n_roles] that have a column */
  size_t n_roles;
  size_t next;          /* mark of the line being read */
  uint32_t from;        /* where the line starts */
  uint32_t length_line; /* its LF included */
};

/* A cell, blanks around it taken off. */
struct cell
{
  const char *text;
  size_t length;
};

/* ---- Memory ------------------------------------------------------------- */

static void
free_texts (struct rx_register_texts *texts)
{
  rx_intern_free (&texts->intern);
  rx_strings_free (&texts->strings);
  free (texts->code);
  free (texts->known);
}

void
rx_register_lines_free (struct rx_register_lines *lines)
{
  free (lines->who);
  free (lines->day);
  free (lines->units);
  free (lines->decimals);
  free (lines->birth_year);
  free_texts (&lines->drugs);
  free_texts (&lines->indications);
  free_texts (&lines->sexes);
  free (lines->person);
  free (lines->number);
  free (lines->runs);
  free (lines->marks);
  *lines = (struct rx_register_lines){ 0 };
}

/* Room for a row more in every column that there is. */
static enum rx_status
room_for_row (struct rx_register_lines *lines,
              const struct rx_register_form *form, struct rx_error *err)
{
  const struct
  {
    void *column;
    size_t size;
    bool wanted;
  } columns[] = {
    { &lines->who, sizeof *lines->who, true },
    { &lines->day, sizeof *lines->day, true },
    { &lines->drugs.code, sizeof *lines->drugs.code, true },
    { &lines->units, sizeof *lines->units,
      form->name[RX_ROLE_AMOUNT] != NULL },
    { &lines->decimals, sizeof *lines->decimals,
      form->name[RX_ROLE_AMOUNT] != NULL },
    { &lines->indications.code, sizeof *lines->indications.code,
      form->name[RX_ROLE_INDICATION] != NULL },
    { &lines->sexes.code, sizeof *lines->sexes.code,
      form->name[RX_ROLE_SEX] != NULL },
    { &lines->birth_year, sizeof *lines->birth_year,
      form->name[RX_ROLE_BIRTH_YEAR] != NULL },
  };
  size_t room = lines->room_rows;
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
    if (columns[i].wanted)
      {
        room = lines->room_rows; /* all columns have the same room */
        if (rx_grow (columns[i].column, &room, lines->n_rows + 1,
                     columns[i].size, err)
            != RX_OK)
          return err->status;
      }
  lines->room_rows = room;
  return RX_OK;
}

/* The line belongs to the last run where that is of its kind. */
static enum rx_status
note_line (struct cursor *at, bool is_regular, struct rx_error *err)
{
  struct rx_register_lines *lines = at->lines;
  struct rx_register_run *last
      = lines->n_runs > 0 ? &lines->runs[lines->n_runs - 1] : NULL;
  if (last == NULL || (last->n > 0) != is_regular)
    {
      if (rx_grow (&lines->runs, &lines->room_runs, lines->n_runs + 1,
                   sizeof *lines->runs, err)
          != RX_OK)
        return err->status;
      last = &lines->runs[lines->n_runs++];
      *last = (struct rx_register_run){ .bytes = at->bytes + at->from,
                                        .first = lines->n_rows };
    }
  last->length += at->length_line;
  last->n += is_regular;
  return RX_OK;
}

/* ---- Cutting a line ----------------------------------------------------- */

static inline bool
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static inline struct cell
trimmed (const char *text, size_t length)
{
  if (length > 0 && (is_blank (text[0]) || is_blank (text[length - 1])))
    rx_csv_trim (&text, &length);
  return (struct cell){ text, length };
}

static inline char
byte_at (const struct cursor *at, size_t mark)
{
  return at->bytes[at->mark[mark]];
}

/* Does the line end at this mark, with LF or CRLF? */
static inline bool
ends_line (const struct cursor *at, size_t mark)
{
  size_t place = at->mark[mark];
  return at->bytes[place] == '\n'
         || (at->bytes[place] == '\r' && at->bytes[place + 1] == '\n');
}

/* The usual line: as many marks as columns, each a delimiter but the last. */
static inline bool
is_plain (const struct cursor *at)
{
  size_t n = at->form->n_columns;
  if (at->n_marks - at->next < n)
    return false;
  bool plain = true;
  for (size_t i = 0; i + 1 < n; i++)
    plain &= byte_at (at, at->next + i) == at->delimiter;
  return plain && ends_line (at, at->next + n - 1);
}

/* The LF that ends the line; a chunk ends in one. */
static size_t
find_line_end (const struct cursor *at)
{
  size_t mark = at->next;
  while (byte_at (at, mark) != '\n')
    mark++;
  return mark;
}

static void
cut_plain (const struct cursor *at, struct cell cells[RX_N_ROLES])
{
  const uint32_t *mark = at->mark + at->next;
  for (size_t i = 0; i < at->n_roles; i++)
    {
      size_t column = at->form->column[at->role[i]];
      uint32_t from = column > 0 ? mark[column - 1] + 1 : at->from;
      cells[at->role[i]] = trimmed (at->bytes + from, mark[column] - from);
    }
}

static void
set_cell (const struct cursor *at, struct cell cells[RX_N_ROLES],
          size_t column, size_t from, size_t to)
{
  for (size_t i = 0; i < at->n_roles; i++)
    if (at->form->column[at->role[i]] == column)
      cells[at->role[i]] = trimmed (at->bytes + from, to - from);
}

/* The closing quote of a field that opens at a mark, and must end there: the
   mark after it is a delimiter or ends the line; false where it is not so. */
static bool
close_quote (const struct cursor *at, size_t *mark, bool *has_high)
{
  for (++*mark; byte_at (at, *mark) != '"'; ++*mark)
    {
      char c = byte_at (at, *mark);
      if (c == '\n' || c == '\r' || c == '\0')
        return false;
      *has_high |= c != at->delimiter;
    }
  size_t after = at->mark[*mark] + 1;
  return at->mark[*mark + 1] == after
         && (at->bytes[after] == at->delimiter || ends_line (at, *mark + 1));
}

/* A line with quotes or letters beyond ASCII, mark by mark. */
static bool
cut_quoted (const struct cursor *at, struct cell cells[RX_N_ROLES])
{
  const struct rx_csv_format *format = at->form->format;
  size_t from = at->from, column = 0, mark = at->next;
  bool has_high = false, ended = false;
  for (; !ended; mark++)
    {
      size_t to = at->mark[mark];
      char c = at->bytes[to];
      if (c == '"')
        {
          if (to != from || !close_quote (at, &mark, &has_high))
            return false;
          from++;
          to = at->mark[mark++]; /* what follows it is the next mark */
          c = at->bytes[at->mark[mark]];
        }
      ended = ends_line (at, mark);
      if (!ended && c != at->delimiter)
        {
          if ((unsigned char)c < 0x80)
            return false; /* NUL, a lone CR */
          has_high = true;
          continue;
        }
      if (column == at->form->n_columns)
        return false;
      set_cell (at, cells, column++, from, to);
      from = at->mark[mark] + 1;
    }
  if (column != at->form->n_columns)
    return false;
  return !has_high
         || ((format == NULL || !format->latin1)
             && rx_utf8_valid (at->bytes + at->from, at->length_line));
}

/* ---- Reading its cells -------------------------------------------------- */

static bool
is_missing (const struct cursor *at, const struct cell *cell)
{
  return rx_csv_is_missing (at->form->format, cell->text, cell->length);
}

/* RX_AMOUNT_NONE decimals where it is missing. */
static bool
read_number (const struct cursor *at, const struct cell *cell, int64_t *units,
             uint8_t *decimals)
{
  const struct rx_register_form *form = at->form;
  struct rx_number number;
  if (!form->number_codes
      && rx_amount_read_short (cell->text, cell->length, form->mark, units,
                               decimals))
    return true;
  bool is_number
      = rx_amount_read (cell->text, cell->length, form->mark, &number)
        == RX_NUMBER_FINE;
  if ((!is_number || form->number_codes) && is_missing (at, cell))
    {
      *decimals = RX_AMOUNT_NONE;
      return true;
    }
  if (!is_number || !number.is_decimal)
    return false;
  *units = number.units;
  *decimals = (uint8_t)number.decimals;
  return true;
}

/* The amount, times what it is counted in where a column tells that. */
static bool
read_amount (const struct cursor *at, const struct cell cells[RX_N_ROLES])
{
  struct rx_register_lines *lines = at->lines;
  int64_t *units = &lines->units[lines->n_rows], factor;
  uint8_t *decimals = &lines->decimals[lines->n_rows], behind;
  if (!read_number (at, &cells[RX_ROLE_AMOUNT], units, decimals))
    return false;
  if (at->form->name[RX_ROLE_AMOUNT_TIMES] == NULL)
    return true;
  if (!read_number (at, &cells[RX_ROLE_AMOUNT_TIMES], &factor, &behind))
    return false;
  if (*decimals == RX_AMOUNT_NONE || behind == RX_AMOUNT_NONE)
    {
      *decimals = RX_AMOUNT_NONE;
      return true;
    }
  *decimals = (uint8_t)(*decimals + behind);
  return rx_amount_product (*units, factor, *decimals, units);
}

/* What can be read without memory; false when the referee should see it. */
static bool
read_values (const struct cursor *at, const struct cell cells[RX_N_ROLES])
{
  const struct rx_register_form *form = at->form;
  struct rx_register_lines *lines = at->lines;
  const struct cell *date = &cells[RX_ROLE_DATE];
  const struct cell *born = &cells[RX_ROLE_BIRTH_YEAR];
  size_t row = lines->n_rows;
  if (!form->dates->read (date->text, date->length, &lines->day[row], NULL)
      || (form->number_codes && is_missing (at, date)))
    return false;
  if (form->name[RX_ROLE_AMOUNT] != NULL && !read_amount (at, cells))
    return false;
  if (form->name[RX_ROLE_BIRTH_YEAR] == NULL)
    return true;
  lines->birth_year[row] = 0;
  return is_missing (at, born)
         || rx_register_read_year (born->text, born->length,
                                   &lines->birth_year[row]);
}

static enum rx_status
read_text (struct cursor *at, enum rx_register_role role,
           struct rx_register_texts *texts,
           const struct cell cells[RX_N_ROLES], struct rx_error *err)
{
  struct rx_intern_key key;
  if (at->form->name[role] == NULL)
    return RX_OK;
  texts->intern.strings = &texts->strings;
  rx_intern_key (&key, cells[role].text, cells[role].length);
  return rx_intern_add (&texts->intern, &key, &texts->code[at->lines->n_rows],
                        err);
}

static bool
same_text (const struct rx_intern_key *a, const struct cell *b)
{
  return a->length == b->length && memcmp (a->text, b->text, b->length) == 0;
}

/* A register sorted by person has the same one many times over. */
static enum rx_status
read_person (struct cursor *at, const struct cell *cell, struct rx_error *err)
{
  struct rx_register_lines *lines = at->lines;
  if (lines->n_persons == 0
      || !same_text (&lines->person[lines->n_persons - 1], cell))
    {
      if (lines->n_persons == lines->room_persons
          && rx_grow (&lines->person, &lines->room_persons,
                      lines->n_persons + 1, sizeof *lines->person, err)
                 != RX_OK)
        return err->status;
      rx_intern_key (&lines->person[lines->n_persons++], cell->text,
                     cell->length);
    }
  lines->who[lines->n_rows] = (uint32_t)(lines->n_persons - 1);
  return RX_OK;
}

static enum rx_status
read_texts (struct cursor *at, const struct cell cells[RX_N_ROLES],
            struct rx_error *err)
{
  struct rx_register_lines *lines = at->lines;
  enum rx_status status
      = read_text (at, RX_ROLE_DRUG, &lines->drugs, cells, err);
  if (status == RX_OK)
    status
        = read_text (at, RX_ROLE_INDICATION, &lines->indications, cells, err);
  if (status == RX_OK)
    status = read_text (at, RX_ROLE_SEX, &lines->sexes, cells, err);
  return status == RX_OK ? read_person (at, &cells[RX_ROLE_PERSON], err)
                         : status;
}

/* ---- All lines ---------------------------------------------------------- */

static enum rx_status
parse_line (struct cursor *at, struct rx_error *err)
{
  struct cell cells[RX_N_ROLES];
  size_t end = at->next + at->form->n_columns - 1;
  bool plain = is_plain (at);
  if (!plain)
    end = find_line_end (at);
  else if (byte_at (at, end) == '\r')
    end++;
  at->length_line = at->mark[end] + 1 - at->from;
  bool regular = at->length_line <= RX_CSV_FIELD_MOST;
  if (regular && plain)
    cut_plain (at, cells);
  else if (regular)
    regular = cut_quoted (at, cells);
  if (at->lines->n_rows == at->lines->room_rows
      && room_for_row (at->lines, at->form, err) != RX_OK)
    return err->status;
  regular = regular && read_values (at, cells);
  if (regular && read_texts (at, cells, err) != RX_OK)
    return err->status;
  if (note_line (at, regular, err) != RX_OK)
    return err->status;
  at->lines->n_rows += regular;
  at->from += at->length_line;
  at->next = end + 1;
  return RX_OK;
}

enum rx_status
rx_register_lines_parse (struct rx_register_lines *lines,
                         const struct rx_register_form *form, char delimiter,
                         const struct rx_byte_marks *marks, const char *bytes,
                         size_t length, struct rx_error *err)
{
  struct cursor at = {
    .lines = lines, .form = form, .delimiter = delimiter, .bytes = bytes
  };
  enum rx_status status = RX_OK;
  lines->n_rows = lines->n_persons = lines->n_runs = 0;
  if (lines->room_marks < length)
    {
      free (lines->marks);
      lines->room_marks = 0;
      /* as many marks as bytes, of which few are ever touched */
      lines->marks = malloc (length * sizeof *lines->marks);
      if (lines->marks == NULL)
        return rx_fail_memory (err);
      lines->room_marks = length;
    }
  at.mark = lines->marks;
  at.n_marks = marks->find (bytes, length, delimiter, lines->marks);
  for (enum rx_register_role role = 0; role < RX_N_ROLES; role++)
    if (form->name[role] != NULL)
      at.role[at.n_roles++] = role;
  while (at.next < at.n_marks && status == RX_OK)
    status = parse_line (&at, err);
  return status;
}
