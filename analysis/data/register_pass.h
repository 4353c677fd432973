/* register_pass.h: one pass over the file of a register, on several threads.
   A step of rx_register_read; how it goes is for tests to choose. */
#ifndef RX_REGISTER_PASS_H
#define RX_REGISTER_PASS_H

#include "data/byte_marks.h"
#include "data/register_reader.h"
#include "data/source.h"

/* How the file is read; the register and every message are the same for all
   of it. */
struct rx_register_how
{
  size_t threads;                    /* 0: rx_threads () */
  size_t chunk;                      /* bytes; 0: the usual */
  bool referee_only;                 /* every line through libcsv */
  const struct rx_byte_marks *marks; /* NULL: the best */
};

/* rx_register_read in one of these ways. */
enum rx_status rx_register_read_how (struct rx_register *reg, const char *path,
                                     const struct rx_csv_format *format,
                                     const struct rx_register_columns *columns,
                                     const struct rx_register_how *how,
                                     struct rx_error *err) RX_MUST_USE;

/* Reads the source to its end; csv hands its records to the reader. */
enum rx_status rx_register_pass (struct rx_register_reader *reader,
                                 struct rx_csv *csv, struct rx_source *source,
                                 const struct rx_register_how *how,
                                 struct rx_error *err) RX_MUST_USE;

#endif /* RX_REGISTER_PASS_H */
