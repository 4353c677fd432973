/* analysis_summary.c: each method once, then the remarks. */
#include "methods/analysis_summary.h"

#include "methods/printed_rows.h"

#include <string.h>

static enum rx_status
remark (const struct rx_printed_table *table, struct rx_rows *rows,
        size_t before, struct rx_error *err)
{
  size_t bad = 0;
  for (size_t i = before; i < rows->n; i++)
    bad += strncmp (rows->row[i].note, "inconsistent", 12) == 0;
  if (rx_rows_remark (rows, false, err,
                      "Printed results: %zu; rows noted as inconsistent: %zu. "
                      "Intervals noted as rounding are what the rounding of "
                      "the figures allows, no confidence intervals.",
                      table->n, bad)
      != RX_OK)
    return err->status;
  if (bad > 0
      && rx_rows_remark (rows, false, err,
                         "An inconsistency is a question to the authors: a "
                         "misprint, another test, other persons or another "
                         "rounding can be behind it.")
             != RX_OK)
    return err->status;
  if (rows->n == before
      && rx_rows_remark (rows, true, err,
                         "Nothing to check: no row has the figures that a "
                         "method needs.")
             != RX_OK)
    return err->status;
  if (table->unused[0] != '\0'
      && rx_rows_remark (rows, true, err, "Columns not used: %s.",
                         table->unused)
             != RX_OK)
    return err->status;
  return RX_OK;
}

enum rx_status
rx_analysis_summary (const struct rx_printed_table *table,
                     const struct rx_analysis_plan *plan, struct rx_rows *rows,
                     struct rx_error *err)
{
  bool given = plan->unprinted[1] > 0;
  struct rx_method_options options
      = { .level = plan->level,
          .seed = plan->seed,
          .family = plan->family,
          .unprinted = { given ? plan->unprinted[0] : 0,
                         given ? plan->unprinted[1] : 1 } };
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods, before = rows->n;
  for (size_t i = 0; chosen && i < n; i++)
    if (!rx_method_serves_summary (plan->methods[i]))
      return rx_fail (err, RX_EUSAGE,
                      "method %s does not check printed numbers",
                      plan->methods[i]->name);
  rows->synthetic = rows->synthetic || table->synthetic;
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (!rx_method_serves_summary (method)
          || (!chosen && method->on_request))
        continue;
      if (rx_method_summary (method, table, &options, rows, err) != RX_OK)
        return err->status;
    }
  return remark (table, rows, before, err);
}
