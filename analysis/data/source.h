/* source.h: the bytes of an input: a file, a gzip-compressed file, or standard
   input ("-"), streamed, with the SHA-256 of what was read. */
#ifndef RX_SOURCE_H
#define RX_SOURCE_H

#include "base/digest.h"
#include "base/status.h"
#include "base/text.h"

struct rx_source; /* opaque */

/* Opens path, or standard input where it is "-".  Gzip is recognised by its
   first two bytes, whatever the name.  RX_EIO with the reason. */
enum rx_status rx_source_open (struct rx_source **source, const char *path,
                               struct rx_error *err) RX_MUST_USE;

/* Reads up to `room` decompressed bytes; *got = 0 at the end.  A compressed
   file that stops early or does not match its checksum is RX_EDATA, a failed
   read RX_EIO. */
enum rx_status rx_source_read (struct rx_source *source, char *bytes,
                               size_t room, size_t *got,
                               struct rx_error *err) RX_MUST_USE;

/* Appends all bytes of a text file.  RX_EDATA for more than `most`, which is
   then no `what` ("a YAML file"). */
enum rx_status rx_source_whole (struct rx_source *source, const char *what,
                                size_t most, struct rx_text *text,
                                struct rx_error *err) RX_MUST_USE;

/* How messages name it: the path, or "standard input". */
const char *rx_source_name (const struct rx_source *source);

/* The SHA-256 of the file's own (still compressed) bytes; valid once
   rx_source_read has reached the end. */
const char *rx_source_digest (const struct rx_source *source);

void rx_source_close (struct rx_source *source);

#endif /* RX_SOURCE_H */
