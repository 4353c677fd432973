/* study_wide.h: the key `wide` of a table: rows laid out as a paper prints
   them, with the numbers of the paper beside them. */
#ifndef RX_STUDY_WIDE_H
#define RX_STUDY_WIDE_H

#include "report/wide.h"
#include "study/study_inputs.h"

struct rx_study_wide
{
  struct rx_wide wide;
  const struct rx_study_data *printed; /* NULL: nothing of a paper beside */
  const char *printed_table;           /* which of its rows */
};

/* Reads the key into table->wide, which stays NULL without it; the formats
   are read before. */
enum rx_status rx_study_wide_parse (struct rx_study *study,
                                    const struct rx_yaml_node *map,
                                    struct rx_study_table *table,
                                    struct rx_error *err) RX_MUST_USE;

/* Makes the sheet of the table from its rows `part` of `all`, reading the
   printed numbers where there are any.  RX_EDATA for printed numbers that are
   not as the study says, or that have no place in the table. */
enum rx_status rx_study_wide_sheet (const struct rx_study_table *table,
                                    struct rx_study_inputs *inputs,
                                    const struct rx_rows *part,
                                    const struct rx_rows *all,
                                    struct rx_sheet *sheet,
                                    struct rx_error *err) RX_MUST_USE;

#endif /* RX_STUDY_WIDE_H */
