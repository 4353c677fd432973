/* report_pieces.c: text and placeholders, each with its place.

   One pass over the bytes; the place is counted in characters, as a person
   counts them in an editor. */
#include "study/report_pieces.h"

#include "base/text.h"
#include "data/source.h"

#include <stdlib.h>
#include <string.h>

enum
{
  BYTES_MOST = 1024 * 1024 /* a longer file is no template of a report */
};

struct scan
{
  struct rx_report_pieces *pieces;
  const char *file;
  const char *at, *end;
  size_t line, place;
};

void
rx_report_pieces_free (struct rx_report_pieces *pieces)
{
  free (pieces->piece);
  rx_strings_free (&pieces->strings);
  *pieces = (struct rx_report_pieces){ 0 };
}

const char *
rx_report_option (const struct rx_report_piece *piece, const char *key)
{
  for (size_t i = 0; i < piece->n_options; i++)
    if (strcmp (piece->option[i].key, key) == 0)
      return piece->option[i].value;
  return NULL;
}

static struct rx_where
here (const struct scan *scan)
{
  return (struct rx_where){ .file = scan->file,
                            .line = scan->line,
                            .place = scan->place };
}

/* One character on. */
static void
step (struct scan *scan)
{
  size_t length = rx_utf8_length ((const unsigned char *)scan->at,
                                  (size_t)(scan->end - scan->at));
  bool newline = *scan->at == '\n';
  scan->at += length > 0 ? length : 1;
  scan->line += newline;
  scan->place = newline ? 1 : scan->place + 1;
}

static bool
starts (const struct scan *scan, const char *word)
{
  size_t length = strlen (word);
  return (size_t)(scan->end - scan->at) >= length
         && memcmp (scan->at, word, length) == 0;
}

static enum rx_status
add_piece (struct scan *scan, const struct rx_report_piece *piece,
           struct rx_error *err)
{
  struct rx_report_pieces *pieces = scan->pieces;
  if (rx_grow (&pieces->piece, &pieces->room, pieces->n + 1,
               sizeof *pieces->piece, err)
      != RX_OK)
    return err->status;
  pieces->piece[pieces->n++] = *piece;
  return RX_OK;
}

static bool
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

/* The number as it stands, for the message: digits with what joins them. */
static enum rx_status
fail_digit (const struct scan *scan, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const char *end = scan->at;
  while (end < scan->end
         && (is_digit (*end)
             || (strchr (".,", *end) != NULL && end + 1 < scan->end
                 && is_digit (end[1]))))
    end++;
  int length = (int)(end - scan->at);
  return rx_fail_at (
      err, RX_EDATA, here (scan),
      "found %s in the text, expected numbers to come from results: "
      "{{value: ...}} or {{claim: ...}}; a year or a name with digits is "
      "{{say: %.*s}}",
      rx_quote (found, scan->at, (size_t)length), length, scan->at);
}

/* Text up to the next placeholder or the end. */
static enum rx_status
take_text (struct scan *scan, struct rx_error *err)
{
  struct rx_report_piece piece = { .at = here (scan) };
  const char *start = scan->at;
  while (scan->at < scan->end && !starts (scan, "{{"))
    {
      if (is_digit (*scan->at))
        return fail_digit (scan, err);
      if (starts (scan, "}}"))
        return rx_fail_at (err, RX_EDATA, here (scan),
                           "found \"}}\", expected \"{{\" before it");
      step (scan);
    }
  piece.text = rx_strings_add (&scan->pieces->strings, start,
                               (size_t)(scan->at - start));
  return piece.text == NULL ? rx_fail_memory (err)
                            : add_piece (scan, &piece, err);
}

/* A copy of from[0..to) without blanks and line ends around it; NULL when
   there is no memory. */
static const char *
trimmed (struct scan *scan, const char *from, const char *to)
{
  static const char blanks[] = " \t\r\n";
  while (from < to && strchr (blanks, *from) != NULL)
    from++;
  while (to > from && strchr (blanks, to[-1]) != NULL)
    to--;
  return rx_strings_add (&scan->pieces->strings, from, (size_t)(to - from));
}

static const char *
find (const char *from, const char *to, char c)
{
  const char *found = memchr (from, c, (size_t)(to - from));
  return found != NULL ? found : to;
}

/* "KEY=VALUE; KEY=VALUE" */
static enum rx_status
take_options (struct scan *scan, struct rx_report_piece *piece,
              const char *from, const char *to, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  for (const char *end; from < to; from = end < to ? end + 1 : to)
    {
      end = find (from, to, ';');
      const char *equals = find (from, end, '=');
      const char *key = trimmed (scan, from, equals);
      const char *value = equals < end ? trimmed (scan, equals + 1, end) : "";
      if (key == NULL || value == NULL)
        return rx_fail_memory (err);
      if (equals == end || key[0] == '\0')
        return rx_fail_at (err, RX_EDATA, piece->at,
                           "found %s after a semicolon, expected KEY=VALUE",
                           rx_quotez (found, key));
      if (rx_report_option (piece, key) != NULL)
        return rx_fail_at (err, RX_EDATA, piece->at, "%s is here twice",
                           rx_quotez (found, key));
      if (piece->n_options == RX_REPORT_OPTIONS)
        return rx_fail_at (err, RX_EDATA, piece->at, "more than %d options",
                           RX_REPORT_OPTIONS);
      piece->option[piece->n_options++]
          = (struct rx_report_option){ key, value };
    }
  return RX_OK;
}

static enum rx_status
take_placeholder (struct scan *scan, struct rx_error *err)
{
  struct rx_report_piece piece = { .at = here (scan) };
  char found[RX_QUOTED_SIZE];
  const char *start = scan->at + 2;
  step (scan);
  step (scan);
  while (scan->at < scan->end && !starts (scan, "}}") && !starts (scan, "{{"))
    step (scan);
  if (scan->at == scan->end || starts (scan, "{{"))
    return rx_fail_at (err, RX_EDATA, piece.at,
                       "\"{{\" is opened and never closed");
  const char *end = scan->at, *colon = find (start, end, ':');
  step (scan);
  step (scan);
  piece.kind = trimmed (scan, start, colon);
  if (colon == end || piece.kind == NULL || piece.kind[0] == '\0')
    return rx_fail_at (err, RX_EDATA, piece.at,
                       "found %s, expected {{KIND: ...}}, such as {{claim: "
                       "ID}}",
                       rx_quote (found, start, (size_t)(end - start)));
  piece.at.column = piece.kind;
  const char *semicolon = find (colon + 1, end, ';');
  piece.body = trimmed (scan, colon + 1, end);
  piece.text = trimmed (scan, colon + 1, semicolon);
  if (piece.body == NULL || piece.text == NULL)
    return rx_fail_memory (err);
  /* what a person says may hold a semicolon */
  if (semicolon < end && strcmp (piece.kind, "say") != 0
      && strcmp (piece.kind, "comment") != 0
      && take_options (scan, &piece, semicolon + 1, end, err) != RX_OK)
    return err->status;
  return add_piece (scan, &piece, err);
}

enum rx_status
rx_report_pieces_parse (struct rx_report_pieces *pieces, const char *file,
                        const char *bytes, size_t length, struct rx_error *err)
{
  struct scan scan = {
    .pieces = pieces, .at = bytes, .end = bytes + length, .line = 1, .place = 1
  };
  scan.file = rx_strings_addz (&pieces->strings, file);
  if (scan.file == NULL)
    return rx_fail_memory (err);
  if (!rx_utf8_valid (bytes, length) || memchr (bytes, '\0', length) != NULL)
    return rx_fail (err, RX_EDATA, "%s: bytes that are not UTF-8 text", file);
  while (scan.at < scan.end)
    if ((starts (&scan, "{{") ? take_placeholder (&scan, err)
                              : take_text (&scan, err))
        != RX_OK)
      return err->status;
  if (pieces->n == 0)
    return rx_fail (err, RX_EDATA, "%s: the file is empty", file);
  return RX_OK;
}

enum rx_status
rx_report_pieces_read (struct rx_report_pieces *pieces, const char *path,
                       struct rx_error *err)
{
  struct rx_source *source = NULL;
  struct rx_text text = { 0 };
  enum rx_status status = rx_source_open (&source, path, err);
  if (status == RX_OK)
    status = rx_source_whole (source, "the template of a report", BYTES_MOST,
                              &text, err);
  if (status == RX_OK)
    status = rx_report_pieces_parse (pieces, path, rx_text_string (&text),
                                     text.length, err);
  if (status == RX_OK)
    memcpy (pieces->digest, rx_source_digest (source), sizeof pieces->digest);
  rx_text_free (&text);
  rx_source_close (source);
  return status;
}
