/* supply.h: what a person's dispensings last for, one after the other.

   A dispensing of `days` days' supply on day t covers t, t + 1, ...; what is
   left when the next one comes is used first (first in, first out), unless a
   rule says otherwise. */
#ifndef RX_SUPPLY_H
#define RX_SUPPLY_H

#include <stdbool.h>
#include <stddef.h>

/* One dispensing; a person's are sorted by day. */
struct rx_supply
{
  double day;  /* number of the day on which it starts */
  double days; /* that it lasts, >= 0 */
  double dose; /* per day, used where doses change; > 0 */
  size_t drug; /* number of the drug */
};

/* What becomes of a rest at the next dispensing. */
struct rx_supply_rule
{
  bool same_drug;   /* lost unless the next is of the same drug */
  bool dose_change; /* recomputed: rest * dose before / dose after */
  double most;      /* days carried over at the most; INFINITY: any */
};

struct rx_supply_use
{
  double interval; /* days to the next dispensing, or to the end */
  double carried;  /* days carried over from before */
  double used;     /* days covered from its day on: min (interval, carried +
                      days) */
};

/* What is carried from supply `a`, of which `rest` days are left, to the next
   one, `b`. */
double rx_supply_carry (const struct rx_supply *a, const struct rx_supply *b,
                        double rest, struct rx_supply_rule rule);

/* Fills use[0..n) for s[0..n), whose last interval ends at `end`, or on its
   own day where that is later. */
void rx_supply_use (const struct rx_supply *s, size_t n, double end,
                    struct rx_supply_rule rule, struct rx_supply_use *use);

/* Covered days of use[0..n) between `from` and `to`. */
double rx_supply_covered (const struct rx_supply *s,
                          const struct rx_supply_use *use, size_t n,
                          double from, double to);

#endif /* RX_SUPPLY_H */
