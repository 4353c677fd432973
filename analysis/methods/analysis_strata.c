/* analysis_strata.c: the whole trial and each stratum, one after the other. */
#include "methods/analysis_crossover.h"
#include "methods/analysis_strata.h"

#include <string.h>

static enum rx_status
name_rows (const char *level, size_t from, struct rx_rows *rows,
           struct rx_error *err)
{
  for (size_t i = from; i < rows->n; i++)
    {
      struct rx_row *row = &rows->row[i];
      row->group = strcmp (row->group, "all") == 0
                       ? rx_strings_addz (&rows->strings, level)
                       : rx_strings_format (&rows->strings, "%s, %s", level,
                                            row->group);
      if (row->group == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

static enum rx_status
name_remarks (const char *column, const char *level, size_t from,
              struct rx_rows *rows, struct rx_error *err)
{
  for (size_t i = from; i < rows->n_remarks; i++)
    {
      struct rx_remark *remark = &rows->remark[i];
      remark->text = rx_strings_format (&rows->strings, "%s %s: %s", column,
                                        level, remark->text);
      if (remark->text == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

enum rx_status
rx_analysis_strata (const struct rx_crossover_strata *strata,
                    const struct rx_analysis_plan *plan, struct rx_rows *rows,
                    struct rx_error *err)
{
  if (rx_analysis_crossover (&strata->design[0], plan, rows, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < strata->n; i++)
    {
      size_t row = rows->n, remark = rows->n_remarks;
      struct rx_analysis_plan part = *plan;
      part.as_fits = true; /* named methods fit the whole trial */
      if (rx_analysis_crossover (&strata->design[i + 1], &part, rows, err)
              != RX_OK
          || name_rows (strata->level[i], row, rows, err) != RX_OK
          || name_remarks (strata->column, strata->level[i], remark, rows, err)
                 != RX_OK)
        return err->status;
    }
  return strata->without == 0
             ? RX_OK
             : rx_rows_remark (rows, false, err,
                               "Subjects without %s, in the whole trial "
                               "alone: %zu.",
                               strata->column, strata->without);
}
