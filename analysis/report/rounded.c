/* rounded.c: how many decimals a person needs. */
#include "report/rounded.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum
{
  DECIMALS_MOST = 12 /* more are shown with an exponent */
};

static const double positional_most = 1e12; /* larger ones too */

int
rx_rounded_decimals (const struct rx_row *row)
{
  double error = row->std_error;
  if (!(error > 0) || !isfinite (error))
    error = (row->conf_high - row->conf_low) / 4;
  if (!(error > 0) || !isfinite (error))
    return -1;
  int decimals = RX_ERROR_DIGITS - 1 - (int)floor (log10 (error));
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
