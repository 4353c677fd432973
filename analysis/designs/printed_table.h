/* printed_table.h: a table seen as results that papers print, one comparison
   or one statistic per row.

   Every column may be left out:

     study, endpoint      names (a column `source` is for the reader)
     design               paired (when left out; also before-after), crossover,
                          parallel
     scale                binary, integer, continuous: what was measured
     n, n1, n2, count     persons; count of them with the outcome
     count1, count2       persons with the outcome, of either group or time
     only1, only2         of them those with the outcome one time only
     lost                 persons randomised but not among n
     tails                two (when left out), one: of the test behind p
     items                whole numbers that a person's value is the mean of
     min, max             ends of the scale of whole numbers
     seen_min, seen_max   smallest and largest value that was seen
     fixed                persons with a value, where told: "0:5 7:2"
     df, df1, df2         degrees of freedom
     difference, se, sd_diff, ci_low, ci_high, t, p, dz
     ratio, ratio_low, ratio_high; se and t are then of its logarithm
     corr                 within-subject correlation of the two arms
     mean, sd, mean1, sd1, mean2, sd2, percent, percent1, percent2
     f, chi2, q, z, r

   Figures keep their decimals: 0.040 is not 0.04. */
#ifndef RX_PRINTED_TABLE_H
#define RX_PRINTED_TABLE_H

#include "base/memory.h"
#include "data/table.h"
#include "stats/printed.h"
#include "stats/sprite_sample.h"

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
  RX_SAYS_RATIO,
  RX_SAYS_RATIO_LOW,
  RX_SAYS_RATIO_HIGH,
  RX_SAYS_CORR,
  RX_SAYS_PERCENT1,
  RX_SAYS_PERCENT2,
  RX_SAYS_FIGURES
};

struct rx_printed_result
{
  const char *study, *endpoint; /* "" where not said */
  enum rx_printed_design design;
  enum rx_printed_scale scale;
  size_t line;                  /* of the file */
  bool one_tailed;              /* the test behind p */
  long n, n1, n2, items, count; /* -1: not said */
  long count1, count2, only1, only2, lost;
  double df, df1, df2; /* NaN: not said */
  struct rx_printed_bound
  {
    long value;
    bool said;
  } min, max, seen_min, seen_max;
  struct rx_sprite_fixed *fixed; /* [n_fixed] */
  size_t n_fixed;
  struct rx_printed figure[RX_SAYS_FIGURES];
};

struct rx_printed_table
{
  const char *file;
  struct rx_printed_result *result; /* [n], of room */
  size_t n, room;
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

/* Is it said that single values are whole numbers? */
bool rx_printed_is_whole (const struct rx_printed_result *result);

bool rx_printed_has (const struct rx_printed_result *result,
                     enum rx_printed_figure figure);

#endif /* RX_PRINTED_TABLE_H */
