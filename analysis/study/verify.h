/* verify.h: runs again what made a folder of results, and compares number by
   number. */
#ifndef RX_VERIFY_H
#define RX_VERIFY_H

#include "base/text.h"

/* Reads folder/manifest.json, compares the study file, the inputs and the
   outputs on the disk with their digests there, runs the study anew in a
   temporary folder, and compares every output.  study: path of the study
   file, NULL for the one the manifest names (relative to where the program
   runs, as it was then).

   Appends a line per file to the report.  RX_ECHECK when an input or an output
   is missing or not what the manifest says, or when the new run gives other
   numbers.  Pictures that differ are reported only: another gnuplot or font
   draws other bytes.  RX_EDATA for a folder without a readable manifest. */
enum rx_status rx_verify (const char *folder, const char *study,
                          struct rx_text *report,
                          struct rx_error *err) RX_MUST_USE;

#endif /* RX_VERIFY_H */
