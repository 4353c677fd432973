/* check_schema.c: schemas that are refused, and files that break theirs. */
#include "base/text.h"
#include "data/schema.h"

#include "scratch.h"

/* The message without the path of the scratch folder, wherever it stands. */
static const char *
without_folder (const char *message)
{
  static struct rx_text out;
  size_t n = strlen (scratch_folder);
  rx_text_clear (&out);
  for (const char *at = message; *at != '\0';)
    if (strncmp (at, scratch_folder, n) == 0)
      at += n + 1;
    else
      rx_text_addc (&out, *at++);
  return rx_text_string (&out);
}

static const char full[]
    = "schema: 1\n"
      "file: d.csv\n"
      "title: A trial\n"
      "source: by hand\n"
      "missing: [\"\", NA, -9]\n"
      "key: [subject, period]\n"
      "columns:\n"
      "  - {name: subject, type: text}\n"
      "  - {name: sequence, type: category, values: [FS, SF, NO]}\n"
      "  - {name: period, type: integer, min: 1, max: 2}\n"
      "  - {name: pef, type: number, min: 0, unit: L/min, optional: true,\n"
      "     description: peak flow}\n"
      "  - {name: day, type: date, min: 2013-01-01}\n";

#define HEADER "subject,sequence,period,pef,day\n"

static const struct
{
  const char *data, *message; /* "": fine */
  size_t rows;
} files[] = {
  { HEADER "a,FS,1,310.5,2013-01-31\na,NO,2,NA,2014-02-28\n", "", 2 },
  { HEADER "a,FS,1,-9,2013-01-31\na,FS,2,,2013-01-31\n", "", 2 },
  { "day,pef,period,sequence,subject\n2013-01-01,1e2,1,SF,b\n", "", 1 },
  { HEADER, "", 0 },
  { HEADER "a,FS,3,1,2013-01-31\n",
    "d.csv:2: period: found \"3\", expected a whole number from 1 to 2", 0 },
  { HEADER "a,FS,1.5,1,2013-01-31\n",
    "d.csv:2: period: found \"1.5\", expected a whole number from 1 to 2", 0 },
  { HEADER "a,fs,1,1,2013-01-31\n",
    "d.csv:2: sequence: found \"fs\", expected one of FS, SF, NO", 0 },
  { HEADER "a,FS,1,x,2013-01-31\n",
    "d.csv:2: pef: found \"x\", expected a number, at least 0", 0 },
  { HEADER "a,FS,1,-1,2013-01-31\n",
    "d.csv:2: pef: found \"-1\", expected a number, at least 0", 0 },
  { HEADER "a,FS,1,1,2013-02-30\n",
    "d.csv:2: day: found \"2013-02-30\", expected a date (YYYY-MM-DD), "
    "at least 2013-01-01",
    0 },
  { HEADER "a,FS,1,1,2012-12-31\n",
    "d.csv:2: day: found \"2012-12-31\", expected a date (YYYY-MM-DD), "
    "at least 2013-01-01",
    0 },
  { HEADER "\n,FS,1,1,2013-01-31\n",
    "d.csv:3: subject: found \"\", expected a text (the column is not "
    "optional)",
    0 },
  { HEADER "a,FS,NA,1,2013-01-31\n",
    "d.csv:2: period: found \"NA\", expected a whole number from 1 to 2 (the "
    "column is not optional)",
    0 },
  { HEADER "a,FS,1,1,2013-01-31\nb,FS,1,1,2013-01-31\n"
           "\"a\", FS ,01,2,2013-01-31\n",
    "d.csv:4: subject, period: found \"a\", \"01\" again (first on line 2)",
    3 },
  { "subject,sequence,period,PEF,day\n",
    "d.csv:1: a declared column is not here: \"pef\" (schema s.yaml); is it "
    "\"PEF\"?",
    0 },
  { "subject,sequence,period,pef,day,kg\n",
    "d.csv:1: a column is not declared: \"kg\" (schema s.yaml)", 0 },
  { "# synthetic\n" HEADER,
    "d.csv: the file says it is synthetic, its schema (s.yaml) does not", 0 },
  { HEADER "a,FS,1\n",
    "d.csv:2: found 3 fields, expected 5 as in the header (line 1); is the "
    "line cut short or broken in two?",
    0 },
};

static struct rx_schema *
read_schema (const char *text, struct rx_error *err)
{
  struct rx_schema *schema = NULL;
  *err = (struct rx_error){ 0 };
  const char *path = scratch_write ("s.yaml", text, strlen (text));
  enum rx_status status = rx_schema_read (&schema, path, err);
  ck_assert_int_eq (status, err->status);
  ck_assert (status == RX_OK || schema == NULL);
  return schema;
}

START_TEST (data_files)
{
  struct rx_error err;
  struct rx_schema *schema = read_schema (full, &err);
  ck_assert_str_eq (err.message, "");
  size_t rows = 99;
  const char *path
      = scratch_write ("d.csv", files[_i].data, strlen (files[_i].data));
  enum rx_status status = rx_schema_check (schema, path, NULL, &rows, &err);
  ck_assert_str_eq (without_folder (err.message), files[_i].message);
  ck_assert_int_eq (status, *files[_i].message ? RX_EDATA : RX_OK);
  ck_assert_uint_eq (rows, files[_i].rows);
  rx_schema_free (schema);
}
END_TEST

START_TEST (what_it_tells)
{
  struct rx_error err;
  size_t n;
  struct rx_schema *schema = read_schema (full, &err);
  ck_assert_str_eq (without_folder (rx_schema_file (schema)), "d.csv");
  ck_assert_str_eq (rx_schema_title (schema), "A trial");
  ck_assert_str_eq (rx_schema_source (schema), "by hand");
  ck_assert_str_eq (rx_schema_unit (schema, "pef"), "L/min");
  ck_assert_str_eq (rx_schema_unit (schema, "period"), "");
  ck_assert_str_eq (rx_schema_unit (schema, "none"), "");
  ck_assert (!rx_schema_synthetic (schema));
  const char *const *codes = rx_schema_missing (schema, &n);
  ck_assert_uint_eq (n, 3);
  ck_assert_str_eq (codes[0], "");
  ck_assert_str_eq (codes[2], "-9");
  rx_schema_free (schema);
}
END_TEST

#define COLUMNS "columns: [{name: a, type: text}]\n"

static const struct
{
  const char *schema, *message;
} refused[] = {
  { "schema: 1\n" COLUMNS, "" },
  { "schema: 2\n" COLUMNS, "s.yaml:1:9: schema: found \"2\", expected 1" },
  { COLUMNS, "s.yaml:1:1: the key \"schema\" is missing here" },
  { "schema: 1\n", "s.yaml:1:1: the key \"columns\" is missing here" },
  { "schema: 1\ncolums: []\n",
    "s.yaml:2:1: colums: unknown key; did you mean \"columns\"?" },
  { "schema: 1\ncolumns: []\n", "s.yaml:2:1: columns: the list is empty" },
  { "schema: 1\ncolumns: [a]\n",
    "s.yaml:2:11: columns: found \"a\", expected a map ({key: value} or lines "
    "of key: value)" },
  { "schema: 1\ncolumns:\n- {name: a}\n",
    "s.yaml:3:3: columns: the key \"type\" is missing here" },
  { "schema: 1\ncolumns:\n- {type: text}\n",
    "s.yaml:3:3: columns: the key \"name\" is missing here" },
  { "schema: 1\ncolumns:\n- {name: a, type: numbr}\n",
    "s.yaml:3:19: type: found \"numbr\", expected one of text, category, "
    "integer, number, date; did you mean \"number\"?" },
  { "schema: 1\ncolumns:\n- {name: a, type: category}\n",
    "s.yaml:3:3: columns: a column of type category needs the key "
    "\"values\"" },
  { "schema: 1\ncolumns:\n- {name: a, type: text, values: [b]}\n",
    "s.yaml:3:25: values: a column of type text has no values" },
  { "schema: 1\ncolumns:\n- {name: a, type: text, min: 1}\n",
    "s.yaml:3:25: min: a column of type text has no min" },
  { "schema: 1\ncolumns:\n- {name: a, type: date, min: 1}\n",
    "s.yaml:3:30: min: found \"1\", expected a date such as 2013-01-31" },
  { "schema: 1\ncolumns:\n- {name: a, type: number, min: 2, max: 1}\n",
    "s.yaml:3:27: min: min is larger than max" },
  { "schema: 1\ncolumns:\n- {name: a, type: text}\n- {name: a, type: date}\n",
    "s.yaml:4:3: columns: a second column named \"a\"" },
  { "schema: 1\nkey: [b]\n" COLUMNS,
    "s.yaml:2:1: key: \"b\" is none of the columns" },
  { "schema: 1\nkey: [a, a]\n" COLUMNS,
    "s.yaml:2:1: key: \"a\" is named twice" },
  { "schema: 1\nkey: a\ncolumns: [{name: a, type: text, optional: true}]\n",
    "s.yaml:2:1: key: \"a\" is optional, so it can be no key" },
  { "schema: 1\nsynthetic: yes\n" COLUMNS,
    "s.yaml:2:12: synthetic: found \"yes\", expected true or false" },
};

START_TEST (schemas)
{
  struct rx_error err;
  struct rx_schema *schema = read_schema (refused[_i].schema, &err);
  ck_assert_str_eq (without_folder (err.message), refused[_i].message);
  rx_schema_free (schema);
}
END_TEST

START_TEST (synthetic)
{
  static const char text[] = "schema: 1\nsynthetic: true\n" COLUMNS;
  struct rx_error err;
  size_t rows;
  struct rx_schema *schema = read_schema (text, &err);
  ck_assert (rx_schema_synthetic (schema));
  const char *path = scratch_write ("d.csv", "#synthetic\na\n1\n", 15);
  ck_assert_int_eq (rx_schema_check (schema, path, NULL, &rows, &err), RX_OK);
  path = scratch_write ("d.csv", "a\n1\n", 4);
  ck_assert_int_eq (rx_schema_check (schema, path, NULL, &rows, &err),
                    RX_EDATA);
  ck_assert_str_eq (without_folder (err.message),
                    "d.csv: the schema (s.yaml) says synthetic, the file does "
                    "not: it needs a first line \"# synthetic\"");
  rx_schema_free (schema);
}
END_TEST

/* So many keys that the hash set grows, with one repeated at the end; and
   keys that only differ in where one cell ends. */
START_TEST (many_keys)
{
  enum
  {
    ROWS = 5000
  };
  static const char text[] = "schema: 1\nkey: [a, b]\ncolumns:\n"
                             "- {name: a, type: text}\n"
                             "- {name: b, type: text}\n";
  struct rx_error err;
  struct rx_text data = { 0 };
  size_t rows;
  struct rx_schema *schema = read_schema (text, &err);
  rx_text_addz (&data, "a,b\n");
  for (int i = 0; i < ROWS; i++)
    rx_text_addf (&data, "%d,%d\n", i / 70, i % 70);
  rx_text_addz (&data, "x,yz\nxy,z\n1:x,y\n1,:x;y\n");
  const char *path = scratch_write ("d.csv", data.data, data.length);
  ck_assert_int_eq (rx_schema_check (schema, path, NULL, &rows, &err), RX_OK);
  ck_assert_uint_eq (rows, ROWS + 4);
  rx_text_addz (&data, "0,7\n");
  path = scratch_write ("d.csv", data.data, data.length);
  ck_assert_int_eq (rx_schema_check (schema, path, NULL, &rows, &err),
                    RX_EDATA);
  ck_assert_str_eq (without_folder (err.message),
                    "d.csv:5006: a, b: found \"0\", \"7\" again (first on "
                    "line 9)");
  rx_text_free (&data);
  rx_schema_free (schema);
}
END_TEST

START_TEST (given_format)
{
  static const char *const codes[] = { "x" };
  static const char text[] = "schema: 1\nmissing: [NA]\ncolumns:\n"
                             "- {name: a, type: number, optional: true}\n";
  struct rx_csv_format format = { .decimal = ',' };
  struct rx_error err;
  size_t rows;
  struct rx_schema *schema = read_schema (text, &err);
  const char *path = scratch_write ("d.csv", "a\n1,5\nNA\n", 9);
  ck_assert_int_eq (rx_schema_check (schema, path, &format, &rows, &err),
                    RX_OK);
  format.missing = codes;
  format.n_missing = 1;
  ck_assert_int_eq (rx_schema_check (schema, path, &format, &rows, &err),
                    RX_EDATA);
  ck_assert_str_eq (without_folder (err.message),
                    "d.csv:3: a: found \"NA\", expected a number");
  rx_schema_free (schema);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("schema");
  TCase *tcase = tcase_create ("schema");
  tcase_add_checked_fixture (tcase, scratch_make, scratch_remove);
  tcase_add_loop_test (tcase, data_files, 0, sizeof files / sizeof files[0]);
  tcase_add_test (tcase, what_it_tells);
  tcase_add_loop_test (tcase, schemas, 0, sizeof refused / sizeof refused[0]);
  tcase_add_test (tcase, synthetic);
  tcase_add_test (tcase, many_keys);
  tcase_add_test (tcase, given_format);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
