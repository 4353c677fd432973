/* amounts.c: decimals as integers, rescaled and widened when they must be. */
#include "data/amounts.h"

#include "base/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* 10^0 to 10^18: all the powers of ten that an int64_t holds. */
static const int64_t power_of_ten[] = {
  INT64_C (1),
  INT64_C (10),
  INT64_C (100),
  INT64_C (1000),
  INT64_C (10000),
  INT64_C (100000),
  INT64_C (1000000),
  INT64_C (10000000),
  INT64_C (100000000),
  INT64_C (1000000000),
  INT64_C (10000000000),
  INT64_C (100000000000),
  INT64_C (1000000000000),
  INT64_C (10000000000000),
  INT64_C (100000000000000),
  INT64_C (1000000000000000),
  INT64_C (10000000000000000),
  INT64_C (100000000000000000),
  INT64_C (1000000000000000000),
};

void
rx_amounts_free (struct rx_amounts *amounts)
{
  free (amounts->narrow);
  free (amounts->wide);
  *amounts = (struct rx_amounts){ 0 };
}

/* ---- Reading ------------------------------------------------------------ */

enum rx_number_fault
rx_amount_read (const char *text, size_t length, char mark,
                struct rx_number *out)
{
  int64_t units;
  uint8_t decimals;
  if (!rx_amount_read_short (text, length, mark, &units, &decimals))
    return rx_number_read (text, length, mark, out);
  *out = (struct rx_number){ .units = units,
                             .decimals = decimals,
                             .is_decimal = true };
  out->value = (double)units / (double)power_of_ten[decimals];
  return RX_NUMBER_FINE;
}

void
rx_amount_times (struct rx_number *amount, struct rx_number factor)
{
  int decimals = amount->decimals + factor.decimals;
  amount->value *= factor.value;
  amount->is_decimal = amount->is_decimal && factor.is_decimal
                       && rx_amount_product (amount->units, factor.units,
                                             decimals, &amount->units);
  amount->decimals = decimals;
}

/* ---- Storing ------------------------------------------------------------ */

/* units / divisor, rounded half away from zero. */
static int64_t
divide (int64_t units, int64_t divisor)
{
  int64_t quotient = units / divisor, rest = units % divisor;
  if (rest >= divisor - rest)
    quotient++;
  else if (-rest >= divisor + rest)
    quotient--;
  return quotient;
}

/* Brings a number to as few decimals as it needs, RX_AMOUNT_DECIMALS at the
   most; false when it is too large for that. */
static bool
settle (struct rx_number *number, bool *rounded)
{
  if (!number->is_decimal)
    {
      double units = number->value * (double)power_of_ten[RX_AMOUNT_DECIMALS];
      if (!(fabs (units) < 9e18)) /* below 2^63, so that llround is defined */
        return false;
      *rounded = true;
      number->units = llround (units);
      number->decimals = RX_AMOUNT_DECIMALS;
      number->is_decimal = true;
    }
  while (number->decimals > 0 && number->units % 10 == 0)
    {
      number->units /= 10;
      number->decimals--;
    }
  if (number->decimals > RX_AMOUNT_DECIMALS)
    {
      int extra = number->decimals - RX_AMOUNT_DECIMALS;
      *rounded = true;
      number->units = divide (number->units, power_of_ten[extra]);
      number->decimals = RX_AMOUNT_DECIMALS;
    }
  return true;
}

static enum rx_status
widen (struct rx_amounts *amounts, struct rx_error *err)
{
  int64_t *wide = rx_array (amounts->room, sizeof *wide);
  if (wide == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < amounts->n; i++)
    wide[i] = rx_amounts_at (amounts, i);
  free (amounts->narrow);
  amounts->narrow = NULL;
  amounts->wide = wide;
  amounts->is_wide = true;
  return RX_OK;
}

static bool
is_narrow (int64_t units)
{
  return units > INT32_MIN && units <= INT32_MAX;
}

static enum rx_status
fail_digits (int decimals, struct rx_error *err)
{
  return rx_fail (err, RX_EDATA,
                  "an amount that fits into %d digits with %d decimals, as "
                  "the file has them",
                  RX_NUMBER_DIGITS, decimals);
}

/* The largest amount without its sign. */
static int64_t
largest (const struct rx_amounts *amounts)
{
  int64_t most = 0;
  for (size_t i = 0; i < amounts->n; i++)
    {
      int64_t units = rx_amounts_at (amounts, i);
      if (units != RX_AMOUNT_MISSING && llabs (units) > most)
        most = llabs (units);
    }
  return most;
}

/* All rows at a scale with more decimals. */
static enum rx_status
rescale (struct rx_amounts *amounts, int decimals, struct rx_error *err)
{
  int64_t factor = power_of_ten[decimals - amounts->decimals], most;
  if (__builtin_mul_overflow (largest (amounts), factor, &most))
    return fail_digits (decimals, err);
  if (!is_narrow (most) && !amounts->is_wide && widen (amounts, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < amounts->n; i++)
    if (rx_amounts_at (amounts, i) == RX_AMOUNT_MISSING)
      continue;
    else if (amounts->is_wide)
      amounts->wide[i] *= factor;
    else
      amounts->narrow[i] = (int32_t)(amounts->narrow[i] * factor);
  amounts->decimals = decimals;
  return RX_OK;
}

static enum rx_status
append (struct rx_amounts *amounts, int64_t units, struct rx_error *err)
{
  bool missing = units == RX_AMOUNT_MISSING;
  if (!amounts->is_wide && !missing && !is_narrow (units)
      && widen (amounts, err) != RX_OK)
    return err->status;
  enum rx_status status
      = amounts->is_wide
            ? rx_grow (&amounts->wide, &amounts->room, amounts->n + 1,
                       sizeof *amounts->wide, err)
            : rx_grow (&amounts->narrow, &amounts->room, amounts->n + 1,
                       sizeof *amounts->narrow, err);
  if (status != RX_OK)
    return status;
  if (amounts->is_wide)
    amounts->wide[amounts->n++] = units;
  else
    amounts->narrow[amounts->n++] = missing ? INT32_MIN : (int32_t)units;
  return RX_OK;
}

enum rx_status
rx_amounts_add (struct rx_amounts *amounts, struct rx_number number,
                int64_t *units, struct rx_error *err)
{
  bool rounded = false;
  if (!number.is_decimal || number.decimals > amounts->decimals)
    {
      if (!settle (&number, &rounded))
        return fail_digits (RX_AMOUNT_DECIMALS, err);
      if (number.decimals > amounts->decimals
          && rescale (amounts, number.decimals, err) != RX_OK)
        return err->status;
    }
  if (!rx_number_rescale (number, amounts->decimals, units)
      || *units == RX_AMOUNT_MISSING)
    return fail_digits (amounts->decimals, err);
  amounts->rounded += rounded;
  return append (amounts, *units, err);
}

enum rx_status
rx_amounts_add_missing (struct rx_amounts *amounts, struct rx_error *err)
{
  return append (amounts, RX_AMOUNT_MISSING, err);
}

/* The usual one: at a scale that is fine enough, and in 32 bits. */
static inline bool
add_usual (struct rx_amounts *amounts, int64_t units, uint8_t decimals)
{
  if (decimals == RX_AMOUNT_NONE)
    units = INT32_MIN;
  else if (decimals > amounts->decimals
           || __builtin_mul_overflow (
               units, power_of_ten[amounts->decimals - decimals], &units)
           || !is_narrow (units))
    return false;
  if (amounts->is_wide || amounts->n == amounts->room)
    return false;
  amounts->narrow[amounts->n++] = (int32_t)units;
  return true;
}

static enum rx_status
add_unusual (struct rx_amounts *amounts, int64_t units, uint8_t decimals,
             struct rx_error *err)
{
  int64_t stored;
  if (decimals == RX_AMOUNT_NONE)
    return append (amounts, RX_AMOUNT_MISSING, err);
  return rx_amounts_add (amounts,
                         (struct rx_number){ .units = units,
                                             .decimals = decimals,
                                             .is_decimal = true },
                         &stored, err);
}

enum rx_status
rx_amounts_add_all (struct rx_amounts *amounts, const int64_t *units,
                    const uint8_t *decimals, size_t n, bool *all,
                    struct rx_error *err)
{
  const size_t before = amounts->n, rounded = amounts->rounded;
  struct rx_error refused = { RX_OK, "" };
  for (size_t i = 0; i < n && refused.status == RX_OK; i++)
    if (!add_usual (amounts, units[i], decimals[i]))
      (void)add_unusual (amounts, units[i], decimals[i], &refused);
  *all = refused.status == RX_OK;
  if (*all)
    return RX_OK;
  amounts->n = before;
  amounts->rounded = rounded;
  if (refused.status == RX_EDATA)
    return RX_OK;
  *err = refused;
  return err->status;
}

double
rx_amounts_scale (const struct rx_amounts *amounts)
{
  return (double)power_of_ten[amounts->decimals];
}

enum rx_status
rx_amounts_permute (struct rx_amounts *amounts, const uint32_t *place,
                    struct rx_error *err)
{
  struct rx_amounts moved = *amounts;
  size_t size = amounts->is_wide ? sizeof *moved.wide : sizeof *moved.narrow;
  void *column = rx_array (amounts->n, size);
  if (column == NULL)
    return rx_fail_memory (err);
  if (amounts->is_wide)
    moved.wide = column;
  else
    moved.narrow = column;
  for (size_t i = 0; i < amounts->n; i++)
    if (amounts->is_wide)
      moved.wide[place[i]] = amounts->wide[i];
    else
      moved.narrow[place[i]] = amounts->narrow[i];
  free (amounts->is_wide ? (void *)amounts->wide : (void *)amounts->narrow);
  moved.room = moved.n;
  *amounts = moved;
  return RX_OK;
}
