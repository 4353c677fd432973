/* printed_test.c: which figure is which. */
#include "methods/printed_test.h"

#include "stats/paired_spread.h"

#include <math.h>

static const struct
{
  enum rx_printed_figure figure, of_ratio;
  const char *term, *parallel_term, *ratio_term;
} terms[RX_REBUILT_TERMS] = {
  [RX_REBUILT_DIFFERENCE] = { RX_SAYS_DIFFERENCE, RX_SAYS_RATIO, "difference",
                              "difference", "log-ratio" },
  [RX_REBUILT_SE] = { RX_SAYS_SE, RX_SAYS_SE, "se", "se", "se" },
  [RX_REBUILT_SD]
  = { RX_SAYS_SD_DIFF, RX_SAYS_SD_DIFF, "sd-diff", "sd-pooled", "sd-diff" },
  [RX_REBUILT_T] = { RX_SAYS_T, RX_SAYS_T, "t", "t", "t" },
  [RX_REBUILT_P] = { RX_SAYS_P, RX_SAYS_P, "p", "p", "p" },
  [RX_REBUILT_CI_LOW]
  = { RX_SAYS_CI_LOW, RX_SAYS_RATIO_LOW, "ci-low", "ci-low", "ratio-low" },
  [RX_REBUILT_CI_HIGH] = { RX_SAYS_CI_HIGH, RX_SAYS_RATIO_HIGH, "ci-high",
                           "ci-high", "ratio-high" },
  [RX_REBUILT_DZ] = { RX_SAYS_DZ, RX_SAYS_DZ, "dz", "d", "dz" },
};

enum rx_printed_figure
rx_printed_source (const struct rx_printed_result *result,
                   enum rx_rebuilt_term term)
{
  return rx_printed_is_ratio (result) ? terms[term].of_ratio
                                      : terms[term].figure;
}

const char *
rx_printed_term (const struct rx_printed_result *result,
                 enum rx_rebuilt_term term)
{
  if (rx_printed_is_ratio (result))
    return terms[term].ratio_term;
  return result->design == RX_PRINTED_PARALLEL ? terms[term].parallel_term
                                               : terms[term].term;
}

double
rx_printed_n (const struct rx_printed_result *result)
{
  if (result->n > 0)
    return (double)result->n;
  return result->n1 > 0 && result->n2 > 0
             ? (double)result->n1 + (double)result->n2
             : NAN;
}

/* SE / SD: 1 / sqrt n of pairs; of two sequences half the root of 1 / n1 +
   1 / n2; of groups that root. */
static double
scale_of (const struct rx_printed_result *result)
{
  double two = result->n1 > 0 && result->n2 > 0
                   ? sqrt (1 / (double)result->n1 + 1 / (double)result->n2)
                   : NAN;
  double one = 1 / sqrt (rx_printed_n (result));
  if (result->design == RX_PRINTED_PARALLEL)
    return two;
  return result->design == RX_PRINTED_CROSSOVER && !isnan (two) ? two / 2
                                                                : one;
}

bool
rx_printed_equal (const struct rx_printed_result *result,
                  enum rx_printed_figure figure)
{
  return result->figure[figure].kind == RX_PRINTED_EQUAL;
}

struct rx_printed
rx_printed_means_apart (const struct rx_printed_result *result)
{
  const struct rx_printed *a = &result->figure[RX_SAYS_MEAN1];
  const struct rx_printed *b = &result->figure[RX_SAYS_MEAN2];
  if (!rx_printed_equal (result, RX_SAYS_MEAN1)
      || !rx_printed_equal (result, RX_SAYS_MEAN2))
    return (struct rx_printed){ .kind = RX_PRINTED_NOTHING };
  return (struct rx_printed){ .kind = RX_PRINTED_EQUAL,
                              .value = a->value - b->value,
                              .low = a->low - b->high,
                              .high = a->high - b->low };
}

static double
pool_sds (double sd1, double sd2, double n1, double n2)
{
  double square = (n1 - 1) * sd1 * sd1 + (n2 - 1) * sd2 * sd2;
  return sqrt (square / (n1 + n2 - 2));
}

/* The pooled SD of parallel groups. */
static void
pool_printed_sds (const struct rx_printed_result *result,
                  struct rx_printed *sd)
{
  const struct rx_printed *a = &result->figure[RX_SAYS_SD1];
  const struct rx_printed *b = &result->figure[RX_SAYS_SD2];
  double n1 = (double)result->n1, n2 = (double)result->n2;
  if (n1 < 2 || n2 < 2)
    return;
  *sd = (struct rx_printed){ .kind = RX_PRINTED_EQUAL,
                             .value = pool_sds (a->value, b->value, n1, n2),
                             .low = pool_sds (fmax (a->low, 0),
                                              fmax (b->low, 0), n1, n2),
                             .high = pool_sds (a->high, b->high, n1, n2) };
}

/* The SD of the differences of arms with a printed correlation. */
static void
subtract_arms (const struct rx_printed_result *result, struct rx_printed *sd)
{
  if (!rx_printed_equal (result, RX_SAYS_CORR))
    return;
  struct rx_spread spread = rx_spread_of_difference (
      &result->figure[RX_SAYS_SD1], &result->figure[RX_SAYS_SD2],
      &result->figure[RX_SAYS_CORR]);
  *sd = (struct rx_printed){ .kind = RX_PRINTED_EQUAL,
                             .value = spread.value,
                             .low = spread.low,
                             .high = spread.high };
}

static void
find_sd (const struct rx_printed_result *result, struct rx_printed *sd)
{
  if (sd->kind != RX_PRINTED_NOTHING || !rx_printed_equal (result, RX_SAYS_SD1)
      || !rx_printed_equal (result, RX_SAYS_SD2))
    return;
  if (result->design == RX_PRINTED_PARALLEL)
    pool_printed_sds (result, sd);
  else
    subtract_arms (result, sd);
}

/* |t| of an F with one numerator df, or of a z. */
static void
find_t (const struct rx_printed_result *result, struct rx_printed_test *test)
{
  struct rx_printed *t = &test->printed[RX_REBUILT_T];
  const struct rx_printed *f = &result->figure[RX_SAYS_F];
  if (t->kind != RX_PRINTED_NOTHING)
    return;
  if (rx_printed_has (result, RX_SAYS_Z))
    {
      *t = result->figure[RX_SAYS_Z];
      if (isnan (result->df))
        test->df = INFINITY;
    }
  else if (f->kind != RX_PRINTED_NOTHING && result->df1 == 1)
    *t = (struct rx_printed){ .kind = f->kind,
                              .value = sqrt (f->value),
                              .low = sqrt (fmax (f->low, 0)),
                              .high = sqrt (f->high) };
}

static struct rx_printed
logarithm (struct rx_printed ratio)
{
  if (ratio.kind == RX_PRINTED_NOTHING)
    return ratio;
  return (struct rx_printed){ .kind = ratio.kind,
                              .value = log (ratio.value),
                              .low = log (fmax (ratio.low, 0)),
                              .high = log (ratio.high) };
}

static double
two_sided (double p)
{
  return 2 * fmin (p, 1 - p);
}

/* The two-sided p of a one-tailed one; above 1/2 the effect was in the other
   direction. */
static void
double_p (struct rx_printed *p)
{
  bool around = p->low < 0.5 && p->high > 0.5;
  double low = two_sided (p->low), high = two_sided (p->high);
  p->value = two_sided (p->value);
  p->low = fmin (low, high);
  p->high = around ? 1 : fmax (low, high);
}

bool
rx_printed_test_of (const struct rx_printed_result *result, double level,
                    struct rx_printed_test *test)
{
  bool some = false, ratio = rx_printed_is_ratio (result);
  *test = (struct rx_printed_test){ .df = rx_printed_df (result),
                                    .scale = scale_of (result),
                                    .level = level };
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    {
      enum rx_printed_figure figure
          = rx_printed_source (result, (enum rx_rebuilt_term)i);
      test->printed[i] = result->figure[figure];
      if (ratio && figure != terms[i].figure)
        test->printed[i] = logarithm (test->printed[i]);
    }
  if (!ratio)
    {
      struct rx_printed *difference = &test->printed[RX_REBUILT_DIFFERENCE];
      if (difference->kind == RX_PRINTED_NOTHING)
        *difference = rx_printed_means_apart (result);
      find_sd (result, &test->printed[RX_REBUILT_SD]);
    }
  if (result->one_tailed)
    double_p (&test->printed[RX_REBUILT_P]);
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    some = some
           || (i != RX_REBUILT_P
               && test->printed[i].kind != RX_PRINTED_NOTHING);
  if (some)
    find_t (result, test);
  return some;
}
