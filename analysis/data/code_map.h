/* code_map.h: the drug codes of a register translated, as from the concept ids
   of OMOP to ATC.

   A table of two columns, one row per code.  A code that the table does not
   have, or maps to a missing cell, stays what it is, and its rows are counted:
   no row is lost, and none is guessed. */
#ifndef RX_CODE_MAP_H
#define RX_CODE_MAP_H

#include "data/register.h"
#include "data/table.h"

struct rx_code_columns
{
  const char *from, *to; /* names of columns, both needed */
};

/* Translates reg->drugs and all rows; counts mapped and unmapped rows in the
   audit.  RX_EDATA with file, line and column for a code that is mapped to two
   others, and for a row without the code it is about. */
enum rx_status rx_code_map_apply (struct rx_register *reg,
                                  const struct rx_table *table,
                                  const struct rx_code_columns *columns,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_CODE_MAP_H */
