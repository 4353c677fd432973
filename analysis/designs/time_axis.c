/* time_axis.c: which number has a point of a series?

   Months count as months, dates as days; dates that are all of one day of
   the month, or all the last of it, are months.  The step is the greatest
   common divisor of the differences. */
#include "designs/time_axis.h"

#include "base/date.h"
#include "base/text.h"
#include "designs/day_cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum kind
{
  WHOLE,
  MONTH,
  DATE,
  DECIMAL
};
static const char *const kind_words[]
    = { "a whole number", "a month (2005-01)", "a date (2005-01-31)",
        "a number" };

struct time
{
  enum kind kind;
  int64_t whole; /* number, month since year 0, or day since 1970 */
  double value;  /* to sort by */
  size_t row;
};

enum
{
  MONTHS = 12,
  MONTH_LENGTH = 7,       /* of "2005-01" */
  WHOLE_MOST = 1000000000 /* a whole number beyond is only sorted by */
};

static bool
read_month (const char *text, int64_t *month)
{
  char day[RX_DATE_SIZE];
  int32_t unused;
  if (strlen (text) != MONTH_LENGTH)
    return false;
  memcpy (day, text, MONTH_LENGTH);
  memcpy (day + MONTH_LENGTH, "-01", 4);
  if (!rx_date_read (day, MONTH_LENGTH + 3, &unused))
    return false;
  *month = strtol (text, NULL, 10) * MONTHS + strtol (text + 5, NULL, 10) - 1;
  return true;
}

static enum rx_status
read_time (const struct rx_table *table, size_t row, size_t column,
           struct time *time, struct rx_error *err)
{
  const char *text = rx_table_cell (table, row, column);
  char quoted[RX_QUOTED_SIZE];
  struct rx_number number;
  int32_t day;
  bool missing;
  time->row = row;
  if (rx_table_missing (table, row, column))
    return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, column),
                       "found %s, expected a time: every row needs one",
                       rx_quotez (quoted, text));
  if (rx_date_read (text, strlen (text), &day))
    {
      time->kind = DATE;
      time->whole = day;
    }
  else if (read_month (text, &time->whole))
    time->kind = MONTH;
  else if (rx_table_number (table, row, column, &number, &missing, err)
           != RX_OK)
    return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, column),
                       "found %s, expected a whole number, a month such as "
                       "2005-01, or a date such as 2005-01-31",
                       rx_quotez (quoted, text));
  else
    {
      bool whole = number.value == floor (number.value)
                   && fabs (number.value) <= WHOLE_MOST;
      time->kind = whole ? WHOLE : DECIMAL;
      time->whole = whole ? (int64_t)number.value : 0;
      time->value = number.value;
      return RX_OK;
    }
  time->value = (double)time->whole;
  return RX_OK;
}

static int
by_time (const void *a, const void *b)
{
  const struct time *x = a, *y = b;
  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

/* One kind for all; whole numbers among other numbers are such. */
static enum rx_status
one_kind (const struct rx_table *table, size_t column, struct time *time,
          size_t n, enum kind *kind, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  *kind = n > 0 ? time[0].kind : WHOLE;
  for (size_t i = 1; i < n; i++)
    {
      bool numbers = (*kind == WHOLE || *kind == DECIMAL)
                     && (time[i].kind == WHOLE || time[i].kind == DECIMAL);
      if (time[i].kind == *kind)
        continue;
      if (!numbers)
        return rx_fail_at (
            err, RX_EDATA, rx_table_where (table, time[i].row, column),
            "found %s, expected %s as in the rows before",
            rx_quotez (quoted, rx_table_cell (table, time[i].row, column)),
            kind_words[*kind]);
      *kind = DECIMAL;
    }
  return RX_OK;
}

/* 200501: year and month in six digits, in all rows. */
static bool
written_as_months (const struct time *time, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      int64_t month = time[i].whole % 100;
      if (time[i].whole < 100001 || time[i].whole > 999912 || month < 1
          || month > MONTHS)
        return false;
    }
  return n > 0;
}

/* The month of a day, the day's number in it, and whether it is the last. */
static int64_t
month_of_day (int64_t day, long *day_of_month, bool *last)
{
  char text[RX_DATE_SIZE], next[RX_DATE_SIZE];
  rx_date_print (text, (int32_t)day);
  rx_date_print (next, (int32_t)day + 1);
  *day_of_month = strtol (text + 8, NULL, 10);
  *last = strtol (next + 8, NULL, 10) == 1;
  return strtol (text, NULL, 10) * MONTHS + strtol (text + 5, NULL, 10) - 1;
}

static bool
dates_of_months (const struct time *time, size_t n)
{
  bool same = true, ends = true;
  long first = 0;
  for (size_t i = 0; i < n; i++)
    {
      long day;
      bool last;
      month_of_day (time[i].whole, &day, &last);
      first = i == 0 ? day : first;
      same = same && day == first;
      ends = ends && last;
    }
  return same || ends;
}

static void
to_months (struct time *time, size_t n, enum kind kind)
{
  for (size_t i = 0; i < n; i++)
    {
      long day;
      bool last;
      time[i].whole = kind == DATE ? month_of_day (time[i].whole, &day, &last)
                                   : time[i].whole / 100 * MONTHS
                                         + time[i].whole % 100 - 1;
    }
}

static int64_t
step_of (const struct time *time, size_t n)
{
  int64_t step = 0;
  for (size_t i = 1; i < n; i++)
    {
      int64_t a = step, b = time[i].whole - time[i - 1].whole;
      while (b != 0)
        {
          int64_t rest = a % b;
          a = b;
          b = rest;
        }
      step = a;
    }
  return step == 0 ? 1 : step;
}

static void
number_points (struct rx_time_axis *axis, const struct time *time,
               enum kind kind)
{
  int64_t step = kind == DECIMAL ? 1 : step_of (time, axis->n);
  int64_t places = kind == DECIMAL || axis->n == 0
                       ? 0
                       : (time[axis->n - 1].whole - time[0].whole) / step + 1;
  axis->irregular
      = kind != DECIMAL && (uint64_t)places > 2 * (uint64_t)axis->n;
  for (size_t i = 0; i < axis->n; i++)
    {
      axis->row[i] = time[i].row;
      axis->point[i]
          = kind == DECIMAL || axis->irregular
                ? i + 1
                : (uint64_t)((time[i].whole - time[0].whole) / step) + 1;
    }
}

/* Which month of the year; months are counted from a January. */
static int
month_of (const struct time *time, enum kind kind, bool months)
{
  long day;
  bool last;
  if (months)
    return (int)(time->whole % MONTHS) + 1;
  return kind == DATE
             ? (int)(month_of_day (time->whole, &day, &last) % MONTHS) + 1
             : 0;
}

/* Sorts and numbers; two rows of one time are an error. */
static enum rx_status
place (struct rx_time_axis *axis, const struct rx_table *table, size_t column,
       struct time *time, enum kind kind, struct rx_error *err)
{
  qsort (time, axis->n, sizeof *time, by_time);
  for (size_t i = 1; i < axis->n; i++)
    if (time[i].value == time[i - 1].value)
      return rx_fail_at (err, RX_EDATA,
                         rx_table_where (table, time[i].row, column),
                         "found %s, which is the time of line %zu too; "
                         "expected one row per point in time",
                         rx_table_cell (table, time[i].row, column),
                         table->lines[time[i - 1].row]);
  bool convert = (kind == WHOLE && written_as_months (time, axis->n))
                 || (kind == DATE && dates_of_months (time, axis->n));
  if (convert)
    to_months (time, axis->n, kind);
  for (size_t i = 0; i < axis->n; i++)
    axis->month[i] = month_of (&time[i], kind, convert || kind == MONTH);
  number_points (axis, time, kind);
  return RX_OK;
}

enum rx_status
rx_time_axis_make (struct rx_time_axis *axis, const struct rx_table *table,
                   size_t column, struct rx_error *err)
{
  size_t n = table->n_rows;
  enum kind kind = WHOLE;
  *axis = (struct rx_time_axis){ 0 };
  struct time *time = rx_array (n, sizeof *time);
  axis->row = rx_array (n, sizeof *axis->row);
  axis->point = rx_array (n, sizeof *axis->point);
  axis->month = rx_array (n, sizeof *axis->month);
  enum rx_status status = RX_OK;
  if (time == NULL || axis->row == NULL || axis->point == NULL
      || axis->month == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; i < n && status == RX_OK; i++)
    if (!rx_day_row_blank (table, i))
      status = read_time (table, i, column, &time[axis->n++], err);
  if (status == RX_OK)
    status = one_kind (table, column, time, axis->n, &kind, err);
  if (status == RX_OK)
    status = place (axis, table, column, time, kind, err);
  free (time);
  if (status != RX_OK)
    rx_time_axis_free (axis);
  return status;
}

void
rx_time_axis_free (struct rx_time_axis *axis)
{
  free (axis->row);
  free (axis->point);
  free (axis->month);
  *axis = (struct rx_time_axis){ 0 };
}
