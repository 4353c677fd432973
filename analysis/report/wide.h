/* wide.h: result rows laid out as papers print them: a line per endpoint and
   measure, a column per exposure group (or term, or method), and in a cell
   `estimate (low to high), p`.

   Beside the numbers of this run may stand those that a paper prints; every
   line then says which they are, `published` or `recomputed`.  Nothing is
   computed here but where to cut a number, and, where asked for, 100 times a
   proportion. */
#ifndef RX_WIDE_H
#define RX_WIDE_H

#include "designs/before_after.h"
#include "methods/result.h"
#include "report/sheet.h"

/* A cell as a paper prints it, as it stands there. */
struct rx_wide_print
{
  const char *endpoint, *measure, *column, *text, *source;
  struct rx_where at; /* for complaints */
};

struct rx_wide
{
  struct rx_where at;                 /* for complaints */
  const char *title;                  /* NULL: the name of the table */
  const struct rx_row_column *across; /* its values become the columns */
  struct rx_texts columns;            /* and their order; none: as they come */
  struct rx_texts measures;           /* their order; none: as they come */
  bool interval, p;                   /* in a cell beside the estimate */
  long decimals;                      /* of estimate and interval */
  struct rx_texts percent;            /* measures shown times 100 */
  bool counts;                        /* a first line with the persons */
  double star_below;                  /* p of a star; 0: no stars */
  struct rx_texts star_methods;       /* whose p, the first that a cell has;
                                         none: that of its own row */
};

/* The rows `part` as a sheet; the stars look in `all` too.  RX_EDATA when two
   rows fall into one cell, when there are too many columns, and when a printed
   cell falls into none. */
enum rx_status rx_wide_sheet (const struct rx_wide *wide, const char *name,
                              const struct rx_rows *part,
                              const struct rx_rows *all,
                              const struct rx_wide_print *print,
                              size_t n_prints, struct rx_sheet *sheet,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_WIDE_H */
