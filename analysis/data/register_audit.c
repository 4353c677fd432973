/* register_audit.c: the table of checks; what the readers do not count. */
#include "data/register_audit.h"

#include <stddef.h>

#define AT(member) offsetof (struct rx_register_audit, member)

enum
{
  DAYS_OF_1900 = -25567 /* 1900-01-01, in days since 1970-01-01 */
};

static bool
has_amount (const struct rx_register *reg)
{
  return reg->has_amount;
}

static bool
has_indication (const struct rx_register *reg)
{
  return reg->indication != NULL;
}

static bool
has_sex (const struct rx_register *reg)
{
  return reg->sex != NULL;
}

static bool
has_birth_year (const struct rx_register *reg)
{
  return reg->birth_year != NULL;
}

static bool
has_map (const struct rx_register *reg)
{
  return reg->has_map;
}

static bool
has_persons (const struct rx_register *reg)
{
  return reg->observed != NULL;
}

const struct rx_register_check rx_register_checks[] = {
  { "rows", "rows", "read", AT (rows), NULL, false },
  { "blank-rows", "rows", "passed over: no column has a value",
    AT (blank_rows), NULL, false },
  { "duplicates", "rows",
    "kept: they repeat an earlier row in every column read",
    AT (duplicate_rows), NULL, false },
  { "dates-before-1900", "rows", "kept: only the coverage leaves rows out",
    AT (early_dates), NULL, true },
  { "negative-amounts", "rows",
    "kept: a return or correction lowers the amount and is no dispensing",
    AT (negative_amounts), has_amount, false },
  { "missing-amounts", "rows", "kept: a dispensing with an amount of 0",
    AT (missing_amounts), has_amount, false },
  { "zero-amounts", "rows", "kept: a dispensing", AT (zero_amounts),
    has_amount, false },
  { "rounded-amounts", "rows", "kept, rounded to 12 decimals",
    AT (rounded_amounts), has_amount, false },
  { "missing-indications", "rows",
    "kept: they meet no requirement on indications", AT (missing_indications),
    has_indication, false },
  { "without-sex", "persons", "kept: they meet no requirement on sex",
    AT (without_sex), has_sex, false },
  { "without-birth-year", "persons", "kept: they meet no requirement on age",
    AT (without_birth_year), has_birth_year, false },
  { "mapped-codes", "rows", "kept, under the code of the map",
    AT (mapped_rows), has_map, false },
  { "unmapped-codes", "rows", "kept, under the code of the file",
    AT (unmapped_rows), has_map, true },
  { "not-in-persons-file", "persons",
    "dropped by the coverage guard: not known when they were observed",
    AT (persons_unknown), has_persons, true },
  { "only-in-persons-file", "persons", "passed over: they have no row",
    AT (persons_only), has_persons, false },
  { "before-entry", "rows", "left out: the person was not there yet",
    AT (rows_before_entry), has_persons, true },
  { "after-death", "rows", "left out: the person had died",
    AT (rows_after_death), has_persons, true },
  { "after-emigration", "rows", "left out: the person had emigrated",
    AT (rows_after_emigration), has_persons, true },
};
const size_t rx_n_register_checks
    = sizeof rx_register_checks / sizeof rx_register_checks[0];

size_t
rx_register_check_count (const struct rx_register_check *check,
                         const struct rx_register_audit *audit)
{
  return *(const size_t *)((const char *)audit + check->offset);
}

static void
count_rows (struct rx_register *reg)
{
  bool early = reg->audit.first_day < DAYS_OF_1900;
  for (size_t i = 0; early && i < reg->n_rows; i++)
    reg->audit.early_dates += rx_register_day (reg, i) < DAYS_OF_1900;
  for (size_t i = 0; reg->indication != NULL && i < reg->n_rows; i++)
    reg->audit.missing_indications += reg->indication[i] == RX_REGISTER_NONE;
}

static void
count_persons (struct rx_register *reg)
{
  for (size_t p = 0; reg->sex != NULL && p < reg->n_persons; p++)
    reg->audit.without_sex += reg->sex[p] == RX_REGISTER_NONE;
  for (size_t p = 0; reg->birth_year != NULL && p < reg->n_persons; p++)
    reg->audit.without_birth_year += reg->birth_year[p] == 0;
}

enum rx_status
rx_register_complete (struct rx_register *reg,
                      const struct rx_register_added *added,
                      struct rx_error *err)
{
  count_rows (reg);
  if (added->codes != NULL
      && rx_code_map_apply (reg, added->codes, &added->code_columns, err)
             != RX_OK)
    return err->status;
  if (added->persons != NULL
      && rx_register_persons_join (reg, added->persons, &added->person_columns,
                                   added->person_dates, err)
             != RX_OK)
    return err->status;
  count_persons (reg);
  return RX_OK;
}
