/* output.h: an output file that is either whole or not there.

   A regular file is written aside (same folder, hidden name), fsynced and
   renamed on rx_output_commit; standard output ("-"), devices and pipes are
   written directly and checked at close. */
#ifndef RX_OUTPUT_H
#define RX_OUTPUT_H

#include "base/status.h"

/* Writes bytes[0..length) to path, or to standard output where path is "-".
   On any failure nothing of a regular file is left behind, and an older file
   of that name is untouched.  RX_EIO with the reason; RX_EUSAGE when path is
   a file that was read as an input (see inputs.h). */
enum rx_status rx_output_write (const char *path, const char *bytes,
                                size_t length,
                                struct rx_error *err) RX_MUST_USE;

/* Makes a folder and those above it; fine when it is there. */
enum rx_status rx_output_folder (const char *path,
                                 struct rx_error *err) RX_MUST_USE;

/* Renames a finished temporary file over path, after fsync. */
enum rx_status rx_output_rename (const char *from, const char *path,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_OUTPUT_H */
