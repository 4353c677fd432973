/* register_layout.h: registers whose columns have published names, one row
   each.  A layout names the columns that every such file has, and no other, as
   a column that is named must be there, but for those of amounts; dates are
   read as the format says, and an amount is named only where it is in DDD. */
#ifndef RX_REGISTER_LAYOUT_H
#define RX_REGISTER_LAYOUT_H

#include "data/register.h"

struct rx_register_layout
{
  const char *name, *title;
  const char *source; /* where the names can be read; NULL: there are none */
  struct rx_register_columns columns;
};
extern const struct rx_register_layout rx_register_layouts[];
extern const size_t rx_n_register_layouts;
/* Their names, for a table of words that must be constant. */
#define RX_REGISTER_LAYOUT_NAMES                                              \
  "columns", "omop", "kela", "lmdb", "lmed", "norpd", "pcornet", "pis"

/* The layout of that name, or NULL. */
const struct rx_register_layout *rx_register_layout_find (const char *name);

#endif /* RX_REGISTER_LAYOUT_H */
