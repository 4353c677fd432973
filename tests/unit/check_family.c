/* check_family.c: which rows are a family, and in which order. */
#include "methods/analysis_family.h"

#include "base/text.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void
add (struct rx_rows *rows, const char *endpoint, const char *method,
     bool is_effect, double p)
{
  struct rx_error err = { 0 };
  struct rx_row row = rx_row_blank ();
  row.endpoint = endpoint;
  row.method = method;
  row.term = is_effect ? "treatment" : "period";
  row.is_effect = is_effect;
  row.p_value = p;
  ck_assert_msg (rx_rows_add (rows, &row, &err) == RX_OK, "%s", err.message);
}

/* Two methods on three endpoints; the rows of the period belong to none. */
static void
fill (struct rx_rows *rows)
{
  static const double t[] = { 0.02, 0.04, 0.01 }, rank[] = { 0.2, NAN, 0.03 };
  static const char *const endpoints[] = { "PCS", "MCS", "MHI" };
  for (size_t e = 0; e < 3; e++)
    {
      add (rows, endpoints[e], "hills-armitage", true, t[e]);
      add (rows, endpoints[e], "hills-armitage", false, 0.5);
      add (rows, endpoints[e], "koch-exact", true, rank[e]);
    }
}

/* By hand.  -1: no adjusted p. */
static const struct
{
  const char *name;
  double t[3], rank[3];
} cases[] = {
  { "bonferroni", { 0.06, 0.12, 0.03 }, { 0.4, -1, 0.06 } },
  { "holm", { 0.04, 0.04, 0.03 }, { 0.2, -1, 0.06 } },
  { "fixed-sequence", { 0.02, 0.04, 0.04 }, { 0.2, -1, 1 } },
  { "fallback", { 0.06, 0.06, 0.03 }, { 0.6, -1, 0.09 } },
};

static void
compare (double found, double expected)
{
  if (expected < 0)
    ck_assert_double_nan (found);
  else
    ck_assert_double_eq_tol (found, expected, 1e-15);
}

START_TEST (a_family_is_one_method_over_all_endpoints)
{
  struct rx_rows rows = { 0 };
  struct rx_error err = { 0 };
  fill (&rows);
  ck_assert_int_eq (
      rx_analysis_adjust (cases[_i].name, &rows, 0, "these rows", &err),
      RX_OK);
  for (size_t e = 0; e < 3; e++)
    {
      compare (rows.row[3 * e].p_adjusted, cases[_i].t[e]);
      ck_assert_double_nan (rows.row[3 * e + 1].p_adjusted);
      compare (rows.row[3 * e + 2].p_adjusted, cases[_i].rank[e]);
    }
  rx_rows_free (&rows);
}
END_TEST

START_TEST (rows_of_an_earlier_analysis_stay)
{
  struct rx_rows rows = { 0 };
  struct rx_error err = { 0 };
  fill (&rows);
  size_t first = rows.n;
  fill (&rows);
  ck_assert_int_eq (rx_analysis_adjust ("holm", &rows, first, "these", &err),
                    RX_OK);
  for (size_t i = 0; i < first; i++)
    ck_assert_double_nan (rows.row[i].p_adjusted);
  compare (rows.row[first].p_adjusted, cases[1].t[0]);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (an_unknown_adjustment_is_answered_by_all_that_are)
{
  struct rx_rows rows = { 0 };
  struct rx_error err = { 0 };
  ck_assert_int_eq (rx_analysis_adjust ("hulm", &rows, 0, "these", &err),
                    RX_EUSAGE);
  ck_assert_str_eq (err.message,
                    "adjust: found \"hulm\", expected one of bonferroni, "
                    "holm, hochberg, hommel, bh, by, fixed-sequence, "
                    "fallback, max-t");
  rx_rows_free (&rows);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("family");
  TCase *tcase = tcase_create ("adjusted p-values of rows");
  tcase_add_loop_test (tcase, a_family_is_one_method_over_all_endpoints, 0,
                       sizeof cases / sizeof cases[0]);
  tcase_add_test (tcase, rows_of_an_earlier_analysis_stay);
  tcase_add_test (tcase, an_unknown_adjustment_is_answered_by_all_that_are);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
