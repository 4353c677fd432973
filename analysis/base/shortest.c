/* shortest.c: the fewest digits that give the same double back.

   17 always do (IEEE 754-2019, 5.12.2).  No two decimals of 15 digits are the
   same double, unless it is subnormal.  So a decimal of 15 digits or fewer
   that reads back is the nearest one of 15 digits, but for zeros at its end;
   and there are but 15, 16 and 17 digits to try.

   A double is m / 2^k with m < 2^53, and its nearest decimal of n digits is
   the whole number nearest to m 10^s / 2^k, s = n - 1 - exponent: exact in 192
   bits for 1e-19 < x < 2^53, where results lie.  A decimal D / 10^s reads back
   where it is at most half a unit of m away,

     2 |D 2^k - m 10^s| <= 10^s,

   the equal sign for even m alone, as halves round to even; below a power of
   two the doubles lie twice as close.  The difference is small, so that both
   products may wrap around at 2^128.  Elsewhere the C library's printing and
   reading do the same, slower.

   By hand: 0.1 is 7205759403792794 / 2^56; times 10^15 and over 2^56 it is
   100000000000000.0056, so that its 15 digits are 1 and fourteen zeros. */
#include "base/shortest.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  EXACT_DIGITS = 15, /* digits that a double always tells apart */
  SHIFT_MOST = 118,  /* of k: products near 2^k fit 127 bits */
  POWER_MOST = 38,   /* 10^38 < 2^127 */
  TEXT_SIZE = 48     /* of a double by printf's e, or an integer and that */
};

/* digits * 10^exponent */
struct decimal
{
  int64_t digits;
  int exponent;
};

/* m / 2^k; `fits` where the exact way is open to it. */
struct binary
{
  double x;
  uint64_t m;
  int k;
  bool fits;
};

__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 wide_signed;

static wide
power_of_ten (int s)
{
  static const uint64_t ten[] = { 1,
                                  10,
                                  100,
                                  1000,
                                  10000,
                                  100000,
                                  1000000,
                                  10000000,
                                  100000000,
                                  1000000000,
                                  10000000000,
                                  100000000000,
                                  1000000000000,
                                  10000000000000,
                                  100000000000000,
                                  1000000000000000,
                                  10000000000000000,
                                  100000000000000000,
                                  1000000000000000000 };
  const int most = sizeof ten / sizeof ten[0] - 1;
  wide power = 1;
  for (; s > most; s -= most)
    power *= ten[most];
  return power * ten[s];
}

static struct binary
take_apart (double x)
{
  int exponent;
  double fraction = frexp (x, &exponent); /* x = fraction 2^exponent */
  struct binary b = { .x = x, .k = DBL_MANT_DIG - exponent };
  b.m = (uint64_t)ldexp (fraction, DBL_MANT_DIG);
  b.fits = b.k > 0 && b.k <= SHIFT_MOST;
  return b;
}

/* --- by the C library, for every double --- */

static struct decimal
nearest_printed (double x, int n)
{
  char text[TEXT_SIZE];
  struct decimal d = { 0, 1 - n };
  snprintf (text, sizeof text, "%.*e", n - 1, x);
  const char *s = text;
  for (; *s != 'e'; s++)
    if (*s != '.')
      d.digits = 10 * d.digits + (*s - '0');
  d.exponent += atoi (s + 1);
  return d;
}

static bool
is_read (struct decimal d, double x)
{
  char text[TEXT_SIZE];
  snprintf (text, sizeof text, "%llde%d", (long long)d.digits, d.exponent);
  return strtod (text, NULL) == x;
}

/* --- exactly --- */

/* m 10^s / 2^k to the nearest whole number, halves to the even one. */
static uint64_t
scaled (struct binary b, int s)
{
  wide power = power_of_ten (s);
  wide low = (wide)b.m * (uint64_t)power;
  wide high = (wide)b.m * (uint64_t)(power >> 64) + (uint64_t)(low >> 64);
  uint64_t whole
      = b.k >= 64 ? (uint64_t)(high >> (b.k - 64))
                  : (uint64_t)(high << (64 - b.k)) | ((uint64_t)low >> b.k);
  wide rest = (wide)b.m * power - ((wide)whole << b.k);
  wide half = (wide)1 << (b.k - 1);
  return whole + (rest > half || (rest == half && whole % 2 == 1));
}

/* The decimal of n digits that is nearest to x. */
static struct decimal
nearest_decimal (struct binary b, int n)
{
  const double log10_of_2 = 0.30102999566398120;
  int64_t most = (int64_t)power_of_ten (n);
  int first = (int)floor ((DBL_MANT_DIG - 1 - b.k) * log10_of_2);
  /* x may be a power of ten higher than that of its leading bit */
  for (int exponent = first; exponent <= first + 1 && b.fits; exponent++)
    {
      int s = n - 1 - exponent;
      if (s < 0 || s > POWER_MOST)
        break;
      int64_t digits = (int64_t)scaled (b, s);
      if (digits < most)
        return (struct decimal){ digits, -s };
    }
  return nearest_printed (b.x, n);
}

static bool
reads_back (struct decimal d, struct binary b)
{
  int s = -d.exponent;
  if (!b.fits || s < 0 || s > POWER_MOST)
    return is_read (d, b.x);
  wide power = power_of_ten (s);
  wide_signed apart
      = (wide_signed)(((wide)(uint64_t)d.digits << b.k) - (wide)b.m * power);
  bool is_below = apart < 0;
  wide twice = 2 * (wide)(is_below ? -apart : apart);
  if (is_below && b.m == UINT64_C (1) << (DBL_MANT_DIG - 1))
    twice *= 2;
  return twice < power || (twice == power && b.m % 2 == 0);
}

/* --- the fewest --- */

/* The same as nearest_decimal from that of 17 digits, unless its last digits
   are 5 or 50: x may be on either side then. */
static struct decimal
fewer_digits (struct decimal longest, struct binary b, int n)
{
  int64_t unit = n == RX_SHORTEST_DIGITS - 1 ? 10 : 100;
  if (longest.digits % unit == unit / 2)
    return nearest_decimal (b, n);
  return (struct decimal){ (longest.digits + unit / 2) / unit,
                           longest.exponent + RX_SHORTEST_DIGITS - n };
}

/* Of a normal x that is no small whole number. */
static struct decimal
fewest (struct binary b)
{
  struct decimal d = { 0, 0 },
                 longest = nearest_decimal (b, RX_SHORTEST_DIGITS);
  for (int n = EXACT_DIGITS; n < RX_SHORTEST_DIGITS; n++)
    {
      d = fewer_digits (longest, b, n);
      if (reads_back (d, b))
        return d;
    }
  /* Beside a power of two the nearest of 16 digits may not read back while
     its neighbour does: doubles lie twice as close below it as above. */
  if (b.m == UINT64_C (1) << (DBL_MANT_DIG - 1))
    for (int step = -1; step <= 1; step += 2)
      {
        struct decimal next = { d.digits + step, d.exponent };
        if (reads_back (next, b))
          return next;
      }
  return longest;
}

/* Of a subnormal x, which fewer than 15 digits may tell from its neighbours.
   Where n - 1 digits do not give x back, the n-digit decimal beside the
   nearest may. */
static struct decimal
fewest_subnormal (double x)
{
  struct decimal d = { 0, 0 };
  int n = 1;
  for (; n <= RX_SHORTEST_DIGITS; n++)
    {
      d = nearest_printed (x, n);
      if (is_read (d, x))
        break;
    }
  if (n == 1)
    return d;
  struct decimal nearest = nearest_printed (x, n - 1);
  for (int step = -1; step <= 1; step += 2)
    {
      struct decimal next = { nearest.digits + step, nearest.exponent };
      if (next.digits > 0 && is_read (next, x))
        return next;
    }
  return d;
}

static struct decimal
shortest (double x)
{
  const double whole_most = 1e15;
  if (x < DBL_MIN)
    return fewest_subnormal (x);
  if (x < whole_most && x == floor (x))
    return (struct decimal){ (int64_t)x, 0 };
  return fewest (take_apart (x));
}

int
rx_shortest (char digits[RX_SHORTEST_DIGITS + 1], double x)
{
  char reversed[RX_SHORTEST_DIGITS + 2];
  int n = 0;
  struct decimal d = shortest (x);
  while (d.digits % 10 == 0)
    {
      d.digits /= 10;
      d.exponent++;
    }
  for (; d.digits > 0; d.digits /= 10)
    reversed[n++] = (char)('0' + d.digits % 10);
  for (int i = 0; i < n; i++)
    digits[i] = reversed[n - 1 - i];
  digits[n] = '\0';
  return d.exponent + n - 1;
}
