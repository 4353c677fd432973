/* date.c: days since 1970-01-01 and back.

   The arithmetic counts years from March, so that the leap day is the last of
   its year, in eras of 400 years = 146097 days (H. Hinnant, "chrono-compatible
   low-level date algorithms", 2013).  By hand: 2000-03-01 is day 11017. */
#include "base/date.h"

#include <ctype.h>
#include <stdio.h>

enum
{
  DAYS_PER_ERA = 146097,
  EPOCH_SHIFT = 719468 /* days from 0000-03-01 to 1970-01-01 */
};

static int32_t
day_of (int year, int month, int day)
{
  int y = month <= 2 ? year - 1 : year;
  int era = y / 400; /* years here are 1000 to 9999: never negative */
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era
      = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_PER_ERA + day_of_era - EPOCH_SHIFT;
}

static int
days_in_month (int year, int month)
{
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

bool
rx_date_read (const char *text, size_t length, int32_t *day)
{
  if (length != 10 || text[4] != '-' || text[7] != '-')
    return false;
  for (size_t i = 0; i < length; i++)
    if (i != 4 && i != 7 && !isdigit ((unsigned char)text[i]))
      return false;
  int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100
             + (text[2] - '0') * 10 + (text[3] - '0');
  int month = (text[5] - '0') * 10 + (text[6] - '0');
  int dom = (text[8] - '0') * 10 + (text[9] - '0');
  if (year < 1000 || month < 1 || month > 12 || dom < 1
      || dom > days_in_month (year, month))
    return false;
  *day = day_of (year, month, dom);
  return true;
}

const char *
rx_date_print (char out[RX_DATE_SIZE], int32_t day)
{
  int64_t z = (int64_t)day + EPOCH_SHIFT;
  int64_t era = (z >= 0 ? z : z - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
  int day_of_era = (int)(z - era * DAYS_PER_ERA);
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524
                     - day_of_era / 146096)
                    / 365;
  int day_of_year
      = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted = (5 * day_of_year + 2) / 153;
  int dom = day_of_year - (153 * shifted + 2) / 5 + 1;
  int month = shifted < 10 ? shifted + 3 : shifted - 9;
  int64_t year = year_of_era + era * 400 + (month <= 2);
  snprintf (out, RX_DATE_SIZE, "%04lld-%02d-%02d", (long long)year, month, dom);
  return out;
}
