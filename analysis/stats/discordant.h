/* discordant.h: change in a proportion measured twice in the same subjects.

   Of n subjects, only_before have the attribute the first time alone and
   only_after the second time alone: the discordant ones, which carry all
   evidence of a change. */
#ifndef RX_DISCORDANT_H
#define RX_DISCORDANT_H

#include <stddef.h>

struct rx_mcnemar
{
  size_t n, only_before, only_after;
  size_t both; /* attribute both times: 0 from rx_mcnemar, which does not need
                  it; who counts the subjects fills it in for rx_newcombe */
  double estimate;  /* change in the proportion, after minus before */
  double se;        /* Wald, paired */
  double low, high; /* estimate -+ z se */
  /* Two-sided tests; NaN where no subject is discordant. */
  double chi_squared; /* 1 df, without continuity correction */
  double p_chi_squared, p_exact, p_midp;
  double corrected; /* chi-squared with continuity correction */
  double p_corrected;
};

/* n = 0 gives NaN for everything. */
struct rx_mcnemar rx_mcnemar (size_t only_before, size_t only_after, size_t n,
                              double level);

/* Intervals of the change in the proportion that stay within -1 and 1.  NaN
   where n is 0.

   Newcombe's hybrid score interval (Stat Med 1998;17:2635-2650, method 10)
   joins Wilson's intervals of the two proportions through their correlation
   phi, whose numerator has a continuity correction.

   Tango's score interval (Stat Med 1998;17:891-908) holds the changes that the
   score test, which is McNemar's at 0, does not reject. */
struct rx_change_interval
{
  double low, high;
};
struct rx_change_interval rx_newcombe (const struct rx_mcnemar *pairs,
                                       double level);
struct rx_change_interval rx_tango (const struct rx_mcnemar *pairs,
                                    double level);

/* Odds of only_after among the discordant, the odds ratio given the subject:
   ratio = only_after / only_before, with the interval of Clopper & Pearson
   (Biometrika 1934;26:404-413) for only_after among both; Inf or 0 where one
   of them is 0, NaN where both are. */
struct rx_paired_odds
{
  double ratio, low, high;
};
struct rx_paired_odds rx_paired_odds (size_t only_before, size_t only_after,
                                      double level);

#endif /* RX_DISCORDANT_H */
