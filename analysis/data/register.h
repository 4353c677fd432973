/* register.h: a flat extract of a dispensing register as compact columns.

   One pass over the file, through the record callback of csv.h: no text cell
   is kept.  A row takes 10 bytes (14 when an amount needs 64 bits): day, drug,
   indication and amount as decimal units, so that every sum of doses is exact
   and does not depend on the order of rows.  Persons, drugs and indications
   are numbered by the order of their names (numbers by value, else by bytes),
   and the rows are kept person by person, so that neither depends on the order
   of the file; within a person the rows keep that order. */
#ifndef RX_REGISTER_H
#define RX_REGISTER_H

#include "base/digest.h"
#include "base/memory.h"
#include "data/amounts.h"
#include "data/csv.h"

/* Names of the columns; NULL: the register has none.  person, date and drug
   are needed. */
struct rx_register_columns
{
  const char *person, *date, *drug, *amount, *indication, *sex, *birth_year;
  bool is_days;             /* the amounts are days of treatment, not DDD */
  const char *amount_times; /* the amount is multiplied by this column; NULL:
                               by none */
  bool may_lack_amount; /* they are those of a layout: a file without one of the
                           two columns has no amounts */
};

enum
{
  RX_REGISTER_NONE = 0 /* code 0 of indications and sexes: missing */
};

/* What the file held, for the audit. */
struct rx_register_audit
{
  size_t rows;
  size_t missing_amounts;  /* dispensings with 0 ddd */
  size_t negative_amounts; /* returns and corrections */
  size_t zero_amounts;
  size_t rounded_amounts; /* to RX_AMOUNT_DECIMALS decimals */
  size_t duplicate_rows;  /* exact repeats of a row in all columns read;
                             they stay in */
  size_t blank_rows;      /* without any value, passed over */
  int32_t first_day, last_day;
  /* what register_audit.h counts, once the register is complete */
  size_t early_dates;                     /* rows before 1900 */
  size_t missing_indications;             /* rows */
  size_t without_sex, without_birth_year; /* persons */
  size_t mapped_rows, unmapped_rows;      /* by a map of codes */
  size_t persons_unknown; /* of the register, not in the file of persons */
  size_t persons_only;    /* of that file, without a row in the register */
  size_t rows_before_entry, rows_after_death, rows_after_emigration;
};

/* Why a person is no longer observed. */
enum rx_observed_end
{
  RX_END_NONE,
  RX_END_DEATH,
  RX_END_EMIGRATION
};

/* When a person was observed, both ends included (register_persons.h). */
struct rx_observed
{
  int32_t from, to; /* INT32_MIN, INT32_MAX: open */
  enum rx_observed_end end;
  bool is_known; /* the person has a row in the file of persons */
};

struct rx_register
{
  const char *file;
  char digest[RX_DIGEST_SIZE];
  bool synthetic;
  const char **comments;
  size_t n_comments;

  size_t n_rows, n_persons, n_drugs, n_indications;
  const char **persons;     /* ids [n_persons] */
  const char **drugs;       /* codes [n_drugs] */
  const char **indications; /* [n_indications], [0] = "" */

  uint32_t *start;      /* [n_persons + 1]: the rows of person p are start[p]
                           to start[p + 1] - 1 */
  uint16_t *day;        /* [n_rows] days since base_day */
  uint16_t *drug;       /* [n_rows] */
  uint16_t *indication; /* [n_rows], NULL without such a column */
  struct rx_amounts amount; /* [n_rows], see rx_register_amount */
  int32_t base_day;    /* days since 1970-01-01 of day 0, the first seen */
  double amount_scale; /* ddd = units / amount_scale, a power of ten */
  bool has_amount;
  bool is_days; /* ... in days of treatment, else in DDD */

  uint16_t *sex;      /* [n_persons] code into sexes, NULL without */
  const char **sexes; /* [0] = "" */
  size_t n_sexes;
  int16_t *birth_year;          /* [n_persons], 0 = missing, NULL without */
  struct rx_observed *observed; /* [n_persons]; NULL without a file of
                                   persons */
  bool has_map;                 /* the drugs are those of a map of codes */

  struct rx_register_audit audit;
  struct rx_strings strings;
};

static inline int32_t
rx_register_day (const struct rx_register *reg, size_t row)
{
  return reg->base_day + reg->day[row];
}

/* Units of a row, RX_AMOUNT_MISSING where the amount is missing or the
   register has no amounts. */
static inline int64_t
rx_register_amount (const struct rx_register *reg, size_t row)
{
  return reg->has_amount ? rx_amounts_at (&reg->amount, row)
                         : RX_AMOUNT_MISSING;
}

/* A negative amount is a return or a correction; every other row, a missing
   amount and zero included, is a dispensing. */
static inline bool
rx_register_is_dispensing (const struct rx_register *reg, size_t row)
{
  int64_t units = rx_register_amount (reg, row);
  return units >= 0 || units == RX_AMOUNT_MISSING;
}

/* Reads the file into *reg, which is = {0} before and empty again after a
   failure.  RX_EDATA with file, line and column for an impossible date, a text
   in an amount, a missing person, date or drug, a person with two sexes or
   birth years; RX_EUSAGE when a needed column was not named. */
enum rx_status rx_register_read (struct rx_register *reg, const char *path,
                                 const struct rx_csv_format *format,
                                 const struct rx_register_columns *columns,
                                 struct rx_error *err) RX_MUST_USE;
void rx_register_free (struct rx_register *reg);

/* Does an ATC code match a pattern: the code itself, or a prefix ending in
   "*" ("N02*"; "*" is every code)? */
bool rx_atc_match (const char *pattern, const char *code);

#endif /* RX_REGISTER_H */
