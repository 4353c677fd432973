/* series.h: a table seen as a series in time with interruptions.

   The points are numbered 1, 2, ... in the order of the time column.  Times
   may be whole numbers, months (2005-01 or 200501), dates, or other numbers.
   Equally spaced times with some missing keep their numbers (1, 2, 4 has a
   gap at 3); where less than half of the places are filled the spacing is
   irregular and the points are numbered one after the other.  A point without
   a value keeps its number and is left out. */
#ifndef RX_SERIES_H
#define RX_SERIES_H

#include "base/memory.h"
#include "data/table.h"

struct rx_series_spec
{
  const char *time, *value; /* columns; NULL: "time", "value" */
  const char *population;   /* column, or NULL: the values are no counts */
  const char *const *interruptions; /* numbers of points, or times */
  size_t n_interruptions;
  bool no_trend_change; /* interruptions change the level only */
  double per;           /* rates per so many of the population */
  double period;        /* of the season, in points; 0: none */
  size_t pairs;         /* sines and cosines of the season */
  size_t lag;           /* up to which errors are taken to be correlated */
  bool has_lag;         /* else a rule sets it */
};

struct rx_interruption
{
  size_t point;     /* number of the first point after it */
  const char *time; /* as the file has it, "" in a gap */
};

struct rx_series
{
  const char *file, *name; /* name: the column of the values */
  size_t n;                /* points with a value */
  size_t length;           /* number of the last point, gaps included */
  size_t without_value;    /* rows of the file without one */
  double *time;            /* [n] number of the point */
  double *value;           /* [n] as in the file */
  double *population;      /* [n], NULL without */
  double *rate;            /* [n] the value, or per * value / population */
  struct rx_interruption *interruption;
  size_t n_interruptions;
  bool irregular, synthetic;
  const struct rx_series_spec *spec; /* borrowed from the caller */
  struct rx_strings strings;
};

/* RX_EDATA, naming file, line and column, for a column that is not there, a
   time that is missing, no time, or there twice, a value that is no number, a
   population that is not above zero.  RX_EUSAGE for an interruption that is
   no point after the first, or not after the one before it. */
enum rx_status rx_series_build (struct rx_series *series,
                                const struct rx_table *table,
                                const struct rx_series_spec *spec,
                                struct rx_error *err) RX_MUST_USE;
void rx_series_free (struct rx_series *series);

/* Is some point between the first and the last without a value? */
bool rx_series_has_gap (const struct rx_series *series);

/* The columns of the segmented regression and their names: intercept, trend,
   level-change, trend-change, level-change 2, ..., sin 1, cos 1, ...
   level-change is 1 from the interruption on, trend-change the number of
   points since it, 0 at it. */
struct rx_series_matrix
{
  size_t n, k;
  double *x;         /* [n * k] row by row */
  const char **term; /* [k] */
  struct rx_strings strings;
};
enum rx_status rx_series_matrix_make (const struct rx_series *series,
                                      struct rx_series_matrix *matrix,
                                      struct rx_error *err) RX_MUST_USE;
void rx_series_matrix_free (struct rx_series_matrix *matrix);

#endif /* RX_SERIES_H */
