/* case_series.h: a table seen as cases observed over some days.

   A row per event: the case, the first and last day of its observation, the
   day of the event, and the day of the exposure (missing: never exposed).
   All days count, both ends of an observation and of a window too.  Days are
   whole numbers, such as days since birth, or, without bands of age, dates.
   The days of a case are counted into cells of age band and risk. */
#ifndef RX_CASE_SERIES_H
#define RX_CASE_SERIES_H

#include "base/memory.h"
#include "data/table.h"

#include <stdint.h>

struct rx_risk
{
  const char *name;
  int64_t from, to; /* days since the exposure */
};

struct rx_case_series_spec
{
  const char *person, *start, *end, *event, *exposure; /* columns; NULL: those
                                                          very words, the
                                                          person is "case" */
  const struct rx_risk *risks; /* their windows do not overlap */
  size_t n_risks;
  const int64_t *age_cuts; /* last days of the bands, rising */
  size_t n_age_cuts;
};

struct rx_case_cell
{
  size_t person; /* number of the case */
  size_t age;    /* band, 0 the first */
  size_t risk;   /* 0: none of them, else 1 + its number */
  int64_t days;
  size_t events;
};

struct rx_case_series
{
  const char *file;
  size_t n; /* cases with an event */
  size_t n_events;
  size_t n_exposed;          /* of the cases */
  size_t without_event;      /* rows left out: no day of an event */
  struct rx_case_cell *cell; /* [n_cells] with days, case by case */
  size_t n_cells, room_cells;
  size_t n_ages;                          /* bands */
  const struct rx_case_series_spec *spec; /* borrowed from the caller */
  bool synthetic;
  struct rx_strings strings;
};

/* RX_EDATA, naming file, line and column, for a column that is not there, a
   day that is none, an observation that ends before it starts, an event
   outside of it, a case whose rows differ in start, end or exposure, dates
   where bands of age are asked for. */
enum rx_status rx_case_series_build (struct rx_case_series *cases,
                                     const struct rx_table *table,
                                     const struct rx_case_series_spec *spec,
                                     struct rx_error *err) RX_MUST_USE;
void rx_case_series_free (struct rx_case_series *cases);

#endif /* RX_CASE_SERIES_H */
