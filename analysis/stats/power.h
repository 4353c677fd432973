/* power.h: power of t tests, and the sample size that reaches a power.

   A difference is estimated with a normal error and a standard error that is
   estimated on df degrees of freedom; differences, limits and standard errors
   are on the analysis scale (logarithms for ratios). */
#ifndef RX_POWER_H
#define RX_POWER_H

#include <stddef.h>

/* What is asked of a test.  low and high are limits; a test uses those it
   needs. */
struct rx_power_question
{
  double effect;    /* the true difference */
  double low, high; /* the difference is to be shown above low, below high */
  double alpha;     /* two-sided for rx_power_t, else of each one-sided test */
};

/* Power for a true standard error se (above 0) and df >= 1; NaN for less. */
typedef double rx_power_of (const struct rx_power_question *question,
                            double se, double df);

/* Two-sided t test of no difference, both rejections counted. */
rx_power_of rx_power_t;

/* One-sided t tests: the difference is above low; it is below high. */
rx_power_of rx_power_above, rx_power_below;

/* Two one-sided tests of equivalence: exact, by the difference of two
   non-central t, by that of two shifted central t (both never below 0). */
rx_power_of rx_power_tost, rx_power_tost_nct, rx_power_tost_shifted;

/* How df and standard error follow from the subjects. */
struct rx_power_layout
{
  size_t groups;            /* sequences, or parallel groups */
  double df_each, df_fewer; /* df = df_each * total - df_fewer */
  double unit; /* SE^2 = unit * sd^2 * sum of 1 / subjects of a group */
};

double rx_power_df (const struct rx_power_layout *layout, double total);

/* Standard error for an sd, given the subjects of each group; with the same
   number in each. */
double rx_power_se (const struct rx_power_layout *layout,
                    const size_t *subjects, double sd);
double rx_power_se_balanced (const struct rx_power_layout *layout,
                             double total, double sd);

struct rx_power_size
{
  double n;     /* total; NaN when no size up to RX_POWER_MOST reaches it */
  double power; /* that it has */
};

#define RX_POWER_MOST 1e9

/* Power with `each` subjects in every group. */
typedef double rx_power_at (const void *trial, double each);

/* The smallest balanced total whose power is at least the target, from `least`
   subjects of each of the groups on; the search starts at the guess. */
struct rx_power_quest
{
  rx_power_at *at;
  const void *trial;
  size_t groups;
  double least, guess, target;
};
struct rx_power_size rx_power_find (const struct rx_power_quest *quest);

/* The same of a t test, with a target that is to be above alpha: below, the
   power of TOST may fall with n, as a variance estimated too small by chance
   becomes rarer. */
struct rx_power_size rx_power_search (rx_power_of *power,
                                      const struct rx_power_question *question,
                                      const struct rx_power_layout *layout,
                                      double sd, double target);

/* The true difference above 0 that the two-sided t test shows with this power,
   which is to be above alpha; NaN without degrees of freedom. */
double rx_power_detectable (double alpha, double se, double df, double power);

#endif /* RX_POWER_H */
