/* stopwatch.c: laps of the monotonic clock. */
#include "cli/stopwatch.h"

#include "cli/command.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>

/* Seconds since some moment that stays the same. */
static double
seconds (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double last;

__attribute__ ((constructor)) static void
start (void)
{
  last = seconds ();
}

void
rx_stopwatch (const struct rx_settings *settings, enum rx_status status,
              const char *format, ...)
{
  char what[256];
  va_list args;
  double now = seconds ();
  if (!settings->verbose || status != RX_OK)
    return;
  va_start (args, format);
  vsnprintf (what, sizeof what, format, args);
  va_end (args);
  rx_say (settings, "%.4f s: %s", now - last, what);
  last = seconds ();
}
