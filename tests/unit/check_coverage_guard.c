/* check_coverage_guard.c: data without any effect, and the usual mistake.

   Persons, dates (days 1 to 28 of 2010 to 2015), one of ten drugs and doses
   are drawn uniformly and independently: nothing changes at anybody's index
   date.  The usual script (first dispensing of the drug, 365 days before and
   after, paired t test) finds a large increase all the same, because the
   look-back of an early index reaches before the data begin.  With the
   coverage guard there is none.

   The draws are fixed by the seed, so this test cannot fail by chance; over
   seeds, the p-value with the guard on would be below ALARM with that
   probability. */
#include "base/random.h"
#include "designs/before_after.h"
#include "methods/analysis_before_after.h"
#include "scratch.h"

#include <gsl/gsl_errno.h>
#include <math.h>

enum
{
  PERSONS = 4000, /* as dense as 5 million rows of 200,000 persons: 25 each */
  ROWS = 100000,
  SEED = 20260101
};
static const double ALARM = 0.001;

static const char *const drugs[]
    = { "N07BB04", "N02AA01", "N02BE01", "N05BA01", "N06AB04",
        "M01AE01", "A02BC01", "C07AB02", "L04AX03", "R03AC02" };

static const char *
make_register (void)
{
  const char *path = scratch_path ("null_synthetic.csv");
  struct rx_random random;
  FILE *file = fopen (path, "w");
  ck_assert_ptr_nonnull (file);
  rx_random_init (&random, SEED, 0, 0);
  fputs ("# synthetic: data without any effect\nperson,date,atc,ddd\n", file);
  for (int i = 0; i < ROWS; i++)
    {
      int person = (int)rx_random_below (&random, PERSONS);
      int month = (int)rx_random_below (&random, 72);
      int day = (int)rx_random_below (&random, 28) + 1;
      size_t drug = rx_random_below (&random, 10);
      int dose = (int)(rx_random_below (&random, 10) + 1) * 10
                 * (int)(rx_random_below (&random, 3) + 1);
      fprintf (file, "%d,%d-%02d-%02d,%s,%d\n", person, 2010 + month / 12,
               month % 12 + 1, day, drugs[drug], dose);
    }
  ck_assert_int_eq (fclose (file), 0);
  return path;
}

/* The paired t row of the change in ddd of all other drugs. */
static struct rx_row
analyse (const char *path, bool no_guard, size_t *persons)
{
  static const char *const index[] = { "N07BB04" }, *const all[] = { "*" };
  struct rx_error err = { RX_OK, "" };
  struct rx_csv_format format = { 0 };
  struct rx_register_columns columns
      = { .person = "person", .date = "date", .drug = "atc", .amount = "ddd" };
  struct rx_outcome outcome
      = { .name = "all other", .drugs = { all, 1 }, .except = { index, 1 } };
  struct rx_before_after_spec spec = { .no_guard = no_guard,
                                       .index_drugs = { index, 1 },
                                       .before = { -365, -1 },
                                       .after = { 0, 364 },
                                       .outcomes = &outcome,
                                       .n_outcomes = 1 };
  const struct rx_method *methods[] = { rx_method_find ("paired-t") };
  struct rx_analysis_plan plan = {
    .methods = methods, .n_methods = 1, .measures = RX_DDD, .level = 0.95
  };
  struct rx_register reg = { 0 };
  struct rx_before_after design = { 0 };
  struct rx_rows rows = { 0 };
  ck_assert_msg (rx_register_read (&reg, path, &format, &columns, &err)
                     == RX_OK,
                 "%s", err.message);
  ck_assert_msg (rx_before_after_build (&design, &reg, &spec, &err) == RX_OK,
                 "%s", err.message);
  ck_assert_msg (rx_analysis_before_after (&design, &plan, &rows, &err)
                     == RX_OK,
                 "%s", err.message);
  ck_assert_uint_eq (rows.n, 1);
  struct rx_row row = rows.row[0];
  *persons = design.n_persons;
  rx_rows_free (&rows);
  rx_before_after_free (&design);
  rx_register_free (&reg);
  return row;
}

START_TEST (guard_against_the_usual_mistake)
{
  size_t naive, guarded;
  scratch_make ();
  const char *path = make_register ();
  struct rx_row off = analyse (path, true, &naive);
  struct rx_row on = analyse (path, false, &guarded);
  scratch_remove ();

  /* about +73 DDD with the windows left uncovered */
  ck_assert_msg (off.estimate > 50 && off.estimate < 100, "%g", off.estimate);
  ck_assert_msg (off.p_value < 1e-20, "%g", off.p_value);
  /* nothing once those persons are dropped: about four in ten */
  ck_assert_msg (on.p_value > ALARM, "%g", on.p_value);
  ck_assert_msg (on.conf_low < 0 && on.conf_high > 0, "%g to %g", on.conf_low,
                 on.conf_high);
  ck_assert_uint_lt (guarded, naive);
  ck_assert_uint_gt (guarded, naive / 2);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("coverage_guard");
  TCase *tests = tcase_create ("coverage_guard");
  tcase_add_test (tests, guard_against_the_usual_mistake);
  tcase_set_timeout (tests, 120);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
