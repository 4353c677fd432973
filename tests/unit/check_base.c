/* check_base.c: numbers, dates, quotations, strings, digests and files. */
#include "base/date.h"
#include "base/digest.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/output.h"
#include "base/text.h"

#include "scratch.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <signal.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum
{
  DRAWS = 200000,
  SAFE_DIGITS = 15 /* decimal digits that a double always keeps */
};

/* xorshift64 (Marsaglia 2003), for test values only. */
static uint64_t
draw (uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* ---- Numbers printed ---------------------------------------------------- */

static const struct
{
  double x;
  const char *printed;
} prints[] = {
  { 0.0, "0" },
  { -0.0, "0" },
  { 1, "1" },
  { -1.5, "-1.5" },
  { 0.1, "0.1" },
  { 0.1 + 0.2, "0.30000000000000004" },
  { 1.0 / 3, "0.3333333333333333" },
  { 100, "100" },
  { 1e6, "1000000" },
  { 123456789, "123456789" },
  { 9007199254740993.0, "9007199254740992" },
  { 1e20, "100000000000000000000" },
  { 1e21, "1e+21" },
  { -1.25e22, "-1.25e+22" },
  { 1e-6, "0.000001" },
  { 1.5e-6, "0.0000015" },
  { 1e-8, "1e-8" },
  { -2.5e-10, "-2.5e-10" },
  { 5e-324, "5e-324" },
  { DBL_MIN, "2.2250738585072014e-308" },
  { DBL_MAX, "1.7976931348623157e+308" },
  { DBL_EPSILON, "2.220446049250313e-16" },
  { NAN, "NA" },
  { INFINITY, "Inf" },
  { -INFINITY, "-Inf" },
};

START_TEST (prints_known)
{
  char out[RX_NUMBER_SIZE];
  ck_assert_str_eq (rx_number_print (out, prints[_i].x), prints[_i].printed);
}
END_TEST

START_TEST (prints_read_back)
{
  uint64_t state = 20260101;
  for (int i = 0; i < DRAWS; i++)
    {
      char out[RX_NUMBER_SIZE];
      uint64_t bits = draw (&state);
      double x, back;
      memcpy (&x, &bits, sizeof x);
      if (!isfinite (x))
        continue;
      rx_number_print (out, x);
      ck_assert (rx_number_readz (out, &back));
      ck_assert_msg (back == x, "%a printed as %s", x, out);
    }
}
END_TEST

/* A decimal of 15 digits or fewer is the shortest that reads back to its
   double, so it must come out as it went in. */
START_TEST (prints_what_was_read)
{
  uint64_t state = 7;
  for (int i = 0; i < DRAWS; i++)
    {
      char in[64], out[RX_NUMBER_SIZE];
      int n = (int)(draw (&state) % SAFE_DIGITS) + 1;
      int point = (int)(draw (&state) % (unsigned)n);
      int used = snprintf (in, sizeof in, "%s", i % 2 == 0 ? "-" : "");
      for (int d = 0; d < n; d++)
        {
          if (d == point)
            used += snprintf (in + used, sizeof in - (size_t)used, "%s",
                              d == 0 ? "0." : ".");
          bool edge = d == 0 || d == n - 1; /* no leading, no trailing zero */
          used += snprintf (in + used, sizeof in - (size_t)used, "%d",
                            (int)(draw (&state) % (edge ? 9 : 10)) + edge);
        }
      rx_number_print (out, strtod (in, NULL));
      ck_assert_str_eq (out, in);
    }
}
END_TEST

/* No decimal with fewer digits reads back, neither the nearest nor one beside
   it: powers of two and their neighbours, subnormals, and draws. */
static void
check_shortest (double x)
{
  char printed[RX_NUMBER_SIZE], tried[RX_NUMBER_SIZE];
  rx_number_print (printed, x);
  ck_assert (strtod (printed, NULL) == x);
  size_t digits = 0, zeros = 0; /* at either end they do not count */
  for (const char *s = printed; *s != '\0' && *s != 'e'; s++)
    if (*s >= '1' && *s <= '9')
      {
        digits += zeros + 1;
        zeros = 0;
      }
    else if (*s == '0' && digits > 0)
      zeros++;
  if (digits == 1)
    return;
  snprintf (tried, sizeof tried, "%.*e", (int)digits - 2, x);
  const char *e = strchr (tried, 'e');
  long long whole = tried[0] - '0';
  for (const char *s = tried + 1; s < e; s++)
    if (*s != '.')
      whole = 10 * whole + *s - '0';
  int exponent = atoi (e + 1) - (int)digits + 2;
  for (long long step = -1; step <= 1; step++)
    {
      snprintf (tried, sizeof tried, "%llde%d", whole + step, exponent);
      ck_assert_msg (strtod (tried, NULL) != x, "%s is shorter than %s", tried,
                     printed);
    }
}

START_TEST (prints_the_fewest_digits)
{
  uint64_t state = 11;
  for (int e = DBL_MIN_EXP - DBL_MANT_DIG; e < DBL_MAX_EXP; e++)
    {
      double x = ldexp (1, e);
      check_shortest (x);
      check_shortest (nextafter (x, 0) > 0 ? nextafter (x, 0) : x);
      check_shortest (nextafter (x, INFINITY));
    }
  for (int i = 0; i < DRAWS / 10; i++)
    {
      uint64_t bits = draw (&state) >> 1; /* no sign */
      double x;
      memcpy (&x, &bits, sizeof x);
      if (isfinite (x) && x > 0)
        check_shortest (x);
      check_shortest ((double)(draw (&state) >> (draw (&state) % 63)) + 1);
      check_shortest ((double)(draw (&state) % 1000000 + 1) / 1000);
    }
}
END_TEST

START_TEST (rounds_for_people)
{
  char out[RX_NUMBER_SIZE];
  ck_assert_str_eq (rx_number_round (out, 3.14159, 3), "3.14");
  ck_assert_str_eq (rx_number_round (out, 9.9996, 4), "10.00");
  ck_assert_str_eq (rx_number_round (out, 2, 3), "2.00");
  ck_assert_str_eq (rx_number_round (out, -0.012345, 2), "-0.012");
  ck_assert_str_eq (rx_number_round (out, 123456, 3), "123456");
  ck_assert_str_eq (rx_number_round (out, 1.5e-9, 2), "1.5e-09");
  ck_assert_str_eq (rx_number_round (out, 0, 3), "0");
  ck_assert_str_eq (rx_number_round (out, NAN, 3), "NA");
  ck_assert_str_eq (rx_number_p (out, 0.0123), "0.012");
  ck_assert_str_eq (rx_number_p (out, 0.0012), "0.0012");
  ck_assert_str_eq (rx_number_p (out, 0.0004), "< 0.001");
  ck_assert_str_eq (rx_number_p (out, 1), "1.000");
  ck_assert_str_eq (rx_number_p (out, NAN), "NA");
}
END_TEST

/* ---- Numbers read ------------------------------------------------------- */

static const struct
{
  const char *text;
  char mark;
  enum rx_number_fault fault;
  double value;
  bool is_decimal;
  int64_t units;
  int decimals;
} reads[] = {
  { "0", '.', RX_NUMBER_FINE, 0, true, 0, 0 },
  { "-0.00", '.', RX_NUMBER_FINE, 0, true, 0, 0 },
  { "310", '.', RX_NUMBER_FINE, 310, true, 310, 0 },
  { " +1.50\t", '.', RX_NUMBER_FINE, 1.5, true, 150, 2 },
  { ".5", '.', RX_NUMBER_FINE, 0.5, true, 5, 1 },
  { "5.", '.', RX_NUMBER_FINE, 5, true, 5, 0 },
  { "-2,75", ',', RX_NUMBER_FINE, -2.75, true, -275, 2 },
  { "1e3", '.', RX_NUMBER_FINE, 1000, true, 1000, 0 },
  { "1.25E-3", '.', RX_NUMBER_FINE, 0.00125, true, 125, 5 },
  { "12.5e1", '.', RX_NUMBER_FINE, 125, true, 125, 0 },
  { "999999999999999999", '.', RX_NUMBER_FINE, 1e18, true, 999999999999999999,
    0 },
  { "-0.000000000000000001", '.', RX_NUMBER_FINE, -1e-18, true, -1, 18 },
  { "1000000000000000000", '.', RX_NUMBER_FINE, 1e18, false, 0, 0 },
  { "0.1234567890123456789", '.', RX_NUMBER_FINE, 0.1234567890123456789, false,
    0, 0 },
  { "1e-30", '.', RX_NUMBER_FINE, 1e-30, false, 0, 0 },
  { "1e30", '.', RX_NUMBER_FINE, 1e30, false, 0, 0 },
  { "0e-99999", '.', RX_NUMBER_FINE, 0, true, 0, 0 },
  { "1e-400", '.', RX_NUMBER_FINE, 0, false, 0, 0 },
  { "", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { " ", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "-", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { ".", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "e5", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "1e", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "1e+", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "1.2.3", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "--1", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "1 2", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "12 mg", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "0x10", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "1,000.5", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "nano", '.', RX_NUMBER_TEXT, 0, false, 0, 0 },
  { "NaN", '.', RX_NUMBER_SPECIAL, 0, false, 0, 0 },
  { "-inf", '.', RX_NUMBER_SPECIAL, 0, false, 0, 0 },
  { " Infinity ", '.', RX_NUMBER_SPECIAL, 0, false, 0, 0 },
  { "1e309", '.', RX_NUMBER_RANGE, 0, false, 0, 0 },
  { "1,5", '.', RX_NUMBER_OTHER_MARK, 0, false, 0, 0 },
  { "1.5", ',', RX_NUMBER_OTHER_MARK, 0, false, 0, 0 },
};

START_TEST (reads_known)
{
  struct rx_number number = { 0 };
  ck_assert_int_eq (rx_number_read (reads[_i].text, strlen (reads[_i].text),
                                    reads[_i].mark, &number),
                    reads[_i].fault);
  if (reads[_i].fault != RX_NUMBER_FINE)
    return;
  ck_assert (number.value == reads[_i].value);
  ck_assert_int_eq (number.is_decimal, reads[_i].is_decimal);
  if (!number.is_decimal)
    return;
  ck_assert_int_eq (number.units, reads[_i].units);
  ck_assert_int_eq (number.decimals, reads[_i].decimals);
}
END_TEST

/* Numbers are read as strtod reads them, to the last bit. */
START_TEST (reads_the_nearest)
{
  uint64_t state = 13;
  for (int i = 0; i < DRAWS; i++)
    {
      char text[64];
      struct rx_number number = { 0 };
      uint64_t whole = draw (&state) >> (draw (&state) % 63);
      int exponent = i % 2 == 0 ? (int)(draw (&state) % 60) - 30 : 0;
      snprintf (text, sizeof text, "%s%llu.%03llue%d", i % 3 == 0 ? "-" : "",
                (unsigned long long)whole,
                (unsigned long long)(draw (&state) % 1000), exponent);
      ck_assert_int_eq (rx_number_read (text, strlen (text), '.', &number),
                        RX_NUMBER_FINE);
      ck_assert_msg (number.value == strtod (text, NULL), "%s", text);
    }
}
END_TEST

/* 0.3 - 0.1 is 0.2 in decimal units, though not in binary; a long number
   falls out of them. */
START_TEST (decimal_units)
{
  struct rx_number a, b, c;
  int64_t x, y, z;
  ck_assert_int_eq (rx_number_read ("0.3", 3, '.', &a), RX_NUMBER_FINE);
  ck_assert_int_eq (rx_number_read ("0.10", 4, '.', &b), RX_NUMBER_FINE);
  ck_assert_int_eq (rx_number_read (".2", 2, '.', &c), RX_NUMBER_FINE);
  ck_assert (a.value - b.value != c.value);
  ck_assert (rx_number_rescale (a, 2, &x));
  ck_assert (rx_number_rescale (b, 2, &y));
  ck_assert (rx_number_rescale (c, 2, &z));
  ck_assert_int_eq (x - y, z);
  ck_assert (!rx_number_rescale (b, 1, &y));
  ck_assert (rx_number_rescale (a, 18, &x));
  ck_assert_int_eq (x, 300000000000000000);
  a.units = 3000;
  a.decimals = 0;
  ck_assert (!rx_number_rescale (a, 18, &x));
  a.is_decimal = false;
  ck_assert (!rx_number_rescale (a, 0, &x));
}
END_TEST

START_TEST (reads_long_texts)
{
  char text[1000];
  struct rx_number number;
  memset (text, '0', sizeof text);
  text[0] = '1';
  text[1] = '.';
  ck_assert_int_eq (rx_number_read (text, sizeof text, '.', &number),
                    RX_NUMBER_FINE);
  ck_assert (number.value == 1);
  memset (text, '9', sizeof text);
  ck_assert_int_eq (rx_number_read (text, sizeof text, '.', &number),
                    RX_NUMBER_RANGE);
}
END_TEST

START_TEST (reads_integers)
{
  long n = 0;
  ck_assert (rx_integer_readz ("-730", -1000, 0, &n));
  ck_assert_int_eq (n, -730);
  ck_assert (rx_integer_readz ("5", 5, 5, &n));
  ck_assert (!rx_integer_readz ("6", 5, 5, &n));
  ck_assert (!rx_integer_readz ("", 0, 9, &n));
  ck_assert (!rx_integer_readz (" 5", 0, 9, &n));
  ck_assert (!rx_integer_readz ("5 ", 0, 9, &n));
  ck_assert (!rx_integer_readz ("5.0", 0, 9, &n));
  ck_assert (!rx_integer_readz ("99999999999999999999", 0, 9, &n));
}
END_TEST

/* ---- Dates -------------------------------------------------------------- */

/* From Python 3.11, (date (...) - date (1970, 1, 1)).days. */
static const struct
{
  const char *text;
  int32_t day;
} days[] = {
  { "1000-01-01", -354285 }, { "1583-01-01", -141349 },
  { "1900-03-01", -25508 },  { "1969-12-31", -1 },
  { "1970-01-01", 0 },       { "1999-12-31", 10956 },
  { "2000-02-29", 11016 },   { "2000-03-01", 11017 },
  { "2024-02-29", 19782 },   { "2100-03-01", 47541 },
  { "9999-12-31", 2932896 },
};

START_TEST (dates_known)
{
  char out[RX_DATE_SIZE];
  for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
    {
      int32_t day = 0;
      ck_assert (rx_date_read (days[i].text, 10, &day));
      ck_assert_int_eq (day, days[i].day);
      ck_assert_str_eq (rx_date_print (out, day), days[i].text);
    }
}
END_TEST

START_TEST (dates_impossible)
{
  static const char *const texts[] = { "",
                                       "2013",
                                       "2013-02-30",
                                       "2013-02-29",
                                       "1900-02-29",
                                       "2013-00-10",
                                       "2013-13-01",
                                       "2013-01-00",
                                       "2013-01-32",
                                       "2013-04-31",
                                       "2013-1-1",
                                       "13-01-01",
                                       "2013/01/01",
                                       "2013-01-1a",
                                       "0999-12-31",
                                       "+013-01-01",
                                       "2013-01-011",
                                       " 2013-01-01",
                                       "20130101",
                                       "2013-01-01T00:00" };
  int32_t day;
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    ck_assert_msg (!rx_date_read (texts[i], strlen (texts[i]), &day),
                   "%s was read", texts[i]);
}
END_TEST

/* Every day of 1600 to 2399, which holds a leap year of each kind. */
START_TEST (dates_follow_each_other)
{
  char out[RX_DATE_SIZE], before[RX_DATE_SIZE] = "1599-12-31";
  int32_t first, last, back;
  ck_assert (rx_date_read ("1600-01-01", 10, &first));
  ck_assert (rx_date_read ("2399-12-31", 10, &last));
  ck_assert_int_eq (last - first + 1, 2 * 146097);
  for (int32_t day = first; day <= last; day++)
    {
      rx_date_print (out, day);
      ck_assert (rx_date_read (out, 10, &back));
      ck_assert_int_eq (back, day);
      ck_assert_int_gt (strcmp (out, before), 0);
      memcpy (before, out, sizeof before);
    }
}
END_TEST

/* Days from R 4.2.2, as.integer (as.Date (...)); SAS and Stata numbers
   likewise from as.Date ("1960-01-01"). */
static const struct
{
  const char *format, *text;
  int32_t day;
} written[] = {
  { "iso", "2013-01-31", 15736 },  { "dmy", "31.01.2013", 15736 },
  { "dmy", "31/01/2013", 15736 },  { "dmy", "31-1-2013", 15736 },
  { "dmy", "01.02.2013", 15737 },  { "mdy", "01/31/2013", 15736 },
  { "mdy", "2/1/2013", 15737 },    { "mdy", "02.29.2016", 16860 },
  { "ymd", "20130131", 15736 },    { "ymd", "2013/1/31", 15736 },
  { "ymd", "2013-01-31", 15736 },  { "sas", "19389", 15736 },
  { "sas", "0", -3653 },           { "sas", "-1", -3654 },
  { "stata", "20513", 16860 },     { "stata", "19389", 15736 },
  { "stata", "-350632", -354285 }, { "sas", "2936549", 2932896 },
};

START_TEST (dates_as_files_write_them)
{
  for (size_t i = 0; i < sizeof written / sizeof written[0]; i++)
    {
      const struct rx_date_format *format
          = rx_date_format_find (written[i].format);
      int32_t day = 0;
      ck_assert_ptr_nonnull (format);
      ck_assert_msg (
          format->read (written[i].text, strlen (written[i].text), &day, NULL),
          "%s: %s", written[i].format, written[i].text);
      ck_assert_int_eq (day, written[i].day);
    }
  ck_assert_ptr_null (rx_date_format_find ("dym"));
}
END_TEST

START_TEST (dates_not_so_written)
{
  static const char *const pairs[][2] = {
    { "dmy", "31.01-2013" },
    { "dmy", "31.01.13" },
    { "dmy", "" },
    { "dmy", "2013-01-31" },
    { "dmy", "31012013" },
    { "dmy", "31.01.2013 " },
    { "dmy", "31.01.20131" },
    { "dmy", "1..2013" },
    { "dmy", "+1.01.2013" },
    { "dmy", "31.13.2013" },
    { "mdy", "31/01/2013" },
    { "mdy", "1/31/0999" },
    { "ymd", "2013013" },
    { "ymd", "201301311" },
    { "ymd", "20130230" },
    { "ymd", "2013.01-31" },
    { "sas", "" },
    { "sas", "-" },
    { "sas", "+1" },
    { "sas", "19389.5" },
    { "sas", "12345678" },
    { "sas", "2936550" },
    { "sas", "-350633" },
    { "iso", "2013/01/31" },
  };
  int32_t day;
  char why[RX_DATE_WORDS_SIZE];
  for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
    ck_assert_msg (!rx_date_format_find (pairs[i][0])
                        ->read (pairs[i][1], strlen (pairs[i][1]), &day, why),
                   "%s: %s", pairs[i][0], pairs[i][1]);
}
END_TEST

START_TEST (dates_expected)
{
  static const char hint[] = " (see --date-format, in a study \"dates\")";
  static const struct
  {
    const char *format, *text, *words;
    bool has_hint;
  } rows[] = {
    { "iso", "2016-02-30",
      "a date like 2013-01-31: February 2016 has no day 30", false },
    { "iso", "2016-13-01", "a date like 2013-01-31: there is no month 13",
      false },
    { "iso", "28.02.2013", "a date like 2013-01-31; it looks like dmy", true },
    { "iso", "02/03/2013", "a date like 2013-01-31; it looks like dmy or mdy",
      true },
    { "iso", "20130131", "a date like 2013-01-31; it looks like ymd", true },
    { "iso", "19389", "a date like 2013-01-31; it looks like sas or stata",
      true },
    { "iso", "2013", "a date like 2013-01-31", false },
    { "iso", "yesterday", "a date like 2013-01-31", false },
    { "dmy", "01/31/2013",
      "a date like 31.01.2013: there is no month 31; it looks like mdy",
      true },
    { "sas", "9999999",
      "a date like 19389: that day is not in the years 1000 to 9999", false },
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      char found[RX_DATE_WORDS_SIZE], expected[RX_DATE_WORDS_SIZE];
      snprintf (expected, sizeof expected, "%s%s", rows[i].words,
                rows[i].has_hint ? hint : "");
      ck_assert_str_eq (rx_date_expected (rx_date_format_find (rows[i].format),
                                          rows[i].text, strlen (rows[i].text),
                                          found),
                        expected);
    }
}
END_TEST

/* Options and study files take their words from the macro. */
START_TEST (date_formats_have_their_names)
{
  static const char *const names[] = { RX_DATE_FORMAT_NAMES };
  ck_assert_uint_eq (sizeof names / sizeof names[0], rx_n_date_formats);
  for (size_t i = 0; i < rx_n_date_formats; i++)
    {
      const struct rx_date_format *format = &rx_date_formats[i];
      int32_t day;
      ck_assert_str_eq (format->name, names[i]);
      ck_assert (format->read (format->example, strlen (format->example), &day,
                               NULL));
      ck_assert_int_eq (day, 15736);
    }
}
END_TEST

/* ---- Texts -------------------------------------------------------------- */

static const struct
{
  const char *bytes, *quoted;
} quotes[] = {
  { "", "\"\"" },
  { "abc", "\"abc\"" },
  { "J\xC3\xB8rgen", "\"J\xC3\xB8rgen\"" },
  { "J\xF8r", "\"J\\xF8r\"" },
  { "a\tb\nc\x7F", "\"a\\x09b\\x0Ac\\x7F\"" },
  { "\xC3", "\"\\xC3\"" },
  { "1234567890123456789012345678901234567890",
    "\"1234567890123456789012345678901234567890\"" },
  { "12345678901234567890123456789012345678901",
    "\"1234567890123456789012345678901234567890...\"" },
};

START_TEST (quotations)
{
  char out[RX_QUOTED_SIZE];
  ck_assert_str_eq (rx_quotez (out, quotes[_i].bytes), quotes[_i].quoted);
}
END_TEST

START_TEST (quotations_fit)
{
  static const char *const units[] = { "\x01", "\xF0\x9F\x98\x80", "\xFF" };
  for (size_t u = 0; u < 3; u++)
    for (size_t n = 1; n < 100; n++)
      {
        char out[RX_QUOTED_SIZE];
        struct rx_text text = { 0 };
        for (size_t i = 0; i < n; i++)
          rx_text_addz (&text, units[u]);
        rx_quotez (out, rx_text_string (&text));
        size_t length = strlen (out);
        ck_assert_uint_lt (length, sizeof out);
        ck_assert_int_eq (out[length - 1], '"');
        rx_text_free (&text);
      }
}
END_TEST

START_TEST (utf8)
{
  static const struct
  {
    const char *bytes;
    size_t length;
  } rows[] = {
    { "a", 1 },
    { "\xC2\x80", 2 },
    { "\xE0\xA0\x80", 3 },
    { "\xEF\xBF\xBF", 3 },
    { "\xF0\x90\x80\x80", 4 },
    { "\xF4\x8F\xBF\xBF", 4 },
    { "\x80", 0 },             /* a continuation */
    { "\xC1\xBF", 0 },         /* overlong */
    { "\xE0\x9F\xBF", 0 },     /* overlong */
    { "\xF0\x8F\xBF\xBF", 0 }, /* overlong */
    { "\xED\xA0\x80", 0 },     /* a surrogate */
    { "\xF4\x90\x80\x80", 0 }, /* above U+10FFFF */
    { "\xF8\x88\x80\x80", 0 },
    { "\xE2\x82", 0 }, /* cut short */
    { "", 0 },
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    ck_assert_uint_eq (rx_utf8_length ((const unsigned char *)rows[i].bytes,
                                       strlen (rows[i].bytes)),
                       rows[i].length);
  ck_assert_uint_eq (rx_text_width ("n\xC3\xA5r \xE2\x82\xAC"), 5);
}
END_TEST

START_TEST (growing_text)
{
  struct rx_text text = { 0 };
  ck_assert_str_eq (rx_text_string (&text), "");
  rx_text_addz (&text, "a");
  rx_text_addc (&text, 'b');
  rx_text_add (&text, "cde", 2);
  rx_text_pad (&text, '-', 3);
  rx_text_addf (&text, "%d|%s", 42, "x");
  ck_assert_str_eq (rx_text_string (&text), "abcd---42|x");
  rx_text_clear (&text);
  ck_assert_str_eq (rx_text_string (&text), "");
  for (int i = 0; i < 100000; i++)
    rx_text_addf (&text, "%d,", i);
  ck_assert (!text.failed);
  ck_assert_uint_eq (text.length, strlen (text.data));
  ck_assert_str_eq (text.data + text.length - 6, "99999,");
  rx_text_free (&text);
}
END_TEST

/* ---- Memory, messages --------------------------------------------------- */

START_TEST (strings_stay)
{
  enum
  {
    N = 3000
  };
  static const char *kept[N];
  struct rx_strings strings = { 0 };
  char *big = malloc (50000);
  ck_assert_ptr_nonnull (big);
  memset (big, 'b', 50000);
  for (int i = 0; i < N; i++)
    {
      kept[i] = rx_strings_format (&strings, "string %d", i);
      if (i % 1000 == 0)
        {
          const char *copy = rx_strings_add (&strings, big, 50000);
          ck_assert_uint_eq (strlen (copy), 50000);
        }
    }
  for (int i = 0; i < N; i++)
    {
      char expected[32];
      snprintf (expected, sizeof expected, "string %d", i);
      ck_assert_str_eq (kept[i], expected);
    }
  ck_assert_str_eq (rx_strings_add (&strings, NULL, 0), "");
  rx_strings_free (&strings);
  rx_strings_free (&strings);
  free (big);
}
END_TEST

/* Strings that change hands stay where they are; both arenas can still take
   more. */
START_TEST (strings_change_hands)
{
  struct rx_strings into = { 0 }, from = { 0 };
  const char *first = rx_strings_addz (&from, "first");
  for (int i = 0; i < 3000; i++)
    ck_assert_ptr_nonnull (rx_strings_format (&from, "string %d", i));
  const char *last = rx_strings_addz (&from, "last");
  rx_strings_take (&into, &from);
  const char *own = rx_strings_addz (&into, "own");
  rx_strings_take (&into, &from); /* nothing in it */
  ck_assert_ptr_nonnull (rx_strings_addz (&from, "new"));
  rx_strings_take (&into, &from);
  rx_strings_free (&from);
  ck_assert_str_eq (first, "first");
  ck_assert_str_eq (last, "last");
  ck_assert_str_eq (own, "own");
  rx_strings_free (&into);
}
END_TEST

START_TEST (arrays_grow)
{
  struct rx_error err = { 0 };
  int *array = NULL;
  size_t room = 0;
  for (size_t n = 1; n < 2000; n++)
    {
      size_t before = room;
      ck_assert_int_eq (rx_grow (&array, &room, n, sizeof *array, &err),
                        RX_OK);
      ck_assert_uint_ge (room, n);
      for (size_t i = before; i < room; i++)
        ck_assert_int_eq (array[i], 0);
      array[n - 1] = (int)n;
    }
  for (size_t n = 1; n < 2000; n++)
    ck_assert_int_eq (array[n - 1], (int)n);
  ck_assert_int_eq (rx_grow (&array, &room, SIZE_MAX / 2, 4, &err),
                    RX_EINTERNAL);
  ck_assert_str_eq (err.message, "out of memory");
  ck_assert_int_eq (array[0], 1);
  free (array);
}
END_TEST

START_TEST (messages)
{
  struct rx_error err = { 0 };
  struct rx_where all = { "f.csv", 41, 3, "period" };
  struct rx_where some = { .file = "f.csv", .column = "period" };
  struct rx_where none = { 0 };
  ck_assert_int_eq (rx_fail_at (&err, RX_EDATA, all, "is %d", 1), RX_EDATA);
  ck_assert_str_eq (err.message, "f.csv:41:3: period: is 1");
  ck_assert_int_eq (err.status, RX_EDATA);
  rx_fail_at (&err, RX_EDATA, some, "is %d", 1);
  ck_assert_str_eq (err.message, "f.csv: period: is 1");
  rx_fail_at (&err, RX_EDATA, none, "is %d", 1);
  ck_assert_str_eq (err.message, "is 1");
  rx_fail (&err, RX_EUSAGE, "%5000d", 1);
  ck_assert_uint_eq (strlen (err.message), RX_MESSAGE_SIZE - 1);
  ck_assert_int_eq (rx_fail_errno (&err, "f", "cannot open", ENOENT), RX_EIO);
  ck_assert_str_eq (err.message, "f: cannot open: No such file or directory");
}
END_TEST

/* FIPS 180-4's examples, and the empty message. */
START_TEST (digests)
{
  static const struct
  {
    const char *text, *hex;
  } rows[] = {
    { "", "e3b0c44298fc1c149afbf4c8996fb924"
          "27ae41e4649b934ca495991b7852b855" },
    { "abc", "ba7816bf8f01cfea414140de5dae2223"
             "b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039"
      "a33ce45964ff2167f6ecedd419db06c1" },
  };
  struct rx_digest digest;
  char hex[RX_DIGEST_SIZE];
  rx_digest_init (&digest);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      for (const char *s = rows[i].text; *s != '\0'; s++)
        rx_digest_add (&digest, s, 1);
      rx_digest_finish (&digest, hex);
      ck_assert_str_eq (hex, rows[i].hex);
    }
}
END_TEST

/* ---- Files -------------------------------------------------------------- */

static void
expect_file (const char *path, const char *content)
{
  char bytes[4096];
  FILE *file = fopen (path, "rb");
  ck_assert_ptr_nonnull (file);
  bytes[fread (bytes, 1, sizeof bytes - 1, file)] = '\0';
  fclose (file);
  ck_assert_str_eq (bytes, content);
}

START_TEST (output_is_whole)
{
  struct rx_error err = { 0 };
  struct stat info;
  const char *path = scratch_path ("out.tsv");
  mode_t mask = umask (027);
  ck_assert_int_eq (rx_output_write (path, "one\n", 4, &err), RX_OK);
  umask (mask);
  expect_file (path, "one\n");
  ck_assert_int_eq (stat (path, &info), 0);
  ck_assert_int_eq (info.st_mode & 07777, 0640);
  ck_assert_int_eq (chmod (path, 0604), 0);
  ck_assert_int_eq (rx_output_write (path, "2\n", 2, &err), RX_OK);
  expect_file (path, "2\n");
  ck_assert_int_eq (stat (path, &info), 0);
  ck_assert_int_eq (info.st_mode & 07777, 0604);
  ck_assert_int_eq (rx_output_write (path, "", 0, &err), RX_OK);
  expect_file (path, "");
  ck_assert_uint_eq (scratch_count (0), 1);
}
END_TEST

/* A full disk, by a limit on the size of files: the old file stays as it was
   and nothing is left beside it. */
START_TEST (output_fails_whole)
{
  static char big[100000];
  struct rx_error err = { 0 };
  struct rlimit old, low;
  const char *path = scratch_path ("out.tsv");
  ck_assert_int_eq (rx_output_write (path, "old\n", 4, &err), RX_OK);
  void (*handler) (int) = signal (SIGXFSZ, SIG_IGN);
  ck_assert_int_eq (getrlimit (RLIMIT_FSIZE, &old), 0);
  low = old;
  low.rlim_cur = 50000;
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &low), 0);
  enum rx_status status = rx_output_write (path, big, sizeof big, &err);
  ck_assert_int_eq (setrlimit (RLIMIT_FSIZE, &old), 0);
  signal (SIGXFSZ, handler);
  ck_assert_int_eq (status, RX_EIO);
  ck_assert_ptr_nonnull (strstr (err.message, "cannot write"));
  expect_file (path, "old\n");
  ck_assert_uint_eq (scratch_count (0), 1);
}
END_TEST

START_TEST (output_to_strange_places)
{
  struct rx_error err = { 0 };
  ck_assert_int_eq (rx_output_write ("/dev/null", "x", 1, &err), RX_OK);
  if (access ("/dev/full", W_OK) == 0)
    {
      ck_assert_int_eq (rx_output_write ("/dev/full", "x", 1, &err), RX_EIO);
      ck_assert_str_eq (err.message,
                        "/dev/full: cannot write: No space left on device");
    }
  ck_assert_int_eq (rx_output_write (scratch_folder, "x", 1, &err), RX_EIO);
  ck_assert_ptr_nonnull (strstr (err.message, "Is a directory"));
  ck_assert_int_eq (rx_output_write (scratch_path ("no/where"), "x", 1, &err),
                    RX_EIO);
  ck_assert_ptr_nonnull (strstr (err.message, "No such file or directory"));
  ck_assert_uint_eq (scratch_count (0), 0);
}
END_TEST

START_TEST (output_folders)
{
  struct rx_error err = { 0 };
  ck_assert_int_eq (rx_output_folder (scratch_path ("a/b//c/"), &err), RX_OK);
  ck_assert_int_eq (rx_output_folder (scratch_path ("a/b/c"), &err), RX_OK);
  ck_assert_int_eq (rx_output_write (scratch_path ("a/b/c/f"), "x", 1, &err),
                    RX_OK);
  expect_file (scratch_path ("a/b/c/f"), "x");
  ck_assert_int_eq (rx_output_folder (scratch_path ("a/b/c/f"), &err), RX_EIO);
  ck_assert_int_eq (
      rx_output_rename (scratch_path ("a/b/c/f"), scratch_path ("g"), &err),
      RX_OK);
  expect_file (scratch_path ("g"), "x");
  ck_assert_int_eq (
      rx_output_rename (scratch_path ("none"), scratch_path ("g"), &err),
      RX_EIO);
  expect_file (scratch_path ("g"), "x");
  ck_assert_int_eq (rmdir (scratch_path ("a/b/c")), 0);
  ck_assert_int_eq (rmdir (scratch_path ("a/b")), 0);
}
END_TEST

static TCase *
numbers (void)
{
  TCase *tcase = tcase_create ("numbers");
  tcase_add_loop_test (tcase, prints_known, 0,
                       sizeof prints / sizeof prints[0]);
  tcase_add_test (tcase, prints_read_back);
  tcase_add_test (tcase, prints_what_was_read);
  tcase_add_test (tcase, prints_the_fewest_digits);
  tcase_add_test (tcase, rounds_for_people);
  tcase_add_loop_test (tcase, reads_known, 0, sizeof reads / sizeof reads[0]);
  tcase_add_test (tcase, reads_the_nearest);
  tcase_add_test (tcase, decimal_units);
  tcase_add_test (tcase, reads_long_texts);
  tcase_add_test (tcase, reads_integers);
  tcase_set_timeout (tcase, 60);
  return tcase;
}

static TCase *
texts (void)
{
  TCase *tcase = tcase_create ("texts");
  tcase_add_test (tcase, dates_known);
  tcase_add_test (tcase, dates_impossible);
  tcase_add_test (tcase, dates_follow_each_other);
  tcase_add_test (tcase, dates_as_files_write_them);
  tcase_add_test (tcase, dates_not_so_written);
  tcase_add_test (tcase, dates_expected);
  tcase_add_test (tcase, date_formats_have_their_names);
  tcase_add_loop_test (tcase, quotations, 0, sizeof quotes / sizeof quotes[0]);
  tcase_add_test (tcase, quotations_fit);
  tcase_add_test (tcase, utf8);
  tcase_add_test (tcase, growing_text);
  tcase_add_test (tcase, strings_stay);
  tcase_add_test (tcase, strings_change_hands);
  tcase_add_test (tcase, arrays_grow);
  tcase_add_test (tcase, messages);
  tcase_add_test (tcase, digests);
  tcase_set_timeout (tcase, 60);
  return tcase;
}

static TCase *
files (void)
{
  TCase *tcase = tcase_create ("files");
  tcase_add_checked_fixture (tcase, scratch_make, scratch_remove);
  tcase_add_test (tcase, output_is_whole);
  tcase_add_test (tcase, output_fails_whole);
  tcase_add_test (tcase, output_to_strange_places);
  tcase_add_test (tcase, output_folders);
  return tcase;
}

int
main (void)
{
  Suite *suite = suite_create ("base");
  suite_add_tcase (suite, numbers ());
  suite_add_tcase (suite, texts ());
  suite_add_tcase (suite, files ());
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
