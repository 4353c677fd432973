/* whole_means.h: can means, percentages and standard deviations of whole
   numbers be as printed?  GRIM, GRIMMER and DEBIT. */
#ifndef RX_WHOLE_MEANS_H
#define RX_WHOLE_MEANS_H

#include "stats/printed.h"

enum rx_whole_verdict
{
  RX_WHOLE_CONSISTENT,
  RX_WHOLE_MEAN,    /* no whole number gives the mean */
  RX_WHOLE_SQUARES, /* no whole sum of squares gives the SD */
  RX_WHOLE_PARITY,  /* the sum of squares has not the parity of the sum */
  RX_WHOLE_RANGE,   /* DEBIT: the SD of no such mean */
  RX_WHOLE_TOO_LONG /* too many digits, or an inequality: not decided */
};

struct rx_whole_check
{
  enum rx_whole_verdict verdict;
  double nearest; /* the possible value next to the printed one */
  bool powerless; /* n so large that every mean is possible */
};

/* GRIM (Brown & Heathers 2017): the mean of n persons, each the mean of
   `items` whole numbers; percent: 100 times a share, items = 1. */
struct rx_whole_check rx_grim (const struct rx_printed *mean, bool percent,
                               int64_t n, int64_t items);

/* The counts k of n persons for which 100 k / n rounds to the percentage, from
   *low to *high, and the one next to it; low > high where there is none.
   false for a bound or too many digits. */
bool rx_percent_counts (const struct rx_printed *percent, int64_t n,
                        int64_t *low, int64_t *high, int64_t *nearest);

/* GRIMMER (Anaya 2016) by the three tests of Allard (2018). */
struct rx_whole_check rx_grimmer (const struct rx_printed *mean,
                                  const struct rx_printed *sd, int64_t n,
                                  int64_t items);

/* DEBIT (Heathers & Brown 2019): mean and SD of n zeros and ones.  low and
   high: what the SD may be. */
struct rx_whole_check rx_debit (const struct rx_printed *mean,
                                const struct rx_printed *sd, int64_t n,
                                double *low, double *high);

/* The whole sums k of `total` numbers whose mean k / total rounds to the
   printed one, and the whole sums of squares of n values with the sum k whose
   SD, over `items`, rounds to the printed one; none where low > high.  false:
   too many digits, or an inequality. */
bool rx_whole_sums (const struct rx_printed *mean, int64_t total, int64_t *low,
                    int64_t *high);
bool rx_whole_squares (const struct rx_printed *sd, int64_t n, int64_t items,
                       int64_t k, int64_t *low, int64_t *high);

#endif /* RX_WHOLE_MEANS_H */
