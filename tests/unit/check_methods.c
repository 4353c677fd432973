/* check_methods.c: what every method promises, whatever it computes.

   The bodies below are looped over rx_methods[]: a method that is added is
   tested here without a line more.  Awkward data are a result: rows with NA
   and a note that says why. */
#include "base/text.h"
#include "designs/before_after.h"
#include "designs/crossover.h"
#include "methods/analysis_before_after.h"
#include "methods/analysis_crossover.h"
#include "methods/comparisons.h"
#include "methods/design_needs.h"
#include "methods/printed_rows.h"

#include "scratch.h"

#include <ctype.h>
#include <gsl/gsl_errno.h>
#include <limits.h>
#include <math.h>

static const double level = 0.95;

/* ---- Data: one row per kind -----------------------------------------------
 */

#define WIDE "subject,sequence,p1,p2\n"

enum
{
  ORDINARY = 0 /* the first kind of each table: every test gives a p-value */
};

struct trial
{
  const char *says, *text;
};

static const struct trial trials[] = {
  { "ordinary", WIDE "1,AB,10.1,7\n2,AB,12,8.5\n3,AB,9,9.5\n4,AB,14,10\n"
                     "5,BA,8,11\n6,BA,7.5,12\n7,BA,10,9\n8,BA,6,9.5\n" },
  { "a period missing in everyone", WIDE "1,AB,10,\n2,AB,12,\n3,BA,,11\n" },
  { "no response at all", WIDE "1,AB,,\n2,BA,NA,.\n" },
  { "every response the same",
    WIDE "1,AB,4,4\n2,AB,4,4\n3,BA,4,4\n4,BA,4,4\n" },
  { "every difference the same",
    WIDE "1,AB,4.3,4.1\n2,AB,5.4,5.2\n3,BA,7,7.2\n4,BA,1.1,1.3\n" },
  { "one subject", WIDE "1,AB,10,7\n" },
  { "one subject, incomplete", WIDE "1,AB,10,\n" },
  { "one subject per sequence", WIDE "1,AB,10,7\n2,BA,3,9\n" },
  { "a single sequence", WIDE "1,AB,10,7\n2,AB,12,9\n3,AB,11,5\n" },
  { "a sequence without completers",
    WIDE "1,AB,10,7\n2,AB,12,9\n3,AB,11,5\n4,BA,1,\n" },
  { "huge responses", WIDE "1,AB,1e300,-1e300\n2,AB,9e299,1\n3,BA,1e300,2\n"
                           "4,BA,-1e300,1e300\n" },
  { "tiny responses", WIDE "1,AB,1e-300,2e-300\n2,AB,9e-301,1e-300\n"
                           "3,BA,1e-300,2e-300\n4,BA,4e-300,1e-300\n" },
};

/* The same for methods that need responses of 0 and 1. */
static const struct trial binary_trials[] = {
  { "ordinary", WIDE "1,AB,1,0\n2,AB,1,1\n3,AB,0,1\n4,AB,1,0\n5,BA,0,1\n"
                     "6,BA,0,1\n7,BA,0,0\n8,BA,1,0\n" },
  { "a period missing in everyone", WIDE "1,AB,1,\n2,AB,0,\n3,BA,,1\n" },
  { "no response at all", WIDE "1,AB,,\n2,BA,NA,.\n" },
  { "every response 1", WIDE "1,AB,1,1\n2,AB,1,1\n3,BA,1,1\n4,BA,1,1\n" },
  { "the first period always", WIDE "1,AB,1,0\n2,AB,1,0\n3,BA,1,0\n" },
  { "the test always", WIDE "1,AB,1,0\n2,AB,1,0\n3,BA,0,1\n4,BA,0,1\n" },
  { "one subject", WIDE "1,AB,1,0\n" },
  { "one subject, incomplete", WIDE "1,AB,1,\n" },
  { "one subject per sequence", WIDE "1,AB,1,0\n2,BA,0,1\n" },
  { "a single sequence", WIDE "1,AB,1,0\n2,AB,0,1\n3,AB,1,0\n" },
  { "a sequence without completers",
    WIDE "1,AB,1,0\n2,AB,0,1\n3,AB,1,1\n4,BA,1,\n" },
};

/* The same for methods that need counts. */
static const struct trial count_trials[] = {
  { "ordinary", WIDE "1,AB,10,7\n2,AB,12,8\n3,AB,0,2\n4,AB,4,1\n5,BA,8,11\n"
                     "6,BA,3,12\n7,BA,10,9\n8,BA,0,0\n" },
  { "a period missing in everyone", WIDE "1,AB,1,\n2,AB,4,\n3,BA,,1\n" },
  { "no response at all", WIDE "1,AB,,\n2,BA,NA,.\n" },
  { "every response the same",
    WIDE "1,AB,4,4\n2,AB,4,4\n3,BA,4,4\n4,BA,4,4\n" },
  { "no event", WIDE "1,AB,0,0\n2,AB,0,0\n3,BA,0,0\n4,BA,0,0\n" },
  { "no event under one treatment",
    WIDE "1,AB,4,0\n2,AB,6,0\n3,BA,0,14\n4,BA,0,2\n" },
  { "every ratio the same", WIDE "1,AB,4,2\n2,AB,6,3\n3,BA,7,14\n4,BA,1,2\n" },
  { "one subject", WIDE "1,AB,10,7\n" },
  { "one subject, incomplete", WIDE "1,AB,10,\n" },
  { "one subject per sequence", WIDE "1,AB,10,7\n2,BA,3,9\n" },
  { "a single sequence", WIDE "1,AB,10,7\n2,AB,12,9\n3,AB,11,5\n" },
  { "a sequence without completers",
    WIDE "1,AB,10,7\n2,AB,12,9\n3,AB,11,5\n4,BA,1,\n" },
  { "huge counts", WIDE "1,AB,900000000000000,1\n2,AB,5,800000000000000\n"
                        "3,BA,1,2\n4,BA,700000000000000,3\n" },
};

/* The same for methods of logarithms. */
static const struct trial positive_trials[] = {
  { "ordinary", WIDE "1,AB,10.1,7\n2,AB,12,8.5\n3,AB,9,9.5\n4,AB,14,10\n"
                     "5,BA,8,11\n6,BA,7.5,12\n7,BA,10,9\n8,BA,6,9.5\n" },
  { "a period missing in everyone", WIDE "1,AB,10,\n2,AB,12,\n3,BA,,11\n" },
  { "no response at all", WIDE "1,AB,,\n2,BA,NA,.\n" },
  { "every response the same",
    WIDE "1,AB,4,4\n2,AB,4,4\n3,BA,4,4\n4,BA,4,4\n" },
  { "every ratio the same", WIDE "1,AB,4,2\n2,AB,6,3\n3,BA,7,14\n4,BA,1,2\n" },
  { "one subject", WIDE "1,AB,10,7\n" },
  { "one subject per sequence", WIDE "1,AB,10,7\n2,BA,3,9\n" },
  { "a single sequence", WIDE "1,AB,10,7\n2,AB,12,9\n3,AB,11,5\n" },
  { "a sequence without completers",
    WIDE "1,AB,10,7\n2,AB,12,9\n3,AB,11,5\n4,BA,1,\n" },
  { "ratios beyond a double", WIDE "1,AB,1e300,1e-300\n2,AB,9e299,1e-290\n"
                                   "3,BA,1e-300,2e299\n4,BA,1e-299,1e300\n" },
};

/* The same for methods of n-of-1 trials. */
#define CYCLES "subject,sequence,p1,p2,p3,p4\n"
static const struct trial cycle_trials[] = {
  { "ordinary", CYCLES "1,ABAB,10.1,7,9,8\n2,ABBA,12,8.5,7,9\n"
                       "3,BAAB,9,9.5,11,8\n4,BABA,14,10,7,9\n" },
  { "a period missing in everyone",
    CYCLES "1,ABAB,10,,9,\n2,ABBA,12,,9,\n3,BAAB,,11,,2\n" },
  { "no response at all", CYCLES "1,ABAB,,,,\n2,BABA,NA,.,,\n" },
  { "every response the same",
    CYCLES "1,ABAB,4,4,4,4\n2,BABA,4,4,4,4\n3,ABBA,4,4,4,4\n" },
  { "every difference the same",
    CYCLES "1,ABAB,4.3,4.1,4.3,4.1\n2,BABA,7,7.2,1.1,1.3\n" },
  { "no difference within patients",
    CYCLES "1,ABAB,3,1,3,1\n2,BABA,7,8,1,2\n" },
  /* more digits than fit decimals, so that sums of squares are rounded */
  { "patients of one mean", CYCLES
    "1,ABAB,1.00000000000000000000001,0,0.60000000000000000000001,0\n"
    "2,ABAB,0.60000000000000000000001,0,1.00000000000000000000001,0\n"
    "3,ABAB,1.00000000000000000000001,0,0.60000000000000000000001,0\n" },
  { "one subject", CYCLES "1,ABAB,10,7,4,9\n" },
  { "one subject, incomplete", CYCLES "1,ABAB,10,7,4,\n" },
  { "a cycle in everyone",
    CYCLES "1,ABAB,10,7,4,\n2,ABBA,9,4,,\n3,BAAB,,3,7,2\n" },
  { "huge responses", CYCLES "1,ABAB,1e300,-1e300,2,1e299\n"
                             "2,BABA,9e299,1,-1e300,1e300\n" },
  { "tiny responses", CYCLES "1,ABAB,1e-300,2e-300,5e-300,1e-300\n"
                             "2,BABA,9e-301,1e-300,3e-300,2e-300\n" },
};

/* The same for methods of clusters, a row per person. */
#define WARDS "ward,period,treatment,y\n"
static const struct trial cluster_trials[] = {
  { "ordinary",
    WARDS "1,1,A,10.1\n1,1,A,8\n1,2,B,7\n1,2,B,9.5\n2,1,A,12\n2,1,A,9\n"
          "2,2,B,8.5\n2,2,B,7\n2,2,B,10\n3,1,B,8\n3,1,B,7.5\n3,2,A,11\n"
          "3,2,A,10\n4,1,B,7\n4,2,A,12\n4,2,A,9.5\n5,1,B,4\n5,2,A,5\n" },
  { "a period missing in everyone",
    WARDS "1,1,A,10\n1,1,A,11\n1,2,B,\n2,1,B,\n2,2,A,3\n" },
  { "no response at all", WARDS "1,1,A,\n1,2,B,NA\n2,1,B,.\n2,2,A,\n" },
  { "every response the same",
    WARDS "1,1,A,4\n1,1,A,4\n1,2,B,4\n1,2,B,4\n2,1,B,4\n2,2,A,4\n"
          "3,1,B,4\n3,2,A,4\n" },
  { "one person in each cell",
    WARDS "1,1,A,4\n1,2,B,6\n2,1,B,7\n2,2,A,5\n3,1,A,3\n3,2,B,9\n" },
  { "one cluster", WARDS "1,1,A,4\n1,1,A,5\n1,2,B,6\n" },
  { "one cluster per sequence",
    WARDS "1,1,A,4\n1,1,A,5\n1,2,B,6\n2,1,B,4\n2,2,A,1\n" },
  { "huge responses",
    WARDS "1,1,A,1e300\n1,1,A,-1e300\n1,2,B,1e300\n2,1,B,9e299\n"
          "2,2,A,-1e300\n3,1,A,1\n3,2,B,1e300\n" },
};

static const struct trial *
trials_of (const struct rx_method *method, size_t *n)
{
  if (method->needs == &rx_needs_clusters)
    {
      *n = sizeof cluster_trials / sizeof cluster_trials[0];
      return cluster_trials;
    }
  if (method->needs == &rx_needs_cycles)
    {
      *n = sizeof cycle_trials / sizeof cycle_trials[0];
      return cycle_trials;
    }
  if (method->log_only)
    {
      *n = sizeof positive_trials / sizeof positive_trials[0];
      return positive_trials;
    }
  if (method->counts_only)
    {
      *n = sizeof count_trials / sizeof count_trials[0];
      return count_trials;
    }
  *n = method->binary_only ? sizeof binary_trials / sizeof binary_trials[0]
                           : sizeof trials / sizeof trials[0];
  return method->binary_only ? binary_trials : trials;
}

#define REGISTER "person,date,drug,amount\n"

/* The index drug is X, in the first half of 2010; the outcome is counted ten
   days before and after; who had X once more is in another group. */
static const struct
{
  const char *says, *text;
  const char *outcome;
} registers[] = {
  { "ordinary",
    REGISTER
    "1,2010-03-01,X,1\n1,2010-03-05,X,1\n1,2010-02-25,A,10\n"
    "2,2010-03-01,X,1\n2,2010-03-04,A,5.5\n2,2010-03-05,A,5.5\n"
    "3,2010-03-02,X,1\n3,2010-03-03,A,30\n"
    "4,2010-03-02,X,1\n4,2010-03-06,X,1\n4,2010-03-07,A,7\n4,2010-02-24,A,3\n"
    "5,2010-03-03,X,1\n5,2010-03-06,A,2.5\n"
    "6,2010-03-03,X,1\n0,2010-01-01,B,1\n0,2010-12-31,B,1\n",
    "A" },
  { "nobody is eligible",
    REGISTER "1,2010-11-01,X,1\n1,2010-10-25,A,10\n0,2010-01-01,B,1\n"
             "0,2010-12-31,B,1\n",
    "A" },
  { "one person",
    REGISTER "1,2010-03-01,X,1\n1,2010-02-25,A,10\n"
             "0,2010-01-01,B,1\n0,2010-12-31,B,1\n",
    "A" },
  { "every change the same",
    REGISTER "1,2010-03-01,X,1\n1,2010-03-02,A,1.1\n2,2010-03-01,X,1\n"
             "2,2010-03-02,A,1.1\n3,2010-03-01,X,1\n3,2010-03-02,A,1.1\n"
             "0,2010-01-01,B,1\n0,2010-12-31,B,1\n",
    "A" },
  { "an outcome that nobody has",
    REGISTER "1,2010-03-01,X,1\n2,2010-03-01,X,1\n3,2010-03-05,X,1\n"
             "0,2010-01-01,B,1\n0,2010-12-31,B,1\n",
    "Z" },
  { "returns only",
    REGISTER "1,2010-03-01,X,1\n1,2010-03-02,A,-3\n"
             "2,2010-03-01,X,1\n2,2010-02-25,A,-1\n"
             "0,2010-01-01,B,1\n0,2010-12-31,B,1\n",
    "A" },
  { "amounts missing",
    REGISTER "1,2010-03-01,X,\n1,2010-03-02,A,\n"
             "2,2010-03-01,X,\n2,2010-02-25,A,NA\n"
             "0,2010-01-01,B,1\n0,2010-12-31,B,1\n",
    "A" },
};

enum
{
  N_REGISTERS = sizeof registers / sizeof registers[0]
};

/* ---- Running one method ---------------------------------------------------
 */

static void
run_text (const struct rx_method *method, const char *text, const char *says,
          struct rx_rows *rows)
{
  static const char *const periods[] = { "p1", "p2", "p3", "p4" };
  const struct rx_endpoint_spec endpoint
      = { .name = "y",
          .columns = periods,
          .n_columns = method->needs == &rx_needs_cycles ? 4 : 2 };
  bool clusters = method->needs == &rx_needs_clusters;
  const struct rx_crossover_spec spec = { .endpoints = &endpoint,
                                          .n_endpoints = 1,
                                          .wide = !clusters,
                                          .cluster = clusters ? "ward" : NULL,
                                          .log = method->log_only };
  struct rx_analysis_plan plan = { .methods = &method,
                                   .n_methods = 1,
                                   .level = level,
                                   .margin = { 0.5, 2 },
                                   .has_margin = method->needs_margin };
  struct rx_table table = { 0 };
  struct rx_crossover design;
  struct rx_error err = { 0 };
  const char *path = scratch_write ("t.csv", text, strlen (text));
  ck_assert_msg (rx_table_read (&table, path, NULL, &err) == RX_OK, "%s",
                 err.message);
  ck_assert_msg (rx_crossover_build (&design, &table, &spec, &err) == RX_OK,
                 "%s", err.message);
  ck_assert_msg (rx_analysis_crossover (&design, &plan, rows, &err) == RX_OK,
                 "%s, %s: %s", method->name, says, err.message);
  rx_crossover_free (&design);
  rx_table_free (&table);
}

static void
run_trial (const struct rx_method *method, size_t kind, struct rx_rows *rows)
{
  size_t n;
  const struct trial *trial = trials_of (method, &n) + kind;
  run_text (method, trial->text, trial->says, rows);
}

static void
run_register (const struct rx_method *method, size_t kind,
              struct rx_rows *rows)
{
  static const char *const index[] = { "X" };
  const char *const drugs[] = { registers[kind].outcome };
  static const char *const others[] = { "B" }; /* nobody selected has it */
  const struct rx_outcome outcomes[]
      = { { .name = "outcome", .drugs = { drugs, 1 } },
          { .name = "another", .drugs = { others, 1 } } };
  static const struct rx_level levels[]
      = { { "once", 1, 1 }, { "more", 2, LONG_MAX } };
  const struct rx_register_columns columns = {
    .person = "person", .date = "date", .drug = "drug", .amount = "amount"
  };
  struct rx_before_after_spec spec = { .index_drugs = { index, 1 },
                                       .has_index_days = true,
                                       .before = { -10, -1 },
                                       .after = { 0, 9 },
                                       .group_drugs = { index, 1 },
                                       .group_window = { 0, 9 },
                                       .levels = levels,
                                       .n_levels = 2,
                                       .reference = "once",
                                       .outcomes = outcomes,
                                       .n_outcomes = 2 };
  struct rx_analysis_plan plan
      = { .methods = &method, .n_methods = 1, .level = level };
  struct rx_register reg = { 0 };
  struct rx_before_after design;
  struct rx_error err = { 0 };
  const char *text = registers[kind].text;
  const char *path = scratch_write ("t.csv", text, strlen (text));
  ck_assert_msg (rx_register_read (&reg, path, NULL, &columns, &err) == RX_OK,
                 "%s", err.message);
  spec.index_days
      = (struct rx_days){ reg.audit.first_day, reg.audit.first_day + 180 };
  ck_assert_msg (rx_before_after_build (&design, &reg, &spec, &err) == RX_OK,
                 "%s", err.message);
  ck_assert_msg (
      rx_analysis_before_after (&design, &plan, rows, &err) == RX_OK,
      "%s, %s: %s", method->name, registers[kind].says, err.message);
  rx_before_after_free (&design);
  rx_register_free (&reg);
}

/* Does the method need more than windows before and after: a population, parts
   of the design that are built on request, the rows of other methods?  Those
   have tests of their own. */
static bool
needs_more (const struct rx_method *method)
{
  return method->lacks != NULL || method->parts != 0
         || method->over_rows != NULL;
}

/* ---- What a row must be ---------------------------------------------------
 */

/* Does any row of the term have a p-value?  Then it is a test. */
static bool
tests_term (const struct rx_rows *ordinary, const struct rx_row *row)
{
  for (size_t i = 0; i < ordinary->n; i++)
    if (strcmp (ordinary->row[i].term, row->term) == 0
        && !isnan (ordinary->row[i].p_value))
      return true;
  return false;
}

static void
check_interval (const struct rx_row *row, const char *says)
{
  bool some = !isnan (row->conf_low) || !isnan (row->conf_high);
  if (!some)
    return;
  ck_assert_msg (!isnan (row->conf_low) && !isnan (row->conf_high),
                 "%s %s, %s: half an interval", row->method, row->term, says);
  ck_assert_msg (row->conf_low <= row->estimate
                     && row->estimate <= row->conf_high,
                 "%s %s, %s: %g is not in [%g, %g]", row->method, row->term,
                 says, row->estimate, row->conf_low, row->conf_high);
  ck_assert_msg (row->conf_level > 0 && row->conf_level < 1,
                 "%s %s, %s: an interval without its level", row->method,
                 row->term, says);
}

static void
check_row (const struct rx_method *method, const struct rx_row *row,
           bool is_test, const char *says)
{
  ck_assert_str_eq (row->method, method->name);
  ck_assert_msg (row->term[0] != '\0', "%s, %s: a row without a term",
                 method->name, says);
  ck_assert_msg (row->group[0] != '\0', "%s, %s: a row without a group",
                 method->name, says);
  ck_assert_msg (row->n >= 0, "%s, %s: n is %g", method->name, says, row->n);
  ck_assert_msg (
      isnan (row->p_value) || (row->p_value >= 0 && row->p_value <= 1),
      "%s %s, %s: p = %g", method->name, row->term, says, row->p_value);
  ck_assert_msg (isnan (row->std_error) || row->std_error >= 0,
                 "%s %s, %s: std_error = %g", method->name, row->term, says,
                 row->std_error);
  ck_assert_msg (isnan (row->df_num) || !(row->statistic < 0),
                 "%s %s, %s: F or chi-squared = %g", method->name, row->term,
                 says, row->statistic);
  check_interval (row, says);
  if (is_test && isnan (row->p_value))
    ck_assert_msg (row->note[0] != '\0',
                   "%s %s, %s: no p-value, and no note why", method->name,
                   row->term, says);
}

static void
check_rows (const struct rx_method *method, const struct rx_rows *ordinary,
            const struct rx_rows *rows, const char *says)
{
  ck_assert_msg (rows->n > 0, "%s, %s: no rows", method->name, says);
  for (size_t i = 0; i < rows->n; i++)
    check_row (method, &rows->row[i], tests_term (ordinary, &rows->row[i]),
               says);
}

/* Designs whose methods have tests of their own. */
static bool
serves_another_design (const struct rx_method *method)
{
  return method->series != NULL || method->symmetry != NULL
         || method->case_series != NULL || method->meta != NULL
         || rx_method_serves_summary (method) || method->claims != NULL
         || method->exposure != NULL || method->packages != NULL;
}

/* ---- Looped over rx_methods[] ---------------------------------------------
 */

START_TEST (is_a_complete_literal)
{
  const struct rx_method *method = rx_methods[_i];
  ck_assert_ptr_nonnull (method->name);
  ck_assert_str_ne (method->name, "");
  for (const char *s = method->name; *s != '\0'; s++)
    ck_assert_msg (islower ((unsigned char)*s) || isdigit ((unsigned char)*s)
                       || *s == '-',
                   "%s: expected lower-case letters, digits and dashes",
                   method->name);
  ck_assert_ptr_nonnull (method->title);
  ck_assert_str_ne (method->title, "");
  ck_assert_msg (strchr (method->title, '\n') == NULL, "%s: a title of lines",
                 method->name);
  ck_assert_ptr_nonnull (method->source);
  ck_assert_ptr_nonnull (method->words);
  ck_assert_msg (rx_method_serves_crossover (method)
                     || rx_method_serves_before_after (method)
                     || serves_another_design (method),
                 "%s serves no design", method->name);
  ck_assert_msg ((rx_method_serves_before_after (method))
                     == (method->measures != 0),
                 "%s: measures go with before_after", method->name);
  ck_assert_msg (method->needs == NULL || rx_method_serves_crossover (method),
                 "%s: a need of the design goes with crossover", method->name);
  ck_assert_msg (!method->needs_reference
                     || rx_method_serves_before_after (method),
                 "%s: needs_reference goes with before_after", method->name);
  /* a method that runs unasked is told of in the methods paragraph */
  ck_assert_msg (method->on_request || method->words[0] != '\0',
                 "%s has no words for the methods paragraph", method->name);
  if (method->words[0] != '\0')
    ck_assert_msg (method->words[strlen (method->words) - 1] == '.',
                   "%s: its words are no sentence", method->name);
  ck_assert_ptr_eq (rx_method_find (method->name), method);
  for (size_t i = 0; i < rx_n_methods; i++)
    ck_assert_msg (rx_methods[i] == method
                       || strcmp (rx_methods[i]->name, method->name) != 0,
                   "two methods are named %s", method->name);
}
END_TEST

START_TEST (a_test_names_its_source)
{
  const struct rx_method *method = rx_methods[_i];
  struct rx_rows rows = { 0 };
  if (rx_method_serves_crossover (method))
    run_trial (method, ORDINARY, &rows);
  else if (rx_method_serves_before_after (method) && !needs_more (method))
    run_register (method, ORDINARY, &rows);
  bool is_test = false;
  for (size_t i = 0; i < rows.n; i++)
    is_test = is_test || !isnan (rows.row[i].p_value);
  ck_assert_msg (!is_test || method->source[0] != '\0',
                 "%s gives p-values and names no source", method->name);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (awkward_trials_give_rows)
{
  const struct rx_method *method = rx_methods[_i];
  struct rx_rows ordinary = { 0 };
  if (!rx_method_serves_crossover (method))
    return;
  run_trial (method, ORDINARY, &ordinary);
  size_t n;
  const struct trial *list = trials_of (method, &n);
  for (size_t kind = 0; kind < n; kind++)
    {
      struct rx_rows rows = { 0 };
      run_trial (method, kind, &rows);
      /* `profiles` has a row per response, and there may be none */
      if (rows.n > 0 || !method->on_request)
        check_rows (method, &ordinary, &rows, list[kind].says);
      rx_rows_free (&rows);
    }
  rx_rows_free (&ordinary);
}
END_TEST

START_TEST (awkward_registers_give_rows)
{
  const struct rx_method *method = rx_methods[_i];
  struct rx_rows ordinary = { 0 };
  if (!rx_method_serves_before_after (method) || needs_more (method))
    return;
  run_register (method, ORDINARY, &ordinary);
  for (size_t kind = 0; kind < N_REGISTERS; kind++)
    {
      struct rx_rows rows = { 0 };
      run_register (method, kind, &rows);
      check_rows (method, &ordinary, &rows, registers[kind].says);
      rx_rows_free (&rows);
    }
  rx_rows_free (&ordinary);
}
END_TEST

/* One row per measure the method serves; nothing for the others. */
START_TEST (serves_its_measures_and_no_other)
{
  const struct rx_method *method = rx_methods[_i];
  struct rx_rows rows = { 0 };
  if (!rx_method_serves_before_after (method) || needs_more (method))
    return;
  run_register (method, ORDINARY, &rows);
  for (size_t m = 0; m < rx_n_measures; m++)
    {
      bool served = (method->measures & (unsigned)rx_measures[m].measure) != 0;
      bool found = false;
      for (size_t i = 0; i < rows.n; i++)
        found
            = found || strcmp (rows.row[i].measure, rx_measures[m].name) == 0;
      ck_assert_msg (found == served, "%s: measure %s", method->name,
                     rx_measures[m].name);
    }
  rx_rows_free (&rows);
}
END_TEST

/* Nobody: every test is NA and says that there were no subjects. */
START_TEST (nobody_is_said_to_be_nobody)
{
  const struct rx_method *method = rx_methods[_i];
  static const size_t trials_of_nobody[] = { 1, 2 };
  struct rx_rows ordinary = { 0 };
  if (!rx_method_serves_crossover (method))
    return;
  run_trial (method, ORDINARY, &ordinary);
  for (size_t k = 0; k < 2; k++)
    {
      struct rx_rows rows = { 0 };
      run_trial (method, trials_of_nobody[k], &rows);
      for (size_t i = 0; i < rows.n; i++)
        if (tests_term (&ordinary, &rows.row[i]))
          {
            ck_assert (isnan (rows.row[i].p_value));
            ck_assert_msg (rows.row[i].n == 0, "%s: n is %g", method->name,
                           rows.row[i].n);
            ck_assert_msg (
                strstr (rows.row[i].note, "no-subjects") != NULL
                    || strstr (rows.row[i].note, "empty-sequence") != NULL,
                "%s: the note is \"%s\"", method->name, rows.row[i].note);
          }
      rx_rows_free (&rows);
    }
  rx_rows_free (&ordinary);
}
END_TEST

/* A trial too large for a table of the exact distribution has no p-value
   there, and ties are not why. */
START_TEST (a_large_trial_says_that_it_is_large)
{
  enum
  {
    SUBJECTS = 702
  };
  const struct rx_method *method = rx_methods[_i];
  struct rx_text text = { 0 };
  struct rx_rows ordinary = { 0 }, rows = { 0 };
  if (!rx_method_serves_crossover (method))
    return;
  size_t range = method->binary_only ? 2 : 1000;
  size_t pairs = method->needs == &rx_needs_cycles ? 2 : 1;
  if (method->needs == &rx_needs_clusters)
    return; /* no table of theirs grows with the clusters */
  rx_text_addz (&text, pairs == 2 ? CYCLES : WIDE);
  for (size_t i = 0; i < SUBJECTS; i++)
    {
      rx_text_addf (&text, "%zu,", i);
      for (size_t k = 0; k < pairs; k++)
        rx_text_addz (&text, i % 2 == 0 ? "AB" : "BA");
      for (size_t k = 0; k < pairs; k++)
        rx_text_addf (&text, ",%zu,%zu",
                      (i + k) * 7919 % 1000 % range + method->log_only,
                      (i + k) * 104729 % 997 % range + method->log_only);
      rx_text_addz (&text, "\n");
    }
  ck_assert (!text.failed);
  run_trial (method, ORDINARY, &ordinary);
  run_text (method, rx_text_string (&text), "large", &rows);
  check_rows (method, &ordinary, &rows, "large");
  for (size_t i = 0; i < rows.n; i++)
    ck_assert_msg (strstr (rows.row[i].note, "all-tied") == NULL,
                   "%s %s: the note is \"%s\"", method->name, rows.row[i].term,
                   rows.row[i].note);
  rx_rows_free (&ordinary);
  rx_rows_free (&rows);
  rx_text_free (&text);
}
END_TEST

/* --------------------------------------------------------------------------
 */

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("methods");
  TCase *tcase = tcase_create ("every method");
  int n = (int)rx_n_methods;
  tcase_add_checked_fixture (tcase, scratch_make, scratch_remove);
  tcase_add_loop_test (tcase, is_a_complete_literal, 0, n);
  tcase_add_loop_test (tcase, a_test_names_its_source, 0, n);
  tcase_add_loop_test (tcase, awkward_trials_give_rows, 0, n);
  tcase_add_loop_test (tcase, awkward_registers_give_rows, 0, n);
  tcase_add_loop_test (tcase, serves_its_measures_and_no_other, 0, n);
  tcase_add_loop_test (tcase, nobody_is_said_to_be_nobody, 0, n);
  tcase_add_loop_test (tcase, a_large_trial_says_that_it_is_large, 0, n);
  tcase_set_timeout (tcase, 60); /* the large trial, under sanitizers */
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
