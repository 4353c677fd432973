/* check_before_after.c: what is summed in the windows before and after an
   index, and what is refused. */
#include "hand_register.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define NO_LIST                                                               \
  {                                                                           \
    NULL, 0                                                                   \
  }

/* Dispensings and ddd of the first outcome and the only person. */
static void
expect_sums (const char *rows, const struct rx_before_after_spec *spec,
             int64_t before, int64_t after, double ddd_before,
             double ddd_after)
{
  struct rx_before_after design;
  build (&design, rows, spec);
  ck_assert_uint_eq (design.n_persons, 1);
  const struct rx_outcome_sums *sums = &design.outcomes[0];
  ck_assert_int_eq (sums->dispensings_before[0], before);
  ck_assert_int_eq (sums->dispensings_after[0], after);
  ck_assert ((double)sums->units_before[0] / design.scale == ddd_before);
  ck_assert ((double)sums->units_after[0] / design.scale == ddd_after);
  rx_before_after_free (&design);
}

/* ---- Windows ------------------------------------------------------------ */

START_TEST (window_ends_to_the_day)
{
  struct rx_before_after_spec spec = ten_days ();
  static const char rows[] = "1,2012-06-15,X1,1,\n"
                             "1,2012-06-04,A,1000,\n"  /* day -11 */
                             "1,2012-06-05,A,100,\n"   /* day -10 */
                             "1,2012-06-14,A,10,\n"    /* day -1 */
                             "1,2012-06-15,A,1,\n"     /* day 0 */
                             "1,2012-06-24,A,0.5,\n"   /* day 9 */
                             "1,2012-06-25,A,0.25,\n"; /* day 10 */
  expect_sums (rows, &spec, 2, 2, 110, 1.5);
  spec.after = (struct rx_days){ 1, 10 }; /* without the index day */
  expect_sums (rows, &spec, 2, 2, 110, 0.75);
  spec.before = (struct rx_days){ -11, -11 };
  expect_sums (rows, &spec, 1, 2, 1000, 0.75);
}
END_TEST

/* Two years are 731 days where they hold a leap day. */
START_TEST (leap_days)
{
  struct rx_before_after_spec spec = ten_days ();
  spec.coverage = dates ("2010-01-01", "2014-12-31");
  spec.before = (struct rx_days){ -730, -1 };
  spec.after = (struct rx_days){ 0, 729 };
  expect_sums ("1,2012-03-01,X1,1,\n"
               "1,2010-03-01,A,1,\n"      /* 731 days before: outside */
               "1,2010-03-02,A,10,\n"     /* 730 */
               "1,2012-02-29,A,100,\n"    /* 1 */
               "1,2014-02-28,A,1000,\n"   /* 729 after */
               "1,2014-03-01,A,10000,\n", /* 730 */
               &spec, 2, 1, 110, 1000);
}
END_TEST

START_TEST (amounts)
{
  struct rx_before_after_spec spec = ten_days ();
  /* a return lowers ddd and counts for nothing; missing and zero count */
  expect_sums ("1,2012-06-15,X1,1,\n1,2012-06-10,A,28.5,\n"
               "1,2012-06-11,A,-0.5,\n1,2012-06-12,A,,\n1,2012-06-13,A,0,\n",
               &spec, 3, 0, 28, 0);
  /* more returned than dispensed, and nothing but a return */
  expect_sums ("1,2012-06-15,X1,1,\n1,2012-06-10,A,10,\n"
               "1,2012-06-11,A,-30,\n1,2012-06-16,A,-1,\n",
               &spec, 1, 0, -20, -1);
  /* exact repeats stay */
  expect_sums ("1,2012-06-15,X1,1,\n1,2012-06-16,A,7,\n1,2012-06-16,A,7,\n",
               &spec, 0, 2, 0, 14);
}
END_TEST

/* 0.1 ten times is 1: sums are made of decimals. */
START_TEST (sums_are_exact)
{
  struct rx_before_after_spec spec = ten_days ();
  char rows[400] = "1,2012-06-15,X1,1,\n";
  for (int i = 0; i < 10; i++)
    strcat (rows, "1,2012-06-16,A,0.1,\n");
  expect_sums (rows, &spec, 0, 10, 0, 1);
}
END_TEST

START_TEST (drug_patterns)
{
  static const char rows[] = "1,2012-06-15,X1,1,\n"
                             "1,2012-06-16,N02,1,\n"
                             "1,2012-06-16,N02A,10,\n"
                             "1,2012-06-16,N02AA01,100,\n"
                             "1,2012-06-16,N02BE01,1000,\n"
                             "1,2012-06-16,N03,10000,\n"
                             "1,2012-06-16,X1Y,100000,\n";
  const struct
  {
    struct rx_outcome outcome;
    double ddd;
    size_t n_codes;
  } cases[] = {
    { { .name = "code", .drugs = LIST ("N02"), .except = NO_LIST }, 1, 1 },
    { { .name = "longer code", .drugs = LIST ("N02A"), .except = NO_LIST },
      10,
      1 },
    { { .name = "prefix", .drugs = LIST ("N02*"), .except = NO_LIST },
      1111,
      4 },
    { { .name = "longer prefix", .drugs = LIST ("N02A*"), .except = NO_LIST },
      110,
      2 },
    { { .name = "twice",
        .drugs = LIST ("N02*", "N02A*", "N02A"),
        .except = NO_LIST },
      1111,
      4 },
    { { .name = "except", .drugs = LIST ("N02*"), .except = LIST ("N02A*") },
      1001,
      2 },
    { { .name = "all but",
        .drugs = LIST ("*"),
        .except = LIST ("X1", "N02*") },
      110000,
      2 },
    { { .name = "every one", .drugs = NO_LIST, .except = NO_LIST },
      111112,
      7 },
    { { .name = "index", .drugs = LIST ("X1"), .except = NO_LIST }, 1, 1 },
    { { .name = "none", .drugs = LIST ("Z99*"), .except = NO_LIST }, 0, 0 },
  };
  enum
  {
    N = sizeof cases / sizeof cases[0]
  };
  struct rx_outcome outcomes[N];
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  for (size_t i = 0; i < N; i++)
    outcomes[i] = cases[i].outcome;
  spec.outcomes = outcomes;
  spec.n_outcomes = N;
  build (&design, rows, &spec);
  for (size_t i = 0; i < N; i++)
    {
      ck_assert_str_eq (design.outcomes[i].name, cases[i].outcome.name);
      ck_assert_msg ((double)design.outcomes[i].units_after[0] / design.scale
                         == cases[i].ddd,
                     "%s", cases[i].outcome.name);
      ck_assert_uint_eq (design.outcomes[i].n_codes, cases[i].n_codes);
    }
  rx_before_after_free (&design);
}
END_TEST

/* ---- Groups, cells, warnings -------------------------------------------- */

static const char GROUPED[]
    = "1,2012-06-15,X1,1,\n"
      "2,2012-06-15,X1,1,\n2,2012-06-24,X1,1,\n2,2012-06-25,X1,1,\n"
      "3,2012-06-15,X1,1,\n3,2012-06-16,X1,,\n3,2012-06-16,X1,,\n"
      "4,2012-06-15,X1,1,\n4,2012-06-16,X1,1,\n4,2012-06-17,X1,1,\n"
      "4,2012-06-18,X1,1,\n4,2012-06-19,X1,-1,\n4,2012-06-14,X1,-1,\n"
      "1,2012-06-10,A,4,\n2,2012-06-10,A,2.5,\n2,2012-06-20,A,1,\n"
      "4,2012-06-20,A,-3,\n";

static struct rx_before_after_spec
grouped (const struct rx_level *levels, size_t n)
{
  struct rx_before_after_spec spec = ten_days ();
  spec.group_drugs = spec.index_drugs;
  spec.group_window = spec.after;
  spec.levels = levels;
  spec.n_levels = n;
  return spec;
}

START_TEST (levels_by_count)
{
  const struct rx_level levels[]
      = { { "one", 1, 1 }, { "two", 2, 2 }, { "four+", 4, LONG_MAX } };
  struct rx_before_after_spec spec = grouped (levels, 3);
  struct rx_before_after design;
  spec.reference = "one";
  build (&design, GROUPED, &spec);
  ck_assert_uint_eq (design.n_persons, 4);
  ck_assert_uint_eq (design.group[0], 0);
  ck_assert_uint_eq (design.group[1], 1); /* day 10 is outside */
  ck_assert_uint_eq (design.group[2], 3); /* three: no level */
  ck_assert_uint_eq (design.group[3], 2); /* the return is none */
  ck_assert_str_eq (design.levels[2].name, "four+");
  ck_assert_str_eq (design.reference, "one");
  rx_before_after_free (&design);

  /* a longer window of its own, which is guarded too */
  spec.group_window = (struct rx_days){ 0, 10 };
  build (&design, GROUPED, &spec);
  ck_assert_uint_eq (design.group[1], 3);
  ck_assert_str_eq (design.attrition[2].step,
                    "before window [-10, -1], after window [0, 9] and group "
                    "window [0, 10] inside the coverage");
  rx_before_after_free (&design);
  spec.coverage.to = day_of ("2012-06-24");
  build (&design, GROUPED, &spec);
  ck_assert_uint_eq (design.n_persons, 0);
  rx_before_after_free (&design);
}
END_TEST

START_TEST (cells)
{
  static const struct
  {
    int group;
    size_t measure; /* number in rx_measures */
    const char *name;
    size_t n;
    int64_t before[4], after[4];
  } cases[] = {
    { RX_GROUP_ALL, 0, "all", 4, { 1, 1, 0, 0 }, { 0, 1, 0, 0 } },
    { RX_GROUP_ALL, 1, "all", 4, { 1, 1, 0, 0 }, { 0, 1, 0, 0 } },
    { RX_GROUP_ALL, 2, "all", 4, { 40, 25, 0, 0 }, { 0, 10, 0, -30 } },
    { RX_GROUP_ALL, 3, "all", 4, { 40, 25, 0, 0 }, { 0, 10, 0, -30 } },
    { 1, 2, "few", 2, { 25, 0 }, { 10, 0 } },
    { 2, 2, "four+", 1, { 0 }, { -30 } },
    { 2, 0, "four+", 1, { 0 }, { 0 } },
    { 3, 1, "nobody", 0, { 0 }, { 0 } },
  };
  const struct rx_level levels[] = { { "one", 1, 1 },
                                     { "few", 2, 3 },
                                     { "four+", 4, 99 },
                                     { "nobody", 100, LONG_MAX } };
  struct rx_before_after_spec spec = grouped (levels, 4);
  struct rx_before_after design;
  struct rx_error err = { RX_OK, "" };
  ck_assert_uint_eq (rx_n_measures, 4);
  build (&design, GROUPED, &spec);
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      struct rx_before_after_cell cell;
      const struct rx_measure_name *measure = &rx_measures[cases[i].measure];
      ck_assert_int_eq (rx_before_after_cell_make (
                            &design, 0, measure, cases[i].group, &cell, &err),
                        RX_OK);
      ck_assert_str_eq (cell.group, cases[i].name);
      ck_assert_str_eq (cell.outcome, "other");
      ck_assert_ptr_eq (cell.measure, measure);
      ck_assert_uint_eq (cell.n, cases[i].n);
      ck_assert (cell.scale
                 == (rx_measure_is_amount (measure->measure) ? 10 : 1));
      for (size_t k = 0; k < cell.n; k++)
        {
          ck_assert_int_eq (cell.before[k], cases[i].before[k]);
          ck_assert_int_eq (cell.after[k], cases[i].after[k]);
        }
      rx_before_after_cell_free (&cell);
    }
  rx_before_after_free (&design);
}
END_TEST

START_TEST (warnings)
{
  const struct rx_level level = { "any", 0, LONG_MAX };
  struct rx_rule count
      = { .kind = RX_RULE_COUNT, .drugs = LIST ("A"), .at_least = 1 };
  struct rx_rule none
      = { .kind = RX_RULE_NONE, .member = &count, .n_members = 1 };
  const struct
  {
    struct rx_rule rule;
    const char *from; /* NULL: no dates */
    bool expected;
  } cases[] = { { count, NULL, true },
                { count, "2012-01-01", true },
                { count, "2012-06-30", true },
                { count, "2012-07-01", false },
                { none, NULL, false } };
  struct rx_before_after_spec spec = grouped (&level, 1);
  struct rx_before_after design;
  spec.n_require = 1;
  spec.has_index_days = true;
  spec.index_days = dates ("2012-06-01", "2012-06-30");
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      struct rx_rule rule = cases[i].rule;
      rule.has_days = cases[i].from != NULL;
      if (rule.has_days)
        rule.days = dates (cases[i].from, "2012-12-31");
      spec.require = &rule;
      build (&design, GROUPED, &spec);
      ck_assert_msg (design.needs_earlier_use == cases[i].expected, "%zu", i);
      rx_before_after_free (&design);
    }
  /* days from the index: before it, or from it on */
  for (int32_t from = -1; from <= 0; from++)
    {
      struct rx_rule rule = count;
      rule.has_window = true;
      rule.window = (struct rx_days){ from, 1 };
      spec.require = &rule;
      build (&design, GROUPED, &spec);
      ck_assert (design.needs_earlier_use == (from < 0));
      rx_before_after_free (&design);
    }
  spec.n_require = 0;
  build (&design, GROUPED, &spec);
  ck_assert (design.groups_from_follow_up && !design.needs_earlier_use);
  rx_before_after_free (&design);
  spec.group_window = (struct rx_days){ -10, 0 };
  build (&design, GROUPED, &spec);
  ck_assert (!design.groups_from_follow_up);
  rx_before_after_free (&design);
}
END_TEST

/* Codes are taken as they are written, and it is said where that matters. */
START_TEST (codes_in_another_case)
{
  static const char rows[] = "1,2012-06-15,X1,1,\n"
                             "1,2012-06-15,x1,1,\n"
                             "1,2012-06-16,a,1,\n"
                             "1,2012-06-16,A,1,\n"
                             "1,2012-06-16,c,1,\n";
  static const char *const drugs[] = { "A*" }, *const both[] = { "A", "a" };
  struct rx_outcome outcome = { .name = "A", .drugs = { drugs, 1 } };
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  spec.outcomes = &outcome;
  spec.n_outcomes = 1;
  build (&design, rows, &spec);
  ck_assert_uint_eq (design.outcomes[0].n_codes, 1);
  ck_assert_uint_eq (design.traps.other_case, 2);
  ck_assert_str_eq (design.traps.other_case_code, "a");
  rx_before_after_free (&design);
  outcome.drugs = (struct rx_texts){ both, 2 };
  build (&design, rows, &spec);
  ck_assert_uint_eq (design.outcomes[0].n_codes, 2);
  ck_assert_uint_eq (design.traps.other_case, 1);
  rx_before_after_free (&design);
  struct rx_rule rule
      = { .kind = RX_RULE_COUNT, .drugs = LIST ("C"), .at_least = 1 };
  struct rx_rule none
      = { .kind = RX_RULE_NONE, .member = &rule, .n_members = 1 };
  spec.require = &none;
  spec.n_require = 1;
  build (&design, rows, &spec);
  ck_assert_uint_eq (design.traps.other_case, 2);
  rx_before_after_free (&design);
}
END_TEST

/* ---- Order of rows ------------------------------------------------------ */

/* A register of some hundred rows forwards and backwards. */
START_TEST (order_of_rows)
{
  enum
  {
    PERSONS = 40,
    N = 800,
    ROW_MOST = 48
  };
  static const char *const drugs[] = { "X1", "A", "B", "A1" };
  static char forwards[N * ROW_MOST], backwards[N * ROW_MOST];
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design[2];
  spec.before = (struct rx_days){ -100, -1 };
  spec.after = (struct rx_days){ 0, 99 };
  forwards[0] = backwards[0] = '\0';
  for (unsigned i = 0; i < N; i++)
    {
      char row[ROW_MOST];
      for (int k = 0; k < 2; k++)
        {
          unsigned j = k == 0 ? i : N - 1 - i;
          unsigned h = j * 2654435761U >> 8; /* Knuth's multiplier */
          snprintf (row, sizeof row, "p%u,2012-%02u-%02u,%s,%d.%u,\n",
                    j % PERSONS, h % 12 + 1, h / 12 % 28 + 1,
                    drugs[h / 336 % 4], (int)(h / 1344 % 60) - 5, h % 10);
          strcat (k == 0 ? forwards : backwards, row);
        }
    }
  build (&design[0], forwards, &spec);
  build (&design[1], backwards, &spec);
  size_t n = design[0].n_persons;
  ck_assert_uint_gt (n, 5);
  ck_assert_uint_eq (design[1].n_persons, n);
  ck_assert_mem_eq (design[0].person, design[1].person,
                    n * sizeof *design[0].person);
  ck_assert_mem_eq (design[0].index_day, design[1].index_day,
                    n * sizeof *design[0].index_day);
  const struct rx_outcome_sums *a = &design[0].outcomes[0];
  const struct rx_outcome_sums *b = &design[1].outcomes[0];
  ck_assert_mem_eq (a->dispensings_before, b->dispensings_before,
                    n * sizeof *a->dispensings_before);
  ck_assert_mem_eq (a->dispensings_after, b->dispensings_after,
                    n * sizeof *a->dispensings_after);
  ck_assert_mem_eq (a->units_before, b->units_before,
                    n * sizeof *a->units_before);
  ck_assert_mem_eq (a->units_after, b->units_after,
                    n * sizeof *a->units_after);
  ck_assert_uint_eq (design[0].audit.duplicate_rows,
                     design[1].audit.duplicate_rows);
  rx_before_after_free (&design[0]);
  rx_before_after_free (&design[1]);
}
END_TEST

/* ---- What is refused ---------------------------------------------------- */

static void
expect_refused (const char *rows, const struct rx_before_after_spec *spec,
                const struct rx_register_columns *columns, const char *part)
{
  struct rx_register reg;
  struct rx_before_after design;
  struct rx_error err = { RX_OK, "" };
  read_rows (&reg, rows, columns);
  ck_assert_int_eq (rx_before_after_build (&design, &reg, spec, &err),
                    RX_EDATA);
  ck_assert_msg (strstr (err.message, part) != NULL, "%s", err.message);
  ck_assert_ptr_null (design.person);
  rx_register_free (&reg);
}

START_TEST (contradictions)
{
  struct rx_before_after_spec spec = ten_days ();
  spec.before = (struct rx_days){ -1, -10 };
  expect_refused (PEOPLE, &spec, &COLUMNS,
                  "before window [-1, -10]: the first day is after the last");
  spec = ten_days ();
  spec.after = (struct rx_days){ 1, 0 };
  expect_refused (PEOPLE, &spec, &COLUMNS, "after window [1, 0]");
  spec = ten_days ();
  spec.coverage = dates ("2013-01-01", "2012-12-31");
  expect_refused (PEOPLE, &spec, &COLUMNS,
                  "coverage from 2013-01-01 to 2012-12-31");
  spec = ten_days ();
  spec.has_index_days = true;
  spec.index_days = dates ("2012-02-02", "2012-02-01");
  expect_refused (PEOPLE, &spec, &COLUMNS, "index from 2012-02-02");
  spec = ten_days ();
  spec.index_drugs.n = 0;
  expect_refused (PEOPLE, &spec, &COLUMNS, "no index drug");
  spec = ten_days ();
  spec.outcomes
      = (const struct rx_outcome[]){ EVERYTHING_ELSE, EVERYTHING_ELSE };
  spec.n_outcomes = 2;
  expect_refused (PEOPLE, &spec, &COLUMNS, "two outcomes are named other");
}
END_TEST

START_TEST (levels_refused)
{
  static const struct
  {
    struct rx_level levels[2];
    const char *reference, *part;
  } cases[] = {
    { { { "a", 1, 3 }, { "b", 3, LONG_MAX } },
      NULL,
      "levels a and b overlap: 3 dispensings belong to both" },
    { { { "a", 4, LONG_MAX }, { "b", 0, 9 } },
      NULL,
      "levels a and b overlap: 4 dispensings" },
    { { { "a", 2, 1 }, { "b", 3, 3 } },
      NULL,
      "level a: from 2 is above to 1" },
    { { { "a", 1, 1 }, { "a", 2, 2 } }, NULL, "two levels are named a" },
    { { { "all", 1, 1 }, { "a", 2, 2 } }, NULL, "level all: the name" },
    { { { "a", 1, 1 }, { "b", 2, 2 } }, "c", "reference c: there is no such" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
    {
      struct rx_before_after_spec spec = grouped (cases[i].levels, 2);
      spec.reference = cases[i].reference;
      expect_refused (PEOPLE, &spec, &COLUMNS, cases[i].part);
    }
}
END_TEST

START_TEST (drugs_and_rules_refused)
{
  struct rx_before_after_spec spec = ten_days ();
  spec.index_drugs = (struct rx_texts)LIST ("N07BB4");
  expect_refused ("1,2012-01-01,N07BB04,1,\n1,2012-01-01,A,1,\n"
                  "1,2012-01-02,A,1,\n",
                  &spec, &COLUMNS,
                  "no row has the index drug N07BB4; did you mean N07BB04? "
                  "The most frequent codes are A (2 rows), N07BB04 (1 row)");
  spec = ten_days ();
  struct rx_rule rule
      = { .kind = RX_RULE_COUNT, .indications = LIST ("G35"), .at_least = 1 };
  spec.require = &rule;
  spec.n_require = 1;
  struct rx_register_columns columns = COLUMNS;
  columns.indication = NULL;
  expect_refused (PEOPLE, &spec, &columns,
                  "was read without a column of indications");
  rule = (struct rx_rule){ .kind = RX_RULE_COUNT,
                           .drugs = LIST ("A"),
                           .at_least = 1,
                           .has_days = true,
                           .days = dates ("2012-02-02", "2012-02-01") };
  expect_refused (PEOPLE, &spec, &COLUMNS,
                  "\"at least 1 row of A from 2012-02-02 to 2012-02-01\": the "
                  "first day is after the last");
}
END_TEST

START_TEST (too_much)
{
  struct rx_before_after_spec spec = ten_days ();
  char rows[1000] = "1,2012-06-15,X1,0.1,\n";
  for (int i = 0; i < 12; i++) /* twelve times 9e17 is above 2^63 */
    strcat (rows, "1,2012-06-16,A,90000000000000000,\n");
  expect_refused (rows, &spec, &COLUMNS,
                  "the amounts of person 1 add up to more than 64 bits hold");
}
END_TEST

/* Without amounts every row is a dispensing. */
START_TEST (no_amounts)
{
  struct rx_before_after_spec spec = ten_days ();
  struct rx_register_columns columns = COLUMNS;
  struct rx_register reg;
  struct rx_before_after design;
  struct rx_error err = { RX_OK, "" };
  columns.amount = NULL;
  read_rows (&reg, GROUPED, &columns);
  ck_assert_int_eq (rx_before_after_build (&design, &reg, &spec, &err), RX_OK);
  rx_register_free (&reg);
  ck_assert (!design.has_ddd && design.scale == 1);
  /* the fourth person's index is now the day before */
  ck_assert_int_eq (design.index_day[3], day_of ("2012-06-14"));
  ck_assert_int_eq (design.outcomes[0].dispensings_after[3], 1);
  ck_assert_int_eq (design.outcomes[0].units_after[3], 0);
  rx_before_after_free (&design);
}
END_TEST

/* ---- Controls ----------------------------------------------------------- */

/* Eleven days make two halves of five; the persons are those of the windows as
   they are. */
START_TEST (placebo_halves)
{
  struct rx_before_after_spec spec = ten_days ();
  struct rx_before_after design;
  static const char rows[] = "1,2012-06-15,X1,1,\n"
                             "1,2012-06-04,A,1000,\n" /* day -11 */
                             "1,2012-06-05,A,100,\n"  /* day -10 */
                             "1,2012-06-09,A,10,\n"   /* day -6 */
                             "1,2012-06-10,A,1,\n"    /* day -5 */
                             "1,2012-06-14,A,5,\n"    /* day -1 */
                             "1,2012-06-15,A,7000,\n";
  spec.before.from = -11;
  spec.placebo = true;
  expect_sums (rows, &spec, 2, 2, 110, 6);
  spec.coverage = dates ("2012-01-01", "2012-06-23"); /* day 8 */
  build (&design, rows, &spec);
  ck_assert_uint_eq (design.n_persons, 0);
  rx_before_after_free (&design);
}
END_TEST

/* Groups of days 0 to 4 are known on day 5, which must be covered. */
START_TEST (landmark)
{
  const struct rx_level level = { "some", 1, LONG_MAX };
  static const char rows[] = "1,2012-06-15,X1,1,\n";
  struct rx_before_after design;
  for (int guarded = 0; guarded < 2; guarded++)
    for (int day = 4; day <= 14; day++)
      {
        struct rx_before_after_spec spec = grouped (&level, 1);
        spec.group_window = (struct rx_days){ 0, 4 };
        spec.after = (struct rx_days){ 5, 14 };
        spec.coverage.to = day_of ("2012-06-15") + day;
        spec.no_guard = !guarded;
        build (&design, rows, &spec);
        ck_assert_int_eq (design.landmark, 5);
        ck_assert (!design.groups_from_follow_up);
        ck_assert_msg (design.n_persons == (day >= (guarded ? 14 : 5)),
                       "covered to day %d, guard %d", day, guarded);
        rx_before_after_free (&design);
      }
}
END_TEST

/* Naltrexone on days 0, 3, 3 and 7: one from day 1, three from day 4, four
   from day 8 on; day 0 is nobody's. */
START_TEST (exposure_of_the_day)
{
  const struct rx_level levels[]
      = { { "one", 1, 1 }, { "two-three", 2, 3 }, { "four+", 4, LONG_MAX } };
  static const int64_t days[] = { 3, 4, 2 }, dispensings[] = { 1, 1, 1 },
                       ddd[] = { 10, 100, 998 };
  struct rx_before_after_spec spec = grouped (levels, 3);
  struct rx_before_after design;
  struct rx_register reg;
  struct rx_error err = { RX_OK, "" };
  read_rows (&reg,
             "1,2012-06-22,X1,1,\n1,2012-06-15,X1,1,\n"
             "1,2012-06-18,X1,1,\n1,2012-06-18,X1,1,\n"
             "1,2012-06-15,A,1,\n"    /* day 0 */
             "1,2012-06-18,A,10,\n"   /* day 3, with naltrexone */
             "1,2012-06-22,A,100,\n"  /* day 7, likewise */
             "1,2012-06-23,A,1000,\n" /* day 8 */
             "1,2012-06-24,A,-2,\n",  /* day 9, a return */
             &COLUMNS);
  ck_assert_int_eq (rx_before_after_build (&design, &reg, &spec, &err), RX_OK);
  ck_assert_ptr_null (design.state_days);
  ck_assert_int_eq (
      rx_before_after_add (&design, &reg, &spec, RX_PART_STATES, &err), RX_OK);
  rx_register_free (&reg);
  for (size_t k = 0; k < 3; k++)
    {
      const struct rx_outcome_sums *sums = &design.outcomes[0];
      ck_assert_int_eq (design.state_days[k], days[k]);
      ck_assert_int_eq (sums->state_dispensings[k], dispensings[k]);
      ck_assert ((double)sums->state_units[k] / design.scale
                 == (double)ddd[k]);
    }
  rx_before_after_free (&design);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("before_after");
  TCase *tests = tcase_create ("before_after");
  tcase_add_checked_fixture (tests, scratch_make, scratch_remove);
  tcase_add_test (tests, window_ends_to_the_day);
  tcase_add_test (tests, leap_days);
  tcase_add_test (tests, amounts);
  tcase_add_test (tests, sums_are_exact);
  tcase_add_test (tests, drug_patterns);
  tcase_add_test (tests, levels_by_count);
  tcase_add_test (tests, cells);
  tcase_add_test (tests, warnings);
  tcase_add_test (tests, codes_in_another_case);
  tcase_add_test (tests, order_of_rows);
  tcase_add_test (tests, contradictions);
  tcase_add_test (tests, levels_refused);
  tcase_add_test (tests, drugs_and_rules_refused);
  tcase_add_test (tests, too_much);
  tcase_add_test (tests, no_amounts);
  tcase_add_test (tests, placebo_halves);
  tcase_add_test (tests, landmark);
  tcase_add_test (tests, exposure_of_the_day);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
