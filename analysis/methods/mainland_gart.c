/* mainland_gart.c: the test of a treatment effect on binary responses of an
   AB/BA trial that allows for a period effect.

   Only subjects who respond in one of the two periods tell.  Of them the table
   of sequence (test first, reference first) by preferred period

       a  b
       c  d

   has no association where treatments are alike: chi-squared without
   correction.  Rows beside the test:
     conditional-odds-ratio  of the table, given its margins: maximum
                             likelihood, exact interval; the square of the
                             treatment's odds ratio
     treatment-odds-ratio    sqrt (ad / bc), test to reference
     period-odds-ratio       sqrt (ac / bd), first period to second
   the latter two with exp (log OR -+ z sqrt (1/a + 1/b + 1/c + 1/d) / 2).
   Mainland, Elementary Medical Statistics, 2nd ed., 1963; Gart, Biometrika
   1969;56:75-80.

   By hand: 6, 0; 2, 4 gives chi-squared 6, p = 0.0143; both odds ratios are
   infinite. */
#include "methods/design_needs.h"
#include "methods/preference.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static struct rx_row
test_row (const struct rx_two_by_two_test *test, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.df_num = 1;
  row.statistic = test->chi_squared;
  row.p_value = test->p_chi_squared;
  if (isnan (test->chi_squared) && !isnan (test->p_exact))
    rx_note_add (note, "zero-margin");
  return row;
}

static struct rx_row
conditional_row (const struct rx_two_by_two_test *test, double level,
                 struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.estimate = test->conditional;
  if (isnan (test->conditional))
    {
      if (!isnan (test->p_exact))
        rx_note_add (note, "zero-margin");
      return row;
    }
  row.conf_level = level;
  row.conf_low = test->low;
  row.conf_high = test->high;
  return row;
}

/* sqrt (top / bottom), each the product of two cells. */
static struct rx_row
odds_row (struct rx_two_by_two t, double top, double bottom, double level,
          struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.estimate = sqrt (top / bottom);
  if (top == 0 || bottom == 0)
    {
      rx_note_add (note, "zero-cell");
      return row;
    }
  double inverses
      = 1 / (double)t.a + 1 / (double)t.b + 1 / (double)t.c + 1 / (double)t.d;
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * sqrt (inverses) / 2;
  row.conf_level = level;
  row.conf_low = row.estimate * exp (-half);
  row.conf_high = row.estimate * exp (half);
  return row;
}

/* The k-th row and its term; NULL behind the last. */
static const char *
make_row (const struct rx_preference *p, const struct rx_two_by_two_test *test,
          double level, int k, struct rx_row *row, struct rx_note *note)
{
  const struct rx_two_by_two t = p->table;
  double a = (double)t.a, b = (double)t.b, c = (double)t.c, d = (double)t.d;
  *row = rx_row_blank ();
  switch (k)
    {
    case 0:
      *row = test_row (test, note);
      return "treatment";
    case 1:
      *row = conditional_row (test, level, note);
      return "conditional-odds-ratio";
    case 2:
      *row = odds_row (t, a * d, b * c, level, note);
      return "treatment-odds-ratio";
    case 3:
      *row = odds_row (t, a * c, b * d, level, note);
      return "period-odds-ratio";
    default:
      return NULL;
    }
}

static enum rx_status
add_rows (const struct rx_preference *p, const struct rx_crossover *design,
          const struct rx_endpoint *endpoint, double level,
          struct rx_rows *rows, struct rx_error *err)
{
  struct rx_two_by_two_test test;
  struct rx_note why = { "" };
  bool tests = rx_preference_tests (p, &why);
  struct rx_two_by_two none = { 0, 0, 0, 0 };
  if (rx_two_by_two (tests ? p->table : none, level, &test, err) != RX_OK)
    return err->status;
  for (int k = 0;; k++)
    {
      struct rx_row row;
      struct rx_note note = { "" };
      const char *term = make_row (p, &test, level, k, &row, &note);
      if (term == NULL)
        return RX_OK;
      row.n = (double)p->n;
      if (!tests)
        {
          row.estimate = row.conf_level = row.conf_low = row.conf_high = NAN;
          note = why;
        }
      if (rx_fill_crossover (rows, row, design, endpoint, "mainland-gart",
                             term, k == 0, &note, err)
          != RX_OK)
        return err->status;
    }
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  struct rx_preference preference;
  enum rx_status status
      = rx_preference_make (&preference, design, endpoint, err);
  if (status == RX_OK)
    status
        = add_rows (&preference, design, endpoint, options->level, rows, err);
  rx_preference_free (&preference);
  return status;
}

const struct rx_method rx_method_mainland_gart = {
  .name = "mainland-gart",
  .title = "Mainland-Gart test of binary responses, chi-squared",
  .source = "Gart 1969, Biometrika 56:75-80",
  .words = "Binary responses are compared, allowing for the period, by the "
           "Mainland-Gart chi-squared test of sequence by preferred period "
           "among the discordant.",
  .needs = &rx_needs_abba,
  .binary_only = true,
  .crossover = run_crossover,
};
