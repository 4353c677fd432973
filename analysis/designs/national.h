/* national.h: figures of a whole population before and after, as an official
   statistic prints them: doses per inhabitant, the share of users.  A row per
   outcome and measure. */
#ifndef RX_NATIONAL_H
#define RX_NATIONAL_H

#include "data/table.h"
#include "designs/before_after.h"

struct rx_national_columns
{
  const char *outcome, *measure, *before, *after; /* names of columns */
};

struct rx_national_figure
{
  const char *outcome;
  const struct rx_measure_name *measure;
  double before, after; /* NaN: missing */
  double percent;       /* 100 (after - before) / before, on the decimals as
                           written; NaN without both or with 0 before */
};

struct rx_national
{
  struct rx_national_figure *figure;
  size_t n;
  struct rx_strings strings;
};

/* Reads the figures; those of outcomes the design does not have are an error
   that names the ones it has.  RX_EDATA too for a measure that is none, a
   figure that is no number or below 0, and an outcome and measure twice. */
enum rx_status rx_national_build (struct rx_national *national,
                                  const struct rx_table *table,
                                  const struct rx_national_columns *columns,
                                  const struct rx_outcome *outcomes,
                                  size_t n_outcomes,
                                  struct rx_error *err) RX_MUST_USE;
void rx_national_free (struct rx_national *national);

/* The figure of that outcome and measure, NULL when there is none. */
const struct rx_national_figure *
rx_national_find (const struct rx_national *national, const char *outcome,
                  const struct rx_measure_name *measure);

#endif /* RX_NATIONAL_H */
