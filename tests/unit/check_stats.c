/* check_stats.c: the stats layer against closed forms and against R. */
#include "oracle_table.h"
#include "stats/adjust.h"
#include "stats/equivalence.h"
#include "stats/moments.h"
#include "stats/ranks.h"
#include "stats/scaled_criterion.h"
#include "stats/signed_rank.h"
#include "stats/student.h"
#include "stats/wilcoxon.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <string.h>

static const double ADJUST_TOLERANCE = 1e-12;
static const double EXACT = 1e-14; /* closed forms: a few roundings */

START_TEST (adjust_families)
{
  static const struct
  {
    const char *name, *column;
  } kinds[] = { { "holm", "holm" },
                { "bh", "bh" },
                { "hochberg", "hochberg" },
                { "hommel", "hommel" },
                { "by", "by" },
                { "bonferroni", "bonferroni" },
                { "fixed-sequence", "fixed.sequence" },
                { "fallback", "fallback" } };
  struct rx_error err = { RX_OK, "" };
  struct rx_table table;
  double p[64], adjusted[64];
  oracle_read (&table, "adjust.tsv");
  for (size_t from = 0, to; from < table.n_rows; from = to)
    {
      const char *family = oracle_text (&table, from, "family");
      for (to = from;
           to < table.n_rows
           && strcmp (oracle_text (&table, to, "family"), family) == 0;
           to++)
        p[to - from] = oracle_number (&table, to, "p");
      for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        {
          ck_assert_int_eq (rx_adjust (rx_adjustment_find (kinds[k].name), p,
                                       to - from, adjusted, &err),
                            RX_OK);
          for (size_t i = from; i < to; i++)
            ck_assert_msg (
                isnan (oracle_number (&table, i, kinds[k].column))
                    || agrees (adjusted[i - from],
                               oracle_number (&table, i, kinds[k].column),
                               ADJUST_TOLERANCE),
                "%s of family %s, p = %.17g: got %.17g, expected %.17g",
                kinds[k].name, family, p[i - from], adjusted[i - from],
                oracle_number (&table, i, kinds[k].column));
        }
    }
  rx_table_free (&table);
}
END_TEST

START_TEST (adjust_leaves_missing_out)
{
  struct rx_error err = { RX_OK, "" };
  double p[] = { 0.01, NAN, 0.02 }, adjusted[3];
  ck_assert_int_eq (
      rx_adjust (rx_adjustment_find ("bonferroni"), p, 3, adjusted, &err),
      RX_OK);
  ck_assert (agrees (adjusted[0], 0.02, EXACT));
  ck_assert (isnan (adjusted[1]));
  ck_assert (agrees (adjusted[2], 0.04, EXACT));
  /* where the order counts, a missing p stops the sequence */
  ck_assert_int_eq (
      rx_adjust (rx_adjustment_find ("fixed-sequence"), p, 3, adjusted, &err),
      RX_OK);
  ck_assert (agrees (adjusted[0], 0.01, EXACT));
  ck_assert (isnan (adjusted[1]));
  ck_assert (agrees (adjusted[2], 1, EXACT));
  ck_assert_int_eq (
      rx_adjust (rx_adjustment_find ("fallback"), p, 3, adjusted, &err),
      RX_OK);
  ck_assert (agrees (adjusted[0], 0.03, EXACT));
  ck_assert (isnan (adjusted[1]));
  ck_assert (agrees (adjusted[2], 0.06, EXACT));
  ck_assert_ptr_null (rx_adjustment_find ("hulm"));
}
END_TEST

/* The library's tails that recross builds on: both tails, far out. */
static double
distribution (const char *name, bool lower, double x, double a, double b)
{
  if (strcmp (name, "normal") == 0)
    return lower ? gsl_cdf_ugaussian_P (x) : gsl_cdf_ugaussian_Q (x);
  if (strcmp (name, "t") == 0)
    return lower ? gsl_cdf_tdist_P (x, a) : gsl_cdf_tdist_Q (x, a);
  if (strcmp (name, "chisq") == 0)
    return lower ? gsl_cdf_chisq_P (x, a) : gsl_cdf_chisq_Q (x, a);
  ck_assert_str_eq (name, "f");
  return lower ? gsl_cdf_fdist_P (x, a, b) : gsl_cdf_fdist_Q (x, a, b);
}

START_TEST (distributions)
{
  struct rx_table table;
  size_t compared = 0;
  oracle_read (&table, "distributions.tsv");
  for (size_t i = 0; i < table.n_rows; i++)
    {
      if (strcmp (oracle_text (&table, i, "scale"), "p") != 0)
        continue; /* logarithms and quantiles are not used so far out */
      double expected = oracle_number (&table, i, "value");
      double got = distribution (
          oracle_text (&table, i, "function"),
          strcmp (oracle_text (&table, i, "tail"), "lower") == 0,
          oracle_number (&table, i, "x"), oracle_number (&table, i, "df1"),
          oracle_number (&table, i, "df2"));
      if (expected < 1e-290)
        continue; /* subnormal: no relative digits are left */
      ck_assert_msg (agrees (got, expected, 1e-9),
                     "%s, row %zu: got %.17g, expected %.17g",
                     oracle_text (&table, i, "function"), i + 1, got,
                     expected);
      compared++;
    }
  ck_assert_uint_gt (compared, 100);
  rx_table_free (&table);
}
END_TEST

START_TEST (moments_keep_a_large_offset)
{
  double x[] = { 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16 };
  struct rx_moments m = rx_moments_of (x, 4);
  ck_assert (m.mean == 1e9 + 10);
  ck_assert (m.variance == 30);
  m = rx_moments_of (x, 1);
  ck_assert (m.mean == x[0] && isnan (m.variance));
  m = rx_moments_of (x, 0);
  ck_assert (isnan (m.mean) && isnan (m.variance));
}
END_TEST

/* 1, 2, 3, 4 tenths: mean 0.25, variance 5/3 hundredths. */
START_TEST (moments_of_whole_units)
{
  const int64_t tenths[] = { 1, 2, 3, 4 }, equal[] = { -7, -7, -7 };
  const int64_t large[] = { INT64_MAX, INT64_MIN };
  struct rx_moments m;
  ck_assert (rx_moments_of_units (tenths, 4, 10, &m));
  ck_assert (m.n == 4 && m.mean == 0.25);
  ck_assert (agrees (m.variance, 0.05 / 3, EXACT));
  ck_assert (rx_moments_of_units (equal, 3, 1000, &m));
  ck_assert (m.mean == -0.007 && m.variance == 0);
  ck_assert (rx_moments_of_units (equal, 1, 10, &m));
  ck_assert (m.mean == -0.7 && isnan (m.variance));
  ck_assert (!rx_moments_of_units (large, 2, 1, &m));
  ck_assert (!rx_moments_of_units (tenths, 0, 1, &m));
  /* an offset that leaves doubles nothing of the differences */
  const int64_t far[] = { (INT64_C (1) << 58) + 1, (INT64_C (1) << 58) + 2,
                          (INT64_C (1) << 58) + 3 };
  ck_assert (rx_moments_of_units (far, 3, 1, &m));
  ck_assert (m.variance == 1);
}
END_TEST

START_TEST (student_by_hand)
{
  double x[] = { 1, 2, 3 };
  struct rx_t_test t = rx_student_one (rx_moments_of (x, 3), 0.95);
  ck_assert (agrees (t.statistic, 2 * sqrt (3), EXACT));
  /* t on 2 df has the closed form p = 1 - t / sqrt (t^2 + 2) */
  ck_assert (agrees (t.p, 1 - sqrt (12.0 / 14), 1e-13));
  t = rx_student_one (rx_moments_of (x, 1), 0.95);
  ck_assert (t.estimate == 1 && isnan (t.p) && isnan (t.low));
}
END_TEST

/* R 4.2.2: 2 * pt (t, df, lower.tail = FALSE), where GSL's own tail of t has
   lost digits. */
START_TEST (student_far_out)
{
  static const struct
  {
    double t, df, p;
  } rows[] = { { 20, 58, 1.0496061746317368e-27 },
               { -40, 300, 2.8524180395311094e-122 },
               { 0.01, 1e5, 0.9920213073188231 } };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    ck_assert_msg (
        agrees (rx_student_p (rows[i].t, rows[i].df), rows[i].p, 1e-11),
        "t = %g, df = %g: %.17g", rows[i].t, rows[i].df,
        rx_student_p (rows[i].t, rows[i].df));
}
END_TEST

/* With two degrees of freedom P (T > t) = (1 - t / sqrt (2 + t^2)) / 2. */
START_TEST (two_one_sided_tests)
{
  struct rx_tost inside = rx_tost (1, 0.5, 2, -2, 2);
  ck_assert (inside.t == -2);
  ck_assert (agrees (inside.p, (1 - 2 / sqrt (6)) / 2, 1e-13));
  struct rx_tost mirrored = rx_tost (-1, 0.5, 2, -2, 2);
  ck_assert (mirrored.t == 2 && mirrored.p == inside.p);
  struct rx_tost outside = rx_tost (3, 0.5, 2, -2, 2);
  ck_assert (agrees (outside.p, (1 + 2 / sqrt (6)) / 2, 1e-13));
  ck_assert (isnan (rx_tost (1, 0, 2, -2, 2).p));
  ck_assert (isnan (rx_tost (1, 0.5, 0, -2, 2).p));
  ck_assert (isnan (rx_tost (NAN, NAN, NAN, -2, 2).p));
}
END_TEST

/* As Health Canada and the GCC print them: 66.7 and 150.0 % from a CV of 57.4
   % on (57.382 % without rounding), 75.00 and 133.33 % above 30 %. */
START_TEST (limits_of_regulators)
{
  const struct rx_expansion *hc = rx_expansion_find ("hc"),
                            *gcc = rx_expansion_find ("gcc");
  double thirty = rx_cv_log_sd (30), widest = log (1.5) / 0.76;
  ck_assert (hc != NULL && gcc != NULL && rx_expansion_find ("fda") == NULL);
  ck_assert (rx_abel_log_limit (hc, thirty * (1 - 1e-9)) == log (1.25));
  ck_assert (agrees (rx_abel_log_limit (hc, 0.5), 0.38, EXACT));
  ck_assert (agrees (rx_abel_log_limit (hc, rx_cv_log_sd (57.38)),
                     0.76 * rx_cv_log_sd (57.38), EXACT));
  ck_assert (agrees (rx_cv_percent (widest), 57.38199, 1e-6));
  ck_assert (rx_abel_log_limit (hc, widest * 1.001) == log (1.5));
  ck_assert (rx_abel_log_limit (hc, NAN) == log (1.25));
  ck_assert (rx_abel_log_limit (gcc, thirty * (1 - 1e-9)) == log (1.25));
  ck_assert (
      rx_round_percent (100 * exp (rx_abel_log_limit (gcc, thirty * 1.001)))
      == 133.33);
  ck_assert (rx_round_percent (100 * exp (-rx_abel_log_limit (gcc, 2))) == 75);
}
END_TEST

/* exp (0.76 sqrt (log 1.25)) = 1.4319, as the guideline prints it. */
START_TEST (expanding_limits)
{
  const struct rx_expansion *ema = rx_expansion_default;
  double thirty = sqrt (log1p (0.09)), fifty = sqrt (log1p (0.25));
  ck_assert (agrees (rx_cv_percent (thirty), 30, EXACT));
  ck_assert (rx_abel_log_limit (ema, 0) == log (1.25));
  ck_assert (rx_abel_log_limit (ema, NAN) == log (1.25));
  ck_assert (rx_abel_log_limit (ema, thirty * (1 - 1e-9)) == log (1.25));
  ck_assert (agrees (rx_abel_log_limit (ema, thirty * (1 + 1e-9)),
                     0.76 * thirty, 1e-8));
  ck_assert (agrees (rx_abel_log_limit (ema, 0.4), 0.304, EXACT));
  ck_assert (agrees (rx_abel_log_limit (ema, 2), 0.76 * fifty, EXACT));
  ck_assert (rx_round_percent (100 * exp (rx_abel_log_limit (ema, 2)))
             == 143.19);
  ck_assert (rx_round_percent (100 * exp (-rx_abel_log_limit (ema, 2)))
             == 69.84);
  ck_assert (rx_round_percent (79.995001) == 80);
  ck_assert (rx_round_percent (79.994) == 79.99);
}
END_TEST

START_TEST (ranks_of_ties)
{
  struct rx_error err = { RX_OK, "" };
  int64_t key[] = { 7, 5, 9, 7 }, doubled[4];
  double ties;
  ck_assert_int_eq (rx_ranks_doubled (key, 4, doubled, &ties, &err), RX_OK);
  ck_assert_int_eq (doubled[0], 5);
  ck_assert_int_eq (doubled[1], 2);
  ck_assert_int_eq (doubled[2], 8);
  ck_assert_int_eq (doubled[3], 5);
  ck_assert (ties == 6);
}
END_TEST

START_TEST (keys_of_doubles)
{
  struct rx_error err = { RX_OK, "" };
  double x[] = { 0.3 - 0.1, 0.2, -0.5, 0.1 + 0.2 - 0.3, 0.5, -0.7 };
  int64_t key[6];
  ck_assert_int_eq (rx_ranks_keys (x, 6, key, &err), RX_OK);
  ck_assert_int_eq (key[0], key[1]);
  ck_assert_int_eq (key[3], 0);
  ck_assert (key[5] < key[2] && key[2] < 0 && key[0] > 0 && key[4] > key[0]);
  ck_assert_int_eq (rx_ranks_keys (x, 3, key, &err), RX_OK);
  ck_assert (key[0] > 0 && key[2] < 0);
}
END_TEST

START_TEST (rank_sum_by_hand)
{
  struct rx_error err = { RX_OK, "" };
  double a[] = { 1, 2 }, b[] = { 3, 4, 5 };
  int64_t ka[] = { 1, 2 }, kb[] = { 3, 4, 5 };
  struct rx_sample first = { a, ka, 1, 2 }, second = { b, kb, 1, 3 };
  struct rx_rank_test test;
  ck_assert_int_eq (rx_rank_sum_exact (first, second, 0.95, &test, &err),
                    RX_OK);
  ck_assert (test.statistic == 0);
  ck_assert (agrees (test.p, 0.2, EXACT));
  ck_assert (test.estimate == -2.5);
}
END_TEST

/* Published: 12 and 12 subjects at 90%: order statistics 43 and 102 of 144
   (Chow & Liu's example); R's qwilcox. */
START_TEST (rank_sum_quantiles)
{
  static const struct
  {
    size_t m, n, k;
    double p;
  } rows[] = { { 12, 12, 43, 0.05 },
               { 4, 6, 3, 0.025 },
               { 10, 10, 24, 0.025 },
               { 1, 1, 0, 0.025 },
               { 30, 31, 329, 0.025 } };
  struct rx_error err = { RX_OK, "" };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      size_t k;
      ck_assert_int_eq (
          rx_rank_sum_quantile (rows[i].m, rows[i].n, rows[i].p, &k, &err),
          RX_OK);
      ck_assert_uint_eq (k, rows[i].k);
    }
}
END_TEST

/* The exact Walsh median by bisection is that of the sorted averages. */
START_TEST (walsh_median_two_ways)
{
  struct rx_error err = { RX_OK, "" };
  enum
  {
    N = 41
  };
  double value[N];
  int64_t key[N];
  for (int i = 0; i < N; i++)
    {
      key[i] = (i * 7919 % 101) - 37;
      value[i] = (double)key[i] / 10;
    }
  struct rx_sample exact = { value, key, 10, N }, plain = { value, key, 0, N };
  struct rx_rank_test a, b;
  ck_assert_int_eq (rx_signed_rank_normal (exact, 0.95, &a, &err), RX_OK);
  ck_assert_int_eq (rx_signed_rank_normal (plain, 0.95, &b, &err), RX_OK);
  ck_assert (agrees (a.estimate, b.estimate, 1e-12));
  ck_assert (agrees (a.low, b.low, 1e-12) && agrees (a.high, b.high, 1e-12));
  ck_assert (a.statistic == b.statistic && a.p == b.p);
}
END_TEST

/* Of two times a table leaves half the variance of the differences; more
   subjects of another sequence add theirs. */
START_TEST (variance_of_tables)
{
  static const double two[] = { 1, 3, 2, 7, 4, 5 }; /* differences 2, 5, 1 */
  static const double three[] = { 1, 2, 6, 3, 4, 5 };
  struct rx_variance v = { 0, 0 };
  rx_variance_add_table (&v, two, 3, 2);
  ck_assert (agrees (v.value, (4 + 25 + 1 - 64 / 3.) / 2, EXACT));
  ck_assert (v.df == 2);
  /* residuals of the second subject: 0.5 (2, 2, -1) less 0.5 each, times -1 */
  rx_variance_add_table (&v, three, 2, 3);
  ck_assert (v.df == 4);
  rx_variance_divide (&v);
  double second = 2 * (0.5 * 0.5 + 0.5 * 0.5 + 1);
  ck_assert (agrees (v.value, ((30 - 64 / 3.) / 2 + second) / 4, EXACT));
  v = (struct rx_variance){ 0, 0 };
  rx_variance_add_table (&v, two, 1, 2);
  rx_variance_divide (&v);
  ck_assert (isnan (v.value) && isnan (v.df));
}
END_TEST

/* forum.bebac.at 17739, Phoenix/WinNonlin 7.0: the limits of the ratio of
   0.0557209092013223 and 0.124392768691665 on 16 and 16 degrees of freedom. */
START_TEST (ratio_of_standard_deviations)
{
  const struct rx_variance test
      = { 0.0557209092013223 * 0.0557209092013223, 16 };
  const struct rx_variance reference
      = { 0.124392768691665 * 0.124392768691665, 16 };
  struct rx_sd_ratio r = rx_sd_ratio (test, reference, 0.05);
  ck_assert (agrees (r.low, 0.293238291752988, 1e-12));
  ck_assert (agrees (r.high, 0.684266752752176, 1e-12));
  r = rx_sd_ratio (test, (struct rx_variance){ 0, 16 }, 0.05);
  ck_assert (isnan (r.ratio));
}
END_TEST

/* By hand: no difference, known to be none, and w = 10: the bound is y 10 /
   chi^2 (0.95; 10) = 0.546240 y. */
START_TEST (criterion_without_difference)
{
  const struct rx_even_mean none = { 0, 0, 20 };
  struct rx_criterion c = rx_scaled_criterion (
      none, (struct rx_variance){ 0.16, 10 }, 0.5, 0.05);
  ck_assert (agrees (c.estimate, -0.04, EXACT));
  ck_assert (
      agrees (c.upper, -0.04 * 10 / gsl_cdf_chisq_Qinv (0.05, 10), EXACT));
  c = rx_scaled_criterion (none, (struct rx_variance){ NAN, NAN }, 0.5, 0.05);
  ck_assert (isnan (c.estimate) && isnan (c.upper));
}
END_TEST

/* Groups weigh the same: (1 + 3) / 2 and (8), 1/2 each. */
START_TEST (even_means)
{
  static const double value[] = { 1, 3, 8, 10 };
  static const size_t group[] = { 0, 0, 1, 1 };
  static const bool first[] = { true, false, false };
  struct rx_even_mean m = rx_even_mean (value, group, 4, 2, NULL);
  ck_assert (agrees (m.mean, 5.5, EXACT));
  ck_assert (agrees (m.se, sqrt (2. * (1 / 2. + 1 / 2.)) / 2, EXACT));
  ck_assert (m.df == 2);
  m = rx_even_mean (value, group, 4, 3, first);
  ck_assert (agrees (m.mean, 2, EXACT) && m.df == 1);
  m = rx_even_mean (value, group, 4, 3, NULL); /* the third is empty */
  ck_assert (isnan (m.mean) && isnan (m.se));
  m = rx_even_mean (value, group, 1, 1, NULL);
  ck_assert (m.mean == 1 && isnan (m.se));
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("stats");
  TCase *tests = tcase_create ("stats");
  tcase_add_test (tests, adjust_families);
  tcase_add_test (tests, variance_of_tables);
  tcase_add_test (tests, ratio_of_standard_deviations);
  tcase_add_test (tests, criterion_without_difference);
  tcase_add_test (tests, even_means);
  tcase_add_test (tests, adjust_leaves_missing_out);
  tcase_add_test (tests, distributions);
  tcase_add_test (tests, moments_keep_a_large_offset);
  tcase_add_test (tests, moments_of_whole_units);
  tcase_add_test (tests, student_by_hand);
  tcase_add_test (tests, student_far_out);
  tcase_add_test (tests, two_one_sided_tests);
  tcase_add_test (tests, expanding_limits);
  tcase_add_test (tests, limits_of_regulators);
  tcase_add_test (tests, ranks_of_ties);
  tcase_add_test (tests, keys_of_doubles);
  tcase_add_test (tests, rank_sum_by_hand);
  tcase_add_test (tests, rank_sum_quantiles);
  tcase_add_test (tests, walsh_median_two_ways);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
