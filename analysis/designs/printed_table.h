/* printed_table.h: a table seen as results that papers print, one comparison
   or one statistic per row.

   Every column may be left out:

     study, endpoint      names
     design               paired (when left out), crossover, parallel
     scale                binary, integer, continuous: what was measured
     n, n1, n2, count     persons; count of them with the outcome
     items                whole numbers that a person's value is the mean of
     df, df1, df2         degrees of freedom
     difference, se, sd_diff, ci_low, ci_high, t, p, dz
     mean, sd, mean1, sd1, mean2, sd2, percent
     f, chi2, q, z, r

   Figures keep their decimals: 0.040 is not 0.04. */
#ifndef RX_PRINTED_TABLE_H
#define RX_PRINTED_TABLE_H

#include "base/memory.h"
#include "data/table.h"
#include "stats/printed.h"

enum rx_printed_design
{
  RX_PRINTED_PAIRED,
  RX_PRINTED_CROSSOVER,
  RX_PRINTED_PARALLEL
};

enum rx_printed_scale
{
  RX_SCALE_UNSAID,
  RX_SCALE_CONTINUOUS,
  RX_SCALE_INTEGER,
  RX_SCALE_BINARY
};

enum rx_printed_figure
{
  RX_SAYS_DIFFERENCE,
  RX_SAYS_SE,
  RX_SAYS_SD_DIFF,
  RX_SAYS_CI_LOW,
  RX_SAYS_CI_HIGH,
  RX_SAYS_T,
  RX_SAYS_P,
  RX_SAYS_DZ,
  RX_SAYS_MEAN,
  RX_SAYS_SD,
  RX_SAYS_MEAN1,
  RX_SAYS_SD1,
  RX_SAYS_MEAN2,
  RX_SAYS_SD2,
  RX_SAYS_PERCENT,
  RX_SAYS_F,
  RX_SAYS_CHI2,
  RX_SAYS_Q,
  RX_SAYS_Z,
  RX_SAYS_R,
  RX_SAYS_FIGURES
};

struct rx_printed_result
{
  const char *study, *endpoint; /* "" where not said */
  enum rx_printed_design design;
  enum rx_printed_scale scale;
  long n, n1, n2, items, count; /* -1: not said */
  double df, df1, df2;          /* NaN: not said */
  struct rx_printed figure[RX_SAYS_FIGURES];
};

struct rx_printed_table
{
  const char *file;
  struct rx_printed_result *result;
  size_t n;
  size_t blank_rows;
  const char *unused; /* names of columns that are none of the above, "" */
  bool synthetic;
  struct rx_strings strings;
};

/* RX_EDATA, naming file, line and column, for a cell that is no printed number
   or cannot be what its column says; when no column is one of these. */
enum rx_status rx_printed_table_build (struct rx_printed_table *printed,
                                       const struct rx_table *table,
                                       struct rx_error *err) RX_MUST_USE;
void rx_printed_table_free (struct rx_printed_table *printed);

/* The name of the column of a figure. */
const char *rx_printed_figure_name (enum rx_printed_figure figure);

bool rx_printed_has (const struct rx_printed_result *result,
                     enum rx_printed_figure figure);

#endif /* RX_PRINTED_TABLE_H */
