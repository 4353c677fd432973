/* evidence_source.h: where a number of a study stands: a column, a constant
   for all studies, or nowhere. */
#ifndef RX_EVIDENCE_SOURCE_H
#define RX_EVIDENCE_SOURCE_H

#include "data/table.h"

enum rx_evidence_source_kind
{
  RX_EVIDENCE_SOURCE_COLUMN,
  RX_EVIDENCE_SOURCE_CONSTANT,
  RX_EVIDENCE_SOURCE_NONE /* missing in every study */
};

struct rx_evidence_source
{
  enum rx_evidence_source_kind kind;
  size_t column;
  double constant;
};

/* A column of that name, else a number for all studies.  RX_EDATA, naming the
   column, when `from` is neither. */
enum rx_status rx_evidence_source_find (struct rx_evidence_source *source,
                                        const struct rx_table *table,
                                        const char *from,
                                        struct rx_error *err) RX_MUST_USE;

/* The number of a row; NaN and *missing where there is none. */
enum rx_status
rx_evidence_source_read (const struct rx_evidence_source *source,
                         const struct rx_table *table, size_t row, double *x,
                         bool *missing, struct rx_error *err) RX_MUST_USE;

/* "FILE:LINE: COLUMN: found X, expected ..."; a constant that will not do is
   an option that was wrong, of whatever `what` names. */
enum rx_status rx_evidence_source_complain (
    const struct rx_evidence_source *source, const struct rx_table *table,
    size_t row, const char *what, const char *expected, struct rx_error *err);

#endif /* RX_EVIDENCE_SOURCE_H */
