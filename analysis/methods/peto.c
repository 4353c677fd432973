/* peto.c: the log odds ratio of two-by-two tables by Peto.

   sum (O - E) / sum V, SE 1 / sqrt (sum V); q = sum (O - E)^2 / V
   - (sum (O - E))^2 / sum V over tables with V > 0, computed as the sum of
   V ((O - E)/V - pooled)^2.  Formulas and a value by hand:
   stats/tables_pooled.c. */
#include "methods/table_rows.h"

#include <math.h>
#include <stdlib.h>

static enum rx_status
run_meta (const struct rx_method *self, const struct rx_evidence *evidence,
          const struct rx_method_options *options, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_two_groups *table = rx_table_rows_tables (evidence);
  if (table == NULL)
    return rx_fail_memory (err);
  struct rx_tables_pooled pooled = rx_peto (table, evidence->k);
  double q = 0;
  for (size_t i = 0; i < evidence->k; i++)
    {
      double y, v;
      rx_peto_one (table[i], &y, &v);
      if (!isnan (y))
        q += (y - pooled.estimate) * (y - pooled.estimate) / v;
    }
  free (table);
  return rx_table_rows (evidence, options, self->name, pooled, q, pooled.k,
                        rows, err);
}

const struct rx_method rx_method_peto = {
  .name = "peto",
  .title = "Two-by-two tables pooled by Peto, log odds ratio",
  .source = "Yusuf et al. 1985, Prog Cardiovasc Dis 27:335-371",
  .words = "Odds ratios are pooled by Peto's one-step method.",
  .evidence = RX_EVIDENCE_ODDS,
  .on_request = true,
  .meta = run_meta,
};
