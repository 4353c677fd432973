/* writer.h: result rows as text for a person, TSV, JSON or Markdown. */
#ifndef RX_WRITER_H
#define RX_WRITER_H

#include "base/provenance.h"
#include "base/text.h"
#include "methods/result.h"

/* How rows are written. */
struct rx_writing
{
  const struct rx_provenance *prov; /* NULL: left out */
  int digits; /* significant ones of a standard error, and so of what belongs
                 to it; 0: as the format does it.  TSV and JSON keep all */
};

enum
{
  RX_DIGITS_MOST = 10
};

/* A format is one file of report/ ending in its literal. */
struct rx_writer
{
  const char *name;      /* of --format */
  const char *extension; /* of a file, without the dot */
  const char *title;     /* one line for a list */
  /* Appends the rows. */
  void (*write) (struct rx_text *out, const struct rx_rows *rows,
                 const struct rx_writing *how);
};

extern const struct rx_writer *const rx_writers[];
extern const size_t rx_n_writers;
const struct rx_writer *rx_writer_find (const char *name);

/* Reads rows back from a TSV that recross wrote. RX_EDATA when a column of
   the result row is not there. */
enum rx_status rx_rows_read (struct rx_rows *rows, const char *path,
                             struct rx_error *err) RX_MUST_USE;

#endif /* RX_WRITER_H */
