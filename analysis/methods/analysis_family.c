/* analysis_family.c: a family of p-values adjusted. */
#include "methods/analysis_family.h"

#include "base/memory.h"
#include "base/text.h"
#include "stats/adjust.h"

#include <stdlib.h>
#include <string.h>

static bool
same_family (const struct rx_row *a, const struct rx_row *b)
{
  return b->is_effect && strcmp (a->method, b->method) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->group, b->group) == 0;
}

static enum rx_status
adjust_family (const struct rx_adjustment *adjustment, struct rx_rows *rows,
               size_t from, bool *done, size_t first, double *p,
               struct rx_error *err)
{
  size_t n = 0;
  double *adjusted = p + rows->n;
  for (size_t i = from; i < rows->n; i++)
    if (same_family (&rows->row[from], &rows->row[i]))
      p[n++] = rows->row[i].p_value;
  if (rx_adjust (adjustment, p, n, adjusted, err) != RX_OK)
    return err->status;
  n = 0;
  for (size_t i = from; i < rows->n; i++)
    if (same_family (&rows->row[from], &rows->row[i]))
      {
        rows->row[i].p_adjusted = adjusted[n++];
        done[i - first] = true;
      }
  return RX_OK;
}

static enum rx_status
fail_unknown (const char *name, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  struct rx_text names = { 0 };
  for (size_t i = 0; i < rx_n_adjustments; i++)
    rx_text_addf (&names, "%s%s", i > 0 ? ", " : "", rx_adjustments[i].name);
  enum rx_status status
      = names.failed
            ? rx_fail_memory (err)
            : rx_fail (err, RX_EUSAGE, "adjust: found %s, expected one of %s",
                       rx_quotez (quoted, name), rx_text_string (&names));
  rx_text_free (&names);
  return status;
}

enum rx_status
rx_analysis_adjust (const char *name, struct rx_rows *rows, size_t first,
                    const char *family, struct rx_error *err)
{
  const struct rx_adjustment *adjustment = rx_adjustment_find (name);
  if (adjustment == NULL)
    return fail_unknown (name, err);
  if (adjustment->run == NULL)
    return rx_fail (err, RX_EUSAGE,
                    "adjust: %s needs the subjects of a crossover trial; "
                    "expected another adjustment, such as holm",
                    name);
  bool *done = rx_array (rows->n - first, sizeof *done);
  double *p = rx_array (rows->n, 2 * sizeof *p);
  enum rx_status status = RX_OK;
  if (done == NULL || p == NULL)
    status = rx_fail_memory (err);
  for (size_t i = first; i < rows->n && status == RX_OK; i++)
    if (rows->row[i].is_effect && !done[i - first])
      status = adjust_family (adjustment, rows, i, done, first, p, err);
  free (done);
  free (p);
  if (status != RX_OK)
    return status;
  return rx_rows_remark (rows, false, err,
                         "p_adjusted: %s; one family = %s; it controls %s.",
                         adjustment->title, family, adjustment->controls);
}
