/* register_reader.h: what the steps of rx_register_read share; not meant for
   others.

   A file is read by two readers that must agree to the byte.  The referee is
   libcsv with one function per kind of cell (register_read.c): it takes all
   there is, and words every complaint.  Beside it, whole lines are turned
   into columns on several threads (register_lines.h), and those columns are
   appended to the register in the order of the file (register_take.h); this
   way takes only what cannot fail, and leaves every other line, unchanged, to
   the referee. */
#ifndef RX_REGISTER_READER_H
#define RX_REGISTER_READER_H

#include "data/intern.h"
#include "data/register.h"

/* In the order in which the referee takes the cells of a row.  The person
   comes after what does not need it, which gives the memory time to bring its
   slot of the hash table; the date comes first, for a row without any value
   must leave no trace. */
enum rx_register_role
{
  RX_ROLE_DATE,
  RX_ROLE_DRUG,
  RX_ROLE_AMOUNT_TIMES, /* before the amount that it multiplies */
  RX_ROLE_AMOUNT,
  RX_ROLE_INDICATION,
  RX_ROLE_PERSON,
  RX_ROLE_SEX,
  RX_ROLE_BIRTH_YEAR,
  RX_N_ROLES
};

/* What a row says of its person: bits of `given`. */
enum
{
  RX_GIVEN_NO_SEX = 1,
  RX_GIVEN_NO_BIRTH_YEAR = 2
};

/* What is known of the file once its header was read, and does not change. */
struct rx_register_form
{
  const struct rx_csv_format *format; /* may be NULL */
  const struct rx_date_format *dates;
  char mark;                    /* decimal */
  bool number_codes;            /* some missing code is a number, as -9 is */
  const char *name[RX_N_ROLES]; /* of its column, NULL where there is none */
  size_t column[RX_N_ROLES];
  size_t n_columns; /* 0 before the header was read */
  bool may_lack_amount;
};

struct rx_register_reader
{
  struct rx_register *reg;
  struct rx_register_form form;
  size_t threads;
  size_t line; /* of the row that the referee reads */
  size_t room_rows, room_sex, room_birth_year, room_comments;
  uint32_t *person; /* [n_rows] */
  uint8_t *given;   /* [n_rows], NULL without sex and birth year */
  struct rx_intern persons, drugs, indications, sexes;
  struct rx_intern_key person_key; /* of the row that the referee reads */
  struct rx_number factor;         /* of its amount */
  bool factor_missing;
  bool has_base;
};

/* Room for `more` rows in every column there is; amounts see to it
   themselves.  RX_EDATA when there are more rows than 32 bits count. */
enum rx_status rx_register_room (struct rx_register_reader *reader,
                                 size_t more,
                                 struct rx_error *err) RX_MUST_USE;

/* Room for what is kept of each of `need` persons. */
enum rx_status rx_register_room_persons (struct rx_register_reader *reader,
                                         size_t need,
                                         struct rx_error *err) RX_MUST_USE;

/* Days are kept in 16 bits from a base that leaves as much room before the
   first day as after the last, which the audit knows; a day beyond it moves
   the base, which halves the room left and so happens rarely. */
void rx_register_move_base (struct rx_register_reader *reader);

/* A birth year as a row states it; false when it is none. */
bool rx_register_read_year (const char *text, size_t length, int16_t *year);

#endif /* RX_REGISTER_READER_H */
