/* adherence.c: CMA 1 to 9.

   Vollmer et al., BMC Health Serv Res 2012;12:155 (1 to 8); Dima & Dediu, PLoS
   ONE 2017;12(4):e0174426, and the manual of AdhereR 0.8.1 (1 to 9).  With the
   dispensings of the observation window first, ..., last:

     1  supply before the last / (last - first)       may exceed 1
     2  supply / (end - first)                        may exceed 1
     3, 4  the same, 1 at the most
     5  days covered / (last - first), rests carried over
     6  days covered / (end - first), rests carried over
     7  days covered / window; rests from before the window too
     8  as 7, and the window starts later: when the rest from before it is used
        up, first in, first out
     9  mean over the days of the window of supply / days to the next
        dispensing (of the follow-up, or its end), 1 at the most, the rest
        carried over

   By hand: 50 days' supply 150 days after the start of a window of 365 is all
   there is, the next comes 266 days later, after the window: 2 = 50/215, 7 =
   50/365, 9 = 50/266 * 215/365. */
#include "stats/adherence.h"

#include <math.h>

enum measure
{
  SUPPLY,  /* what was dispensed */
  COVERED, /* days covered */
  LAGGED,  /* days covered after the rest from before is used up */
  WEIGHTED /* days, each with the ratio of its interval */
};

struct definition
{
  enum measure measure;
  bool from_first; /* else from the start of the window */
  bool to_last;    /* else to its end */
  bool capped;
};

static const struct definition definitions[RX_N_CMAS + 1] = {
  [1] = { SUPPLY, true, true, false },
  [2] = { SUPPLY, true, false, false },
  [3] = { SUPPLY, true, true, true },
  [4] = { SUPPLY, true, false, true },
  [5] = { COVERED, true, true, false },
  [6] = { COVERED, true, false, false },
  [7] = { COVERED, false, false, false },
  [8] = { LAGGED, false, false, false },
  [9] = { WEIGHTED, false, false, false },
};

/* Days from the start of the window for which the rest of s[0..before) lasts,
   the rules met at each later dispensing. */
static double
lag_of (const struct rx_supply *s, size_t n, size_t before, double from,
        struct rx_supply_rule rule, struct rx_supply_use *use)
{
  if (before == 0)
    return 0;
  rx_supply_use (s, before, from, rule, use);
  const struct rx_supply_use *last = &use[before - 1];
  double rest = last->carried + s[before - 1].days - last->used, lag = 0;
  for (size_t i = before; i < n && rest > 0; i++)
    {
      double used = fmin (rest, s[i].day - (from + lag));
      lag += used;
      rest = rx_supply_carry (&s[i - 1], &s[i], rest - used, rule);
    }
  return lag + rest;
}

/* CMA 9: each day of the window has the ratio of its interval. */
static double
weighted (const struct rx_supply *s, size_t n,
          const struct rx_cma_windows *windows, struct rx_supply_rule rule,
          struct rx_supply_use *use)
{
  double sum = 0;
  rx_supply_use (s, n, windows->follow_to, rule, use);
  for (size_t i = 0; i < n; i++)
    {
      double inside = fmin (s[i].day + use[i].interval, windows->to)
                      - fmax (s[i].day, windows->from);
      if (inside > 0)
        sum += use[i].used / use[i].interval * inside;
    }
  return sum / (windows->to - windows->from);
}

/* CMA 1 to 6, of the dispensings of the window alone. */
static double
within (const struct definition *d, const struct rx_supply *s, size_t n,
        double to, struct rx_supply_rule rule, struct rx_supply_use *use,
        const char **why)
{
  if (n == 0 || (d->to_last && n == 1))
    {
      *why = n == 0 ? "no-dispensing" : "one-dispensing";
      return NAN;
    }
  double end = d->to_last ? s[n - 1].day : to, length = end - s[0].day;
  size_t counted = d->to_last ? n - 1 : n;
  double had = 0;
  if (length <= 0)
    {
      *why = "one-day";
      return NAN;
    }
  if (d->measure == SUPPLY)
    for (size_t i = 0; i < counted; i++)
      had += s[i].days;
  else
    {
      rx_supply_use (s, counted, end, rule, use);
      had = rx_supply_covered (s, use, counted, s[0].day, end);
    }
  return d->capped ? fmin (had / length, 1) : had / length;
}

/* CMA 7 to 9, of all dispensings of the follow-up. */
static double
with_history (const struct definition *d, const struct rx_supply *s, size_t n,
              size_t before, const struct rx_cma_windows *windows,
              struct rx_supply_rule rule, struct rx_supply_use *use,
              const char **why)
{
  double from = windows->from;
  if (n == 0 || s[0].day > windows->to)
    {
      *why = "no-dispensing";
      return NAN;
    }
  if (d->measure == WEIGHTED)
    return weighted (s, n, windows, rule, use);
  if (d->measure == LAGGED)
    from += lag_of (s, n, before, windows->from, rule, use);
  if (from >= windows->to)
    {
      *why = "window-all-carried";
      return NAN;
    }
  rx_supply_use (s, n, windows->follow_to, rule, use);
  return rx_supply_covered (s, use, n, from, windows->to)
         / (windows->to - from);
}

double
rx_cma (int which, const struct rx_supply *s, size_t n,
        const struct rx_cma_windows *windows, struct rx_supply_rule rule,
        struct rx_supply_use *use, const char **why)
{
  const struct definition *d = &definitions[which];
  size_t first = 0, end, start, stop;
  *why = NULL;
  while (first < n && s[first].day < windows->follow_from)
    first++;
  for (end = first; end < n && s[end].day <= windows->follow_to;)
    end++;
  for (start = first; start < end && s[start].day < windows->from;)
    start++;
  for (stop = start; stop < end && s[stop].day <= windows->to;)
    stop++;
  if (d->from_first)
    return within (d, s + start, stop - start, windows->to, rule, use, why);
  return with_history (d, s + first, end - first, start - first, windows, rule,
                       use, why);
}
