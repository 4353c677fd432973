/* printed_proportions.c: two groups by an outcome, from printed counts or
   percentages.

   Terms: count1, count2 (where a percentage is printed: the count next to it,
   and all that give it); risk-difference (first minus second group, Wald
   standard error and interval, p of z), chi-squared (Pearson, without
   correction) and fisher (two-sided p; estimate and interval are those of
   the conditional odds ratio).  Where percentages leave several pairs of
   counts the rows have the pair next to them in estimate (chi-squared, fisher:
   p), the range over all pairs in conf_low and conf_high, and note
   counts-open; inconsistent where no count gives a percentage.  Notes
   p-fits, p-does-not-fit: could the printed p be that of this test?

   By hand: 12 of 40 against 6 of 40: difference 0.15, SE sqrt (0.3 0.7 / 40 +
   0.15 0.85 / 40) = 0.0919. */
#include "methods/printed_shares.h"
#include "stats/two_by_two.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

struct range
{
  double low, high;
};

static void
stretch (struct range *range, double x)
{
  if (isnan (x))
    return;
  range->low = fmin (range->low, x);
  range->high = fmax (range->high, x);
}

static struct rx_two_by_two
table_of (const struct rx_shares *shares, long k1, long k2)
{
  return (struct rx_two_by_two){ (size_t)k1, (size_t)(shares->n[0] - k1),
                                 (size_t)k2, (size_t)(shares->n[1] - k2) };
}

static void
judge_p (const struct rx_printed_result *result, double low, double high,
         struct rx_note *note)
{
  const struct rx_printed *p = &result->figure[RX_SAYS_P];
  if (p->kind != RX_PRINTED_NOTHING && low <= high)
    rx_note_add (note, "%s",
                 rx_printed_meets (p, low, high) ? "p-fits"
                                                 : "p-does-not-fit");
}

static enum rx_status
add (const struct rx_printed_result *result, const char *term,
     struct rx_row row, struct rx_note *note, struct rx_rows *rows,
     struct rx_error *err)
{
  return rx_printed_row_add (rows, row, result, "printed-proportions", term,
                             note, err);
}

static enum rx_status
add_counts (const struct rx_printed_result *result,
            const struct rx_shares *shares, struct rx_rows *rows,
            struct rx_error *err)
{
  static const char *const terms[] = { "count1", "count2" };
  for (int i = 0; i < 2; i++)
    {
      struct rx_note note = { "" };
      struct rx_row row = rx_row_blank ();
      bool none = shares->low[i] > shares->high[i];
      if ((i == 0 ? result->count1 : result->count2) >= 0)
        continue;
      row.n = (double)shares->n[i];
      row.estimate = (double)shares->nearest[i];
      row.conf_low = none ? NAN : (double)shares->low[i];
      row.conf_high = none ? NAN : (double)shares->high[i];
      rx_note_add (&note, "%s", none ? "inconsistent" : "implied");
      if (add (result, terms[i], row, &note, rows, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
add_difference (const struct rx_printed_result *result,
                const struct rx_shares *shares, double level,
                struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  double n1 = (double)shares->n[0], n2 = (double)shares->n[1];
  double p1 = (double)shares->nearest[0] / n1;
  double p2 = (double)shares->nearest[1] / n2;
  row.n = n1 + n2;
  row.estimate = p1 - p2;
  if (shares->open)
    {
      row.conf_low
          = (double)shares->low[0] / n1 - (double)shares->high[1] / n2;
      row.conf_high
          = (double)shares->high[0] / n1 - (double)shares->low[1] / n2;
      rx_note_add (&note, "counts-open");
    }
  else
    {
      double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2);
      row.std_error = sqrt (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2);
      row.conf_level = level;
      row.conf_low = row.estimate - half * row.std_error;
      row.conf_high = row.estimate + half * row.std_error;
      if (row.std_error > 0)
        {
          row.statistic = row.estimate / row.std_error;
          row.p_value = 2 * gsl_cdf_ugaussian_Q (fabs (row.statistic));
          judge_p (result, row.p_value, row.p_value, &note);
        }
      else
        rx_note_add (&note, "zero-variance");
      row.is_effect = true;
    }
  return add (result, "risk-difference", row, &note, rows, err);
}

static enum rx_status
add_tests (const struct rx_printed_result *result,
           const struct rx_shares *shares, double level, struct rx_rows *rows,
           struct rx_error *err)
{
  struct range chi = { INFINITY, -INFINITY }, exact = chi;
  struct rx_two_by_two_test test;
  for (long i = shares->low[0]; i <= shares->high[0]; i++)
    for (long j = shares->low[1]; j <= shares->high[1]; j++)
      {
        if (rx_two_by_two (table_of (shares, i, j), level, &test, err)
            != RX_OK)
          return err->status;
        stretch (&chi, test.p_chi_squared);
        stretch (&exact, test.p_exact);
      }
  if (rx_two_by_two (table_of (shares, shares->nearest[0], shares->nearest[1]),
                     level, &test, err)
      != RX_OK)
    return err->status;
  struct rx_note of_chi = { "" }, of_exact = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = (double)shares->n[0] + (double)shares->n[1];
  struct rx_row fisher = row;
  row.df_num = 1;
  row.statistic = test.chi_squared;
  row.p_value = test.p_chi_squared;
  fisher.p_value = test.p_exact;
  if (shares->open)
    {
      row.estimate = test.p_chi_squared;
      fisher.estimate = test.p_exact;
      row.conf_low = chi.low <= chi.high ? chi.low : NAN;
      row.conf_high = chi.low <= chi.high ? chi.high : NAN;
      fisher.conf_low = exact.low;
      fisher.conf_high = exact.high;
      rx_note_add (&of_chi, "counts-open");
      rx_note_add (&of_exact, "counts-open");
    }
  else
    {
      fisher.estimate = test.conditional;
      fisher.conf_level = level;
      fisher.conf_low = test.low;
      fisher.conf_high = test.high;
      rx_note_add (&of_exact, "exact; odds-ratio");
    }
  if (isnan (row.statistic))
    rx_note_add (&of_chi, "zero-margin");
  judge_p (result, chi.low, chi.high, &of_chi);
  judge_p (result, exact.low, exact.high, &of_exact);
  if (add (result, "chi-squared", row, &of_chi, rows, err) != RX_OK)
    return err->status;
  return add (result, "fisher", fisher, &of_exact, rows, err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_shares shares;
  if (result->design != RX_PRINTED_PARALLEL
      || !rx_printed_shares (result, &shares))
    return RX_OK;
  if (add_counts (result, &shares, rows, err) != RX_OK)
    return err->status;
  if (shares.none)
    return RX_OK;
  if (add_difference (result, &shares, options->level, rows, err) != RX_OK)
    return err->status;
  if (rx_shares_pairs (&shares) != SIZE_MAX)
    return add_tests (result, &shares, options->level, rows, err);
  struct rx_note note = { "not-decided; counts-open" };
  return add (result, "fisher", rx_row_blank (), &note, rows, err);
}

const struct rx_method rx_method_printed_proportions = {
  .name = "printed-proportions",
  .title = "Two groups by an outcome, from printed counts or percentages",
  .source = "Fisher, J R Stat Soc 1935;98:39-82; Agresti, Stat Sci "
            "1992;7:131-153",
  .words = "Risk differences, chi-squared and Fisher's exact tests were "
           "computed from the printed counts or percentages, over all counts "
           "that the percentages leave.",
  .printed = check_result,
};
