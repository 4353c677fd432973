/* check_register_ways.c: a register is the same, and so is every complaint,
   whichever way it is read: through libcsv alone, or in chunks of any size on
   any number of threads, with any way of finding the marks.

   The files are drawn: mostly good rows, and in some files what makes a line
   irregular or wrong.  What is checked holds for every file, so no rate of
   false alarms comes with it; the seed is fixed. */
#include "base/date.h"
#include "base/threads.h"
#include "register_ways.h"
#include "scratch.h"

#include <zlib.h>

/* ---- Marks -------------------------------------------------------------- */

static bool
is_mark (char c, char delimiter)
{
  return c == delimiter || c == '\n' || c == '\r' || c == '"' || c == '\0'
         || (unsigned char)c >= 0x80;
}

/* xorshift64 (Marsaglia 2003); the state is never 0. */
static uint64_t
draw (uint64_t *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

/* Every byte at every place of a block, and random bytes of every length. */
START_TEST (marks_are_all_found)
{
  enum
  {
    LONGEST = 300
  };
  static const char delimiters[] = ",;\t";
  uint64_t state = 20260101;
  char bytes[LONGEST];
  uint32_t at[LONGEST];
  for (size_t way = 0; way < rx_n_byte_marks; way++)
    for (size_t trial = 0; trial < 30000; trial++)
      {
        size_t length = trial % (LONGEST + 1), n = 0;
        char delimiter = delimiters[draw (&state) % 3];
        uint64_t kind = draw (&state) % 3;
        if (!rx_byte_marks[way].is_supported ())
          continue;
        for (size_t i = 0; i < length; i++)
          {
            uint64_t drawn = draw (&state);
            bytes[i] = kind == 0 ? (char)drawn
                       : kind == 1
                           ? "\n\r\"\0,;\tx\x01\x7f\x80\xff"[drawn % 12]
                           : 'a';
          }
        if (kind == 2 && length > 0)
          bytes[draw (&state) % length] = (char)draw (&state);
        size_t found = rx_byte_marks[way].find (bytes, length, delimiter, at);
        for (size_t i = 0; i < length; i++)
          if (is_mark (bytes[i], delimiter))
            {
              ck_assert_uint_lt (n, found);
              ck_assert_uint_eq (at[n++], i);
            }
        ck_assert_uint_eq (n, found);
      }
  ck_assert_str_eq (rx_byte_marks[rx_n_byte_marks - 1].name, "portable");
}
END_TEST

/* ---- Drawn files -------------------------------------------------------- */

/* What a file is drawn from; rates are in thousandths of the cells or rows. */
struct kind
{
  uint64_t odd, wrong, irregular;
  size_t rows, persons;
  bool quoted, crlf, sorted, latin1, number_codes;
  char delimiter, mark;
  const struct rx_date_format *dates;
};

#define PICK(state, list)                                                     \
  (list)[draw (state) % (sizeof (list) / sizeof (list)[0])]

static bool
chance (uint64_t *state, uint64_t thousandths)
{
  return draw (state) % 1000 < thousandths;
}

static void
add_cell (struct rx_text *text, const struct kind *kind, uint64_t *state,
          const char *cell)
{
  static const struct
  {
    const char *before, *after;
  } odd[]
      = { { " ", "" },     { "", " " },     { "\t", "" },    { "\"", "\"" },
          { " \"", "\"" }, { "\"", "\" " }, { "\"", " \"" }, { "\" ", "\"" } };
  size_t shape = draw (state) % (sizeof odd / sizeof odd[0]);
  if (chance (state, kind->odd) && kind->delimiter != '\t')
    rx_text_addf (text, "%s%s%s", odd[shape].before, cell, odd[shape].after);
  else if (kind->quoted || strchr (cell, kind->delimiter) != NULL)
    rx_text_addf (text, "\"%s\"", cell);
  else
    rx_text_addz (text, cell);
}

static void
write_date (char *out, const struct kind *kind, int year, int month, int day)
{
  const char *name = kind->dates->name;
  if (strcmp (name, "dmy") == 0)
    sprintf (out, "%d.%d.%d", day, month, year);
  else if (strcmp (name, "mdy") == 0)
    sprintf (out, "%02d/%02d/%d", month, day, year);
  else if (strcmp (name, "ymd") == 0)
    sprintf (out, "%d%02d%02d", year, month, day);
  else if (strcmp (name, "sas") == 0 || strcmp (name, "stata") == 0)
    sprintf (out, "%d", 365 * (year - 1960) + 30 * month + day);
  else
    sprintf (out, "%d-%02d-%02d", year, month, day);
}

static void
add_row (struct rx_text *text, const struct kind *kind, uint64_t *state,
         size_t row)
{
  static const char *const drugs[]
      = { "N02BE01", "N07BB04", "L03AX13", "A", "N02", "verylongcodeofdrug" };
  static const char *const amounts[]
      = { "1", "28", "28.5", "-3", "0", "", "NA", ".5", "0.25", "1e2", "100" };
  static const char *const odd_amounts[] = { "33.333333333333336",
                                             "2147483648",
                                             "1.00000",
                                             "5.",
                                             "+4",
                                             "-0",
                                             "0.0000001",
                                             "12345678901234",
                                             "-9",
                                             "1e-14",
                                             "0.1234567890123" };
  static const char *const wrong[]
      = { "x",          "",
          "2013-02-30", "-9",
          "NA",         "1,5",
          "1e60",       "inf",
          "1e17",       "0.00000000001",
          "1700",       "F",
          "1957",       "2013-01-31",
          "1901-05-05", "2090-12-31",
          ".",          "\xe6",
          "\xc3\xa6",   "123456789012345678901234" };
  static const char *const reasons[]
      = { "G35", "L88", "", "NA", "\xc3\xa6\xc3\xb8", "" };
  static const char *const latin_reasons[] = { "G35", "\xe6\xf8\xe5", "" };
  size_t person = kind->sorted ? row * kind->persons / kind->rows
                               : draw (state) % kind->persons;
  char cells[8][60];
  int year = 2010 + (int)(draw (state) % 3);
  if (chance (state, kind->odd))
    year = 1950 + (int)(draw (state) % 100);
  snprintf (cells[0], sizeof cells[0],
            person % 3 == 1 ? "pseudonym-of-%zu" : "%zu", person);
  write_date (cells[1], kind, year, 1 + (int)(draw (state) % 12),
              1 + (int)(draw (state) % 28));
  strcpy (cells[2], PICK (state, drugs));
  strcpy (cells[3], chance (state, kind->odd) ? PICK (state, odd_amounts)
                                              : PICK (state, amounts));
  for (char *c = cells[3]; kind->mark == ',' && *c != '\0'; c++)
    *c = *c == '.' ? ',' : *c;
  strcpy (cells[4],
          kind->latin1 ? PICK (state, latin_reasons) : PICK (state, reasons));
  strcpy (cells[5], person % 4 == 0       ? ""
                    : chance (state, 200) ? "NA"
                    : person % 2 == 0     ? "F"
                                          : "M");
  if (chance (state, 100))
    cells[6][0] = '\0';
  else
    snprintf (cells[6], sizeof cells[6], "%zu", 1920 + person % 80);
  strcpy (cells[7], chance (state, 100) ? "a note; with, marks" : "note");
  if (chance (state, kind->wrong))
    strcpy (cells[draw (state) % 8], PICK (state, wrong));
  for (size_t i = 0; i < 8; i++)
    {
      add_cell (text, kind, state, cells[i]);
      if (i < 7)
        rx_text_addc (text, kind->delimiter);
    }
}

static void
add_irregular (struct rx_text *text, const struct kind *kind, uint64_t *state)
{
  char d = kind->delimiter;
  switch (draw (state) % 9)
    {
    case 0: /* a record of several lines, which look like records */
      rx_text_addf (text,
                    "1%c2012-01-01%cA%c1%c%c%c%c\"one\n1%c2012-01-01%cA"
                    "%c1%c%c%c%cx\ntwo\n",
                    d, d, d, d, d, d, d, d, d, d, d, d, d, d);
      for (uint64_t i = draw (state) % 20; i > 0; i--)
        rx_text_addf (text, "1%c2012-01-01%cA%c1%c%c%c%cinside\n", d, d, d, d,
                      d, d, d);
      rx_text_addz (text, "end\"");
      break;
    case 1: /* and one with quotes in it */
      rx_text_addf (text, "1%c2012-01-01%cA%c1%c%c%c%c\"a \"\"quoted\"\" b\"",
                    d, d, d, d, d, d, d);
      break;
    case 2:
      break; /* an empty line */
    case 3:
      rx_text_addz (text, "   ");
      break;
    case 4: /* a row without any value */
      rx_text_addf (text, "%c NA%c.%c%c%c%c%c", d, d, d, d, d, d, d);
      break;
    case 5:
      rx_text_addz (text, "\n\r\n");
      break;
    case 6: /* CR alone ends a line, the next one may be anything */
      rx_text_addf (text, "1%c2012-01-01%cA%c1%c%c%c%cx\r", d, d, d, d, d, d,
                    d);
      if (chance (state, 700))
        add_row (text, kind, state, 0);
      break;
    case 7:
      if (chance (state, 30)) /* wrong for good */
        rx_text_addc (text, '\0');
      break;
    default:
      if (chance (state, 60))
        rx_text_addz (text, PICK (state, ((const char *const[]){
                                             "too,few", "st\"ray", "\"open",
                                             "1,2,3,4,5,6,7,8,9,10" })));
      break;
    }
}

static void
draw_kind (struct kind *kind, uint64_t *state)
{
  static const uint64_t rates[] = { 0, 0, 10, 100, 300 };
  static const uint64_t wrongs[] = { 0, 0, 0, 2, 10 };
  *kind = (struct kind){ .odd = PICK (state, rates),
                         .wrong = PICK (state, wrongs),
                         .irregular = PICK (state, rates),
                         .rows = 1 + draw (state) % 120,
                         .persons = 1 + draw (state) % 40,
                         .quoted = chance (state, 250),
                         .crlf = chance (state, 250),
                         .sorted = chance (state, 500),
                         .latin1 = chance (state, 150),
                         .number_codes = chance (state, 300),
                         .delimiter = ",;\t"[draw (state) % 3],
                         .mark = '.',
                         .dates = &rx_date_formats[0] };
  if (kind->delimiter == ';')
    kind->mark = chance (state, 500) ? ',' : '.';
  if (chance (state, 300))
    kind->dates = &rx_date_formats[draw (state) % rx_n_date_formats];
}

static void
draw_file (struct rx_text *text, const struct kind *kind, uint64_t *state)
{
  static const char *const heads[]
      = { "", "", "\xEF\xBB\xBF", "# a comment\n", "\n\n" };
  rx_text_addz (text, PICK (state, heads));
  rx_text_addf (text, "person%cdate%catc%cddd%creason%csex%cborn%cnote%s",
                kind->delimiter, kind->delimiter, kind->delimiter,
                kind->delimiter, kind->delimiter, kind->delimiter,
                kind->delimiter, kind->crlf ? "\r\n" : "\n");
  for (size_t row = 0; row < kind->rows; row++)
    {
      if (chance (state, kind->irregular))
        add_irregular (text, kind, state);
      else
        add_row (text, kind, state, row);
      if (row + 1 < kind->rows || chance (state, 800))
        rx_text_addz (text, kind->crlf ? "\r\n" : "\n");
    }
}

static void
check_ways (const char *path, const struct rx_csv_format *format,
            const struct rx_register_columns *columns, uint64_t *state,
            const struct rx_text *file, size_t *n_good)
{
  struct rx_text referee = { 0 };
  ways_tell (&referee, path, format, columns,
             &(struct rx_register_how){ .threads = 1, .referee_only = true });
  *n_good += strstr (rx_text_string (&referee), " rows, ") != NULL;
  for (size_t i = 0; i < 4; i++)
    {
      struct rx_text other = { 0 };
      struct rx_register_how how
          = { .threads = 1 + draw (state) % 3,
              .chunk = i == 0 ? 0 : 1 + draw (state) % (i == 1 ? 60 : 2000),
              .marks = &rx_byte_marks[draw (state) % rx_n_byte_marks] };
      if (!how.marks->is_supported ())
        how.marks = NULL;
      ways_tell (&other, path, format, columns, &how);
      ck_assert_msg (
          strcmp (rx_text_string (&referee), rx_text_string (&other)) == 0,
          "%zu threads, chunk %zu:\n%s\nthe referee:\n%s\nthe file:\n%s",
          how.threads, how.chunk, rx_text_string (&other),
          rx_text_string (&referee), rx_text_string (file));
      rx_text_free (&other);
    }
  rx_text_free (&referee);
}

/* Part `_i` of the drawn files. */
START_TEST (drawn_files)
{
  enum
  {
    FILES = 120
  };
  static const char *const codes[] = { "", "NA", ".", "-9" };
  const struct rx_register_columns some[] = {
    { .person = "person",
      .date = "date",
      .drug = "atc",
      .amount = "ddd",
      .indication = "reason",
      .sex = "sex",
      .birth_year = "born" },
    { .person = "person", .date = "date", .drug = "atc", .amount = "ddd" },
    { .person = "person",
      .date = "date",
      .drug = "atc",
      .indication = "reason",
      .birth_year = "born" },
    { .person = "person",
      .date = "date",
      .drug = "atc",
      .amount = "ddd",
      .indication = "note",
      .sex = "sex" },
    { .person = "person", .date = "date", .drug = "person", .amount = "ddd" },
    { .person = "person",
      .date = "date",
      .drug = "atc",
      .amount = "ddd",
      .amount_times = "ddd" },
    { .person = "person",
      .date = "date",
      .drug = "atc",
      .amount = "ddd",
      .amount_times = "born" }
  };
  uint64_t state = 20260101 + (uint64_t)_i;
  size_t n_good = 0;
  for (size_t i = 0; i < FILES; i++)
    {
      struct kind kind;
      struct rx_text text = { 0 };
      draw_kind (&kind, &state);
      struct rx_csv_format format
          = { .decimal = kind.mark,
              .latin1 = kind.latin1,
              .dates = kind.dates,
              .missing = kind.number_codes ? codes : NULL,
              .n_missing = kind.number_codes ? 4 : 0 };
      draw_file (&text, &kind, &state);
      const char *path = scratch_write ("drawn.csv", text.data, text.length);
      check_ways (path, &format, &PICK (&state, some), &state, &text, &n_good);
      rx_text_free (&text);
    }
  /* that the files are neither all good nor all refused */
  ck_assert_uint_gt (n_good, FILES / 4);
  ck_assert_uint_lt (n_good, FILES);
}
END_TEST

/* ---- One thing at a time --------------------------------------------------
 */

/* Good rows, of which one has one other cell. */
static void
check_cell (const struct rx_csv_format *format, const char *date,
            size_t column, const char *cell, uint64_t *state, size_t *n_good)
{
  static const struct rx_register_columns all = { .person = "person",
                                                  .date = "date",
                                                  .drug = "atc",
                                                  .amount = "ddd",
                                                  .indication = "reason",
                                                  .sex = "sex",
                                                  .birth_year = "born" };
  enum
  {
    ROWS = 30,
    COLUMNS = 8
  };
  struct rx_text text = { 0 };
  size_t there = draw (state) % ROWS;
  rx_text_addz (&text, "person,date,atc,ddd,reason,sex,born,note\n");
  for (size_t row = 0; row < ROWS; row++)
    {
      const char *const cells[COLUMNS]
          = { row % 2 == 0 ? "7" : "person-with-a-long-name",
              date,
              "N02",
              "1.5",
              "G35",
              "F",
              "1950",
              "note" };
      for (size_t i = 0; i < COLUMNS; i++)
        rx_text_addf (&text, "%s%c",
                      row == there && i == column ? cell : cells[i],
                      i + 1 < COLUMNS ? ',' : '\n');
    }
  const char *path = scratch_write ("cell.csv", text.data, text.length);
  check_ways (path, format, &all, state, &text, n_good);
  rx_text_free (&text);
}

/* Every odd cell in every column, with dates as text and as numbers, with and
   without a missing code that is a number. */
START_TEST (one_odd_cell)
{
  static const char *const cells[] = { "",
                                       "NA",
                                       ".",
                                       "-9",
                                       " ",
                                       "x",
                                       "2013-02-30",
                                       "1,5",
                                       "\"1,5\"",
                                       "1e60",
                                       "inf",
                                       "1e17",
                                       "1e-11",
                                       "1700",
                                       "M",
                                       "1957",
                                       "2013-01-31",
                                       "1750-05-05",
                                       "\xe6",
                                       "\xc3\xa6",
                                       "\"\"",
                                       "\"open",
                                       "st\"ray",
                                       "\"a \"\"b\"\"\"",
                                       "\"a\nb\"",
                                       "a\rb",
                                       "33.33333333333333333333",
                                       "12345678901234567890",
                                       "3000000000",
                                       "99999",
                                       "-40000",
                                       "\xEF\xBB\xBF",
                                       "1,2" };
  static const char *const codes[] = { "", "NA", "-9" };
  const size_t n_cells = sizeof cells / sizeof cells[0];
  const bool as_number = _i & 1, with_codes = _i & 2;
  struct rx_csv_format format
      = { .dates = rx_date_format_find (as_number ? "sas" : "iso"),
          .missing = with_codes ? codes : NULL,
          .n_missing = with_codes ? 3 : 0 };
  uint64_t state = 20260101 + (uint64_t)_i;
  size_t n_good = 0;
  for (size_t i = 0; i < n_cells; i++)
    for (size_t column = 0; column < 8; column++)
      check_cell (&format, as_number ? "19389" : "2013-01-31", column,
                  cells[i], &state, &n_good);
  ck_assert_uint_gt (n_good, 8 * n_cells / 4);
  ck_assert_uint_lt (n_good, 8 * n_cells);
}
END_TEST

/* A chunk that ends inside the first cell: what follows looks like a row. */
START_TEST (lines_longer_than_chunks)
{
  static const struct rx_register_columns three
      = { .person = "person", .date = "date", .drug = "atc" };
  struct rx_text text = { 0 };
  uint64_t state = 5;
  size_t n_good = 0;
  rx_text_addz (&text, "person,date,atc\n");
  for (size_t i = 0; i < 40; i++)
    {
      rx_text_pad (&text, 'p', 60 + i);
      rx_text_addf (&text, "%zu,2012-01-01,A\n", i % 7);
    }
  const char *path = scratch_write ("long.csv", text.data, text.length);
  for (size_t i = 0; i < 30; i++)
    check_ways (path, NULL, &three, &state, &text, &n_good);
  ck_assert_uint_eq (n_good, 30);
  rx_text_free (&text);
}
END_TEST

/* ---- Files of a kind ---------------------------------------------------- */

static const struct rx_register_columns FOUR
    = { .person = "person", .date = "date", .drug = "atc", .amount = "ddd" };

/* Reads the same text plain and compressed, whole and cut short. */
START_TEST (compressed)
{
  struct rx_text text = { 0 };
  uint64_t state = 7;
  size_t n_good = 0;
  rx_text_addz (&text, "person,date,atc,ddd\n");
  for (size_t i = 0; i < 30000; i++)
    rx_text_addf (&text, "%d,2012-02-%02d,A%d,%d.5\n",
                  (int)(draw (&state) % 999), (int)(1 + i % 28),
                  (int)(draw (&state) % 20), (int)(i % 50));
  const char *path = scratch_path ("whole.csv.gz");
  gzFile gz = gzopen (path, "wb");
  ck_assert_ptr_nonnull (gz);
  ck_assert_int_eq (gzwrite (gz, text.data, (unsigned)text.length),
                    (int)text.length);
  ck_assert_int_eq (gzclose (gz), Z_OK);
  check_ways (path, NULL, &FOUR, &state, &text, &n_good);
  ck_assert_uint_eq (n_good, 1);

  FILE *file = fopen (path, "rb");
  ck_assert_ptr_nonnull (file);
  char *bytes = malloc (text.length);
  ck_assert_ptr_nonnull (bytes);
  size_t size = fread (bytes, 1, text.length, file);
  fclose (file);
  path = scratch_write ("cut.csv.gz", bytes, size - 100);
  check_ways (path, NULL, &FOUR, &state, &text, &n_good);
  bytes[size / 2] ^= 0x55;
  path = scratch_write ("damaged.csv.gz", bytes, size);
  check_ways (path, NULL, &FOUR, &state, &text, &n_good);
  ck_assert_uint_eq (n_good, 1);
  free (bytes);
  rx_text_free (&text);
}
END_TEST

/* One row too many codes: the complaint names the same line. */
START_TEST (too_many_codes)
{
  struct rx_text text = { 0 }, told = { 0 };
  uint64_t state = 11;
  size_t n_good = 0;
  rx_text_addz (&text, "person,date,atc,ddd\n");
  for (int i = 0; i < 65540; i++)
    rx_text_addf (&text, "%d,2012-02-01,D%d,1\n%d,2012-02-02,D0,1\n", i % 9, i,
                  i % 7);
  const char *path = scratch_write ("codes.csv", text.data, text.length);
  check_ways (path, NULL, &FOUR, &state, &text, &n_good);
  ways_tell (&told, path, NULL, &FOUR, &(struct rx_register_how){ 0 });
  ck_assert_ptr_nonnull (strstr (rx_text_string (&told),
                                 ":131074: atc: found \"D65536\", expected "
                                 "65536 different codes at the most"));
  ck_assert_uint_eq (n_good, 0);
  rx_text_free (&text);
  rx_text_free (&told);
}
END_TEST

/* ---- Threads ------------------------------------------------------------ */

struct counting
{
  int done[1000];
  size_t fails_from; /* items from here on fail */
};

static enum rx_status
count_item (void *context, size_t item, size_t thread, struct rx_error *err)
{
  struct counting *counting = context;
  (void)thread;
  counting->done[item]++;
  return item < counting->fails_from
             ? RX_OK
             : rx_fail (err, RX_EDATA, "item %zu", item);
}

START_TEST (every_item_once)
{
  for (size_t threads = 0; threads < 5; threads++)
    for (size_t n = 0; n <= 1000; n += 250)
      {
        struct counting counting = { .fails_from = 1000 };
        struct rx_error err = { RX_OK, "" };
        ck_assert_int_eq (
            rx_threads_for (n, threads, count_item, &counting, &err), RX_OK);
        for (size_t i = 0; i < 1000; i++)
          ck_assert_int_eq (counting.done[i], i < n);
      }
}
END_TEST

/* The item that fails on one thread, however many there are. */
START_TEST (first_failure)
{
  for (size_t threads = 1; threads < 5; threads++)
    for (size_t from = 0; from < 1000; from += 37)
      {
        struct counting counting = { .fails_from = from };
        struct rx_error err = { RX_OK, "" };
        char expected[40];
        snprintf (expected, sizeof expected, "item %zu", from);
        ck_assert_int_eq (
            rx_threads_for (1000, threads, count_item, &counting, &err),
            RX_EDATA);
        ck_assert_int_eq (err.status, RX_EDATA);
        ck_assert_str_eq (err.message, expected);
        for (size_t i = 0; i < from; i++)
          ck_assert_int_eq (counting.done[i], 1);
      }
}
END_TEST

START_TEST (number_of_threads)
{
  rx_threads_set (3);
  ck_assert_uint_eq (rx_threads (), 3);
  rx_threads_set (1000000);
  ck_assert_uint_eq (rx_threads (), RX_THREADS_MOST);
  rx_threads_set (0);
  ck_assert_uint_ge (rx_threads (), 1);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("register ways");
  TCase *tests = tcase_create ("register ways");
  tcase_set_timeout (tests, 120);
  tcase_add_checked_fixture (tests, scratch_make, scratch_remove);
  tcase_add_test (tests, marks_are_all_found);
  tcase_add_loop_test (tests, drawn_files, 0, 8);
  tcase_add_loop_test (tests, one_odd_cell, 0, 4);
  tcase_add_test (tests, lines_longer_than_chunks);
  tcase_add_test (tests, compressed);
  tcase_add_test (tests, too_many_codes);
  tcase_add_test (tests, every_item_once);
  tcase_add_test (tests, first_failure);
  tcase_add_test (tests, number_of_threads);
  suite_add_tcase (suite, tests);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
