/* check_csv.c: the CSV reader, told as what it hands out.

   Each case is a file and its transcript: C comment, H header, R record, each
   with its line, then the complaint or nothing.  Every case is fed in chunks
   of every size from one byte to the whole; the transcript must not change. */
#include "base/memory.h"
#include "base/text.h"
#include "data/csv.h"
#include "data/source.h"

#include "scratch.h"

#include <sys/wait.h>
#include <zlib.h>

struct csv_case
{
  const char *name, *bytes;
  size_t length; /* 0: strlen (bytes) */
  struct rx_csv_format format;
  const char *transcript;
};

#define EMPTY_MESSAGE "t.csv: the file is empty"

static const struct csv_case cases[] = {
  { .name = "plain",
    .bytes = "a,b\n1,2\n3,4\n",
    .transcript = "H1[a][b]R2[1][2]R3[3][4]" },
  { .name = "CRLF",
    .bytes = "a,b\r\n1,2\r\n3,4\r\n",
    .transcript = "H1[a][b]R2[1][2]R3[3][4]" },
  { .name = "CR",
    .bytes = "a,b\r1,2\r3,4\r",
    .transcript = "H1[a][b]R2[1][2]R3[3][4]" },
  { .name = "mixed line ends",
    .bytes = "a,b\r\n1,2\n3,4\r\r\n5,6\n\r7,8\r\n",
    .transcript = "H1[a][b]R2[1][2]R3[3][4]R5[5][6]R7[7][8]" },
  { .name = "no final newline",
    .bytes = "a,b\n1,2",
    .transcript = "H1[a][b]R2[1][2]" },
  { .name = "last field empty",
    .bytes = "a,b\n1,",
    .transcript = "H1[a][b]R2[1][]" },
  { .name = "last field quoted",
    .bytes = "a,b\n1,\"x\"",
    .transcript = "H1[a][b]R2[1][x]" },
  { .name = "header only", .bytes = "a,b\n", .transcript = "H1[a][b]" },
  { .name = "header only, no newline",
    .bytes = "a,b",
    .transcript = "H1[a][b]" },
  { .name = "one letter", .bytes = "a", .transcript = "H1[a]" },
  { .name = "one column",
    .bytes = "a\n1\n\n2\n",
    .transcript = "H1[a]R2[1]R4[2]" },
  { .name = "byte-order mark",
    .bytes = "\xEF\xBB\xBF\"a\",b\n1,2\n",
    .transcript = "H1[a][b]R2[1][2]" },
  { .name = "mark, then a comment",
    .bytes = "\xEF\xBB\xBF# c\na\n1\n",
    .transcript = "C[c]H2[a]R3[1]" },
  { .name = "mark twice is data",
    .bytes = "\xEF\xBB\xBF\xEF\xBB\xBF"
             "a\n",
    .transcript = "H1[\xEF\xBB\xBF"
                  "a]" },
  { .name = "blank lines are counted",
    .bytes = "\n\r\na,b\n\n \t\n1,2\n\n\n3,4\n\n",
    .transcript = "H3[a][b]R6[1][2]R9[3][4]" },
  { .name = "blanks before the header",
    .bytes = "  \n a , b \n1,2\n",
    .transcript = "H2[a][b]R3[1][2]" },
  { .name = "comments",
    .bytes = "# synthetic data \r\n#\n\n#two\na,b\n#1,2\n",
    .transcript = "C[synthetic data]C[]C[two]H5[a][b]R6[#1][2]" },
  { .name = "a hash after a blank is a header",
    .bytes = " # a\n1\n",
    .transcript = "H1[# a]R2[1]" },
  { .name = "quoted newlines",
    .bytes = "a,b\n\"1\n\n2\",3\r\n\"4\r\n5\",\"6\r7\"\n8,9\n",
    .transcript = "H1[a][b]R2[1\n\n2][3]R5[4\r\n5][6\r7]R8[8][9]" },
  { .name = "quoted newlines in the header",
    .bytes = "\"a\nb\",\"c\r\nd\"\n1,2\n",
    .transcript = "H1[a\nb][c\r\nd]R4[1][2]" },
  { .name = "quoted delimiters",
    .bytes = "a,b\n\"1,2\",\";\t\"\n",
    .transcript = "H1[a][b]R2[1,2][;\t]" },
  { .name = "doubled quotes",
    .bytes = "a,b\n\"\"\"\",\"x\"\"y\"\n\"\"\"a\"\"\",\"\"\n",
    .transcript = "H1[a][b]R2[\"][x\"y]R3[\"a\"][!]" },
  { .name = "empty and quoted empty",
    .bytes = "a,b,c\n,\"\",\n",
    .transcript = "H1[a][b][c]R2[][!][]" },
  { .name = "blanks around",
    .bytes = "a, b ,\tc\n 1 , \"x y\" ,\" z \"\n",
    .transcript = "H1[a][b][c]R2[1][x y][ z ]" },
  { .name = "blanks within quotes of the header",
    .bytes = "\" a \",b\n1,2\n",
    .transcript = "H1[a][b]R2[1][2]" },
  { .name = "UTF-8",
    .bytes = "n\xC3\xA5r,\xE2\x82\xAC\n\xF0\x9F\x98\x80,\xC3\xB8\n",
    .transcript
    = "H1[n\xC3\xA5r][\xE2\x82\xAC]R2[\xF0\x9F\x98\x80][\xC3\xB8]" },

  { .name = "semicolons",
    .bytes = "a;b\n1,5;2\n",
    .transcript = "H1[a][b]R2[1,5][2]" },
  { .name = "tabs",
    .bytes = "a\tb\n1,5\t\n",
    .transcript = "H1[a][b]R2[1,5][]" },
  { .name = "delimiters in quotes do not count",
    .bytes = "\"a,,,\";b\n1;2\n",
    .transcript = "H1[a,,,][b]R2[1][2]" },
  { .name = "the most frequent wins",
    .bytes = "a,x;b;c\n1;2;3\n",
    .transcript = "H1[a,x][b][c]R2[1][2][3]" },
  { .name = "a tie goes to the comma",
    .bytes = "a,b;c\n1,2\n",
    .transcript = "H1[a][b;c]R2[1][2]" },
  { .name = "none, with a decimal comma",
    .bytes = "a\n1,5\n",
    .format = { .decimal = ',' },
    .transcript = "H1[a]R2[1,5]" },
  { .name = "delimiter given",
    .bytes = "a;x,b\n1,2\n",
    .format = { .delimiter = ',' },
    .transcript = "H1[a;x][b]R2[1][2]" },
  { .name = "tab given, blank cells",
    .bytes = "a\tb\n\t\n 1\t2 \n",
    .format = { .delimiter = '\t' },
    .transcript = "H1[a][b]R2[][]R3[1][2]" },
  { .name = "latin-1",
    .bytes = "\xE6,b\n\xF8\xE5,\"\xC6\"\n",
    .format = { .latin1 = true },
    .transcript = "H1[\xC3\xA6][b]R2[\xC3\xB8\xC3\xA5][\xC3\x86]" },
  { .name = "latin-1 comment",
    .bytes = "# \xE6\na\n",
    .format = { .latin1 = true },
    .transcript = "C[\xC3\xA6]H2[a]" },

  { .name = "nothing", .bytes = "", .transcript = EMPTY_MESSAGE },
  { .name = "only blank lines",
    .bytes = "\r\n  \n\t",
    .transcript = EMPTY_MESSAGE },
  { .name = "only a mark",
    .bytes = "\xEF\xBB\xBF",
    .transcript = EMPTY_MESSAGE },
  { .name = "only comments",
    .bytes = "# a\n#b",
    .transcript = "C[a]C[b]t.csv: only comments: there is no header line" },
  { .name = "UTF-16",
    .bytes = "\xFF\xFE"
             "a\0,\0b\0",
    .length = 8,
    .transcript
    = "t.csv: the file is UTF-16, as Excel's \"Unicode text\" is; save it as "
      "UTF-8" },
  { .name = "UTF-16, big",
    .bytes = "\xFE\xFF\0a",
    .length = 4,
    .transcript
    = "t.csv: the file is UTF-16, as Excel's \"Unicode text\" is; save it as "
      "UTF-8" },
  { .name = "NUL",
    .bytes = "a,b\n1,2\n3,\0",
    .length = 11,
    .transcript = "H1[a][b]R2[1][2]"
                  "t.csv:3: a NUL byte: this is no text file" },
  { .name = "NUL in quotes",
    .bytes = "a,b\n1,\"\n\0\"\n",
    .length = 11,
    .transcript = "H1[a][b]"
                  "t.csv:3: a NUL byte: this is no text file" },
  { .name = "NUL in the header",
    .bytes = "a,\0b\n",
    .length = 5,
    .transcript = "t.csv:1: a NUL byte: this is no text "
                  "file" },
  { .name = "NUL in a quoted header",
    .bytes = "\"a\n\0",
    .length = 4,
    .transcript = "t.csv:2: a NUL byte: this is no "
                  "text file" },
  { .name = "NUL in a comment",
    .bytes = "\n#a\0\nb\n",
    .length = 6,
    .transcript = "t.csv:2: a NUL byte: this is no text "
                  "file" },
  { .name = "a stray quote before a NUL",
    .bytes = "a\n1\"\0\n",
    .length = 6,
    .transcript = "H1[a]"
                  "t.csv:2: stray quote inside an unquoted field" },
  { .name = "too many fields",
    .bytes = "a,b\n1,2\n3,4,5\n",
    .transcript
    = "H1[a][b]R2[1][2]"
      "t.csv:3: found 3 fields, expected 2 as in the header (line 1); is a "
      "field with a comma unquoted?" },
  { .name = "too many fields, semicolon",
    .bytes = "\na;b\n1;2;;\n",
    .transcript
    = "H2[a][b]"
      "t.csv:3: found 4 fields, expected 2 as in the header (line 2); is a "
      "field with a semicolon unquoted?" },
  { .name = "too few fields",
    .bytes = "a,b\n\n3\n",
    .transcript
    = "H1[a][b]"
      "t.csv:3: found 1 field, expected 2 as in the header (line 1); is the "
      "line cut short or broken in two?" },
  { .name = "unclosed quote",
    .bytes = "a,b\n1,2\n3,\"x\ny\n4,5\n",
    .transcript = "H1[a][b]R2[1][2]"
                  "t.csv:3: a quote is opened and never closed" },
  { .name = "unclosed second quote",
    .bytes = "a,b\n\"1\n2\",\"3\n\n",
    .transcript = "H1[a][b]t.csv:3: a quote is opened and never closed" },
  { .name = "unclosed quote at the end",
    .bytes = "a,b\n1,\"",
    .transcript = "H1[a][b]t.csv:2: a quote is opened and never closed" },
  { .name = "unclosed quote in the header",
    .bytes = "\"a,b\n1,2\n",
    .transcript = "t.csv:1: a quote is opened and never closed" },
  { .name = "stray quote",
    .bytes = "a,b\n1,x\"y\n",
    .transcript = "H1[a][b]t.csv:2: stray quote inside an "
                  "unquoted field" },
  { .name = "stray quote in the header",
    .bytes = "a\",b\n1,2\n",
    .transcript = "t.csv:1: stray quote "
                  "inside an unquoted field" },
  { .name = "text after a quote",
    .bytes = "a,b\n\"1\n\"x,2\n",
    .transcript
    = "H1[a][b]t.csv:3: text after a "
      "closing quote (a quote inside a quoted field is written twice)" },
  { .name = "not UTF-8",
    .bytes = "id,name\n1,J\xC3\xB8rgen\n2,J\xF8rgen\n",
    .transcript = "H1[id][name]R2[1][J\xC3\xB8rgen]t.csv:3: name: bytes that "
                  "are not UTF-8 "
                  "(\\xF8); if the file is latin-1, say --encoding latin-1" },
  { .name = "not UTF-8 in the header",
    .bytes = "id,\xE5r\n1,2\n",
    .transcript
    = "t.csv:1: bytes that are "
      "not UTF-8 (\\xE5); if the file is latin-1, say --encoding latin-1" },
  { .name = "not UTF-8 in a comment",
    .bytes = "#\xE5r\n1,2\n",
    .transcript
    = "t.csv:1: bytes that are "
      "not UTF-8 (\\xE5); if the file is latin-1, say --encoding latin-1" },
  { .name = "a column without a name",
    .bytes = "a,,c\n1,2,3\n",
    .transcript = "t.csv:1: column 2 has no "
                  "name" },
  { .name = "row names of R",
    .bytes = "\"\",\"a\"\n\"1\",2\n",
    .transcript = "t.csv:1: column 1 has no "
                  "name; are these the row names of R? (write.csv has "
                  "row.names = FALSE)" },
  { .name = "a delimiter at the header's end",
    .bytes = "a,b,\n1,2,\n",
    .transcript = "t.csv:1: column 3 "
                  "has no name; does the line end in a delimiter?" },
  { .name = "a repeated name",
    .bytes = "b,a,c, \"a\"\n",
    .transcript = "t.csv:1: columns 2 and 4 are both "
                  "named \"a\"" },
};

enum
{
  N_CASES = sizeof cases / sizeof cases[0]
};

static enum rx_status
tell_record (void *context, const struct rx_field *fields, size_t n,
             size_t line, bool is_header, struct rx_error *err)
{
  struct rx_text *out = context;
  (void)err;
  rx_text_addf (out, "%c%zu", is_header ? 'H' : 'R', line);
  for (size_t i = 0; i < n; i++)
    {
      ck_assert_uint_eq (fields[i].length, strlen (fields[i].text));
      rx_text_addf (out, "[%s%s]", fields[i].quoted_empty ? "!" : "",
                    fields[i].text);
    }
  return RX_OK;
}

static enum rx_status
tell_comment (void *context, const char *text, struct rx_error *err)
{
  (void)err;
  rx_text_addf (context, "C[%s]", text);
  return RX_OK;
}

/* Feeds the bytes from a heap copy of each chunk's size, so that the address
   sanitizer sees a read past its end. */
static void
tell (struct rx_text *out, const struct rx_csv_format *format,
      const char *bytes, size_t length, size_t chunk)
{
  struct rx_error err = { 0 };
  struct rx_csv *csv;
  enum rx_status status = rx_csv_alloc (&csv, "t.csv", format, tell_record,
                                        tell_comment, out, &err);
  ck_assert_int_eq (status, RX_OK);
  for (size_t at = 0; at < length && status == RX_OK; at += chunk)
    {
      size_t n = length - at < chunk ? length - at : chunk;
      char *copy = malloc (n);
      ck_assert_ptr_nonnull (copy);
      memcpy (copy, bytes + at, n);
      status = rx_csv_feed (csv, copy, n, &err);
      free (copy);
    }
  enum rx_status finish = rx_csv_finish (csv, &err);
  if (status != RX_OK)
    ck_assert_int_eq (finish, status);
  if (finish != RX_OK)
    {
      ck_assert_int_eq (finish, err.status);
      rx_text_addz (out, err.message);
    }
  rx_csv_free (csv);
}

START_TEST (transcripts)
{
  const struct csv_case *row = &cases[_i];
  size_t length = row->length > 0 ? row->length : strlen (row->bytes);
  for (size_t chunk = 1; chunk <= length + 1; chunk++)
    {
      struct rx_text out = { 0 };
      tell (&out, &row->format, row->bytes, length, chunk);
      ck_assert_msg (strcmp (rx_text_string (&out), row->transcript) == 0,
                     "%s, chunks of %zu: %s instead of %s", row->name, chunk,
                     rx_text_string (&out), row->transcript);
      rx_text_free (&out);
    }
}
END_TEST

/* A field of n letters between head and tail, in chunks of the given size;
   returns the transcript's last part, the complaint or "". */
static const char *
long_field (size_t n, const char *head, const char *tail, size_t chunk)
{
  static struct rx_error err;
  struct rx_text bytes = { 0 }, out = { 0 };
  struct rx_csv *csv;
  rx_text_addz (&bytes, head);
  rx_text_pad (&bytes, 'x', n);
  rx_text_addz (&bytes, tail);
  err = (struct rx_error){ 0 };
  ck_assert_int_eq (
      rx_csv_alloc (&csv, "t.csv", NULL, tell_record, NULL, &out, &err),
      RX_OK);
  enum rx_status status = RX_OK;
  for (size_t at = 0; at < bytes.length && status == RX_OK; at += chunk)
    status = rx_csv_feed (
        csv, bytes.data + at,
        bytes.length - at < chunk ? bytes.length - at : chunk, &err);
  if (status == RX_OK)
    status = rx_csv_finish (csv, &err);
  rx_csv_free (csv);
  rx_text_free (&bytes);
  rx_text_free (&out);
  return status == RX_OK ? "" : err.message;
}

START_TEST (field_limit)
{
  static const struct
  {
    const char *head, *tail;
    size_t n;
    const char *line; /* of the complaint; NULL: there is none */
  } rows[] = {
    { "a,b\n1,", "\n", RX_CSV_FIELD_MOST, NULL },
    { "a,b\n1,", "\n", RX_CSV_FIELD_MOST + 1, "2" },
    { "a,b\n1,", "", RX_CSV_FIELD_MOST + 1, "2" },
    { "a,b\n1,", ",\n", 3 * RX_CSV_FIELD_MOST, "2" },
    { "a,b\n1,\"", "\"\n", RX_CSV_FIELD_MOST, NULL },
    { "a,b\n1,\"", "\"", RX_CSV_FIELD_MOST, NULL },
    { "a,b\n1,\"", "\"\n", RX_CSV_FIELD_MOST + 1, "2" },
    { "a,b\n1,\"", "\n\n\n", RX_CSV_FIELD_MOST, "2" },
    { "a,b\n\"\n\",\"\n", "\"\n", RX_CSV_FIELD_MOST - 1, NULL },
    { "a,b\n\"\n\",\"\n", "\"\n", RX_CSV_FIELD_MOST, "3" },
    { "a,b\n\"\n\",\"\n", "\"x\n", 2 * RX_CSV_FIELD_MOST, "3" },
    { "\"a", "\n", 2 * RX_CSV_FIELD_MOST, "1" },
  };
  static const size_t chunks[] = { 1, 7, 4096, 65536, 65537, 65538, 1 << 20 };
  for (size_t r = 0; r < sizeof rows / sizeof rows[0]; r++)
    for (size_t c = 0; c < sizeof chunks / sizeof chunks[0]; c++)
      {
        char expected[128] = "";
        if (rows[r].line != NULL)
          snprintf (expected, sizeof expected,
                    "t.csv:%s: a field of more than 65536 bytes; is a quote "
                    "missing?",
                    rows[r].line);
        ck_assert_str_eq (
            long_field (rows[r].n, rows[r].head, rows[r].tail, chunks[c]),
            expected);
      }
}
END_TEST

/* Refuses the third record. */
static enum rx_status
refuse_record (void *context, const struct rx_field *fields, size_t n,
               size_t line, bool is_header, struct rx_error *err)
{
  size_t *count = context;
  (void)fields, (void)n, (void)is_header;
  if (++*count < 3)
    return RX_OK;
  return rx_fail (err, RX_ECHECK, "enough on line %zu", line);
}

START_TEST (a_callback_stops_the_reading)
{
  static const char bytes[] = "a\n1\n2\n3\n4\n";
  for (size_t chunk = 1; chunk < sizeof bytes; chunk++)
    {
      struct rx_error err = { 0 };
      struct rx_csv *csv;
      size_t count = 0, n = sizeof bytes - 1;
      ck_assert_int_eq (rx_csv_alloc (&csv, "t.csv", NULL, refuse_record, NULL,
                                      &count, &err),
                        RX_OK);
      enum rx_status status = RX_OK;
      for (size_t at = 0; at < n && status == RX_OK; at += chunk)
        status = rx_csv_feed (csv, bytes + at, n - at < chunk ? n - at : chunk,
                              &err);
      ck_assert_int_eq (status, RX_ECHECK);
      ck_assert_str_eq (err.message, "enough on line 3");
      ck_assert_int_eq (rx_csv_feed (csv, "5\n", 2, &err), RX_ECHECK);
      ck_assert_int_eq (rx_csv_finish (csv, &err), RX_ECHECK);
      ck_assert_uint_eq (count, 3);
      rx_csv_free (csv);
    }
}
END_TEST

START_TEST (delimiter_is_told)
{
  struct rx_error err = { 0 };
  struct rx_text out = { 0 };
  struct rx_csv *csv;
  ck_assert_int_eq (
      rx_csv_alloc (&csv, "t.csv", NULL, tell_record, NULL, &out, &err),
      RX_OK);
  ck_assert_int_eq (rx_csv_feed (csv, "#,,,\na;b", 8, &err), RX_OK);
  ck_assert_int_eq (rx_csv_delimiter (csv), 0);
  ck_assert_int_eq (rx_csv_feed (csv, "\n", 1, &err), RX_OK);
  ck_assert_int_eq (rx_csv_delimiter (csv), ';');
  rx_csv_free (csv);
  rx_text_free (&out);
}
END_TEST

START_TEST (missing_codes)
{
  static const char *const codes[] = { "-9", "x y" };
  struct rx_csv_format declared = { .missing = codes, .n_missing = 2 };
  struct rx_csv_format none = { .missing = codes, .n_missing = 0 };
  ck_assert (rx_csv_is_missing (NULL, "", 0));
  ck_assert (rx_csv_is_missing (NULL, " \t", 2));
  ck_assert (rx_csv_is_missing (NULL, " NA", 3));
  ck_assert (rx_csv_is_missing (NULL, ".", 1));
  ck_assert (!rx_csv_is_missing (NULL, "na", 2));
  ck_assert (!rx_csv_is_missing (NULL, "N", 1));
  ck_assert (!rx_csv_is_missing (NULL, "NAN", 3));
  ck_assert (rx_csv_is_missing (&declared, "-9 ", 3));
  ck_assert (rx_csv_is_missing (&declared, "x y", 3));
  ck_assert (!rx_csv_is_missing (&declared, "", 0));
  ck_assert (!rx_csv_is_missing (&declared, "NA", 2));
  ck_assert (!rx_csv_is_missing (&none, "", 0));
}
END_TEST

/* ---- Sources ------------------------------------------------------------ */

/* Gzip members of the texts, one after the other. */
static size_t
pack (unsigned char *out, size_t room, const char *const *texts, size_t n)
{
  size_t used = 0;
  for (size_t i = 0; i < n; i++)
    {
      z_stream z = { 0 };
      char copy[256];
      snprintf (copy, sizeof copy, "%s", texts[i]);
      ck_assert_int_eq (
          deflateInit2 (&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
      z.next_in = (unsigned char *)copy;
      z.avail_in = (uInt)strlen (copy);
      z.next_out = out + used;
      z.avail_out = (uInt)(room - used);
      ck_assert_int_eq (deflate (&z, Z_FINISH), Z_STREAM_END);
      used = room - z.avail_out;
      deflateEnd (&z);
    }
  return used;
}

static const char *
read_back (const char *path, char *digest)
{
  static struct rx_error err;
  static struct rx_text out;
  rx_text_free (&out);
  if (rx_csv_read (path, NULL, tell_record, tell_comment, &out, digest, &err)
      != RX_OK)
    rx_text_addz (&out, err.message);
  /* The caller compares at once; the next call frees. */
  return rx_text_string (&out);
}

static void
expect_message (const char *path, const char *words)
{
  char expected[3 * PATH_MAX];
  snprintf (expected, sizeof expected, "%s: %s", path, words);
  ck_assert_str_eq (read_back (path, NULL), expected);
}

START_TEST (gzip)
{
  static const char *const texts[] = { "a,b\n1", ",2\n3,4\n" };
  unsigned char packed[512] = { 0 };
  size_t n = pack (packed, sizeof packed, texts, 2);
  ck_assert_str_eq (read_back (scratch_write ("a.gz", packed, n), NULL),
                    "H1[a][b]R2[1][2]R3[3][4]");
  ck_assert_str_eq (read_back (scratch_write ("pad", packed, n + 9), NULL),
                    "H1[a][b]R2[1][2]R3[3][4]");
  for (size_t cut = n - 1; cut > n - 12; cut--)
    {
      const char *path = scratch_write ("cut.gz", packed, cut);
      ck_assert_ptr_nonnull (strstr (read_back (path, NULL),
                                     "the compressed data stop early; is "
                                     "the file whole?"));
    }
  packed[n - 5] ^= 1;
  const char *path = scratch_write ("bad.gz", packed, n);
  ck_assert_ptr_nonnull (
      strstr (read_back (path, NULL), "the compressed data are damaged"));
  packed[n - 5] ^= 1;
  memcpy (packed + n, "rest", 4);
  path = scratch_write ("rest.gz", packed, n + 4);
  ck_assert_ptr_nonnull (
      strstr (read_back (path, NULL), "the compressed data are damaged"));
}
END_TEST

/* "abc" is the first example of FIPS 180-4 for SHA-256.  Of a compressed file
   the file's own bytes count, as sha256sum would have it. */
START_TEST (digest_of_the_bytes)
{
  static const char *const texts[] = { "abc" };
  char hex[RX_DIGEST_SIZE] = "", expected[RX_DIGEST_SIZE];
  unsigned char packed[256];
  struct rx_digest digest;
  ck_assert_str_eq (read_back (scratch_write ("d.csv", "abc", 3), hex),
                    "H1[abc]");
  ck_assert_str_eq (hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9c"
                         "b410ff61f20015ad");
  size_t n = pack (packed, sizeof packed, texts, 1);
  rx_digest_init (&digest);
  rx_digest_add (&digest, packed, n);
  rx_digest_finish (&digest, expected);
  ck_assert_str_eq (read_back (scratch_write ("d.gz", packed, n), hex),
                    "H1[abc]");
  ck_assert_str_eq (hex, expected);
}
END_TEST

START_TEST (what_cannot_be_read)
{
  expect_message (scratch_path ("nowhere.csv"),
                  "cannot open: No such file or directory");
  expect_message (scratch_folder, "cannot read: Is a directory");
  expect_message (scratch_write ("e.csv", "", 0), "the file is empty");
  expect_message (scratch_write ("x.csv", "PK\003\004....", 8),
                  "this is a zip archive or an Excel workbook; save it as "
                  "CSV");
  ck_assert_str_eq (read_back (scratch_write ("1", "\037", 1), NULL),
                    "H1[\037]");
  /* Address 0 is mapped in no process, so reading there fails. */
  if (access ("/proc/self/mem", R_OK) == 0)
    expect_message ("/proc/self/mem", "cannot read: Input/output error");
}
END_TEST

/* A pipe may hand over less than the two bytes that tell gzip from text. */
START_TEST (standard_input)
{
  static const char *const texts[] = { "a,b\n1,2\n3\n" };
  unsigned char packed[256];
  int ends[2], kept = dup (STDIN_FILENO);
  size_t n = pack (packed, sizeof packed, texts, 1);
  fflush (stdout);
  ck_assert_int_eq (pipe (ends), 0);
  pid_t child = fork ();
  if (child == 0)
    {
      for (size_t i = 0; i < n; i++)
        {
          if (write (ends[1], packed + i, 1) != 1)
            _exit (1);
          usleep (1000);
        }
      _exit (0);
    }
  close (ends[1]);
  ck_assert_int_eq (dup2 (ends[0], STDIN_FILENO), STDIN_FILENO);
  close (ends[0]);
  ck_assert_str_eq (read_back ("-", NULL),
                    "H1[a][b]R2[1][2]standard input:3: found 1 field, "
                    "expected 2 as in the header (line 1); is the line cut "
                    "short or broken in two?");
  dup2 (kept, STDIN_FILENO);
  close (kept);
  ck_assert_int_eq (waitpid (child, NULL, 0), child);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("csv");
  TCase *parse = tcase_create ("parse"), *source = tcase_create ("source");
  tcase_add_loop_test (parse, transcripts, 0, N_CASES);
  tcase_add_test (parse, field_limit);
  tcase_add_test (parse, a_callback_stops_the_reading);
  tcase_add_test (parse, delimiter_is_told);
  tcase_add_test (parse, missing_codes);
  tcase_set_timeout (parse, 60);
  tcase_add_checked_fixture (source, scratch_make, scratch_remove);
  tcase_add_test (source, gzip);
  tcase_add_test (source, digest_of_the_bytes);
  tcase_add_test (source, what_cannot_be_read);
  tcase_add_test (source, standard_input);
  suite_add_tcase (suite, parse);
  suite_add_tcase (suite, source);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
