/* check_arma.c: what may not change a process, and where there is none. */
#include "stats/arma.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

enum
{
  N = 24,
  K = 2
};

static double x[N * K], y[N], points[N];

/* Two columns, and errors of which each is half the one before and something
   new. */
static void
make_series (void)
{
  static const double new_ones[] = { 3, -1, 4, 1, -5, 9, -2, 6, -5, 3, 5, -8 };
  double e = 0;
  for (size_t i = 0; i < N; i++)
    {
      e = 0.5 * e + new_ones[i % 12] - (i >= 12 ? 0.7 : 0);
      x[i * K] = 1;
      x[i * K + 1] = (double)i;
      points[i] = (double)i + 1;
      y[i] = 20 + 0.3 * (double)i + e;
    }
}

static struct rx_arma_fit
fitted (size_t p, size_t q)
{
  const struct rx_arma_data data
      = { .x = x, .y = y, .time = points, .n = N, .k = K };
  struct rx_arma_fit fit = { 0 };
  struct rx_error err = { 0 };
  ck_assert_msg (rx_arma_fit (&data, p, q, &fit, &err) == RX_OK, "%s",
                 err.message);
  return fit;
}

START_TEST (no_process_is_least_squares)
{
  struct rx_ols ols = { 0 };
  struct rx_error err = { 0 };
  make_series ();
  ck_assert_int_eq (rx_ols_fit (x, y, N, K, &ols, &err), RX_OK);
  struct rx_arma_fit fit = fitted (0, 0);
  ck_assert_ptr_null (fit.why);
  for (size_t c = 0; c < K; c++)
    ck_assert_double_eq_tol (fit.whole.coefficient[c], ols.coefficient[c],
                             1e-12);
  ck_assert_double_eq_tol (fit.sigma, sqrt (ols.rss / (N - K)), 1e-12);
  rx_arma_fit_free (&fit);
  rx_ols_free (&ols);
}
END_TEST

/* Orders of the process: ar, ma. */
static const size_t orders[][2]
    = { { 1, 0 }, { 2, 0 }, { 0, 1 }, { 1, 1 }, { 3, 2 } };

START_TEST (units_and_lines_do_not_matter)
{
  size_t p = orders[_i][0], q = orders[_i][1];
  make_series ();
  struct rx_arma_fit one = fitted (p, q);
  for (size_t i = 0; i < N; i++)
    y[i] = 10 * y[i] + 7 - 2 * (double)i;
  struct rx_arma_fit ten = fitted (p, q);
  ck_assert_ptr_null (one.why);
  ck_assert_ptr_null (ten.why);
  for (size_t i = 0; i < p; i++)
    ck_assert_double_eq_tol (ten.ar[i], one.ar[i], 1e-5);
  for (size_t i = 0; i < q; i++)
    ck_assert_double_eq_tol (ten.ma[i], one.ma[i], 1e-5);
  ck_assert_double_eq_tol (ten.sigma, 10 * one.sigma, 1e-5);
  ck_assert_double_eq_tol (ten.whole.coefficient[1],
                           10 * one.whole.coefficient[1] - 2, 1e-5);
  rx_arma_fit_free (&one);
  rx_arma_fit_free (&ten);
}
END_TEST

/* More orders never fit worse. */
START_TEST (a_larger_process_is_no_less_likely)
{
  make_series ();
  struct rx_arma_fit small = fitted (1, 0), large = fitted (2, 0),
                     largest = fitted (2, 1);
  ck_assert (large.minus2_reml <= small.minus2_reml + 1e-9);
  ck_assert (largest.minus2_reml <= large.minus2_reml + 1e-9);
  rx_arma_fit_free (&small);
  rx_arma_fit_free (&large);
  rx_arma_fit_free (&largest);
}
END_TEST

/* The second half as a series of its own: its first point has none before. */
START_TEST (a_time_that_does_not_rise_starts_a_series)
{
  make_series ();
  struct rx_arma_fit together = fitted (1, 0);
  for (size_t i = N / 2; i < N; i++)
    points[i] -= N / 2;
  struct rx_arma_fit two = fitted (1, 0);
  for (size_t i = N / 2; i < N; i++)
    points[i] += 1000 + N / 2; /* so far that nothing is left */
  struct rx_arma_fit far = fitted (1, 0);
  ck_assert (fabs (two.ar[0] - together.ar[0]) > 1e-6);
  ck_assert_double_eq_tol (two.ar[0], far.ar[0], 1e-9);
  ck_assert_double_eq_tol (two.minus2_reml, far.minus2_reml, 1e-9);
  rx_arma_fit_free (&together);
  rx_arma_fit_free (&two);
  rx_arma_fit_free (&far);
}
END_TEST

START_TEST (without_errors_there_is_no_process)
{
  make_series ();
  for (size_t i = 0; i < N; i++)
    y[i] = 2 + (double)i;
  struct rx_arma_fit fit = fitted (1, 0);
  ck_assert_str_eq (fit.why, "zero-variance");
  rx_arma_fit_free (&fit);
}
END_TEST

/* A broken line that ever rises, and a model that knows only its mean. */
START_TEST (what_is_not_stationary_is_said)
{
  make_series ();
  for (size_t i = 0; i < N; i++)
    {
      x[i * K + 1] = 0;
      y[i] = (double)(i * i);
    }
  struct rx_arma_fit fit = fitted (1, 0);
  ck_assert_str_eq (fit.why, "unit-root");
  rx_arma_fit_free (&fit);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("arma");
  TCase *tcase = tcase_create ("errors that follow a process");
  tcase_add_test (tcase, no_process_is_least_squares);
  tcase_add_loop_test (tcase, units_and_lines_do_not_matter, 0,
                       sizeof orders / sizeof orders[0]);
  tcase_add_test (tcase, a_larger_process_is_no_less_likely);
  tcase_add_test (tcase, a_time_that_does_not_rise_starts_a_series);
  tcase_add_test (tcase, without_errors_there_is_no_process);
  tcase_add_test (tcase, what_is_not_stationary_is_said);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
