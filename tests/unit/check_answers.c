/* check_answers.c: what stands behind verdicts, diagnostics, max-T and
   multiple imputation, held against values worked out by hand and against
   what must not matter. */
#include "base/random.h"
#include "oracle_table.h"
#include "stats/max_t.h"
#include "stats/pair_imputation.h"
#include "stats/rubin.h"
#include "stats/shapiro_wilk.h"
#include "stats/spread_tests.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>

static const double EXACT = 1e-12;

/* --- Rubin's rules: see stats/rubin.c --- */

START_TEST (two_imputations_pooled_by_hand)
{
  const double estimates[] = { 1, 3 }, variances[] = { 1, 1 };
  struct rx_rubin r = rx_rubin (estimates, variances, 2, 10);
  ck_assert_double_eq_tol (r.estimate, 2, EXACT);
  ck_assert_double_eq_tol (r.between, 2, EXACT);
  ck_assert_double_eq_tol (r.se, 2, EXACT);
  ck_assert_double_eq_tol (r.df, 1 / (9. / 16 + 52. / 110), EXACT);
  ck_assert_double_eq_tol (r.missing, (3 + 2 / (r.df + 3)) / 4, EXACT);
}
END_TEST

START_TEST (equal_imputations_have_the_observed_df)
{
  const double estimates[] = { 2, 2, 2 }, variances[] = { 1, 1, 1 };
  struct rx_rubin r = rx_rubin (estimates, variances, 3, 20);
  ck_assert_double_eq_tol (r.se, 1, EXACT);
  ck_assert_double_eq_tol (r.df, 21. / 23 * 20, EXACT);
}
END_TEST

/* --- drawing pairs --- */

START_TEST (what_is_there_stays)
{
  const double y[] = { 1, 2, 2, 4, 3, 5, 4, 4, 5, NAN, NAN, 7 };
  double values[12];
  struct rx_random random;
  rx_random_init (&random, 1, 2, 3);
  ck_assert (rx_pair_impute (y, 6, &random, values));
  for (size_t i = 0; i < 12; i++)
    if (isnan (y[i]))
      ck_assert (isfinite (values[i]));
    else
      ck_assert (values[i] == y[i]);
}
END_TEST

/* A shift and a scale of the data are one of the draws. */
START_TEST (units_do_not_matter)
{
  const double y[] = { 1, 2, 2, 4, 3, 5, 4, 4, 5, NAN, NAN, 7 };
  double other[12], values[12], of_other[12];
  struct rx_random random;
  for (size_t i = 0; i < 12; i++)
    other[i] = 100 + 4 * y[i];
  rx_random_init (&random, 1, 2, 3);
  ck_assert (rx_pair_impute (y, 6, &random, values));
  rx_random_init (&random, 1, 2, 3);
  ck_assert (rx_pair_impute (other, 6, &random, of_other));
  for (size_t i = 0; i < 12; i++)
    ck_assert_double_eq_tol (of_other[i], 100 + 4 * values[i], 1e-8);
}
END_TEST

START_TEST (nothing_is_drawn_without_a_model)
{
  static const struct
  {
    double y[10];
    size_t n;
  } kinds[] = {
    { { 1, 2, 2, 4, 3, 5, 4, NAN }, 4 },       /* three complete pairs */
    { { 1, 2, 2, 4, 3, 6, 4, 8, 5, NAN }, 5 }, /* on one line */
    { { 1, 2, 1, 4, 1, 6, 1, 8, 1, NAN }, 5 }, /* the same first values */
  };
  double values[10];
  struct rx_random random, before;
  rx_random_init (&random, 1, 2, 3);
  before = random;
  ck_assert (!rx_pair_impute (kinds[_i].y, kinds[_i].n, &random, values));
  ck_assert_uint_eq (rx_random_bits (&random), rx_random_bits (&before));
}
END_TEST

/* --- max-T --- */

static double
one_adjusted (const double *value, const signed char *sign, size_t n,
              rx_signed_t *statistic, bool flips)
{
  const bool taken[] = { true };
  struct rx_max_t family = { .n = n,
                             .k = 1,
                             .value = value,
                             .sign = sign,
                             .statistic = statistic,
                             .flips = flips };
  struct rx_max_t_result result;
  struct rx_error err = { 0 };
  double adjusted;
  ck_assert_int_eq (rx_max_t (&family, taken, 1, 1, &adjusted, &result, &err),
                    RX_OK);
  ck_assert (result.exact);
  return adjusted;
}

START_TEST (one_test_is_its_permutation_test)
{
  const double d[] = { 1, 2, 3 }, e[] = { 1, 2, 3, 4, 5 };
  const signed char up[] = { 1, 1, 1 }, two[] = { 1, 1, -1, -1, -1 };
  ck_assert_double_eq_tol (one_adjusted (d, up, 3, rx_flipped_t, true), 0.25,
                           EXACT);
  /* 1, 2 against 3, 4, 5: two of the ten ways are as far apart */
  ck_assert_double_eq_tol (one_adjusted (e, two, 5, rx_exchanged_t, false),
                           0.2, EXACT);
}
END_TEST

/* All differences the same: t is infinite both ways, p = 2 / 2^n. */
START_TEST (nothing_varies_but_the_sign)
{
  const double d[] = { 0.3, 0.3, 0.3, 0.3 };
  const signed char up[] = { 1, 1, 1, 1 };
  ck_assert (isinf (rx_flipped_t (d, up, 4)));
  ck_assert_double_eq_tol (one_adjusted (d, up, 4, rx_flipped_t, true), 0.125,
                           EXACT);
}
END_TEST

/* The same test twice is one test: the adjustment costs nothing. */
START_TEST (equal_tests_are_not_punished)
{
  const double d[] = { 1, -2, 3, 4, 5, 6, 1, -2, 3, 4, 5, 6 };
  const signed char up[] = { 1, 1, 1, 1, 1, 1 };
  const bool taken[] = { true, true };
  double alone = one_adjusted (d, up, 6, rx_flipped_t, true);
  struct rx_max_t family = { .n = 6,
                             .k = 2,
                             .value = d,
                             .sign = up,
                             .statistic = rx_flipped_t,
                             .flips = true };
  struct rx_max_t_result result;
  struct rx_error err = { 0 };
  double adjusted[2];
  ck_assert_int_eq (rx_max_t (&family, taken, 1, 1, adjusted, &result, &err),
                    RX_OK);
  ck_assert_double_eq_tol (adjusted[0], alone, EXACT);
  ck_assert_double_eq_tol (adjusted[1], alone, EXACT);
}
END_TEST

/* --- normality and spread --- */

START_TEST (three_values_have_an_exact_w)
{
  const double even[] = { 1, 2, 3 }, far[] = { 0, 0, 1 };
  struct rx_shapiro_wilk test = rx_shapiro_wilk (even, 3);
  ck_assert_double_eq_tol (test.w, 1, EXACT);
  ck_assert_double_eq_tol (test.p, 1, 1e-7); /* asin is steep at 1 */
  test = rx_shapiro_wilk (far, 3);
  ck_assert_double_eq_tol (test.w, 0.75, EXACT);
  ck_assert_double_eq_tol (test.p, 0, 1e-12);
}
END_TEST

/* The values of scripts/oracle/shapiro_wilk.R. */
static double
value_of (size_t i, int kind)
{
  double x = (double)(7919 * i % 1009);
  return kind == 1 ? x : kind == 2 ? x * x : gsl_pow_3 (x - 504);
}

static int
by_size (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

START_TEST (w_is_that_of_r)
{
  struct rx_table table;
  oracle_read (&table, "shapiro_wilk.tsv");
  for (size_t row = 0; row < table.n_rows; row++)
    {
      size_t n = (size_t)oracle_number (&table, row, "n");
      int kind = (int)oracle_number (&table, row, "kind");
      double p = oracle_number (&table, row, "p");
      double *x = calloc (n, sizeof *x);
      ck_assert_ptr_nonnull (x);
      for (size_t i = 0; i < n; i++)
        x[i] = value_of (i + 1, kind);
      qsort (x, n, sizeof *x, by_size);
      struct rx_shapiro_wilk test = rx_shapiro_wilk (x, n);
      ck_assert_msg (agrees (test.w, oracle_number (&table, row, "w"), 1e-12),
                     "n = %zu, kind %d: W = %.17g", n, kind, test.w);
      /* far out a p multiplies the rounding of its logarithm */
      ck_assert_msg (agrees (test.p, p, 1e-9), "n = %zu, kind %d: p = %.17g",
                     n, kind, test.p);
      free (x);
    }
  rx_table_free (&table);
}
END_TEST

START_TEST (w_needs_values_that_differ)
{
  const double same[] = { 1, 1, 1, 1 };
  ck_assert (isnan (rx_shapiro_wilk (same, 4).p));
  ck_assert (isnan (rx_shapiro_wilk (same, 2).p));
}
END_TEST

START_TEST (bartlett_by_hand)
{
  struct rx_moments a = { 11, 0, 1 }, b = { 11, 0, 4 };
  struct rx_spread_test test = rx_bartlett (a, b);
  ck_assert_double_eq_tol (test.ratio, 0.25, EXACT);
  ck_assert_double_eq_tol (test.statistic,
                           (20 * log (2.5) - 10 * log (4)) / 1.05, EXACT);
}
END_TEST

/* x = 1, 2, 3 and y = 0, 0, 0: x - y and x + y are the same. */
START_TEST (a_constant_has_no_spread_to_compare)
{
  const double centred[] = { -1, 0, 1, 2, -2 };
  ck_assert (isnan (rx_pitman_morgan (centred, centred, 5, 0).p));
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("answers");
  TCase *tcase = tcase_create ("by hand");
  tcase_add_test (tcase, two_imputations_pooled_by_hand);
  tcase_add_test (tcase, equal_imputations_have_the_observed_df);
  tcase_add_test (tcase, what_is_there_stays);
  tcase_add_test (tcase, units_do_not_matter);
  tcase_add_loop_test (tcase, nothing_is_drawn_without_a_model, 0, 3);
  tcase_add_test (tcase, one_test_is_its_permutation_test);
  tcase_add_test (tcase, nothing_varies_but_the_sign);
  tcase_add_test (tcase, equal_tests_are_not_punished);
  tcase_add_test (tcase, three_values_have_an_exact_w);
  tcase_add_test (tcase, w_is_that_of_r);
  tcase_add_test (tcase, w_needs_values_that_differ);
  tcase_add_test (tcase, bartlett_by_hand);
  tcase_add_test (tcase, a_constant_has_no_spread_to_compare);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
