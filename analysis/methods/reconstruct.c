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
   pooled, those of paired ones give sd-diff with `corr`.  F with one numerator
   df is t^2, and z a t of the normal distribution.  Of a ratio `log-ratio`,
   se and t are logarithms; ratio, ratio-low and ratio-high are not.
   Formulas and a value by hand: stats/rebuild.c. */
#include "methods/printed_test.h"
#include "stats/rebuild.h"

#include <math.h>

static const char *const check_words[] = {
  [RX_REBUILT_UNKNOWN] = "",
  [RX_REBUILT_IMPLIED] = "implied",
  [RX_REBUILT_AS_PRINTED] = "as-printed",
  [RX_REBUILT_UNRESOLVED] = "others-contradict",
  [RX_REBUILT_CONSISTENT] = "consistent",
  [RX_REBUILT_INCONSISTENT] = "inconsistent",
};

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

static void
take_exponent (struct rx_row *row)
{
  row->estimate = exp (row->estimate);
  row->conf_low = exp (row->conf_low);
  row->conf_high = exp (row->conf_high);
}

/* The ratio itself beside its logarithm. */
static enum rx_status
add_ratio (const struct rx_printed_result *result,
           const struct rx_printed_test *test, const struct rx_rebuilt *found,
           struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  if (found->check == RX_REBUILT_UNKNOWN)
    return RX_OK;
  row.n = rx_printed_n (result);
  row.df = isinf (test->df) ? NAN : test->df;
  row.estimate = found->value;
  row.conf_low = found->low;
  row.conf_high = found->high;
  take_exponent (&row);
  rx_note_add (&note, "%s", check_words[found->check]);
  return rx_printed_row_add (rows, row, result, "reconstruct", "ratio", &note,
                             err);
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
  if (found[i].check == RX_REBUILT_UNKNOWN)
    return RX_OK;
  row.estimate = found[i].value;
  row.conf_low = found[i].low;
  row.conf_high = found[i].high;
  if (rx_printed_is_ratio (result)
      && (i == RX_REBUILT_CI_LOW || i == RX_REBUILT_CI_HIGH))
    take_exponent (&row);
  if (i == RX_REBUILT_DIFFERENCE)
    row = full_row (point, test->level);
  row.n = rx_printed_n (result);
  row.df = isinf (test->df) ? NAN : test->df;
  rx_note_add (&note, "%s", check_words[found[i].check]);
  if (isinf (test->df))
    rx_note_add (&note, "normal");
  return rx_printed_row_add (rows, row, result, "reconstruct",
                             rx_printed_term (result, (enum rx_rebuilt_term)i),
                             &note, err);
}

static enum rx_status
too_few (const struct rx_printed_result *result, struct rx_rows *rows,
         struct rx_error *err)
{
  struct rx_note note = { "no-df" };
  struct rx_row row = rx_row_blank ();
  row.n = rx_printed_n (result);
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
  if (!rx_printed_test_of (result, options->level, &test))
    return RX_OK;
  if (!(test.df > 0))
    return too_few (result, rows, err);
  rx_rebuild (&test, found, point);
  for (int i = 0; i < RX_REBUILT_TERMS; i++)
    if (add_term (result, &test, found, point, i, rows, err) != RX_OK)
      return err->status;
  return rx_printed_is_ratio (result) ? add_ratio (
             result, &test, &found[RX_REBUILT_DIFFERENCE], rows, err)
                                      : RX_OK;
}

const struct rx_method rx_method_reconstruct = {
  .name = "reconstruct",
  .title = "What printed figures of a comparison imply, and if they agree",
  .source = "Altman & Bland, BMJ 2011;343:d2090 and d2304",
  .words = "Standard errors, intervals and p-values were reconstructed from "
           "the printed figures, with the ranges that rounding allows.",
  .printed = rebuild,
};
