/* claim_numbers.h: the numbers of one claim, with the digits that are
   printed. */
#ifndef RX_CLAIM_NUMBERS_H
#define RX_CLAIM_NUMBERS_H

#include "stats/cross_check.h"

/* The cells of a row of the ledger; "" where there is none. */
struct rx_claim_cells
{
  const char *estimate, *n, *spread, *ci_low, *ci_high, *p_text;
  const char *verbatim, *measure, *unit;
  char mark; /* of decimals, in the cells */
};

/* Reads them all.  NULL, or what was expected of the cell in *column. */
const char *rx_claim_numbers (const struct rx_claim_cells *cells,
                              struct rx_said said[RX_SAID_PARTS],
                              const char **column);

/* A number that somebody asserts, such as "0" or ">4": exact.  false when it
   is none. */
bool rx_claim_constant (const char *text, char mark, struct rx_said *said);

#endif /* RX_CLAIM_NUMBERS_H */
