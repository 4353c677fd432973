/* csv.c: delimited text over libcsv 3.0.3.

   The file passes three stations.  The first bytes are held back until a
   byte-order mark is told from text.  The lines up to the header pass a small
   machine of our own, which hands out the comments and holds the header back
   until it is whole, for the delimiter is detected from it.  From the header
   on libcsv parses, fed in pieces that end at a line's end, so that the line
   of a record is the line of the piece in which it starts.

   Nothing may depend on where a chunk ends.  So every check is made at a byte
   or at the end of a field or a record, never at the end of a chunk; in
   particular a piece is cut where a field reaches its limit and where a NUL
   stands. */
#include "data/csv.h"

#include "base/memory.h"
#include "base/text.h"
#include "data/source.h"

#include <csv.h>
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum
{
  CHUNK_SIZE = 256 * 1024, /* bytes asked of a source at a time */
  MARK_SIZE = 3,           /* bytes of the UTF-8 byte-order mark */
  HEAD_MOST = 1024 * 1024, /* bytes of a header line held back */
  /* A field is held with its closing quote: when this many bytes have come
     in, it is too long whatever follows. */
  PENDING_MOST = RX_CSV_FIELD_MOST + 2
};

enum station
{
  AT_MARK,       /* the first bytes of the file */
  AT_LINE_START, /* before the header, at the start of a line */
  IN_COMMENT,
  IN_HEADER,
  IN_HEADER_QUOTES,
  IN_BODY /* libcsv has taken over */
};

struct rx_csv
{
  char *file;
  struct rx_csv_format format;
  rx_csv_record *record;
  rx_csv_comment *comment;
  void *context;
  struct rx_error failure; /* the first one, for good */

  enum station station;
  struct rx_text head; /* the mark, comment or header read so far */
  bool only_comments;  /* so far: a comment was seen, a header was not */
  struct csv_parser parser;

  size_t line;        /* of the next byte */
  bool after_cr;      /* a LF now belongs to the line before */
  bool mid_line;      /* the bytes fed last did not end a line */
  bool row_ended;     /* in the piece being fed */
  bool open;          /* the line began inside a quoted field ... */
  size_t quote_line;  /* ... which was opened here */
  size_t fields_then; /* fields of the record that were complete then */
  size_t record_line; /* where the record being read starts */

  struct rx_field *fields; /* of the record being read */
  size_t n_fields;         /* may exceed n_names; only n_names are stored */
  size_t room_fields;
  char *bytes; /* their texts, one after the other, each with a NUL */
  size_t n_bytes, room_bytes;

  bool has_header;
  size_t n_names, header_line;
  const char **names;
  struct rx_strings strings;
};

/* ---- Words for what is wrong -------------------------------------------- */

static struct rx_where
at_line (const struct rx_csv *csv, size_t line)
{
  return (struct rx_where){ .file = csv->file, .line = line };
}

/* The line on which the field being read starts. */
static size_t
field_line (const struct rx_csv *csv)
{
  return csv->open && csv->n_fields == csv->fields_then ? csv->quote_line
                                                        : csv->line;
}

static void
fail_nul (struct rx_csv *csv)
{
  rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, csv->line),
              "a NUL byte: this is no text file");
}

static void
fail_long (struct rx_csv *csv)
{
  rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, field_line (csv)),
              "a field of more than %d bytes; is a quote missing?",
              RX_CSV_FIELD_MOST);
}

static void
fail_not_utf8 (struct rx_csv *csv, size_t line, const char *column,
               const char *bytes, size_t length)
{
  struct rx_where where = at_line (csv, line);
  const unsigned char *s = (const unsigned char *)bytes;
  size_t n;
  where.column = column;
  while (length > 0 && (n = rx_utf8_length (s, length)) > 0)
    s += n, length -= n;
  rx_fail_at (&csv->failure, RX_EDATA, where,
              "bytes that are not UTF-8 (\\x%02X); if the file is latin-1, "
              "say --encoding latin-1",
              length > 0 ? s[0] : 0U);
}

static const char *
delimiter_word (char delimiter)
{
  return delimiter == ','    ? "comma"
         : delimiter == ';'  ? "semicolon"
         : delimiter == '\t' ? "tab"
                             : "delimiter";
}

static void
fail_count (struct rx_csv *csv)
{
  bool more = csv->n_fields > csv->n_names;
  rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, csv->record_line),
              "found %zu field%s, expected %zu as in the header (line %zu); "
              "%s%s%s",
              csv->n_fields, csv->n_fields == 1 ? "" : "s", csv->n_names,
              csv->header_line, more ? "is a field with a " : "",
              more ? delimiter_word (csv->format.delimiter)
                   : "is the line cut short or broken in two?",
              more ? " unquoted?" : "");
}

/* ---- Encodings ---------------------------------------------------------- */

static bool
is_ascii (const char *bytes, size_t length)
{
  const uint64_t high = UINT64_C (0x8080808080808080);
  uint64_t word, seen = 0;
  for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word)
    {
      memcpy (&word, bytes, sizeof word);
      seen |= word & high;
    }
  for (; length > 0; bytes++, length--)
    seen |= (unsigned char)*bytes & 0x80U;
  return seen == 0;
}

/* Copies ISO 8859-1 bytes as UTF-8, at most two for one; returns how many. */
static size_t
copy_latin1 (char *out, const char *bytes, size_t length)
{
  size_t n = 0;
  for (size_t i = 0; i < length; i++)
    {
      unsigned char c = (unsigned char)bytes[i];
      if (c >= 0x80)
        out[n++] = (char)(0xC0 | c >> 6);
      out[n++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3F));
    }
  return n;
}

/* ---- Fields and records, as libcsv hands them out ----------------------- */

/* Room for a field more, and for its bytes.  Asked before rx_grow is, for it
   is asked once a field. */
static bool
has_room (struct rx_csv *csv, size_t bytes)
{
  enum rx_status status = RX_OK;
  if (csv->n_fields == csv->room_fields)
    status = rx_grow (&csv->fields, &csv->room_fields, csv->n_fields + 1,
                      sizeof *csv->fields, &csv->failure);
  if (status == RX_OK && csv->room_bytes - csv->n_bytes < bytes)
    status = rx_grow (&csv->bytes, &csv->room_bytes, csv->n_bytes + bytes, 1,
                      &csv->failure);
  return status == RX_OK;
}

/* Stores a field; its text is set when the record is whole, since the bytes
   may still move. */
static void
store_field (struct rx_csv *csv, const char *bytes, size_t length)
{
  size_t most = csv->format.latin1 ? 2 * length : length;
  if (!has_room (csv, most + 1))
    return;
  char *out = csv->bytes + csv->n_bytes;
  if (csv->format.latin1)
    length = copy_latin1 (out, bytes, length);
  else
    memcpy (out, bytes, length);
  out[length] = '\0';
  csv->n_bytes += length + 1;
  csv->fields[csv->n_fields].length = length;
  csv->fields[csv->n_fields].quoted_empty = false;
}

static void
on_field (void *bytes, size_t length, void *context)
{
  struct rx_csv *csv = context;
  const char *text = bytes != NULL ? bytes : "";
  if (csv->failure.status != RX_OK)
    return;
  if (length > RX_CSV_FIELD_MOST)
    {
      fail_long (csv);
      return;
    }
  if (!csv->has_header || csv->n_fields < csv->n_names)
    {
      if (!csv->format.latin1 && !is_ascii (text, length)
          && !rx_utf8_valid (text, length))
        {
          fail_not_utf8 (csv, csv->record_line,
                         csv->has_header ? csv->names[csv->n_fields] : NULL,
                         text, length);
          return;
        }
      store_field (csv, text, length);
      if (csv->failure.status == RX_OK && bytes != NULL && length == 0)
        csv->fields[csv->n_fields].quoted_empty = true;
    }
  csv->n_fields++;
}

struct name_at
{
  const char *name;
  size_t column; /* counted from 1 */
};

static int
compare_names (const void *a, const void *b)
{
  const struct name_at *x = a, *y = b;
  int order = strcmp (x->name, y->name);
  if (order != 0)
    return order;
  return x->column < y->column ? -1 : x->column > y->column;
}

static void
refuse_repeated_names (struct rx_csv *csv)
{
  struct name_at *sorted = rx_array (csv->n_names, sizeof *sorted);
  if (sorted == NULL)
    {
      rx_fail_memory (&csv->failure);
      return;
    }
  for (size_t i = 0; i < csv->n_names; i++)
    sorted[i] = (struct name_at){ csv->names[i], i + 1 };
  qsort (sorted, csv->n_names, sizeof *sorted, compare_names);
  for (size_t i = 1; i < csv->n_names; i++)
    if (strcmp (sorted[i - 1].name, sorted[i].name) == 0)
      {
        char found[RX_QUOTED_SIZE];
        rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, csv->header_line),
                    "columns %zu and %zu are both named %s",
                    sorted[i - 1].column, sorted[i].column,
                    rx_quotez (found, sorted[i].name));
        break;
      }
  free (sorted);
}

static void
fail_unnamed (struct rx_csv *csv, size_t column)
{
  const char *hint = "";
  if (column == csv->n_names)
    hint = "; does the line end in a delimiter?";
  else if (column == 1)
    hint = "; are these the row names of R? (write.csv has row.names = "
           "FALSE)";
  rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, csv->header_line),
              "column %zu has no name%s", column, hint);
}

/* Keeps the names, blanks trimmed, and refuses empty and repeated ones. */
static void
take_header (struct rx_csv *csv)
{
  csv->header_line = csv->record_line;
  csv->n_names = csv->n_fields;
  csv->names = rx_array (csv->n_names, sizeof *csv->names);
  for (size_t i = 0; i < csv->n_names && csv->names != NULL; i++)
    {
      struct rx_field *field = &csv->fields[i];
      rx_csv_trim (&field->text, &field->length);
      csv->names[i]
          = rx_strings_add (&csv->strings, field->text, field->length);
      if (csv->names[i] == NULL)
        break;
      field->text = csv->names[i];
      if (field->length == 0)
        {
          fail_unnamed (csv, i + 1);
          return;
        }
    }
  if (csv->names == NULL || csv->names[csv->n_names - 1] == NULL)
    rx_fail_memory (&csv->failure);
  else
    refuse_repeated_names (csv);
}

static void
on_row (int terminator, void *context)
{
  struct rx_csv *csv = context;
  (void)terminator;
  csv->row_ended = true;
  if (csv->failure.status != RX_OK)
    return;
  const char *text = csv->bytes;
  for (size_t i = 0; i < csv->n_fields; i++)
    {
      if (csv->has_header && i == csv->n_names)
        break;
      csv->fields[i].text = text;
      text += csv->fields[i].length + 1;
    }
  bool is_header = !csv->has_header;
  if (is_header)
    take_header (csv);
  else if (csv->n_fields != csv->n_names)
    fail_count (csv);
  csv->has_header = true;
  if (csv->failure.status == RX_OK)
    csv->failure.status
        = csv->record (csv->context, csv->fields, csv->n_fields,
                       csv->record_line, is_header, &csv->failure);
  csv->n_fields = csv->n_bytes = 0;
}

/* ---- From the header on: pieces of lines into libcsv -------------------- */

static void
fail_parse (struct rx_csv *csv)
{
  if (csv_error (&csv->parser) != CSV_EPARSE)
    rx_fail_memory (&csv->failure);
  else if (csv->parser.quoted)
    rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, csv->line),
                "text after a closing quote (a quote inside a quoted field "
                "is written twice)");
  else
    rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, csv->line),
                "stray quote inside an unquoted field");
}

/* Feeds bytes of one line, its end included where it is there. */
static void
feed_piece (struct rx_csv *csv, const char *bytes, size_t length)
{
  if (!csv->open)
    csv->record_line = csv->line;
  csv->row_ended = false;
  while (length > 0 && csv->failure.status == RX_OK)
    {
      size_t most = PENDING_MOST - csv->parser.entry_pos;
      size_t take = length < most ? length : most;
      size_t taken
          = csv_parse (&csv->parser, bytes, take, on_field, on_row, csv);
      if (csv->failure.status != RX_OK)
        return;
      if (taken != take)
        fail_parse (csv);
      else if (csv->parser.entry_pos >= PENDING_MOST)
        fail_long (csv);
      bytes += take;
      length -= take;
    }
}

/* A line is over: notes whether the next one starts inside quotes, and where
   those were opened. */
static void
end_line (struct rx_csv *csv)
{
  bool quoted = !csv->row_ended && csv->parser.quoted;
  if (quoted)
    {
      csv->quote_line = field_line (csv);
      csv->fields_then = csv->n_fields;
    }
  csv->open = quoted;
  csv->line++;
}

/* The first c in [at, end), end where there is none. */
static const char *
find (const char *at, const char *end, char c)
{
  const char *found = memchr (at, c, (size_t)(end - at));
  return found != NULL ? found : end;
}

/* Splits a chunk into pieces.  The bytes that end a piece are searched once
   per place, so that a file without one of them is not scanned for it again
   and again. */
static void
feed_body (struct rx_csv *csv, const char *at, size_t length)
{
  if (length == 0)
    return;
  const char *end = find (at, at + length, '\0');
  bool cut = end < at + length;
  const char *lf = find (at, end, '\n'), *cr = find (at, end, '\r');
  while (at < end && csv->failure.status == RX_OK)
    {
      if (lf < at)
        lf = find (at, end, '\n');
      if (cr < at)
        cr = find (at, end, '\r');
      const char *stop = lf < cr ? lf : cr;
      const char *next = stop < end ? stop + 1 : end;
      if (stop == cr && next < end && next == lf)
        next++; /* CRLF goes in one piece ... */
      bool rest_of_crlf = csv->after_cr && lf == at; /* ... if it can */
      feed_piece (csv, at, (size_t)(next - at));
      csv->after_cr = stop < end && next[-1] == '\r';
      csv->mid_line = stop == end;
      if (stop < end && !rest_of_crlf && csv->failure.status == RX_OK)
        end_line (csv);
      at = next;
    }
  if (cut && csv->failure.status == RX_OK)
    fail_nul (csv);
}

/* ---- Up to the header --------------------------------------------------- */

/* Of comma, semicolon and tab the one that is most frequent outside quotes.
   A tie or none of them: the comma, or the semicolon where the comma is the
   decimal mark. */
static char
detect_delimiter (const struct rx_csv *csv)
{
  static const char candidates[] = { ',', ';', '\t' };
  size_t counts[sizeof candidates] = { 0 };
  size_t best = 0;
  bool quoted = false, tie = true;
  for (size_t i = 0; i < csv->head.length; i++)
    {
      char c = csv->head.data[i];
      quoted = quoted != (c == '"');
      for (size_t k = 0; k < sizeof candidates && !quoted; k++)
        counts[k] += c == candidates[k];
    }
  for (size_t k = 0; k < sizeof candidates; k++)
    if (counts[k] > counts[best])
      best = k;
  tie = counts[best] == 0;
  for (size_t k = 0; k < sizeof candidates; k++)
    tie = tie || (k != best && counts[k] == counts[best]);
  if (tie)
    return csv->format.decimal == ',' ? ';' : ',';
  return candidates[best];
}

/* The header is whole (or so long that we look no further): libcsv takes
   over, and starts with what was held back. */
static void
begin_body (struct rx_csv *csv)
{
  if (csv->head.failed)
    {
      rx_fail_memory (&csv->failure);
      return;
    }
  if (csv->format.delimiter == 0)
    csv->format.delimiter = detect_delimiter (csv);
  csv_set_delim (&csv->parser, (unsigned char)csv->format.delimiter);
  csv->station = IN_BODY;
  csv->after_cr = false;
  feed_body (csv, csv->head.data, csv->head.length);
  rx_text_free (&csv->head);
}

static void
hand_out_comment (struct rx_csv *csv)
{
  const char *text = rx_text_string (&csv->head);
  size_t length = csv->head.length;
  rx_csv_trim (&text, &length);
  char *copy = malloc (2 * length + 1);
  if (copy == NULL)
    {
      rx_fail_memory (&csv->failure);
      return;
    }
  if (csv->format.latin1)
    length = copy_latin1 (copy, text, length);
  else
    memcpy (copy, text, length);
  copy[length] = '\0';
  if (!rx_utf8_valid (copy, length))
    fail_not_utf8 (csv, csv->line, NULL, copy, length);
  else if (csv->comment != NULL)
    csv->failure.status = csv->comment (csv->context, copy, &csv->failure);
  free (copy);
}

static bool
is_blank_head (const struct rx_csv *csv)
{
  for (size_t i = 0; i < csv->head.length; i++)
    if (!isblank ((unsigned char)csv->head.data[i]))
      return false;
  return true;
}

/* CR or LF before the header is whole. */
static void
end_head_line (struct rx_csv *csv, char c)
{
  if (csv->station == IN_COMMENT)
    {
      hand_out_comment (csv);
      csv->only_comments = true;
    }
  else if (!is_blank_head (csv))
    {
      rx_text_addc (&csv->head, c);
      begin_body (csv);
      return;
    }
  rx_text_clear (&csv->head);
  csv->line++;
  csv->after_cr = c == '\r';
  csv->station = AT_LINE_START;
}

/* Any other byte before the header is whole. */
static void
keep_head_byte (struct rx_csv *csv, char c)
{
  if (csv->station == AT_LINE_START && c == '#')
    {
      csv->station = IN_COMMENT;
      return;
    }
  if (csv->station == AT_LINE_START)
    csv->station = IN_HEADER;
  if (c == '"' && csv->station != IN_COMMENT)
    csv->station = csv->station == IN_HEADER ? IN_HEADER_QUOTES : IN_HEADER;
  rx_text_addc (&csv->head, c);
  if (csv->head.failed)
    rx_fail_memory (&csv->failure);
  else if (csv->station == IN_COMMENT && c == '\0')
    fail_nul (csv);
  else if (csv->station == IN_COMMENT && csv->head.length > RX_CSV_FIELD_MOST)
    rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, csv->line),
                "a comment of more than %d bytes", RX_CSV_FIELD_MOST);
  else if (csv->station != IN_COMMENT
           && (c == '\0' || csv->head.length >= HEAD_MOST))
    begin_body (csv);
}

static void
feed_head_byte (struct rx_csv *csv, char c)
{
  bool line_end = c == '\n' || c == '\r';
  bool rest_of_crlf
      = csv->after_cr && csv->station == AT_LINE_START && c == '\n';
  if (rest_of_crlf)
    csv->after_cr = false;
  else if (line_end && csv->station != IN_HEADER_QUOTES)
    end_head_line (csv, c);
  else
    {
      csv->after_cr = false;
      keep_head_byte (csv, c);
    }
}

static void
feed_after_mark (struct rx_csv *csv, const char *bytes, size_t length)
{
  size_t i = 0;
  while (i < length && csv->station != IN_BODY && csv->failure.status == RX_OK)
    feed_head_byte (csv, bytes[i++]);
  if (csv->failure.status == RX_OK)
    feed_body (csv, bytes + i, length - i);
}

/* The first bytes are together, or the file has no more: drops the mark. */
static void
end_mark (struct rx_csv *csv)
{
  char held[MARK_SIZE] = "";
  size_t n = csv->head.length;
  memcpy (held, rx_text_string (&csv->head), n);
  rx_text_clear (&csv->head);
  csv->station = AT_LINE_START;
  if (n < MARK_SIZE || memcmp (held, "\xEF\xBB\xBF", MARK_SIZE) != 0)
    feed_after_mark (csv, held, n);
}

static void
feed_mark_byte (struct rx_csv *csv, char c)
{
  const char *held;
  rx_text_addc (&csv->head, c);
  held = rx_text_string (&csv->head);
  if (csv->head.failed)
    rx_fail_memory (&csv->failure);
  else if (csv->head.length == 2
           && (memcmp (held, "\xFF\xFE", 2) == 0
               || memcmp (held, "\xFE\xFF", 2) == 0))
    rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, 0),
                "the file is UTF-16, as Excel's \"Unicode text\" is; save it "
                "as UTF-8");
  else if (csv->head.length == MARK_SIZE)
    end_mark (csv);
}

/* ---- What the header promises ------------------------------------------- */

enum rx_status
rx_csv_alloc (struct rx_csv **out, const char *file,
              const struct rx_csv_format *format, rx_csv_record *record,
              rx_csv_comment *comment, void *context, struct rx_error *err)
{
  struct rx_csv *csv = rx_array (1, sizeof *csv);
  *out = NULL;
  if (csv == NULL)
    return rx_fail_memory (err);
  csv->file = strdup (file);
  if (csv->file == NULL
      || csv_init (&csv->parser,
                   CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL)
             != 0)
    {
      free (csv->file);
      free (csv);
      return rx_fail_memory (err);
    }
  if (format != NULL)
    csv->format = *format;
  csv->record = record;
  csv->comment = comment;
  csv->context = context;
  csv->line = 1;
  *out = csv;
  return RX_OK;
}

void
rx_csv_free (struct rx_csv *csv)
{
  if (csv == NULL)
    return;
  csv_free (&csv->parser);
  rx_text_free (&csv->head);
  rx_strings_free (&csv->strings);
  free (csv->names);
  free (csv->fields);
  free (csv->bytes);
  free (csv->file);
  free (csv);
}

static enum rx_status
report (const struct rx_csv *csv, struct rx_error *err)
{
  if (csv->failure.status != RX_OK)
    *err = csv->failure;
  return csv->failure.status;
}

enum rx_status
rx_csv_feed (struct rx_csv *csv, const char *bytes, size_t length,
             struct rx_error *err)
{
  while (length > 0 && csv->station == AT_MARK && csv->failure.status == RX_OK)
    {
      feed_mark_byte (csv, *bytes);
      bytes++, length--;
    }
  if (csv->failure.status == RX_OK)
    feed_after_mark (csv, bytes, length);
  return report (csv, err);
}

/* The last line may lack its end: closes the station that holds bytes. */
static void
end_head (struct rx_csv *csv)
{
  if (csv->station == AT_MARK)
    end_mark (csv);
  if (csv->failure.status != RX_OK)
    return;
  if (csv->station == IN_COMMENT)
    end_head_line (csv, '\n');
  else if (csv->station != IN_BODY && !is_blank_head (csv))
    begin_body (csv);
}

enum rx_status
rx_csv_finish (struct rx_csv *csv, struct rx_error *err)
{
  if (csv->failure.status == RX_OK)
    end_head (csv);
  if (csv->failure.status != RX_OK)
    return report (csv, err);
  bool failed = csv->station == IN_BODY
                && csv_fini (&csv->parser, on_field, on_row, csv) != 0;
  if (csv->failure.status != RX_OK)
    return report (csv, err);
  if (failed && csv_error (&csv->parser) != CSV_EPARSE)
    rx_fail_memory (&csv->failure);
  else if (failed)
    rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, field_line (csv)),
                "a quote is opened and never closed");
  else if (!csv->has_header)
    rx_fail_at (&csv->failure, RX_EDATA, at_line (csv, 0),
                csv->only_comments ? "only comments: there is no header line"
                                   : "the file is empty");
  return report (csv, err);
}

char
rx_csv_delimiter (const struct rx_csv *csv)
{
  return csv->station == IN_BODY ? csv->format.delimiter : 0;
}

bool
rx_csv_between_records (const struct rx_csv *csv)
{
  return csv->has_header && !csv->mid_line && !csv->open
         && csv->failure.status == RX_OK;
}

void
rx_csv_skip_lines (struct rx_csv *csv, size_t n)
{
  csv->line += n;
  csv->after_cr = false;
}

static enum rx_status
feed_all (struct rx_csv *csv, struct rx_source *source, char *chunk,
          struct rx_error *err)
{
  size_t got;
  do
    {
      enum rx_status status
          = rx_source_read (source, chunk, CHUNK_SIZE, &got, err);
      if (status == RX_OK)
        status = rx_csv_feed (csv, chunk, got, err);
      if (status != RX_OK)
        return status;
    }
  while (got > 0);
  return rx_csv_finish (csv, err);
}

enum rx_status
rx_csv_read (const char *path, const struct rx_csv_format *format,
             rx_csv_record *record, rx_csv_comment *comment, void *context,
             char *digest, struct rx_error *err)
{
  struct rx_source *source = NULL;
  struct rx_csv *csv = NULL;
  char *chunk = malloc (CHUNK_SIZE);
  enum rx_status status = chunk == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    status = rx_source_open (&source, path, err);
  if (status == RX_OK)
    status = rx_csv_alloc (&csv, rx_source_name (source), format, record,
                           comment, context, err);
  if (status == RX_OK)
    status = feed_all (csv, source, chunk, err);
  if (status == RX_OK && digest != NULL)
    memcpy (digest, rx_source_digest (source), RX_DIGEST_SIZE);
  rx_csv_free (csv);
  rx_source_close (source);
  free (chunk);
  return status;
}

void
rx_csv_trim (const char **text, size_t *length)
{
  while (*length > 0 && isblank ((unsigned char)**text))
    ++*text, --*length;
  while (*length > 0 && isblank ((unsigned char)(*text)[*length - 1]))
    --*length;
}

bool
rx_csv_says_synthetic (const char *comment)
{
  static const char word[] = "synthetic";
  return strncasecmp (comment, word, sizeof word - 1) == 0;
}

bool
rx_csv_is_missing (const struct rx_csv_format *format, const char *text,
                   size_t length)
{
  static const char *const usual[] = { "", "NA", "." };
  bool declared = format != NULL && format->missing != NULL;
  const char *const *codes = declared ? format->missing : usual;
  size_t n = declared ? format->n_missing : sizeof usual / sizeof usual[0];
  rx_csv_trim (&text, &length);
  for (size_t i = 0; i < n; i++)
    if (strncmp (codes[i], text, length) == 0 && codes[i][length] == '\0')
      return true;
  return false;
}
