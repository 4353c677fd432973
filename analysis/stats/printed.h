/* printed.h: a number as a paper prints it, and the interval of values that
   round to it.

   "0.040" has three decimals and stands for [0.0395, 0.0405]: both ends are
   allowed, since some round a half up and some to even.  "<0.01" is a bound:
   everything below 0.01. */
#ifndef RX_PRINTED_H
#define RX_PRINTED_H

#include <stdbool.h>
#include <stdint.h>

enum rx_printed_kind
{
  RX_PRINTED_NOTHING, /* nothing is printed */
  RX_PRINTED_EQUAL,
  RX_PRINTED_BELOW, /* "<0.01" */
  RX_PRINTED_ABOVE  /* ">0.05" */
};

struct rx_printed
{
  enum rx_printed_kind kind;
  double value;     /* as printed; the bound of an inequality */
  double low, high; /* what rounds to it; -Inf or Inf beside a bound */
  int64_t units;    /* value = units / 10^decimals; 0 when not is_short */
  int decimals;     /* below zero for 12e3 */
  bool is_short;    /* few enough digits for units to hold them */
};

/* Reads a printed number: optional "<", "<=", ">", ">=" or "=", then a decimal
   number with the given mark; a typographic minus (U+2212) is a minus.  false
   when it is none. */
bool rx_printed_read (const char *text, char mark, struct rx_printed *out);

/* Is there an x that rounds to the printed number and lies in [low, high]? */
bool rx_printed_meets (const struct rx_printed *printed, double low,
                       double high);

/* 10^k for k >= 0, exact up to 10^22. */
double rx_printed_power (int k);

#endif /* RX_PRINTED_H */
