/* check_in_time.c: the statistics behind series, sequence symmetry and case
   series against values worked out by hand. */
#include "stats/binomial_odds.h"
#include "stats/strata_poisson.h"
#include "stats/newey_west.h"
#include "stats/ols.h"
#include "stats/poisson_glm.h"
#include "stats/quadratic_form.h"
#include "stats/sequence_symmetry.h"
#include "stats/serial_correlation.h"
#include "stats/student.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>

static const double EXACT = 1e-13; /* closed forms: a few roundings */

static bool
agrees (double got, double expected, double tolerance)
{
  double scale = expected == 0 ? 1 : fabs (expected);
  return fabs (got - expected) <= tolerance * scale;
}

START_TEST (ols_by_hand)
{
  /* 1, 2, 4 on t = 1, 2, 3; the third column repeats the second */
  const double x[] = { 1, 1, 2, 1, 2, 4, 1, 3, 6 }, y[] = { 1, 2, 4 };
  double covariance[9];
  struct rx_error err = { RX_OK, "" };
  struct rx_ols fit;
  ck_assert_int_eq (rx_ols_fit (x, y, 3, 3, &fit, &err), RX_OK);
  ck_assert_uint_eq (fit.rank, 2);
  ck_assert (fit.kept[0] && fit.kept[1] && !fit.kept[2]);
  ck_assert (agrees (fit.coefficient[0], -2.0 / 3, EXACT));
  ck_assert (agrees (fit.coefficient[1], 1.5, EXACT));
  ck_assert (isnan (fit.coefficient[2]));
  ck_assert (agrees (fit.rss, 1.0 / 6, EXACT));
  ck_assert (agrees (fit.leverage[1], 1.0 / 3, EXACT));
  rx_ols_covariance (&fit, covariance);
  ck_assert (agrees (covariance[4], 1.0 / 12, EXACT));
  ck_assert (covariance[8] == 0);
  rx_ols_free (&fit);
}
END_TEST

START_TEST (ljung_box_by_hand)
{
  const double e[] = { 1, -1, 1, -1 };
  double r[2];
  ck_assert (agrees (rx_ljung_box (e, 4, 1, r), 4.5, EXACT));
  ck_assert (agrees (r[0], -0.75, EXACT));
  /* r_2 = 2/4 adds 4 * 6 * (1/4) / 2 */
  ck_assert (agrees (rx_ljung_box (e, 4, 2, r), 4.5 + 3, EXACT));
  ck_assert (agrees (r[1], 0.5, EXACT));
}
END_TEST

START_TEST (newey_west_by_hand)
{
  const double x[] = { 1, 1, 1, 1 }, y[] = { 1, 2, 4, 5 };
  double covariance;
  struct rx_error err = { RX_OK, "" };
  struct rx_ols fit;
  ck_assert_int_eq (rx_ols_fit (x, y, 4, 1, &fit, &err), RX_OK);
  ck_assert_int_eq (rx_newey_west (&fit, x, 4, 1, &covariance, &err), RX_OK);
  ck_assert (agrees (covariance, 13.0 / 16 * 4 / 3, EXACT));
  /* two series of two: the product over their border, -1, is none */
  ck_assert_int_eq (rx_newey_west (&fit, x, 2, 1, &covariance, &err), RX_OK);
  ck_assert (agrees (covariance, 14.0 / 16 * 4 / 3, EXACT));
  rx_ols_free (&fit);
  ck_assert_uint_eq (rx_newey_west_lag (100), 4);
}
END_TEST

START_TEST (quadratic_forms)
{
  const double even[] = { 1, -1 }, uneven[] = { 5, -1 };
  const double pairs[] = { 2, 2, -3, -3 }, three[] = { 1, -1, -1 };
  const double above[] = { 2, 1 }, below[] = { -1, -2 };
  ck_assert (agrees (rx_quadratic_form_below (even, 2), 0.5, EXACT));
  ck_assert (agrees (rx_quadratic_form_below (uneven, 2),
                     M_2_PI * atan (1 / sqrt (5)), EXACT));
  /* exponentials with means 2 and 3: P (a < b) = 3 / 5 */
  ck_assert (agrees (rx_quadratic_form_below (pairs, 4), 0.6, EXACT));
  /* z1^2 < z2^2 + z3^2: 1 / sqrt 2 */
  ck_assert (agrees (rx_quadratic_form_below (three, 3), M_SQRT1_2, EXACT));
  ck_assert (rx_quadratic_form_below (above, 2) == 0);
  ck_assert (rx_quadratic_form_below (below, 2) == 1);
}
END_TEST

/* Of a hundred weights 1 and a hundred -c: F with 100 and 100 degrees of
   freedom is below c.  Expected: pf of R 4.2.2. */
START_TEST (large_quadratic_forms)
{
  const double c[] = { 1.5, 0.2, 2 };
  const double p[]
      = { 0.97806955786991479, 1.0165268915392884e-14, 0.99969086313739297 };
  double weight[200];
  for (size_t i = 0; i < 3; i++)
    {
      for (size_t j = 0; j < 200; j++)
        weight[j] = j < 100 ? 1 : -c[i];
      ck_assert (agrees (rx_quadratic_form_below (weight, 200), p[i], 1e-12));
      for (size_t j = 0; j < 200; j++)
        weight[j] = -weight[j];
      ck_assert (fabs (rx_quadratic_form_below (weight, 200) + p[i] - 1)
                 < 1e-14);
    }
  /* 7 and 4 degrees of freedom: pf (3 * 4 / 7, 7, 4) */
  const double few[] = { 1, 1, 1, 1, 1, 1, 1, -3, -3, -3, -3 };
  ck_assert (
      agrees (rx_quadratic_form_below (few, 11), 0.68503962604042512, 1e-12));
}
END_TEST

START_TEST (poisson_by_hand)
{
  const double x[] = { 1, 1 }, y[] = { 2, 4 }, offset[] = { 0, 0 };
  struct rx_error err = { RX_OK, "" };
  struct rx_poisson_glm fit;
  ck_assert_int_eq (rx_poisson_glm_fit (x, y, offset, 2, 1, &fit, &err),
                    RX_OK);
  ck_assert (fit.converged);
  ck_assert (agrees (fit.last.coefficient[0], log (3), EXACT));
  ck_assert (agrees (fit.last.bread[0], 1.0 / 6, EXACT));
  ck_assert (agrees (fit.pearson, 2.0 / 3, EXACT));
  rx_poisson_glm_free (&fit);
}
END_TEST

START_TEST (conditional_poisson_by_hand)
{
  const size_t stratum[] = { 7, 7 };
  const double x[] = { 1, 0 }, one_each[] = { 1, 1 }, one_way[] = { 1, 0 };
  const double log_time[] = { log (10), log (30) };
  struct rx_strata data = { 2, 1, stratum, one_each, log_time, x };
  struct rx_error err = { RX_OK, "" };
  struct rx_strata_poisson fit;
  ck_assert_int_eq (rx_strata_poisson_fit (&data, &fit, &err), RX_OK);
  ck_assert (fit.converged);
  ck_assert (agrees (fit.coefficient[0], log (3), EXACT));
  ck_assert (agrees (fit.covariance[0], 2, EXACT));
  rx_strata_poisson_free (&fit);
  /* all events in risk: the ratio is infinite */
  data.events = one_way;
  ck_assert_int_eq (rx_strata_poisson_fit (&data, &fit, &err), RX_OK);
  ck_assert (!fit.converged);
  rx_strata_poisson_free (&fit);
}
END_TEST

START_TEST (sequences_by_hand)
{
  const int64_t index[] = { 50, 70, 90 }, marker[] = { 40, 55, 89 };
  ck_assert (
      agrees (rx_sequence_null (index, 3, marker, 3, 30), 2.0 / 6, EXACT));
  ck_assert (isnan (rx_sequence_null (index, 3, marker, 0, 30)));
  ck_assert (isnan (rx_sequence_null (index, 1, marker, 3, 4)));
}
END_TEST

START_TEST (binomial_odds_by_hand)
{
  double low, high, p = 1 - cbrt (0.025);
  rx_binomial_odds (0, 3, 0.95, &low, &high);
  ck_assert (low == 0 && agrees (high, p / (1 - p), EXACT));
  rx_binomial_odds (3, 0, 0.95, &low, &high);
  ck_assert (agrees (low, (1 - p) / p, EXACT) && isinf (high));
  rx_binomial_odds (0, 0, 0.95, &low, &high);
  ck_assert (isnan (low) && isnan (high));
  ck_assert (agrees (rx_binomial_upper (2, 3, 1), 0.5, EXACT));
  /* a million trials: an end, and symmetry */
  rx_binomial_odds (500000, 500000, 0.95, &low, &high);
  ck_assert (low < 1 && agrees (high, 1 / low, EXACT));
}
END_TEST

START_TEST (t_far_out)
{
  /* R 4.2.2: 2 * pt (-t, df) */
  static const struct
  {
    double t, df, p;
  } rows[] = {
    { 17, 31, 2.8824645059365198e-17 },  { 25, 68, 5.3237316397553144e-36 },
    { 10, 40, 1.9313117004115558e-12 },  { 2, 55, 0.050448221962228784 },
    { 0.5, 55, 0.6190697393425838 },     { -3, 100, 0.0034079153433294504 },
    { 6, 1000, 2.7553691733774752e-09 }, { 3, 20000, 0.0027031210381204913 }
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    ck_assert_msg (
        agrees (rx_student_p (rows[i].t, rows[i].df), rows[i].p, 1e-12),
        "t = %g, df = %g: got %.17g, expected %.17g", rows[i].t, rows[i].df,
        rx_student_p (rows[i].t, rows[i].df), rows[i].p);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("in_time");
  TCase *tests = tcase_create ("in_time");
  tcase_add_test (tests, ols_by_hand);
  tcase_add_test (tests, ljung_box_by_hand);
  tcase_add_test (tests, newey_west_by_hand);
  tcase_add_test (tests, quadratic_forms);
  tcase_add_test (tests, large_quadratic_forms);
  tcase_add_test (tests, poisson_by_hand);
  tcase_add_test (tests, conditional_poisson_by_hand);
  tcase_add_test (tests, sequences_by_hand);
  tcase_add_test (tests, binomial_odds_by_hand);
  tcase_add_test (tests, t_far_out);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
