/* case_series.h: a table seen as cases observed over some days.

   A row per event: the case, the first and last day of its observation, the
   day of the event, and the days of its exposures (missing: never, or not so
   often, exposed).  All days count, both ends of an observation and of a
   window too.  Days are whole numbers, such as days since birth, or dates.

   The days of a case are counted into cells: one for every band of age (or of
   calendar time), season and risk that it passes through. */
#ifndef RX_CASE_SERIES_H
#define RX_CASE_SERIES_H

#include "data/table.h"
#include "designs/before_after.h"

struct rx_risk
{
  const char *name;
  int64_t from, to; /* days since the exposure; before it below 0 */
};

/* One kind of exposure, which a case may have more than once.  Windows of one
   exposure do not overlap.  A day in windows of two of its doses belongs to
   the later dose; a dose that is still to come has only what is left over,
   the nearest first.  Exposures of several kinds are terms beside each
   other. */
struct rx_case_exposure
{
  const char *name;        /* for messages; "exposure" where there is one */
  struct rx_texts columns; /* of a table, one per dose */
  struct rx_texts drugs;   /* of a register */
  bool first_only;         /* the first dose counts alone */
  const struct rx_risk *risks;
  size_t n_risks;
};

enum
{
  RX_YEAR_MONTHS = 12
};

struct rx_case_series_spec
{
  const char *person, *start, *end, *event; /* columns; NULL: those very words,
                                               the person is "case" */
  const char *birth; /* column of the day of birth, or NULL */
  const struct rx_case_exposure *exposures;
  size_t n_exposures;
  const int64_t *cuts; /* last days of the bands, rising */
  size_t n_cuts;
  bool cuts_are_dates;               /* bands of calendar time, not of age */
  size_t season[RX_YEAR_MONTHS + 1]; /* of a month 1 to 12, from 0 */
  size_t n_seasons;                  /* 0: none */
};

struct rx_case_cell
{
  size_t person; /* number of the case */
  size_t band;   /* of age, 0 the first */
  size_t season; /* 0 the first, or none */
  int64_t days;
  size_t events;
};

struct rx_case_series
{
  const char *file;
  size_t n; /* cases with an event */
  size_t n_events;
  size_t n_exposed;     /* of the cases, to anything */
  size_t n_repeated;    /* of the cases, with events on more than one day */
  size_t n_early_end;   /* of the cases, whose observation ends within
                           RX_EARLY_END days of an event */
  size_t without_event; /* rows left out: no day of an event */
  struct rx_case_cell *cell; /* [n_cells] with days, case by case */
  size_t *risk; /* [n_cells * n_exposures] 0: none, else 1 + its number */
  size_t n_cells, room_cells, room_risks;
  size_t n_bands;
  const struct rx_case_series_spec *spec; /* borrowed from the caller */
  bool synthetic;
  struct rx_strings strings;
};

enum
{
  RX_EARLY_END = 30 /* days */
};

/* RX_EDATA, naming file, line and column, for a column that is not there, a
   day that is none, an observation that ends before it starts, an event
   outside of it, a case whose rows differ in start, end or exposures, dates
   where bands of age are asked for without a day of birth, whole numbers
   where calendar time is asked for. */
enum rx_status rx_case_series_build (struct rx_case_series *cases,
                                     const struct rx_table *table,
                                     const struct rx_case_series_spec *spec,
                                     struct rx_error *err) RX_MUST_USE;
void rx_case_series_free (struct rx_case_series *cases);

#endif /* RX_CASE_SERIES_H */
