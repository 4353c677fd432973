/* check_exposure.c: what dispensings say, against values worked out by hand.
 */

#include "stats/adherence.h"
#include "stats/episodes.h"
#include "stats/kaplan_meier.h"
#include "stats/waiting_time.h"

#include "designs/packages.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>

static const double EXACT = 1e-13; /* closed forms: a few roundings */

static bool
agrees (double got, double expected, double tolerance)
{
  double scale = expected == 0 ? 1 : fabs (expected);
  return fabs (got - expected) <= tolerance * scale;
}

static const struct rx_supply_rule any = { .most = INFINITY };

START_TEST (supply_by_hand)
{
  /* 10 days left of the first, twice the dose: 5 days */
  const struct rx_supply s[]
      = { { 0, 30, 1, 0 }, { 20, 30, 2, 0 }, { 100, 10, 1, 1 } };
  struct rx_supply_rule rule = any;
  struct rx_supply_use use[3];
  rx_supply_use (s, 3, 104, rule, use);
  ck_assert (agrees (use[1].carried, 10, EXACT));
  ck_assert (agrees (use[1].used, 40, EXACT));
  ck_assert (agrees (use[2].used, 4, EXACT));
  ck_assert (agrees (rx_supply_covered (s, use, 3, 10, 102), 52, EXACT));
  rule.dose_change = true;
  rx_supply_use (s, 3, 104, rule, use);
  ck_assert (agrees (use[1].carried, 5, EXACT));
  rule.most = 3;
  ck_assert (agrees (rx_supply_carry (&s[0], &s[1], 10, rule), 3, EXACT));
  rule.same_drug = true;
  ck_assert (rx_supply_carry (&s[1], &s[2], 10, rule) == 0);
}
END_TEST

/* 30 days of supply on days 0, 20 and 100, observed for a year: 60 days until
   the last dispensing, 90 in all. */
START_TEST (adherence_by_hand)
{
  const struct rx_supply s[]
      = { { 0, 30, 1, 0 }, { 20, 30, 1, 0 }, { 100, 30, 1, 0 } };
  const struct rx_cma_windows year = { 0, 730, 0, 365 };
  static const struct
  {
    int which;
    double value;
  } cases[] = { { 1, 0.6 },
                { 2, 90. / 365 },
                { 3, 0.6 },
                { 4, 90. / 365 },
                { 7, 90. / 365 } };
  struct rx_supply_use use[3];
  const char *why;
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    ck_assert (agrees (rx_cma (cases[i].which, s, 3, &year, any, use, &why),
                       cases[i].value, EXACT));
}
END_TEST

START_TEST (adherence_undefined)
{
  const struct rx_supply s[]
      = { { 0, 30, 1, 0 }, { 100, 500, 1, 0 }, { 100, 5, 1, 0 } };
  const struct rx_cma_windows w = { 10, 700, 120, 300 },
                              day = { 10, 700, 50, 300 },
                              early = { 10, 90, 20, 60 };
  struct rx_supply_use use[3];
  const char *why;
  ck_assert (isnan (rx_cma (2, s, 3, &w, any, use, &why)));
  ck_assert_str_eq (why, "no-dispensing");
  ck_assert (isnan (rx_cma (1, s, 2, &day, any, use, &why)));
  ck_assert_str_eq (why, "one-dispensing");
  ck_assert (isnan (rx_cma (5, s, 3, &day, any, use, &why)));
  ck_assert_str_eq (why, "one-day");
  ck_assert (isnan (rx_cma (8, s, 3, &w, any, use, &why)));
  ck_assert_str_eq (why, "window-all-carried");
  ck_assert (isnan (rx_cma (7, s, 3, &early, any, use, &why)));
  ck_assert_str_eq (why, "no-dispensing");
  ck_assert (rx_cma (7, s, 3, &w, any, use, &why) == 1 && why == NULL);
  ck_assert (isnan (rx_cma (9, s, 0, &w, any, use, &why)));
}
END_TEST

START_TEST (episodes_by_hand)
{
  const struct rx_supply s[]
      = { { 0, 30, 1, 0 }, { 40, 30, 1, 0 }, { 150, 30, 1, 0 } };
  struct rx_episode_rule rule = { .supply = any, .gap = 30 };
  struct rx_episode e[3];
  ck_assert_uint_eq (rx_episodes (s, 3, 200, &rule, e), 2);
  ck_assert (e[0].start == 0 && e[0].end == 70 && e[0].stopped);
  ck_assert (e[1].start == 150 && e[1].end == 180 && !e[1].stopped);
  /* the last is seen to end when the data reach more than a gap further */
  rx_episodes (s, 3, 211, &rule, e);
  ck_assert (e[1].stopped);
  rule.gap = 0;
  rule.gap_percent = 10;
  ck_assert_uint_eq (rx_episodes (s, 3, 200, &rule, e), 3);
  ck_assert_uint_eq (rx_episodes (s, 0, 200, &rule, e), 0);
}
END_TEST

START_TEST (kaplan_meier_by_hand)
{
  const double time[] = { 3, 1, 2 };
  const bool event[] = { true, true, false };
  struct rx_km_step step[3];
  struct rx_error err = { RX_OK, "" };
  size_t n;
  ck_assert_int_eq (
      rx_kaplan_meier (time, event, 3, 0.95, RX_KM_PLAIN, step, &n, &err),
      RX_OK);
  ck_assert_uint_eq (n, 2);
  ck_assert (step[0].time == 1 && step[0].at_risk == 3);
  ck_assert (agrees (step[0].survival, 2.0 / 3, EXACT));
  ck_assert (agrees (step[0].se, sqrt (2.0 / 27), EXACT));
  ck_assert (step[1].at_risk == 1 && step[1].survival == 0);
  ck_assert (isnan (step[1].se));
  ck_assert (rx_km_quantile (step, n, 0.5).time == 3);
  /* half are left from day 1 to day 3: the middle */
  const bool both[] = { true, true };
  ck_assert_int_eq (
      rx_kaplan_meier (time, both, 2, 0.95, RX_KM_LOG_LOG, step, &n, &err),
      RX_OK);
  ck_assert (rx_km_quantile (step, n, 0.5).time == 2);
}
END_TEST

/* Where the upper limit is above a half until nobody is left, the median has
   no upper limit: survfit (Surv (1:5, rep (1, 5)) ~ 1) of R's survival prints
   3, 1 and NA with either interval. */
START_TEST (median_without_upper_limit)
{
  const double time[] = { 1, 2, 3, 4, 5 };
  const bool event[] = { true, true, true, true, true };
  struct rx_km_step step[5];
  struct rx_error err = { RX_OK, "" };
  size_t n;
  for (int scale = RX_KM_LOG_LOG; scale <= RX_KM_PLAIN; scale++)
    {
      ck_assert_int_eq (rx_kaplan_meier (time, event, 5, 0.95,
                                         (enum rx_km_scale)scale, step, &n,
                                         &err),
                        RX_OK);
      struct rx_km_quantile q = rx_km_quantile (step, n, 0.5);
      ck_assert (q.time == 3 && q.low == 1 && isnan (q.high));
    }
}
END_TEST

/* A wide window, all times short: hardly anyone can be new, and what is left
   of the exponential fit is that the rate is the inverse of the mean. */
START_TEST (waiting_time_by_hand)
{
  enum
  {
    N = 2000
  };
  double t[N];
  for (size_t i = 0; i < N; i++)
    t[i] = -40 * log ((double)(2 * i + 1) / (2 * N));
  struct rx_waiting_fit fit
      = rx_waiting_time (&rx_waiting_exponential, t, N, 1e9);
  ck_assert (!fit.converged || fit.theta[0] > 10);
  /* half of them uniform: both parts are found */
  for (size_t i = 0; i < N / 2; i++)
    t[2 * i] = 3000 * ((double)i + 0.5) / (N / 2);
  fit = rx_waiting_time (&rx_waiting_exponential, t, N, 3000);
  ck_assert (fit.converged);
  ck_assert (fabs (1 / (1 + exp (-fit.theta[0])) - 0.5) < 0.02);
  ck_assert (fabs (exp (-fit.theta[1]) - 40) < 4);
  double se,
      q = rx_waiting_log_quantile (&rx_waiting_exponential, &fit, 0.8, &se);
  ck_assert (agrees (q, log (-log (0.2)) - fit.theta[1], EXACT));
  ck_assert (agrees (se, sqrt (fit.covariance[1][1]), EXACT));
  /* nobody waits long: no maximum, and it is said */
  for (size_t i = 0; i < 5; i++)
    t[i] = 0.5;
  fit = rx_waiting_time (&rx_waiting_lognormal, t, 5, 365);
  ck_assert (!fit.converged);
}
END_TEST

START_TEST (dose_units)
{
  ck_assert (rx_dose_unit_find ("MG") == rx_dose_unit_find ("mg"));
  ck_assert (rx_dose_unit_find ("tablet") == NULL);
  ck_assert (agrees (rx_dose_unit_find ("MU")->factor
                         / rx_dose_unit_find ("iu")->factor,
                     1e6, EXACT));
  ck_assert (agrees (rx_dose_unit_find ("mcg")->factor * 1e6,
                     rx_dose_unit_find ("g")->factor, EXACT));
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("exposure");
  TCase *tests = tcase_create ("all");
  gsl_set_error_handler_off ();
  tcase_add_test (tests, supply_by_hand);
  tcase_add_test (tests, adherence_by_hand);
  tcase_add_test (tests, adherence_undefined);
  tcase_add_test (tests, episodes_by_hand);
  tcase_add_test (tests, kaplan_meier_by_hand);
  tcase_add_test (tests, median_without_upper_limit);
  tcase_add_test (tests, waiting_time_by_hand);
  tcase_add_test (tests, dose_units);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
