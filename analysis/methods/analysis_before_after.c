/* analysis_before_after.c: methods over outcomes, measures and groups. */
#include "methods/analysis_before_after.h"

#include "methods/analysis_family.h"
#include "methods/comparisons.h"
#include "methods/remarks_before_after.h"
#include "methods/rows_of_items.h"

#include "base/memory.h"

#include <stdlib.h>

static bool
fits_before_after (const struct rx_method *method,
                   const struct rx_before_after *design)
{
  return rx_method_serves_before_after (method)
         && (!method->needs_reference || design->reference != NULL)
         && (method->lacks == NULL || method->lacks (design) == NULL);
}

unsigned
rx_analysis_parts (const struct rx_analysis_plan *plan)
{
  unsigned parts = 0;
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    parts |= plan->methods[i]->parts;
  return parts;
}

/* A method asked for by name must fit; the reason is said. */
static enum rx_status
check_before_after (const struct rx_method *method,
                    const struct rx_before_after *design, unsigned measures,
                    struct rx_error *err)
{
  if (fits_before_after (method, design)
      && (measures == 0
          || (method->measures & rx_measures_served (measures)) != 0))
    return RX_OK;
  if (!rx_method_serves_before_after (method))
    return rx_fail (err, RX_EUSAGE,
                    "method %s does not compare before and after",
                    method->name);
  if (fits_before_after (method, design))
    return rx_fail (err, RX_EUSAGE,
                    "method %s serves none of the measures asked for",
                    method->name);
  if (method->lacks != NULL && method->lacks (design) != NULL)
    return rx_fail (err, RX_EUSAGE, "method %s needs %s", method->name,
                    method->lacks (design));
  return rx_fail (err, RX_EUSAGE,
                  "method %s needs exposure groups and the name of the "
                  "reference group",
                  method->name);
}

/* What the items of a register share; an item is one cell. */
struct cells
{
  const struct rx_before_after *design;
  const struct rx_analysis_plan *plan;
  const struct rx_measure_name **measures;
  size_t n_measures;
};

/* Outcome by outcome, measure by measure, all persons before the groups. */
static enum rx_status
run_cell (const void *context, size_t item, struct rx_rows *rows,
          struct rx_error *err)
{
  const struct cells *cells = context;
  const struct rx_before_after *design = cells->design;
  const struct rx_analysis_plan *plan = cells->plan;
  struct rx_method_options options
      = { .level = plan->level, .seed = plan->seed };
  struct rx_before_after_cell cell;
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  size_t groups = design->n_levels + 1, at = item / groups;
  int group = (int)(item % groups) + RX_GROUP_ALL;
  const struct rx_measure_name *measure
      = cells->measures[at % cells->n_measures];
  if (rx_before_after_cell_make (design, at / cells->n_measures, measure,
                                 group, &cell, err)
      != RX_OK)
    return err->status;
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < n && status == RX_OK; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (!fits_before_after (method, design) || method->over_rows != NULL
          || (!chosen && method->on_request)
          || (method->measures & rx_measures_served (measure->measure)) == 0)
        continue;
      status = rx_method_before_after (method, design, &cell, &options, rows,
                                       err);
    }
  rx_before_after_cell_free (&cell);
  return status;
}

static enum rx_status
run_cells (const struct rx_before_after *design,
           const struct rx_analysis_plan *plan, struct rx_rows *rows,
           struct rx_error *err)
{
  unsigned measures = plan->measures != 0 ? plan->measures : ~0U;
  struct cells cells = { .design = design, .plan = plan };
  cells.measures = rx_array (rx_n_measures, sizeof *cells.measures);
  if (cells.measures == NULL)
    return rx_fail_memory (err);
  for (size_t m = 0; m < rx_n_measures; m++)
    if ((measures & (unsigned)rx_measures[m].measure) != 0
        && rx_before_after_has (design, rx_measures[m].measure))
      cells.measures[cells.n_measures++] = &rx_measures[m];
  enum rx_status status = rx_rows_of_items (
      design->n_outcomes * cells.n_measures * (design->n_levels + 1), run_cell,
      &cells, rows, err);
  free (cells.measures);
  return status;
}

/* Methods that read the rows of the others, from number `first` on. */
static enum rx_status
run_over_rows (const struct rx_before_after *design, size_t first,
               const struct rx_analysis_plan *plan, struct rx_rows *rows,
               struct rx_error *err)
{
  const struct rx_method_options options
      = { .level = plan->level, .seed = plan->seed };
  bool chosen = plan->methods != NULL;
  size_t n = chosen ? plan->n_methods : rx_n_methods;
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_method *method
          = chosen ? plan->methods[i] : rx_methods[i];
      if (method->over_rows != NULL && (chosen || !method->on_request)
          && fits_before_after (method, design)
          && method->over_rows (design, first, &options, rows, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_analysis_before_after (const struct rx_before_after *design,
                          const struct rx_analysis_plan *plan,
                          struct rx_rows *rows, struct rx_error *err)
{
  size_t first = rows->n;
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    if (check_before_after (plan->methods[i], design, plan->measures, err)
        != RX_OK)
      return err->status;
  if (plan->measures & RX_DDD && !design->has_ddd)
    return rx_fail (err, RX_EDATA, "%s: measure ddd needs a column of amounts",
                    design->file);
  if (plan->measures & RX_TREATMENT_DAYS && !design->has_days)
    return rx_fail (err, RX_EDATA,
                    "%s: measure treatment-days needs a column of days",
                    design->file);
  rows->synthetic = rows->synthetic || design->synthetic;
  if (run_cells (design, plan, rows, err) != RX_OK
      || run_over_rows (design, first, plan, rows, err) != RX_OK)
    return err->status;
  if (rx_remarks_before_after (design, rows, err) != RX_OK)
    return err->status;
  if (plan->adjust == NULL)
    return RX_OK;
  return rx_analysis_adjust (
      plan->adjust, rows, first,
      "the change rows of one method, measure and group over "
      "all outcomes",
      err);
}
