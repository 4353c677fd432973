/* tables_pooled.c: sums over tables a of n1, c of n2, N = n1 + n2; b and d
   are those without the event.

   Odds ratio sum (ad/N) / sum (bc/N), variance of Robins, Breslow & Greenland
   1986 (Biometrics 42:311-323).  Risk ratio sum (a n2/N) / sum (c n1/N) and
   risk difference sum ((a n2 - c n1)/N) / sum (n1 n2/N), variances of
   Greenland & Robins 1985 (Biometrics 41:55-68).  Peto: Yusuf et al. 1985
   (Prog Cardiovasc Dis 27:335-371), sum (O - E) / sum V with
   V = n1 n2 (a + c)(b + d) / (N^2 (N - 1)).

   By hand: one table of 1 of 2 against 1 of 3 has odds ratio 2 and Peto's log
   odds ratio 0.2 / 0.36 = 0.5556. */
#include "stats/tables_pooled.h"

#include <math.h>
#include <stdbool.h>

struct cells
{
  double a, b, c, d, n1, n2, n;
};

static struct cells
cells_of (struct rx_two_groups t)
{
  return (struct cells){ .a = t.events1,
                         .b = t.n1 - t.events1,
                         .c = t.events2,
                         .d = t.n2 - t.events2,
                         .n1 = t.n1,
                         .n2 = t.n2,
                         .n = t.n1 + t.n2 };
}

static struct rx_tables_pooled
finish (size_t k, double estimate, double variance)
{
  bool fine = isfinite (estimate);
  return (struct rx_tables_pooled){ k, fine ? estimate : NAN,
                                    fine ? sqrt (variance) : NAN };
}

struct rx_tables_pooled
rx_mantel_haenszel_log_odds_ratio (const struct rx_two_groups *table, size_t k)
{
  double r = 0, s = 0, pr = 0, ps = 0, qs = 0;
  size_t used = 0;
  for (size_t i = 0; i < k; i++)
    {
      struct cells t = cells_of (table[i]);
      if (!(t.a + t.c > 0 && t.b + t.d > 0))
        continue;
      double p = (t.a + t.d) / t.n, q = (t.b + t.c) / t.n;
      double ri = t.a * t.d / t.n, si = t.b * t.c / t.n;
      used++;
      r += ri;
      s += si;
      pr += p * ri;
      ps += p * si + q * ri;
      qs += q * si;
    }
  return finish (used, log (r / s),
                 (pr / (r * r) + ps / (r * s) + qs / (s * s)) / 2);
}

struct rx_tables_pooled
rx_mantel_haenszel_log_risk_ratio (const struct rx_two_groups *table, size_t k)
{
  double r = 0, s = 0, p = 0;
  size_t used = 0;
  for (size_t i = 0; i < k; i++)
    {
      struct cells t = cells_of (table[i]);
      if (!(t.a + t.c > 0))
        continue;
      used++;
      r += t.a * t.n2 / t.n;
      s += t.c * t.n1 / t.n;
      p += (t.n1 * t.n2 * (t.a + t.c) - t.a * t.c * t.n) / (t.n * t.n);
    }
  return finish (used, log (r / s), p / (r * s));
}

struct rx_tables_pooled
rx_mantel_haenszel_risk_difference (const struct rx_two_groups *table,
                                    size_t k)
{
  double difference = 0, weight = 0, p = 0, q = 0;
  for (size_t i = 0; i < k; i++)
    {
      struct cells t = cells_of (table[i]);
      difference += (t.a * t.n2 - t.c * t.n1) / t.n;
      weight += t.n1 * t.n2 / t.n;
      p += (t.c * t.n1 * t.n1 - t.a * t.n2 * t.n2
            + t.n1 * t.n2 * (t.n2 - t.n1) / 2)
           / (t.n * t.n);
      q += (t.a * t.d + t.b * t.c) / (2 * t.n);
    }
  double estimate = difference / weight;
  return finish (k, estimate, (estimate * p + q) / (weight * weight));
}

/* Observed minus expected events of group 1, and their variance. */
static double
excess (struct cells t, double *variance)
{
  *variance
      = t.n1 * t.n2 * (t.a + t.c) * (t.b + t.d) / (t.n * t.n * (t.n - 1));
  return t.a - t.n1 * (t.a + t.c) / t.n;
}

struct rx_tables_pooled
rx_peto (const struct rx_two_groups *table, size_t k)
{
  double sum = 0, variance = 0;
  size_t used = 0;
  for (size_t i = 0; i < k; i++)
    {
      double v, e = excess (cells_of (table[i]), &v);
      used += v > 0;
      sum += e;
      variance += v;
    }
  return finish (used, sum / variance, 1 / variance);
}

void
rx_peto_one (struct rx_two_groups table, double *estimate, double *variance)
{
  double v, e = excess (cells_of (table), &v);
  *estimate = v > 0 ? e / v : NAN;
  *variance = v > 0 ? 1 / v : NAN;
}
