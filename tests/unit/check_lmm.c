/* check_lmm.c: the linear models against closed forms, lme4 and themselves. */
#include "methods/analysis_crossover.h"
#include "methods/comparisons.h"
#include "methods/lmm_rows.h"
#include "oracle_table.h"
#include "stats/fixed_groups.h"
#include "stats/lmm.h"

#include <gsl/gsl_errno.h>
#include <string.h>

static const double EXACT = 1e-13;    /* closed forms: some roundings */
static const double GRADIENT = 1e-11; /* of the deviance in log ratio */
static const double LME4 = 1e-6;      /* where its optimiser stops */

enum
{
  MOST = 64 /* rows and columns of the models written out here */
};

/* ---- A model written out --------------------------------------------------
 */

struct model
{
  struct rx_linear_data data;
  double x[MOST * 8], y[MOST];
  size_t first[MOST];
};

/* Two periods: intercept, sequence, period, treatment of the first period;
   NaN where a response is missing. */
struct pair
{
  bool test_first;
  double y1, y2;
};

static void
add_row (struct model *m, bool test_first, bool second, double y)
{
  if (isnan (y))
    return;
  double *x = m->x + m->data.n * 4;
  x[0] = 1;
  x[1] = !test_first;
  x[2] = second;
  x[3] = test_first != second;
  m->y[m->data.n++] = y;
}

static void
write_out (struct model *m, const struct pair *pairs, size_t n)
{
  *m = (struct model){ .data = { .p = 4, .groups = n } };
  for (size_t i = 0; i < n; i++)
    {
      add_row (m, pairs[i].test_first, false, pairs[i].y1);
      add_row (m, pairs[i].test_first, true, pairs[i].y2);
      m->first[i + 1] = m->data.n;
    }
  m->data.x = m->x;
  m->data.y = m->y;
  m->data.first = m->first;
}

static const double TREATMENT[] = { 0, 0, 0, 1 };
static const double SEQUENCE[] = { 0, 1, 0, 0 };

static void
fit_model (const struct model *m, struct rx_lmm *fit)
{
  struct rx_error err = { RX_OK, "" };
  ck_assert_msg (rx_lmm_fit (fit, &m->data, &err) == RX_OK, "%s", err.message);
}

static struct rx_linear_test
test_one (const struct rx_lmm *fit, rx_lmm_test *test, const double *l)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_linear_test out;
  ck_assert_msg (test (fit, l, 1, &out, &err) == RX_OK, "%s", err.message);
  return out;
}

static rx_lmm_test *const lmm_tests[]
    = { rx_lmm_kr, rx_lmm_satterthwaite, rx_lmm_containment };

/* Period differences 3, 2 and -1, -4, totals 21, 28 and 21, 32. */
static const struct pair four[] = {
  { true, 12, 9 }, { true, 15, 13 }, { false, 10, 11 }, { false, 14, 18 }
};

static const struct pair incomplete[] = {
  { true, 12.1, 9 },  { true, 15, 13.4 },    { true, 11, NAN },
  { true, 9.5, 8 },   { false, 10, 11 },     { false, 14, 18.2 },
  { false, NAN, 12 }, { false, 13.3, 15.1 }, { false, 8, 8.5 },
};

enum
{
  N_INCOMPLETE = sizeof incomplete / sizeof incomplete[0]
};

/* ---- Closed forms ---------------------------------------------------------
 */

START_TEST (balanced_data_have_closed_forms)
{
  struct model m;
  struct rx_lmm fit;
  write_out (&m, four, 4);
  fit_model (&m, &fit);
  ck_assert_int_eq (fit.state, RX_LMM_FITTED);
  double within = fit.within * fit.unit * fit.unit;
  /* pooled variances: differences 5 / 2, totals 85 / 2 */
  ck_assert (agrees (within, 2.5 / 2, EXACT));
  ck_assert (agrees (fit.ratio * within, (42.5 - 2.5) / 4, EXACT));
  for (size_t i = 0; i < 3; i++)
    {
      struct rx_linear_test t = test_one (&fit, lmm_tests[i], TREATMENT);
      ck_assert (agrees (t.estimate, 2.5, EXACT));
      ck_assert (agrees (t.se, sqrt (0.625), EXACT));
      ck_assert (agrees (t.df, 2, 1e-12));
    }
  rx_lmm_free (&fit);
}
END_TEST

/* The sequence is compared by means of two: (totals) / 2 with N - 2 df. */
START_TEST (sequences_are_compared_between_subjects)
{
  static rx_lmm_test *const tests[]
      = { rx_lmm_kr, rx_lmm_satterthwaite, rx_lmm_containment_between };
  struct model m;
  struct rx_lmm fit;
  write_out (&m, four, 4);
  fit_model (&m, &fit);
  for (size_t i = 0; i < 3; i++)
    {
      struct rx_linear_test t = test_one (&fit, tests[i], SEQUENCE);
      ck_assert (agrees (t.estimate, 1, 1e-12));
      ck_assert (agrees (t.se, sqrt (42.5) / 2, 1e-12));
      ck_assert (agrees (t.df, 2, 1e-12));
    }
  rx_lmm_free (&fit);
}
END_TEST

START_TEST (no_variance_between_is_singular)
{
  static const struct pair pairs[]
      = { { true, 1, 9 }, { true, 8, 3 }, { false, 9, 1 }, { false, 2, 8 } };
  struct model m;
  struct rx_lmm fit;
  write_out (&m, pairs, 4);
  fit_model (&m, &fit);
  ck_assert_int_eq (fit.state, RX_LMM_SINGULAR);
  ck_assert_double_eq (fit.ratio, 0);
  ck_assert_double_ge (fit.score, 0);
  /* least squares: the residual variance has all four df */
  struct rx_linear_test t = test_one (&fit, rx_lmm_satterthwaite, TREATMENT);
  ck_assert_double_eq (t.df, 4);
  rx_lmm_free (&fit);
}
END_TEST

/* Two subjects of two sequences and four periods: nothing between subjects is
   left, the treatment is compared within them. */
START_TEST (one_subject_per_sequence_compares_within)
{
  static const double y[] = { 5, 3, 6, 2, 1, 4, 2, 6 };
  static const double l[] = { 0, 0, 0, 0, 0, 1 };
  struct model m = { .data = { .p = 6, .groups = 2 } };
  struct rx_lmm fit;
  struct rx_fixed_groups fixed;
  struct rx_linear_test t, f;
  struct rx_error err = { RX_OK, "" };
  for (size_t i = 0; i < 8; i++)
    {
      size_t subject = i / 4, period = i % 4;
      double *x = m.x + i * 6;
      x[0] = 1;
      x[1] = (double)subject;
      if (period > 0)
        x[1 + period] = 1;
      x[5] = (period + subject) % 2 == 0;
      m.y[i] = y[i];
    }
  m.data.n = 8;
  m.first[1] = 4;
  m.first[2] = 8;
  m.data.x = m.x;
  m.data.y = m.y;
  m.data.first = m.first;
  fit_model (&m, &fit);
  ck_assert_int_eq (fit.state, RX_LMM_FLAT);
  ck_assert_int_eq (rx_fixed_groups_fit (&fixed, &m.data, &err), RX_OK);
  ck_assert_int_eq (rx_fixed_groups_test (&fixed, l, 1, &f, &err), RX_OK);
  ck_assert_double_eq (f.df, 2);
  for (size_t i = 0; i < 3; i++)
    {
      t = test_one (&fit, lmm_tests[i], l);
      ck_assert (agrees (t.estimate, f.estimate, EXACT));
      ck_assert (agrees (t.se, f.se, EXACT));
      ck_assert_double_eq (t.df, f.df);
    }
  rx_fixed_groups_free (&fixed);
  rx_lmm_free (&fit);
}
END_TEST

START_TEST (too_few_and_no_variance_are_states)
{
  static const struct pair two[] = { { true, 1, 2 }, { false, 3, 5 } };
  static const struct pair same[] = { { true, 4.3, 4.1 },
                                      { true, 5.4, 5.2 },
                                      { false, 7, 7.2 },
                                      { false, 1.1, 1.3 } };
  struct model m;
  struct rx_lmm fit;
  write_out (&m, two, 2);
  fit_model (&m, &fit);
  ck_assert_int_eq (fit.state, RX_LMM_TOO_FEW);
  ck_assert (isnan (test_one (&fit, rx_lmm_kr, TREATMENT).estimate));
  rx_lmm_free (&fit);
  write_out (&m, same, 4);
  fit_model (&m, &fit);
  ck_assert_int_eq (fit.state, RX_LMM_EXACT);
  struct rx_linear_test t = test_one (&fit, rx_lmm_kr, TREATMENT);
  ck_assert (agrees (t.estimate, 0.2, EXACT));
  ck_assert_double_eq (t.se, 0);
  ck_assert (isnan (t.p));
  rx_lmm_free (&fit);
}
END_TEST

/* A column twice over changes nothing else; the two cannot be told apart,
   their sum can. */
START_TEST (columns_that_cannot_be_told_apart_are_known)
{
  static const double l[][5] = {
    { 0, 0, 1, 0, 0 }, { 0, 0, 0, 1, 0 }, { 0, 0, 0, 0, 1 }, { 0, 0, 0, 1, 1 }
  };
  static const bool estimable[] = { true, false, false, true };
  struct model m, wide;
  struct rx_lmm fit, twice;
  write_out (&m, incomplete, N_INCOMPLETE);
  wide = m;
  wide.data.p = 5;
  for (size_t i = 0; i < m.data.n; i++)
    {
      memcpy (wide.x + i * 5, m.x + i * 4, 4 * sizeof (double));
      wide.x[i * 5 + 4] = m.x[i * 4 + 3];
    }
  wide.data.x = wide.x;
  wide.data.y = wide.y;
  wide.data.first = wide.first;
  fit_model (&m, &fit);
  fit_model (&wide, &twice);
  ck_assert (agrees (twice.deviance, fit.deviance, EXACT));
  for (size_t i = 0; i < 4; i++)
    ck_assert_int_eq (test_one (&twice, rx_lmm_kr, l[i]).estimable,
                      estimable[i]);
  struct rx_linear_test a = test_one (&fit, rx_lmm_kr, SEQUENCE);
  struct rx_linear_test b
      = test_one (&twice, rx_lmm_kr, (const double[]){ 0, 1, 0, 0, 0 });
  ck_assert (agrees (b.statistic, a.statistic, 1e-12));
  ck_assert (agrees (b.df, a.df, 1e-12));
  rx_lmm_free (&fit);
  rx_lmm_free (&twice);
}
END_TEST

/* ---- What must not matter -------------------------------------------------
 */

START_TEST (scale_and_offset_do_not_matter)
{
  static const struct
  {
    double factor, offset, tolerance;
  } changes[] = { { 1e200, 0, 1e-12 },
                  { 1e-200, 0, 1e-12 },
                  { -3, 0, 1e-12 },
                  { 1, 1e6, 1e-8 } };
  struct model m, changed;
  struct rx_lmm fit, other;
  write_out (&m, incomplete, N_INCOMPLETE);
  fit_model (&m, &fit);
  struct rx_linear_test t = test_one (&fit, rx_lmm_kr, TREATMENT);
  for (size_t k = 0; k < sizeof changes / sizeof changes[0]; k++)
    {
      double factor = changes[k].factor, tolerance = changes[k].tolerance;
      write_out (&changed, incomplete, N_INCOMPLETE);
      for (size_t i = 0; i < m.data.n; i++)
        changed.y[i] = factor * m.y[i] + changes[k].offset;
      fit_model (&changed, &other);
      struct rx_linear_test u = test_one (&other, rx_lmm_kr, TREATMENT);
      ck_assert (agrees (other.ratio, fit.ratio, tolerance));
      ck_assert (agrees (u.estimate, factor * t.estimate, tolerance));
      ck_assert (agrees (u.se, fabs (factor) * t.se, tolerance));
      ck_assert (agrees (u.df, t.df, tolerance));
      rx_lmm_free (&other);
    }
  rx_lmm_free (&fit);
}
END_TEST

START_TEST (order_of_subjects_does_not_matter)
{
  struct pair reversed[N_INCOMPLETE];
  struct model m, other;
  struct rx_lmm a, b;
  for (size_t i = 0; i < N_INCOMPLETE; i++)
    reversed[i] = incomplete[N_INCOMPLETE - 1 - i];
  write_out (&m, incomplete, N_INCOMPLETE);
  write_out (&other, reversed, N_INCOMPLETE);
  fit_model (&m, &a);
  fit_model (&other, &b);
  ck_assert (agrees (b.ratio, a.ratio, 1e-12));
  for (size_t i = 0; i < 3; i++)
    {
      struct rx_linear_test t = test_one (&a, lmm_tests[i], TREATMENT);
      struct rx_linear_test u = test_one (&b, lmm_tests[i], TREATMENT);
      ck_assert (agrees (u.statistic, t.statistic, 1e-12));
      ck_assert (agrees (u.df, t.df, 1e-12));
    }
  rx_lmm_free (&a);
  rx_lmm_free (&b);
}
END_TEST

/* ---- Trials of tests/oracle/data ------------------------------------------
 */

static void
build (struct rx_crossover *design, const char *data)
{
  static char path[PATH_MAX];
  struct rx_endpoint_spec endpoint = { .name = "response" };
  struct rx_crossover_spec spec = { .endpoints = &endpoint, .n_endpoints = 1 };
  struct rx_table table = { 0 };
  struct rx_error err = { RX_OK, "" };
  const char *top = getenv ("srcdir");
  snprintf (path, sizeof path, "%s/tests/oracle/data/%s",
            top != NULL ? top : ".", data);
  ck_assert_msg (rx_table_read (&table, path, NULL, &err) == RX_OK, "%s",
                 err.message);
  ck_assert_msg (rx_crossover_build (design, &table, &spec, &err) == RX_OK,
                 "%s", err.message);
  rx_table_free (&table);
}

static double
deviance_at (const struct rx_lmm *fit, double ratio)
{
  struct rx_error err = { RX_OK, "" };
  double deviance;
  ck_assert_int_eq (rx_lmm_deviance (fit, ratio, &deviance, &err), RX_OK);
  return deviance;
}

static void
check_optimum (const struct rx_lmm *fit, const char *name)
{
  static const double around[] = { 0.01, 0.5, 0.99, 1.01, 2, 100 };
  for (size_t i = 0; i < sizeof around / sizeof around[0]; i++)
    {
      double ratio = fit->ratio > 0 ? fit->ratio * around[i] : around[i];
      ck_assert_msg (deviance_at (fit, ratio) > fit->deviance,
                     "%s: better at %g", name, ratio);
    }
  if (fit->state == RX_LMM_SINGULAR)
    ck_assert_double_ge (fit->score, 0);
  else
    ck_assert_msg (fabs (fit->score) < GRADIENT, "%s: the slope is %g", name,
                   fit->score);
}

/* The gradient is zero, and the value at least as good as lme4's. */
START_TEST (fits_are_at_the_optimum)
{
  struct rx_table table;
  oracle_read (&table, "lmm_deviance.tsv");
  for (size_t i = 0; i < table.n_rows; i++)
    {
      struct rx_error err = { RX_OK, "" };
      struct rx_crossover design = { 0 };
      struct rx_lmm_endpoint e;
      const char *name = oracle_text (&table, i, "case");
      struct rx_method_options options = { .level = 0.95 };
      options.no_sequence
          = strcmp (oracle_text (&table, i, "sequence"), "no") == 0;
      build (&design, oracle_text (&table, i, "data"));
      ck_assert_int_eq (
          rx_lmm_endpoint_fit (&e, &design, design.endpoints, &options, &err),
          RX_OK);
      double lme4 = oracle_number (&table, i, "deviance");
      check_optimum (&e.fit, name);
      ck_assert_msg (e.fit.deviance <= lme4 + EXACT * fabs (lme4)
                         && e.fit.deviance > lme4 - LME4,
                     "%s: the deviance is %.17g, lme4 has %.17g", name,
                     e.fit.deviance, lme4);
      rx_lmm_endpoint_free (&e);
      rx_crossover_free (&design);
    }
  rx_table_free (&table);
}
END_TEST

/* Complete AB/BA data: one t test under five names. */
START_TEST (complete_data_give_one_t)
{
  static const char *const names[]
      = { "hills-armitage", "ols-fixed", "lmm-kr", "lmm-satterthwaite",
          "lmm-containment" };
  static const char *const data[]
      = { "xo_tiny4_synthetic.csv", "xo_unbalanced_synthetic.csv",
          "xo_n60_synthetic.csv", "xo_single_synthetic.csv" };
  struct rx_crossover design = { 0 };
  const struct rx_method_options options = { .level = 0.95 };
  struct rx_rows rows = { 0 };
  struct rx_error err = { RX_OK, "" };
  const struct rx_row *t = NULL;
  build (&design, data[_i]);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    {
      size_t at = rows.n;
      const struct rx_method *method = rx_method_find (names[i]);
      ck_assert_int_eq (
          rx_method_crossover (method, &design, design.endpoints, &options, &rows, &err),
          RX_OK);
      ck_assert_str_eq (rows.row[at].term, "treatment");
      t = &rows.row[0];
      ck_assert_double_eq (rows.row[at].n, t->n);
      ck_assert (agrees (rows.row[at].statistic, t->statistic, 1e-12));
      ck_assert (agrees (rows.row[at].df, t->df, 1e-12));
      ck_assert (agrees (rows.row[at].p_value, t->p_value, 1e-11));
      ck_assert (agrees (rows.row[at].conf_low, t->conf_low, 1e-11));
    }
  rx_rows_free (&rows);
  rx_crossover_free (&design);
}
END_TEST

/* --------------------------------------------------------------------------
 */

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("lmm");
  TCase *tcase = tcase_create ("linear models");
  tcase_add_test (tcase, balanced_data_have_closed_forms);
  tcase_add_test (tcase, sequences_are_compared_between_subjects);
  tcase_add_test (tcase, no_variance_between_is_singular);
  tcase_add_test (tcase, one_subject_per_sequence_compares_within);
  tcase_add_test (tcase, too_few_and_no_variance_are_states);
  tcase_add_test (tcase, columns_that_cannot_be_told_apart_are_known);
  tcase_add_test (tcase, scale_and_offset_do_not_matter);
  tcase_add_test (tcase, order_of_subjects_does_not_matter);
  tcase_add_test (tcase, fits_are_at_the_optimum);
  tcase_add_loop_test (tcase, complete_data_give_one_t, 0, 4);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
