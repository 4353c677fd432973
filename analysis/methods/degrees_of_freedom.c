/* degrees_of_freedom.c: which degrees of freedom can a printed comparison
   have?

   Terms: n-1 (paired t), n-2 (period-adjusted crossover, or two groups) and
   normal: std_error, statistic and p_value from the figures as printed at
   these degrees of freedom; note consistent where the rounded figures fit
   together, else inconsistent.  Term `verdict`: estimate is how many fit;
   note told (one), cannot-be-told (more than one) or none-fits.  Only where n
   is known, the degrees of freedom are not printed, and a p or an interval
   is. */
#include "methods/printed_test.h"

#include <math.h>

static const struct
{
  const char *term;
  double off; /* n - off */
  unsigned designs;
} candidates[] = {
  { "n-1", 1, 1u << RX_PRINTED_PAIRED | 1u << RX_PRINTED_CROSSOVER },
  { "n-2", 2,
    1u << RX_PRINTED_PAIRED | 1u << RX_PRINTED_CROSSOVER
        | 1u << RX_PRINTED_PARALLEL },
  { "normal", INFINITY,
    1u << RX_PRINTED_PAIRED | 1u << RX_PRINTED_CROSSOVER
        | 1u << RX_PRINTED_PARALLEL },
};

static enum rx_status
add_candidate (const struct rx_printed_result *result,
               struct rx_printed_test *test, size_t i, double *fit,
               struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_rebuilt_joint joint;
  double n = rx_printed_n (result);
  test->df = isinf (candidates[i].off) ? INFINITY : n - candidates[i].off;
  if (!(test->df > 0))
    return RX_OK;
  rx_rebuild_joint (test, &joint);
  *fit += joint.possible;
  row.n = n;
  row.df = isinf (test->df) ? NAN : test->df;
  row.std_error = joint.term[RX_REBUILT_SE].value;
  row.statistic = joint.term[RX_REBUILT_T].value;
  row.p_value = joint.term[RX_REBUILT_P].value;
  rx_note_add (&note, "%s", joint.possible ? "consistent" : "inconsistent");
  return rx_printed_row_add (rows, row, result, "degrees-of-freedom",
                             candidates[i].term, &note, err);
}

/* A p or an end of an interval is printed. */
static bool
depends_on_df (const struct rx_printed_test *test)
{
  return test->printed[RX_REBUILT_P].kind != RX_PRINTED_NOTHING
         || test->printed[RX_REBUILT_CI_LOW].kind != RX_PRINTED_NOTHING
         || test->printed[RX_REBUILT_CI_HIGH].kind != RX_PRINTED_NOTHING;
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_printed_test test;
  double fit = 0;
  if (isnan (rx_printed_n (result)) || !isnan (result->df)
      || !isnan (result->df2) || rx_printed_is_ratio (result)
      || !rx_printed_test_of (result, options->level, &test)
      || !depends_on_df (&test))
    return RX_OK;
  for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++)
    if ((candidates[i].designs & 1u << result->design) != 0
        && add_candidate (result, &test, i, &fit, rows, err) != RX_OK)
      return err->status;
  row.n = rx_printed_n (result);
  row.estimate = fit;
  rx_note_add (&note, "%s",
               fit > 1    ? "cannot-be-told"
               : fit == 1 ? "told"
                          : "none-fits");
  return rx_printed_row_add (rows, row, result, "degrees-of-freedom",
                             "verdict", &note, err);
}

const struct rx_method rx_method_degrees_of_freedom = {
  .name = "degrees-of-freedom",
  .title = "Which degrees of freedom fit the printed figures?",
  .source = "Altman & Bland, BMJ 2011;343:d2090 and d2304",
  .words = "It was asked which degrees of freedom the printed figures allow.",
  .printed = check_result,
  .on_request = true,
};
