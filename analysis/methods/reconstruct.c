/* reconstruct.c: what the printed figures of a comparison imply for those that
   are not printed, and whether they agree.

   Term `difference` is an ordinary row: estimate, standard error, t, p and the
   interval of the level, from the figures as printed.  The terms se, sd-diff
   (parallel: sd-pooled), t, p, ci-low, ci-high, dz (parallel: d) have the
   point in estimate and what rounding allows in conf_low and conf_high, with
   no conf_level.  A printed figure is checked against the range that the
   others allow: consistent, inconsistent; `as-printed` where they do not
   determine it, `others-contradict` where they rule each other out.  Of
   contradicting figures the rows that follow from them are noted inconsistent
   too.

   A two-arm difference is mean1 - mean2; sd1 and sd2 of parallel groups are
   pooled.  Formulas and a value by hand: stats/rebuild.c. */
#include "methods/printed_rows.h"
#include "stats/rebuild.h"

#include <math.h>

/* The columns, and the terms, of the figures in stats/rebuild.h. */
static const struct
{
  enum rx_printed_figure figure;
  const char *term, *parallel_term;
} terms[RX_REBUILT_TERMS] = {
  [RX_REBUILT_DIFFERENCE] = { RX_SAYS_DIFFERENCE, "difference", "difference" },
  [RX_REBUILT_SE] = { RX_SAYS_SE, "se", "se" },
  [RX_REBUILT_SD] = { RX_SAYS_SD_DIFF, "sd-diff", "sd-pooled" },
  [RX_REBUILT_T] = { RX_SAYS_T, "t", "t" },
  [RX_REBUILT_P] = { RX_SAYS_P, "p", "p" },
  [RX_REBUILT_CI_LOW] = { RX_SAYS_CI_LOW, "ci-low", "ci-low" },
  [RX_REBUILT_CI_HIGH] = { RX_SAYS_CI_HIGH, "ci-high", "ci-high" },
  [RX_REBUILT_DZ] = { RX_SAYS_DZ, "dz", "d" },
};

static const char *const check_words[] = {
  [RX_REBUILT_UNKNOWN] = "",
  [RX_REBUILT_IMPLIED] = "implied",
  [RX_REBUILT_AS_PRINTED] = "as-printed",
  [RX_REBUILT_UNRESOLVED] = "others-contradict",
  [RX_REBUILT_CONSISTENT] = "consistent",
  [RX_REBUILT_INCONSISTENT] = "inconsistent",
};

static double
count_all (const struct rx_printed_result *result)
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
  double one = 1 / sqrt (count_all (result));
  if (result->design == RX_PRINTED_PARALLEL)
    return two;
  return result->design == RX_PRINTED_CROSSOVER && !isnan (two) ? two / 2
                                                                : one;
}

static bool
equal (const struct rx_printed_result *result, enum rx_printed_figure figure)
{
  return result->figure[figure].kind == RX_PRINTED_EQUAL;
}

/* mean1 - mean2 in place of a difference. */
static void
subtract_means (const struct rx_printed_result *result,
                struct rx_printed *difference)
{
  const struct rx_printed *a = &result->figure[RX_SAYS_MEAN1];
  const struct rx_printed *b = &result->figure[RX_SAYS_MEAN2];
  if (difference->kind != RX_PRINTED_NOTHING || !equal (result, RX_SAYS_MEAN1)
      || !equal (result, RX_SAYS_MEAN2))
    return;
  *difference = (struct rx_printed){ .kind = RX_PRINTED_EQUAL,
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

/* The pooled SD of parallel groups in place of a printed one. */
static void
pool_printed_sds (const struct rx_printed_result *result,
                  struct rx_printed *sd)
{
  const struct rx_printed *a = &result->figure[RX_SAYS_SD1];
  const struct rx_printed *b = &result->figure[RX_SAYS_SD2];
  double n1 = (double)result->n1, n2 = (double)result->n2;
  if (result->design != RX_PRINTED_PARALLEL || sd->kind != RX_PRINTED_NOTHING
      || !equal (result, RX_SAYS_SD1) || !equal (result, RX_SAYS_SD2) || n1 < 2
      || n2 < 2)
    return;
  *sd = (struct rx_printed){ .kind = RX_PRINTED_EQUAL,
                             .value = pool_sds (a->value, b->value, n1, n2),
                             .low = pool_sds (fmax (a->low, 0),
                                              fmax (b->low, 0), n1, n2),
                             .high = pool_sds (a->high, b->high, n1, n2) };
}

static bool
pose (const struct rx_printed_result *result, double level,
      struct rx_printed_test *test)
{
  bool some = false;
  *test = (struct rx_printed_test){ .df = rx_printed_df (result),
                                    .scale = scale_of (result),
                                    .level = level };
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    test->printed[i] = result->figure[terms[i].figure];
  subtract_means (result, &test->printed[RX_REBUILT_DIFFERENCE]);
  pool_printed_sds (result, &test->printed[RX_REBUILT_SD]);
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    /* a p alone may be that of any test */
    some = some
           || (i != RX_REBUILT_P
               && test->printed[i].kind != RX_PRINTED_NOTHING);
  return some;
}

static struct rx_row
full_row (const double point[RX_REBUILT_TERMS], double level)
{
  struct rx_row row = rx_row_blank ();
  row.estimate = point[RX_REBUILT_DIFFERENCE];
  row.std_error = point[RX_REBUILT_SE];
  row.statistic = point[RX_REBUILT_T];
  row.p_value = point[RX_REBUILT_P];
  if (!isnan (row.std_error))
    {
      row.conf_level = level;
      row.conf_low = point[RX_REBUILT_CI_LOW];
      row.conf_high = point[RX_REBUILT_CI_HIGH];
    }
  row.is_effect = true;
  return row;
}

static enum rx_status
add_term (const struct rx_printed_result *result,
          const struct rx_printed_test *test,
          const struct rx_rebuilt found[RX_REBUILT_TERMS],
          const double point[RX_REBUILT_TERMS], int i, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  bool parallel = result->design == RX_PRINTED_PARALLEL;
  if (found[i].check == RX_REBUILT_UNKNOWN)
    return RX_OK;
  row.estimate = found[i].value;
  row.conf_low = found[i].low;
  row.conf_high = found[i].high;
  if (i == RX_REBUILT_DIFFERENCE)
    row = full_row (point, test->level);
  row.n = count_all (result);
  row.df = isinf (test->df) ? NAN : test->df;
  rx_note_add (&note, "%s", check_words[found[i].check]);
  if (isinf (test->df))
    rx_note_add (&note, "normal");
  return rx_printed_row_add (rows, row, result, "reconstruct",
                             parallel ? terms[i].parallel_term : terms[i].term,
                             &note, err);
}

static enum rx_status
too_few (const struct rx_printed_result *result, struct rx_rows *rows,
         struct rx_error *err)
{
  struct rx_note note = { "no-df" };
  struct rx_row row = rx_row_blank ();
  row.n = count_all (result);
  return rx_printed_row_add (rows, row, result, "reconstruct", "difference",
                             &note, err);
}

static enum rx_status
rebuild (const struct rx_printed_result *result,
         const struct rx_method_options *options, struct rx_rows *rows,
         struct rx_error *err)
{
  struct rx_printed_test test;
  struct rx_rebuilt found[RX_REBUILT_TERMS];
  double point[RX_REBUILT_TERMS];
  if (!pose (result, options->level, &test))
    return RX_OK;
  if (!(test.df > 0))
    return too_few (result, rows, err);
  rx_rebuild (&test, found, point);
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    if (add_term (result, &test, found, point, i, rows, err) != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
run_summary (const struct rx_printed_table *table,
             const struct rx_method_options *options, struct rx_rows *rows,
             struct rx_error *err)
{
  return rx_each_printed (table, options, rebuild, rows, err);
}

const struct rx_method rx_method_reconstruct = {
  .name = "reconstruct",
  .title = "What printed figures of a comparison imply, and if they agree",
  .source = "Altman & Bland, BMJ 2011;343:d2090 and d2304",
  .words = "Standard errors, intervals and p-values were reconstructed from "
           "the printed figures, with the ranges that rounding allows.",
  .summary = run_summary,
};
