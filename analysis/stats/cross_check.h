/* cross_check.h: a printed number held against other printed numbers.

   Every number stands for the interval of values that round to it, so that
   the others allow an interval too.  What a check finds:

     reproduced        computed from the others it rounds to what is printed
     consistent        what is printed can be true beside the others
     inconsistent      it cannot
     not-recomputable  the others leave every value possible

   The kinds of checks are the rows of one table, rx_check_kinds. */
#ifndef RX_CROSS_CHECK_H
#define RX_CROSS_CHECK_H

#include "stats/printed.h"

#include <stddef.h>

/* From the least to the most weighty: of several checks the greatest
   counts. */
enum rx_verdict
{
  RX_NOT_RECOMPUTABLE,
  RX_CONSISTENT,
  RX_REPRODUCED,
  RX_INCONSISTENT,
  RX_VERDICTS
};
extern const char *const rx_verdict_names[RX_VERDICTS];

/* Which number of a claim it is. */
enum rx_said_part
{
  RX_SAID_ESTIMATE,
  RX_SAID_N,
  RX_SAID_SPREAD, /* a standard error */
  RX_SAID_CI_LOW,
  RX_SAID_CI_HIGH,
  RX_SAID_P,
  RX_SAID_PARTS
};
extern const char *const rx_said_part_names[RX_SAID_PARTS];

/* What is printed.  low and high of `printed` are what it stands for, one and
   the same for a number that was counted; value is NaN where a range is
   printed. */
struct rx_said
{
  struct rx_printed printed;
  enum rx_said_part part;
  double n;        /* persons behind it; NaN: not printed */
  double years;    /* length of its unit in years; NaN: no duration */
  bool is_percent; /* its unit is the percent */
  bool is_date;    /* decimal years: 2007-02 is [2007 + 1/12, 2007 + 2/12] */
  int decision;    /* of a p: 1 significant, 0 not, -1 not known */
};

enum
{
  RX_CHECK_USES_MOST = 32,
  RX_CHECK_WORDS_SIZE = 160
};

/* What a check may be told besides; bits of rx_check_kind.takes. */
enum rx_check_option
{
  RX_CHECK_WEIGHTS = 1,     /* weights=1,-1 */
  RX_CHECK_PLUS = 2,        /* plus=1 */
  RX_CHECK_TIMES = 4,       /* times=1000 */
  RX_CHECK_DF = 8,          /* df=59, df=1..359; Inf (df=z) is the normal */
  RX_CHECK_DF1 = 16,        /* df1=2 */
  RX_CHECK_LEVEL = 32,      /* level=0.95 */
  RX_CHECK_INDEX = 64,      /* index=2013 */
  RX_CHECK_STATISTIC = 128, /* statistic=chi2 */
  RX_CHECK_READ = 256       /* read=0: what the words of the claim stand for;
                               any kind may be told */
};

struct rx_check_options
{
  double weight[RX_CHECK_USES_MOST]; /* 1 where not told */
  size_t n_weights;
  double plus, times;
  double df_low, df_high, df1, level, index; /* NaN: not told */
  int statistic;                             /* enum rx_statistic */
};

struct rx_check_found
{
  enum rx_verdict verdict;
  double value;     /* computed from the numbers as printed, or NaN */
  double low, high; /* what rounding allows; NaN: no interval */
  char words[RX_CHECK_WORDS_SIZE]; /* what else was found, or "" */
};

/* What the numbers used must be. */
enum rx_check_need
{
  RX_CHECK_NEEDS_NUMBERS, /* the claim and all that are used print one */
  RX_CHECK_NEEDS_NOTHING,
  RX_CHECK_NEEDS_OWN,     /* the claim alone prints one */
  RX_CHECK_NEEDS_N,       /* so, no range or bound, and says how many
                             persons */
  RX_CHECK_NEEDS_YEARS,   /* the claim is a duration */
  RX_CHECK_NEEDS_WINDOW,  /* the number used is a duration */
  RX_CHECK_NEEDS_DATES,   /* the claim and the first used are dates, the
                             others durations */
  RX_CHECK_NEEDS_DECISION /* the claim and all others: a p or words for it */
};

/* Does it judge those that it uses as well? */
enum rx_check_mutual
{
  RX_CHECK_ONE_WAY,
  RX_CHECK_SWAPS, /* it does with the claim in their place */
  RX_CHECK_SHARES /* they have the verdict of the claim */
};

struct rx_check_kind
{
  const char *name;
  const char *title;            /* one line for the manual and for a list */
  size_t uses_least, uses_most; /* numbers it needs beside the claim */
  unsigned takes, wants;        /* options that may, and that must be told */
  enum rx_check_need need;
  enum rx_check_mutual mutual;
  void (*run) (const struct rx_said *claim, const struct rx_said *used,
               size_t n, const struct rx_check_options *options,
               struct rx_check_found *found);
};

extern const struct rx_check_kind rx_check_kinds[];
extern const size_t rx_n_check_kinds;

/* The kind of that name, NULL when there is none. */
const struct rx_check_kind *rx_check_kind_find (const char *name);

#endif /* RX_CROSS_CHECK_H */
