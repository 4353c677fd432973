/* tsv.h: cells and head lines of the tab-separated files that recross writes:
   result rows (tsv.c) and the data of figures (figure.c). */
#ifndef RX_TSV_H
#define RX_TSV_H

#include "base/provenance.h"
#include "base/text.h"

/* Appends text on one line: every control character becomes a blank, every
   byte that is not UTF-8 the replacement character. */
void rx_tsv_line (struct rx_text *out, const char *text);

/* Appends one text cell, `empty` in place of "".  A cell that holds a double
   quote or starts with "#" is quoted as in CSV, so that neither a reader of
   quoted fields nor one of comment lines takes it for something else. */
void rx_tsv_text (struct rx_text *out, const char *text, const char *empty);

/* Appends one number in its shortest form, "NA" when missing. */
void rx_tsv_number (struct rx_text *out, double x);

/* Appends "# recross 0.1.0", "# command: ...", "# option: ..." and
   "# input: ..." lines; nothing for prov NULL. */
void rx_tsv_provenance (struct rx_text *out, const struct rx_provenance *prov);

/* The head line of every output that is not made from data of patients; the
   readers know it by its first word. */
#define RX_TSV_SYNTHETIC "# synthetic: not patient data\n"

#endif /* RX_TSV_H */
