/* report_pieces.h: the template of a report, taken apart.

   A template is Markdown with placeholders in double braces,

       {{KIND: SUBJECT; KEY=VALUE; KEY=VALUE}}

   which report_fill.h fills.  Every number of a report comes through a
   placeholder: a digit in the text between them is an error.

   A struct rx_report_pieces starts as {0} and owns its texts. */
#ifndef RX_REPORT_PIECES_H
#define RX_REPORT_PIECES_H

#include "base/digest.h"
#include "base/memory.h"

enum
{
  RX_REPORT_OPTIONS = 8 /* of one placeholder */
};

struct rx_report_option
{
  const char *key, *value;
};

/* Text between placeholders (kind NULL), or a placeholder. */
struct rx_report_piece
{
  const char *kind; /* "value", ... */
  const char *text; /* the text, or the subject: all between the colon and the
                       first semicolon, blanks at the ends dropped */
  const char *body; /* of a placeholder: all after the colon */
  struct rx_report_option option[RX_REPORT_OPTIONS];
  size_t n_options;
  struct rx_where at; /* of a placeholder: its first brace */
};

struct rx_report_pieces
{
  struct rx_report_piece *piece;
  size_t n, room;
  char digest[RX_DIGEST_SIZE]; /* of the file */
  struct rx_strings strings;
};

void rx_report_pieces_free (struct rx_report_pieces *pieces);

/* Reads and takes apart a template.  RX_EIO when it cannot be read; RX_EDATA,
   with line and character, for bytes that are not UTF-8, a digit in the text,
   braces that do not match and a placeholder without a kind.  Free the pieces
   in either case. */
enum rx_status rx_report_pieces_read (struct rx_report_pieces *pieces,
                                      const char *path,
                                      struct rx_error *err) RX_MUST_USE;

/* The same from memory; file names it. */
enum rx_status rx_report_pieces_parse (struct rx_report_pieces *pieces,
                                       const char *file, const char *bytes,
                                       size_t length,
                                       struct rx_error *err) RX_MUST_USE;

/* The value of an option, NULL when it is not there. */
const char *rx_report_option (const struct rx_report_piece *piece,
                              const char *key);

#endif /* RX_REPORT_PIECES_H */
