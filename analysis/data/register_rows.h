/* register_rows.h: the rows of a register put person by person, and its exact
   repeats counted.  Steps of rx_register_read, not meant for others. */
#ifndef RX_REGISTER_ROWS_H
#define RX_REGISTER_ROWS_H

#include "data/register.h"

/* Makes reg->start and moves the rows, which are in the order of the file;
   person[row] is who had it.  `given`, where not NULL, moves along. */
enum rx_status rx_register_group (struct rx_register *reg, uint32_t *person,
                                  uint8_t **given, size_t threads,
                                  struct rx_error *err) RX_MUST_USE;

/* Rows that repeat an earlier one of the same person in every column; given[i]
   tells rows apart by what is missing in the columns of the person. */
enum rx_status rx_register_duplicates (const struct rx_register *reg,
                                       const uint8_t *given, size_t threads,
                                       size_t *count,
                                       struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_ROWS_H */
