/* series.h: a table seen as a series in time with interruptions.

   The points are numbered 1, 2, ... in the order of the time column.  Times
   may be whole numbers, months (2005-01 or 200501), dates, or other numbers.
   Equally spaced times with some missing keep their numbers (1, 2, 4 has a
   gap at 3); where less than half of the places are filled the spacing is
   irregular and the points are numbered one after the other.  A point without
   a value keeps its number and is left out.

   A control is a second series at the same times that the interruptions did
   not concern: its observations follow those of the series itself. */
#ifndef RX_SERIES_H
#define RX_SERIES_H

#include "base/memory.h"
#include "data/table.h"

struct rx_series_spec
{
  const char *time, *value; /* columns; NULL: "time", "value" */
  const char *population;   /* column, or NULL: the values are no counts */
  const char *control;      /* column of the values of a control, or NULL */
  const char *control_population;   /* column, with both of the two above */
  const char *const *interruptions; /* numbers of points, or times */
  size_t n_interruptions;
  bool no_trend_change; /* interruptions change the level only */
  double per;           /* rates per so many of the population */
  double period;        /* of the season, in points; 0: none */
  size_t pairs;         /* sines and cosines of the season */
  bool by_month;        /* the season is a term for each calendar month */
  size_t lag;           /* up to which errors are taken to be correlated */
  bool has_lag;         /* else a rule sets it */
  size_t ar, ma;        /* orders of errors that follow a process */
  const char *model;    /* behind the counterfactual; NULL: a rule chooses */
  const char *const *effects; /* points or times at which it is compared */
  size_t n_effects;           /* 0: the last point */
};

struct rx_interruption
{
  size_t point;     /* number of the first point after it */
  const char *time; /* as the file has it, "" in a gap */
};

enum
{
  RX_MONTHS = 12 /* of a year */
};

struct rx_series
{
  const char *file, *name; /* name: the column of the values */
  size_t n;                /* observations: points with a value */
  size_t n_own;            /* the first of them are of the series itself, the
                              others of the control */
  size_t length;           /* number of the last point, gaps included */
  size_t without_value;    /* values of the file that are missing */
  double *time;            /* [n] number of the point */
  const char **label;      /* [n] its time as the file has it */
  int *month;              /* [n] of the year, 1 to 12; 0: none is known */
  double *value;           /* [n] as in the file */
  double *population;      /* [n], NULL without */
  double *rate;            /* [n] the value, or per * value / population */
  struct rx_interruption *interruption;
  size_t n_interruptions;
  size_t *effect; /* [n_effects] points of spec->effects */
  size_t n_effects;
  bool has_month[RX_MONTHS + 1]; /* some observation is of it */
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

/* Why methods that need the neighbours of every point have no test: "gap",
   "two-series" (there is a control), or NULL when they have. */
const char *rx_series_no_neighbours (const struct rx_series *series);

/* The columns of the segmented regression and their names: intercept, trend,
   level-change, trend-change, level-change 2, ..., sin 1, cos 1, ...
   level-change is 1 from the interruption on, trend-change the number of
   points since it, 0 at it.  With a control these are of the control, and
   group, group:trend, group:level-change, group:trend-change, ... say how the
   series itself differs from it (Linden, Stata Journal 2015;15:480-500).
   month 2, month 3, ... compare with the first month of the year there is. */
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

/* The row of the matrix into out[k] for observation i; or, not `interrupted`,
   what it would be had nothing interrupted the series itself: without a
   control no level-change and trend-change, with one those of the control. */
void rx_series_row (const struct rx_series *series, size_t i, bool interrupted,
                    double *out);

#endif /* RX_SERIES_H */
