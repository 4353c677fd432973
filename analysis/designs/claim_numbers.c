/* claim_numbers.c: the cell says what the number is, the printed text how many
   digits it has.

   "-73.3 (95% CI -120,2 to -26.4)": the token 120,2 equals the cell -120.2 and
   has one decimal.  "Eighty": no token, so the digits are those of the cell.
   "about 70 %" has one digit, [65, 75]; "about 2/3" stands for what is nearer
   to two thirds than to one or three, [1.5/3, 2.5/3]; "under 100" and "at
   least 3 months" are bounds.  What is counted (measure `count`) is exact. */
#include "designs/claim_numbers.h"

#include "base/date.h"
#include "base/number.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  TOKEN_SIZE = 64,
  GROUP = 3, /* digits between the marks of thousands */
  PERSONS_MOST = 1000000000
};

static const double ALPHA = 0.05; /* of the words "significant" */
static const double DAYS = 365.25, MONTHS = 12, WEEK = 7;
static const double PER_CENT = 100;

/* ---- words ------------------------------------------------------------ */

/* Does the text begin with the word, in small or capital letters? */
static bool
begins (const char *text, const char *word)
{
  size_t n = strlen (word);
  for (size_t i = 0; i < n; i++)
    if (tolower ((unsigned char)text[i]) != (unsigned char)word[i])
      return false;
  return !isalpha ((unsigned char)word[n - 1])
         || !isalpha ((unsigned char)text[n]);
}

static bool
begins_any (const char *text, const char *const *words, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (begins (text, words[i]))
      return true;
  return false;
}

#define BEGINS(text, words)                                                   \
  begins_any (text, words, sizeof (words) / sizeof *(words))

static enum rx_printed_kind
bound_of (const char *verbatim)
{
  static const char *const below[]
      = { "<",         "under",      "below",
          "less than", "fewer than", "no more than",
          "up to",     "at most",    "f\xc3\xa6rre enn",
          "mindre enn" };
  static const char *const above[]
      = { ">",        "over",        "above",   "more than",
          "at least", "longer than", "mer enn", "minst" };
  return BEGINS (verbatim, below)   ? RX_PRINTED_BELOW
         : BEGINS (verbatim, above) ? RX_PRINTED_ABOVE
                                    : RX_PRINTED_EQUAL;
}

static bool
is_approximate (const char *verbatim)
{
  static const char *const words[]
      = { "about",  "approximately", "approx", "around", "roughly",
          "nearly", "some",          "om lag", "ca.",    "omtrent" };
  return BEGINS (verbatim, words);
}

static double
years_of (const char *unit)
{
  static const struct
  {
    const char *word;
    double days;
  } units[]
      = { { "day", 1 },   { "days", 1 },   { "week", WEEK }, { "weeks", WEEK },
          { "month", 0 }, { "months", 0 }, { "year", 0 },    { "years", 0 } };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (begins (unit, units[i].word))
      return units[i].days > 0         ? units[i].days / DAYS
             : units[i].word[0] == 'm' ? 1 / MONTHS
                                       : 1;
  return NAN;
}

/* ---- tokens of the printed text --------------------------------------- */

/* The blank between thousands: plain, no-break or narrow no-break. */
static size_t
blank_length (const char *s)
{
  static const char *const blanks[] = { " ", "\xc2\xa0", "\xe2\x80\xaf" };
  for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
    if (strncmp (s, blanks[i], strlen (blanks[i])) == 0)
      return strlen (blanks[i]);
  return 0;
}

static bool
is_group (const char *s)
{
  for (int i = 0; i < GROUP; i++)
    if (!isdigit ((unsigned char)s[i]))
      return false;
  return !isdigit ((unsigned char)s[GROUP]);
}

/* Copies the number at s with a point for its decimals; `thousands` (',' or
   ' ', 0 for none) parts groups of three.  Returns what it takes of s. */
static size_t
copy_token (const char *s, char decimal, char thousands,
            char token[TOKEN_SIZE])
{
  size_t at = 0, n = 0;
  bool after = false;
  for (; n + 1 < TOKEN_SIZE; at++)
    {
      size_t blank = thousands == ' ' ? blank_length (s + at)
                                      : s[at] == ',' && thousands == ',';
      if (isdigit ((unsigned char)s[at]))
        token[n++] = s[at];
      else if (blank > 0 && n > 0 && !after && is_group (s + at + blank))
        at += blank - 1;
      else if (s[at] == decimal && !after
               && isdigit ((unsigned char)s[at + 1]))
        {
          token[n++] = '.';
          after = true;
        }
      else
        break;
    }
  token[n] = '\0';
  return at;
}

/* Is the number at s the wanted one, in one way of writing or another? */
static bool
token_is (const char *s, double wanted, char token[TOKEN_SIZE])
{
  static const struct
  {
    char decimal, thousands;
  } ways[]
      = { { '.', ' ' }, { '.', ',' }, { ',', ' ' }, { '.', 0 }, { ',', 0 } };
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
    {
      double value;
      copy_token (s, ways[i].decimal, ways[i].thousands, token);
      if (rx_number_readz (token, &value) && value == wanted)
        return true;
    }
  return false;
}

/* Finds the number in the printed text, its sign aside. */
static bool
find_token (const char *verbatim, double value, char token[TOKEN_SIZE])
{
  char skipped[TOKEN_SIZE];
  const char *s = verbatim;
  while (*s != '\0')
    if (isdigit ((unsigned char)*s)
        || (*s == '.' && isdigit ((unsigned char)s[1])))
      {
        if (token_is (s, fabs (value), token))
          return true;
        size_t length = copy_token (s, '.', 0, skipped);
        s += length > 0 ? length : 1;
      }
    else
      s++;
  return false;
}

/* ---- what a number stands for ----------------------------------------- */

/* 70 as 7e1: one digit, where the text calls it approximate. */
static bool
read_approximate (const char *token, char mark, struct rx_printed *out)
{
  char shorter[TOKEN_SIZE + 8];
  size_t n = strlen (token), zeros = 0;
  while (zeros < n && token[n - 1 - zeros] == '0')
    zeros++;
  if (strchr (token, mark) != NULL || zeros == 0 || zeros == n
      || n >= TOKEN_SIZE)
    return rx_printed_read (token, mark, out);
  snprintf (shorter, sizeof shorter, "%.*se%zu", (int)(n - zeros), token,
            zeros);
  return rx_printed_read (shorter, mark, out);
}

/* "2/3" where the number is 67 %. */
static void
read_fraction (const char *verbatim, double unit, struct rx_printed *out)
{
  const char *slash = strchr (verbatim, '/');
  while (slash != NULL
         && !(slash > verbatim && isdigit ((unsigned char)slash[-1])
              && isdigit ((unsigned char)slash[1])))
    slash = strchr (slash + 1, '/');
  if (slash == NULL)
    return;
  const char *start = slash;
  while (start > verbatim && isdigit ((unsigned char)start[-1]))
    start--;
  double a = strtod (start, NULL), b = strtod (slash + 1, NULL);
  double share = unit * a / b;
  if (a < b && share >= out->low && share <= out->high)
    {
      out->low = unit * (a - 0.5) / b;
      out->high = unit * (a + 0.5) / b;
    }
}

static void
make_exact (struct rx_printed *printed)
{
  printed->low
      = printed->kind == RX_PRINTED_BELOW ? -INFINITY : printed->value;
  printed->high
      = printed->kind == RX_PRINTED_ABOVE ? INFINITY : printed->value;
}

static bool
read_number (const struct rx_claim_cells *cells, const char *cell,
             struct rx_said *said)
{
  char token[TOKEN_SIZE];
  struct rx_printed *printed = &said->printed;
  if (!rx_printed_read (cell, cells->mark, printed))
    return false;
  double value = printed->value;
  enum rx_printed_kind kind = printed->kind;
  bool found = find_token (cells->verbatim, value, token);
  bool rough = is_approximate (cells->verbatim);
  if (found && kind == RX_PRINTED_EQUAL)
    {
      char signed_token[TOKEN_SIZE + 1];
      struct rx_printed read;
      snprintf (signed_token, sizeof signed_token, "%s%s",
                value < 0 ? "-" : "", token);
      if (rough ? read_approximate (signed_token, '.', &read)
                : rx_printed_read (signed_token, '.', &read))
        *printed = read;
    }
  else if (rough && kind == RX_PRINTED_EQUAL)
    {
      if (!read_approximate (cell, cells->mark, printed))
        return false;
    }
  if (!found)
    read_fraction (cells->verbatim, said->is_percent ? PER_CENT : 1, printed);
  return true;
}

/* ---- dates ------------------------------------------------------------ */

/* false where the unit is none of a date. */
static bool
is_date_unit (const char *unit)
{
  return strcmp (unit, "year") == 0 || strcmp (unit, "year-month") == 0
         || strcmp (unit, "decade") == 0 || strcmp (unit, "date") == 0;
}

static bool
read_date (const char *cell, struct rx_said *said)
{
  int year, month, taken = 0;
  int32_t day;
  struct rx_printed *p = &said->printed;
  *p = (struct rx_printed){ .kind = RX_PRINTED_EQUAL, .value = NAN };
  said->is_date = true;
  if (rx_date_read (cell, strlen (cell), &day))
    {
      int32_t first;
      char text[RX_DATE_SIZE];
      year = rx_date_year (day);
      snprintf (text, sizeof text, "%04d-01-01", year);
      if (!rx_date_read (text, strlen (text), &first))
        return false;
      p->low = year + (day - first) / DAYS;
      p->high = year + (day - first + 1) / DAYS;
      return true;
    }
  if (sscanf (cell, "%4d-%2d%n", &year, &month, &taken) == 2
      && cell[taken] == '\0' && month >= 1 && month <= (int)MONTHS)
    {
      p->low = year + (month - 1) / MONTHS;
      p->high = year + month / MONTHS;
      return true;
    }
  if (sscanf (cell, "%4ds%n", &year, &taken) == 1 && taken > 0
      && cell[taken] == '\0' && year % 10 == 0)
    {
      p->low = year;
      p->high = year + 10;
      return true;
    }
  if (sscanf (cell, "%4d%n", &year, &taken) == 1 && taken > 0
      && cell[taken] == '\0')
    {
      p->low = year;
      p->high = year + 1;
      p->value = year;
      return true;
    }
  return false;
}

/* "21:00", in hours. */
static bool
read_clock (const char *cell, struct rx_said *said)
{
  int hours, minutes, taken = 0;
  if (sscanf (cell, "%2d:%2d%n", &hours, &minutes, &taken) != 2 || taken == 0
      || cell[taken] != '\0' || hours < 0 || hours > 24 || minutes < 0
      || minutes > 59)
    return false;
  said->printed = (struct rx_printed){ .kind = RX_PRINTED_EQUAL,
                                       .value = hours + minutes / 60.0 };
  make_exact (&said->printed);
  return true;
}

/* ---- the parts -------------------------------------------------------- */

static bool
read_part (const struct rx_claim_cells *cells, const char *cell,
           struct rx_said *said)
{
  if (is_date_unit (cells->unit))
    return read_date (cell, said);
  if (strchr (cell, ':') != NULL)
    return read_clock (cell, said);
  return read_number (cells, cell, said);
}

static void
read_estimate_bound (const struct rx_claim_cells *cells, struct rx_said *said)
{
  enum rx_printed_kind bound = bound_of (cells->verbatim);
  if (said->is_date || said->printed.kind != RX_PRINTED_EQUAL)
    return;
  if (strcmp (cells->measure, "count") == 0)
    make_exact (&said->printed);
  if (bound == RX_PRINTED_EQUAL)
    return;
  said->printed.kind = bound;
  make_exact (&said->printed);
}

static bool
read_p (const char *text, char mark, struct rx_said *said)
{
  static const char *const no[]
      = { "not significant", "not starred", "ns", "n.s." };
  static const char *const yes[] = { "significant", "starred" };
  struct rx_printed *p = &said->printed;
  if (BEGINS (text, no) || BEGINS (text, yes))
    {
      said->decision = BEGINS (text, yes);
      return true;
    }
  const char *s = text;
  if (*s == 'p' || *s == 'P')
    s++;
  if (!rx_printed_read (s, mark, p) || p->value < 0 || p->value > 1)
    return false;
  said->decision = p->high <= ALPHA ? 1 : p->low > ALPHA ? 0 : -1;
  if (p->kind == RX_PRINTED_ABOVE && p->value >= ALPHA)
    said->decision = 0;
  p->low = fmax (p->low, 0); /* a probability */
  p->high = fmin (p->high, 1);
  return true;
}

static bool
read_persons (const char *cell, struct rx_said said[RX_SAID_PARTS])
{
  long n;
  if (!rx_integer_readz (cell, 1, PERSONS_MOST, &n))
    return false;
  said[RX_SAID_N].printed
      = (struct rx_printed){ .kind = RX_PRINTED_EQUAL, .value = (double)n };
  make_exact (&said[RX_SAID_N].printed);
  for (int i = 0; i < RX_SAID_PARTS; i++)
    said[i].n = (double)n;
  return true;
}

/* Ends without an estimate are a range, and no rounded numbers. */
static void
read_range (struct rx_said said[RX_SAID_PARTS])
{
  struct rx_said *low = &said[RX_SAID_CI_LOW];
  struct rx_said *high = &said[RX_SAID_CI_HIGH];
  if (said[RX_SAID_ESTIMATE].printed.kind != RX_PRINTED_NOTHING
      || low->printed.kind != RX_PRINTED_EQUAL
      || high->printed.kind != RX_PRINTED_EQUAL)
    return;
  make_exact (&low->printed);
  make_exact (&high->printed);
  said[RX_SAID_ESTIMATE].printed
      = (struct rx_printed){ .kind = RX_PRINTED_EQUAL,
                             .value = NAN,
                             .low = low->printed.value,
                             .high = high->printed.value };
}

bool
rx_claim_constant (const char *text, char mark, struct rx_said *said)
{
  if (!rx_printed_read (text, mark, &said->printed))
    return false;
  make_exact (&said->printed);
  return true;
}

const char *
rx_claim_numbers (const struct rx_claim_cells *cells,
                  struct rx_said said[RX_SAID_PARTS], const char **column)
{
  static const char *const a_number = "a number, or nothing";
  for (int i = 0; i < RX_SAID_PARTS; i++)
    said[i] = (struct rx_said){ .part = (enum rx_said_part)i,
                                .n = NAN,
                                .years = years_of (cells->unit),
                                .is_percent = cells->unit[0] == '%',
                                .decision = -1 };
  *column = "n";
  if (cells->n[0] != '\0' && !read_persons (cells->n, said))
    return "a whole number of 1 or more, or nothing";
  *column = "estimate";
  if (cells->estimate[0] != '\0'
      && !read_part (cells, cells->estimate, &said[RX_SAID_ESTIMATE]))
    return is_date_unit (cells->unit)
               ? "a date such as 2007, 2007-02, 2007-02-28 or 1980s"
               : a_number;
  *column = "ci_low";
  if (cells->ci_low[0] != '\0'
      && !read_part (cells, cells->ci_low, &said[RX_SAID_CI_LOW]))
    return a_number;
  *column = "ci_high";
  if (cells->ci_high[0] != '\0'
      && !read_part (cells, cells->ci_high, &said[RX_SAID_CI_HIGH]))
    return a_number;
  if (said[RX_SAID_CI_LOW].printed.value > said[RX_SAID_CI_HIGH].printed.value
      && cells->ci_high[0] != '\0')
    return "the upper end, not below the lower one";
  *column = "p_text";
  if (cells->p_text[0] != '\0'
      && !read_p (cells->p_text, cells->mark, &said[RX_SAID_P]))
    return "a p-value such as p = 0.03 or p<0.01, significant, not "
           "significant, starred or not starred";
  if (begins (cells->spread, "se")
      && !rx_printed_read (cells->spread + 2, cells->mark,
                           &said[RX_SAID_SPREAD].printed))
    {
      *column = "spread";
      return "SE and a number, or other words";
    }
  read_estimate_bound (cells, &said[RX_SAID_ESTIMATE]);
  read_range (said);
  return NULL;
}
