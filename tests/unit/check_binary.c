/* check_binary.c: tests of binary crossovers: 2 x 2 tables, odds ratios, and
   the rows of the methods on trials given by their counts. */
#include "base/text.h"
#include "methods/analysis_crossover.h"
#include "oracle_table.h"
#include "scratch.h"
#include "stats/discordant.h"
#include "stats/two_by_two.h"

#include <gsl/gsl_errno.h>

static const double EXACT = 1e-14; /* closed forms: a few roundings */
static const double SOLVED = 1e-9; /* roots and quantiles */

/* Jones & Kenward's second centre: 30/495, infinite odds ratios. */
START_TEST (two_by_two_by_hand)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_two_by_two_test t;
  struct rx_two_by_two table = { 6, 0, 2, 4 };
  ck_assert_int_eq (rx_two_by_two (table, 0.95, &t, &err), RX_OK);
  ck_assert (agrees (t.chi_squared, 6, EXACT));
  ck_assert (agrees (t.p_exact, 30 / 495.0, EXACT));
  ck_assert (isinf (t.odds_ratio) && isinf (t.conditional) && isinf (t.high));
  ck_assert (t.low > 0 && t.low < 2);
}
END_TEST

/* Chances of 0..4 cups guessed right of 4 for an odds ratio. */
static void
tea (double odds, double chance[5])
{
  static const double ways[5] = { 1, 16, 36, 16, 1 };
  double total = 0;
  for (int i = 0; i < 5; i++)
    total += chance[i] = ways[i] * pow (odds, i);
  for (int i = 0; i < 5; i++)
    chance[i] /= total;
}

/* Fisher's tea, 3, 1; 1, 3: p = 34/70; at the conditional odds ratio the mean
   is 3, at the limits either tail is 0.025.  R's fisher.test has 6.408309,
   found to 1e-4 of its inverse. */
START_TEST (fishers_tea)
{
  struct rx_error err = { RX_OK, "" };
  struct rx_two_by_two_test t;
  struct rx_two_by_two table = { 3, 1, 1, 3 };
  double p[5];
  ck_assert_int_eq (rx_two_by_two (table, 0.95, &t, &err), RX_OK);
  ck_assert (agrees (t.p_exact, 34 / 70.0, EXACT));
  ck_assert (agrees (1 / t.conditional, 1 / 6.408309, 1e-3));
  tea (t.conditional, p);
  ck_assert (agrees (p[1] + 2 * p[2] + 3 * p[3] + 4 * p[4], 3, EXACT));
  tea (t.low, p);
  ck_assert (agrees (p[3] + p[4], 0.025, 1e-12));
  tea (t.high, p);
  ck_assert (agrees (p[0] + p[1] + p[2] + p[3], 0.025, 1e-12));
}
END_TEST

/* Rows exchanged: odds ratios inverted, tests unchanged. */
START_TEST (rows_exchanged)
{
  for (size_t a = 0; a < 5; a++)
    for (size_t b = 0; b < 5; b++)
      for (size_t c = 0; c < 5; c++)
        for (size_t d = 1; d < 5; d++)
          {
            struct rx_error err = { RX_OK, "" };
            struct rx_two_by_two_test s, t;
            struct rx_two_by_two one = { a, b, c, d }, two = { c, d, a, b };
            ck_assert_int_eq (rx_two_by_two (one, 0.9, &s, &err), RX_OK);
            ck_assert_int_eq (rx_two_by_two (two, 0.9, &t, &err), RX_OK);
            ck_assert (agrees (s.chi_squared, t.chi_squared, EXACT));
            ck_assert (agrees (s.p_exact, t.p_exact, 1e-12));
            ck_assert (s.p_exact > 0 && s.p_exact <= 1);
            ck_assert (agrees (s.conditional, 1 / t.conditional, SOLVED));
            ck_assert (agrees (s.low, 1 / t.high, SOLVED));
          }
}
END_TEST

/* Tables of exact2x2's vignette and of Agresti (R, ?mcnemar.test): odds ratio
   and Clopper-Pearson interval from R's binom.test. */
START_TEST (paired_odds)
{
  struct rx_paired_odds odds = rx_paired_odds (2, 9, 0.95);
  ck_assert (odds.ratio == 4.5);
  ck_assert (agrees (odds.low, 0.931412258193768, SOLVED));
  ck_assert (agrees (odds.high, 42.7997159352678, SOLVED));
  odds = rx_paired_odds (86, 150, 0.95);
  ck_assert (agrees (odds.ratio, 1.74418604651163, EXACT));
  ck_assert (agrees (odds.low, 1.32922825260526, SOLVED));
  ck_assert (agrees (odds.high, 2.30097908042199, SOLVED));
  odds = rx_paired_odds (0, 3, 0.95);
  ck_assert (isinf (odds.ratio) && isinf (odds.high));
  /* P (3 of 3) = 0.025: proportion 0.025^(1/3) */
  double p = cbrt (0.025);
  ck_assert (agrees (odds.low, p / (1 - p), SOLVED));
  ck_assert (isnan (rx_paired_odds (0, 0, 0.95).ratio));
}
END_TEST

/* ---- Trials by their counts ------------------------------------------------
 */

/* Counts of (0,0), (0,1), (1,0), (1,1) by sequence: Jones & Kenward, Design
   and Analysis of Cross-Over Trials, cerebrovascular deficiency, both centres.
 */
static const unsigned counts[2][4] = { { 12, 2, 7, 29 }, { 13, 6, 5, 26 } };

static void
make_trial (struct rx_text *text, bool other_value)
{
  static const char *const sequence[] = { "AB", "BA" };
  unsigned subject = 0;
  rx_text_addz (text, "subject,sequence,p1,p2\n");
  for (size_t s = 0; s < 2; s++)
    for (unsigned kind = 0; kind < 4; kind++)
      for (unsigned i = 0; i < counts[s][kind]; i++)
        rx_text_addf (text, "%u,%s,%u,%u\n", ++subject, sequence[s], kind / 2,
                      kind % 2);
  if (other_value)
    rx_text_addz (text, "s17,AB,1,2\n");
  ck_assert (!text->failed);
}

/* Runs the methods (NULL: all that fit) on the trial; true when that went
   well. */
static bool
run (bool other_value, const char *test, const char *name,
     struct rx_rows *rows, struct rx_error *err)
{
  static const char *const periods[] = { "p1", "p2" };
  const struct rx_endpoint_spec endpoint
      = { .name = "y", .columns = periods, .n_columns = 2 };
  const struct rx_crossover_spec spec = {
    .endpoints = &endpoint, .n_endpoints = 1, .wide = true, .test = test
  };
  const struct rx_method *method = name != NULL ? rx_method_find (name) : NULL;
  struct rx_analysis_plan plan = { .methods = name != NULL ? &method : NULL,
                                   .n_methods = 1,
                                   .level = 0.95 };
  struct rx_text text = { 0 };
  struct rx_table table = { 0 };
  struct rx_crossover design;
  make_trial (&text, other_value);
  const char *path
      = scratch_write ("b.csv", rx_text_string (&text), text.length);
  ck_assert (rx_table_read (&table, path, NULL, err) == RX_OK);
  ck_assert (rx_crossover_build (&design, &table, &spec, err) == RX_OK);
  bool well = rx_analysis_crossover (&design, &plan, rows, err) == RX_OK;
  rx_crossover_free (&design);
  rx_table_free (&table);
  rx_text_free (&text);
  return well;
}

static const struct rx_row *
find (const struct rx_rows *rows, const char *method, const char *term)
{
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].method, method) == 0
        && strcmp (rows->row[i].term, term) == 0)
      return &rows->row[i];
  return NULL;
}

/* Responses of 0 and 1: the binary methods run unasked; with R 4.2.2's
   numbers. */
START_TEST (binary_methods_run_unasked)
{
  static const struct
  {
    const char *method, *term;
    double estimate, p;
  } expected[] = {
    { "mcnemar", "treatment", 0.06, 0.179712494879 },
    { "mcnemar", "odds-ratio", 13 / 7.0, NAN },
    { "mcnemar-exact", "treatment", 0.06, 0.263175964355469 },
    { "mcnemar-midp", "treatment", 0.06, 0.189247131347656 },
    { "mainland-gart", "treatment", NAN, 0.142117346822633 },
    { "mainland-gart", "treatment-odds-ratio", 2.04939015319192, NAN },
    { "mainland-gart", "period-odds-ratio", 1.70782512765993, NAN },
    { "mainland-gart-exact", "treatment", NAN, 0.196808763991426 },
    { "prescott", "treatment", 5, 0.180151847088996 },
    { "prescott-exact", "treatment", 5, 0.263701100995667 },
  };
  struct rx_rows rows = { 0 };
  struct rx_error err = { RX_OK, "" };
  ck_assert_msg (run (false, NULL, NULL, &rows, &err), "%s", err.message);
  for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
    {
      const struct rx_row *row
          = find (&rows, expected[i].method, expected[i].term);
      ck_assert_msg (row != NULL, "%s", expected[i].method);
      ck_assert_msg (agrees (row->estimate, expected[i].estimate, 1e-12)
                         && agrees (row->p_value, expected[i].p, 1e-11),
                     "%s %s: %.17g, p %.17g", row->method, row->term,
                     row->estimate, row->p_value);
    }
  rx_rows_free (&rows);
}
END_TEST

/* One response of 2: passed over unasked, an error that names the subject when
   asked. */
START_TEST (other_responses)
{
  struct rx_rows rows = { 0 };
  struct rx_error err = { RX_OK, "" };
  ck_assert_msg (run (true, NULL, NULL, &rows, &err), "%s", err.message);
  ck_assert_ptr_null (find (&rows, "mcnemar", "treatment"));
  ck_assert_ptr_null (find (&rows, "prescott", "treatment"));
  ck_assert_ptr_nonnull (find (&rows, "paired-t", "treatment"));
  rx_rows_free (&rows);
  rows = (struct rx_rows){ 0 };
  ck_assert (!run (true, NULL, "prescott", &rows, &err));
  ck_assert_int_eq (err.status, RX_EUSAGE);
  ck_assert_msg (strstr (err.message, "subject s17, period 2 has 2") != NULL,
                 "%s", err.message);
  rx_rows_free (&rows);
}
END_TEST

/* Test and reference exchanged: differences and z change sign, odds ratios are
   inverted, the period's stays, every p stays. */
START_TEST (treatments_exchanged)
{
  static const struct
  {
    const char *method, *term;
    enum
    {
      SIGN,
      INVERSE,
      SAME
    } becomes;
  } claims[] = {
    { "mcnemar", "treatment", SIGN },
    { "mcnemar", "odds-ratio", INVERSE },
    { "mcnemar-exact", "treatment", SIGN },
    { "mainland-gart", "treatment", SAME },
    { "mainland-gart", "conditional-odds-ratio", INVERSE },
    { "mainland-gart", "treatment-odds-ratio", INVERSE },
    { "mainland-gart", "period-odds-ratio", SAME },
    { "mainland-gart-exact", "treatment", SAME },
  };
  struct rx_rows a = { 0 }, b = { 0 };
  struct rx_error err = { RX_OK, "" };
  ck_assert (run (false, "A", NULL, &a, &err));
  ck_assert (run (false, "B", NULL, &b, &err));
  for (size_t i = 0; i < sizeof claims / sizeof claims[0]; i++)
    {
      const struct rx_row *x = find (&a, claims[i].method, claims[i].term);
      const struct rx_row *y = find (&b, claims[i].method, claims[i].term);
      double want = claims[i].becomes == SIGN      ? -x->estimate
                    : claims[i].becomes == INVERSE ? 1 / x->estimate
                                                   : x->estimate;
      ck_assert_msg (agrees (y->estimate, want, SOLVED)
                         && agrees (y->p_value, x->p_value, 1e-12),
                     "%s %s", claims[i].method, claims[i].term);
    }
  const struct rx_row *x = find (&a, "prescott", "treatment");
  const struct rx_row *y = find (&b, "prescott", "treatment");
  ck_assert (agrees (x->statistic, -y->statistic, 1e-12));
  rx_rows_free (&a);
  rx_rows_free (&b);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("binary");
  TCase *tests = tcase_create ("binary");
  tcase_add_checked_fixture (tests, scratch_make, scratch_remove);
  tcase_add_test (tests, two_by_two_by_hand);
  tcase_add_test (tests, fishers_tea);
  tcase_add_test (tests, rows_exchanged);
  tcase_add_test (tests, paired_odds);
  tcase_add_test (tests, binary_methods_run_unasked);
  tcase_add_test (tests, other_responses);
  tcase_add_test (tests, treatments_exchanged);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
