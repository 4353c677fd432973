/* status.c: errors as one line for the person with the file. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Appends to err->message from `used` on; returns the new length, which is
   RX_MESSAGE_SIZE - 1 at the most. */
static size_t append (struct rx_error *err, size_t used, const char *format,
                      va_list args) RX_PRINTF (3, 0);

static size_t
append (struct rx_error *err, size_t used, const char *format, va_list args)
{
  int wrote
      = vsnprintf (err->message + used, RX_MESSAGE_SIZE - used, format, args);
  if (wrote < 0)
    return used;
  used += (size_t)wrote;
  return used < RX_MESSAGE_SIZE ? used : RX_MESSAGE_SIZE - 1;
}

static size_t appendf (struct rx_error *err, size_t used, const char *format,
                       ...) RX_PRINTF (3, 4);

static size_t
appendf (struct rx_error *err, size_t used, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  used = append (err, used, format, args);
  va_end (args);
  return used;
}

enum rx_status
rx_fail (struct rx_error *err, enum rx_status status, const char *format, ...)
{
  va_list args;
  err->status = status;
  va_start (args, format);
  append (err, 0, format, args);
  va_end (args);
  return status;
}

enum rx_status
rx_fail_at (struct rx_error *err, enum rx_status status, struct rx_where where,
            const char *format, ...)
{
  va_list args;
  size_t used = 0;

  err->status = status;
  err->message[0] = '\0';
  if (where.file != NULL)
    used = appendf (err, used, "%s:", where.file);
  if (where.line > 0)
    used = appendf (err, used, "%zu:", where.line);
  if (where.place > 0)
    used = appendf (err, used, "%zu:", where.place);
  if (where.column != NULL)
    used = appendf (err, used, "%s%s:", used > 0 ? " " : "", where.column);
  if (used > 0)
    used = appendf (err, used, " ");
  va_start (args, format);
  append (err, used, format, args);
  va_end (args);
  return status;
}

enum rx_status
rx_fail_memory (struct rx_error *err)
{
  return rx_fail (err, RX_EINTERNAL, "out of memory");
}

enum rx_status
rx_fail_errno (struct rx_error *err, const char *file, const char *doing,
               int errnum)
{
  return rx_fail (err, RX_EIO, "%s: %s: %s", file, doing, strerror (errnum));
}
