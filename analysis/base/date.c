/* date.c: days since 1970-01-01 and back.

   The arithmetic counts years from March, so that the leap day is the last of
   its year, in eras of 400 years = 146097 days (H. Hinnant, "chrono-compatible
   low-level date algorithms", 2013).  By hand: 2000-03-01 is day 11017.

   SAS and Stata count days from 1960-01-01 (SAS 9.4 Language Reference,
   "About SAS Date, Time, and Datetime Values"; Stata [D] Datetime), ten years
   with three leap days, so 3653 days, earlier: 2013-01-31 is 15736 here and
   19389 there.

   A format is a row of the table at the end. */
#include "base/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum
{
  DAYS_PER_ERA = 146097,
  EPOCH_SHIFT = 719468, /* days from 0000-03-01 to 1970-01-01 */
  SINCE_1960 = 3653,    /* days from 1960-01-01 to 1970-01-01 */
  FIRST_DAY = -354285,  /* 1000-01-01 */
  LAST_DAY = 2932896,   /* 9999-12-31 */
  NUMBER_DIGITS = 7,    /* of a day number */
  ISO_LENGTH = 10,      /* of "2013-01-31" */
  SHORTEST_MONTH = 28,  /* days that every month has */
  LIKELY_FROM = 0       /* an earlier day is no sign of a format: the number
                           2013 is a year rather than a day of 1965 */
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

/* Year, month and day as a day; false, with the reason, for an impossible
   one. */
static bool
calendar (int year, int month, int dom, int32_t *day,
          char why[RX_DATE_WORDS_SIZE])
{
  static const char *const names[] = { "January", "February", "March",
                                       "April",   "May",      "June",
                                       "July",    "August",   "September",
                                       "October", "November", "December" };
  bool known = month >= 1 && month <= 12;
  if (known && dom >= 1
      && (dom <= SHORTEST_MONTH || dom <= days_in_month (year, month)))
    {
      *day = day_of (year, month, dom);
      return true;
    }
  if (why != NULL && known)
    snprintf (why, RX_DATE_WORDS_SIZE, "%s %d has no day %d", names[month - 1],
              year, dom);
  else if (why != NULL)
    snprintf (why, RX_DATE_WORDS_SIZE, "there is no month %d", month);
  return false;
}

static bool
read_iso (const char *text, size_t length, int32_t *day,
          char why[RX_DATE_WORDS_SIZE])
{
  if (why != NULL)
    why[0] = '\0';
  if (length != ISO_LENGTH)
    return false;
  /* Eight bytes at once: against the shape, a digit is 0 to 9 and a hyphen 0;
     adding 0x76 brings every byte above 9 to 0x80 or more. */
  uint64_t word = 0, shape = 0;
  memcpy (&word, text, sizeof word);
  memcpy (&shape, "0000-00-", sizeof shape);
  word ^= shape;
  unsigned char digit[ISO_LENGTH];
  memcpy (digit, &word, sizeof word);
  digit[8] = (unsigned char)(text[8] ^ '0');
  digit[9] = (unsigned char)(text[9] ^ '0');
  uint64_t above_9 = (word | (word + UINT64_C (0x7676767676767676)))
                     & UINT64_C (0x8080808080808080);
  if (above_9 != 0 || (digit[4] | digit[7]) != 0 || digit[8] > 9
      || digit[9] > 9)
    return false;
  int year = digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3];
  int month = digit[5] * 10 + digit[6];
  int dom = digit[8] * 10 + digit[9];
  return year >= 1000 && calendar (year, month, dom, day, why);
}

bool
rx_date_read (const char *text, size_t length, int32_t *day)
{
  return read_iso (text, length, day, NULL);
}

/* ---- Other ways of writing ---------------------------------------------- */

/* The digits at text[*at], one or two, or four where they are a year; false
   when there are others. */
static bool
take_digits (const char *text, size_t length, size_t *at, bool is_year,
             int *value)
{
  size_t from = *at, most = is_year ? 4 : 2;
  *value = 0;
  while (*at < length && *at < from + most
         && isdigit ((unsigned char)text[*at]))
    *value = 10 * *value + (text[(*at)++] - '0');
  return *at > from && (!is_year || *value >= 1000);
}

/* Three numbers with the same mark, a point, slash or hyphen, between them;
   the one numbered `year` has four digits. */
static bool
take_three (const char *text, size_t length, size_t year, int number[3])
{
  size_t at = 0;
  char mark = '\0';
  for (size_t i = 0; i < 3; i++)
    {
      if (!take_digits (text, length, &at, i == year, &number[i]))
        return false;
      if (i == 2)
        break;
      if (at == length || strchr ("./-", text[at]) == NULL
          || (i > 0 && text[at] != mark))
        return false;
      mark = text[at++];
    }
  return at == length;
}

static bool
read_dmy (const char *text, size_t length, int32_t *day,
          char why[RX_DATE_WORDS_SIZE])
{
  int n[3];
  if (why != NULL)
    why[0] = '\0';
  return take_three (text, length, 2, n)
         && calendar (n[2], n[1], n[0], day, why);
}

static bool
read_mdy (const char *text, size_t length, int32_t *day,
          char why[RX_DATE_WORDS_SIZE])
{
  int n[3];
  if (why != NULL)
    why[0] = '\0';
  return take_three (text, length, 2, n)
         && calendar (n[2], n[0], n[1], day, why);
}

/* Eight digits, or with marks between. */
static bool
read_ymd (const char *text, size_t length, int32_t *day,
          char why[RX_DATE_WORDS_SIZE])
{
  int n[3];
  size_t at = 0;
  if (why != NULL)
    why[0] = '\0';
  bool is_split = length == 8 && take_digits (text, length, &at, true, &n[0])
                  && at == 4 && take_digits (text, length, &at, false, &n[1])
                  && at == 6 && take_digits (text, length, &at, false, &n[2])
                  && at == 8;
  return (is_split || take_three (text, length, 0, n))
         && calendar (n[0], n[1], n[2], day, why);
}

/* A whole number of days since 1960-01-01. */
static bool
read_number (const char *text, size_t length, int32_t *day,
             char why[RX_DATE_WORDS_SIZE])
{
  size_t at = length > 0 && text[0] == '-';
  bool negative = at == 1;
  int32_t value = 0;
  if (why != NULL)
    why[0] = '\0';
  if (at == length || length - at > NUMBER_DIGITS)
    return false;
  for (; at < length; at++)
    if (!isdigit ((unsigned char)text[at]))
      return false;
    else
      value = 10 * value + (text[at] - '0');
  *day = (negative ? -value : value) - SINCE_1960;
  if (*day >= FIRST_DAY && *day <= LAST_DAY)
    return true;
  if (why != NULL)
    snprintf (why, RX_DATE_WORDS_SIZE,
              "that day is not in the years 1000 to 9999");
  return false;
}

const struct rx_date_format rx_date_formats[] = {
  { "iso", "year-month-day with all ten characters", "2013-01-31", read_iso },
  { "dmy", "day, month, year with . / or - between", "31.01.2013", read_dmy },
  { "mdy", "month, day, year with . / or - between", "01/31/2013", read_mdy },
  { "ymd", "year, month, day with or without . / or - between", "20130131",
    read_ymd },
  { "sas", "SAS day number, days since 1960-01-01", "19389", read_number },
  { "stata", "Stata day number, days since 1960-01-01", "19389", read_number },
};
const size_t rx_n_date_formats
    = sizeof rx_date_formats / sizeof rx_date_formats[0];

const struct rx_date_format *
rx_date_format_find (const char *name)
{
  for (size_t i = 0; i < rx_n_date_formats; i++)
    if (strcmp (rx_date_formats[i].name, name) == 0)
      return &rx_date_formats[i];
  return NULL;
}

const char *
rx_date_expected (const struct rx_date_format *format, const char *text,
                  size_t length, char out[RX_DATE_WORDS_SIZE])
{
  char why[RX_DATE_WORDS_SIZE], others[80] = "";
  int32_t day;
  size_t used = 0;
  if (format->read (text, length, &day, why))
    why[0] = '\0';
  for (size_t i = 0; i < rx_n_date_formats; i++)
    if (rx_date_formats[i].read (text, length, &day, NULL)
        && day >= LIKELY_FROM)
      used += (size_t)snprintf (others + used, sizeof others - used, "%s%s",
                                used > 0 ? " or " : "",
                                rx_date_formats[i].name);
  snprintf (out, RX_DATE_WORDS_SIZE, "a date like %s%s%.80s%s%s%s",
            format->example, why[0] != '\0' ? ": " : "", why,
            used > 0 ? "; it looks like " : "", others,
            used > 0 ? " (see --date-format, in a study \"dates\")" : "");
  return out;
}

/* ---- Printing ----------------------------------------------------------- */

/* Year, month and day of a day: day_of the other way round. */
static void
civil (int32_t day, int64_t *year, int *month, int *dom)
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
  *dom = day_of_year - (153 * shifted + 2) / 5 + 1;
  *month = shifted < 10 ? shifted + 3 : shifted - 9;
  *year = year_of_era + era * 400 + (*month <= 2);
}

const char *
rx_date_print (char out[RX_DATE_SIZE], int32_t day)
{
  int64_t year;
  int month, dom;
  civil (day, &year, &month, &dom);
  snprintf (out, RX_DATE_SIZE, "%04lld-%02d-%02d", (long long)year, month,
            dom);
  return out;
}

int
rx_date_year (int32_t day)
{
  int64_t year;
  int month, dom;
  civil (day, &year, &month, &dom);
  return (int)year;
}
