/* rounded.h: the numbers of a row, cut for a person.

   A person reads two or three digits of an estimate's uncertainty and no
   more: the decimals of a row are those that its standard error needs.
   Nothing is computed here but where to cut. */
#ifndef RX_ROUNDED_H
#define RX_ROUNDED_H

#include "base/number.h"
#include "methods/result.h"

enum
{
  RX_ERROR_DIGITS = 3, /* of a standard error, and so of what belongs to it */
  RX_PLAIN_DIGITS = 4  /* of an estimate without a standard error */
};

/* Decimals that show so many digits of the row's standard error, or of a
   quarter of its interval; -1 when it has neither. */
int rx_rounded_decimals (const struct rx_row *row, int digits);

/* A number of the row as a person reads it: the estimate, its standard error
   and its interval with the decimals above, p-values as rx_number_p writes
   them, the rest with so many digits. */
const char *rx_rounded_column (char out[RX_NUMBER_SIZE],
                               const struct rx_row *row,
                               const struct rx_row_column *column, int digits);

/* x with so many decimals (-1: with RX_PLAIN_DIGITS digits), "" for NaN. */
const char *rx_rounded (char out[RX_NUMBER_SIZE], double x, int decimals);

/* x with so many significant digits, whole numbers without a fraction, "" for
   NaN. */
const char *rx_rounded_plain (char out[RX_NUMBER_SIZE], double x, int digits);

#endif /* RX_ROUNDED_H */
