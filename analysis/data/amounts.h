/* amounts.h: a column of decimal numbers as integers at one common scale,
   so that their sums are exact and do not depend on the order of rows.

   value = units / 10^decimals.  The column starts with whole numbers in 32
   bits; it is rescaled when a number brings more decimals and widened when 32
   bits are not enough. */
#ifndef RX_AMOUNTS_H
#define RX_AMOUNTS_H

#include "base/number.h"

#define RX_AMOUNT_MISSING INT64_MIN /* units of a missing amount */

enum
{
  /* Decimals kept.  A number with more, as programs print a third or the
     noise of binary arithmetic, is rounded here (half away from zero) and
     counted: the error is below the last bit of a double above 4500. */
  RX_AMOUNT_DECIMALS = 12
};

struct rx_amounts
{
  int32_t *narrow; /* [n]; INT32_MIN: missing */
  int64_t *wide;   /* [n] in its place once is_wide */
  bool is_wide;
  size_t n, room;
  int decimals;
  size_t rounded;
};

void rx_amounts_free (struct rx_amounts *amounts);

/* The same as rx_number_read, with a short way for the usual "28.5". */
enum rx_number_fault rx_amount_read (const char *text, size_t length,
                                     char mark,
                                     struct rx_number *out) RX_MUST_USE;

/* The short way by itself: an optional minus, up to 17 digits, at most one
   mark, and nothing else; false where the text is written otherwise. */
static inline bool
rx_amount_read_short (const char *text, size_t length, char mark,
                      int64_t *units, uint8_t *decimals)
{
  enum
  {
    DIGITS = 17 /* of which no product overflows */
  };
  size_t i = length > 0 && text[0] == '-', first = i, marks = 0, behind = 0;
  int64_t value = 0;
  if (length > DIGITS + first)
    return false;
  for (; i < length; i++)
    {
      unsigned digit = (unsigned char)text[i] - (unsigned)'0';
      if (digit <= 9)
        {
          value = 10 * value + digit;
          behind += marks;
        }
      else if (text[i] != mark || marks++ > 0)
        return false;
    }
  if (length - first == marks) /* no digit at all */
    return false;
  *units = first > 0 ? -value : value;
  *decimals = (uint8_t)behind;
  return true;
}

/* Units times units, which have so many decimals together; false where that
   is no number of units that can be stored. */
static inline bool
rx_amount_product (int64_t units, int64_t factor, int decimals,
                   int64_t *product)
{
  return decimals <= RX_NUMBER_DIGITS
         && !__builtin_mul_overflow (units, factor, product)
         && *product != RX_AMOUNT_MISSING;
}

/* Multiplies an amount by a factor: exactly where the digits fit (is_decimal
   stays), else as doubles. */
void rx_amount_times (struct rx_number *amount, struct rx_number factor);

/* Appends a number; *units is what was stored, at the scale of the moment.
   RX_EDATA, saying what would have been fine, when this number and the others
   together need more than 64 bits. */
enum rx_status rx_amounts_add (struct rx_amounts *amounts,
                               struct rx_number number, int64_t *units,
                               struct rx_error *err) RX_MUST_USE;
enum rx_status rx_amounts_add_missing (struct rx_amounts *amounts,
                                       struct rx_error *err) RX_MUST_USE;

enum
{
  RX_AMOUNT_NONE = 255 /* as the decimals of a missing amount */
};

/* Appends n amounts of units[i] / 10^decimals[i], of as many digits as
   rx_number_read keeps.  *all = false, and none appended, where
   rx_amounts_add would refuse one; the scale may then be finer than before. */
enum rx_status rx_amounts_add_all (struct rx_amounts *amounts,
                                   const int64_t *units,
                                   const uint8_t *decimals, size_t n,
                                   bool *all,
                                   struct rx_error *err) RX_MUST_USE;

/* Units of a row, RX_AMOUNT_MISSING where there are none. */
static inline int64_t
rx_amounts_at (const struct rx_amounts *amounts, size_t row)
{
  if (amounts->is_wide)
    return amounts->wide[row];
  int32_t units = amounts->narrow[row];
  return units == INT32_MIN ? RX_AMOUNT_MISSING : units;
}

/* Units per 1: 10^decimals. */
double rx_amounts_scale (const struct rx_amounts *amounts);

/* Moves the amount of each row to row place[row]. */
enum rx_status rx_amounts_permute (struct rx_amounts *amounts,
                                   const uint32_t *place,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_AMOUNTS_H */
