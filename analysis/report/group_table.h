/* group_table.h: the groups side by side, as papers print them: a line per
   endpoint, measure, method and term, a column per group. */
#ifndef RX_GROUP_TABLE_H
#define RX_GROUP_TABLE_H

#include "report/grouped.h"
#include "report/markup.h"

/* Appends the rows[0..n) of an analysis: estimates, with a star where the
   p-value is below 1 less the level of the row's interval, and a line that
   says so.  Columns of methods and terms are left out where there is one only.
   The row `national` of the group `population` stands in the line `change`.
   digits: of the least standard error of a line, 0: as many as a person
   reads. */
void rx_group_table (const struct rx_markup *markup, struct rx_text *out,
                     const struct rx_grouped *rows, size_t n, int digits);

#endif /* RX_GROUP_TABLE_H */
