/* selection.h: some of the rows, chosen by what their text columns say: for a
   table or a figure that shows one method, or two of ten endpoints. */
#ifndef RX_SELECTION_H
#define RX_SELECTION_H

#include "methods/result.h"

/* Rows whose column has one of the values; a value may end in a star, which
   stands for any ending. */
struct rx_choice
{
  const struct rx_row_column *column;
  const char *const *value;
  size_t n;
};

/* Rows that every choice takes; without a choice, all. */
struct rx_selection
{
  const struct rx_choice *choice;
  size_t n;
  bool variants; /* with an analysis its variants (rx_row.origin) too */
};

/* The column of text of that name, NULL when there is none. */
const struct rx_row_column *rx_selection_column (const char *name);

/* Puts the names of the columns of text into names[0..rx_row_n_columns) and
   returns their number. */
size_t rx_selection_columns (const char **names);

/* The rows of one analysis (NULL: of all) that the selection takes, with the
   remarks on them.  *part borrows the texts of *all; free it with
   rx_rows_free.  RX_EDATA when a value is that of no row: it says which
   values there are. */
enum rx_status rx_rows_select (const struct rx_rows *all, const char *analysis,
                               const struct rx_selection *selection,
                               struct rx_rows *part,
                               struct rx_error *err) RX_MUST_USE;

#endif /* RX_SELECTION_H */
