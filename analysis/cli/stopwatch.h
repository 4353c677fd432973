/* stopwatch.h: what the steps of a command take, for who asks with -v. */
#ifndef RX_STOPWATCH_H
#define RX_STOPWATCH_H

#include "cli/settings.h"

/* Says with --verbose on standard error how long it is since the last call,
   or since the program began: "recross: 0.0521 s: read trial.csv".  Nothing
   of a step that was not reached or failed: its status. */
void rx_stopwatch (const struct rx_settings *settings, enum rx_status status,
                   const char *format, ...) RX_PRINTF (3, 4);

#endif /* RX_STOPWATCH_H */
