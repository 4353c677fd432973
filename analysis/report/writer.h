/* writer.h: result rows as text for a person, TSV, JSON or Markdown. */
#ifndef RX_WRITER_H
#define RX_WRITER_H

#include "base/provenance.h"
#include "base/text.h"
#include "methods/result.h"
#include "report/sheet.h"

/* How rows are written. */
struct rx_writing
{
  const struct rx_provenance *prov; /* NULL: left out */
  bool by_group; /* a line per endpoint, measure and term, a column per group,
                    in place of a line per row; markup languages alone */
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
  bool by_group; /* it can write so */
  /* Appends the rows. */
  void (*write) (struct rx_text *out, const struct rx_rows *rows,
                 const struct rx_writing *how);
  /* Appends a table as a paper prints it; NULL: the format is for machines,
     which read the rows. */
  void (*sheet) (struct rx_text *out, const struct rx_sheet *sheet,
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
