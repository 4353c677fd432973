/* check_awkward.c: trials that nobody planned so, by every method.

   Sequences, numbers of subjects, kinds of responses and what is missing are
   drawn from a fixed stream.  Whatever comes out: a p-value is a probability,
   an estimate lies in its interval, nothing is infinite that is no odds, and a
   row without any number says why. */
#include "base/text.h"
#include "designs/crossover.h"
#include "methods/analysis_crossover.h"
#include "methods/comparisons.h"
#include "methods/design_needs.h"

#include "scratch.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdint.h>

enum
{
  TRIALS = 240,
  MOST_PERIODS = 5,
  MOST_SEQUENCES = 5
};

/* An interval is computed from the estimate; they may be equal. */
static const double ROUNDING = 1e-9;

/* The minimal standard generator of Park and Miller. */
static uint64_t state;

static unsigned
draw (unsigned n)
{
  state = state * 16807 % 2147483647;
  return (unsigned)(state % n);
}

static void
add_response (struct rx_text *text, unsigned kind)
{
  double part = draw (1000) / 1000.0;
  switch (kind)
    {
    case 0: /* rounded, with ties */
      rx_text_addf (text, "%.1f", 40 + 10 * part);
      break;
    case 1: /* yes and no */
      rx_text_addf (text, "%u", draw (2));
      break;
    case 2: /* counts */
      rx_text_addf (text, "%u", draw (5) * draw (4));
      break;
    case 3: /* no variance */
      rx_text_addz (text, "7");
      break;
    case 4: /* small beside large */
      rx_text_addf (text, "%.3f", 1e9 + part);
      break;
    default: /* close to zero */
      rx_text_addf (text, "%.10f", (part - 0.5) * 1e-7);
    }
}

static void
write_trial (struct rx_text *text)
{
  unsigned treatments = 2 + draw (2), periods = 2 + draw (MOST_PERIODS - 1);
  unsigned kind = draw (6), missing = draw (3), subject = 0;
  bool plain = draw (2) == 0;
  rx_text_addz (text, "subject,sequence,period,treatment,y\n");
  for (unsigned s = 0; s < (plain ? 2 : 1 + draw (MOST_SEQUENCES)); s++)
    {
      char plan[MOST_PERIODS + 1] = "";
      for (unsigned p = 0; p < periods; p++)
        plan[p] = (char)('A' + (plain ? (s + p) % 2 : draw (treatments)));
      for (unsigned n = 1 + draw (5); n > 0; n--, subject++)
        for (unsigned p = 0; p < periods; p++)
          {
            rx_text_addf (text, "S%u,%s,%u,%c,", subject, plan, p + 1,
                          plan[p]);
            if (missing > 0 && draw (10) < 2 * missing)
              rx_text_addz (text, "NA");
            else
              add_response (text, kind);
            rx_text_addc (text, '\n');
          }
    }
}

static bool
is_odds (const struct rx_row *row)
{
  return strstr (row->term, "odds-ratio") != NULL;
}

static void
check_finite (const struct rx_row *row, const char *text)
{
  const double numbers[] = { row->n,       row->estimate, row->std_error,
                             row->df_num,  row->df,       row->statistic,
                             row->p_value, row->conf_low, row->conf_high };
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
    ck_assert_msg (!isinf (numbers[i]) || is_odds (row),
                   "%s %s: number %zu is infinite\n%s", row->method, row->term,
                   i, text);
}

static void
check_row (const struct rx_row *row, const char *text)
{
  check_finite (row, text);
  ck_assert_msg (
      isnan (row->p_value) || (row->p_value >= 0 && row->p_value <= 1),
      "%s %s: p = %g\n%s", row->method, row->term, row->p_value, text);
  ck_assert_msg (!(row->std_error < 0), "%s %s: SE = %g\n%s", row->method,
                 row->term, row->std_error, text);
  double slack = ROUNDING * fabs (row->estimate);
  ck_assert_msg (!(row->conf_low > row->estimate + slack)
                     && !(row->conf_high < row->estimate - slack),
                 "%s %s: %g is not in %g to %g\n%s", row->method, row->term,
                 row->estimate, row->conf_low, row->conf_high, text);
  /* counts of disposition are in n, rows of degrees of freedom have them */
  bool silent = isnan (row->estimate) && isnan (row->statistic)
                && isnan (row->p_value) && isnan (row->df_num)
                && strcmp (row->method, "disposition") != 0;
  ck_assert_msg (!silent || row->note[0] != '\0', "%s %s: nothing is said\n%s",
                 row->method, row->term, text);
}

START_TEST (every_method_keeps_its_word)
{
  struct rx_text text = { 0 };
  struct rx_table table = { 0 };
  struct rx_crossover design = { 0 };
  struct rx_rows rows = { 0 };
  struct rx_error err = { 0 };
  const struct rx_endpoint_spec response = { .name = "y" };
  const struct rx_crossover_spec spec
      = { .endpoints = &response, .n_endpoints = 1 };
  const struct rx_method **methods = calloc (rx_n_methods, sizeof (*methods));
  struct rx_analysis_plan plan
      = { .methods = methods, .level = 0.95, .seed = 1, .as_fits = true };
  ck_assert_ptr_nonnull (methods);
  state = (uint64_t)_i * 7919 + 1;
  write_trial (&text);
  ck_assert (!text.failed);
  const char *words = rx_text_string (&text);
  const char *path = scratch_write ("t.csv", words, text.length);
  ck_assert_msg (rx_table_read (&table, path, NULL, &err) == RX_OK, "%s\n%s",
                 err.message, words);
  /* what is no crossover is refused with a reason */
  if (rx_crossover_build (&design, &table, &spec, &err) != RX_OK)
    ck_assert_str_ne (err.message, "");
  else
    {
      for (size_t i = 0; i < rx_n_methods; i++)
        if (rx_method_serves_crossover (rx_methods[i])
            && rx_design_meets (&design, rx_methods[i]))
          methods[plan.n_methods++] = rx_methods[i];
      ck_assert_msg (rx_analysis_crossover (&design, &plan, &rows, &err)
                         == RX_OK,
                     "%s\n%s", err.message, words);
      for (size_t i = 0; i < rows.n; i++)
        check_row (&rows.row[i], words);
    }
  rx_rows_free (&rows);
  rx_crossover_free (&design);
  rx_table_free (&table);
  rx_text_free (&text);
  free (methods);
}
END_TEST

int
main (void)
{
  gsl_set_error_handler_off ();
  Suite *suite = suite_create ("awkward");
  TCase *tcase = tcase_create ("trials that nobody planned so");
  tcase_set_timeout (tcase, 120);
  tcase_add_unchecked_fixture (tcase, scratch_make, scratch_remove);
  tcase_add_loop_test (tcase, every_method_keeps_its_word, 0, TRIALS);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
