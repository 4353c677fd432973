/* case_series.c: from the rows of a file to cells of days and events.

   A band of age ends with the day of its cut: a cut at 365 starts the next
   band on day 366. */
#include "designs/case_series.h"

#include "base/names.h"
#include "base/text.h"
#include "designs/day_cell.h"

#include <stdlib.h>
#include <string.h>

/* A row of the file. */
struct event
{
  const char *person;
  size_t row;
  int64_t start, end, event, exposure;
  bool no_event, no_exposure;
};

struct build
{
  const struct rx_table *table;
  const struct rx_case_series_spec *spec;
  struct rx_case_series *cases;
  size_t person, start, end, event, exposure; /* columns */
  struct event *rows;
  size_t n_rows;
  int64_t *days;  /* [n_ages * (n_risks + 1)] of the case at hand */
  size_t *events; /* the same */
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
                 { spec->event, "event", &b->event },
                 { spec->exposure, "exposure", &b->exposure } };
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    if (rx_table_column (b->table,
                         wanted[i].name != NULL ? wanted[i].name
                                                : wanted[i].fallback,
                         wanted[i].column, b->err)
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

static enum rx_status
read_row (struct build *b, size_t row, enum rx_day_kind *kind, struct event *e)
{
  const struct rx_table *t = b->table;
  char quoted[RX_QUOTED_SIZE];
  *e = (struct event){ .person = rx_table_cell (t, row, b->person),
                       .row = row };
  if (rx_table_missing (t, row, b->person))
    return rx_fail_at (b->err, RX_EDATA, rx_table_where (t, row, b->person),
                       "found %s, expected the name of a case",
                       rx_quotez (quoted, e->person));
  if (rx_day_cell_need (t, row, b->start, kind, &e->start, b->err) != RX_OK
      || rx_day_cell_need (t, row, b->end, kind, &e->end, b->err) != RX_OK
      || rx_day_cell (t, row, b->event, kind, &e->event, &e->no_event, b->err)
             != RX_OK
      || rx_day_cell (t, row, b->exposure, kind, &e->exposure, &e->no_exposure,
                      b->err)
             != RX_OK)
    return b->err->status;
  if (*kind == RX_DAYS_DATES && b->spec->n_age_cuts > 0)
    return rx_fail_at (b->err, RX_EDATA, rx_table_where (t, row, b->start),
                       "found %s, expected a whole number of days since "
                       "birth, as bands of age are asked for",
                       rx_quotez (quoted, rx_table_cell (t, row, b->start)));
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
  enum rx_day_kind kind = RX_DAYS_UNKNOWN;
  b->rows = rx_array (b->table->n_rows, sizeof *b->rows);
  if (b->rows == NULL)
    return rx_fail_memory (b->err);
  for (size_t r = 0; r < b->table->n_rows; r++)
    if (!rx_day_row_blank (b->table, r)
        && read_row (b, r, &kind, &b->rows[b->n_rows++]) != RX_OK)
      return b->err->status;
  if (b->n_rows == 0)
    return rx_fail (b->err, RX_EDATA, "%s: no rows of data below the header",
                    b->table->file);
  qsort (b->rows, b->n_rows, sizeof *b->rows, by_person);
  return RX_OK;
}

/* All rows of a case tell the same observation and exposure. */
static enum rx_status
check_alike (struct build *b, const struct event *first, const struct event *e)
{
  char quoted[RX_QUOTED_SIZE];
  size_t column;
  if (e->start != first->start)
    column = b->start;
  else if (e->end != first->end)
    column = b->end;
  else if (e->no_exposure != first->no_exposure
           || (!e->no_exposure && e->exposure != first->exposure))
    column = b->exposure;
  else
    return RX_OK;
  return rx_fail_at (
      b->err, RX_EDATA, rx_table_where (b->table, e->row, column),
      "found %s, expected \"%s\" as on line %zu: a case has one observation "
      "and one exposure",
      rx_quotez (quoted, rx_table_cell (b->table, e->row, column)),
      rx_table_cell (b->table, first->row, column),
      b->table->lines[first->row]);
}

static size_t
age_of (const struct rx_case_series_spec *spec, int64_t day)
{
  size_t age = 0;
  while (age < spec->n_age_cuts && spec->age_cuts[age] < day)
    age++;
  return age;
}

static size_t
risk_of (const struct rx_case_series_spec *spec, const struct event *e,
         int64_t day)
{
  for (size_t r = 0; !e->no_exposure && r < spec->n_risks; r++)
    if (day >= e->exposure + spec->risks[r].from
        && day <= e->exposure + spec->risks[r].to)
      return r + 1;
  return 0;
}

/* The last day from `day` on that is in the same cell. */
static int64_t
last_alike (const struct rx_case_series_spec *spec, const struct event *e,
            int64_t day)
{
  int64_t last = e->end;
  size_t age = age_of (spec, day);
  if (age < spec->n_age_cuts && spec->age_cuts[age] < last)
    last = spec->age_cuts[age];
  for (size_t r = 0; !e->no_exposure && r < spec->n_risks; r++)
    {
      int64_t from = e->exposure + spec->risks[r].from;
      int64_t to = e->exposure + spec->risks[r].to;
      if (from > day && from - 1 < last)
        last = from - 1;
      if (to >= day && to < last)
        last = to;
    }
  return last;
}

static enum rx_status
add_case (struct build *b, const struct event *e, size_t n)
{
  struct rx_case_series *c = b->cases;
  size_t width = b->spec->n_risks + 1, cells = c->n_ages * width;
  memset (b->days, 0, cells * sizeof *b->days);
  memset (b->events, 0, cells * sizeof *b->events);
  for (int64_t day = e->start, last; day <= e->end; day = last + 1)
    {
      last = last_alike (b->spec, e, day);
      b->days[age_of (b->spec, day) * width + risk_of (b->spec, e, day)]
          += last - day + 1;
    }
  for (size_t i = 0; i < n; i++)
    if (!e[i].no_event)
      b->events[age_of (b->spec, e[i].event) * width
                + risk_of (b->spec, e, e[i].event)]++;
  if (rx_grow (&c->cell, &c->room_cells, c->n_cells + cells, sizeof *c->cell,
               b->err)
      != RX_OK)
    return b->err->status;
  for (size_t i = 0; i < cells; i++)
    if (b->days[i] > 0)
      c->cell[c->n_cells++]
          = (struct rx_case_cell){ c->n, i / width, i % width, b->days[i],
                                   b->events[i] };
  c->n++;
  c->n_exposed += !e->no_exposure;
  return RX_OK;
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
      b->cases->n_events += events;
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
                                    .n_ages = spec->n_age_cuts + 1,
                                    .synthetic = table->synthetic };
  size_t cells = cases->n_ages * (spec->n_risks + 1);
  cases->file = rx_strings_addz (&cases->strings, table->file);
  b.days = rx_array (cells, sizeof *b.days);
  b.events = rx_array (cells, sizeof *b.events);
  enum rx_status status = RX_OK;
  if (cases->file == NULL || b.days == NULL || b.events == NULL)
    status = rx_fail_memory (err);
  if (status == RX_OK)
    status = find_columns (&b);
  if (status == RX_OK)
    status = read_rows (&b);
  if (status == RX_OK)
    status = add_cases (&b);
  free (b.days);
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
  rx_strings_free (&cases->strings);
  *cases = (struct rx_case_series){ 0 };
}
