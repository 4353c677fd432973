/* manifest.h: what a run read, what it was told, what it wrote. */
#ifndef RX_MANIFEST_H
#define RX_MANIFEST_H

#include "study/study_report.h"

/* Appends the manifest as JSON, keys sorted.  The outputs are read back from
   the disk for their digests. */
enum rx_status rx_manifest_write (struct rx_text *out,
                                  const struct rx_study_report *report,
                                  const struct rx_run_folder *folder,
                                  struct rx_error *err) RX_MUST_USE;

#endif /* RX_MANIFEST_H */
