/* rate_ratio_robust.c: the ratio of the totals after and before, with a
   variance that lets every person have a rate of her own.

   With A and B the totals after and before and a_i, b_i those of person i:
     estimate = log (A / B)
     SE^2     = sum (a_i / A - b_i / B)^2
   and the normal distribution: the linearised variance of a ratio of totals
   (Cochran 1977, Sampling Techniques, 3rd ed., chapter 6) with persons as the
   units.  The windows are taken as they are: where
   they differ in length the ratio is not one of rates per day.

   By hand: before 1, 1 and after 2, 4 give log 3, SE^2 = 2 (1/6)^2. */
#include "methods/fill.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

__extension__ typedef __int128 wide;

/* Totals, and the variance from integers, so that persons who all changed
   alike have a variance of exactly zero. */
static void
totals (const struct rx_before_after_cell *cell, wide *before, wide *after)
{
  *before = *after = 0;
  for (size_t i = 0; i < cell->n; i++)
    {
      *before += cell->before[i];
      *after += cell->after[i];
    }
}

/* a B - b A, from integers where 128 bits hold them. */
static double
apart (int64_t a, wide before, int64_t b, wide after)
{
  wide left, right, difference;
  if (__builtin_mul_overflow ((wide)a, before, &left)
      || __builtin_mul_overflow ((wide)b, after, &right)
      || __builtin_sub_overflow (left, right, &difference))
    return (double)a * (double)before - (double)b * (double)after;
  return (double)difference;
}

static double
standard_error (const struct rx_before_after_cell *cell, wide before,
                wide after)
{
  double squares = 0;
  for (size_t i = 0; i < cell->n; i++)
    {
      double share = apart (cell->after[i], before, cell->before[i], after)
                     / ((double)before * (double)after);
      squares += share * share;
    }
  return sqrt (squares);
}

static struct rx_row
test (const struct rx_before_after_cell *cell, double level,
      struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  wide before, after;
  totals (cell, &before, &after);
  row.n = (double)cell->n;
  row.conf_level = level;
  rx_note_add (note, "log");
  if (before <= 0 || after <= 0)
    {
      rx_note_add (note, cell->n == 0 ? "no-subjects" : "zero-total");
      return row;
    }
  row.estimate = log ((double)after / (double)before);
  row.std_error = standard_error (cell, before, after);
  if (!(row.std_error > 0))
    {
      rx_note_add (note, "zero-variance");
      return row;
    }
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * row.std_error;
  row.statistic = row.estimate / row.std_error;
  row.p_value = 2 * gsl_cdf_ugaussian_Q (fabs (row.statistic));
  row.conf_low = row.estimate - half;
  row.conf_high = row.estimate + half;
  return row;
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  struct rx_note note = { "" };
  struct rx_row row = test (cell, options->level, &note);
  return rx_fill_before_after (rows, row, cell, "rate-ratio-robust", "change",
                               &note, err);
}

const struct rx_method rx_method_rate_ratio_robust = {
  .name = "rate-ratio-robust",
  .title = "Log ratio of the totals after and before, robust variance",
  .source = "Cochran 1977, Sampling Techniques, 3rd ed., chapter 6 (variance "
            "of a ratio)",
  .words
  = "The totals after and before are compared by the logarithm of their "
    "ratio with a variance that is robust to differences between "
    "persons.",
  .measures = RX_DISPENSINGS | RX_DDD,
  .before_after = run_before_after,
};
