/* exposure_register.c: the dispensings of a register as exposure.  What a
   register has not, durations, doses per day and prescribers, is not there;
   `per_day` makes days' supply of its amounts. */
#include "designs/exposure.h"

#include <math.h>
#include <stdlib.h>

struct build
{
  const struct rx_register *reg;
  const struct rx_exposure_spec *spec;
  struct rx_exposure *exposure;
  struct rx_codes wanted;
  struct rx_error *err;
};

/* A row as a dispensing; false, and counted, where it is none that counts. */
static bool
take_row (struct build *b, size_t row, struct rx_dispensing *out)
{
  struct rx_exposure *x = b->exposure;
  int64_t units = rx_register_amount (b->reg, row);
  *out = (struct rx_dispensing){ .day = rx_register_day (b->reg, row),
                                 .drug = b->reg->drug[row],
                                 .days = NAN,
                                 .dose = NAN,
                                 .amount = NAN };
  bool outside = !rx_days_hold (x->coverage, out->day);
  bool other = !b->wanted.has[out->drug];
  bool is_return = !rx_register_is_dispensing (b->reg, row);
  x->outside += outside;
  x->others += !outside && other;
  x->returns += !outside && !other && is_return;
  if (units != RX_AMOUNT_MISSING)
    out->amount = (double)units / b->reg->amount_scale;
  if (b->spec->per_day > 0)
    out->days = out->amount / b->spec->per_day;
  return !outside && !other && !is_return;
}

/* Rows of the drugs asked for, at the most: a register is large, and what is
   asked of it small. */
static size_t
room_for (const struct build *b)
{
  size_t room = 0;
  for (size_t r = 0; r < b->reg->n_rows; r++)
    room += b->wanted.has[b->reg->drug[r]];
  return room + 1; /* a row is read before it is told whether it counts */
}

static int
by_day (const void *a, const void *b)
{
  const struct rx_dispensing *x = a, *y = b;
  if (x->day != y->day)
    return x->day < y->day ? -1 : 1;
  return x->drug < y->drug ? -1 : x->drug > y->drug;
}

static enum rx_status
allocate (struct build *b)
{
  const struct rx_register *reg = b->reg;
  struct rx_exposure *x = b->exposure;
  x->persons = rx_array (reg->n_persons, sizeof *x->persons);
  x->start = rx_array (reg->n_persons + 1, sizeof *x->start);
  x->rows = rx_array (room_for (b), sizeof *x->rows);
  x->drugs = rx_array (reg->n_drugs, sizeof *x->drugs);
  x->sexes
      = reg->sex != NULL ? rx_array (reg->n_persons, sizeof *x->sexes) : NULL;
  x->birth_years = reg->birth_year != NULL
                       ? rx_array (reg->n_persons, sizeof *x->birth_years)
                       : NULL;
  if (x->persons == NULL || x->start == NULL || x->rows == NULL
      || x->drugs == NULL || (reg->sex != NULL && x->sexes == NULL)
      || (reg->birth_year != NULL && x->birth_years == NULL))
    return rx_fail_memory (b->err);
  for (size_t d = 0; d < reg->n_drugs; d++)
    x->drugs[d] = reg->drugs[d];
  x->n_drugs = reg->n_drugs;
  return RX_OK;
}

static enum rx_status
take_person (struct build *b, size_t person)
{
  const struct rx_register *reg = b->reg;
  struct rx_exposure *x = b->exposure;
  size_t first = x->n_rows, at = x->n_persons;
  for (size_t r = reg->start[person]; r < reg->start[person + 1]; r++)
    x->n_rows += take_row (b, r, &x->rows[x->n_rows]);
  for (size_t i = first; i < x->n_rows; i++)
    if (x->rows[i].days > RX_SUPPLY_MOST)
      return rx_fail (b->err, RX_EDATA,
                      "%s: person \"%s\" has an amount for more than %d days "
                      "(a century)",
                      reg->file, reg->persons[person], RX_SUPPLY_MOST);
  if (x->n_rows == first)
    return RX_OK;
  qsort (x->rows + first, x->n_rows - first, sizeof *x->rows, by_day);
  x->start[at] = first;
  x->persons[at] = reg->persons[person];
  if (x->sexes != NULL)
    x->sexes[at] = reg->sexes[reg->sex[person]];
  if (x->birth_years != NULL)
    x->birth_years[at] = reg->birth_year[person];
  x->n_persons++;
  return RX_OK;
}

static enum rx_status
check_spec (struct build *b)
{
  const struct rx_exposure_spec *s = b->spec;
  if (s->rule.dose_change || s->episodes.supply.dose_change)
    return rx_fail (b->err, RX_EUSAGE,
                    "changes of the dose are asked for, and a register has "
                    "no dose per day");
  if (s->per_day > 0 && !b->reg->has_amount)
    return rx_fail (b->err, RX_EUSAGE,
                    "per_day turns an amount into days, and the register has "
                    "none: columns: {amount: ...}");
  return RX_OK;
}

enum rx_status
rx_exposure_from_register (struct rx_exposure *exposure,
                           const struct rx_register *reg,
                           const struct rx_exposure_spec *spec,
                           struct rx_error *err)
{
  struct build b
      = { .reg = reg, .spec = spec, .exposure = exposure, .err = err };
  *exposure = (struct rx_exposure){
    .spec = spec,
    .file = reg->file,
    .parts = spec->parts | (spec->per_day > 0 ? RX_EXPOSURE_SUPPLY : 0U)
             | (reg->has_amount ? RX_EXPOSURE_AMOUNT : 0U),
    .synthetic = reg->synthetic,
    .coverage = spec->has_coverage ? spec->coverage
                                   : (struct rx_days){ reg->audit.first_day,
                                                       reg->audit.last_day }
  };
  enum rx_status status = check_spec (&b);
  if (status == RX_OK)
    status = rx_codes_make (&b.wanted, reg->drugs, reg->n_drugs, spec->drugs,
                            spec->except, err);
  if (status == RX_OK && b.wanted.n == 0)
    status = rx_fail (err, RX_EDATA,
                      "%s: no row bears a drug that was asked for", reg->file);
  if (status == RX_OK)
    status = allocate (&b);
  for (size_t p = 0; p < reg->n_persons && status == RX_OK; p++)
    status = take_person (&b, p);
  if (status == RX_OK)
    exposure->start[exposure->n_persons] = exposure->n_rows;
  else
    rx_exposure_free (exposure);
  rx_codes_free (&b.wanted);
  return status;
}
