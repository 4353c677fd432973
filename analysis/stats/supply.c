/* supply.c: carry-over from dispensing to dispensing.

   By hand: 30 days on day 0, 30 days on day 20: the second starts with 10 days
   carried over, and all is used up on day 60. */
#include "stats/supply.h"

#include <math.h>

double
rx_supply_carry (const struct rx_supply *a, const struct rx_supply *b,
                 double rest, struct rx_supply_rule rule)
{
  if (rest <= 0 || (rule.same_drug && a->drug != b->drug))
    return 0;
  if (rule.dose_change)
    rest *= a->dose / b->dose;
  return fmin (rest, rule.most);
}

void
rx_supply_use (const struct rx_supply *s, size_t n, double end,
               struct rx_supply_rule rule, struct rx_supply_use *use)
{
  double carried = 0;
  for (size_t i = 0; i < n; i++)
    {
      double next = i + 1 < n ? s[i + 1].day : fmax (end, s[i].day);
      double there = carried + s[i].days;
      use[i].carried = carried;
      use[i].interval = next - s[i].day;
      use[i].used = fmin (there, use[i].interval);
      carried = i + 1 < n ? rx_supply_carry (&s[i], &s[i + 1],
                                             there - use[i].used, rule)
                          : 0;
    }
}

double
rx_supply_covered (const struct rx_supply *s, const struct rx_supply_use *use,
                   size_t n, double from, double to)
{
  double covered = 0;
  for (size_t i = 0; i < n; i++)
    covered
        += fmax (0, fmin (s[i].day + use[i].used, to) - fmax (s[i].day, from));
  return covered;
}
