/* analysis_family.h: the p-values of a family adjusted among the rows. */
#ifndef RX_ANALYSIS_FAMILY_H
#define RX_ANALYSIS_FAMILY_H

#include "methods/result.h"

/* Sets p_adjusted in every family among the rows from `first` on, by the
   adjustment of that name, and adds the remark that says so in the words
   `family`.  A family is the effect rows of one method, measure and group over
   all endpoints, in the order of the rows.  RX_EUSAGE for an unknown name and
   for one that p-values are not enough for. */
enum rx_status rx_analysis_adjust (const char *name, struct rx_rows *rows,
                                   size_t first, const char *family,
                                   struct rx_error *err) RX_MUST_USE;

#endif /* RX_ANALYSIS_FAMILY_H */
