/* check_mcnemar.c: tests of a paired change in proportions, and the rows that
   the three methods make of it. */
#include "methods/comparisons.h"
#include "oracle_table.h"
#include "stats/discordant.h"

#include <gsl/gsl_errno.h>

/* Counts up to millions, and far tails: a chain of a thousand products. */
static const double TOLERANCE = 1e-9, TAIL_TOLERANCE = 1e-8;
static const double SEARCHED = 1e-8; /* R's uniroot in uniroot */
static const double EXACT = 1e-15; /* closed forms: a few roundings */

START_TEST (counts)
{
  struct rx_table table;
  oracle_read (&table, "mcnemar_counts.tsv");
  for (size_t i = 0; i < table.n_rows; i++)
    {
      struct rx_mcnemar test
          = rx_mcnemar ((size_t)oracle_number (&table, i, "b"),
                        (size_t)oracle_number (&table, i, "c"),
                        (size_t)oracle_number (&table, i, "n"), 0.95);
      test.both = (size_t)oracle_number (&table, i, "a");
      struct rx_change_interval newcombe = rx_newcombe (&test, 0.95);
      struct rx_change_interval tango = rx_tango (&test, 0.95);
      const struct
      {
        const char *column;
        double got, tolerance;
      } cells[] = { { "statistic", test.chi_squared, TOLERANCE },
                    { "p_value", test.p_chi_squared, TAIL_TOLERANCE },
                    { "p_exact", test.p_exact, TAIL_TOLERANCE },
                    { "p_midp", test.p_midp, TAIL_TOLERANCE },
                    { "difference", test.estimate, TOLERANCE },
                    { "std_error", test.se, TOLERANCE },
                    { "conf_low", test.low, TOLERANCE },
                    { "conf_high", test.high, TOLERANCE },
                    { "corrected", test.corrected, TOLERANCE },
                    { "p_corrected", test.p_corrected, TAIL_TOLERANCE },
                    { "newcombe_low", newcombe.low, TOLERANCE },
                    { "newcombe_high", newcombe.high, TOLERANCE },
                    { "tango_low", tango.low, SEARCHED },
                    { "tango_high", tango.high, SEARCHED } };
      for (size_t k = 0; k < sizeof cells / sizeof cells[0]; k++)
        {
          double expected = oracle_number (&table, i, cells[k].column);
          ck_assert_msg (agrees (cells[k].got, expected, cells[k].tolerance),
                         "row %zu, %s: got %.17g, expected %.17g", i,
                         cells[k].column, cells[k].got, expected);
        }
    }
  rx_table_free (&table);
}
END_TEST

/* One of 21 persons stops, seven start: the head of discordant.c. */
START_TEST (by_hand)
{
  struct rx_mcnemar test = rx_mcnemar (1, 7, 21, 0.95);
  ck_assert (test.chi_squared == 4.5);
  ck_assert (agrees (test.p_exact, 18 / 256.0, EXACT));
  ck_assert (agrees (test.p_midp, 10 / 256.0, EXACT));
  ck_assert (agrees (test.estimate, 6 / 21.0, EXACT));
  ck_assert (agrees (test.se, sqrt (8 - 36 / 21.0) / 21, EXACT));
}
END_TEST

/* Before and after exchanged: the estimate changes its sign, p stays. */
START_TEST (exchange)
{
  for (size_t b = 0; b < 12; b++)
    for (size_t c = 0; c < 12; c++)
      {
        struct rx_mcnemar x = rx_mcnemar (b, c, 30, 0.9);
        struct rx_mcnemar y = rx_mcnemar (c, b, 30, 0.9);
        ck_assert (x.estimate == -y.estimate && x.se == y.se);
        ck_assert (x.low == -y.high && x.high == -y.low);
        ck_assert (agrees (x.p_chi_squared, y.p_chi_squared, 0));
        ck_assert (agrees (x.p_exact, y.p_exact, 0));
        ck_assert (agrees (x.p_midp, y.p_midp, 0));
        ck_assert (b + c == 0 || (x.p_midp <= x.p_exact && x.p_exact <= 1));
      }
}
END_TEST

/* The binomial tail against its terms added up as whole numbers, which 2^53
   holds exactly. */
START_TEST (exact_tail)
{
  enum
  {
    MOST = 52
  };
  for (size_t m = 1; m <= MOST; m++)
    {
      double choose = 1, sum = 0; /* m over k, and all up to k */
      for (size_t k = 0; 2 * k < m; k++)
        {
          sum += choose;
          struct rx_mcnemar test = rx_mcnemar (k, m - k, m, 0.95);
          double exact = 2 * sum / pow (2, (double)m);
          ck_assert_msg (agrees (test.p_exact, exact, 20 * EXACT),
                         "%zu of %zu: got %.17g, expected %.17g", k, m,
                         test.p_exact, exact);
          ck_assert (agrees (test.p_midp,
                             (2 * sum - choose) / pow (2, (double)m),
                             20 * EXACT));
          choose = round (choose * (double)(m - k) / (double)(k + 1));
        }
    }
}
END_TEST

START_TEST (nothing_to_test)
{
  struct rx_mcnemar none = rx_mcnemar (0, 0, 0, 0.95);
  ck_assert (isnan (none.estimate) && isnan (none.se) && isnan (none.low));
  ck_assert (isnan (none.p_exact) && isnan (none.chi_squared));
  struct rx_mcnemar same = rx_mcnemar (0, 0, 5, 0.95);
  ck_assert (same.estimate == 0 && same.se == 0 && same.low == 0);
  ck_assert (isnan (same.p_exact) && isnan (same.p_midp));
  ck_assert (isnan (same.chi_squared) && isnan (same.p_chi_squared));
  struct rx_mcnemar all = rx_mcnemar (0, 333333333, 333333333, 0.95);
  ck_assert (all.estimate == 1 && all.se == 0 && all.p_exact == 0);
}
END_TEST

/* The row of one method for users before and after. */
static struct rx_row
row_of (const char *name, int64_t *before, int64_t *after, size_t n,
        struct rx_rows *rows)
{
  struct rx_before_after design = { 0 };
  struct rx_before_after_cell cell = { .outcome = "pain",
                                       .group = "x1",
                                       .measure = &rx_measures[0],
                                       .n = n,
                                       .before = before,
                                       .after = after,
                                       .scale = 1 };
  struct rx_method_options options = { .level = 0.9 };
  struct rx_error err = { RX_OK, "" };
  const struct rx_method *method = rx_method_find (name);
  ck_assert_ptr_nonnull (method);
  ck_assert_uint_eq (method->measures, RX_USERS);
  ck_assert_int_eq (
      rx_method_before_after (method, &design, &cell, &options, rows, &err), RX_OK);
  return rows->row[rows->n - 1];
}

START_TEST (rows_of_the_methods)
{
  static const struct
  {
    const char *name, *note, *note_none, *note_same;
    double statistic, p, df_num;
  } cases[] = {
    { "mcnemar", "", "no-subjects", "no-discordant", 1, 0.31731050786291415,
      1 },
    { "mcnemar-exact", "exact", "exact; no-subjects", "exact; no-discordant",
      NAN, 0.625, NAN },
    { "mcnemar-midp", "mid-p", "mid-p; no-subjects", "mid-p; no-discordant",
      NAN, 0.375, NAN },
  };
  /* one stops, three start, one goes on, one never does */
  int64_t before[] = { 1, 0, 0, 0, 1, 0 }, after[] = { 0, 1, 1, 1, 1, 0 };
  struct rx_rows rows = { 0 };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      struct rx_row row = row_of (cases[i].name, before, after, 6, &rows);
      ck_assert_str_eq (row.method, cases[i].name);
      ck_assert_str_eq (row.endpoint, "pain");
      ck_assert_str_eq (row.measure, "users");
      ck_assert_str_eq (row.group, "x1");
      ck_assert_str_eq (row.term, "change");
      ck_assert_str_eq (row.note, cases[i].note);
      ck_assert (row.n == 6 && row.conf_level == 0.9 && isnan (row.df));
      ck_assert (agrees (row.estimate, 2 / 6.0, EXACT));
      ck_assert (agrees (row.std_error, sqrt (4 - 4 / 6.0) / 6, EXACT));
      ck_assert (agrees (row.df_num, cases[i].df_num, EXACT));
      ck_assert (agrees (row.statistic, cases[i].statistic, EXACT));
      ck_assert (agrees (row.p_value, cases[i].p, TAIL_TOLERANCE));
      row = row_of (cases[i].name, before, before, 6, &rows);
      ck_assert_str_eq (row.note, cases[i].note_same);
      ck_assert (row.estimate == 0 && isnan (row.p_value));
      row = row_of (cases[i].name, before, after, 0, &rows);
      ck_assert_str_eq (row.note, cases[i].note_none);
      ck_assert (row.n == 0 && isnan (row.estimate));
    }
  rx_rows_free (&rows);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("mcnemar");
  TCase *tests = tcase_create ("mcnemar");
  tcase_add_test (tests, counts);
  tcase_add_test (tests, by_hand);
  tcase_add_test (tests, exchange);
  tcase_add_test (tests, exact_tail);
  tcase_add_test (tests, nothing_to_test);
  tcase_add_test (tests, rows_of_the_methods);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
