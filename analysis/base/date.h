/* date.h: calendar dates as days since 1970-01-01 (proleptic Gregorian). */
#ifndef RX_DATE_H
#define RX_DATE_H

#include "base/status.h"

#include <stdint.h>

enum
{
  RX_DATE_SIZE = 40 /* bytes of a printed date, NUL included */
};

/* Reads "2013-01-31" (years 1000 to 9999); false when it is no such date, an
   impossible one (2013-02-30) included. */
bool rx_date_read (const char *text, size_t length, int32_t *day) RX_MUST_USE;

/* Prints a day as "2013-01-31"; returns out. */
const char *rx_date_print (char out[RX_DATE_SIZE], int32_t day);

#endif /* RX_DATE_H */
