/* check_claims.c: what printed text stands for, and the kinds of checks that
   the oracle in R does not cover, worked out by hand. */
#include "designs/claim_numbers.h"
#include "stats/cross_check.h"
#include "stats/recompute_p.h"

#include <check.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- printed text ------------------------------------------------------ */

static const struct
{
  const char *estimate, *verbatim, *measure, *unit;
  double value, low, high;
} texts[] = {
  { "80", "Eighty", "count", "subjects", 80, 80, 80 },
  { "20921", "20 921", "count", "rows", 20921, 20921, 20921 },
  { "20921",
    "20\xe2\x80\xaf"
    "921",
    "mean", "rows", 20921, 20920.5, 20921.5 },
  { "1744", "1,744 times", "mean", "", 1744, 1743.5, 1744.5 },
  /* the text has a decimal that the cell has not, and the other way round */
  { "3", "3.0 points", "mean", "points", 3, 2.95, 3.05 },
  { "3.0", "3 points", "mean", "points", 3, 2.5, 3.5 },
  { "-120.2", "95% CI -120,2 to -26.4", "mean", "DDD", -120.2, -120.25,
    -120.15 },
  { "70", "om lag 70 %", "percent", "%", 70, 65, 75 },
  { "10", "About ten years later", "date", "years later", 10, 5, 15 },
  { "67", "Om lag 2/3", "percent", "%", 67, 50, 250.0 / 3 },
  { "88", "15/17 (88%)", "percent", "%", 88, 87.5, 88.5 },
  { "100", "under 100", "count", "users", 100, -INFINITY, 100 },
  { "3", "at least 3 months", "inclusion", "months", 3, 3, INFINITY },
  { "3", "> 3 times", "definition", "times", 3, 3, INFINITY },
  { "50", "overall 50 %", "percent", "%", 50, 49.5, 50.5 },
  { "2007-02", "February 2007", "date", "year-month", NAN, 2007 + 1 / 12.0,
    2007 + 2 / 12.0 },
  { "1984", "1984", "date", "year", 1984, 1984, 1985 },
  { "1980s", "early 1980s", "date", "decade", NAN, 1980, 1990 },
  { "21:30", "9.30 p.m.", "time", "clock time", 21.5, 21.5, 21.5 },
};

static void
read_cells (struct rx_claim_cells cells, struct rx_said said[RX_SAID_PARTS],
            const char *expected_column)
{
  const char **cell[] = { &cells.estimate, &cells.n,       &cells.spread,
                          &cells.ci_low,   &cells.ci_high, &cells.p_text,
                          &cells.verbatim, &cells.measure, &cells.unit };
  const char *column = NULL;
  for (size_t i = 0; i < sizeof cell / sizeof *cell; i++)
    if (*cell[i] == NULL)
      *cell[i] = "";
  cells.mark = '.';
  const char *fault = rx_claim_numbers (&cells, said, &column);
  if (expected_column == NULL)
    ck_assert_msg (fault == NULL, "%s: %s", cells.verbatim, fault);
  else
    {
      ck_assert_ptr_nonnull (fault);
      ck_assert_str_eq (column, expected_column);
    }
}

START_TEST (the_printed_text_decides_the_digits)
{
  struct rx_said said[RX_SAID_PARTS];
  read_cells ((struct rx_claim_cells){ .estimate = texts[_i].estimate,
                                       .verbatim = texts[_i].verbatim,
                                       .measure = texts[_i].measure,
                                       .unit = texts[_i].unit },
              said, NULL);
  const struct rx_printed *p = &said[RX_SAID_ESTIMATE].printed;
  if (isnan (texts[_i].value))
    ck_assert_double_nan (p->value);
  else
    ck_assert_double_eq (p->value, texts[_i].value);
  ck_assert_double_eq (p->low, texts[_i].low);
  ck_assert_double_eq (p->high, texts[_i].high);
}
END_TEST

START_TEST (words_of_significance_decide)
{
  static const struct
  {
    const char *text;
    int decision;
  } ps[]
      = { { "p = 0.04", 1 },    { "P<0.001", 1 },         { "p = 0.05", -1 },
          { "p > 0.05", 0 },    { "p = .20", 0 },         { "significant", 1 },
          { "not starred", 0 }, { "not significant", 0 }, { "p <0.10", -1 } };
  for (size_t i = 0; i < sizeof ps / sizeof *ps; i++)
    {
      struct rx_said said[RX_SAID_PARTS];
      read_cells ((struct rx_claim_cells){ .p_text = ps[i].text }, said, NULL);
      ck_assert_msg (said[RX_SAID_P].decision == ps[i].decision, "%s: %d",
                     ps[i].text, said[RX_SAID_P].decision);
    }
}
END_TEST

START_TEST (what_is_no_number_names_its_column)
{
  struct rx_said said[RX_SAID_PARTS];
  read_cells ((struct rx_claim_cells){ .estimate = "many" }, said, "estimate");
  read_cells ((struct rx_claim_cells){ .n = "0" }, said, "n");
  read_cells ((struct rx_claim_cells){ .n = "1.5" }, said, "n");
  read_cells ((struct rx_claim_cells){ .ci_low = "low" }, said, "ci_low");
  read_cells ((struct rx_claim_cells){ .ci_low = "2", .ci_high = "1" }, said,
              "ci_high");
  read_cells ((struct rx_claim_cells){ .p_text = "p = 1.2" }, said, "p_text");
  read_cells ((struct rx_claim_cells){ .p_text = "small" }, said, "p_text");
  read_cells ((struct rx_claim_cells){ .spread = "SE wide" }, said, "spread");
  read_cells (
      (struct rx_claim_cells){ .estimate = "2007-13", .unit = "year-month" },
      said, "estimate");
  read_cells ((struct rx_claim_cells){ .estimate = "1985s", .unit = "decade" },
              said, "estimate");
}
END_TEST

/* ---- checks ------------------------------------------------------------ */

/* "12" rounded, "12#" counted, ">3" a bound, "2 weeks" a duration, "2007-02" a
   month, "220..450" a range, "yes" and "no" of significance. */
static struct rx_said
say (const char *text)
{
  struct rx_said said[RX_SAID_PARTS];
  struct rx_claim_cells cells = { .estimate = text };
  char first[32];
  const char *dots = strstr (text, "..");
  size_t n = strcspn (text, dots != NULL ? "." : "# ");
  ck_assert (n < sizeof first);
  memcpy (first, text, n);
  first[n] = '\0';
  if (strcmp (text, "yes") == 0 || strcmp (text, "no") == 0)
    {
      cells.estimate = "";
      cells.p_text = text[0] == 'y' ? "significant" : "not significant";
      read_cells (cells, said, NULL);
      return said[RX_SAID_P];
    }
  cells.estimate = first;
  if (dots != NULL)
    {
      cells.estimate = "";
      cells.ci_low = first;
      cells.ci_high = dots + 2;
    }
  else if (text[n] == '#')
    cells.measure = "count";
  else if (text[n] == ' ')
    cells.unit = text + n + 1;
  else if (strlen (text) == 7 && text[4] == '-')
    cells.unit = "year-month";
  if (text[0] == '>')
    {
      cells.estimate = first + 1;
      cells.verbatim = text;
    }
  read_cells (cells, said, NULL);
  return said[RX_SAID_ESTIMATE];
}

static const struct
{
  const char *kind, *claim, *used[3];
  enum rx_verdict verdict;
  double value, low, high;
  double index;
} checks[] = {
  /* two numbers with the same digits are equal or not, although what rounds
     to 46 and what rounds to 47 meet in 46.5 */
  { "same", "46", { "47" }, RX_INCONSISTENT, 47, 46.5, 47.5, 0 },
  { "same", "46", { "46" }, RX_CONSISTENT, 46, 45.5, 46.5, 0 },
  { "same", "12", { "11.6" }, RX_REPRODUCED, 11.6, 11.55, 11.65, 0 },
  { "same", "11.6", { "12" }, RX_CONSISTENT, 12, 11.5, 12.5, 0 },
  { "same", "17", { "16.5" }, RX_REPRODUCED, 16.5, 16.45, 16.55, 0 },
  { "same", "35", { "45..100" }, RX_INCONSISTENT, NAN, 45, 100, 0 },
  { "same", "356", { "220..450" }, RX_CONSISTENT, NAN, 220, 450, 0 },
  { "same", ">15000", { "15297#" }, RX_CONSISTENT, 15297, 15297, 15297, 0 },
  { "same-bound", ">4", { ">3" }, RX_INCONSISTENT, 3, 3, INFINITY, 0 },
  { "same-bound", ">3", { ">3" }, RX_CONSISTENT, 3, 3, INFINITY, 0 },
  { "same-decision", "no", { "no", "no" }, RX_CONSISTENT, NAN, NAN, NAN, 0 },
  { "same-decision",
    "no",
    { "no", "yes" },
    RX_INCONSISTENT,
    NAN,
    NAN,
    NAN,
    0 },
  { "number-of", "2#", { "1984", "1994" }, RX_REPRODUCED, 2, 2, 2, 0 },
  { "number-of", "3#", { "1984", "1994" }, RX_INCONSISTENT, 2, 2, 2, 0 },
  /* February 2007 and 17 weeks: 2007 + 1/12 + 17 * 7 / 365.25 */
  { "later",
    "2007-11",
    { "2007-02", "17 weeks" },
    RX_CONSISTENT,
    NAN,
    2007 + 1 / 12.0 + 16.5 * 7 / 365.25,
    INFINITY,
    0 },
  { "later",
    "2007-04",
    { "2007-02", "17 weeks" },
    RX_INCONSISTENT,
    NAN,
    2007 + 1 / 12.0 + 16.5 * 7 / 365.25,
    INFINITY,
    0 },
  { "earlier",
    "2007-02",
    { "2007-11", "17 weeks" },
    RX_CONSISTENT,
    NAN,
    -INFINITY,
    2007 + 11 / 12.0 - 16.5 * 7 / 365.25,
    0 },
  { "length", "2 years", { "2009..2010" }, RX_REPRODUCED, 2, 2, 2, 0 },
  { "length", "2 years", { "2013..2015" }, RX_INCONSISTENT, 3, 3, 3, 0 },
  { "length", "36 months", { "2013..2015" }, RX_REPRODUCED, 36, 36, 36, 0 },
  { "window-before",
    "2009..2010",
    { "2 years" },
    RX_INCONSISTENT,
    NAN,
    2011,
    2013,
    2013 },
  { "window-before",
    "2011..2013",
    { "2 years" },
    RX_CONSISTENT,
    NAN,
    2011,
    2013,
    2013 },
  { "window-after",
    "2013..2015",
    { "24 months" },
    RX_CONSISTENT,
    NAN,
    2013,
    2015,
    2013 },
  { "window-after",
    "2013..2016",
    { "24 months" },
    RX_INCONSISTENT,
    NAN,
    2013,
    2015,
    2013 },
  { "multiple", "12", { "4" }, RX_CONSISTENT, NAN, NAN, NAN, 0 },
  { "multiple", "4", { "10" }, RX_INCONSISTENT, NAN, NAN, NAN, 0 },
  { "base", "-41", { "-46 %" }, RX_CONSISTENT, NAN, -INFINITY, 0, 0 },
  { "base", "41", { "-46 %" }, RX_INCONSISTENT, NAN, -INFINITY, 0, 0 },
  /* a division by zero is possible: nothing follows */
  { "ratio", "3", { "1", "0" }, RX_NOT_RECOMPUTABLE, NAN, NAN, NAN, 0 },
  /* parts on either side of the total leave every value */
  { "change-of-part",
    "3.0",
    { "2.0", "1.0", "5.0" },
    RX_NOT_RECOMPUTABLE,
    NAN,
    -INFINITY,
    INFINITY,
    0 },
  { "change-of-part",
    "1.0",
    { "2.0", "3.0", "5.0" },
    RX_CONSISTENT,
    NAN,
    -INFINITY,
    2.05,
    0 },
  { "none", "3", { NULL }, RX_NOT_RECOMPUTABLE, NAN, NAN, NAN, 0 },
};

static void
assert_same (double got, double expected, const char *what)
{
  bool same = isnan (expected) ? isnan (got)
              : isinf (expected)
                  ? got == expected
                  : fabs (got - expected) <= 1e-12 * (1 + fabs (expected));
  ck_assert_msg (same, "check %s: found %.17g, expected %.17g", what, got,
                 expected);
}

START_TEST (a_check_finds_what_a_hand_does)
{
  const struct rx_check_kind *kind = rx_check_kind_find (checks[_i].kind);
  struct rx_said claim = say (checks[_i].claim), used[3];
  struct rx_check_options options = { .times = NAN,
                                      .df_low = NAN,
                                      .df_high = NAN,
                                      .df1 = NAN,
                                      .level = NAN,
                                      .index = checks[_i].index };
  struct rx_check_found found = { .words = "" };
  size_t n = 0;
  ck_assert_ptr_nonnull (kind);
  for (; n < 3 && checks[_i].used[n] != NULL; n++)
    {
      used[n] = say (checks[_i].used[n]);
      options.weight[n] = 1;
    }
  kind->run (&claim, used, n, &options, &found);
  ck_assert_msg (found.verdict == checks[_i].verdict, "%s of %s: %s",
                 kind->name, checks[_i].claim,
                 rx_verdict_names[found.verdict]);
  assert_same (found.low, checks[_i].low, kind->name);
  assert_same (found.high, checks[_i].high, kind->name);
  if (!isnan (checks[_i].value))
    assert_same (found.value, checks[_i].value, kind->name);
}
END_TEST

/* Cree 2010, MCS: 3.3 with p = 0.04 and df 59: a standard error from 1.506 to
   1.636 (R). */
START_TEST (a_difference_with_its_p_implies_a_standard_error)
{
  const struct rx_check_kind *kind = rx_check_kind_find ("implied-test");
  struct rx_said said[RX_SAID_PARTS];
  struct rx_check_options options = { .df_low = NAN };
  struct rx_check_found found;
  read_cells ((struct rx_claim_cells){ .estimate = "3.3",
                                       .n = "60",
                                       .p_text = "p = 0.04" },
              said, NULL);
  kind->run (&said[RX_SAID_ESTIMATE], &said[RX_SAID_P], 1, &options, &found);
  ck_assert_int_eq (found.verdict, RX_NOT_RECOMPUTABLE);
  ck_assert_ptr_nonnull (strstr (found.words, "from 1.506 to 1.636"));
}
END_TEST

/* chi-squared 6.63 with one degree of freedom: 0.01003 (R; table: 6.635 is
   0.01). */
START_TEST (a_statistic_has_its_p)
{
  const struct rx_check_kind *kind = rx_check_kind_find ("statistic");
  struct rx_said said[RX_SAID_PARTS], statistic = say ("6.63");
  struct rx_check_options options
      = { .df_low = 1, .df_high = 1, .statistic = RX_STATISTIC_CHI2 };
  struct rx_check_found found;
  read_cells ((struct rx_claim_cells){ .p_text = "p = 0.010" }, said, NULL);
  kind->run (&said[RX_SAID_P], &statistic, 1, &options, &found);
  ck_assert_int_eq (found.verdict, RX_REPRODUCED);
  ck_assert_double_eq_tol (found.value, 0.010027526446318, 1e-14);
}
END_TEST

START_TEST (every_kind_is_a_complete_row)
{
  for (size_t i = 0; i < rx_n_check_kinds; i++)
    {
      const struct rx_check_kind *kind = &rx_check_kinds[i];
      ck_assert_ptr_eq (rx_check_kind_find (kind->name), kind);
      ck_assert (kind->title != NULL && kind->title[0] != '\0');
      ck_assert (kind->uses_least <= kind->uses_most);
      ck_assert (kind->uses_most <= RX_CHECK_USES_MOST);
      ck_assert ((kind->wants & ~kind->takes) == 0);
      ck_assert (kind->run != NULL);
    }
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("claims");
  TCase *numbers = tcase_create ("numbers"), *kinds = tcase_create ("kinds");
  tcase_add_loop_test (numbers, the_printed_text_decides_the_digits, 0,
                       (int)(sizeof texts / sizeof *texts));
  tcase_add_test (numbers, words_of_significance_decide);
  tcase_add_test (numbers, what_is_no_number_names_its_column);
  tcase_add_loop_test (kinds, a_check_finds_what_a_hand_does, 0,
                       (int)(sizeof checks / sizeof *checks));
  tcase_add_test (kinds, a_difference_with_its_p_implies_a_standard_error);
  tcase_add_test (kinds, a_statistic_has_its_p);
  tcase_add_test (kinds, every_kind_is_a_complete_row);
  suite_add_tcase (suite, numbers);
  suite_add_tcase (suite, kinds);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
