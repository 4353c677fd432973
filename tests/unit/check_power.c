/* check_power.c: the non-central t, Owen's Q, and power against tables. */
#include "methods/power_method.h"
#include "oracle_table.h"
#include "stats/log_concave.h"
#include "stats/noncentral_t.h"
#include "stats/owens_q.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_log.h>
#include <string.h>

static const double EXACT = 1e-13; /* closed forms: quadrature and rounding */
static const double QUADRATURE = 1e-8; /* in two dimensions */

START_TEST (noncentral_t)
{
  struct rx_table table;
  oracle_read (&table, "noncentral_t.tsv");
  ck_assert_uint_gt (table.n_rows, 1000);
  for (size_t i = 0; i < table.n_rows; i++)
    {
      double t = oracle_number (&table, i, "t"),
             df = oracle_number (&table, i, "df"),
             ncp = oracle_number (&table, i, "ncp"),
             expected = oracle_number (&table, i, "value");
      bool lower = strcmp (oracle_text (&table, i, "tail"), "lower") == 0;
      double got = lower ? rx_noncentral_t_P (t, df, ncp)
                         : rx_noncentral_t_Q (t, df, ncp);
      ck_assert_msg (
          agrees (got, expected, oracle_number (&table, i, "tolerance")),
          "t %g, df %g, ncp %g, %s: got %.17g, expected %.17g", t, df, ncp,
          oracle_text (&table, i, "tail"), got, expected);
    }
  rx_table_free (&table);
}
END_TEST

START_TEST (owens_q)
{
  struct rx_table table;
  oracle_read (&table, "owens_q.tsv");
  ck_assert_uint_gt (table.n_rows, 200);
  for (size_t i = 0; i < table.n_rows; i++)
    {
      double df = oracle_number (&table, i, "df"),
             t = oracle_number (&table, i, "t"),
             delta = oracle_number (&table, i, "delta"),
             r = strcmp (oracle_text (&table, i, "r"), "Inf") == 0
                     ? INFINITY
                     : oracle_number (&table, i, "r"),
             expected = oracle_number (&table, i, "value"),
             got = rx_owens_q (df, t, delta, r);
      ck_assert_msg (
          agrees (got, expected, oracle_number (&table, i, "tolerance")),
          "df %g, t %g, delta %g, r %g: got %.17g, expected %.17g", df, t,
          delta, r, got, expected);
    }
  rx_table_free (&table);
}
END_TEST

/* -x^2 / 2, and the density of an exponential variable far from its start. */
static double
bell (double x, const void *arg)
{
  (void)arg;
  return -x * x / 2;
}

static double
decay (double x, const void *arg)
{
  const double *rate = arg;
  return -*rate * x;
}

START_TEST (log_concave_integrals)
{
  struct rx_log_concave f = { .log_f = bell,
                              .least = -INFINITY,
                              .most = INFINITY,
                              .start = 30,
                              .step = 1e-3 };
  ck_assert (agrees (rx_log_concave_integral (&f), sqrt (2 * M_PI), EXACT));
  f.least = 5, f.start = 8; /* a tail */
  ck_assert (agrees (rx_log_concave_integral (&f),
                     sqrt (2 * M_PI) * gsl_cdf_ugaussian_Q (5), 1e-12));
  double rate = 1e8;
  struct rx_log_concave g = {
    .log_f = decay, .arg = &rate, .most = INFINITY, .start = 1, .step = 1
  };
  ck_assert (agrees (rx_log_concave_integral (&g), 1e-8, EXACT));
  rate = 1e-8;
  ck_assert (agrees (rx_log_concave_integral (&g), 1e8, EXACT));
}
END_TEST

/* Central t (not far out, where GSL loses digits for df of 30 to 1000), T <=
   0, chi alone, and what is no distribution. */
START_TEST (closed_forms)
{
  for (double df = 1; df < 1e6; df *= 3.7)
    for (double t = -6; t <= 6; t += 0.7)
      {
        ck_assert (agrees (rx_noncentral_t_P (t, df, 0),
                           gsl_cdf_tdist_P (t, df), 1e-11));
        ck_assert (rx_noncentral_t_P (t, df, 1)
                   == rx_noncentral_t_Q (-t, df, -1));
        ck_assert (rx_noncentral_t_P (0, df, t) == gsl_cdf_ugaussian_P (-t));
      }
  ck_assert (agrees (rx_owens_q (2, 0, 0, 1), (1 - exp (-0.5)) / 2, EXACT));
  ck_assert (rx_owens_q (2, 0, 0, 0) == 0);
  ck_assert (rx_noncentral_t_P (INFINITY, 3, 1) == 1);
  ck_assert (isnan (rx_noncentral_t_P (1, 0.5, 1)));
  ck_assert (isnan (rx_noncentral_t_P (NAN, 5, 1)));
  ck_assert (isnan (rx_noncentral_t_P (1, 5, NAN)));
  ck_assert (isnan (rx_owens_q (NAN, 1, 1, 1)));
  ck_assert (rx_noncentral_t_P (-2, 5, 1e300) == 0);
  ck_assert (rx_noncentral_t_Q (-2, 5, 1e300) == 1);
  ck_assert (rx_noncentral_t_P (2, 5, INFINITY) == 0);
  ck_assert (rx_noncentral_t_Q (2, 5, INFINITY) == 1);
}
END_TEST

/* The power of TOST is Phillips' difference of two Q. */
START_TEST (tost_by_two_q)
{
  struct rx_power_question q = { log (0.95), log (0.8), log (1.25), 0.05 };
  for (double df = 1; df < 2000; df = df * 2 + 1)
    for (double se = 0.01; se < 0.3; se *= 1.7)
      {
        double t = gsl_cdf_tdist_Qinv (0.05, df);
        double d1 = (q.effect - q.low) / se, d2 = (q.effect - q.high) / se;
        double r = (d1 - d2) * sqrt (df) / (2 * t);
        double two = rx_owens_q (df, -t, d2, r) - rx_owens_q (df, t, d1, r);
        ck_assert (fabs (rx_power_tost (&q, se, df) - two) < 1e-12);
      }
}
END_TEST

/* A true difference on a limit is shown with probability alpha, below it for
   a test of both sides; none at all by the t test. */
START_TEST (power_at_the_null)
{
  struct rx_power_question q = { log (1.25), log (0.8), log (1.25), 0.05 };
  ck_assert (agrees (rx_power_tost (&q, 0.01, 20), 0.05, 1e-11));
  ck_assert (rx_power_tost (&q, 0.1, 20) < 0.05);
  ck_assert (agrees (rx_power_below (&q, 0.1, 20), 0.05, 1e-11));
  q.effect = q.low;
  ck_assert (agrees (rx_power_above (&q, 0.1, 20), 0.05, 1e-11));
  q.effect = 0;
  ck_assert (agrees (rx_power_t (&q, 0.1, 20), 0.05, 1e-11));
  q.alpha = 0.6; /* no triangle any more: all the probability but the sides */
  ck_assert (rx_power_tost (&q, 0.01, 20) > 0.999);
  ck_assert (isnan (rx_power_t (&q, 0.1, 0)));
  ck_assert (isnan (rx_power_tost (&q, 0.1, 0)));
  ck_assert (isnan (rx_power_tost_shifted (&q, 0.1, 0)));
}
END_TEST

/* Mirrored differences have the same power. */
START_TEST (symmetry)
{
  for (double x = -0.3; x < 0.3; x += 0.07)
    {
      struct rx_power_question a = { x, -0.2, 0.3, 0.05 },
                               b = { -x, -0.3, 0.2, 0.05 };
      ck_assert (
          agrees (rx_power_t (&a, 0.1, 17), rx_power_t (&b, 0.1, 17), EXACT));
      ck_assert (agrees (rx_power_tost (&a, 0.1, 17),
                         rx_power_tost (&b, 0.1, 17), 1e-12));
      ck_assert (agrees (rx_power_above (&a, 0.1, 17),
                         rx_power_below (&b, 0.1, 17), EXACT));
    }
}
END_TEST

/* R 4.2.2: power.t.test (type = "paired"), n = 60 strict, and the fractional
   n that has a power, which counts the upper tail only. */
START_TEST (paired_t_of_r)
{
  struct rx_power_question q = { 3.3, 0, INFINITY, 0.05 };
  double se = 12.16 / sqrt (60);
  ck_assert (agrees (rx_power_t (&q, se, 59), 0.542975784413042, 1e-12));
  q.alpha = 0.025;
  ck_assert (agrees (rx_power_above (&q, se, 59), 0.542947726365648, 1e-12));
  struct rx_power_question r = { 0.5, 0, INFINITY, 0.025 };
  ck_assert (agrees (
      rx_power_above (&r, 1 / sqrt (33.3672039788038), 32.3672039788038), 0.8,
      1e-5)); /* R's root is as good as that */
  r.effect = 1;
  ck_assert (agrees (
      rx_power_above (&r, 2 / sqrt (43.9954952230112), 42.9954952230112), 0.9,
      1e-5));
}
END_TEST

START_TEST (designs)
{
  for (size_t i = 0; i < rx_n_power_designs; i++)
    {
      const struct rx_power_design *d = &rx_power_designs[i];
      size_t subjects[RX_POWER_GROUPS], groups = d->layout.groups, sum = 0;
      ck_assert_ptr_eq (rx_power_design_find (d->name), d);
      ck_assert_uint_le (groups, RX_POWER_GROUPS);
      rx_power_design_split (d, 4 * groups, subjects);
      ck_assert (agrees (
          rx_power_se (&d->layout, subjects, 3),
          rx_power_se_balanced (&d->layout, 4 * (double)groups, 3), 1e-15));
      rx_power_design_split (d, 4 * groups + 1, subjects);
      for (size_t k = 0; k < groups; k++)
        sum += subjects[k];
      ck_assert_uint_eq (sum, 4 * groups + 1);
      ck_assert (subjects[0] == 5);
    }
  ck_assert_ptr_null (rx_power_design_find ("2x3"));
  ck_assert_ptr_null (rx_power_method_find ("z"));
}
END_TEST

/* The size found has the power, the next smaller one has not. */
START_TEST (smallest_size)
{
  for (size_t i = 0; i < rx_n_power_designs; i++)
    for (double sd = 0.5; sd < 60; sd *= 3)
      for (double target = 0.1; target < 1; target += 0.2)
        {
          const struct rx_power_layout *l = &rx_power_designs[i].layout;
          struct rx_power_question q = { 1, -3, 4, 0.05 };
          struct rx_power_size s
              = rx_power_search (rx_power_tost, &q, l, sd, target);
          double less = s.n - (double)l->groups, df = rx_power_df (l, less);
          ck_assert (s.power >= target && rx_power_df (l, s.n) >= 1);
          ck_assert (fmod (s.n, (double)l->groups) == 0);
          ck_assert (
              df < 1
              || rx_power_tost (&q, rx_power_se_balanced (l, less, sd), df)
                     < target);
        }
  struct rx_power_question none = { 5, -3, 4, 0.05 };
  struct rx_power_size s = rx_power_search (
      rx_power_tost, &none, &rx_power_designs[0].layout, 1, 0.8);
  ck_assert (isnan (s.n) && isnan (s.power));
}
END_TEST

/* Rows: 24 who finish are 30 who start when a fifth drops out. */
START_TEST (rows_of_a_plan)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_rows rows = { .analysis = "power" };
  struct rx_power_task task = { .method = rx_power_method_find ("t"),
                                .design = rx_power_design_find ("2x2"),
                                .question = { .effect = 1, .alpha = 0.05 },
                                .sd = 1.1,
                                .dropout = 0.2 };
  ck_assert_int_eq (
      rx_power_add_subjects (&task, (size_t[]){ 15, 15 }, &rows, &err), RX_OK);
  ck_assert_uint_eq (rows.n, 2);
  ck_assert_str_eq (rows.row[0].term, "power");
  ck_assert (rows.row[0].n == 24 && rows.row[0].df == 22);
  ck_assert_str_eq (rows.row[1].term, "randomised");
  ck_assert (rows.row[1].n == 30 && isnan (rows.row[1].estimate));
  double power = rows.row[0].estimate;
  ck_assert_int_eq (rx_power_add_size (&task, power, &rows, &err), RX_OK);
  ck_assert (rows.row[2].n == 24 && rows.row[2].estimate == power);
  ck_assert (rows.row[3].n == 30);
  ck_assert_int_eq (
      rx_power_add_subjects (&task, (size_t[]){ 9, 1 }, &rows, &err), RX_OK);
  ck_assert (isnan (rows.row[4].estimate));
  ck_assert_ptr_nonnull (strstr (rows.row[4].note, "too-few-subjects"));
  rx_rows_free (&rows);
}
END_TEST

/* --- 1,266 sizes of PowerTOST 1.5-6, where they are at hand */

/* "CV=0.1;theta0=0.85;power=0.8" -> the value of a key; likewise in a note of
   keys parted by "; ". */
static double
value_of (const char *text, const char *key)
{
  const char *at = strstr (text, key);
  ck_assert_msg (at != NULL, "%s: no %s in it", text, key);
  return strtod (at + strlen (key), NULL);
}

static void
read_limits (const char *note, bool log_scale, struct rx_power_question *q)
{
  double low = value_of (note, "limits=");
  /* the upper one is printed with six digits: it mirrors the lower one */
  q->low = log_scale ? log (low) : low;
  q->high = -q->low;
}

static double
size_of_row (const char *term, const char *note)
{
  bool log_scale = strstr (note, "scale=log") != NULL;
  const char *name = strstr (note, "power method=") + strlen ("power method=");
  rx_power_of *power = strncmp (name, "exact", 5) == 0 ? rx_power_tost
                       : strncmp (name, "shifted", 7) == 0
                           ? rx_power_tost_shifted
                           : rx_power_tost_nct;
  char design[16];
  ck_assert_int_eq (sscanf (note, "design=%15[^;]", design), 1);
  double cv = value_of (term, "CV="), theta0 = value_of (term, "theta0=");
  struct rx_power_question q
      = { .effect = log_scale ? log (theta0) : theta0, .alpha = 0.05 };
  read_limits (note, log_scale, &q);
  const struct rx_power_design *d = rx_power_design_find (design);
  ck_assert_ptr_nonnull (d);
  return rx_power_search (power, &q, &d->layout,
                          log_scale ? sqrt (log1p (cv * cv)) : cv,
                          value_of (term, ";power="))
      .n;
}

START_TEST (sizes_of_powertost)
{
  static const char *const missing[] = { "NA" };
  struct rx_csv_format format
      = { .delimiter = '\t', .missing = missing, .n_missing = 1 };
  struct rx_table table = { 0 };
  struct rx_error err = { RX_OK, "" };
  char path[PATH_MAX];
  const char *folder = getenv ("RECROSS_ORACLES");
  if (folder == NULL || *folder == '\0')
    return; /* tests/oracle/power.tsv is compared in any case */
  snprintf (path, sizeof path, "%s/powertost/answers.tsv", folder);
  FILE *there = fopen (path, "r");
  if (there == NULL)
    return;
  fclose (there);
  ck_assert_msg (rx_table_read (&table, path, &format, &err) == RX_OK, "%s",
                 err.message);
  ck_assert_uint_eq (table.n_rows, 1266);
  for (size_t i = 0; i < table.n_rows; i++)
    {
      const char *term = oracle_text (&table, i, "term");
      double got = size_of_row (term, oracle_text (&table, i, "note"));
      ck_assert_msg (got == oracle_number (&table, i, "n"),
                     "%s %s: got %g, expected %g",
                     oracle_text (&table, i, "case"), term, got,
                     oracle_number (&table, i, "n"));
    }
  printf ("check_power: %zu sizes of PowerTOST agree\n", table.n_rows);
  rx_table_free (&table);
}
END_TEST

/* Limits that never scale are those of two one-sided tests, whatever share of
   the standard error the reference has. */
START_TEST (unscaled_limits_are_tost)
{
  static const double dfs[] = { 1, 2, 5, 20, 300 };
  for (size_t i = 0; i < 5; i++)
    for (size_t j = 0; j < 5; j++)
      {
        double df = dfs[i] + dfs[j], se = 0.09;
        const struct rx_scaled_test test = { .alpha = 0.05,
                                             .limit = log (1.25),
                                             .scale_from = INFINITY,
                                             .theta = NAN,
                                             .expansion = 0.76,
                                             .scale_to = 0.5,
                                             .sd_ratio_most = INFINITY };
        const struct rx_scaled_trial trial = { .effect = log (0.95),
                                               .se = se,
                                               .sd_ref = 0.3,
                                               .df_ref = dfs[i],
                                               .df_own = dfs[j],
                                               .df = df,
                                               .shared = se * se / df,
                                               .own = se * se / df };
        const struct rx_power_question question
            = { log (0.95), -log (1.25), log (1.25), 0.05 };
        double expected = rx_power_tost (&question, se, df);
        ck_assert_msg (
            agrees (rx_scaled_power (&test, &trial), expected, QUADRATURE),
            "df %g and %g: got %.17g, expected %.17g", dfs[i], dfs[j],
            rx_scaled_power (&test, &trial), expected);
      }
}
END_TEST

/* With a standard error of next to nothing and many degrees of freedom the
   criterion is (d / s)^2 <= theta^2: a trial inside is sure, one outside
   not. */
START_TEST (sure_trials_are_scaled)
{
  struct rx_scaled_test test = { .alpha = 0.05,
                                 .limit = 1,
                                 .scale_from = 0.294,
                                 .theta = 0.9,
                                 .sd_ratio_most = INFINITY };
  struct rx_scaled_trial trial = { .se = 1e-5,
                                   .sd_ref = 0.4,
                                   .df_ref = 1e6,
                                   .df_own = 1e6,
                                   .df = 1e6,
                                   .own = 1e-16 };
  trial.effect = 0.355; /* 0.9 * 0.4 is 0.36 */
  ck_assert (rx_scaled_power (&test, &trial) > 1 - 1e-9);
  trial.effect = 0.365;
  ck_assert (rx_scaled_power (&test, &trial) < 1e-9);
  test.both = true;
  test.limit = 0.35;
  trial.effect = 0.355;
  ck_assert (rx_scaled_power (&test, &trial) < 1e-9);
  trial.df_ref = 0;
  ck_assert (isnan (rx_scaled_power (&test, &trial)));
}
END_TEST

/* By hand: 2x3x3 with 13 each has 78 responses to the reference of 39
   subjects, 3 periods tied together; TRT says nothing of it. */
START_TEST (replicate_designs)
{
  const size_t thirteen[] = { 13, 13, 13 }, two[] = { 5, 8 };
  struct rx_power_replicate r
      = rx_power_design_replicate (rx_power_design_find ("2x3x3"), thirteen);
  ck_assert (r.df_model == 37 && r.df_ref == 36 && r.df_test == 0);
  ck_assert (r.df_contrast == 36 && r.is_even);
  ck_assert (agrees (r.per_test, 1 / 39., EXACT));
  ck_assert (agrees (r.per_ref, 1 / 78., EXACT));
  r = rx_power_design_replicate (rx_power_design_find ("2x2x3"), two);
  ck_assert (r.df_model == 7 && r.df_ref == 7 && r.df_test == 4);
  ck_assert (r.df_contrast == 11 && !r.is_even);
  r = rx_power_design_replicate (rx_power_design_find ("2x2x4"), two);
  ck_assert (r.df_model == 11 && r.df_ref == 11 && r.df_test == 11);
}
END_TEST

START_TEST (detectable_differences_have_the_power)
{
  static const double powers[] = { 0.06, 0.5, 0.8, 0.999 };
  static const double dfs[] = { 1, 7, 1e4 };
  for (size_t i = 0; i < 4; i++)
    for (size_t j = 0; j < 3; j++)
      {
        struct rx_power_question q = { .alpha = 0.05 };
        q.effect = rx_power_detectable (0.05, 2.5, dfs[j], powers[i]);
        ck_assert (agrees (rx_power_t (&q, 2.5, dfs[j]), powers[i], 1e-10));
      }
  ck_assert (isnan (rx_power_detectable (0.05, 2.5, 0, 0.8)));
}
END_TEST

/* All pairs discordant the same way: 2 / 2^5 is above 0.05, 2 / 2^6 below. */
START_TEST (pairs_that_all_change)
{
  const struct rx_discordant_shares all = { 0, 1 }, none = { 0, 0 };
  ck_assert (rx_mcnemar_power_exact (&all, 5, 0.05) == 0);
  ck_assert (agrees (rx_mcnemar_power_exact (&all, 6, 0.05), 1, EXACT));
  ck_assert (rx_mcnemar_power_normal (&all, 3, 0.05) == 0);
  ck_assert (rx_mcnemar_power_normal (&all, 4, 0.05) == 1);
  ck_assert (rx_mcnemar_power_exact (&none, 100, 0.05) == 0);
  ck_assert (rx_mcnemar_power_normal (&none, 100, 0.05) == 0);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("power");
  TCase *tests = tcase_create ("power");
  tcase_add_test (tests, noncentral_t);
  tcase_add_test (tests, owens_q);
  tcase_add_test (tests, log_concave_integrals);
  tcase_add_test (tests, closed_forms);
  tcase_add_test (tests, tost_by_two_q);
  tcase_add_test (tests, power_at_the_null);
  tcase_add_test (tests, symmetry);
  tcase_add_test (tests, paired_t_of_r);
  tcase_add_test (tests, designs);
  tcase_add_test (tests, smallest_size);
  tcase_add_test (tests, rows_of_a_plan);
  tcase_add_test (tests, sizes_of_powertost);
  tcase_add_test (tests, unscaled_limits_are_tost);
  tcase_add_test (tests, sure_trials_are_scaled);
  tcase_add_test (tests, replicate_designs);
  tcase_add_test (tests, detectable_differences_have_the_power);
  tcase_add_test (tests, pairs_that_all_change);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
