/* register_lines.h: whole lines of a register turned into columns, without a
   register: what one thread does with a chunk of the file while others do the
   same with theirs.

   Every line stands for itself, as if it were a record.  A line is regular
   when it is one record of as many fields as the header has, unquoted or
   quoted without a quote or newline inside, in UTF-8, with a date, an amount
   and a birth year that can be read; it gives one row.  All others are left
   as bytes, for libcsv to judge: a line that starts inside a quoted field may
   look regular and is not, which only libcsv can tell. */
#ifndef RX_REGISTER_LINES_H
#define RX_REGISTER_LINES_H

#include "data/byte_marks.h"
#include "data/register_reader.h"

/* Lines next to each other that are all regular, or all not. */
struct rx_register_run
{
  const char *bytes; /* of the chunk */
  size_t length;
  size_t first, n; /* rows; n = 0: the lines are not regular */
};

/* Texts of a column as numbers of a chunk's reader. */
struct rx_register_texts
{
  struct rx_intern intern; /* in its own strings */
  struct rx_strings strings;
  uint32_t *code; /* [n_rows] */
  size_t room;
  /* what each text is in the register, for register_take.c: 0 = not asked
     yet, else the code there + 1 */
  uint32_t *known;
  size_t room_known;
};

/* The columns of a chunk; used for one chunk after the other, so that memory
   and texts are there already. */
struct rx_register_lines
{
  size_t n_rows, room_rows;
  uint32_t *who;       /* [n_rows] into person */
  int32_t *day;        /* [n_rows] since 1970-01-01 */
  int64_t *units;      /* [n_rows] amount = units / 10^decimals */
  uint8_t *decimals;   /* RX_AMOUNT_NONE: missing */
  int16_t *birth_year; /* [n_rows], 0 = missing */
  struct rx_register_texts drugs, indications, sexes;
  struct rx_intern_key *person; /* [n_persons]: a new one wherever the person
                                   is not that of the row before; the texts
                                   are in the chunk */
  size_t n_persons, room_persons;
  uint32_t *number; /* for register_take.c: theirs in the register */
  size_t room_number;
  struct rx_register_run *runs;
  size_t n_runs, room_runs;
  uint32_t *marks;
  size_t room_marks;
};

void rx_register_lines_free (struct rx_register_lines *lines);

/* Parses the lines bytes[0..length), which end in LF and are fewer than 4 GB.
   Fails only when there is no memory. */
enum rx_status rx_register_lines_parse (struct rx_register_lines *lines,
                                        const struct rx_register_form *form,
                                        char delimiter,
                                        const struct rx_byte_marks *marks,
                                        const char *bytes, size_t length,
                                        struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_LINES_H */
