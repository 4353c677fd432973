/* case_series.c: from the rows of a file to cells of days and events.

   A band of age ends with the day of its cut: a cut at 365 starts the next
   band on day 366. */
#include "designs/case_series.h"

#include "base/names.h"
#include "base/text.h"
#include "designs/case_timeline.h"
#include "designs/day_cell.h"

#include <stdlib.h>
#include <string.h>

/* A row of the file. */
struct event
{
  const char *person;
  size_t row;
  int64_t start, end, event, birth;
  bool no_event;
};

struct build
{
  const struct rx_table *table;
  const struct rx_case_series_spec *spec;
  struct rx_case_series *cases;
  size_t person, start, end, event, birth; /* columns */
  size_t *dose;                            /* [n_columns] of all exposures */
  size_t n_columns;
  enum rx_day_kind kind, birth_kind;
  struct event *rows;
  size_t n_rows;
  int64_t *day;    /* [n_columns] doses of the case at hand */
  int64_t **doses; /* [n_exposures] parts of day */
  size_t *n_doses; /* [n_exposures] */
  int64_t *events; /* [n_rows] of the case at hand */
  struct rx_error *err;
};

static enum rx_status
find_columns (struct build *b)
{
  const struct rx_case_series_spec *spec = b->spec;
  const struct
  {
    const char *name, *fallback;
    size_t *column;
  } wanted[] = { { spec->person, "case", &b->person },
                 { spec->start, "start", &b->start },
                 { spec->end, "end", &b->end },
                 { spec->event, "event", &b->event } };
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    if (rx_table_column (b->table,
                         wanted[i].name != NULL ? wanted[i].name
                                                : wanted[i].fallback,
                         wanted[i].column, b->err)
        != RX_OK)
      return b->err->status;
  if (spec->birth != NULL
      && rx_table_column (b->table, spec->birth, &b->birth, b->err) != RX_OK)
    return b->err->status;
  for (size_t e = 0; e < spec->n_exposures; e++)
    b->n_columns += spec->exposures[e].columns.n;
  b->dose = rx_array (b->n_columns, sizeof *b->dose);
  b->day = rx_array (b->n_columns, sizeof *b->day);
  b->doses = rx_array (spec->n_exposures, sizeof *b->doses);
  b->n_doses = rx_array (spec->n_exposures, sizeof *b->n_doses);
  if (b->dose == NULL || b->day == NULL || b->doses == NULL
      || b->n_doses == NULL)
    return rx_fail_memory (b->err);
  for (size_t e = 0, c = 0; e < spec->n_exposures; e++)
    for (size_t i = 0; i < spec->exposures[e].columns.n; i++)
      if (rx_table_column (b->table, spec->exposures[e].columns.text[i],
                           &b->dose[c++], b->err)
          != RX_OK)
        return b->err->status;
  return RX_OK;
}

/* The observation must hold together, and the event be in it. */
static enum rx_status
check_row (struct build *b, const struct event *e)
{
  char quoted[RX_QUOTED_SIZE];
  size_t column = e->end < e->start ? b->end : b->event;
  bool outside = !e->no_event && (e->event < e->start || e->event > e->end);
  if (e->end >= e->start && !outside)
    return RX_OK;
  rx_quotez (quoted, rx_table_cell (b->table, e->row, column));
  return rx_fail_at (
      b->err, RX_EDATA, rx_table_where (b->table, e->row, column),
      column == b->end
          ? "found %s, expected no day before the start, %s%s%s"
          : "found %s, expected a day of the observation, from %s%s%s",
      quoted, rx_table_cell (b->table, e->row, b->start),
      column == b->end ? "" : " to ",
      column == b->end ? "" : rx_table_cell (b->table, e->row, b->end));
}

/* Can the days be counted from birth, and do they have a season? */
static enum rx_status
check_kinds (struct build *b, size_t row)
{
  const struct rx_table *t = b->table;
  const struct rx_case_series_spec *spec = b->spec;
  char quoted[RX_QUOTED_SIZE];
  bool dates = b->kind == RX_DAYS_DATES;
  bool needs_dates = spec->n_seasons > 0 || spec->cuts_are_dates;
  if (dates && spec->n_cuts > 0 && !spec->cuts_are_dates
      && spec->birth == NULL)
    return rx_fail_at (b->err, RX_EDATA, rx_table_where (t, row, b->start),
                       "found %s, expected a whole number of days since "
                       "birth, as bands of age are asked for (or name a "
                       "column of the day of birth)",
                       rx_quotez (quoted, rx_table_cell (t, row, b->start)));
  if (!dates && needs_dates && b->birth_kind != RX_DAYS_DATES)
    return rx_fail_at (b->err, RX_EDATA, rx_table_where (t, row, b->start),
                       "found %s, expected a date (or days since a birth "
                       "whose column has dates), as seasons or calendar "
                       "time are asked for",
                       rx_quotez (quoted, rx_table_cell (t, row, b->start)));
  if (dates && b->birth_kind == RX_DAYS_NUMBERS)
    return rx_fail_at (b->err, RX_EDATA, rx_table_where (t, row, b->birth),
                       "found %s, expected a date, as the other days are",
                       rx_quotez (quoted, rx_table_cell (t, row, b->birth)));
  return RX_OK;
}

static enum rx_status
read_row (struct build *b, size_t row, struct event *e)
{
  const struct rx_table *t = b->table;
  char quoted[RX_QUOTED_SIZE];
  *e = (struct event){ .person = rx_table_cell (t, row, b->person),
                       .row = row };
  if (rx_table_missing (t, row, b->person))
    return rx_fail_at (b->err, RX_EDATA, rx_table_where (t, row, b->person),
                       "found %s, expected the name of a case",
                       rx_quotez (quoted, e->person));
  if (rx_day_cell_need (t, row, b->start, &b->kind, &e->start, b->err) != RX_OK
      || rx_day_cell_need (t, row, b->end, &b->kind, &e->end, b->err) != RX_OK
      || rx_day_cell (t, row, b->event, &b->kind, &e->event, &e->no_event,
                      b->err)
             != RX_OK
      || (b->spec->birth != NULL
          && rx_day_cell_need (t, row, b->birth, &b->birth_kind, &e->birth,
                               b->err)
                 != RX_OK)
      || check_kinds (b, row) != RX_OK)
    return b->err->status;
  return check_row (b, e);
}

static int
by_person (const void *a, const void *b)
{
  const struct event *x = a, *y = b;
  int order = rx_name_compare (x->person, y->person);
  return order != 0 ? order : x->row < y->row ? -1 : x->row > y->row;
}

static enum rx_status
read_rows (struct build *b)
{
  b->rows = rx_array (b->table->n_rows, sizeof *b->rows);
  b->events = rx_array (b->table->n_rows, sizeof *b->events);
  if (b->rows == NULL || b->events == NULL)
    return rx_fail_memory (b->err);
  for (size_t r = 0; r < b->table->n_rows; r++)
    if (!rx_day_row_blank (b->table, r)
        && read_row (b, r, &b->rows[b->n_rows++]) != RX_OK)
      return b->err->status;
  if (b->n_rows == 0)
    return rx_fail (b->err, RX_EDATA, "%s: no rows of data below the header",
                    b->table->file);
  qsort (b->rows, b->n_rows, sizeof *b->rows, by_person);
  return RX_OK;
}

/* All rows of a case tell the same observation and exposures. */
static enum rx_status
check_alike (struct build *b, const struct event *first, const struct event *e)
{
  char quoted[RX_QUOTED_SIZE];
  const struct rx_table *t = b->table;
  size_t column = SIZE_MAX;
  if (e->start != first->start)
    column = b->start;
  else if (e->end != first->end)
    column = b->end;
  else if (e->birth != first->birth)
    column = b->birth;
  for (size_t c = 0; column == SIZE_MAX && c < b->n_columns; c++)
    {
      int64_t day = 0, other = 0;
      bool none, other_none;
      if (rx_day_cell (t, e->row, b->dose[c], &b->kind, &day, &none, b->err)
              != RX_OK
          || rx_day_cell (t, first->row, b->dose[c], &b->kind, &other,
                          &other_none, b->err)
                 != RX_OK)
        return b->err->status;
      if (none != other_none || (!none && day != other))
        column = b->dose[c];
    }
  if (column == SIZE_MAX)
    return RX_OK;
  return rx_fail_at (
      b->err, RX_EDATA, rx_table_where (b->table, e->row, column),
      "found %s, expected \"%s\" as on line %zu: a case has one observation "
      "and one exposure",
      rx_quotez (quoted, rx_table_cell (b->table, e->row, column)),
      rx_table_cell (b->table, first->row, column),
      b->table->lines[first->row]);
}

static int
by_day (const void *a, const void *b)
{
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* The doses of a row, exposure by exposure. */
static enum rx_status
read_doses (struct build *b, size_t row)
{
  size_t c = 0;
  int64_t *next = b->day;
  for (size_t e = 0; e < b->spec->n_exposures; e++)
    {
      const struct rx_case_exposure *exposure = &b->spec->exposures[e];
      size_t n = 0;
      for (size_t i = 0; i < exposure->columns.n; i++)
        {
          bool none;
          if (rx_day_cell (b->table, row, b->dose[c++], &b->kind, &next[n],
                           &none, b->err)
              != RX_OK)
            return b->err->status;
          n += !none;
        }
      qsort (next, n, sizeof *next, by_day);
      b->doses[e] = next;
      b->n_doses[e] = exposure->first_only && n > 1 ? 1 : n;
      next += n;
    }
  return RX_OK;
}

static enum rx_status
add_case (struct build *b, const struct event *e, size_t n)
{
  bool ages = b->kind == RX_DAYS_NUMBERS && b->birth_kind == RX_DAYS_DATES;
  struct rx_case one = { .start = e->start,
                         .end = e->end,
                         .event = b->events,
                         .dose = b->doses,
                         .n_doses = b->n_doses };
  for (size_t i = 0; i < n; i++)
    if (!e[i].no_event)
      b->events[one.n_events++] = e[i].event;
  if (read_doses (b, e->row) != RX_OK)
    return b->err->status;
  /* days since a birth that is a date are ages already */
  if (b->spec->cuts_are_dates)
    one.band_zero = ages ? -e->birth : 0;
  else
    one.band_zero = ages ? 0 : e->birth;
  one.calendar_zero = ages ? e->birth : 0;
  return rx_case_series_add (b->cases, &one, b->err);
}

/* Cases without any event tell nothing about when events happen. */
static enum rx_status
add_cases (struct build *b)
{
  for (size_t from = 0, to; from < b->n_rows; from = to)
    {
      size_t events = 0;
      for (to = from;
           to < b->n_rows
           && strcmp (b->rows[to].person, b->rows[from].person) == 0;
           to++)
        {
          if (check_alike (b, &b->rows[from], &b->rows[to]) != RX_OK)
            return b->err->status;
          events += !b->rows[to].no_event;
        }
      b->cases->without_event += to - from - events;
      if (events > 0 && add_case (b, &b->rows[from], to - from) != RX_OK)
        return b->err->status;
    }
  return RX_OK;
}

enum rx_status
rx_case_series_build (struct rx_case_series *cases,
                      const struct rx_table *table,
                      const struct rx_case_series_spec *spec,
                      struct rx_error *err)
{
  struct build b
      = { .table = table, .spec = spec, .cases = cases, .err = err };
  *cases = (struct rx_case_series){ .spec = spec,
                                    .n_bands = spec->n_cuts + 1,
                                    .synthetic = table->synthetic };
  cases->file = rx_strings_addz (&cases->strings, table->file);
  enum rx_status status = cases->file == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    status = find_columns (&b);
  if (status == RX_OK)
    status = read_rows (&b);
  if (status == RX_OK)
    status = add_cases (&b);
  free (b.dose);
  free (b.day);
  free (b.doses);
  free (b.n_doses);
  free (b.events);
  free (b.rows);
  if (status != RX_OK)
    rx_case_series_free (cases);
  return status;
}

void
rx_case_series_free (struct rx_case_series *cases)
{
  free (cases->cell);
  free (cases->risk);
  rx_strings_free (&cases->strings);
  *cases = (struct rx_case_series){ 0 };
}
