/* prescott_cochran_armitage.c: Prescott's test of binary responses of an AB/BA
   trial as a test for trend in the table of sequence by preference.

   T, its expectation and the scores are those of prescott; the variance has
   N in the place of N - 1 (unconditional), and the square is chi-squared.
   Cochran, Biometrics 1954;10:417-451; Armitage, Biometrics 1955;11:375-386.

   To check: chi-squared is N / (N - 1) times the square of prescott's
   statistic. */
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
  double mean, sd, n = (double)preference->n;
  bool tests = rx_prescott_row (preference, row, &mean, &sd, note);
  sd *= sqrt ((n - 1) / n);
  row->df_num = 1;
  if (!isnan (row->estimate))
    row->std_error = sd;
  if (tests)
    {
      row->statistic = pow ((row->estimate - mean) / sd, 2);
      row->p_value = gsl_cdf_chisq_Q (row->statistic, 1);
    }
  return RX_OK;
}

const struct rx_method rx_method_prescott_cochran_armitage = {
  .name = "prescott-cochran-armitage",
  .title = "Prescott's test of binary responses as a test for trend",
  .source = "Cochran 1954, Biometrics 10:417-451; Armitage 1955, Biometrics "
            "11:375-386",
  .words = "Binary responses are compared, allowing for the period, by the "
           "Cochran-Armitage test for trend over the preferences.",
  .needs = &rx_needs_abba,
  .binary_only = true,
  .scores = true,
  .on_request = true,
  .preference = test,
};
