/* case_timeline.c: days change their cell where a window, a band or a month
   begins or ends; between two such days all are alike. */
#include "designs/case_timeline.h"

#include "base/date.h"

#include <stdlib.h>
#include <string.h>

enum
{
  SHORTEST_MONTH = 28 /* days */
};

struct line
{
  struct rx_case_series *cases;
  const struct rx_case *one;
  size_t first;    /* cell of the case */
  int64_t *change; /* days on which something changes */
  size_t n, room;
  size_t *risk; /* [n_exposures] of the day at hand */
  struct rx_error *err;
};

static enum rx_status
add_change (struct line *l, int64_t day)
{
  if (day <= l->one->start || day > l->one->end)
    return RX_OK;
  if (rx_grow (&l->change, &l->room, l->n + 1, sizeof *l->change, l->err)
      != RX_OK)
    return l->err->status;
  l->change[l->n++] = day;
  return RX_OK;
}

static enum rx_status
add_windows (struct line *l, size_t exposure)
{
  const struct rx_case_exposure *e = &l->cases->spec->exposures[exposure];
  for (size_t d = 0; d < l->one->n_doses[exposure]; d++)
    for (size_t r = 0; r < e->n_risks; r++)
      {
        int64_t dose = l->one->dose[exposure][d];
        /* the day of the dose is where a later one takes over */
        if (add_change (l, dose) != RX_OK
            || add_change (l, dose + e->risks[r].from) != RX_OK
            || add_change (l, dose + e->risks[r].to + 1) != RX_OK)
          return l->err->status;
      }
  return RX_OK;
}

/* The day of the month of a day since 1970-01-01, and its month. */
static long
day_of_month (int64_t day, long *month)
{
  char text[RX_DATE_SIZE];
  rx_date_print (text, (int32_t)day);
  *month = strtol (text + 5, NULL, 10);
  return strtol (text + 8, NULL, 10);
}

static enum rx_status
add_months (struct line *l)
{
  long month;
  int64_t day = l->one->start;
  while (day <= l->one->end)
    {
      bool is_first = day_of_month (day + l->one->calendar_zero, &month) == 1;
      if (is_first && add_change (l, day) != RX_OK)
        return l->err->status;
      day += is_first ? SHORTEST_MONTH : 1;
    }
  return RX_OK;
}

static int
by_day (const void *a, const void *b)
{
  const int64_t *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

static enum rx_status
find_changes (struct line *l)
{
  const struct rx_case_series_spec *spec = l->cases->spec;
  for (size_t c = 0; c < spec->n_cuts; c++)
    if (add_change (l, l->one->band_zero + spec->cuts[c] + 1) != RX_OK)
      return l->err->status;
  for (size_t e = 0; e < spec->n_exposures; e++)
    if (add_windows (l, e) != RX_OK)
      return l->err->status;
  if (spec->n_seasons > 0 && add_months (l) != RX_OK)
    return l->err->status;
  if (l->n > 0)
    qsort (l->change, l->n, sizeof *l->change, by_day);
  return RX_OK;
}

/* The window of a dose that holds the day: 1 + its number, or 0. */
static size_t
window_of (const struct rx_case_exposure *e, int64_t since)
{
  for (size_t r = 0; r < e->n_risks; r++)
    if (since >= e->risks[r].from && since <= e->risks[r].to)
      return r + 1;
  return 0;
}

/* The latest dose had by then comes first, then those to come. */
static size_t
risk_of (const struct line *l, size_t exposure, int64_t day)
{
  const struct rx_case_exposure *e = &l->cases->spec->exposures[exposure];
  const int64_t *dose = l->one->dose[exposure];
  size_t n = l->one->n_doses[exposure], past = 0, risk = 0;
  while (past < n && dose[past] <= day)
    past++;
  for (size_t d = past; d > 0 && risk == 0; d--)
    risk = window_of (e, day - dose[d - 1]);
  for (size_t d = past; d < n && risk == 0; d++)
    risk = window_of (e, day - dose[d]);
  return risk;
}

/* The cell of a day, made where it is the first day in it; SIZE_MAX without
   memory. */
static size_t
cell_of (struct line *l, int64_t day)
{
  struct rx_case_series *c = l->cases;
  const struct rx_case_series_spec *spec = c->spec;
  size_t width = spec->n_exposures, band = 0, season = 0;
  long month = 1;
  while (band < spec->n_cuts && spec->cuts[band] < day - l->one->band_zero)
    band++;
  if (spec->n_seasons > 0)
    {
      day_of_month (day + l->one->calendar_zero, &month);
      season = spec->season[month];
    }
  for (size_t e = 0; e < width; e++)
    l->risk[e] = risk_of (l, e, day);
  for (size_t i = l->first; i < c->n_cells; i++)
    if (c->cell[i].band == band && c->cell[i].season == season
        && memcmp (c->risk + i * width, l->risk, width * sizeof *l->risk) == 0)
      return i;
  if (rx_grow (&c->cell, &c->room_cells, c->n_cells + 1, sizeof *c->cell,
               l->err)
          != RX_OK
      || rx_grow (&c->risk, &c->room_risks, (c->n_cells + 1) * width,
                  sizeof *c->risk, l->err)
             != RX_OK)
    return SIZE_MAX;
  c->cell[c->n_cells] = (struct rx_case_cell){ c->n, band, season, 0, 0 };
  memcpy (c->risk + c->n_cells * width, l->risk, width * sizeof *l->risk);
  return c->n_cells++;
}

static enum rx_status
count_days (struct line *l)
{
  int64_t from = l->one->start;
  for (size_t i = 0; i <= l->n; i++)
    {
      int64_t next = i < l->n ? l->change[i] : l->one->end + 1;
      if (next == from)
        continue;
      size_t cell = cell_of (l, from);
      if (cell == SIZE_MAX)
        return l->err->status;
      l->cases->cell[cell].days += next - from;
      from = next;
    }
  return RX_OK;
}

static enum rx_status
count_events (struct line *l)
{
  bool repeated = false, early = false;
  for (size_t i = 0; i < l->one->n_events; i++)
    {
      size_t cell = cell_of (l, l->one->event[i]);
      if (cell == SIZE_MAX)
        return l->err->status;
      l->cases->cell[cell].events++;
      repeated = repeated || l->one->event[i] != l->one->event[0];
      early = early || l->one->end - l->one->event[i] <= RX_EARLY_END;
    }
  l->cases->n_events += l->one->n_events;
  l->cases->n_repeated += repeated;
  l->cases->n_early_end += early;
  return RX_OK;
}

enum rx_status
rx_case_series_add (struct rx_case_series *cases, const struct rx_case *one,
                    struct rx_error *err)
{
  struct line l
      = { .cases = cases, .one = one, .first = cases->n_cells, .err = err };
  bool exposed = false;
  l.risk = rx_array (cases->spec->n_exposures, sizeof *l.risk);
  enum rx_status status = l.risk == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    status = find_changes (&l);
  if (status == RX_OK)
    status = count_days (&l);
  if (status == RX_OK)
    status = count_events (&l);
  for (size_t e = 0; e < cases->spec->n_exposures; e++)
    exposed = exposed || one->n_doses[e] > 0;
  cases->n++;
  cases->n_exposed += exposed;
  free (l.risk);
  free (l.change);
  return status;
}
