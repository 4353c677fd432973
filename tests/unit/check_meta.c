/* check_meta.c: values worked out by hand for what a meta-analysis computes
   beside pooling, properties that hold for any studies, and its pictures. */
#include "base/text.h"
#include "methods/analysis_meta.h"
#include "oracle_table.h"
#include "report/figure.h"
#include "stats/deletion.h"
#include "stats/meta_line.h"
#include "stats/proportion.h"
#include "stats/tables_pooled.h"

#include <gsl/gsl_errno.h>
#include <string.h>

static const double EXACT = 1e-14;  /* closed forms: a few roundings */
static const double PRINTED = 5e-4; /* half of a third decimal */

/* ---- by hand ---------------------------------------------------------- */

START_TEST (a_line_through_four_studies)
{
  static const double y[] = { 1, 3, 5, 7 }, x[] = { 0, 1, 2, 3 };
  static const double v[] = { 1, 1, 1, 1 };
  struct rx_meta_line fit
      = rx_meta_line_fit ((struct rx_studies){ y, v, 4 }, x, false);
  ck_assert (agrees (fit.slope, 2, EXACT) && agrees (fit.intercept, 1, EXACT));
  ck_assert (agrees (fit.slope_se, 1 / sqrt (5), EXACT));
  ck_assert (fabs (fit.q) < EXACT && fit.df == 2);
  ck_assert (agrees (fit.spread, 2, EXACT)); /* k - 2 with v = 1 */
  fit = rx_meta_line_fit ((struct rx_studies){ y, v, 4 }, x, true);
  ck_assert (fit.tau2 == 0 && agrees (fit.slope, 2, EXACT));
  /* one covariate for all, or two studies: nothing to fit */
  ck_assert (isnan (
      rx_meta_line_fit ((struct rx_studies){ y, v, 4 }, v, true).slope));
  ck_assert (isnan (
      rx_meta_line_fit ((struct rx_studies){ y, v, 2 }, x, false).slope));
}
END_TEST

START_TEST (a_study_left_out)
{
  static const double y[] = { 0, 0, 3 }, v[] = { 1, 1, 1 };
  struct rx_deletion of[3];
  struct rx_error err;
  ck_assert_int_eq (rx_deletion_studies ((struct rx_studies){ y, v, 3 },
                                         rx_tau2_reml, of, &err),
                    RX_OK);
  /* with all three: tau2 = 3 - 1 = 2, mean 1, variance 1 */
  ck_assert (agrees (of[2].rstudent, 3 / sqrt (1.5), EXACT));
  ck_assert (of[2].tau2_without == 0 && of[2].q_without == 0);
  ck_assert (agrees (of[2].hat, 1 / 3.0, EXACT));
  ck_assert (agrees (of[2].cook, 1, 1e-12));
  ck_assert (agrees (of[2].cov_ratio, 0.5, 1e-12));
  ck_assert (agrees (of[2].dffits, sqrt (3), EXACT));
  ck_assert (agrees (of[2].dfbetas, sqrt (3), EXACT));
}
END_TEST

START_TEST (one_table)
{
  static const struct rx_two_groups table = { 1, 2, 1, 3 };
  struct rx_tables_pooled odds = rx_mantel_haenszel_log_odds_ratio (&table, 1);
  struct rx_tables_pooled risk = rx_mantel_haenszel_log_risk_ratio (&table, 1);
  struct rx_tables_pooled difference
      = rx_mantel_haenszel_risk_difference (&table, 1);
  struct rx_tables_pooled peto = rx_peto (&table, 1);
  ck_assert (agrees (odds.estimate, log (2), EXACT));
  /* one table: the variances are the usual ones */
  ck_assert (agrees (odds.se, sqrt (3.5), EXACT));
  ck_assert (agrees (risk.estimate, log (1.5), EXACT));
  ck_assert (agrees (risk.se, sqrt (0.5 + 2 / 3.0), EXACT));
  ck_assert (agrees (difference.estimate, 1 / 6.0, EXACT));
  ck_assert (agrees (difference.se, sqrt (1 / 8.0 + 2 / 27.0), EXACT));
  ck_assert (agrees (peto.estimate, 0.2 / 0.36, EXACT));
  ck_assert (agrees (peto.se, 1 / 0.6, EXACT));
  /* nobody has the event: nothing is known, and no number is made up */
  static const struct rx_two_groups nobody = { 0, 20, 0, 30 };
  ck_assert (rx_peto (&nobody, 1).k == 0
             && isnan (rx_peto (&nobody, 1).estimate));
  odds = rx_mantel_haenszel_log_odds_ratio (&nobody, 1);
  ck_assert (odds.k == 0 && isnan (odds.estimate));
}
END_TEST

/* 15 of 17, as a case series prints it; none of n ends at 1 - 0.025^(1/n). */
START_TEST (exact_intervals)
{
  double low, high;
  rx_clopper_pearson (15, 17, 0.95, &low, &high);
  ck_assert (fabs (low - 0.636) < PRINTED && fabs (high - 0.985) < PRINTED);
  rx_clopper_pearson (0, 12, 0.95, &low, &high);
  ck_assert (low == 0 && agrees (high, 1 - pow (0.025, 1 / 12.0), EXACT));
  rx_clopper_pearson (12, 12, 0.95, &low, &high);
  ck_assert (high == 1 && agrees (low, pow (0.025, 1 / 12.0), EXACT));
}
END_TEST

/* Cochrane Handbook 5.1, 16.4.6.4: 0.218 (0.256) with r = 0.68. */
START_TEST (a_crossover_of_the_handbook)
{
  static const double x[] = { 10, 7.0, 2.38, 6.5, 2.21, 0.68 };
  const struct rx_effect_kind *kind
      = rx_effect_kind_for ("smd", RX_EFFECT_CROSSOVER);
  struct rx_effect effect = kind->from (x);
  ck_assert (fabs (effect.y - 0.218) < PRINTED);
  ck_assert (fabs (sqrt (effect.v) - 0.256) < PRINTED);
}
END_TEST

/* What was transformed comes back. */
START_TEST (proportions_come_back)
{
  for (size_t i = 0; i < rx_n_effect_kinds; i++)
    {
      const struct rx_effect_kind *kind = &rx_effect_kinds[i];
      if (kind->back == NULL)
        continue;
      for (double events = 1; events < 40; events++)
        {
          const double x[] = { events, 40 };
          double p = kind->back (kind->from (x).y, 40);
          ck_assert_msg (agrees (p, events / 40, 1e-12), "%s: %g of 40: %.17g",
                         kind->name, events, p);
        }
      ck_assert (isnan (kind->back (NAN, 40)));
    }
}
END_TEST

/* Each measure and design has one kind, which asks for what it gets. */
START_TEST (measures_and_designs)
{
  for (size_t i = 0; i < rx_n_effect_kinds; i++)
    for (size_t d = 0; d < rx_n_effect_designs; d++)
      {
        const struct rx_effect_kind *kind = &rx_effect_kinds[i];
        enum rx_effect_design design = rx_effect_designs[d].design;
        if (kind->measure == NULL || (kind->designs & design) == 0)
          continue;
        ck_assert_ptr_eq (rx_effect_kind_for (kind->measure, design), kind);
        const struct rx_effect_kind *measure
            = rx_effect_kind_find (kind->measure);
        ck_assert_ptr_nonnull (measure);
        ck_assert (measure->is_log == kind->is_log);
      }
}
END_TEST

/* ---- rows ------------------------------------------------------------- */

static const char file[]
    = "study,estimate,std_error,dose,form\n"
      "a,0.1,0.1,1,x\nb,0.5,0.2,2,x\nc,-0.2,0.15,3,y\nd,0.9,0.3,4,y\n"
      "e,0.3,0.12,5,x\n";

/* A table from text, by way of a temporary file. */
static void
read_text (struct rx_table *table, const char *text)
{
  struct rx_error err;
  static char path[64]; /* the table keeps a pointer to its file name */
  strcpy (path, "/tmp/check_meta_XXXXXX");
  int fd = mkstemp (path);
  ck_assert_int_ge (fd, 0);
  FILE *stream = fdopen (fd, "w");
  ck_assert_ptr_nonnull (stream);
  ck_assert_int_ge (fputs (text, stream), 0);
  ck_assert_int_eq (fclose (stream), 0);
  struct rx_csv_format format = { .delimiter = ',' };
  *table = (struct rx_table){ 0 };
  ck_assert_msg (rx_table_read (table, path, &format, &err) == RX_OK, "%s",
                 err.message);
  remove (path);
}

static void
pool (struct rx_rows *rows, const struct rx_evidence_spec *spec,
      const char *const *names, size_t n)
{
  const struct rx_method *methods[16];
  struct rx_analysis_plan plan
      = { .methods = methods, .n_methods = n, .level = 0.95 };
  struct rx_table table;
  struct rx_text words = { 0 };
  struct rx_error err;
  for (size_t i = 0; i < n; i++)
    methods[i] = rx_method_find (names[i]);
  read_text (&table, file);
  ck_assert_msg (
      rx_analysis_meta_table (&table, spec, &plan, rows, &words, &err)
          == RX_OK,
      "%s", err.message);
  rx_text_free (&words);
  rx_table_free (&table);
}

static const struct rx_row *
find (const struct rx_rows *rows, const char *group, const char *method,
      const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].group, group) == 0
        && strcmp (rows->row[i].method, method) == 0
        && strcmp (rows->row[i].term, term) == 0)
      return &rows->row[i];
  ck_abort_msg ("no row %s %s %s", group, method, term);
}

/* Under a fixed effect Q of all = Q within the subgroups + Q between. */
START_TEST (q_adds_up)
{
  static const char *const names[] = { "study", "fe" };
  struct rx_evidence_spec spec = { .by = "form" };
  struct rx_rows rows = { 0 };
  pool (&rows, &spec, names, 2);
  double within = find (&rows, "x", "fe", "q")->statistic
                  + find (&rows, "y", "fe", "q")->statistic;
  double between = find (&rows, "all", "fe", "q-between")->statistic;
  double all = find (&rows, "all", "fe", "q")->statistic;
  ck_assert (agrees (within + between, all, 1e-12));
  rx_rows_free (&rows);
}
END_TEST

/* Weights sum to 100, hat values to 1; leaving out is leaving out. */
START_TEST (weights_sum_up)
{
  static const char *const names[]
      = { "weights-reml", "influence", "leave-one-out" };
  struct rx_evidence_spec spec = { 0 };
  struct rx_rows rows = { 0 };
  double weights = 0, hats = 0;
  pool (&rows, &spec, names, 3);
  for (const char *study = "abcde"; *study != '\0'; study++)
    {
      char name[] = { *study, '\0' },
           hat[] = { 'h', 'a', 't', ':', *study, '\0' };
      weights += find (&rows, "all", "weights-reml", name)->estimate;
      hats += find (&rows, "all", "influence", hat)->estimate;
    }
  ck_assert (agrees (weights, 100, EXACT) && agrees (hats, 1, EXACT));
  rx_rows_free (&rows);
}
END_TEST

/* ---- pictures --------------------------------------------------------- */

static size_t
lines_with (const struct rx_text *tsv, const char *start)
{
  size_t n = 0;
  for (const char *s = rx_text_string (tsv); s != NULL && *s != '\0';)
    {
      n += strncmp (s, start, strlen (start)) == 0;
      s = strchr (s, '\n');
      s = s == NULL ? NULL : s + 1;
    }
  return n;
}

static void
picture (const char *figure, const struct rx_rows *rows,
         struct rx_pictures *out)
{
  struct rx_error err;
  *out = (struct rx_pictures){ 0 };
  ck_assert_msg (rx_figure_build (rx_figure_find (figure), rows, out, &err)
                     == RX_OK,
                 "%s", err.message);
}

START_TEST (subgroups_are_one_picture)
{
  static const char *const names[]
      = { "study", "reml", "weights-reml", "leave-one-out", "egger" };
  struct rx_evidence_spec spec = { .by = "form" };
  struct rx_rows rows = { 0 };
  struct rx_pictures out;
  pool (&rows, &spec, names, 5);
  picture ("forest", &rows, &out);
  ck_assert_uint_eq (out.n, 2);
  const struct rx_text *tsv = &out.picture[0].tsv;
  ck_assert_uint_eq (lines_with (tsv, "study\t"), 5);
  ck_assert_uint_eq (lines_with (tsv, "group\t"), 3);
  ck_assert_uint_eq (lines_with (tsv, "pooled\t"), 3);
  ck_assert_uint_eq (lines_with (tsv, "between\t"), 1);
  ck_assert_uint_eq (lines_with (&out.picture[1].tsv, "subset\twithout "), 5);
  rx_pictures_free (&out);
  picture ("funnel", &rows, &out);
  ck_assert_uint_eq (out.n, 1);
  ck_assert_uint_eq (lines_with (&out.picture[0].tsv, "study\t"), 5);
  ck_assert_uint_eq (lines_with (&out.picture[0].tsv, "pooled\t"), 1);
  ck_assert_uint_eq (lines_with (&out.picture[0].tsv, "egger\t"), 1);
  rx_pictures_free (&out);
  rx_rows_free (&rows);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("meta");
  TCase *tests = tcase_create ("meta");
  tcase_add_test (tests, a_line_through_four_studies);
  tcase_add_test (tests, a_study_left_out);
  tcase_add_test (tests, one_table);
  tcase_add_test (tests, exact_intervals);
  tcase_add_test (tests, a_crossover_of_the_handbook);
  tcase_add_test (tests, proportions_come_back);
  tcase_add_test (tests, measures_and_designs);
  tcase_add_test (tests, q_adds_up);
  tcase_add_test (tests, weights_sum_up);
  tcase_add_test (tests, subgroups_are_one_picture);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
