/* power_words.h: the options of `recross power` as tasks. */
#ifndef RX_POWER_WORDS_H
#define RX_POWER_WORDS_H

#include "cli/settings.h"
#include "methods/power_method.h"

/* The task that the options describe for one method; RX_EUSAGE, naming the
   option, where something is missing, out of range or contradicts. */
enum rx_status rx_power_words_task (const struct rx_settings *settings,
                                    const char *method,
                                    struct rx_power_task *task,
                                    struct rx_error *err) RX_MUST_USE;

/* RX_EUSAGE when an option was given that none of the methods uses. */
enum rx_status rx_power_words_unused (const struct rx_settings *settings,
                                      struct rx_error *err) RX_MUST_USE;

#endif /* RX_POWER_WORDS_H */
