/* printed_test.h: the printed figures of a comparison as the problem that
   stats/rebuild.h solves. */
#ifndef RX_PRINTED_TEST_H
#define RX_PRINTED_TEST_H

#include "methods/printed_rows.h"
#include "stats/rebuild.h"

/* Takes from a row what belongs to its comparison.  Where they are not printed
   themselves: the difference from mean1 and mean2; the SD from sd1 and sd2
   (parallel groups: pooled; else with the correlation of the arms); t from F
   with one numerator df, or from z, which makes the distribution normal; a
   one-tailed p is doubled.  Of a ratio all is logarithms, normal unless df
   says otherwise.  false when no figure but a p is there, which may be that of
   any test. */
bool rx_printed_test_of (const struct rx_printed_result *result, double level,
                         struct rx_printed_test *test);

/* The column, and the term of rows, of a figure: difference, se, sd-diff
   (parallel: sd-pooled), ..., of a ratio log-ratio, se, ... */
enum rx_printed_figure
rx_printed_source (const struct rx_printed_result *result,
                   enum rx_rebuilt_term term);
const char *rx_printed_term (const struct rx_printed_result *result,
                             enum rx_rebuilt_term term);

/* Persons in all; NaN where it is not said. */
double rx_printed_n (const struct rx_printed_result *result);

/* Is it printed with an equal sign? */
bool rx_printed_equal (const struct rx_printed_result *result,
                       enum rx_printed_figure figure);

/* mean1 - mean2 with its rounding; RX_PRINTED_NOTHING where one is not
   printed. */
struct rx_printed
rx_printed_means_apart (const struct rx_printed_result *result);

#endif /* RX_PRINTED_TEST_H */
