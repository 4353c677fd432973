/* prescott.c: Prescott's test of binary responses of an AB/BA trial, which
   takes those who prefer no period along.

   Scores +1, 0, -1 for the first period preferred, none, the second; T = their
   sum in the sequence with the test first, n1 of N subjects.  Over all ways to
   hand out the sequences
     E (T)   = n1 (mean score)
     Var (T) = n1 n2 / (N (N - 1)) sum (score - mean)^2
   and (T - E) / sqrt (Var) is taken as normal.  The row has T as estimate and
   its standard deviation as standard error.  Prescott, Applied Statistics
   1981;30:9-15. */
#include "methods/design_needs.h"
#include "methods/prescott_row.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static enum rx_status
test (const struct rx_preference *preference, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  (void)level;
  (void)err;
  double mean, sd;
  bool tests = rx_prescott_row (preference, row, &mean, &sd, note);
  if (!isnan (row->estimate))
    row->std_error = sd;
  if (tests)
    {
      row->statistic = (row->estimate - mean) / sd;
      row->p_value = 2 * gsl_cdf_ugaussian_Q (fabs (row->statistic));
    }
  return RX_OK;
}

const struct rx_method rx_method_prescott = {
  .name = "prescott",
  .title = "Prescott's test of binary responses, normal approximation",
  .source = "Prescott 1981, Appl Stat 30:9-15",
  .words = "Binary responses are compared, allowing for the period, by "
           "Prescott's test, which uses subjects without a preference too.",
  .needs = &rx_needs_abba,
  .binary_only = true,
  .scores = true,
  .preference = test,
};
