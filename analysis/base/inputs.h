/* inputs.h: the files that this process has read, so that none of them is
   overwritten by an output.

   Kept for the whole process on purpose: whichever layer writes, a person's
   raw data must not be the file it replaces. */
#ifndef RX_INPUTS_H
#define RX_INPUTS_H

#include "base/status.h"

/* Remembers the open regular file; pipes and devices are passed over. */
enum rx_status rx_inputs_add (int fd, struct rx_error *err) RX_MUST_USE;

/* Is the file at path one that was read, and unchanged since? */
bool rx_inputs_has (const char *path);

#endif /* RX_INPUTS_H */
