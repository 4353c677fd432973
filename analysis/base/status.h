/* status.h: what a function reports back, and the words that go with it.

   Every function that can fail returns an enum rx_status and takes a
   struct rx_error as its last argument.  On RX_OK the error is untouched; on
   anything else it holds one line for a person, without a newline and without
   the program's name:

       visits.csv:41: period: found "3", expected 1 or 2

   Only the cli layer prints it or exits.  The values are the exit statuses of
   the program, so cli/ returns them as they are. */
#ifndef RX_STATUS_H
#define RX_STATUS_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define RX_MUST_USE __attribute__ ((warn_unused_result))
#define RX_PRINTF(fmt, args) __attribute__ ((format (printf, fmt, args)))
#else
#define RX_MUST_USE
#define RX_PRINTF(fmt, args)
#endif

enum rx_status
{
  RX_OK = 0,       /* done */
  RX_ECHECK = 1,   /* a check or a verification failed */
  RX_EUSAGE = 2,   /* the command line is off */
  RX_EDATA = 3,    /* bad data or a bad study file */
  RX_EIO = 4,      /* reading or writing failed */
  RX_EINTERNAL = 5 /* out of memory, or a defect of ours */
};

enum
{
  RX_MESSAGE_SIZE = 1024 /* bytes of a message, its NUL included */
};

struct rx_error
{
  enum rx_status status;
  char message[RX_MESSAGE_SIZE];
};

/* Where in the user's files something was found.  line and place 0, and
   column NULL, mean "not said". */
struct rx_where
{
  const char *file;
  size_t line;
  size_t place;       /* character in the line, counted from 1 */
  const char *column; /* name of a column, or of a key of a study file */
};

/* Sets err to the formatted message and returns status, so that a caller can
   write `return rx_fail (err, RX_EDATA, "...");`. */
enum rx_status rx_fail (struct rx_error *err, enum rx_status status,
                        const char *format, ...) RX_PRINTF (3, 4);

/* The same, headed by the place: "file:line: column: message". */
enum rx_status rx_fail_at (struct rx_error *err, enum rx_status status,
                           struct rx_where where, const char *format, ...)
    RX_PRINTF (4, 5);

/* Sets err for a failed allocation; returns RX_EINTERNAL. */
enum rx_status rx_fail_memory (struct rx_error *err);

/* Sets err for a failed system call on a file ("trial.csv: No such file or
   directory"), from the errno given; returns RX_EIO. */
enum rx_status rx_fail_errno (struct rx_error *err, const char *file,
                              const char *doing, int errnum);

#endif /* RX_STATUS_H */
