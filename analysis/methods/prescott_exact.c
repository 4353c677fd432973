/* prescott_exact.c: Prescott's test of binary responses of an AB/BA trial with
   the exact distribution of T.

   T as in prescott; p = P (|T - E| >= observed) over all ways to hand out the
   sequences, which is a multivariate hypergeometric distribution of the
   scores.  Prescott, Applied Statistics 1981;30:9-15. */
#include "methods/prescott_row.h"

#include <math.h>

/* Steps of a table of sums that are taken: some seconds. */
static const double COST_MOST = 1e10;

static enum rx_status
run_crossover (const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)options;
  struct rx_preference preference;
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  double mean, sd;
  enum rx_status status
      = rx_preference_make (&preference, design, endpoint, err);
  const struct rx_subset *subset = &preference.labels.subset;
  bool tests = status == RX_OK
               && rx_prescott_row (&preference, &row, &mean, &sd, &note);
  if (tests && rx_subset_sum_table_cost (subset) <= COST_MOST)
    status = rx_subset_sum_table (subset, &row.p_value, err);
  if (tests)
    rx_note_add (&note, isnan (row.p_value) ? "too-large-for-exact" : "exact");
  if (status == RX_OK)
    status = rx_fill_crossover (rows, row, design, endpoint, "prescott-exact",
                                "treatment", true, &note, err);
  rx_preference_free (&preference);
  return status;
}

const struct rx_method rx_method_prescott_exact = {
  .name = "prescott-exact",
  .title = "Prescott's test of binary responses, exact",
  .source = "Prescott 1981, Appl Stat 30:9-15",
  .words = "Binary responses are compared, allowing for the period, by "
           "Prescott's exact test, which uses subjects without a preference "
           "too.",
  .abba_only = true,
  .binary_only = true,
  .crossover = run_crossover,
};
