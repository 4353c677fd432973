/* register_persons.h: a file of persons joined to a register: when each of
   them was observed, and sex and year of birth where the register has none.

   One row per person.  A person is observed from `entry` (the day of
   immigration or of enrolment; without one from ever) to the earlier of
   `death` and `emigration`, both ends included; an empty cell says that it did
   not happen.  A dispensing outside these days cannot be the person's own: it
   leaves the register, as a row outside the coverage would be ignored, and is
   counted.  A person of the register without a row here stays, as one of whom
   nothing is known; the coverage guard drops such persons. */
#ifndef RX_REGISTER_PERSONS_H
#define RX_REGISTER_PERSONS_H

#include "data/register.h"
#include "data/table.h"

/* Names of the columns; NULL: there is none.  person is needed. */
struct rx_person_columns
{
  const char *person, *entry, *death, *emigration;
  const char *sex, *birth_year, *birth_date;
};

/* role <-> member, in the order of help and settings. */
struct rx_person_role
{
  const char *name;
  size_t offset; /* of the member in struct rx_person_columns */
};
extern const struct rx_person_role rx_person_roles[];
extern const size_t rx_n_person_roles;

/* The column of role number i, NULL where there is none. */
static inline const char *
rx_person_column (const struct rx_person_columns *columns, size_t i)
{
  return *(const char *const *)((const char *)columns
                                + rx_person_roles[i].offset);
}

/* Joins the table to the register, which has none yet; dates: NULL = iso.
   RX_EDATA with file, line and column for a person without id or with two
   rows, a text that is no date or year, an entry after the end, and a sex or
   year of birth that contradicts the register. */
enum rx_status rx_register_persons_join (
    struct rx_register *reg, const struct rx_table *table,
    const struct rx_person_columns *columns,
    const struct rx_date_format *dates, struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_PERSONS_H */
