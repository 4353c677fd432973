/* mcnemar_bounds.c: what a paired table's margins leave of its McNemar test.

   Of n persons k1 had the outcome the first time and k2 the second; a paper
   prints these, not who changed.  b persons had it the first time only and c
   the second time only: b - c = k1 - k2, and b + c goes from |k1 - k2| to
   min (k1 + k2, 2 n - k1 - k2) in steps of two.  Every such table is tried,
   for every pair of counts that printed percentages leave.

   Terms: count1, count2 (where percentages are printed), change (first minus
   second share), discordant (b + c), se (Wald) and mcnemar, mcnemar-exact,
   mcnemar-midp (p): conf_low and conf_high are the least and the largest.
   With a printed p the terms discordant:mcnemar, ... have the b + c for
   which that test gives it; inconsistent where none does.  With only1 and
   only2 b and c are known.

   By hand: 10 of 20 and 4 of 20: b - c = 6, b + c from 6 to 14; chi-squared
   from 36/14 to 36/6. */
#include "methods/printed_shares.h"
#include "stats/discordant.h"

#include <math.h>
#include <stdlib.h>

enum
{
  TABLES_MOST = 200000
};

struct range
{
  double low, high;
};

static const struct
{
  const char *term, *discordant;
  size_t p; /* of struct rx_mcnemar */
} tests[] = {
  { "mcnemar", "discordant:mcnemar",
    offsetof (struct rx_mcnemar, p_chi_squared) },
  { "mcnemar-exact", "discordant:mcnemar-exact",
    offsetof (struct rx_mcnemar, p_exact) },
  { "mcnemar-midp", "discordant:mcnemar-midp",
    offsetof (struct rx_mcnemar, p_midp) },
};

enum
{
  N_TESTS = sizeof tests / sizeof tests[0]
};

struct bounds
{
  struct range discordant, se, change;
  struct range p[N_TESTS], fit[N_TESTS];
};

static void
stretch (struct range *range, double x)
{
  if (isnan (x))
    return;
  range->low = fmin (range->low, x);
  range->high = fmax (range->high, x);
}

static void
try_table (const struct rx_printed_result *result, long b, long c,
           struct bounds *bounds)
{
  const struct rx_printed *printed = &result->figure[RX_SAYS_P];
  struct rx_mcnemar m
      = rx_mcnemar ((size_t)c, (size_t)b, (size_t)result->n, 0.95);
  stretch (&bounds->discordant, (double)(b + c));
  stretch (&bounds->se, m.se);
  stretch (&bounds->change, m.estimate);
  for (size_t i = 0; i < N_TESTS; i++)
    {
      double p
          = *(const double *)(const void *)((const char *)&m + tests[i].p);
      if (b + c == 0)
        p = 1; /* nobody changed: no evidence at all */
      stretch (&bounds->p[i], p);
      if (printed->kind != RX_PRINTED_NOTHING
          && rx_printed_meets (printed, p, p))
        stretch (&bounds->fit[i], (double)(b + c));
    }
}

static double
count_tables (const struct rx_shares *s)
{
  size_t pairs = rx_shares_pairs (s);
  return pairs == SIZE_MAX ? INFINITY : (double)pairs * (double)s->n[0] / 2;
}

static void
try_counts (const struct rx_printed_result *result, long k1, long k2,
            struct bounds *bounds)
{
  long n = result->n, apart = k1 - k2;
  long most = k1 + k2 < 2 * n - k1 - k2 ? k1 + k2 : 2 * n - k1 - k2;
  for (long m = labs (apart); m <= most; m += 2)
    {
      long b = (m + apart) / 2, c = (m - apart) / 2;
      if ((result->only1 < 0 || result->only1 == b)
          && (result->only2 < 0 || result->only2 == c))
        try_table (result, b, c, bounds);
    }
}

static enum rx_status
add (const struct rx_printed_result *result, const char *term,
     struct range range, const char *word, struct rx_rows *rows,
     struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)result->n;
  if (range.low <= range.high)
    {
      row.estimate = range.low == range.high ? range.low : NAN;
      row.conf_low = range.low;
      row.conf_high = range.high;
    }
  rx_note_add (&note, "%s", word);
  return rx_printed_range_add (rows, row, result, "mcnemar-bounds", term,
                               &note, err);
}

static enum rx_status
add_bounds (const struct rx_printed_result *result,
            const struct bounds *bounds, struct rx_rows *rows,
            struct rx_error *err)
{
  if (add (result, "change", bounds->change, "implied", rows, err) != RX_OK
      || add (result, "discordant", bounds->discordant, "implied", rows, err)
             != RX_OK
      || add (result, "se", bounds->se, "implied", rows, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < N_TESTS; i++)
    if (add (result, tests[i].term, bounds->p[i], "implied", rows, err)
        != RX_OK)
      return err->status;
  if (!rx_printed_has (result, RX_SAYS_P))
    return RX_OK;
  for (size_t i = 0; i < N_TESTS; i++)
    {
      bool fits = bounds->fit[i].low <= bounds->fit[i].high;
      if (add (result, tests[i].discordant, bounds->fit[i],
               fits ? "consistent" : "inconsistent", rows, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  static const struct range empty = { INFINITY, -INFINITY };
  struct rx_shares shares;
  struct bounds bounds = { empty, empty, empty, { empty }, { empty } };
  (void)options;
  for (size_t i = 0; i < N_TESTS; i++)
    bounds.p[i] = bounds.fit[i] = empty;
  if (result->design == RX_PRINTED_PARALLEL)
    return RX_OK;
  if (!rx_printed_shares (result, &shares))
    {
      if (result->n < 1 || result->only1 < 0 || result->only2 < 0)
        return RX_OK;
      try_table (result, result->only1, result->only2, &bounds);
      return add_bounds (result, &bounds, rows, err);
    }
  if (count_tables (&shares) > TABLES_MOST)
    return add (result, "discordant", empty, "not-decided; too-many-tables",
                rows, err);
  static const char *const counts[] = { "count1", "count2" };
  for (int i = 0; i < 2; i++)
    {
      struct range found = { (double)shares.low[i], (double)shares.high[i] };
      bool none = shares.low[i] > shares.high[i];
      if ((i == 0 ? result->count1 : result->count2) < 0
          && add (result, counts[i], found, none ? "inconsistent" : "implied",
                  rows, err)
                 != RX_OK)
        return err->status;
    }
  for (long k1 = shares.low[0]; k1 <= shares.high[0]; k1++)
    for (long k2 = shares.low[1]; k2 <= shares.high[1]; k2++)
      try_counts (result, k1, k2, &bounds);
  if (bounds.discordant.low > bounds.discordant.high)
    return add (result, "discordant", empty, "inconsistent", rows, err);
  return add_bounds (result, &bounds, rows, err);
}

const struct rx_method rx_method_mcnemar_bounds = {
  .name = "mcnemar-bounds",
  .title = "What the margins of a paired table leave of its McNemar test",
  .source = "McNemar, Psychometrika 1947;12:153-157; all tables with the "
            "printed margins",
  .words = "The range of McNemar tests over all paired tables with the "
           "printed margins was computed.",
  .printed = check_result,
};
