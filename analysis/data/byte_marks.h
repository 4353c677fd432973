/* byte_marks.h: where in a stretch of delimited text something happens.

   The marks are the delimiter, LF, CR, the double quote, NUL and every byte
   that is not ASCII; between two of them lies nothing but plain text. */
#ifndef RX_BYTE_MARKS_H
#define RX_BYTE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A way of finding them; all give the same positions. */
struct rx_byte_marks
{
  const char *name;
  bool (*is_supported) (void); /* by this processor */
  /* Writes the positions of the marks of bytes[0..length), in their order,
     and returns how many there are.  at has room for length of them. */
  size_t (*find) (const char *bytes, size_t length, char delimiter,
                  uint32_t *at);
};
extern const struct rx_byte_marks rx_byte_marks[]; /* the fastest first */
extern const size_t rx_n_byte_marks; /* the last one is always supported */

/* The first of them that this processor supports. */
const struct rx_byte_marks *rx_byte_marks_best (void);

#endif /* RX_BYTE_MARKS_H */
