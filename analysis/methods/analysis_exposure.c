/* analysis_exposure.c: each method once, then the remarks. */
#include "methods/analysis_exposure.h"

static enum rx_status
remark (const struct rx_exposure *x, struct rx_rows *rows,
        struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  if (rx_rows_remark (rows, false, err,
                      "Dispensings: %zu of %zu persons, from %s to %s; left "
                      "out: %zu outside these dates, %zu of other drugs, %zu "
                      "with a negative amount.",
                      x->n_rows, x->n_persons,
                      rx_date_print (from, x->coverage.from),
                      rx_date_print (to, x->coverage.to), x->outside,
                      x->others, x->returns)
      != RX_OK)
    return err->status;
  if (x->spec->has_coverage)
    return RX_OK;
  return rx_rows_remark (
      rows, true, err,
      "No coverage was given: the data are taken to be complete from their "
      "first date to their last, which nobody said.");
}

enum rx_status
rx_analysis_exposure (const struct rx_exposure *exposure,
                      const struct rx_analysis_plan *plan,
                      struct rx_rows *rows, struct rx_error *err)
{
  struct rx_method_options options = { .level = plan->level };
  rows->synthetic = rows->synthetic || exposure->synthetic;
  for (size_t i = 0; i < plan->n_methods; i++)
    {
      const struct rx_method *method = plan->methods[i];
      const char *lacks = rx_exposure_lacks (exposure, method->parts);
      if (lacks != NULL)
        return rx_fail (err, RX_EUSAGE, "the method %s needs \"%s\"",
                        method->name, lacks);
      if (method->exposure (method, exposure, &options, rows, err) != RX_OK)
        return err->status;
    }
  return remark (exposure, rows, err);
}
