/* check_writers.c: rows written, and read back where a format can be. */
#define _GNU_SOURCE /* strcasestr */
#include "base/number.h"
#include "methods/selection.h"
#include "report/wide.h"
#include "report/writer.h"

#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what is written -------------------------------------------------- */

/* One row per claim about a text or a number that is hard to write. */
static const struct
{
  const char *endpoint;
  double estimate;
} cases[] = {
  { "PEF", 45.384615384615387 },
  { "Søvn og våkenhet", 0.1 },
  { "", NAN }, /* nothing to say at all */
  { "a \"quoted\" name", 1.0 / 3 },
  { "\"quoted\"", -1e-7 },
  { "# no comment", 1e21 },
  { "back\\slash", 123456789012345680000.0 },
  { "half|split", INFINITY },
  { "<i>", -INFINITY },
  { "comma, semicolon; end", 5e-324 },
  { "it's", 1.7976931348623157e308 },
  { "*", 9007199254740993.0 },
};

enum
{
  N_CASES = sizeof cases / sizeof cases[0]
};

static void
add_row (struct rx_rows *rows, struct rx_row row)
{
  struct rx_error err;
  ck_assert_int_eq (rx_rows_add (rows, &row, &err), RX_OK);
}

static void
make_rows (struct rx_rows *rows)
{
  struct rx_error err;
  rows->study = "study";
  for (size_t i = 0; i < N_CASES; i++)
    {
      struct rx_row row = rx_row_blank ();
      rows->analysis = i < N_CASES / 2 ? "first" : "second";
      row.endpoint = cases[i].endpoint;
      row.method = "paired-t";
      row.term = "treatment";
      row.n = (double)i;
      row.estimate = cases[i].estimate;
      row.p_value = 0.04;
      row.note = i % 2 == 0 ? "" : "exact; ties";
      add_row (rows, row);
      row.p_adjusted = 0.08;
      row.method = "koch-exact";
      add_row (rows, row);
    }
  ck_assert_int_eq (rx_rows_remark (rows, true, &err, "Beware: %d%%", 5),
                    RX_OK);
  rows->analysis = "first";
  ck_assert_int_eq (rx_rows_remark (rows, false, &err, "1 left out [8]: ok"),
                    RX_OK);
  rows->analysis = NULL;
  ck_assert_int_eq (rx_rows_remark (rows, false, &err, "On [all]: this"),
                    RX_OK);
  rows->study = NULL;
}

static void
make_provenance (struct rx_provenance *prov)
{
  struct rx_error err;
  char *argv[] = { (char[]){ "recross" }, (char[]){ "crossover" },
                   (char[]){ "my trial.csv" } };
  ck_assert_int_eq (rx_provenance_command (prov, 3, argv, &err), RX_OK);
  ck_assert_int_eq (rx_provenance_setting (prov, "level", "0.95", &err),
                    RX_OK);
  ck_assert_int_eq (rx_provenance_setting (prov, "adjust", "", &err), RX_OK);
  ck_assert_int_eq (
      rx_provenance_input (prov, "my trial.csv", "00ff", false, &err), RX_OK);
}

static void
write_rows (const char *format, struct rx_text *out,
            const struct rx_rows *rows, const struct rx_provenance *prov)
{
  const struct rx_writer *writer = rx_writer_find (format);
  ck_assert_ptr_nonnull (writer);
  writer->write (out, rows, &(struct rx_writing){ .prov = prov });
  ck_assert (!out->failed);
}

static void
assert_holds (const struct rx_text *text, const char *part)
{
  ck_assert_msg (strstr (rx_text_string (text), part) != NULL, "not found: %s",
                 part);
}

/* ---- files ------------------------------------------------------------ */

struct aside
{
  char path[64];
};

static struct aside
save (const char *bytes, size_t length)
{
  struct aside file = { "/tmp/recross-writers-XXXXXX" };
  int fd = mkstemp (file.path);
  ck_assert_int_ge (fd, 0);
  FILE *stream = fdopen (fd, "wb");
  ck_assert_ptr_nonnull (stream);
  ck_assert_uint_eq (fwrite (bytes, 1, length, stream), length);
  ck_assert_int_eq (fclose (stream), 0);
  return file;
}

static enum rx_status
read_text (struct rx_rows *rows, const char *text, struct rx_error *err)
{
  struct aside file = save (text, strlen (text));
  enum rx_status status = rx_rows_read (rows, file.path, err);
  unlink (file.path);
  return status;
}

/* ---- TSV -------------------------------------------------------------- */

static void
check_round_trip (bool synthetic, const struct rx_provenance *prov)
{
  struct rx_rows rows = { 0 }, again = { 0 };
  struct rx_text out = { 0 }, second = { 0 };
  struct rx_error err = { 0 };
  make_rows (&rows);
  rows.synthetic = synthetic;
  write_rows ("tsv", &out, &rows, prov);
  ck_assert_msg (read_text (&again, rx_text_string (&out), &err) == RX_OK,
                 "%s", err.message);
  ck_assert_uint_eq (again.n, rows.n);
  ck_assert (again.synthetic == synthetic);
  write_rows ("tsv", &second, &again, prov);
  ck_assert_str_eq (rx_text_string (&out), rx_text_string (&second));
  for (size_t i = 0; i < rows.n; i++)
    ck_assert_str_eq (rows.row[i].endpoint, again.row[i].endpoint);
  rx_text_free (&out);
  rx_text_free (&second);
  rx_rows_free (&rows);
  rx_rows_free (&again);
}

/* Every number NaN, every text empty but the group. */
START_TEST (blank_row)
{
  struct rx_row row = rx_row_blank ();
  for (size_t c = 0; c < rx_row_n_columns; c++)
    {
      const struct rx_row_column *column = &rx_row_columns[c];
      bool is_group = strcmp (column->name, "group") == 0;
      if (column->is_number)
        ck_assert (isnan (rx_row_number (&row, column)));
      else
        ck_assert_str_eq (rx_row_text (&row, column), is_group ? "all" : "");
    }
}
END_TEST

START_TEST (tsv_reads_back_to_the_same_bytes)
{
  struct rx_provenance prov = { 0 };
  make_provenance (&prov);
  check_round_trip (false, NULL);
  check_round_trip (true, NULL);
  check_round_trip (false, &prov);
  check_round_trip (true, &prov);
  rx_provenance_free (&prov);
}
END_TEST

START_TEST (tsv_without_provenance_starts_with_its_header)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  make_rows (&rows);
  write_rows ("tsv", &out, &rows, NULL);
  ck_assert_int_eq (strncmp (rx_text_string (&out), "study\tanalysis\t", 15),
                    0);
  rx_text_clear (&out);
  rows.synthetic = true;
  write_rows ("tsv", &out, &rows, NULL);
  const char *head = "# synthetic: not patient data\nstudy\t";
  ck_assert_int_eq (strncmp (rx_text_string (&out), head, strlen (head)), 0);
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (tsv_keeps_a_cell_in_its_place)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  struct rx_row row = rx_row_blank ();
  row.endpoint = "two\tcells\nand\r lines";
  row.note = "latin \xE6";
  add_row (&rows, row);
  write_rows ("tsv", &out, &rows, NULL);
  assert_holds (&out, "\ttwo cells and  lines\t\tall\t");
  assert_holds (&out, "\tlatin \xEF\xBF\xBD\n");
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

/* The header and one row, with a column taken out or a cell changed. */
static void
make_file (struct rx_text *out, const char *without, const char *column,
           const char *cell)
{
  for (int line = 0; line < 2; line++)
    for (size_t i = 0; i < rx_row_n_columns; i++)
      {
        const char *name = rx_row_columns[i].name;
        const char *text = rx_row_columns[i].is_number ? "1" : "x";
        text = strcmp (name, column) == 0 ? cell : text;
        if (strcmp (name, without) != 0)
          rx_text_addz (out, line == 0 ? name : text);
        rx_text_addc (out, i + 1 == rx_row_n_columns ? '\n' : '\t');
      }
}

static const struct
{
  const char *without, *column, *cell, *words; /* NULL: reads well */
} files[] = {
  { "", "estimate", "2.5e-3", NULL },
  { "", "conf_high", "Inf", NULL },
  { "", "conf_low", "-Inf", NULL },
  { "", "estimate", "", ":2: estimate: found \"\", expected a number or NA" },
  { "", "df", "1,5", ":2: df: found \"1,5\", expected a number or NA" },
  { "", "p_value", "nan", ":2: p_value: found \"nan\"" },
  { "", "n", "0x10", ":2: n: found \"0x10\"" },
};

START_TEST (tsv_refuses_what_is_no_number)
{
  struct rx_rows rows = { 0 };
  struct rx_text text = { 0 };
  struct rx_error err = { 0 };
  make_file (&text, files[_i].without, files[_i].column, files[_i].cell);
  enum rx_status status = read_text (&rows, rx_text_string (&text), &err);
  ck_assert_int_eq (status, files[_i].words == NULL ? RX_OK : RX_EDATA);
  if (files[_i].words != NULL)
    ck_assert_msg (strstr (err.message, files[_i].words) != NULL, "%s",
                   err.message);
  rx_text_free (&text);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (tsv_names_the_column_that_is_not_there)
{
  for (size_t i = 0; i < rx_row_n_columns; i++)
    {
      const char *name = rx_row_columns[i].name;
      struct rx_rows rows = { 0 };
      struct rx_text text = { 0 };
      struct rx_error err = { 0 };
      /* renamed, not dropped, so that the header has no empty name */
      make_file (&text, "", "", "");
      char *at = strstr (text.data, name);
      ck_assert_ptr_nonnull (at);
      while (at > text.data && at[-1] != '\t')
        at = strstr (at + 1, name);
      at[0] = '_';
      ck_assert_int_eq (read_text (&rows, text.data, &err), RX_EDATA);
      ck_assert_msg (strstr (err.message, name) != NULL, "%s", err.message);
      rx_text_free (&text);
      rx_rows_free (&rows);
    }
}
END_TEST

START_TEST (tsv_takes_columns_in_any_order_and_more_of_them)
{
  struct rx_rows rows = { 0 };
  struct rx_text text = { 0 };
  struct rx_error err = { 0 };
  rx_text_addz (&text, "# remark [pef]: one left out\nextra");
  for (size_t i = rx_row_n_columns; i-- > 0;)
    rx_text_addf (&text, "\t%s", rx_row_columns[i].name);
  rx_text_addz (&text, "\nmine");
  for (size_t i = rx_row_n_columns; i-- > 0;)
    rx_text_addf (&text, "\t%s%zu", rx_row_columns[i].is_number ? "" : "c", i);
  rx_text_addc (&text, '\n');
  ck_assert_int_eq (read_text (&rows, rx_text_string (&text), &err), RX_OK);
  ck_assert_uint_eq (rows.n, 1);
  ck_assert_str_eq (rows.row[0].endpoint, "c2");
  ck_assert (rows.row[0].n == 7);
  ck_assert_str_eq (rows.row[0].note, "c18");
  ck_assert_uint_eq (rows.n_remarks, 1);
  ck_assert_str_eq (rows.remark[0].analysis, "pef");
  ck_assert_str_eq (rows.remark[0].text, "one left out");
  rx_text_free (&text);
  rx_rows_free (&rows);
}
END_TEST

/* ---- JSON ------------------------------------------------------------- */

static double
json_value (const json_t *value)
{
  double x;
  if (json_is_null (value))
    return NAN;
  if (json_is_string (value))
    return strcmp (json_string_value (value), "Inf") == 0 ? INFINITY
                                                          : -INFINITY;
  ck_assert (json_is_number (value));
  x = json_number_value (value);
  return x;
}

static void
assert_same_row (json_t *object, const struct rx_row *row)
{
  size_t at = 0;
  const char *key;
  json_t *value;
  json_object_foreach (object, key, value)
  {
    const struct rx_row_column *column = &rx_row_columns[at++];
    ck_assert_str_eq (key, column->name);
    if (!column->is_number)
      {
        ck_assert_str_eq (json_string_value (value),
                          rx_row_text (row, column));
        continue;
      }
    double want = rx_row_number (row, column), got = json_value (value);
    ck_assert_msg (memcmp (&want, &got, sizeof want) == 0
                       || (isnan (want) && isnan (got)),
                   "%s: %.17g, not %.17g", key, got, want);
  }
  ck_assert_uint_eq (at, rx_row_n_columns);
}

START_TEST (json_holds_the_same_doubles)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  json_error_t error;
  make_rows (&rows);
  write_rows ("json", &out, &rows, NULL);
  json_t *root
      = json_loads (rx_text_string (&out), JSON_REJECT_DUPLICATES, &error);
  ck_assert_msg (root != NULL, "%d: %s", error.line, error.text);
  ck_assert_uint_eq (json_object_size (json_object_get (root, "recross")), 0);
  json_t *array = json_object_get (root, "rows");
  ck_assert_uint_eq (json_array_size (array), rows.n);
  for (size_t i = 0; i < rows.n; i++)
    assert_same_row (json_array_get (array, i), &rows.row[i]);
  json_decref (root);
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (json_says_where_it_comes_from)
{
  struct rx_rows rows = { 0 };
  struct rx_provenance prov = { 0 };
  struct rx_text out = { 0 };
  make_rows (&rows);
  rows.synthetic = true;
  make_provenance (&prov);
  write_rows ("json", &out, &rows, &prov);
  json_t *root = json_loads (rx_text_string (&out), 0, NULL);
  const char *command = NULL, *level = NULL, *file = NULL;
  int synthetic = 0;
  json_t *inputs = NULL, *remarks = NULL;
  ck_assert_int_eq (json_unpack (root, "{s:{s:s, s:{s:s}, s:o, s:b, s:o}}",
                                 "recross", "command", &command, "options",
                                 "level", &level, "inputs", &inputs,
                                 "synthetic", &synthetic, "remarks", &remarks),
                    0);
  ck_assert_str_eq (command, "recross crossover 'my trial.csv'");
  ck_assert_str_eq (level, "0.95");
  ck_assert_int_ne (synthetic, 0);
  ck_assert_int_eq (json_unpack (inputs, "[{s:s}]", "file", &file), 0);
  ck_assert_str_eq (file, "my trial.csv");
  ck_assert_uint_eq (json_array_size (remarks), 3);
  json_decref (root);
  rx_text_free (&out);
  rx_rows_free (&rows);
  rx_provenance_free (&prov);
}
END_TEST

START_TEST (json_of_no_rows_and_of_bad_bytes_is_json)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  write_rows ("json", &out, &rows, NULL);
  json_t *root = json_loads (rx_text_string (&out), 0, NULL);
  ck_assert_ptr_nonnull (root);
  json_decref (root);

  struct rx_row row = rx_row_blank ();
  row.endpoint = "bad \xFF\x01\x7F \xC3";
  add_row (&rows, row);
  rx_text_clear (&out);
  write_rows ("json", &out, &rows, NULL);
  root = json_loads (rx_text_string (&out), 0, NULL);
  ck_assert_ptr_nonnull (root);
  json_decref (root);
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

/* ---- for people ------------------------------------------------------- */

START_TEST (text_names_every_endpoint)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  make_rows (&rows);
  write_rows ("text", &out, &rows, NULL);
  for (size_t i = 0; i < N_CASES; i++)
    assert_holds (&out, cases[i].endpoint);
  assert_holds (&out, "first (study)\n=============\n");
  assert_holds (&out, "\nsecond (study)\n==============\n");
  assert_holds (&out, "paired-t");
  assert_holds (&out, "Warning: Beware: 5%");
  assert_holds (&out, "Remark: On [all]: this");
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (text_rounds_by_the_standard_error)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  struct rx_row row = rx_row_blank ();
  row.method = "lmm-kr";
  row.term = "treatment";
  row.estimate = 45.384615384615387;
  row.std_error = 11.275;
  row.df = 23.8412;
  row.statistic = 4.0251;
  row.p_value = 0.00051;
  row.conf_level = 0.95;
  row.conf_low = -0.001;
  row.conf_high = 69.95;
  add_row (&rows, row);
  write_rows ("text", &out, &rows, NULL);
  assert_holds (&out, "45.4  11.3   0.0 to 70.0  23.8       4.03  < 0.001");
  assert_holds (&out, "95% interval");
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

/* Long names and notes, and every number: still no line beyond the page. */
START_TEST (text_keeps_to_the_page)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  struct rx_row row = rx_row_blank ();
  row.endpoint = "PEF";
  row.method = "wilcoxon-signed-rank-exact";
  row.term = "treatment";
  row.note = "exact; ties; zeros-dropped 3; a note of some length; improved";
  for (size_t i = 0; i < rx_row_n_columns; i++)
    if (rx_row_columns[i].is_number)
      memcpy ((char *)&row + rx_row_columns[i].offset, &(double){ -1234.5678 },
              sizeof (double));
  row.std_error = 12.345;
  row.n = 12345;
  row.df_num = 2;
  row.df = 1234.5678;
  row.conf_level = 0.95;
  row.p_value = row.p_adjusted = 0.000123;
  add_row (&rows, row);
  write_rows ("text", &out, &rows, NULL);
  for (char *line = strtok (out.data, "\n"); line != NULL;
       line = strtok (NULL, "\n"))
    ck_assert_msg (rx_text_width (line) <= 100, "%s", line);
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (text_puts_a_mean_and_its_deviation_on_one_line)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  struct rx_row row = rx_row_blank ();
  row.method = "describe";
  row.term = "AB/1/A";
  row.n = 7;
  row.estimate = 337.142857;
  row.std_error = 24.6;
  add_row (&rows, row);
  row.term = "sd:AB/1/A";
  row.estimate = 65.123;
  row.std_error = NAN;
  add_row (&rows, row);
  row.method = "profiles";
  row.term = "8/1/A";
  row.group = "AB";
  add_row (&rows, row);
  write_rows ("text", &out, &rows, NULL);
  assert_holds (&out, "AB/1/A  7  337.1  24.6  65.1\n");
  assert_holds (&out, "Not shown: 1 single value (method profiles).");
  ck_assert_ptr_null (strstr (rx_text_string (&out), "sd:"));
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (text_sets_groups_side_by_side)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  struct rx_row row = rx_row_blank ();
  static const char *const groups[] = { "x1", "x4+" };
  row.endpoint = "dmt";
  row.measure = "users";
  row.term = "change";
  row.note = "unit=%; exact; better=lower";
  for (size_t i = 0; i < 4; i++)
    {
      row.group = groups[i / 2];
      row.method = i % 2 == 0 ? "mcnemar" : "mcnemar-exact";
      row.estimate = -0.125;
      row.std_error = 0.0625 / (double)(1 + i); /* 4 and 3 digits: 4 */
      add_row (&rows, row);
    }
  write_rows ("text", &out, &rows, NULL);
  assert_holds (&out,
                "dmt, users\n\n  group  method         term    estimate");
  assert_holds (&out, "  x1     mcnemar        change   -0.1250  0.0625  "
                      "exact\n         mcnemar-exact  change   -0.1250");
  assert_holds (&out, "\n  x4+    mcnemar        change   -0.1250");
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

START_TEST (markdown_names_every_endpoint_and_keeps_all_digits)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  char number[RX_NUMBER_SIZE];
  make_rows (&rows);
  write_rows ("markdown", &out, &rows, NULL);
  for (size_t i = 0; i < N_CASES; i++)
    {
      if (strpbrk (cases[i].endpoint, "\\|*<>#") == NULL)
        assert_holds (&out, cases[i].endpoint);
      if (!isnan (cases[i].estimate))
        assert_holds (&out, rx_number_print (number, cases[i].estimate));
    }
  assert_holds (&out, "| half\\|split |");
  assert_holds (&out, "| \\<i\\> |");
  assert_holds (&out, "- **Warning:** Beware: 5%\n");
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

/* ---- all of them ------------------------------------------------------ */

START_TEST (every_writer_says_what_is_synthetic_and_manages_without_rows)
{
  struct rx_rows none = { 0 }, rows = { 0 };
  make_rows (&rows);
  rows.synthetic = true;
  ck_assert_ptr_null (rx_writer_find ("docx"));
  for (size_t i = 0; i < rx_n_writers; i++)
    {
      struct rx_text out = { 0 };
      ck_assert (rx_writer_find (rx_writers[i]->name) == rx_writers[i]);
      rx_writers[i]->write (&out, &none, &(struct rx_writing){ 0 });
      ck_assert (!out.failed);
      ck_assert_uint_gt (out.length, 0);
      rx_text_clear (&out);
      rx_writers[i]->write (&out, &rows, &(struct rx_writing){ 0 });
      ck_assert_msg (strcasestr (out.data, "synthetic") != NULL, "%s",
                     rx_writers[i]->name);
      rx_text_free (&out);
    }
  rx_rows_free (&rows);
}
END_TEST

START_TEST (rows_of_one_analysis_come_together)
{
  struct rx_rows rows = { 0 };
  struct rx_text out = { 0 };
  struct rx_row row = rx_row_blank ();
  static const char *const order[] = { "z", "a", "z", "m", "a" };
  row.method = "paired-t";
  row.term = "treatment";
  for (size_t i = 0; i < 5; i++)
    {
      row.analysis = order[i];
      row.endpoint = i % 2 == 0 ? "one" : "two";
      row.estimate = (double)i + 0.25;
      add_row (&rows, row);
    }
  write_rows ("markdown", &out, &rows, NULL);
  static const char *const wanted[] = { "## z\n", "0.25", "2.25",   "## a\n",
                                        "1.25",   "4.25", "## m\n", "3.25" };
  const char *at = rx_text_string (&out);
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
    {
      at = strstr (at, wanted[i]);
      ck_assert_msg (at != NULL, "%s is not where it should be", wanted[i]);
    }
  rx_text_free (&out);
  rx_rows_free (&rows);
}
END_TEST

/* A row of the wide table below: endpoint, measure, group, method, estimate,
   interval, p-value. */
static const struct
{
  const char *endpoint, *measure, *group, *method;
  double n, estimate, low, high, p;
} wide_rows[] = {
  { "opioids", "users", "x1", "mcnemar", 40, -0.125, -0.25, 0.0004, 0.051 },
  { "opioids", "users", "x4+", "mcnemar", 60, -0.25, -0.5, -0.04, 0.0001 },
  { "opioids", "ddd", "x1", "paired-t", 40, 0.004, -1, 1, 0.9 },
  { "opioids", "ddd", "x4+", "paired-t", 60, -41.26, -50, -30, 0.002 },
  { "steroids", "ddd", "x4+", "paired-t", 60, NAN, NAN, NAN, NAN },
  { "opioids", "ddd", "x4+", "mcnemar-exact", 60, 9, 9, 9, 0.5 },
};

/* Endpoints down, groups across, in the order asked for; printed cells above
   those of the rows, a dash where either is not there, percentage points, and
   the star of the first method that has a p-value. */
START_TEST (text_lays_rows_out_as_a_paper_does)
{
  static const char *const columns[] = { "population", "x4+", "x1" };
  static const char *const measures[] = { "ddd", "users" };
  static const char *const users[] = { "users" };
  static const char *const methods[] = { "mcnemar-exact", "paired-t" };
  static const char *const expected[] = {
    "Table 4 (study)\n",
    "  endpoint  measure  numbers     population                       "
    "          x4+                               x1\n",
    "  persons            published            -                       "
    "           61                                -\n",
    "                     recomputed           -                       "
    "           60                               40\n",
    "  opioids   ddd      published          9.4                       "
    "          -41                        no change\n",
    "                     recomputed           -  -41.3 (-50.0 to -30.0"
    "), p = 0.0020     0.0 (-1.0 to 1.0), p = 0.900\n",
    "            users    recomputed           -    -25.0 (-50.0 to -4."
    "0), p < 0.001  -12.5 (-25.0 to 0.0), p = 0.051\n",
    "  steroids  ddd      recomputed           -                       "
    "           NA                                -\n",
    "published: as printed in Nobody 1999. -: ",
    "users: percentage points\n",
  };
  const struct rx_wide_print print[] = {
    { "persons", "", "x4+", "61", "Nobody 1999", { NULL, 0, 0, NULL } },
    { "opioids",
      "ddd",
      "population",
      "9.4",
      "Nobody 1999",
      { NULL, 0, 0, NULL } },
    { "opioids", "ddd", "x4+", "-41", "Nobody 1999", { NULL, 0, 0, NULL } },
    { "opioids",
      "ddd",
      "x1",
      "no change",
      "Nobody 1999",
      { NULL, 0, 0, NULL } },
  };
  const struct rx_wide wide = { .title = "Table 4",
                                .across = rx_selection_column ("group"),
                                .columns = { columns, 3 },
                                .measures = { measures, 2 },
                                .interval = true,
                                .p = true,
                                .decimals = 1,
                                .percent = { users, 1 },
                                .counts = true,
                                .star_below = 0.05,
                                .star_methods = { methods, 2 } };
  struct rx_rows all = { 0 }, part = { 0 };
  struct rx_text out = { 0 };
  struct rx_sheet sheet;
  struct rx_error err;
  size_t n = sizeof wide_rows / sizeof wide_rows[0];
  for (size_t i = 0; i < n; i++)
    {
      struct rx_row row = rx_row_blank ();
      row.study = "study";
      row.endpoint = wide_rows[i].endpoint;
      row.measure = wide_rows[i].measure;
      row.group = wide_rows[i].group;
      row.method = wide_rows[i].method;
      row.n = wide_rows[i].n;
      row.estimate = wide_rows[i].estimate;
      row.conf_low = wide_rows[i].low;
      row.conf_high = wide_rows[i].high;
      row.p_value = wide_rows[i].p;
      add_row (&all, row);
      if (i + 1 < n) /* the last is for its p-value alone */
        add_row (&part, row);
    }
  ck_assert_int_eq (rx_wide_sheet (&wide, "t", &part, &all, print,
                                   sizeof print / sizeof print[0], &sheet,
                                   &err),
                    RX_OK);
  rx_writer_find ("text")->sheet (&out, &sheet,
                                  &(struct rx_writing){ .prov = NULL });
  ck_assert (!out.failed);
  for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
    assert_holds (&out, expected[i]);
  /* the p-value of mcnemar-exact, 0.5, comes before that of paired-t */
  ck_assert_ptr_null (strchr (rx_text_string (&out), '*'));
  rx_text_free (&out);
  rx_sheet_free (&sheet);
  rx_rows_free (&all);
  rx_rows_free (&part);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("writers");
  TCase *tcase = tcase_create ("all");
  tcase_add_test (tcase, blank_row);
  tcase_add_test (tcase, tsv_reads_back_to_the_same_bytes);
  tcase_add_test (tcase, tsv_without_provenance_starts_with_its_header);
  tcase_add_test (tcase, tsv_keeps_a_cell_in_its_place);
  tcase_add_loop_test (tcase, tsv_refuses_what_is_no_number, 0,
                       (int)(sizeof files / sizeof files[0]));
  tcase_add_test (tcase, tsv_names_the_column_that_is_not_there);
  tcase_add_test (tcase, tsv_takes_columns_in_any_order_and_more_of_them);
  tcase_add_test (tcase, json_holds_the_same_doubles);
  tcase_add_test (tcase, json_says_where_it_comes_from);
  tcase_add_test (tcase, json_of_no_rows_and_of_bad_bytes_is_json);
  tcase_add_test (tcase, text_names_every_endpoint);
  tcase_add_test (tcase, text_rounds_by_the_standard_error);
  tcase_add_test (tcase, text_keeps_to_the_page);
  tcase_add_test (tcase, text_puts_a_mean_and_its_deviation_on_one_line);
  tcase_add_test (tcase, text_sets_groups_side_by_side);
  tcase_add_test (tcase, text_lays_rows_out_as_a_paper_does);
  tcase_add_test (tcase, markdown_names_every_endpoint_and_keeps_all_digits);
  tcase_add_test (
      tcase, every_writer_says_what_is_synthetic_and_manages_without_rows);
  tcase_add_test (tcase, rows_of_one_analysis_come_together);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_ENV);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
