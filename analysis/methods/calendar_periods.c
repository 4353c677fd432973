/* calendar_periods.c: one period after the other, from the first day of the
   coverage to the last. */
#include "methods/calendar_periods.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* First day of the month that lies `months` after that of a year's January. */
static int32_t
first_of (int year, int months)
{
  char text[RX_DATE_SIZE];
  int32_t day = 0;
  snprintf (text, sizeof text, "%04d-%02d-01", year + months / 12,
            months % 12 + 1);
  if (!rx_date_read (text, strlen (text), &day))
    day = INT32_MAX; /* beyond the last year there is */
  return day;
}

static double
people_in (const struct rx_exposure_spec *spec, int year)
{
  for (size_t i = 0; i < spec->n_population; i++)
    if (spec->population[i].year == 0 || spec->population[i].year == year)
      return spec->population[i].people;
  return NAN;
}

struct rx_period
rx_period_at (const struct rx_exposure *exposure, int32_t day)
{
  static const int lengths[]
      = { [RX_BY_YEAR] = 12, [RX_BY_QUARTER] = 3, [RX_BY_MONTH] = 1 };
  enum rx_calendar_unit unit = exposure->spec->unit;
  struct rx_days coverage = exposure->coverage;
  int year = rx_date_year (day), length = lengths[unit], first = 0;
  while (first_of (year, first + length) <= day)
    first += length;
  struct rx_period period = { .people = people_in (exposure->spec, year) };
  period.days = (struct rx_days){ first_of (year, first),
                                  first_of (year, first + length) - 1 };
  period.cut
      = period.days.from < coverage.from || period.days.to > coverage.to;
  if (period.days.from < coverage.from)
    period.days.from = coverage.from;
  if (period.days.to > coverage.to)
    period.days.to = coverage.to;
  snprintf (period.label, sizeof period.label,
            unit == RX_BY_YEAR      ? "%d"
            : unit == RX_BY_QUARTER ? "%d-Q%d"
                                    : "%d-%02d",
            year, first / length + 1);
  return period;
}

enum rx_status
rx_each_period (const struct rx_exposure *exposure, const char *method,
                const struct rx_method_options *options, rx_period_row *one,
                struct rx_rows *rows, struct rx_error *err)
{
  for (int32_t day = exposure->coverage.from; day <= exposure->coverage.to;)
    {
      struct rx_period period = rx_period_at (exposure, day);
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      row.method = method;
      row.term = period.label;
      row.n = period.people;
      if (period.cut)
        rx_note_add (&note, "part-of-period");
      one (exposure, &period, options->level, &row, &note);
      if (isnan (period.people))
        rx_note_add (&note, "no-population");
      row.note = note.text;
      if (rx_rows_add (rows, &row, err) != RX_OK)
        return err->status;
      day = period.days.to + 1;
    }
  return RX_OK;
}
