/* csv.h: delimited text, record by record, with true line numbers.

   Built on libcsv in its strict mode.  What it adds: the line on which each
   record starts (blank lines and newlines inside quotes counted; CR, LF and
   CRLF ends), the byte-order mark, the delimiter detected from the header
   line, latin-1 on request, a limit on the size of a field, refusal of NUL
   bytes and of bytes that are not UTF-8, comment lines (#) before the header,
   and the check that every record has as many fields as the header.

   Feeding a file in chunks of any size gives the same records. */
#ifndef RX_CSV_H
#define RX_CSV_H

#include "base/status.h"

enum
{
  RX_CSV_FIELD_MOST = 65536 /* bytes a field may hold; more is bad data */
};

struct rx_date_format; /* base/date.h */

struct rx_csv_format
{
  char delimiter; /* ',', ';' or '\t'; 0: detected from the header line */
  char decimal;   /* '.' or ','; 0 means '.' */
  bool latin1;    /* the file is ISO 8859-1; converted to UTF-8 */
  const char *const *missing; /* missing codes; NULL: "", "NA" and "." */
  size_t n_missing;
  const struct rx_date_format *dates; /* of a register; NULL: iso */
};

struct rx_field
{
  const char *text; /* NUL-terminated; borrowed for the call */
  size_t length;
  bool quoted_empty; /* "" in the file, as against nothing at all */
};

/* Called for each record, the header first (is_header).  Fields are borrowed
   for the call.  Any status but RX_OK stops the reading and is returned. */
typedef enum rx_status rx_csv_record (void *context,
                                      const struct rx_field *fields, size_t n,
                                      size_t line, bool is_header,
                                      struct rx_error *err);

/* Called for each comment line before the header, without its "#" and the
   blanks around; may be NULL. */
typedef enum rx_status rx_csv_comment (void *context, const char *text,
                                       struct rx_error *err);

struct rx_csv; /* opaque */

enum rx_status rx_csv_alloc (struct rx_csv **csv, const char *file,
                             const struct rx_csv_format *format,
                             rx_csv_record *record, rx_csv_comment *comment,
                             void *context, struct rx_error *err) RX_MUST_USE;
void rx_csv_free (struct rx_csv *csv);

/* Hands over the next bytes of the file, in chunks of any size. */
enum rx_status rx_csv_feed (struct rx_csv *csv, const char *bytes,
                            size_t length, struct rx_error *err) RX_MUST_USE;

/* The end of the file: the last record, and what only shows there (an
   unclosed quote, an empty file, a header without a name ...). */
enum rx_status rx_csv_finish (struct rx_csv *csv,
                              struct rx_error *err) RX_MUST_USE;

/* The delimiter in use; 0 before the header was seen. */
char rx_csv_delimiter (const struct rx_csv *csv);

/* A reader that knows an easy line when it sees one may take it in place of
   this parser.  Between records: the header is in, and the next byte to be fed
   starts a line outside quotes.  There, n lines ended by LF that somebody else
   took may be skipped: they count in the lines of what is fed next. */
bool rx_csv_between_records (const struct rx_csv *csv);
void rx_csv_skip_lines (struct rx_csv *csv, size_t n);

/* Reads a whole source (see source.h) through the callbacks.  digest, where
   not NULL, receives RX_DIGEST_SIZE bytes of the file's SHA-256. */
enum rx_status rx_csv_read (const char *path,
                            const struct rx_csv_format *format,
                            rx_csv_record *record, rx_csv_comment *comment,
                            void *context, char *digest,
                            struct rx_error *err) RX_MUST_USE;

/* Takes the blanks off both ends of text[0..length). */
void rx_csv_trim (const char **text, size_t *length);

/* Does a comment line (blanks trimmed) say that the data are not of patients,
   by starting with "synthetic" in any case? */
bool rx_csv_says_synthetic (const char *comment) RX_MUST_USE;

/* Is this field one of the format's missing codes (blanks trimmed)? */
bool rx_csv_is_missing (const struct rx_csv_format *format, const char *text,
                        size_t length) RX_MUST_USE;

#endif /* RX_CSV_H */
