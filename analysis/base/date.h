/* date.h: calendar dates as days since 1970-01-01 (proleptic Gregorian), and
   the ways in which files write them. */
#ifndef RX_DATE_H
#define RX_DATE_H

#include "base/status.h"

#include <stdint.h>

enum
{
  RX_DATE_SIZE = 40,       /* bytes of a printed date, NUL included */
  RX_DATE_WORDS_SIZE = 256 /* bytes of what is wrong with one */
};

/* Reads "2013-01-31" (years 1000 to 9999); false when it is no such date, an
   impossible one (2013-02-30) included. */
bool rx_date_read (const char *text, size_t length, int32_t *day) RX_MUST_USE;

/* Prints a day as "2013-01-31"; returns out. */
const char *rx_date_print (char out[RX_DATE_SIZE], int32_t day);

/* The calendar year in which a day lies. */
int rx_date_year (int32_t day);

/* A way of writing dates.  Which one a file uses is said, never guessed:
   01.02.2013 is the first of February or the second of January. */
struct rx_date_format
{
  const char *name;    /* "dmy" */
  const char *title;   /* "day, month, year" */
  const char *example; /* "31.01.2013" */
  /* False when it is no date in this way of writing; why, where not NULL, is
     then the reason ("February 2016 has no day 30"), or "" where the text is
     written otherwise. */
  bool (*read) (const char *text, size_t length, int32_t *day,
                char why[RX_DATE_WORDS_SIZE]);
};
extern const struct rx_date_format rx_date_formats[]; /* [0] is iso */
/* Their names, for a table of words that must be constant. */
#define RX_DATE_FORMAT_NAMES "iso", "dmy", "mdy", "ymd", "sas", "stata"
extern const size_t rx_n_date_formats;

/* The format of that name, or NULL. */
const struct rx_date_format *rx_date_format_find (const char *name);

/* What was expected where format->read failed, with the reason, or with the
   formats that do read the text: "a date like 2013-01-31; it looks like dmy
   (31.01.2013)".  Returns out. */
const char *rx_date_expected (const struct rx_date_format *format,
                              const char *text, size_t length,
                              char out[RX_DATE_WORDS_SIZE]);

#endif /* RX_DATE_H */
