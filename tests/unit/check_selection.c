/* check_selection.c: who is selected from a register: the index, the coverage
   and its guard, what is required. */
#include "hand_register.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* How many persons each step leaves. */
static void
expect_attrition (const struct rx_before_after *design, size_t n,
                  const size_t *persons)
{
  ck_assert_uint_eq (design->n_attrition, n);
  for (size_t i = 0; i < n; i++)
    {
      ck_assert_msg (design->attrition[i].persons == persons[i],
                     "step %zu, %s: %zu persons", i, design->attrition[i].step,
                     design->attrition[i].persons);
      if (i > 0)
        ck_assert_uint_eq (design->attrition[i].excluded,
                           persons[i - 1] - persons[i]);
    }
  ck_assert_uint_eq (design->n_persons, persons[n - 1]);
}

/* ---- Index, coverage, guard --------------------------------------------- */

START_TEST (index_is_the_first_within_its_dates)
{
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  static const char rows[] = "1,2011-12-31,X1,1,\n" /* outside the coverage */
                             "1,2012-03-01,X1,1,\n"
                             "1,2012-02-28,X1,-1,\n" /* a return */
                             "1,2012-04-01,X1,,\n"
                             "1,2012-05-01,X1,1,\n"
                             "2,2012-06-01,X1,-1,\n"
                             "3,2013-01-01,X1,1,\n";
  static const struct
  {
    const char *from, *to, *index; /* of person 1, NULL: none */
  } cases[] = { { "2012-01-01", "2012-12-31", "2012-03-01" },
                { "2012-03-01", "2012-12-31", "2012-03-01" },
                { "2012-03-02", "2012-12-31", "2012-04-01" },
                { "2012-04-01", "2012-04-01", "2012-04-01" },
                { "2012-04-02", "2012-04-30", NULL },
                { "2000-01-01", "2020-12-31", "2012-03-01" } };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      spec.has_index_days = true;
      spec.index_days = dates (cases[i].from, cases[i].to);
      build (&design, rows, &spec);
      ck_assert_uint_eq (design.n_persons, cases[i].index != NULL);
      if (cases[i].index != NULL)
        ck_assert_int_eq (design.index_day[0], day_of (cases[i].index));
      rx_before_after_free (&design);
    }
  spec.has_index_days = false;
  build (&design, rows, &spec);
  ck_assert_int_eq (design.index_day[0], day_of ("2012-03-01"));
  /* person 3 has no row inside the coverage */
  expect_attrition (&design, 3, (const size_t[]){ 2, 1, 1 });
  ck_assert_uint_eq (design.attrition[0].excluded, 1);
  ck_assert_uint_eq (design.rows_outside_coverage, 2);
  rx_before_after_free (&design);
}
END_TEST

START_TEST (guard)
{
  static const char rows[] = "1,2012-01-10,X1,1,\n" /* day -10 is 2011 */
                             "2,2012-01-11,X1,1,\n" /* 1 January */
                             "3,2012-12-22,X1,1,\n" /* day 9: 31 December */
                             "4,2012-12-23,X1,1,\n" /* 1 January 2013 */
                             "1,2011-12-31,A,5,\n4,2013-01-01,A,5,\n";
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  build (&design, rows, &spec);
  expect_attrition (&design, 3, (const size_t[]){ 4, 4, 2 });
  ck_assert_uint_eq (design.person[0], 1);
  ck_assert_uint_eq (design.person[1], 2);
  ck_assert (design.guarded);
  ck_assert_str_eq (design.attrition[2].step,
                    "before window [-10, -1] and after window [0, 9] inside "
                    "the coverage");
  rx_before_after_free (&design);

  spec.no_guard = true;
  build (&design, rows, &spec);
  expect_attrition (&design, 3, (const size_t[]){ 4, 4, 4 });
  ck_assert (!design.guarded);
  ck_assert_str_eq (design.attrition[2].step,
                    "coverage guard off: windows may reach outside the "
                    "coverage");
  /* what lies outside the coverage stays ignored */
  ck_assert_int_eq (design.outcomes[0].dispensings_before[0], 0);
  ck_assert_int_eq (design.outcomes[0].dispensings_after[3], 0);
  rx_before_after_free (&design);
}
END_TEST

START_TEST (coverage_from_the_data)
{
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  spec.has_coverage = false;
  build (&design,
         "1,2012-01-11,X1,1,\n2,2012-01-10,X1,1,\n3,2012-01-01,A,1,\n"
         "3,2012-01-20,A,1,\n4,2012-01-12,X1,1,\n",
         &spec);
  ck_assert (design.coverage_from_data);
  ck_assert_int_eq (design.coverage.from, day_of ("2012-01-01"));
  ck_assert_int_eq (design.coverage.to, day_of ("2012-01-20"));
  ck_assert_uint_eq (design.rows_outside_coverage, 0);
  expect_attrition (&design, 3, (const size_t[]){ 4, 3, 1 });
  ck_assert_str_eq (design.attrition[0].step,
                    "persons in the register (coverage 2012-01-01 to "
                    "2012-01-20)");
  ck_assert_str_eq (design.attrition[1].step,
                    "index: first X1 from 2012-01-01 to 2012-01-20");
  rx_before_after_free (&design);
}
END_TEST

/* ---- Requirements ------------------------------------------------------- */

/* Persons selected, as digits. */
static void
expect_selected (const struct rx_rule *rule, size_t n_rules,
                 const char *expected, const char *words)
{
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  char selected[8] = "";
  spec.require = rule;
  spec.n_require = n_rules;
  build (&design, PEOPLE, &spec);
  for (size_t i = 0; i < design.n_persons; i++)
    selected[i] = (char)('1' + design.person[i]);
  ck_assert_str_eq (selected, expected);
  if (words != NULL)
    ck_assert_str_eq (design.attrition[2].step, words);
  rx_before_after_free (&design);
}

START_TEST (rules_count)
{
  struct rx_rule rule = { .kind = RX_RULE_COUNT,
                          .drugs = LIST ("A"),
                          .at_least = 2,
                          .has_days = true,
                          .days = dates ("2012-02-01", "2012-03-31") };
  expect_selected (&rule, 1, "15",
                   "at least 2 rows of A from 2012-02-01 to 2012-03-31");
  rule.days.to++;
  expect_selected (&rule, 1, "145", NULL);
  rule.days.from++;
  expect_selected (&rule, 1, "", NULL);
  rule.has_days = false;
  expect_selected (&rule, 1, "145", "at least 2 rows of A");
  rule.at_least = 3;
  expect_selected (&rule, 1, "", NULL);
  rule = (struct rx_rule){ .kind = RX_RULE_COUNT,
                           .except = LIST ("X1", "B"),
                           .at_least = 1,
                           .has_days = true,
                           .days = { INT32_MIN, day_of ("2012-02-29") } };
  expect_selected (&rule, 1, "12345",
                   "at least 1 row of any drug except X1 or B until "
                   "2012-02-29");
}
END_TEST

START_TEST (rules_count_drugs)
{
  struct rx_rule rule = { .kind = RX_RULE_COUNT,
                          .drugs = LIST ("A", "B", "C"),
                          .at_least = 2,
                          .count_drugs = true };
  expect_selected (&rule, 1, "2",
                   "at least 2 different drugs among A, B or C");
  rule.at_least = 1;
  expect_selected (&rule, 1, "12345", "at least 1 drug among A, B or C");
}
END_TEST

START_TEST (rules_on_indications)
{
  struct rx_rule rule
      = { .kind = RX_RULE_COUNT, .indications = LIST ("G35"), .at_least = 1 };
  expect_selected (&rule, 1, "124", "at least 1 row with indication G35");
  rule.indications = (struct rx_texts)LIST ("G35*");
  expect_selected (&rule, 1, "1245", NULL);
  rule.indications = (struct rx_texts)LIST ("*"); /* any, but some */
  expect_selected (&rule, 1, "1245", NULL);
  rule.indications = (struct rx_texts)LIST ("L88");
  rule.drugs = (struct rx_texts)LIST ("A");
  expect_selected (&rule, 1, "", "at least 1 row of A with indication L88");
}
END_TEST

START_TEST (rules_in_trees)
{
  struct rx_rule twice = { .kind = RX_RULE_COUNT,
                           .drugs = LIST ("A"),
                           .indications = LIST ("G35"),
                           .at_least = 2 };
  struct rx_rule b
      = { .kind = RX_RULE_COUNT, .drugs = LIST ("B"), .at_least = 1 };
  struct rx_rule c
      = { .kind = RX_RULE_COUNT, .drugs = LIST ("C"), .at_least = 1 };
  struct rx_rule any = { .kind = RX_RULE_ANY,
                         .member = (struct rx_rule[]){ twice, b },
                         .n_members = 2 };
  expect_selected (&any, 1, "124",
                   "at least 2 rows of A with indication G35, or at least 1 "
                   "row of B");
  struct rx_rule all = { .kind = RX_RULE_ALL,
                         .member = (struct rx_rule[]){ any, b },
                         .n_members = 2 };
  expect_selected (&all, 1, "2",
                   "(at least 2 rows of A with indication G35, or at least 1 "
                   "row of B), and at least 1 row of B");
  struct rx_rule none = { .kind = RX_RULE_NONE,
                          .member = (struct rx_rule[]){ any, c },
                          .n_members = 2 };
  expect_selected (&none, 1, "56", NULL);
  struct rx_rule no_c = { .kind = RX_RULE_NONE, .member = &c, .n_members = 1 };
  expect_selected (&no_c, 1, "12456", "no row of C");
  struct rx_rule again
      = { .kind = RX_RULE_NONE, .member = &no_c, .n_members = 1 };
  expect_selected (&again, 1, "3", "not (no row of C)");
  /* several requirements: all of them, one step each */
  expect_selected ((struct rx_rule[]){ no_c, any, b }, 3, "2", "no row of C");
}
END_TEST

START_TEST (attrition_by_step)
{
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  struct rx_rule rules[]
      = { { .kind = RX_RULE_COUNT, .drugs = LIST ("A"), .at_least = 1 },
          { .kind = RX_RULE_COUNT, .drugs = LIST ("A"), .at_least = 2 } };
  spec.require = rules;
  spec.n_require = 2;
  spec.coverage.to = day_of ("2012-07-09"); /* day 9 is not covered */
  build (&design, PEOPLE, &spec);
  expect_attrition (&design, 5, (const size_t[]){ 6, 6, 4, 3, 0 });
  ck_assert_uint_eq (design.n_persons, 0); /* a result, not an error */
  rx_before_after_free (&design);
}
END_TEST

/* ---- Which dispensing is the index ------------------------------------- */

/* Person 1 is the example of before_after.h; person 2 has the drug once; the
   wash-out of person 3 starts before the coverage. */
static const char TAKEN[] = "1,2012-07-08,X1,1,\n" /* days 189, 59, 100 */
                            "1,2012-02-29,X1,1,\n"
                            "1,2012-04-10,X1,1,\n"
                            "1,2012-06-20,X1,-1,\n" /* a return */
                            "2,2012-06-01,X1,1,\n"
                            "3,2012-04-02,A,1,\n"
                            "3,2012-02-20,X1,1,\n";

START_TEST (takes)
{
  static const struct
  {
    enum rx_take take;
    int32_t washout;
    const char *from;
    bool no_guard;
    const char *index[3]; /* of persons 1 to 3; NULL: not selected */
    size_t prevalent;
  } cases[] = {
    { RX_TAKE_FIRST,
      0,
      "2012-01-15",
      false,
      { "2012-02-29", "2012-06-01", "2012-02-20" },
      0 },
    { RX_TAKE_FIRST,
      0,
      "2012-03-01",
      false,
      { "2012-04-10", "2012-06-01", NULL },
      1 },
    { RX_TAKE_FIRST_EVER,
      0,
      "2012-03-01",
      false,
      { NULL, "2012-06-01", NULL },
      0 },
    { RX_TAKE_FIRST_EVER,
      0,
      "2012-01-15",
      false,
      { "2012-02-29", "2012-06-01", "2012-02-20" },
      0 },
    { RX_TAKE_WASHOUT_THEN_FIRST,
      60,
      "2012-03-01",
      false,
      { "2012-07-08", "2012-06-01", NULL },
      0 },
    { RX_TAKE_FIRST_THEN_WASHOUT,
      60,
      "2012-03-01",
      false,
      { NULL, "2012-06-01", NULL },
      0 },
    /* 41 days from 2012-02-29 to 2012-04-10: both ends of the wash-out */
    { RX_TAKE_FIRST_THEN_WASHOUT,
      41,
      "2012-03-01",
      false,
      { NULL, "2012-06-01", NULL },
      0 },
    { RX_TAKE_FIRST_THEN_WASHOUT,
      40,
      "2012-03-01",
      false,
      { "2012-04-10", "2012-06-01", NULL },
      0 },
    { RX_TAKE_WASHOUT_THEN_FIRST,
      5,
      "2012-03-01",
      false,
      { "2012-04-10", "2012-06-01", NULL },
      1 },
    /* 2012-02-20 is day 50 of the coverage: 51 days are not known */
    { RX_TAKE_WASHOUT_THEN_FIRST,
      50,
      "2012-01-15",
      false,
      { "2012-02-29", "2012-06-01", "2012-02-20" },
      0 },
    { RX_TAKE_WASHOUT_THEN_FIRST,
      51,
      "2012-01-15",
      false,
      { "2012-02-29", "2012-06-01", NULL },
      0 },
    { RX_TAKE_WASHOUT_THEN_FIRST,
      51,
      "2012-01-15",
      true,
      { "2012-02-29", "2012-06-01", "2012-02-20" },
      0 },
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      struct rx_before_after_spec spec = ten_days ();
      struct rx_before_after design;
      size_t n = 0;
      spec.take = cases[i].take;
      spec.washout = cases[i].washout;
      spec.no_guard = cases[i].no_guard;
      spec.has_index_days = true;
      spec.index_days = dates (cases[i].from, "2012-12-01");
      build (&design, TAKEN, &spec);
      for (size_t p = 0; p < 3; p++)
        {
          if (cases[i].index[p] == NULL)
            continue;
          ck_assert_msg (n < design.n_persons && design.person[n] == p
                             && design.index_day[n]
                                    == day_of (cases[i].index[p]),
                         "case %zu, person %zu", i, p + 1);
          n++;
        }
      ck_assert_msg (design.n_persons == n, "case %zu", i);
      ck_assert_msg (design.traps.prevalent == cases[i].prevalent, "case %zu",
                     i);
      rx_before_after_free (&design);
    }
}
END_TEST

/* Options and study files take their words from the macro. */
START_TEST (takes_have_their_names)
{
  static const char *const names[] = { RX_TAKE_NAMES };
  ck_assert_uint_eq (sizeof names / sizeof names[0], rx_n_takes);
  for (size_t i = 0; i < rx_n_takes; i++)
    ck_assert_str_eq (rx_takes[i].name, names[i]);
}
END_TEST

/* ---- Requirements about the person and days from the index -------------- */

static void
expect_rule (const char *rows, const struct rx_register_columns *columns,
             struct rx_rule rule, const char *words, size_t n)
{
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  struct rx_register reg;
  struct rx_error err = { RX_OK, "" };
  spec.require = &rule;
  spec.n_require = 1;
  read_rows (&reg, rows, columns);
  ck_assert_msg (rx_before_after_build (&design, &reg, &spec, &err) == RX_OK,
                 "%s", err.message);
  ck_assert_str_eq (design.attrition[2].step, words);
  ck_assert_msg (design.n_persons == n, "%s: %zu persons", words,
                 design.n_persons);
  ck_assert (!design.traps.looks_ahead || rule.window.to > 0);
  rx_before_after_free (&design);
  rx_register_free (&reg);
}

START_TEST (rules_in_days_from_the_index)
{
  static const char rows[] = "1,2012-06-15,X1,1,\n"
                             "1,2012-06-05,A,1,\n" /* day -10 */
                             "2,2012-02-15,X1,1,\n"
                             "2,2012-02-04,A,1,\n" /* day -11 */
                             "3,2012-06-15,X1,1,\n"
                             "3,2012-06-15,A,1,\n"; /* day 0 */
  struct rx_rule rule = { .kind = RX_RULE_COUNT,
                          .drugs = LIST ("A"),
                          .has_window = true,
                          .at_least = 1 };
  struct rx_rule none
      = { .kind = RX_RULE_NONE, .member = &rule, .n_members = 1 };
  rule.window = (struct rx_days){ -10, -1 };
  expect_rule (rows, &COLUMNS, rule,
               "at least 1 row of A in days -10 to -1 from the index", 1);
  expect_rule (rows, &COLUMNS, none,
               "no row of A in days -10 to -1 from the index", 2);
  rule.window = (struct rx_days){ -11, 0 };
  expect_rule (rows, &COLUMNS, rule,
               "at least 1 row of A in days -11 to 0 from the index", 3);
  /* person 2 is on day 45 of the coverage: 46 days are not seen */
  rule.window = (struct rx_days){ -45, -1 };
  expect_rule (rows, &COLUMNS, rule,
               "at least 1 row of A in days -45 to -1 from the index", 2);
  rule.window = (struct rx_days){ -46, -1 };
  expect_rule (rows, &COLUMNS, rule,
               "at least 1 row of A in days -46 to -1 from the index", 1);
  rule.has_days = true;
  rule.days = dates ("2012-06-05", "2012-06-05");
  expect_rule (rows, &COLUMNS, rule,
               "at least 1 row of A from 2012-06-05 to 2012-06-05 in days -46 "
               "to -1 from the index",
               1);
}
END_TEST

/* Columns of other roles serve as sex and year of birth. */
START_TEST (rules_about_the_person)
{
  static const char rows[] = "1,2012-06-15,X1,1994,F\n"
                             "2,2012-06-15,X1,1936,M\n"
                             "3,2012-06-15,X1,,\n"
                             "4,2012-12-01,X1,1995,F\n";
  static const struct rx_register_columns columns = { .person = "person",
                                                      .date = "date",
                                                      .drug = "atc",
                                                      .birth_year = "ddd",
                                                      .sex = "reason" };
  struct rx_rule rule
      = { .kind = RX_RULE_PERSON, .has_age = true, .age = { 18, 76 } };
  struct rx_rule none
      = { .kind = RX_RULE_NONE, .member = &rule, .n_members = 1 };
  expect_rule (rows, &columns, rule, "age 18 to 76 at the index", 2);
  rule.age = (struct rx_days){ 17, 75 };
  expect_rule (rows, &columns, rule, "age 17 to 75 at the index", 2);
  rule.age = (struct rx_days){ 18, 75 };
  rule.sex = (struct rx_texts)LIST ("F");
  expect_rule (rows, &columns, rule, "age 18 to 75 at the index and sex F", 1);
  expect_rule (rows, &columns, none, "not age 18 to 75 at the index and sex F",
               3);
  rule.has_age = false;
  rule.sex = (struct rx_texts)LIST ("F", "M");
  expect_rule (rows, &columns, rule, "sex F or M", 3);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("selection");
  TCase *tests = tcase_create ("selection");
  tcase_add_checked_fixture (tests, scratch_make, scratch_remove);
  tcase_add_test (tests, index_is_the_first_within_its_dates);
  tcase_add_test (tests, guard);
  tcase_add_test (tests, coverage_from_the_data);
  tcase_add_test (tests, rules_count);
  tcase_add_test (tests, rules_count_drugs);
  tcase_add_test (tests, rules_on_indications);
  tcase_add_test (tests, rules_in_trees);
  tcase_add_test (tests, attrition_by_step);
  tcase_add_test (tests, takes);
  tcase_add_test (tests, takes_have_their_names);
  tcase_add_test (tests, rules_in_days_from_the_index);
  tcase_add_test (tests, rules_about_the_person);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
