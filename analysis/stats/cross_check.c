/* cross_check.c: intervals in, an interval and a verdict out.

   A printed number with d decimals stands for half a unit of the last one on
   either side (printed.h), a number that was counted for itself.  Sums,
   ratios and relative changes are computed at the ends of these intervals
   (Moore 1966, Interval Analysis), tests by rebuild.h, percentages
   of whole persons by whole_means.h.

   By hand: 60 after 10, 4 and 6 of 80 were lost: 80 - 10 - 4 - 6 = 60,
   reproduced.  89% of 17 persons: 15 are 88.2%, 16 are 94.1%, inconsistent.
   A fall by 41 [40.5, 41.5] that is 46% [45.5, 46.5] was one from 87.1 to
   91.2. */
#include "stats/cross_check.h"

#include "stats/rebuild.h"
#include "stats/recompute_p.h"
#include "stats/whole_means.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *const rx_verdict_names[RX_VERDICTS]
    = { [RX_NOT_RECOMPUTABLE] = "not-recomputable",
        [RX_CONSISTENT] = "consistent",
        [RX_REPRODUCED] = "reproduced",
        [RX_INCONSISTENT] = "inconsistent" };

const char *const rx_said_part_names[RX_SAID_PARTS]
    = { [RX_SAID_ESTIMATE] = "estimate", [RX_SAID_N] = "n",
        [RX_SAID_SPREAD] = "spread",     [RX_SAID_CI_LOW] = "ci_low",
        [RX_SAID_CI_HIGH] = "ci_high",   [RX_SAID_P] = "p" };

/* A whole number this near to an end counts as reached. */
static const double TOUCH = 1e-9;

static const double PER_CENT = 100;
static const double LEVEL = 0.95;

/* Counts before and after are tried one by one up to here. */
static const double PERSONS_TRIED = 1e7;

struct range
{
  double low, high;
};

static struct range
range_of (const struct rx_said *said)
{
  return (struct range){ said->printed.low, said->printed.high };
}

static bool
is_bound (const struct rx_said *said)
{
  return said->printed.kind != RX_PRINTED_EQUAL;
}

/* The number as printed; NaN for a bound or a range. */
static double
point_of (const struct rx_said *said)
{
  return is_bound (said) ? NAN : said->printed.value;
}

/* What is printed against what the others give. */
static void
judge (const struct rx_said *claim, double value, struct range allowed,
       struct rx_check_found *found)
{
  const struct rx_printed *printed = &claim->printed;
  found->value = value;
  found->low = allowed.low;
  found->high = allowed.high;
  if (isnan (allowed.low) || isnan (allowed.high)
      || (isinf (allowed.low) && isinf (allowed.high)))
    found->verdict = RX_NOT_RECOMPUTABLE;
  else if (!isnan (value) && !isnan (point_of (claim))
           && rx_printed_meets (printed, value, value))
    found->verdict = RX_REPRODUCED;
  else
    found->verdict = rx_printed_meets (printed, allowed.low, allowed.high)
                         ? RX_CONSISTENT
                         : RX_INCONSISTENT;
}

/* Nothing is computed. */
static void
check_nothing (const struct rx_said *claim, const struct rx_said *used,
               size_t n, const struct rx_check_options *options,
               struct rx_check_found *found)
{
  (void)claim;
  (void)used;
  (void)n;
  (void)options;
  *found = (struct rx_check_found){ RX_NOT_RECOMPUTABLE, NAN, NAN, NAN, "" };
}

/* ---- the same number elsewhere ---------------------------------------- */

/* A number printed with more digits elsewhere is rounded again; one with as
   many digits is repeated, which computes nothing.  Two numbers with the same
   last digit differ when they are not equal, although what rounds to 46 and
   what rounds to 47 meet in 46.5. */
static void
check_same (const struct rx_said *claim, const struct rx_said *used, size_t n,
            const struct rx_check_options *options,
            struct rx_check_found *found)
{
  struct range mine = range_of (claim), other = range_of (used);
  double width = mine.high - mine.low, a = point_of (claim);
  double b = point_of (used);
  bool finer = used->printed.decimals > claim->printed.decimals;
  bool alike = fabs (other.high - other.low - width) <= TOUCH * width;
  (void)n;
  (void)options;
  judge (claim, finer ? b : NAN, other, found);
  found->value = b;
  if (alike && !isnan (a) && !isnan (b) && a != b)
    found->verdict = RX_INCONSISTENT;
}

static void
check_same_bound (const struct rx_said *claim, const struct rx_said *used,
                  size_t n, const struct rx_check_options *options,
                  struct rx_check_found *found)
{
  bool same = claim->printed.kind == used->printed.kind
              && claim->printed.value == used->printed.value;
  (void)n;
  (void)options;
  *found = (struct rx_check_found){
    .verdict = same ? RX_CONSISTENT : RX_INCONSISTENT,
    .value = used->printed.value,
    .low = used->printed.low,
    .high = used->printed.high,
  };
}

static void
check_decision (const struct rx_said *claim, const struct rx_said *used,
                size_t n, const struct rx_check_options *options,
                struct rx_check_found *found)
{
  static const char *const words[] = { "not significant", "significant" };
  (void)options;
  *found = (struct rx_check_found){ RX_CONSISTENT, NAN, NAN, NAN, "" };
  for (size_t i = 0; i < n; i++)
    if (used[i].decision != claim->decision)
      {
        found->verdict = RX_INCONSISTENT;
        snprintf (found->words, sizeof found->words, "%s against %s",
                  words[claim->decision], words[used[i].decision]);
      }
}

/* ---- sums ------------------------------------------------------------- */

static struct range
sum_of (const struct rx_said *used, size_t n,
        const struct rx_check_options *options, double *value)
{
  struct range sum = { options->plus, options->plus };
  *value = options->plus;
  for (size_t i = 0; i < n; i++)
    {
      double w = options->weight[i];
      struct range x = range_of (&used[i]);
      *value += w * point_of (&used[i]);
      sum.low += w * (w < 0 ? x.high : x.low);
      sum.high += w * (w < 0 ? x.low : x.high);
    }
  return sum;
}

static void
check_sum (const struct rx_said *claim, const struct rx_said *used, size_t n,
           const struct rx_check_options *options,
           struct rx_check_found *found)
{
  double value;
  struct range sum = sum_of (used, n, options, &value);
  judge (claim, value, sum, found);
}

static void
check_at_least (const struct rx_said *claim, const struct rx_said *used,
                size_t n, const struct rx_check_options *options,
                struct rx_check_found *found)
{
  double value;
  struct range sum = sum_of (used, n, options, &value);
  judge (claim, NAN, (struct range){ sum.low, INFINITY }, found);
}

static void
check_at_most (const struct rx_said *claim, const struct rx_said *used,
               size_t n, const struct rx_check_options *options,
               struct rx_check_found *found)
{
  double value;
  struct range sum = sum_of (used, n, options, &value);
  judge (claim, NAN, (struct range){ -INFINITY, sum.high }, found);
}

static void
check_number_of (const struct rx_said *claim, const struct rx_said *used,
                 size_t n, const struct rx_check_options *options,
                 struct rx_check_found *found)
{
  double count = (double)n;
  (void)used;
  (void)options;
  judge (claim, count, (struct range){ count, count }, found);
}

/* ---- ratios and percentages ------------------------------------------- */

static struct range
quotient (struct range a, struct range b)
{
  double corner[]
      = { a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high };
  struct range range = { INFINITY, -INFINITY };
  if (!(b.low > 0 || b.high < 0))
    return (struct range){ NAN, NAN }; /* a division by zero is possible */
  for (size_t i = 0; i < sizeof corner / sizeof corner[0]; i++)
    range = (struct range){ fmin (range.low, corner[i]),
                            fmax (range.high, corner[i]) };
  return range;
}

static void
check_times (const struct rx_said *claim, const struct rx_said *used,
             double times, double shift, struct rx_check_found *found)
{
  struct range q = quotient (range_of (&used[0]), range_of (&used[1]));
  double value = point_of (&used[0]) / point_of (&used[1]);
  judge (claim, times * (value + shift),
         (struct range){ times * (q.low + shift), times * (q.high + shift) },
         found);
}

static void
check_ratio (const struct rx_said *claim, const struct rx_said *used, size_t n,
             const struct rx_check_options *options,
             struct rx_check_found *found)
{
  (void)n;
  check_times (claim, used, isnan (options->times) ? 1 : options->times, 0,
               found);
}

static void
check_percentage (const struct rx_said *claim, const struct rx_said *used,
                  size_t n, const struct rx_check_options *options,
                  struct rx_check_found *found)
{
  (void)n;
  (void)options;
  check_times (claim, used, PER_CENT, 0, found);
}

/* used: after, before */
static void
check_relative_change (const struct rx_said *claim, const struct rx_said *used,
                       size_t n, const struct rx_check_options *options,
                       struct rx_check_found *found)
{
  (void)n;
  (void)options;
  check_times (claim, used, PER_CENT, -1, found);
}

/* used: the percentage, the total.  Counts are whole. */
static void
check_count (const struct rx_said *claim, const struct rx_said *used, size_t n,
             const struct rx_check_options *options,
             struct rx_check_found *found)
{
  struct range p = range_of (&used[0]), total = range_of (&used[1]);
  struct range count = { ceil (p.low * total.low / PER_CENT - TOUCH),
                         floor (p.high * total.high / PER_CENT + TOUCH) };
  (void)n;
  (void)options;
  judge (claim, NAN, count, found);
  if (count.low > count.high)
    *found = (struct rx_check_found){ RX_INCONSISTENT, NAN, NAN, NAN,
                                      "no whole number prints as that" };
  else if (found->verdict == RX_CONSISTENT && count.low == count.high)
    {
      found->value = count.low;
      found->verdict = RX_REPRODUCED;
    }
}

/* used: the whole, a part of it, counts within that part.  Of the rest all or
   none may have what is counted. */
static void
check_share_from_part (const struct rx_said *claim, const struct rx_said *used,
                       size_t n, const struct rx_check_options *options,
                       struct rx_check_found *found)
{
  struct range whole = range_of (&used[0]), part = range_of (&used[1]);
  struct range count = { 0, 0 };
  (void)options;
  for (size_t i = 2; i < n; i++)
    {
      count.low += used[i].printed.low;
      count.high += used[i].printed.high;
    }
  struct range share
      = { PER_CENT * count.low / whole.high,
          PER_CENT * (count.high + whole.high - part.low) / whole.high };
  judge (claim, NAN, whole.low > 0 ? share : (struct range){ NAN, NAN },
         found);
}

/* ---- what whole persons allow ----------------------------------------- */

static void
say_whole (struct rx_check_found *found, double nearest, bool is_possible,
           bool is_powerless, const char *words)
{
  *found
      = (struct rx_check_found){ .value = nearest, .low = NAN, .high = NAN };
  found->verdict = !is_possible   ? RX_INCONSISTENT
                   : is_powerless ? RX_NOT_RECOMPUTABLE
                                  : RX_CONSISTENT;
  snprintf (found->words, sizeof found->words, "%s",
            is_possible && is_powerless
                ? "with so many persons every value is possible"
                : words);
}

/* GRIM; a number called approximate has fewer digits than rx_grim reads. */
static void
check_possible_percentage (const struct rx_said *claim,
                           const struct rx_said *used, size_t n,
                           const struct rx_check_options *options,
                           struct rx_check_found *found)
{
  char words[RX_CHECK_WORDS_SIZE];
  const struct rx_printed *p = &claim->printed;
  double persons = claim->n;
  double k = floor (p->low * persons / PER_CENT);
  double below = fmin (fmax (k, 0), persons),
         above = fmin (fmax (k + 1, 0), persons);
  struct rx_whole_check grim = rx_grim (p, true, (int64_t)persons, 1);
  bool possible = grim.verdict == RX_WHOLE_CONSISTENT;
  double least = ceil (p->low * persons / PER_CENT - TOUCH);
  double most = floor (p->high * persons / PER_CENT + TOUCH);
  (void)used;
  (void)n;
  (void)options;
  if (grim.verdict == RX_WHOLE_TOO_LONG)
    {
      possible = fmax (least, 0) <= fmin (most, persons);
      grim.nearest
          = PER_CENT * round (p->value * persons / PER_CENT) / persons;
    }
  if (possible)
    snprintf (words, sizeof words, "%.0f to %.0f of %.0f", fmax (least, 0),
              fmin (most, persons), persons);
  else
    snprintf (words, sizeof words, "%.0f of %.0f are %.4g%%, %.0f are %.4g%%",
              below, persons, PER_CENT * below / persons, above,
              PER_CENT * above / persons);
  say_whole (found, grim.nearest, possible, grim.powerless, words);
}

/* 100 (a - b) / b with b users before and a after, of n persons. */
static void
check_possible_change (const struct rx_said *claim, const struct rx_said *used,
                       size_t n, const struct rx_check_options *options,
                       struct rx_check_found *found)
{
  char words[RX_CHECK_WORDS_SIZE];
  const struct rx_printed *p = &claim->printed;
  double nearest = NAN, before = NAN, after = NAN;
  bool possible = false;
  (void)used;
  (void)n;
  (void)options;
  if (claim->n > PERSONS_TRIED)
    {
      check_nothing (claim, used, n, options, found);
      snprintf (found->words, sizeof found->words,
                "too many persons to try one by one");
      return;
    }
  for (double b = 1; b <= claim->n && !possible; b++)
    {
      double a
          = fmin (fmax (round (b * (1 + p->value / PER_CENT)), 0), claim->n);
      double change = PER_CENT * (a - b) / b;
      if (isnan (nearest)
          || fabs (change - p->value) < fabs (nearest - p->value))
        {
          nearest = change;
          before = b;
          after = a;
        }
      possible = rx_printed_meets (p, change, change);
    }
  /* From that many before, the steps are no wider than a unit of the last
     digit. */
  double needed = PER_CENT * pow (10, p->decimals);
  snprintf (words, sizeof words,
            possible ? "possible with %.0f before and %.0f after"
                     : "nearest: %.0f before and %.0f after",
            before, after);
  say_whole (found, nearest, possible, claim->n >= needed, words);
}

/* ---- a total and its parts -------------------------------------------- */

/* A relative change of a sum is a mean of those of its parts, weighted by
   what they were before: it lies between the smallest and the largest. */
static void
check_change_of_total (const struct rx_said *claim, const struct rx_said *used,
                       size_t n, const struct rx_check_options *options,
                       struct rx_check_found *found)
{
  struct range range = { INFINITY, -INFINITY };
  (void)options;
  for (size_t i = 0; i < n; i++)
    range = (struct range){ fmin (range.low, used[i].printed.low),
                            fmax (range.high, used[i].printed.high) };
  judge (claim, NAN, range, found);
}

/* used: the total, the other parts.  Where these all lie on one side of the
   total, the part lies on the other. */
static void
check_change_of_part (const struct rx_said *claim, const struct rx_said *used,
                      size_t n, const struct rx_check_options *options,
                      struct rx_check_found *found)
{
  struct range total = range_of (&used[0]);
  bool above = true, below = true;
  (void)options;
  for (size_t i = 1; i < n; i++)
    {
      above = above && used[i].printed.low > total.high;
      below = below && used[i].printed.high < total.low;
    }
  judge (claim, NAN,
         (struct range){ below ? total.low : -INFINITY,
                         above ? total.high : INFINITY },
         found);
  if (!above && !below)
    snprintf (found->words, sizeof found->words,
              "the other parts lie on either side of the total, so that every "
              "value is possible");
}

/* ---- absolute and relative change ------------------------------------- */

/* Both are changes from one base, which is above zero. */
static void
check_base (const struct rx_said *claim, const struct rx_said *used, size_t n,
            const struct rx_check_options *options,
            struct rx_check_found *found)
{
  const struct rx_said *percent = claim->is_percent ? claim : used;
  const struct rx_said *change = claim->is_percent ? used : claim;
  struct range base = quotient (range_of (change), range_of (percent));
  double sign = used->printed.low > 0 ? 1 : used->printed.high < 0 ? -1 : 0;
  (void)n;
  (void)options;
  judge (claim, NAN,
         (struct range){ sign > 0 ? 0 : -INFINITY, sign < 0 ? 0 : INFINITY },
         found);
  if (!isnan (base.low) && base.low > 0)
    snprintf (found->words, sizeof found->words,
              "both together imply %.4g to %.4g before", PER_CENT * base.low,
              PER_CENT * base.high);
}

/* ---- tests ------------------------------------------------------------ */

static enum rx_rebuilt_term
term_of (enum rx_said_part part)
{
  switch (part)
    {
    case RX_SAID_SPREAD:
      return RX_REBUILT_SE;
    case RX_SAID_CI_LOW:
      return RX_REBUILT_CI_LOW;
    case RX_SAID_CI_HIGH:
      return RX_REBUILT_CI_HIGH;
    case RX_SAID_P:
      return RX_REBUILT_P;
    default:
      return RX_REBUILT_DIFFERENCE;
    }
}

/* The number of the claim from the others of its test, at these degrees of
   freedom. */
static struct rx_rebuilt
rebuild_at (const struct rx_said *claim, const struct rx_said *used, size_t n,
            double level, double df)
{
  struct rx_printed_test test
      = { .df = df, .scale = NAN, .level = isnan (level) ? LEVEL : level };
  struct rx_rebuilt out[RX_REBUILT_TERMS];
  double point[RX_REBUILT_TERMS];
  for (size_t i = 0; i < n; i++)
    test.printed[term_of (used[i].part)] = used[i].printed;
  rx_rebuild (&test, out, point);
  return out[term_of (claim->part)];
}

static void
check_test (const struct rx_said *claim, const struct rx_said *used, size_t n,
            const struct rx_check_options *options,
            struct rx_check_found *found)
{
  struct rx_rebuilt at
      = rebuild_at (claim, used, n, options->level, options->df_low);
  struct rx_rebuilt to
      = rebuild_at (claim, used, n, options->level, options->df_high);
  bool known
      = at.check == RX_REBUILT_IMPLIED && to.check == RX_REBUILT_IMPLIED;
  struct range range = { fmin (at.low, to.low), fmax (at.high, to.high) };
  judge (claim, options->df_low == options->df_high ? to.value : NAN,
         known ? range : (struct range){ NAN, NAN }, found);
  if (at.check == RX_REBUILT_INCONSISTENT
      || to.check == RX_REBUILT_INCONSISTENT)
    {
      found->verdict = RX_INCONSISTENT;
      snprintf (found->words, sizeof found->words,
                "the numbers used contradict each other");
    }
}

/* claim: a difference; used: its p.  Nothing is judged: what they imply is
   told. */
static void
check_implied_test (const struct rx_said *claim, const struct rx_said *used,
                    size_t n, const struct rx_check_options *options,
                    struct rx_check_found *found)
{
  double df = isnan (options->df_low) ? claim->n - 1 : options->df_low;
  struct rx_printed_test test
      = { .df = df, .scale = 1 / sqrt (claim->n), .level = LEVEL };
  struct rx_rebuilt out[RX_REBUILT_TERMS];
  double point[RX_REBUILT_TERMS];
  (void)n;
  *found = (struct rx_check_found){ RX_NOT_RECOMPUTABLE, NAN, NAN, NAN, "" };
  test.printed[RX_REBUILT_DIFFERENCE] = claim->printed;
  test.printed[RX_REBUILT_P] = used->printed;
  rx_rebuild (&test, out, point);
  const struct rx_rebuilt *se = &out[RX_REBUILT_SE], *sd = &out[RX_REBUILT_SD];
  if (se->check == RX_REBUILT_IMPLIED)
    snprintf (found->words, sizeof found->words,
              "a paired t test with df %.4g would imply a standard error from "
              "%.4g to %.4g and an SD of differences from %.4g to %.4g",
              df, se->low, se->high, sd->low, sd->high);
}

/* used: t, z, r, F or chi-squared */
static void
check_statistic (const struct rx_said *claim, const struct rx_said *used,
                 size_t n, const struct rx_check_options *options,
                 struct rx_check_found *found)
{
  enum rx_statistic kind = (enum rx_statistic)options->statistic;
  bool one = kind == RX_STATISTIC_CHI2;
  struct rx_recomputed p
      = rx_recompute_p (kind, &used->printed,
                        one ? options->df_low : options->df1, options->df_low);
  (void)n;
  judge (claim, p.p, (struct range){ p.low, p.high }, found);
}

/* ---- time ------------------------------------------------------------- */

/* used: an earlier date, durations that lie between */
static double
years_between (const struct rx_said *used, size_t n)
{
  double years = 0;
  for (size_t i = 1; i < n; i++)
    years += used[i].printed.low * used[i].years;
  return years;
}

static void
check_later (const struct rx_said *claim, const struct rx_said *used, size_t n,
             const struct rx_check_options *options,
             struct rx_check_found *found)
{
  (void)options;
  judge (
      claim, NAN,
      (struct range){ used->printed.low + years_between (used, n), INFINITY },
      found);
}

static void
check_earlier (const struct rx_said *claim, const struct rx_said *used,
               size_t n, const struct rx_check_options *options,
               struct rx_check_found *found)
{
  (void)options;
  judge (claim, NAN,
         (struct range){ -INFINITY,
                         used->printed.high - years_between (used, n) },
         found);
}

/* used: calendar years from ... to ..., both counted */
static void
check_length (const struct rx_said *claim, const struct rx_said *used,
              size_t n, const struct rx_check_options *options,
              struct rx_check_found *found)
{
  double years = used->printed.high - used->printed.low + 1;
  (void)n;
  (void)options;
  judge (claim, years / claim->years,
         (struct range){ years / claim->years, years / claim->years }, found);
}

/* claim: calendar years; used: the length of a window that ends (or begins)
   within the index year. */
static void
check_window (const struct rx_said *claim, struct range allowed,
              struct rx_check_found *found)
{
  bool inside = claim->printed.low >= allowed.low
                && claim->printed.high <= allowed.high;
  if (isnan (allowed.low))
    {
      check_nothing (claim, NULL, 0, NULL, found);
      return;
    }
  *found = (struct rx_check_found){ inside ? RX_CONSISTENT : RX_INCONSISTENT,
                                    NAN, allowed.low, allowed.high, "" };
}

static void
check_window_before (const struct rx_said *claim, const struct rx_said *used,
                     size_t n, const struct rx_check_options *options,
                     struct rx_check_found *found)
{
  double years = ceil (used->printed.value * used->years - TOUCH);
  (void)n;
  check_window (
      claim, (struct range){ options->index - years, options->index }, found);
}

static void
check_window_after (const struct rx_said *claim, const struct rx_said *used,
                    size_t n, const struct rx_check_options *options,
                    struct rx_check_found *found)
{
  double years = ceil (used->printed.value * used->years - TOUCH);
  (void)n;
  check_window (
      claim, (struct range){ options->index, options->index + years }, found);
}

static void
check_multiple (const struct rx_said *claim, const struct rx_said *used,
                size_t n, const struct rx_check_options *options,
                struct rx_check_found *found)
{
  double a = claim->printed.value, b = used->printed.value;
  double times = fmax (a, b) / fmin (a, b);
  bool whole = fabs (times - round (times)) <= TOUCH * times;
  if (!isfinite (times))
    {
      check_nothing (claim, used, n, options, found);
      return;
    }
  *found = (struct rx_check_found){ whole ? RX_CONSISTENT : RX_INCONSISTENT,
                                    NAN, NAN, NAN, "" };
  snprintf (found->words, sizeof found->words, "%.4g times", times);
}

/* ---- the table -------------------------------------------------------- */

#define MANY RX_CHECK_USES_MOST
#define SUM (RX_CHECK_WEIGHTS | RX_CHECK_PLUS)

const struct rx_check_kind rx_check_kinds[] = {
  { "same", "the same number elsewhere, or within a range printed elsewhere",
    1, 1, 0, 0, RX_CHECK_NEEDS_NUMBERS, RX_CHECK_SWAPS, check_same },
  { "same-bound", "the same limit elsewhere: more than 3 is not more than 4",
    1, 1, 0, 0, RX_CHECK_NEEDS_NUMBERS, RX_CHECK_SWAPS, check_same_bound },
  { "same-decision", "p-values, or words for them, that agree on significance",
    1, MANY, 0, 0, RX_CHECK_NEEDS_DECISION, RX_CHECK_SWAPS, check_decision },
  { "sum", "a total of parts, a difference, a duration of phases", 1, MANY,
    SUM, 0, RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY, check_sum },
  { "at-least", "no less than the sum of others", 1, MANY, SUM, 0,
    RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY, check_at_least },
  { "at-most", "no more than the sum of others", 1, MANY, SUM, 0,
    RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY, check_at_most },
  { "number-of", "as many as there are claims listed", 1, MANY, 0, 0,
    RX_CHECK_NEEDS_OWN, RX_CHECK_ONE_WAY, check_number_of },
  { "ratio", "one number over another, times a factor (rates per 1000)", 2, 2,
    RX_CHECK_TIMES, 0, RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY, check_ratio },
  { "percentage", "a percentage: part and whole", 2, 2, 0, 0,
    RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY, check_percentage },
  { "relative-change", "a change in percent: after and before", 2, 2, 0, 0,
    RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY, check_relative_change },
  { "count-from-percentage", "a count: percentage and whole", 2, 2, 0, 0,
    RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY, check_count },
  { "share-from-part",
    "a percentage of a whole of which a part was counted: whole, part, counts",
    3, MANY, 0, 0, RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY,
    check_share_from_part },
  { "possible-percentage", "a percentage that n persons can give (GRIM)", 0, 0,
    0, 0, RX_CHECK_NEEDS_N, RX_CHECK_ONE_WAY, check_possible_percentage },
  { "possible-change", "a change in percent of users that n persons can give",
    0, 0, 0, 0, RX_CHECK_NEEDS_N, RX_CHECK_ONE_WAY, check_possible_change },
  { "change-of-total", "a relative change of a sum lies among those of parts",
    2, MANY, 0, 0, RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY,
    check_change_of_total },
  { "change-of-part", "a relative change of a part: total, other parts", 2,
    MANY, 0, 0, RX_CHECK_NEEDS_NUMBERS, RX_CHECK_ONE_WAY,
    check_change_of_part },
  { "base", "absolute and relative change of one base", 1, 1, 0, 0,
    RX_CHECK_NEEDS_NUMBERS, RX_CHECK_SWAPS, check_base },
  { "test", "estimate, SE, interval or p from others of one test", 1, 4,
    RX_CHECK_DF | RX_CHECK_LEVEL, RX_CHECK_DF, RX_CHECK_NEEDS_NUMBERS, false,
    check_test },
  { "statistic", "a p from t, z, r, F or chi2", 1, 1,
    RX_CHECK_STATISTIC | RX_CHECK_DF | RX_CHECK_DF1,
    RX_CHECK_STATISTIC | RX_CHECK_DF, RX_CHECK_NEEDS_NUMBERS, false,
    check_statistic },
  { "implied-test", "tells what a difference and its p imply; judges nothing",
    1, 1, RX_CHECK_DF, 0, RX_CHECK_NEEDS_N, RX_CHECK_ONE_WAY,
    check_implied_test },
  { "later", "a date after an earlier one and the durations between", 1, MANY,
    0, 0, RX_CHECK_NEEDS_DATES, RX_CHECK_ONE_WAY, check_later },
  { "earlier", "a date before a later one and the durations between", 1, MANY,
    0, 0, RX_CHECK_NEEDS_DATES, RX_CHECK_ONE_WAY, check_earlier },
  { "length", "a duration: calendar years from ... to ..., both counted", 1, 1,
    0, 0, RX_CHECK_NEEDS_YEARS, RX_CHECK_SHARES, check_length },
  { "window-before", "calendar years of a window before the index year", 1, 1,
    RX_CHECK_INDEX, RX_CHECK_INDEX, RX_CHECK_NEEDS_WINDOW, RX_CHECK_SHARES,
    check_window_before },
  { "window-after", "calendar years of a window after the index year", 1, 1,
    RX_CHECK_INDEX, RX_CHECK_INDEX, RX_CHECK_NEEDS_WINDOW, RX_CHECK_SHARES,
    check_window_after },
  { "multiple", "a whole multiple of another, or the other of it", 1, 1, 0, 0,
    RX_CHECK_NEEDS_NUMBERS, RX_CHECK_SWAPS, check_multiple },
  { "none", "nothing else bears on it: the reason says what would", 0, 0, 0, 0,
    RX_CHECK_NEEDS_NOTHING, RX_CHECK_ONE_WAY, check_nothing },
};
const size_t rx_n_check_kinds = sizeof rx_check_kinds / sizeof *rx_check_kinds;

const struct rx_check_kind *
rx_check_kind_find (const char *name)
{
  for (size_t i = 0; i < rx_n_check_kinds; i++)
    if (strcmp (rx_check_kinds[i].name, name) == 0)
      return &rx_check_kinds[i];
  return NULL;
}
