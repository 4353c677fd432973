/* number.c: decimal numbers read from text and printed back, with the fewest
   significant digits that give the same double (base/shortest.c).  The C
   locale is assumed; recross never sets another. */
#include "base/number.h"

#include "base/shortest.h"
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
  char digits[RX_SHORTEST_DIGITS + 1], *at = out;
  if (isnan (x))
    return strcpy (out, "NA");
  if (isinf (x))
    return strcpy (out, x > 0 ? "Inf" : "-Inf");
  if (x == 0)
    return strcpy (out, "0");

  int exponent = rx_shortest (digits, fabs (x));
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
