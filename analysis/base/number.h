/* number.h: decimal numbers read from text and printed back.

   A number in a data file is a decimal: 0.3 - 0.1 equals 0.2 there, though
   not in binary.  So a number read keeps, beside the nearest double, its
   decimal units wherever they fit into 18 digits; rank tests decide ties on
   them. */
#ifndef RX_NUMBER_H
#define RX_NUMBER_H

#include "base/status.h"

#include <stdint.h>

struct rx_number
{
  double value;    /* the nearest double */
  int64_t units;   /* value = units / 10^decimals, when is_decimal */
  int decimals;    /* 0 to 18 */
  bool is_decimal; /* false: too many digits, only value holds */
};

enum
{
  RX_NUMBER_DIGITS = 18 /* decimal digits that fit an int64_t */
};

/* Why a text is no number; RX_NUMBER_FINE when it is one. */
enum rx_number_fault
{
  RX_NUMBER_FINE,
  RX_NUMBER_TEXT,      /* letters, an empty field, a stray sign ... */
  RX_NUMBER_SPECIAL,   /* NaN or infinity by name */
  RX_NUMBER_RANGE,     /* larger than a double holds */
  RX_NUMBER_OTHER_MARK /* would be a number with the other decimal mark */
};

/* Reads text[0..length) as a decimal number with the given decimal mark ('.'
   or ','): optional sign, digits with at most one mark, optional exponent.
   Leading and trailing blanks are allowed.  No hexadecimal, no grouping. */
enum rx_number_fault rx_number_read (const char *text, size_t length,
                                     char mark,
                                     struct rx_number *out) RX_MUST_USE;

/* What was expected, in words for an error message. */
const char *rx_number_fault_words (enum rx_number_fault fault);

/* Reads a whole string as a number with '.', or as an integer within
   [least, most]; false when it is not one. */
bool rx_number_readz (const char *text, double *out) RX_MUST_USE;
bool rx_integer_readz (const char *text, long least, long most,
                       long *out) RX_MUST_USE;

/* units at a common scale: units * 10^(decimals - number.decimals).
   false when the number is no decimal or the product overflows. */
bool rx_number_rescale (struct rx_number number, int decimals,
                        int64_t *out) RX_MUST_USE;

enum
{
  RX_NUMBER_SIZE = 48 /* bytes for one printed number, NUL included */
};

/* Prints x in the fewest digits that read back to the same double, positional
   from 1e-6 up to 1e21 and with an exponent outside (the layout of
   ECMAScript's Number::toString), "NA" for NaN, "Inf" and "-Inf".  Returns
   out. */
const char *rx_number_print (char out[RX_NUMBER_SIZE], double x);

/* Prints x rounded to `digits` significant digits, trailing zeros kept, for
   people. */
const char *rx_number_round (char out[RX_NUMBER_SIZE], double x, int digits);

/* Prints a p-value for people: three decimals, four below 0.01, "< 0.001" below
   that. */
const char *rx_number_p (char out[RX_NUMBER_SIZE], double p);

#endif /* RX_NUMBER_H */
