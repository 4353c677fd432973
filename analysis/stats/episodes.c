/* episodes.c: an episode ends on the first day without supply when the next
   dispensing, or the end of the data, is more than the allowed gap away.

   By hand: 30 days on day 0, 30 on day 40, 30 on day 150; a gap of 30 days:
   two episodes, days 0 to 70 and from day 150. */
#include "stats/episodes.h"

#include <math.h>

/* The first day without supply once `b` has come, when it was `last` before.
   A cap on what is carried over shortens no supply that was there already; nor
   does a change to another drug. */
static double
supply_end (const struct rx_supply *a, const struct rx_supply *b, double last,
            struct rx_supply_rule rule)
{
  double rest = fmax (last - b->day, 0);
  double carried = rx_supply_carry (a, b, rest, rule);
  bool kept = rule.same_drug && a->drug != b->drug;
  if (rule.dose_change && !kept)
    rest *= a->dose / b->dose;
  return b->day + fmax (rest, carried + b->days);
}

size_t
rx_episodes (const struct rx_supply *s, size_t n, double end,
             const struct rx_episode_rule *rule, struct rx_episode *episodes)
{
  size_t count = 0;
  struct rx_episode now = { .n = 0 };
  for (size_t i = 0; i < n; i++)
    {
      if (now.n++ == 0)
        {
          now.start = s[i].day;
          now.end = s[i].day + s[i].days;
        }
      else
        now.end = supply_end (&s[i - 1], &s[i], now.end, rule->supply);
      double next = i + 1 < n ? s[i + 1].day : end;
      now.allowed = rule->gap + rule->gap_percent / 100 * s[i].days;
      now.stopped = next - now.end > now.allowed;
      if (now.stopped || i + 1 == n)
        {
          episodes[count++] = now;
          now = (struct rx_episode){ .n = 0 };
        }
    }
  return count;
}
