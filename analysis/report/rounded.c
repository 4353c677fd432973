/* rounded.c: how many decimals a person needs. */
#include "report/rounded.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum
{
  DECIMALS_MOST = 12, /* more are shown with an exponent */
  LEVEL_DIGITS = 10   /* of a confidence level: 0.95, 0.999 */
};

static const double positional_most = 1e12; /* larger ones too */

int
rx_rounded_decimals (const struct rx_row *row, int digits)
{
  double error = row->std_error;
  if (!(error > 0) || !isfinite (error))
    error = (row->conf_high - row->conf_low) / 4;
  if (!(error > 0) || !isfinite (error))
    return -1;
  int decimals = digits - 1 - (int)floor (log10 (error));
  return decimals < 0 ? 0 : decimals;
}

const char *
rx_rounded (char out[RX_NUMBER_SIZE], double x, int decimals)
{
  if (!isfinite (x) || decimals < 0 || decimals > DECIMALS_MOST
      || fabs (x) >= positional_most)
    return rx_rounded_plain (out, x, RX_PLAIN_DIGITS);
  snprintf (out, RX_NUMBER_SIZE, "%.*f", decimals, x);
  if (strspn (out, "-0.") == strlen (out) && out[0] == '-')
    memmove (out, out + 1, strlen (out)); /* no minus before a zero */
  return out;
}

const char *
rx_rounded_plain (char out[RX_NUMBER_SIZE], double x, int digits)
{
  if (isnan (x))
    return strcpy (out, "");
  if (x == trunc (x) && fabs (x) < positional_most)
    {
      snprintf (out, RX_NUMBER_SIZE, "%.0f", x == 0 ? 0.0 : x);
      return out;
    }
  return rx_number_round (out, x, digits); /* infinity too */
}

const char *
rx_rounded_column (char out[RX_NUMBER_SIZE], const struct rx_row *row,
                   const struct rx_row_column *column, int digits)
{
  static const size_t with_error[] = { offsetof (struct rx_row, estimate),
                                       offsetof (struct rx_row, std_error),
                                       offsetof (struct rx_row, conf_low),
                                       offsetof (struct rx_row, conf_high) };
  static const size_t p[] = { offsetof (struct rx_row, p_value),
                              offsetof (struct rx_row, p_adjusted) };
  double x = rx_row_number (row, column);
  if (isnan (x))
    return strcpy (out, "");
  for (size_t i = 0; i < sizeof with_error / sizeof with_error[0]; i++)
    if (column->offset == with_error[i])
      return rx_rounded (out, x, rx_rounded_decimals (row, digits));
  for (size_t i = 0; i < sizeof p / sizeof p[0]; i++)
    if (column->offset == p[i])
      return rx_number_p (out, x);
  if (column->offset == offsetof (struct rx_row, conf_level))
    snprintf (out, RX_NUMBER_SIZE, "%.*g", LEVEL_DIGITS, x);
  else
    rx_rounded_plain (out, x, digits);
  return out;
}
