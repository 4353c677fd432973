/* register_take.h: the rows of regular lines appended to a register, in the
   order of the file.  A step of rx_register_read, not meant for others. */
#ifndef RX_REGISTER_TAKE_H
#define RX_REGISTER_TAKE_H

#include "data/register_lines.h"

/* Appends the n rows of lines from row `first` on.  *taken = false, and no row
   appended, where one of them may be refused: the referee then says which, and
   why.  Fails only when there is no memory. */
enum rx_status rx_register_take (struct rx_register_reader *reader,
                                 struct rx_register_lines *lines, size_t first,
                                 size_t n, bool *taken,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_TAKE_H */
