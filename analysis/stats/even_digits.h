/* even_digits.h: are terminal digits, or other counts of categories, as even
   as chance makes them? */
#ifndef RX_EVEN_DIGITS_H
#define RX_EVEN_DIGITS_H

#include "base/status.h"

enum
{
  RX_DIGITS = 10,
  RX_DIGITS_EXACT_MOST = 60 /* digits that the exact test takes */
};

struct rx_even_digits
{
  size_t n;
  double chi_squared; /* against n / 10 each, 9 df; NaN for n = 0 */
  double p;           /* of chi-squared */
  double p_exact;     /* multinomial: NaN for n = 0 and for n too large */
};

/* The exact p is the chance of a chi-squared as large or larger when each of
   n digits is any of ten alike. */
enum rx_status rx_even_digits (const size_t count[RX_DIGITS],
                               struct rx_even_digits *out,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_EVEN_DIGITS_H */
