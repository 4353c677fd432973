/* prescott_exact.c: Prescott's test of binary responses of an AB/BA trial with
   the exact distribution of T.

   T as in prescott; p = P (|T - E| >= observed) over all ways to hand out the
   sequences, which is a multivariate hypergeometric distribution of the
   scores.  Prescott, Applied Statistics 1981;30:9-15. */
#include "methods/design_needs.h"
#include "methods/prescott_row.h"

#include <math.h>

/* Steps of a table of sums that are taken: some seconds. */
static const double COST_MOST = 1e10;

static enum rx_status
test (const struct rx_preference *preference, double level, struct rx_row *row,
      struct rx_note *note, struct rx_error *err)
{
  (void)level;
  double mean, sd;
  const struct rx_subset *subset = &preference->labels.subset;
  if (!rx_prescott_row (preference, row, &mean, &sd, note))
    return RX_OK;
  if (rx_subset_sum_table_cost (subset) <= COST_MOST
      && rx_subset_sum_table (subset, &row->p_value, err) != RX_OK)
    return err->status;
  rx_note_add (note, isnan (row->p_value) ? "too-large-for-exact" : "exact");
  return RX_OK;
}

const struct rx_method rx_method_prescott_exact = {
  .name = "prescott-exact",
  .title = "Prescott's test of binary responses, exact",
  .source = "Prescott 1981, Appl Stat 30:9-15",
  .words = "Binary responses are compared, allowing for the period, by "
           "Prescott's exact test, which uses subjects without a preference "
           "too.",
  .needs = &rx_needs_abba,
  .binary_only = true,
  .scores = true,
  .preference = test,
};
