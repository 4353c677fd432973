/* check_table.c: a table's cells, and what it says when asked in vain. */
#include "base/text.h"
#include "data/spelling.h"
#include "data/table.h"

#include "scratch.h"

#include <math.h>

static void
read_table (struct rx_table *table, const char *text,
            const struct rx_csv_format *format)
{
  struct rx_error err = { 0 };
  const char *path = scratch_write ("t.csv", text, strlen (text));
  *table = (struct rx_table){ 0 };
  enum rx_status status = rx_table_read (table, path, format, &err);
  ck_assert_msg (status == RX_OK, "%s", err.message);
}

/* The message without the path of the scratch folder. */
static const char *
tail_of (const struct rx_error *err)
{
  const char *file = strstr (err->message, "t.csv");
  return file != NULL ? file : err->message;
}

START_TEST (cells)
{
  struct rx_table t;
  read_table (&t,
              "# Synthetic data\n# by hand\n\nid, y ,z\n"
              "1,\" 2,5 \",NA\n\n1,2,\"\"\n",
              NULL);
  ck_assert_uint_eq (t.n_columns, 3);
  ck_assert_uint_eq (t.n_rows, 2);
  ck_assert_str_eq (t.names[1], "y");
  ck_assert_str_eq (rx_table_cell (&t, 0, 1), "2,5");
  ck_assert_str_eq (rx_table_cell (&t, 1, 0), "1");
  ck_assert_str_eq (rx_table_cell (&t, 1, 2), "");
  ck_assert_uint_eq (t.lines[0], 5);
  ck_assert_uint_eq (t.lines[1], 7);
  ck_assert (t.synthetic);
  ck_assert_uint_eq (t.n_comments, 2);
  ck_assert_str_eq (t.comments[1], "by hand");
  ck_assert_uint_eq (strlen (t.digest), 64);
  ck_assert (rx_table_has (&t, "z"));
  ck_assert (!rx_table_has (&t, "Z"));
  ck_assert (rx_table_missing (&t, 0, 2));
  ck_assert (rx_table_missing (&t, 1, 2));
  ck_assert (!rx_table_missing (&t, 1, 1));
  rx_table_free (&t);
  rx_table_free (&t);
}
END_TEST

START_TEST (no_rows)
{
  struct rx_table t;
  read_table (&t, "# not synthetic\na,b\n", NULL);
  ck_assert_uint_eq (t.n_rows, 0);
  ck_assert_uint_eq (t.n_columns, 2);
  ck_assert (!t.synthetic);
  rx_table_free (&t);
}
END_TEST

/* Cells share strings with the row above; that must not show. */
START_TEST (many_rows)
{
  enum
  {
    ROWS = 20000
  };
  struct rx_text text = { 0 };
  struct rx_table t;
  char expected[32];
  rx_text_addz (&text, "i,same,third\n");
  for (int i = 0; i < ROWS; i++)
    rx_text_addf (&text, "%d,x,%d\n", i, i / 3);
  read_table (&t, rx_text_string (&text), NULL);
  rx_text_free (&text);
  ck_assert_uint_eq (t.n_rows, ROWS);
  for (size_t i = 0; i < ROWS; i++)
    {
      snprintf (expected, sizeof expected, "%zu", i);
      ck_assert_str_eq (rx_table_cell (&t, i, 0), expected);
      ck_assert_str_eq (rx_table_cell (&t, i, 1), "x");
      snprintf (expected, sizeof expected, "%zu", i / 3);
      ck_assert_str_eq (rx_table_cell (&t, i, 2), expected);
      ck_assert_uint_eq (t.lines[i], i + 2);
    }
  rx_table_free (&t);
}
END_TEST

START_TEST (columns)
{
  static const struct
  {
    const char *name, *message;
  } rows[] = {
    { "period", NULL },
    { "peroid", "t.csv: there is no column \"peroid\"; did you mean "
                "\"period\"? The columns are subject, period, response" },
    { "Period", "t.csv: there is no column \"Period\"; did you mean "
                "\"period\"? The columns are subject, period, response" },
    { "resp", "t.csv: there is no column \"resp\"; did you mean "
              "\"response\"? The columns are subject, period, response" },
    { "kg", "t.csv: there is no column \"kg\"; the columns are subject, "
            "period, response" },
    { "", "t.csv: there is no column \"\"; the columns are subject, period, "
          "response" },
  };
  struct rx_table t;
  read_table (&t, "subject,period,response\n1,1,2\n", NULL);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      struct rx_error err = { 0 };
      size_t column = 99;
      enum rx_status status
          = rx_table_column (&t, rows[i].name, &column, &err);
      ck_assert_int_eq (status, rows[i].message == NULL ? RX_OK : RX_EDATA);
      if (rows[i].message == NULL)
        ck_assert_uint_eq (column, 1);
      else
        ck_assert_str_eq (tail_of (&err), rows[i].message);
    }
  rx_table_free (&t);
}
END_TEST

START_TEST (many_columns)
{
  struct rx_text text = { 0 };
  struct rx_error err = { 0 };
  struct rx_table t;
  size_t column;
  for (int i = 0; i < 5000; i++)
    rx_text_addf (&text, "%scolumn_%d", i > 0 ? "," : "", i);
  read_table (&t, rx_text_string (&text), NULL);
  rx_text_free (&text);
  ck_assert_int_eq (rx_table_column (&t, "qqqq", &column, &err), RX_EDATA);
  ck_assert_ptr_nonnull (strstr (err.message, "... (5000 in all)"));
  rx_table_free (&t);
}
END_TEST

START_TEST (numbers)
{
  static const char *const codes[] = { "-9", "NaN" };
  static const struct
  {
    const char *cell;
    double value;
    const char *message;
  } rows[] = {
    { "2.5", 2.5, NULL },
    { "-1e3", -1000, NULL },
    { "-9", NAN, NULL },
    { "NaN", NAN, NULL },
    { "NA", 0, "t.csv:2: y: found \"NA\", expected a number" },
    { "1.5x", 0, "t.csv:2: y: found \"1.5x\", expected a number" },
    { "inf", 0,
      "t.csv:2: y: found \"inf\", expected a finite number (declare "
      "it as a missing code if it stands for a missing value)" },
    { "1e999", 0,
      "t.csv:2: y: found \"1e999\", expected a number that a "
      "double can hold" },
    { "\"1,5\"", 0,
      "t.csv:2: y: found \"1,5\", expected a number (the file's "
      "decimal mark is another one: see --decimal)" },
  };
  struct rx_csv_format format = { .missing = codes, .n_missing = 2 };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      char text[64];
      struct rx_error err = { 0 };
      struct rx_number number;
      struct rx_table t;
      bool missing;
      snprintf (text, sizeof text, "id,y\n1,%s\n", rows[i].cell);
      read_table (&t, text, &format);
      enum rx_status status
          = rx_table_number (&t, 0, 1, &number, &missing, &err);
      if (rows[i].message != NULL)
        ck_assert_str_eq (tail_of (&err), rows[i].message);
      else if (isnan (rows[i].value))
        ck_assert (missing && isnan (number.value));
      else
        ck_assert (!missing && number.value == rows[i].value);
      ck_assert_int_eq (status, rows[i].message == NULL ? RX_OK : RX_EDATA);
      rx_table_free (&t);
    }
}
END_TEST

START_TEST (decimal_comma)
{
  struct rx_csv_format format = { .decimal = ',' };
  struct rx_error err = { 0 };
  struct rx_number number;
  struct rx_table t;
  bool missing;
  read_table (&t, "id;y\n1;2,5\n2;\n", &format);
  ck_assert_int_eq (rx_table_number (&t, 0, 1, &number, &missing, &err),
                    RX_OK);
  ck_assert (number.value == 2.5 && number.units == 25
             && number.decimals == 1);
  ck_assert_int_eq (rx_table_number (&t, 1, 1, &number, &missing, &err),
                    RX_OK);
  ck_assert (missing);
  rx_table_free (&t);
}
END_TEST

START_TEST (a_failed_read_leaves_nothing)
{
  struct rx_error err = { 0 };
  struct rx_table t = { 0 };
  const char *path = scratch_write ("t.csv", "a,b\n1,2\n3\n", 10);
  ck_assert_int_eq (rx_table_read (&t, path, NULL, &err), RX_EDATA);
  ck_assert_ptr_null (t.cells);
  ck_assert_uint_eq (t.n_rows, 0);
  rx_table_free (&t);
  ck_assert_int_eq (rx_table_read (&t, scratch_path ("none"), NULL, &err),
                    RX_EIO);
  rx_table_free (&t);
}
END_TEST

START_TEST (spelling)
{
  static const char *const known[]
      = { "methods", "period", "before", "after", "x4" };
  static const struct
  {
    const char *word, *nearest;
  } rows[] = {
    { "metods", "methods" },
    { "METHODS", "methods" },
    { "methdos", "methods" },
    { "peroid", "period" },
    { "afters", "after" },
    { "bef", "before" },
    { "x5", "x4" },
    { "y5", NULL },
    { "", NULL },
    { "something", NULL },
    { "per", "period" },
    { "m", NULL },
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    ck_assert_pstr_eq (rx_spelling_nearest (rows[i].word, known, 5),
                       rows[i].nearest);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("table");
  TCase *tcase = tcase_create ("table");
  tcase_add_checked_fixture (tcase, scratch_make, scratch_remove);
  tcase_add_test (tcase, cells);
  tcase_add_test (tcase, no_rows);
  tcase_add_test (tcase, many_rows);
  tcase_add_test (tcase, columns);
  tcase_add_test (tcase, many_columns);
  tcase_add_test (tcase, numbers);
  tcase_add_test (tcase, decimal_comma);
  tcase_add_test (tcase, a_failed_read_leaves_nothing);
  tcase_add_test (tcase, spelling);
  suite_add_tcase (suite, tcase);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
