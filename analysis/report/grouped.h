/* grouped.h: result rows put together by what they are about: the study and
   the analysis, within it the endpoint and measure, within these the group.
   Groups stand in the order of their first rows, rows in their own. */
#ifndef RX_GROUPED_H
#define RX_GROUPED_H

#include "methods/result.h"

enum rx_level
{
  RX_BY_ANALYSIS, /* study and analysis */
  RX_BY_ENDPOINT, /* and endpoint and measure */
  RX_BY_GROUP,    /* and group */
  RX_N_LEVELS
};

struct rx_grouped
{
  const struct rx_row *row;
  const struct rx_row *first[RX_N_LEVELS]; /* first row that shares its names
                                              up to this level */
};

/* rows->n of them; the caller frees them with free.  NULL when there is no
   memory. */
struct rx_grouped *rx_grouped_alloc (const struct rx_rows *rows) RX_MUST_USE;

/* The end of the run that starts at `from` and shares its names up to the
   level. */
size_t rx_grouped_end (const struct rx_grouped *grouped, size_t n, size_t from,
                       enum rx_level level);

#endif /* RX_GROUPED_H */
