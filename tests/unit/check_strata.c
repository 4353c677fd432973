/* check_strata.c: a stratum gives what a file of its subjects alone gives. */
#include "methods/analysis_strata.h"
#include "methods/comparisons.h"
#include "scratch.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "subject,sequence,period,treatment,y,sex\n"
#define WOMEN                                                                 \
  "1,AB,1,A,3.1,f\n1,AB,2,B,4.2,f\n2,BA,1,B,5.5,f\n2,BA,2,A,3.9,f\n"          \
  "5,AB,1,A,6.0,f\n5,AB,2,B,7.7,f\n8,BA,1,B,1.5,f\n8,BA,2,A,2.25,f\n"
#define MEN                                                                   \
  "3,AB,1,A,2.2,m\n3,AB,2,B,2.9,m\n4,BA,1,B,4.1,m\n4,BA,2,A,4.4,m\n"          \
  "6,BA,1,B,3.5,m\n6,BA,2,A,2.0,m\n9,AB,1,A,2.5,m\n9,AB,2,B,2.5,m\n"
#define UNKNOWN "7,AB,1,A,3.3,\n7,AB,2,B,3.8,\n"

static const struct rx_endpoint_spec endpoint = { .name = "y" };

static void
run (struct rx_rows *rows, const char *text, const char *by)
{
  struct rx_table table = { 0 };
  struct rx_error err = { 0 };
  struct rx_crossover_strata strata = { 0 };
  const struct rx_crossover_spec spec
      = { .endpoints = &endpoint, .n_endpoints = 1, .by = by };
  const struct rx_method *methods[]
      = { rx_method_find ("describe"), rx_method_find ("hills-armitage"),
          rx_method_find ("koch-exact"), rx_method_find ("lmm-kr") };
  const struct rx_analysis_plan plan
      = { .methods = methods, .n_methods = 4, .level = 0.95 };
  const char *path = scratch_write ("strata.csv", text, strlen (text));
  ck_assert_msg (
      rx_table_read (&table, path, NULL, &err) == RX_OK
          && rx_crossover_strata_build (&strata, &table, &spec, &err) == RX_OK
          && rx_analysis_strata (&strata, &plan, rows, &err) == RX_OK,
      "%s", err.message);
  rx_crossover_strata_free (&strata);
  rx_table_free (&table);
}

/* Rows of `whole` in that group are the rows of `part`. */
static void
same (const struct rx_rows *whole, const char *group,
      const struct rx_rows *part)
{
  size_t k = 0;
  for (size_t i = 0; i < whole->n; i++)
    {
      const struct rx_row *a = &whole->row[i], *b = &part->row[k];
      if (strcmp (a->group, group) != 0)
        continue;
      ck_assert_uint_lt (k, part->n);
      ck_assert_str_eq (a->method, b->method);
      ck_assert_str_eq (a->term, b->term);
      ck_assert_str_eq (a->note, b->note);
      for (size_t c = 0; c < rx_row_n_columns; c++)
        if (rx_row_columns[c].is_number)
          {
            double x = rx_row_number (a, &rx_row_columns[c]);
            double y = rx_row_number (b, &rx_row_columns[c]);
            ck_assert_msg (x == y || (isnan (x) && isnan (y)),
                           "%s %s %s: %g, not %g", a->method, a->term,
                           rx_row_columns[c].name, x, y);
          }
      k++;
    }
  ck_assert_uint_eq (k, part->n);
  ck_assert_uint_gt (k, 0);
}

START_TEST (a_stratum_is_a_trial_of_its_own)
{
  struct rx_rows whole = { 0 }, women = { 0 }, men = { 0 }, all = { 0 };
  run (&whole, HEAD WOMEN MEN UNKNOWN, "sex");
  run (&all, HEAD WOMEN MEN UNKNOWN, NULL);
  run (&women, HEAD WOMEN, NULL);
  run (&men, HEAD MEN, NULL);
  same (&whole, "all", &all);
  same (&whole, "f", &women);
  same (&whole, "m", &men);
  const struct rx_remark *last = &whole.remark[whole.n_remarks - 1];
  ck_assert_ptr_nonnull (strstr (last->text, "without sex"));
  rx_rows_free (&whole);
  rx_rows_free (&women);
  rx_rows_free (&men);
  rx_rows_free (&all);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("strata");
  TCase *tcase = tcase_create ("all");
  tcase_add_checked_fixture (tcase, scratch_make, scratch_remove);
  tcase_add_test (tcase, a_stratum_is_a_trial_of_its_own);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
