/* evidence_source.c: a number of a study, from a column or for all. */
#include "designs/evidence_source.h"

#include "base/text.h"

#include <math.h>

enum rx_status
rx_evidence_source_find (struct rx_evidence_source *source,
                         const struct rx_table *table, const char *from,
                         struct rx_error *err)
{
  double x;
  *source = (struct rx_evidence_source){ RX_EVIDENCE_SOURCE_COLUMN, 0, NAN };
  if (!rx_table_has (table, from) && rx_number_readz (from, &x))
    {
      *source
          = (struct rx_evidence_source){ RX_EVIDENCE_SOURCE_CONSTANT, 0, x };
      return RX_OK;
    }
  return rx_table_column (table, from, &source->column, err);
}

enum rx_status
rx_evidence_source_read (const struct rx_evidence_source *source,
                         const struct rx_table *table, size_t row, double *x,
                         bool *missing, struct rx_error *err)
{
  struct rx_number number;
  *x = source->constant;
  *missing = source->kind == RX_EVIDENCE_SOURCE_NONE;
  if (source->kind != RX_EVIDENCE_SOURCE_COLUMN)
    return RX_OK;
  if (rx_table_number (table, row, source->column, &number, missing, err)
      != RX_OK)
    return err->status;
  *x = number.value;
  return RX_OK;
}

enum rx_status
rx_evidence_source_complain (const struct rx_evidence_source *source,
                             const struct rx_table *table, size_t row,
                             const char *what, const char *expected,
                             struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  if (source->kind != RX_EVIDENCE_SOURCE_COLUMN)
    return rx_fail (err, RX_EUSAGE, "an input of %s: found %g, expected %s",
                    what, source->constant, expected);
  return rx_fail_at (
      err, RX_EDATA, rx_table_where (table, row, source->column),
      "found %s, expected %s",
      rx_quotez (found, rx_table_cell (table, row, source->column)), expected);
}
