/* check_crossover.c: what may not change a result: which treatment is called
   the test, the unit of the responses, the order of the rows. */
#include "crossover_trial.h"

#include <gsl/gsl_errno.h>

/* SAME of a response of the trial below, where a number is a difference of
   responses. */
#define SAME_RESPONSE (SAME * 30)

/* ---- A made-up trial, of which the properties below are claimed ----------
 */

/* Responses in tenths: unequal sequences, ties, a zero difference, a period
   missing, and subjects whose names sort as numbers. */
static const struct
{
  const char *subject, *sequence;
  int tenths[2];
  bool second_missing;
} trial[] = {
  { "2", "AB", { 312, 287 }, false },  { "10", "BA", { 255, 301 }, false },
  { "01", "AB", { 298, 298 }, false }, { "7", "BA", { 270, 315 }, false },
  { "33", "AB", { 340, 299 }, false }, { "4", "AB", { 305, 280 }, false },
  { "9", "BA", { 262, 0 }, true },     { "12", "BA", { 281, 264 }, false },
  { "8", "AB", { 333, 271 }, false },  { "40", "AB", { 290, 303 }, false },
};

enum
{
  TRIAL_SUBJECTS = sizeof trial / sizeof trial[0]
};

struct change
{
  bool times_ten;  /* every response */
  int second_more; /* tenths added to every response of period 2 */
  size_t from;     /* the subject whose rows come first */
  bool backwards;  /* rows from the last to the first */
};

static void
add_trial_row (struct rx_text *out, size_t subject, size_t period,
               struct change change)
{
  char treatment = trial[subject].sequence[period];
  int tenths
      = trial[subject].tenths[period] + (period == 1 ? change.second_more : 0);
  rx_text_addf (out, "%s,%s,%zu,%c,", trial[subject].subject,
                trial[subject].sequence, period + 1, treatment);
  if (period == 1 && trial[subject].second_missing)
    rx_text_addz (out, "NA\n");
  else if (change.times_ten)
    rx_text_addf (out, "%d\n", tenths);
  else
    rx_text_addf (out, "%d.%d\n", tenths / 10, tenths % 10);
}

static char *
write_trial (struct change change)
{
  struct rx_text out = { 0 };
  size_t n = 2 * TRIAL_SUBJECTS;
  rx_text_addz (&out, "subject,sequence,period,treatment,y\n");
  for (size_t i = 0; i < n; i++)
    {
      size_t row = (change.backwards ? n - 1 - i : i) + 2 * change.from;
      add_trial_row (&out, row / 2 % TRIAL_SUBJECTS, row % 2, change);
    }
  ck_assert (!out.failed);
  return out.data;
}

/* ---- Properties -----------------------------------------------------------
 */

/* Rows come in the same order from both; so does everything but what the
   caller compares. */
static void
assert_same_rows (const struct rx_rows *a, const struct rx_rows *b)
{
  ck_assert_uint_eq (a->n, b->n);
  for (size_t i = 0; i < a->n; i++)
    {
      ck_assert_str_eq (a->row[i].method, b->row[i].method);
      ck_assert_str_eq (a->row[i].term, b->row[i].term);
      /* describe says which treatment is the test, which the caller changes */
      if (strstr (a->row[i].note, "role=") == NULL)
        ck_assert_str_eq (a->row[i].note, b->row[i].note);
      assert_near (b->row[i].n, a->row[i].n, 0, a->row[i].method);
      assert_near (b->row[i].df, a->row[i].df, SAME, a->row[i].method);
      assert_near (b->row[i].p_value, a->row[i].p_value, SAME,
                   a->row[i].method);
    }
}

/* What a statistic and its mirror image add up to: nothing for a t, all pairs
   or all ranks for W and V. */
static double
mirror_sum (const struct rx_row *row)
{
  enum
  {
    AB = 6, /* completers of the trial above */
    BA = 3,
    ZEROS = 1 /* subject 01 */
  };
  if (starts_with (row->method, "koch"))
    return AB * BA;
  if (starts_with (row->method, "wilcoxon"))
    return (AB + BA - ZEROS) * (AB + BA - ZEROS + 1) / 2.0;
  return 0;
}

static void
assert_mirrored (const struct rx_row *a, const struct rx_row *b)
{
  assert_near (b->estimate, -a->estimate, SAME, a->method);
  if (strcmp (a->method, "bootstrap-bca") == 0)
    return; /* resamples are drawn by the name of the term */
  assert_near (b->std_error, a->std_error, SAME, a->method);
  assert_near (b->statistic, mirror_sum (a) - a->statistic, SAME, a->method);
  assert_near (b->conf_low, -a->conf_high, SAME, a->method);
  assert_near (b->conf_high, -a->conf_low, SAME, a->method);
}

static void
assert_equal_numbers (const struct rx_row *a, const struct rx_row *b,
                      double factor)
{
  const double near = factor * SAME_RESPONSE;
  bool is_test = !isnan (a->statistic);
  assert_near (b->estimate, factor * a->estimate, near, a->method);
  assert_near (b->std_error, factor * a->std_error, near, a->method);
  assert_near (b->conf_low, factor * a->conf_low, near, a->method);
  assert_near (b->conf_high, factor * a->conf_high, near, a->method);
  if (is_test)
    assert_near (b->statistic, a->statistic, SAME, a->method);
}

/* Terms that are not on the scale of the responses: the power of their unit in
   the estimate.  Of the terms beside treatment and carryover some change sign
   with the treatments exchanged, some stand for one of the two. */
static const struct habit
{
  const char *term; /* or its beginning, up to a colon; or the method's name */
  int power;
  bool mirrored, of_one;
} habits[] = {
  { "diagnostics", 0, false, true },  { "ratio-fieller", 0, false, true },
  { "dz", 0, true, false },           { "gz", 0, true, false },
  { "dav-mean-sd", 0, true, false },  { "dav-rms-sd", 0, true, false },
  { "gav", 0, true, false },          { "drm", 0, true, false },
  { "correlation", 0, false, false }, { "icc", 0, false, false },
  { "sd-test", 1, false, true },      { "sd-reference", 1, false, true },
  { "between", 2, false, false },     { "within", 2, false, false },
  { "between:", 2, false, false },    { "within:", 2, false, false },
  { "total:", 2, false, false },      { "covariance", 2, false, false },
  { "interaction", 2, false, false }, { "anova-type3", 2, false, false },
  { "dispersion", 2, false, false },
};

static struct habit
habit_of (const struct rx_row *row)
{
  for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++)
    {
      const char *term = habits[i].term;
      if (strcmp (term, row->term) == 0 || strcmp (term, row->method) == 0
          || (term[strlen (term) - 1] == ':' && starts_with (row->term, term)))
        return habits[i];
    }
  bool mirrored = strcmp (row->term, "treatment") == 0
                  || strcmp (row->term, "carryover") == 0;
  return (struct habit){ row->term, 1, mirrored, false };
}

/* A period effect is later minus earlier whichever treatment is the test. */
START_TEST (swapping_test_and_reference_flips_signs_and_nothing_else)
{
  struct rx_rows a = { 0 }, b = { 0 };
  char *text = write_trial ((struct change){ 0 });
  struct rx_crossover_spec there = long_spec ("A", "B");
  struct rx_crossover_spec back = long_spec ("B", "A");
  size_t mirrored = 0;
  analyse_text (&a, text, &there);
  analyse_text (&b, text, &back);
  assert_same_rows (&a, &b);
  for (size_t i = 0; i < a.n; i++)
    if (habit_of (&a.row[i]).mirrored)
      {
        assert_mirrored (&a.row[i], &b.row[i]);
        mirrored++;
      }
    else if (!habit_of (&a.row[i]).of_one)
      assert_equal_numbers (&a.row[i], &b.row[i], 1);
  ck_assert_uint_ge (mirrored, 6);
  rx_rows_free (&a);
  rx_rows_free (&b);
  free (text);
}
END_TEST

START_TEST (swapping_with_three_treatments_flips_the_contrast_of_the_two)
{
  static const char text[]
      = "subject,period,treatment,y\n"
        "1,1,A,10.5\n1,2,B,8\n1,3,C,7.1\n2,1,B,9\n2,2,C,6\n2,3,A,12\n"
        "3,1,C,5\n3,2,A,11\n3,3,B,9.4\n4,1,A,13\n4,2,C,9\n4,3,B,7\n";
  struct rx_rows a = { 0 }, b = { 0 };
  struct rx_crossover_spec there = long_spec (NULL, "A");
  struct rx_crossover_spec back = long_spec (NULL, "C");
  analyse_text (&a, text, &there);
  analyse_text (&b, text, &back);
  size_t compared = 0;
  for (size_t i = 0; i < a.n; i++)
    for (size_t j = 0; j < b.n; j++)
      if (strcmp (a.row[i].term, "C-A") == 0
          && strcmp (b.row[j].term, "A-C") == 0
          && strcmp (a.row[i].method, b.row[j].method) == 0)
        {
          assert_near (b.row[j].estimate, -a.row[i].estimate, SAME, "A-C");
          assert_near (b.row[j].p_value, a.row[i].p_value, SAME, "A-C");
          if (strcmp (a.row[i].method, "bootstrap-bca") != 0)
            assert_near (b.row[j].conf_low, -a.row[i].conf_high, SAME, "A-C");
          compared++;
        }
  ck_assert_uint_ge (compared, 2);
  rx_rows_free (&a);
  rx_rows_free (&b);
}
END_TEST

START_TEST (scaling_responses_scales_estimates_and_no_test)
{
  struct rx_rows a = { 0 }, b = { 0 };
  struct rx_crossover_spec spec = long_spec (NULL, NULL);
  char *once = write_trial ((struct change){ 0 });
  char *ten = write_trial ((struct change){ .times_ten = true });
  analyse_text (&a, once, &spec);
  analyse_text (&b, ten, &spec);
  assert_same_rows (&a, &b);
  for (size_t i = 0; i < a.n; i++)
    if (strcmp (a.row[i].term, "minus2-reml-loglik") != 0) /* a density */
      assert_equal_numbers (&a.row[i], &b.row[i],
                            pow (10, habit_of (&a.row[i]).power));
  rx_rows_free (&a);
  rx_rows_free (&b);
  free (once);
  free (ten);
}
END_TEST

/* What adjusts for the period must not see one; the paired t test, which
   ignores it, must, for the sequences are unequal. */
START_TEST (a_period_effect_moves_the_period_rows_alone)
{
  struct rx_rows a = { 0 }, b = { 0 };
  struct rx_crossover_spec spec = long_spec (NULL, NULL);
  const double added = 2.5;
  char *without = write_trial ((struct change){ 0 });
  char *with = write_trial ((struct change){ .second_more = 25 });
  size_t adjusted = 0, moved = 0;
  analyse_text (&a, without, &spec);
  analyse_text (&b, with, &spec);
  ck_assert_uint_eq (a.n, b.n);
  for (size_t i = 0; i < a.n; i++)
    {
      const struct rx_method *method = rx_method_find (a.row[i].method);
      bool treatment = strcmp (a.row[i].term, "treatment") == 0;
      if (method->needs == &rx_needs_abba && treatment)
        {
          assert_equal_numbers (&a.row[i], &b.row[i], 1);
          assert_near (b.row[i].p_value, a.row[i].p_value, SAME, "p");
          adjusted++;
        }
      if (method->needs == &rx_needs_abba
          && strcmp (a.row[i].term, "period") == 0)
        assert_near (b.row[i].estimate, a.row[i].estimate + added,
                     SAME_RESPONSE, a.row[i].method);
      if (strcmp (a.row[i].method, "paired-t") == 0 && treatment)
        moved += fabs (b.row[i].estimate - a.row[i].estimate) > 0.1;
    }
  ck_assert_uint_ge (adjusted, 4);
  ck_assert_uint_eq (moved, 1);
  rx_rows_free (&a);
  rx_rows_free (&b);
  free (without);
  free (with);
}
END_TEST

START_TEST (row_order_changes_no_byte)
{
  struct rx_crossover_spec spec = long_spec (NULL, NULL);
  static const struct change orders[] = { { .from = 3 },
                                          { .backwards = true },
                                          { .from = 7, .backwards = true } };
  char *text = write_trial ((struct change){ 0 });
  char *expected = tsv_of (text, &spec);
  ck_assert_ptr_nonnull (strstr (expected, "\thills-armitage\t"));
  for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++)
    {
      char *shuffled = write_trial (orders[i]);
      char *got = tsv_of (shuffled, &spec);
      ck_assert_str_ne (shuffled, text);
      ck_assert_str_eq (got, expected);
      free (shuffled);
      free (got);
    }
  free (expected);
  free (text);
}
END_TEST

/* `better` says which way is good and never turns a number round. */
START_TEST (better_changes_no_sign)
{
  static const struct
  {
    const char *better, *test, *word;
  } rows[] = {
    { "higher", "A", "improved" },
    { "lower", "A", "worsened" },
    { "higher", "B", "worsened" },
    { "lower", "B", "improved" },
  };
  char *text = write_trial ((struct change){ 0 });
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      struct rx_rows with = { 0 }, without = { 0 };
      struct rx_endpoint_spec endpoint
          = { .name = "y", .better = rows[i].better };
      struct rx_crossover_spec plain = long_spec (rows[i].test, NULL);
      struct rx_crossover_spec spec = plain;
      spec.endpoints = &endpoint;
      analyse_text (&with, text, &spec);
      analyse_text (&without, text, &plain);
      ck_assert_uint_eq (with.n, without.n);
      for (size_t r = 0; r < with.n; r++)
        {
          assert_equal_numbers (&without.row[r], &with.row[r], 1);
          bool says = strstr (with.row[r].note, rows[i].word) != NULL;
          /* an F has no direction */
          bool is_contrast = strcmp (with.row[r].term, "treatment") == 0
                             && isnan (with.row[r].df_num)
                             && !isnan (with.row[r].estimate);
          ck_assert_msg (says == is_contrast, "%s %s: %s", with.row[r].method,
                         with.row[r].term, with.row[r].note);
        }
      rx_rows_free (&with);
      rx_rows_free (&without);
    }
  free (text);
}
END_TEST

/* ------------------------------------------------------------------------- */

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("crossover");
  TCase *properties = tcase_create ("properties");
  tcase_add_checked_fixture (properties, scratch_make, scratch_remove);
  tcase_add_test (properties,
                  swapping_test_and_reference_flips_signs_and_nothing_else);
  tcase_add_test (
      properties,
      swapping_with_three_treatments_flips_the_contrast_of_the_two);
  tcase_add_test (properties, scaling_responses_scales_estimates_and_no_test);
  tcase_add_test (properties, a_period_effect_moves_the_period_rows_alone);
  tcase_add_test (properties, row_order_changes_no_byte);
  tcase_add_test (properties, better_changes_no_sign);
  suite_add_tcase (suite, properties);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
