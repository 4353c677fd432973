/* check_lmm_blocks.c: mixed models whose variances differ by treatment,
   against nlme, closed forms and the model with one variance. */
#include "methods/analysis_crossover.h"
#include "methods/comparisons.h"
#include "methods/lmm_rows.h"
#include "oracle_table.h"
#include "stats/nested_groups.h"

#include <gsl/gsl_errno.h>
#include <string.h>

static const double GRADIENT = 1e-8; /* in units of a standard error */
static const double NLME = 1e-9;     /* of the deviance: nlme prints no less */

/* ---- Trials of tests/oracle/data ------------------------------------------
 */

struct trial
{
  const char *data, *test, *reference;
  bool log;
};

static void
build (struct rx_crossover *design, struct trial trial)
{
  static char path[PATH_MAX];
  struct rx_endpoint_spec endpoint = { .name = "response" };
  struct rx_crossover_spec spec = { .endpoints = &endpoint,
                                    .n_endpoints = 1,
                                    .test = trial.test,
                                    .reference = trial.reference,
                                    .log = trial.log };
  struct rx_table table = { 0 };
  struct rx_error err = { RX_OK, "" };
  const char *top = getenv ("srcdir");
  snprintf (path, sizeof path, "%s/tests/oracle/data/%s",
            top != NULL ? top : ".", trial.data);
  ck_assert_msg (rx_table_read (&table, path, NULL, &err) == RX_OK, "%s",
                 err.message);
  ck_assert_msg (rx_crossover_build (design, &table, &spec, &err) == RX_OK,
                 "%s", err.message);
  rx_table_free (&table);
}

static void
fit (struct rx_lmm_endpoint *e, const struct rx_crossover *design,
     bool replicate, bool no_sequence)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_method_options options
      = { .level = 0.95,
          .no_sequence = no_sequence,
          .model = { .within_by_treatment = !replicate } };
  ck_assert_int_eq ((replicate ? rx_lmm_replicate_fit : rx_lmm_endpoint_fit) (
                        e, design, design->endpoints, &options, &err),
                    RX_OK);
}

/* The slope is zero, and the value at least as good as nlme's. */
START_TEST (fits_are_at_the_optimum)
{
  struct rx_table table;
  oracle_read (&table, "lmm_blocks_deviance.tsv");
  for (size_t i = 0; i < table.n_rows; i++)
    {
      struct rx_crossover design = { 0 };
      struct rx_lmm_endpoint e;
      const char *name = oracle_text (&table, i, "case");
      struct trial trial
          = { .data = oracle_text (&table, i, "data"),
              .reference = oracle_text (&table, i, "reference"),
              .log = strcmp (oracle_text (&table, i, "log"), "yes") == 0 };
      build (&design, trial);
      fit (&e, &design,
           strcmp (oracle_text (&table, i, "replicate"), "yes") == 0,
           strcmp (oracle_text (&table, i, "sequence"), "no") == 0);
      double nlme = oracle_number (&table, i, "deviance");
      ck_assert_msg (e.blocks.score < GRADIENT, "%s: the slope is %g", name,
                     e.blocks.score);
      ck_assert_msg (e.blocks.deviance <= nlme + NLME * fabs (nlme),
                     "%s: the deviance is %.17g, nlme has %.17g", name,
                     e.blocks.deviance, nlme);
      rx_lmm_endpoint_free (&e);
      rx_crossover_free (&design);
    }
  rx_table_free (&table);
}
END_TEST

/* ---- The same in two ways -------------------------------------------------
 */

static void
same_test (struct rx_linear_test a, struct rx_linear_test b, double tolerance)
{
  ck_assert_msg (agrees (a.statistic, b.statistic, tolerance),
                 "%.17g is not %.17g", a.statistic, b.statistic);
  ck_assert_msg (agrees (a.df, b.df, 10 * tolerance), "df %.17g is not %.17g",
                 a.df, b.df);
  ck_assert_msg (agrees (a.p, b.p, 100 * tolerance), "p %.17g is not %.17g",
                 a.p, b.p);
}

/* One kind of row: the closed forms of lmm_df.c, t and F, by every rule. */
START_TEST (one_kind_is_the_model_with_one_variance)
{
  static const struct
  {
    rx_lmm_test *one;
    rx_blocks_test *blocks;
  } rules[] = { { rx_lmm_kr, rx_blocks_kr },
                { rx_lmm_kr_observed, rx_blocks_kr_observed },
                { rx_lmm_satterthwaite, rx_blocks_satterthwaite },
                { rx_lmm_containment, rx_blocks_containment } };
  static const char *const data[]
      = { "xo_missing_synthetic.csv", "xo_williams3_synthetic.csv",
          "xo_replicate_synthetic.csv", "xo_singular_synthetic.csv" };
  struct rx_crossover design = { 0 };
  struct rx_lmm_endpoint e;
  struct rx_blocks blocks;
  struct rx_error err = { RX_OK, "" };
  const struct rx_method_options options = { .level = 0.95 };
  build (&design, (struct trial){ .data = data[_i] });
  ck_assert_int_eq (
      rx_lmm_endpoint_fit (&e, &design, design.endpoints, &options, &err),
      RX_OK);
  size_t n = e.model.data.n, p = e.model.data.p;
  size_t *kind = rx_array (n, sizeof *kind);
  double *l = rx_array (p, p * sizeof *l);
  ck_assert (kind != NULL && l != NULL);
  struct rx_blocks_data d = { e.model.data, 1, kind, RX_BLOCKS_INTERCEPT };
  ck_assert_int_eq (rx_blocks_fit (&blocks, &d, &err), RX_OK);
  ck_assert_int_eq (blocks.state, e.fit.state);
  ck_assert (agrees (blocks.deviance, e.fit.deviance, 1e-12));
  ck_assert (agrees (blocks.within[0] * blocks.unit * blocks.unit,
                     e.fit.within * e.fit.unit * e.fit.unit, 1e-9));
  for (size_t q = 1; q <= 2 && q <= e.model.n_periods; q++)
    {
      for (size_t i = 0; i < q; i++)
        l[i * p + e.model.period_at + i] = 1;
      for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++)
        {
          struct rx_linear_test a, b;
          ck_assert_int_eq (rules[r].one (&e.fit, l, q, &a, &err), RX_OK);
          ck_assert_int_eq (rules[r].blocks (&blocks, l, q, &b, &err), RX_OK);
          same_test (b, a, 1e-8);
        }
    }
  free (kind);
  free (l);
  rx_blocks_free (&blocks);
  rx_lmm_endpoint_free (&e);
  rx_crossover_free (&design);
}
END_TEST

static double
estimate_of (const struct rx_rows *rows, const char *method, const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].method, method) == 0
        && strcmp (rows->row[i].term, term) == 0)
      return rows->row[i].estimate;
  ck_abort_msg ("no row %s %s", method, term);
}

static const struct rx_row *
row_of (const struct rx_rows *rows, const char *method, const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].method, method) == 0
        && strcmp (rows->row[i].term, term) == 0)
      return &rows->row[i];
  ck_abort_msg ("no row %s %s", method, term);
}

static void
run (struct rx_rows *rows, struct trial trial, const char *const *methods,
     struct rx_model_options model)
{
  struct rx_crossover design = { 0 };
  struct rx_error err = { RX_OK, "" };
  const struct rx_method_options options = { .level = 0.95, .model = model };
  build (&design, trial);
  for (; *methods != NULL; methods++)
    ck_assert_int_eq (rx_method_crossover (rx_method_find (*methods), &design,
                                           design.endpoints, &options, rows,
                                           &err),
                      RX_OK);
  rx_crossover_free (&design);
}

/* Complete AB/BA data: hills-armitage's t and df, whatever varies. */
START_TEST (complete_data_give_the_same_t)
{
  static const char *const methods[]
      = { "hills-armitage", "lmm-kr", "lmm-satterthwaite", "lmm-replicate",
          NULL };
  static const char *const data[]
      = { "xo_unbalanced_synthetic.csv", "xo_n60_synthetic.csv" };
  struct rx_rows rows = { 0 };
  run (&rows, (struct trial){ .data = data[_i] }, methods,
       (struct rx_model_options){ .within_by_treatment = true });
  const struct rx_row *t = row_of (&rows, methods[0], "treatment");
  for (size_t i = 1; methods[i] != NULL; i++)
    {
      const struct rx_row *u = row_of (&rows, methods[i], "treatment");
      ck_assert_msg (agrees (u->statistic, t->statistic, 1e-9), "%s: %.17g",
                     methods[i], u->statistic);
      ck_assert_msg (agrees (u->df, t->df, 1e-7), "%s: df %.17g", methods[i],
                     u->df);
    }
  rx_rows_free (&rows);
}
END_TEST

/* By hand: 12, 9 and 15, 13 in AB, 10, 11 and 14, 18 in BA.  A has 12, 15 and
   11, 18: pooled variance (4.5 + 24.5) / 2; B has 9, 13 and 10, 14: (8 + 8) /
   2; their covariance is (6 + 14) / 2. */
START_TEST (a_covariance_matrix_by_hand)
{
  static const char *const methods[] = { "lmm-replicate", NULL };
  struct rx_rows rows = { 0 };
  run (&rows, (struct trial){ .data = "xo_tiny4_synthetic.csv" }, methods,
       (struct rx_model_options){ 0 });
  ck_assert (agrees (estimate_of (&rows, methods[0], "total:A"), 14.5, 1e-9));
  ck_assert (agrees (estimate_of (&rows, methods[0], "total:B"), 8, 1e-9));
  ck_assert (agrees (estimate_of (&rows, methods[0], "covariance"), 10, 1e-9));
  ck_assert (isnan (estimate_of (&rows, methods[0], "within:A")));
  ck_assert (isnan (estimate_of (&rows, methods[0], "interaction")));
  rx_rows_free (&rows);
}
END_TEST

/* Test and reference exchanged, and another unit: signs and squares. */
START_TEST (orientation_and_unit_do_not_matter)
{
  static const char *const methods[] = { "lmm-replicate", NULL };
  struct rx_rows one = { 0 }, other = { 0 };
  struct trial trial = { .data = "xo_replicate_synthetic.csv", .test = "T" };
  run (&one, trial, methods, (struct rx_model_options){ 0 });
  trial.test = "R";
  run (&other, trial, methods, (struct rx_model_options){ 0 });
  const struct rx_row *t = row_of (&one, methods[0], "treatment");
  const struct rx_row *u = row_of (&other, methods[0], "treatment");
  ck_assert (agrees (u->estimate, -t->estimate, 1e-9));
  ck_assert (agrees (u->df, t->df, 1e-8));
  ck_assert (agrees (estimate_of (&other, methods[0], "covariance"),
                     estimate_of (&one, methods[0], "covariance"), 1e-8));
  /* this trial has its maximum on the border */
  ck_assert_ptr_nonnull (strstr (t->note, "singular"));
  ck_assert (agrees (estimate_of (&one, methods[0], "correlation"), 1, 1e-12));
  rx_rows_free (&one);
  rx_rows_free (&other);
}
END_TEST

/* ---- The analysis of variance ---------------------------------------------
 */

START_TEST (an_anova_has_the_squares_of_t)
{
  static const char *const methods[]
      = { "hills-armitage", "anova-type3", NULL };
  struct rx_rows rows = { 0 };
  run (&rows, (struct trial){ .data = "xo_unbalanced_synthetic.csv" }, methods,
       (struct rx_model_options){ 0 });
  static const char *const terms[][2] = { { "treatment", "treatment" },
                                          { "period", "period" },
                                          { "carryover", "sequence" } };
  for (size_t i = 0; i < 3; i++)
    {
      const struct rx_row *t = row_of (&rows, methods[0], terms[i][0]);
      const struct rx_row *f = row_of (&rows, methods[1], terms[i][1]);
      ck_assert (agrees (f->statistic, t->statistic * t->statistic, 1e-11));
      ck_assert (agrees (f->p_value, t->p_value, 1e-10));
      ck_assert_double_eq (f->df, t->df);
    }
  rx_rows_free (&rows);
}
END_TEST

/* Expected mean squares, from the traces that lm gives. */
START_TEST (expected_mean_squares_are_those_of_the_oracle)
{
  struct rx_table table;
  size_t compared = 0;
  oracle_read (&table, "anova_type3.tsv");
  for (size_t i = 0; i < table.n_rows; i++)
    {
      static const char *const methods[] = { "anova-type3", NULL };
      struct rx_rows rows = { 0 };
      const char *term = oracle_text (&table, i, "term");
      double expected = oracle_number (&table, i, "between"), got = 0;
      if (strcmp (oracle_text (&table, i, "options"), "-") != 0)
        continue;
      run (&rows, (struct trial){ .data = oracle_text (&table, i, "data") },
           methods, (struct rx_model_options){ 0 });
      const char *ems
          = strstr (row_of (&rows, methods[0], term)->note, "ems=within+");
      if (ems != NULL)
        sscanf (ems, "ems=within+%lf*between", &got);
      ck_assert_msg (fabs (got - expected) <= 1e-5 * expected,
                     "%s %s: %g is not %g", oracle_text (&table, i, "case"),
                     term, got, expected);
      compared++;
      rx_rows_free (&rows);
    }
  ck_assert_uint_gt (compared, 10);
  rx_table_free (&table);
}
END_TEST

/* --------------------------------------------------------------------------
 */

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("lmm_blocks");
  TCase *tcase = tcase_create ("variances by treatment");
  tcase_set_timeout (tcase, 60);
  tcase_add_test (tcase, fits_are_at_the_optimum);
  tcase_add_loop_test (tcase, one_kind_is_the_model_with_one_variance, 0, 4);
  tcase_add_loop_test (tcase, complete_data_give_the_same_t, 0, 2);
  tcase_add_test (tcase, a_covariance_matrix_by_hand);
  tcase_add_test (tcase, orientation_and_unit_do_not_matter);
  tcase_add_test (tcase, an_anova_has_the_squares_of_t);
  tcase_add_test (tcase, expected_mean_squares_are_those_of_the_oracle);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
