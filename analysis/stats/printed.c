/* printed.c: decimals, half a unit on either side.

   x printed with d decimals, as the integer u = x 10^d, is the rounded form of
   everything in [(10 u - 5) / 10^(d+1), (10 u + 5) / 10^(d+1)].  Numerators
   and denominators are exact there, so that the ends are the nearest doubles.

   By hand: 0.040 is u = 40, d = 3: [0.0395, 0.0405]. */
#include "stats/printed.h"

#include "base/number.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  DIGITS_MOST = 16,   /* so that 10 u + 5 is below 2^63 */
  DECIMALS_MOST = 300 /* beyond, 10^d is no double */
};

/* Parts of a decimal meet when they are this near, relative to their size:
   an end such as a t quantile has rounding errors of its own. */
static const double TOUCH = 1e-12;

static const char MINUS[] = "\xe2\x88\x92"; /* U+2212 */

double
rx_printed_power (int k)
{
  double power = 1;
  for (int i = 0; i < k; i++)
    power *= 10;
  return power;
}

static const char *
skip_blanks (const char *s)
{
  while (*s == ' ' || *s == '\t')
    s++;
  return s;
}

static const char *
read_relation (const char *s, enum rx_printed_kind *kind)
{
  *kind = *s == '<'   ? RX_PRINTED_BELOW
          : *s == '>' ? RX_PRINTED_ABOVE
                      : RX_PRINTED_EQUAL;
  if (*s == '<' || *s == '>')
    s++;
  if (*s == '=')
    s++;
  return skip_blanks (s);
}

/* Digits and decimals of a text that rx_number_read took for a number. */
static void
read_digits (const char *s, char mark, struct rx_printed *out)
{
  bool negative = *s == '-', after = false;
  int digits = 0;
  long decimals = 0;
  out->units = 0;
  for (; *s != '\0' && *s != 'e' && *s != 'E'; s++)
    if (*s == mark)
      after = true;
    else if (isdigit ((unsigned char)*s))
      {
        digits += out->units != 0 || *s != '0';
        if (digits <= DIGITS_MOST)
          out->units = out->units * 10 + (*s - '0');
        decimals += after;
      }
  if (*s != '\0')
    decimals -= strtol (s + 1, NULL, 10);
  out->is_short = digits <= DIGITS_MOST && labs (decimals) < DECIMALS_MOST;
  if (!out->is_short)
    decimals = out->units = 0;
  out->decimals = (int)decimals;
  if (negative)
    out->units = -out->units;
}

static void
set_interval (struct rx_printed *out)
{
  int d = out->decimals;
  out->low = out->kind == RX_PRINTED_BELOW ? -INFINITY : out->value;
  out->high = out->kind == RX_PRINTED_ABOVE ? INFINITY : out->value;
  if (out->kind != RX_PRINTED_EQUAL || !out->is_short)
    return;
  double low = (double)(10 * out->units - 5);
  double high = (double)(10 * out->units + 5);
  double scale = rx_printed_power (abs (d + 1));
  out->low = d + 1 >= 0 ? low / scale : low * scale;
  out->high = d + 1 >= 0 ? high / scale : high * scale;
}

bool
rx_printed_read (const char *text, char mark, struct rx_printed *out)
{
  char plain[128];
  struct rx_number number;
  struct rx_printed read = { RX_PRINTED_NOTHING, 0, 0, 0, 0, 0, false };
  const char *s = read_relation (skip_blanks (text), &read.kind);
  size_t minus = strncmp (s, MINUS, strlen (MINUS)) == 0 ? strlen (MINUS) : 0;
  size_t length = strlen (s + minus);
  if (length == 0 || length + 2 > sizeof plain)
    return false;
  plain[0] = '-';
  memcpy (plain + (minus > 0), s + minus, length + 1);
  if (rx_number_read (plain, strlen (plain), mark, &number) != RX_NUMBER_FINE)
    return false;
  read.value = number.value;
  read_digits (plain, mark, &read);
  set_interval (&read);
  *out = read;
  return true;
}

bool
rx_printed_meets (const struct rx_printed *printed, double low, double high)
{
  double slack = TOUCH * fmax (fabs (printed->value), 1e-300);
  return low <= printed->high + slack && high >= printed->low - slack;
}
