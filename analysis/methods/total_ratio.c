/* total_ratio.c: with A and B the totals after and before and a_i, b_i those
   of person i,

     SE^2 (log (A / B)) = sum (a_i / A - b_i / B)^2,

   the linearised variance of a ratio of totals (Cochran 1977, Sampling
   Techniques, 3rd ed., chapter 6) with persons as the units.  For users, a_i
   and b_i 0 or 1 and e of them both times, it is what the paired table gives:
   1/A + 1/B - 2 e / (A B).

   By hand: before 1, 1 and after 2, 4 give log 3, SE^2 = 2 (1/6)^2. */
#include "methods/total_ratio.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

__extension__ typedef __int128 wide; /* units may be as fine as 1e-12 ddd */

/* a B - b A, from integers where 128 bits hold them, so that persons who all
   changed alike have a variance of exactly zero. */
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

struct rx_total_ratio
rx_total_ratio_of (const struct rx_before_after_cell *cell)
{
  wide before = 0, after = 0;
  for (size_t i = 0; i < cell->n; i++)
    {
      before += cell->before[i];
      after += cell->after[i];
    }
  struct rx_total_ratio out = { (double)before, (double)after, NAN, NAN, NAN };
  if (before > 0)
    out.percent = 100 * (double)(after - before) / (double)before;
  if (before > 0 && after > 0)
    {
      out.log_ratio = log ((double)after / (double)before);
      out.robust_se = standard_error (cell, before, after);
    }
  return out;
}

const char *
rx_total_ratio_why (const struct rx_total_ratio *ratio, size_t n)
{
  return !isnan (ratio->log_ratio)               ? ""
         : n == 0                                ? "no-subjects"
         : ratio->before < 0 || ratio->after < 0 ? "negative-total"
                                                 : "zero-total";
}

struct rx_row
rx_log_ratio_row (double estimate, double se, size_t n, const char *why,
                  double level, struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)n;
  row.conf_level = level;
  row.estimate = estimate;
  row.std_error = se;
  rx_note_add (note, "log");
  if (why[0] != '\0')
    rx_note_add (note, "%s", why);
  else if (!(se > 0))
    rx_note_add (note, "zero-variance");
  if (!(se > 0))
    return row;
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * se;
  row.statistic = estimate / se;
  row.p_value = 2 * gsl_cdf_ugaussian_Q (fabs (row.statistic));
  row.conf_low = estimate - half;
  row.conf_high = estimate + half;
  return row;
}
