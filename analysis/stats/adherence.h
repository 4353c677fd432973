/* adherence.h: the nine continuous multiple-interval measures of medication
   availability (CMA 1 to 9: medication possession ratio, proportion of days
   covered and their kin). */
#ifndef RX_ADHERENCE_H
#define RX_ADHERENCE_H

#include "stats/supply.h"

enum
{
  RX_N_CMAS = 9
};

/* Days: the follow-up, and the observation window inside it.  A window of D
   days from day f is from = f, to = f + D; a dispensing on day `to` still
   belongs to it, with no day left to cover. */
struct rx_cma_windows
{
  double follow_from, follow_to;
  double from, to;
};

/* CMA `which` (1 to 9) of one person with the dispensings s[0..n), sorted by
   day; use[0..n) is for the work.  NaN where it is not defined, and then *why
   says so in a word: no-dispensing, one-dispensing, one-day,
   window-all-carried; else *why is NULL. */
double rx_cma (int which, const struct rx_supply *s, size_t n,
               const struct rx_cma_windows *windows,
               struct rx_supply_rule rule, struct rx_supply_use *use,
               const char **why);

#endif /* RX_ADHERENCE_H */
