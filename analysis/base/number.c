/* number.c: decimal numbers read from text and printed back.

   Printing wants the fewest significant digits that give the same double
   back: 17 always do (IEEE 754-2019, 5.12.2).  No two decimals of 15 digits
   are the same double, unless it is subnormal.  So a decimal of 15 digits or
   fewer that reads back is the nearest one of 15 digits, but for zeros at its
   end; and there are but 15, 16 and 17 digits to try.  The C locale is
   assumed; recross never sets another. */
#include "base/number.h"

#include "base/text.h"

#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum
{
  DOUBLE_DIGITS = 17,    /* digits that always read back to the double */
  EXACT_DIGITS = 15,     /* digits that a double always tells apart */
  POSITIONAL_LEAST = -6, /* decimal exponents printed without an "e" */
  POSITIONAL_MOST = 20,
  COPY_SIZE = 128 /* longer texts are copied to the heap */
};

/* The powers of ten that are doubles. */
static const double powers[]
    = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
static const int POWER_MOST = sizeof powers / sizeof powers[0] - 1;

/* The double nearest to units * 10^exponent, where both are doubles: one
   operation rounds once (Clinger, PLDI 1990:92-101, sec. 4).  False where it
   takes more than that. */
static bool
read_simple (int64_t units, int exponent, double *x)
{
  const int64_t most = INT64_C (1) << DBL_MANT_DIG;
  if (FLT_EVAL_METHOD != 0 || units > most || units < -most
      || exponent > POWER_MOST || exponent < -POWER_MOST)
    return false;
  *x = exponent < 0 ? (double)units / powers[-exponent]
                    : (double)units * powers[exponent];
  return true;
}

static bool
is_special (const char *s, size_t n)
{
  static const char *const names[] = { "nan", "inf", "infinity" };
  if (n > 0 && (*s == '+' || *s == '-'))
    s++, n--;
  if (n > 0 && (isdigit ((unsigned char)*s) || *s == '.'))
    return false;
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    if (n == strlen (names[i]) && strncasecmp (s, names[i], n) == 0)
      return true;
  return false;
}

/* The grammar, without a value: sign, digits, mark, digits, exponent.  Counts
   what is needed to make the decimal units. */
static bool
scan (const char *s, size_t n, char mark, struct rx_number *out)
{
  size_t i = 0, digits = 0;
  bool negative = false, exact = true, seen_mark = false;
  int64_t units = 0;
  int decimals = 0;
  long exponent = 0;

  if (i < n && (s[i] == '+' || s[i] == '-'))
    negative = s[i++] == '-';
  for (; i < n; i++)
    {
      if (s[i] == mark && !seen_mark)
        {
          seen_mark = true;
          continue;
        }
      if (!isdigit ((unsigned char)s[i]))
        break;
      digits++;
      int digit = s[i] - '0';
      if (units > (INT64_C (999999999999999999) - digit) / 10)
        exact = false;
      else
        units = units * 10 + digit;
      if (seen_mark)
        decimals++;
      if (decimals > RX_NUMBER_DIGITS)
        exact = false;
    }
  if (digits == 0)
    return false;
  if (i < n && (s[i] == 'e' || s[i] == 'E'))
    {
      bool minus = false;
      size_t before = ++i;
      if (i < n && (s[i] == '+' || s[i] == '-'))
        minus = s[i] == '-', before = ++i;
      for (; i < n && isdigit ((unsigned char)s[i]); i++)
        if (exponent < 10000)
          exponent = exponent * 10 + (s[i] - '0');
      if (i == before)
        return false;
      if (minus)
        exponent = -exponent;
    }
  if (i != n)
    return false;

  /* units / 10^decimals * 10^exponent */
  long left = decimals - exponent;
  while (exact && left < 0)
    {
      exact = units <= INT64_C (99999999999999999);
      units = exact ? units * 10 : units;
      left++;
    }
  if (left > RX_NUMBER_DIGITS)
    exact = exact && units == 0;
  out->is_decimal = exact;
  out->units = negative ? -units : units;
  out->decimals = exact && units != 0 ? (int)left : 0;
  return true;
}

enum rx_number_fault
rx_number_read (const char *text, size_t length, char mark,
                struct rx_number *out)
{
  char small[COPY_SIZE];
  while (length > 0 && isblank ((unsigned char)*text))
    text++, length--;
  while (length > 0 && isblank ((unsigned char)text[length - 1]))
    length--;
  if (is_special (text, length))
    return RX_NUMBER_SPECIAL;
  if (!scan (text, length, mark, out))
    {
      struct rx_number other;
      return scan (text, length, mark == '.' ? ',' : '.', &other)
                 ? RX_NUMBER_OTHER_MARK
                 : RX_NUMBER_TEXT;
    }

  if (out->is_decimal && out->units != 0
      && read_simple (out->units, -out->decimals, &out->value))
    return RX_NUMBER_FINE;
  char *copy = length < sizeof small ? small : malloc (length + 1);
  if (copy == NULL)
    return RX_NUMBER_TEXT;
  memcpy (copy, text, length);
  copy[length] = '\0';
  char *comma = mark == '.' ? NULL : strchr (copy, mark);
  if (comma != NULL)
    *comma = '.';
  errno = 0;
  out->value = strtod (copy, NULL); /* underflow to 0 or a subnormal is fine */
  if (copy != small)
    free (copy);
  return isfinite (out->value) ? RX_NUMBER_FINE : RX_NUMBER_RANGE;
}

const char *
rx_number_fault_words (enum rx_number_fault fault)
{
  switch (fault)
    {
    case RX_NUMBER_SPECIAL:
      return "a finite number (declare it as a missing code if it stands for "
             "a missing value)";
    case RX_NUMBER_RANGE:
      return "a number that a double can hold";
    case RX_NUMBER_OTHER_MARK:
      return "a number (the file's decimal mark is another one: see "
             "--decimal)";
    case RX_NUMBER_TEXT:
    case RX_NUMBER_FINE:
      break;
    }
  return "a number";
}

bool
rx_number_readz (const char *text, double *out)
{
  struct rx_number number;
  if (rx_number_read (text, strlen (text), '.', &number) != RX_NUMBER_FINE)
    return false;
  *out = number.value;
  return true;
}

bool
rx_integer_readz (const char *text, long least, long most, long *out)
{
  char *end;
  errno = 0;
  long value = strtol (text, &end, 10);
  if (errno != 0 || end == text || *end != '\0'
      || isspace ((unsigned char)*text) || value < least || value > most)
    return false;
  *out = value;
  return true;
}

bool
rx_number_rescale (struct rx_number number, int decimals, int64_t *out)
{
  if (!number.is_decimal || decimals < number.decimals)
    return false;
  int64_t units = number.units;
  for (int i = number.decimals; i < decimals; i++)
    if (__builtin_mul_overflow (units, INT64_C (10), &units))
      return false;
  *out = units;
  return true;
}

/* "d.ddde+XX" -> the digits without the point, and the exponent. */
static int
split_scientific (const char *scientific, char digits[DOUBLE_DIGITS + 2])
{
  const char *e = strchr (scientific, 'e');
  size_t n = 0;
  for (const char *s = scientific; s < e; s++)
    if (*s != '.')
      digits[n++] = *s;
  digits[n] = '\0';
  return atoi (e + 1);
}

/* Does the n-digit decimal next to the nearest one read back to x?  Beside a
   power of two it can, where the nearest does not: doubles lie twice as close
   below it as above. */
static bool
neighbour (char scientific[RX_NUMBER_SIZE], double x, int n)
{
  char digits[DOUBLE_DIGITS + 2], nearest[RX_NUMBER_SIZE];
  snprintf (nearest, sizeof nearest, "%.*e", n - 1, x);
  int exponent = split_scientific (nearest, digits);
  long long whole = strtoll (digits, NULL, 10);
  for (int step = -1; step <= 1; step += 2)
    {
      char next[RX_NUMBER_SIZE];
      snprintf (next, sizeof next, "%llde%d", whole + step, exponent - n + 1);
      if (strtod (next, NULL) != x)
        continue;
      /* back to d.ddd form; n digits hold it exactly, as a decimal */
      snprintf (digits, sizeof digits, "%lld", whole + step);
      int shift = (int)strlen (digits) - n;
      snprintf (scientific, RX_NUMBER_SIZE, "%.1s%s%se%+03d", digits,
                n + shift > 1 ? "." : "", digits + 1, exponent + shift);
      return true;
    }
  return false;
}

/* The fewest digits that read back to a subnormal x > 0, as "d.ddde+XX". */
static void
shortest_subnormal (char scientific[RX_NUMBER_SIZE], double x)
{
  int n = 1;
  for (; n <= DOUBLE_DIGITS; n++)
    {
      snprintf (scientific, RX_NUMBER_SIZE, "%.*e", n - 1, x);
      if (strtod (scientific, NULL) == x)
        break;
    }
  if (n > 1 && n <= DOUBLE_DIGITS)
    (void)neighbour (scientific, x, n - 1);
}

/* digits * 10^exponent */
struct decimal
{
  int64_t digits;
  int exponent;
};

static bool
reads_back (struct decimal d, double x)
{
  char text[RX_NUMBER_SIZE];
  double y;
  if (read_simple (d.digits, d.exponent, &y))
    return y == x;
  snprintf (text, sizeof text, "%llde%d", (long long)d.digits, d.exponent);
  return strtod (text, NULL) == x;
}

/* The decimal of n digits that is nearest to x > 0. */
static struct decimal
nearest_decimal (double x, int n)
{
  char text[RX_NUMBER_SIZE];
  struct decimal d = { 0, 1 - n };
  snprintf (text, sizeof text, "%.*e", n - 1, x);
  const char *s = text;
  for (; *s != 'e'; s++)
    if (*s != '.')
      d.digits = 10 * d.digits + (*s - '0');
  d.exponent += atoi (s + 1);
  return d;
}

/* The same from that of 17 digits, unless its last digits are 5 or 50: x may
   be on either side then. */
static struct decimal
fewer_digits (struct decimal longest, double x, int n)
{
  int64_t unit = n == DOUBLE_DIGITS - 1 ? 10 : 100;
  if (longest.digits % unit == unit / 2)
    return nearest_decimal (x, n);
  return (struct decimal){ (longest.digits + unit / 2) / unit,
                           longest.exponent + DOUBLE_DIGITS - n };
}

/* The fewest digits that read back to a normal x > 0. */
static struct decimal
shortest (double x)
{
  const double whole_most = 1e15;
  int binary;
  struct decimal d = { 0, 0 };
  if (x < whole_most && x == floor (x))
    {
      d.digits = (int64_t)x;
      return d;
    }
  struct decimal longest = nearest_decimal (x, DOUBLE_DIGITS);
  for (int n = EXACT_DIGITS; n < DOUBLE_DIGITS; n++)
    {
      d = fewer_digits (longest, x, n);
      if (reads_back (d, x))
        return d;
    }
  /* Beside a power of two the nearest of 16 digits may not read back while
     its neighbour does: doubles lie twice as close below it as above. */
  if (frexp (x, &binary) == 0.5)
    for (int step = -1; step <= 1; step += 2)
      {
        struct decimal next = { d.digits + step, d.exponent };
        if (reads_back (next, x))
          return next;
      }
  return longest;
}

/* Those digits, without zeros at their end, and the exponent of the first. */
static int
shortest_digits (char digits[DOUBLE_DIGITS + 2], double x)
{
  char scientific[RX_NUMBER_SIZE], reversed[DOUBLE_DIGITS + 2];
  int n = 0;
  if (x < DBL_MIN)
    {
      shortest_subnormal (scientific, x);
      return split_scientific (scientific, digits);
    }
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

/* Adds n characters, and the NUL that ends them all. */
static char *
put (char *at, const char *text, int n)
{
  memcpy (at, text, (size_t)n);
  at[n] = '\0';
  return at + n;
}

const char *
rx_number_print (char out[RX_NUMBER_SIZE], double x)
{
  static const char zeros[] = "00000000000000000000";
  char digits[DOUBLE_DIGITS + 2], *at = out;
  if (isnan (x))
    return strcpy (out, "NA");
  if (isinf (x))
    return strcpy (out, x > 0 ? "Inf" : "-Inf");
  if (x == 0)
    return strcpy (out, "0");

  int exponent = shortest_digits (digits, fabs (x));
  int n = (int)strlen (digits);
  if (x < 0)
    *at++ = '-';
  if (exponent > POSITIONAL_MOST || exponent < POSITIONAL_LEAST)
    snprintf (at, RX_NUMBER_SIZE - 1, "%.1s%s%se%+d", digits, n > 1 ? "." : "",
              digits + 1, exponent);
  else if (exponent < 0)
    {
      at = put (at, "0.", 2);
      at = put (at, zeros, -exponent - 1);
      put (at, digits, n);
    }
  else if (exponent >= n - 1)
    {
      at = put (at, digits, n);
      put (at, zeros, exponent - n + 1);
    }
  else
    {
      at = put (at, digits, exponent + 1);
      at = put (at, ".", 1);
      put (at, digits + exponent + 1, n - exponent - 1);
    }
  return out;
}

const char *
rx_number_round (char out[RX_NUMBER_SIZE], double x, int digits)
{
  if (!isfinite (x))
    return rx_number_print (out, x);
  if (x == 0)
    return strcpy (out, "0");
  char scientific[RX_NUMBER_SIZE];
  snprintf (scientific, sizeof scientific, "%.*e", digits - 1, x);
  int exponent = atoi (strchr (scientific, 'e') + 1);
  if (exponent < -5 || exponent > 9)
    return strcpy (out, scientific);
  int decimals = digits - 1 - exponent;
  snprintf (out, RX_NUMBER_SIZE, "%.*f", decimals > 0 ? decimals : 0, x);
  return out;
}

const char *
rx_number_p (char out[RX_NUMBER_SIZE], double p)
{
  if (isnan (p))
    return strcpy (out, "NA");
  if (p < 0.001)
    return strcpy (out, "< 0.001");
  snprintf (out, RX_NUMBER_SIZE, p < 0.01 ? "%.4f" : "%.3f", p);
  return out;
}
