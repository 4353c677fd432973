/* check_yaml.c: the tree that is read, the files that are refused, and the
   words with which a value of the wrong kind is.

   A tree is told in one line: {key:value} maps, [ ] lists, scalars as they
   are, quoted ones in ' '. */
#include "base/text.h"
#include "data/yaml.h"

#include "scratch.h"

#include <limits.h>

static void
tell (struct rx_text *out, const struct rx_yaml_node *node)
{
  static const char *const brackets[] = { "", "[]", "{}" };
  if (node->kind == RX_YAML_SCALAR)
    {
      rx_text_addf (out, node->quoted ? "'%s'" : "%s", node->text);
      return;
    }
  rx_text_addc (out, brackets[node->kind][0]);
  for (size_t i = 0; i < node->n; i++)
    {
      if (i > 0)
        rx_text_addc (out, ' ');
      if (node->member[i]->key != NULL)
        rx_text_addf (out, "%s:", node->member[i]->key);
      tell (out, node->member[i]);
    }
  rx_text_addc (out, brackets[node->kind][1]);
}

static const struct
{
  const char *yaml, *told; /* the tree, or the complaint */
} cases[] = {
  { "a: 1\nb: [2, NO]\n", "{a:1 b:[2 NO]}" },
  { "- {x: 'y', \"k\": \"1\"}\n- |\n  text\n- ~\n-\n",
    "[{x:'y' k:'1'} 'text\n' ~ ]" },
  { "a:\n  b:\n  - c: 1\n    d: 2\n", "{a:{b:[{c:1 d:2}]}}" },
  { "\xEF\xBB\xBF"
    "a: \xC3\xB8\r\nb: 2\r\n",
    "{a:\xC3\xB8 b:2}" },
  { "# only\n---\na: 1\n...\n", "{a:1}" },
  { "drugs: [N02*, \"*\"]\n", "{drugs:[N02* '*']}" },
  { "word\n", "word" },
  { "a: 2013-01-01 # c\n", "{a:2013-01-01}" },

  { "", "t.yaml: the file holds no YAML document" },
  { "# nothing\n\n", "t.yaml: the file holds no YAML document" },
  { "a: 1\n---\nb: 2\n",
    "t.yaml:2:1: a second document (---); one is expected" },
  { "a: 1\nb: 2\na: 3\n", "t.yaml:3:1: a: the key is here twice (first on "
                          "line 1)" },
  { "x: {a: 1, b: 2, c: 3, b: 4}\n",
    "t.yaml:1:23: b: the key is here twice (first on line 1)" },
  { "a: *b\n", "t.yaml:1:4: aliases (*) are not supported; a text that starts "
               "with * needs quotes" },
  { "a: &b 1\n", "t.yaml:1:4: anchors (&) and tags (!) are not supported" },
  { "a: !!str 1\n", "t.yaml:1:4: anchors (&) and tags (!) are not supported" },
  { "a: &b [1]\n", "t.yaml:1:4: anchors (&) and tags (!) are not supported" },
  { "a: !x {b: 1}\n", "t.yaml:1:4: anchors (&) and tags (!) are not "
                      "supported" },
  { "? [a]\n: 1\n", "t.yaml:1:3: a key must be a plain text" },
  { "a:\n\tb: 1\n", "t.yaml:2:1: not valid YAML: while scanning for the next "
                    "token, found character that cannot start any token (a "
                    "tab; indent with spaces)" },
  { "a: [1, 2\nb: 3\n", "t.yaml:2:2: not valid YAML: while parsing a flow "
                        "sequence, did not find expected ',' or ']'" },
  { "a: 1\n b: 2\n", "t.yaml:2:3: not valid YAML: mapping values are not "
                     "allowed in this context" },
  { "a: \"1\n", "t.yaml:2:1: not valid YAML: while scanning a quoted scalar, "
                "found unexpected end of stream" },
  { "\xC3\xB8: 1\n\xC3\xB8\xC3\xB8 \xFF\n",
    "t.yaml:2:4: not valid YAML: invalid leading UTF-8 octet" },
  { "a: \"\\0\"\n", "t.yaml:1:4: a NUL character" },
  { "a: \x01\n", "t.yaml:1:4: not valid YAML: control characters are not "
                 "allowed" },
};

START_TEST (trees)
{
  struct rx_error err = { 0 };
  struct rx_text out = { 0 };
  struct rx_yaml yaml;
  size_t length = strlen (cases[_i].yaml);
  if (rx_yaml_parse (&yaml, "t.yaml", cases[_i].yaml, length, &err) == RX_OK)
    tell (&out, yaml.root);
  else
    rx_text_addz (&out, err.message);
  ck_assert_str_eq (rx_text_string (&out), cases[_i].told);
  rx_yaml_free (&yaml);
  rx_text_free (&out);
}
END_TEST

START_TEST (depth)
{
  for (size_t n = 31; n <= 34; n++)
    {
      struct rx_error err = { 0 };
      struct rx_text text = { 0 };
      struct rx_yaml yaml;
      rx_text_pad (&text, '[', n);
      rx_text_pad (&text, ']', n);
      enum rx_status status
          = rx_yaml_parse (&yaml, "t.yaml", text.data, text.length, &err);
      ck_assert_int_eq (status, n <= 32 ? RX_OK : RX_EDATA);
      if (n > 32)
        ck_assert_str_eq (err.message,
                          "t.yaml:1:33: nested deeper than 32 levels");
      rx_yaml_free (&yaml);
      rx_text_free (&text);
    }
}
END_TEST

/* Also that a long map is no quadratic work. */
START_TEST (too_many_nodes)
{
  struct rx_error err = { 0 };
  struct rx_text text = { 0 };
  struct rx_yaml yaml;
  for (int i = 0; i < 1000000; i++)
    rx_text_addf (&text, "k%d: 1\n", i);
  ck_assert_int_eq (
      rx_yaml_parse (&yaml, "t.yaml", text.data, text.length, &err), RX_EDATA);
  ck_assert_str_eq (err.message,
                    "t.yaml:1000000:10: more than 1000000 values");
  text.length -= strlen ("k999999: 1\n");
  ck_assert_int_eq (
      rx_yaml_parse (&yaml, "t.yaml", text.data, text.length, &err), RX_OK);
  ck_assert_uint_eq (yaml.root->n, 999999);
  rx_yaml_free (&yaml);
  rx_text_free (&text);
}
END_TEST

START_TEST (places)
{
  static const char text[] = "a: 1\nlist:\n  - x: [p,\n      \xC3\xB8, q]\n";
  struct rx_error err = { 0 };
  struct rx_yaml yaml;
  ck_assert_int_eq (
      rx_yaml_parse (&yaml, "t.yaml", text, sizeof text - 1, &err), RX_OK);
  const struct rx_yaml_node *list = rx_yaml_get (yaml.root, "list");
  ck_assert_ptr_nonnull (list);
  ck_assert_ptr_null (rx_yaml_get (yaml.root, "lis"));
  ck_assert_ptr_null (rx_yaml_get (list, "x"));
  ck_assert_ptr_null (rx_yaml_get (NULL, "x"));
  ck_assert_uint_eq (list->line, 2);
  ck_assert_uint_eq (list->place, 1);
  ck_assert_uint_eq (list->value_line, 3);
  ck_assert_uint_eq (list->value_place, 3);
  const struct rx_yaml_node *x = rx_yaml_get (list->member[0], "x");
  ck_assert_uint_eq (x->place, 5);
  ck_assert_uint_eq (x->value_place, 8);
  ck_assert_uint_eq (x->member[2]->line, 4);
  ck_assert_uint_eq (x->member[2]->place, 10);
  ck_assert_str_eq (x->member[2]->within, "x");
  ck_assert_ptr_null (x->member[2]->key);
  ck_assert_str_eq (list->member[0]->within, "list");
  ck_assert_int_eq (rx_yaml_fail (&yaml, x->member[1], &err, "is %d", 1),
                    RX_EDATA);
  ck_assert_str_eq (err.message, "t.yaml:4:7: x: is 1");
  rx_yaml_free (&yaml);
}
END_TEST

/* The readings under test, all with one face: what was read, as a text. */
static enum rx_status
as_text (const struct rx_yaml *y, const struct rx_yaml_node *node,
         struct rx_text *out, struct rx_error *err)
{
  const char *text = NULL;
  enum rx_status status = rx_yaml_text (y, node, &text, err);
  if (status == RX_OK)
    rx_text_addz (out, text);
  return status;
}

static enum rx_status
as_number (const struct rx_yaml *y, const struct rx_yaml_node *node,
           struct rx_text *out, struct rx_error *err)
{
  double x = 0;
  enum rx_status status = rx_yaml_number (y, node, &x, err);
  if (status == RX_OK)
    rx_text_addf (out, "%g", x);
  return status;
}

static enum rx_status
as_1_to_9 (const struct rx_yaml *y, const struct rx_yaml_node *node,
           struct rx_text *out, struct rx_error *err)
{
  long x = 0;
  enum rx_status status = rx_yaml_integer (y, node, 1, 9, &x, err);
  if (status == RX_OK)
    rx_text_addf (out, "%ld", x);
  return status;
}

static enum rx_status
as_integer (const struct rx_yaml *y, const struct rx_yaml_node *node,
            struct rx_text *out, struct rx_error *err)
{
  long x = 0;
  enum rx_status status
      = rx_yaml_integer (y, node, LONG_MIN, LONG_MAX, &x, err);
  if (status == RX_OK)
    rx_text_addf (out, "%ld", x);
  return status;
}

static enum rx_status
as_boolean (const struct rx_yaml *y, const struct rx_yaml_node *node,
            struct rx_text *out, struct rx_error *err)
{
  bool x = false;
  enum rx_status status = rx_yaml_boolean (y, node, &x, err);
  if (status == RX_OK)
    rx_text_addz (out, x ? "yes" : "no");
  return status;
}

static enum rx_status
as_date (const struct rx_yaml *y, const struct rx_yaml_node *node,
         struct rx_text *out, struct rx_error *err)
{
  int day = 0;
  enum rx_status status = rx_yaml_date (y, node, &day, err);
  if (status == RX_OK)
    rx_text_addf (out, "%d", day);
  return status;
}

static enum rx_status
as_texts (const struct rx_yaml *y, const struct rx_yaml_node *node,
          struct rx_text *out, struct rx_error *err)
{
  const char **texts;
  size_t n;
  enum rx_status status = rx_yaml_texts (y, node, &texts, &n, err);
  if (status != RX_OK)
    return status;
  for (size_t i = 0; i < n; i++)
    rx_text_addf (out, "(%s)", texts[i]);
  free (texts);
  return status;
}

static enum rx_status
as_list (const struct rx_yaml *y, const struct rx_yaml_node *node,
         struct rx_text *out, struct rx_error *err)
{
  (void)out;
  return rx_yaml_kind (y, node, RX_YAML_LIST, err);
}

static const struct
{
  enum rx_status (*as) (const struct rx_yaml *, const struct rx_yaml_node *,
                        struct rx_text *, struct rx_error *);
  const char *value, *told; /* after "t.yaml:1:4: a: found " a complaint */
} readings[] = {
  { as_text, "NO", "NO" },
  { as_text, "3", "3" },
  { as_text, "''", "" },
  { as_text, "'~'", "~" },
  { as_text, "~", "nothing, expected a text" },
  { as_text, "null", "nothing, expected a text" },
  { as_text, "[a]", "a list, expected a text" },
  { as_text, "{a: 1}", "a map, expected a text" },
  { as_number, "1e3", "1000" },
  { as_number, "-.5", "-0.5" },
  { as_number, "abc", "\"abc\", expected a number" },
  { as_number, "'3'", "\"3\" as a text, expected a number" },
  { as_number, ".inf", "\".inf\", expected a number" },
  { as_number, "1_000", "\"1_000\", expected a number" },
  { as_1_to_9, "9", "9" },
  { as_1_to_9, "10", "\"10\", expected a whole number from 1 to 9" },
  { as_1_to_9, "1.0", "\"1.0\", expected a whole number from 1 to 9" },
  { as_1_to_9, "0x1", "\"0x1\", expected a whole number from 1 to 9" },
  { as_integer, "-730", "-730" },
  { as_integer, "99999999999999999999",
    "\"99999999999999999999\", expected a whole number" },
  { as_boolean, "true", "yes" },
  { as_boolean, "FALSE", "no" },
  { as_boolean, "yes", "\"yes\", expected true or false" },
  { as_boolean, "'true'", "\"true\" as a text, expected true or false" },
  { as_date, "1970-01-02", "1" },
  { as_date, "'1970-01-02'", "1" },
  { as_date, "2013-02-30",
    "\"2013-02-30\", expected a date such as 2013-01-31" },
  { as_date, "2013", "\"2013\", expected a date such as 2013-01-31" },
  { as_texts, "[a, 'b c']", "(a)(b c)" },
  { as_texts, "alone", "(alone)" },
  { as_texts, "[]", "" },
  { as_texts, "{b: 1}", "a map, expected a list of texts" },
  { as_list, "x",
    "\"x\", expected a list ([a, b] or lines that start with "
    "-)" },
};

START_TEST (values)
{
  char text[128];
  struct rx_error err = { 0 };
  struct rx_text out = { 0 };
  struct rx_yaml yaml;
  snprintf (text, sizeof text, "a: %s\n", readings[_i].value);
  ck_assert_int_eq (rx_yaml_parse (&yaml, "t.yaml", text, strlen (text), &err),
                    RX_OK);
  enum rx_status status
      = readings[_i].as (&yaml, yaml.root->member[0], &out, &err);
  if (status != RX_OK)
    {
      static const char head[] = "t.yaml:1:4: a: found ";
      ck_assert_int_eq (status, RX_EDATA);
      ck_assert_mem_eq (err.message, head, sizeof head - 1);
      rx_text_addz (&out, err.message + sizeof head - 1);
    }
  ck_assert_str_eq (rx_text_string (&out), readings[_i].told);
  rx_yaml_free (&yaml);
  rx_text_free (&out);
}
END_TEST

START_TEST (known_keys)
{
  static const char *const known[] = { "methods", "data", NULL };
  static const struct
  {
    const char *yaml, *message;
  } rows[] = {
    { "methods: 1\ndata: 2\n", "" },
    { "{}", "" },
    { "data: 2\n\n  \nmetods: 1\n",
      "t.yaml:4:1: metods: unknown key; did you mean \"methods\"?" },
    { "colour: 1\n", "t.yaml:1:1: colour: unknown key; the keys known here "
                     "are methods, data" },
    { "[1]", "t.yaml:1:1: found a list, expected a map ({key: value} or lines "
             "of key: value)" },
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
    {
      struct rx_error err = { 0 };
      struct rx_yaml yaml;
      ck_assert_int_eq (rx_yaml_parse (&yaml, "t.yaml", rows[i].yaml,
                                       strlen (rows[i].yaml), &err),
                        RX_OK);
      enum rx_status status = rx_yaml_known (&yaml, yaml.root, known, &err);
      ck_assert_int_eq (status, *rows[i].message != '\0' ? RX_EDATA : RX_OK);
      ck_assert_str_eq (err.message, rows[i].message);
      rx_yaml_free (&yaml);
    }
}
END_TEST

START_TEST (files)
{
  struct rx_error err = { 0 };
  struct rx_yaml yaml;
  const char *path = scratch_write ("s.yaml", "a: 1\n", 5);
  ck_assert_int_eq (rx_yaml_read (&yaml, path, &err), RX_OK);
  ck_assert_str_eq (yaml.file, path);
  /* printf 'a: 1\n' | sha256sum (coreutils 9.1) */
  ck_assert_str_eq (
      yaml.digest,
      "37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae");
  rx_yaml_free (&yaml);
  ck_assert_int_eq (rx_yaml_read (&yaml, scratch_path ("none"), &err), RX_EIO);
  rx_yaml_free (&yaml);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("yaml");
  TCase *tcase = tcase_create ("yaml"), *file = tcase_create ("file");
  tcase_add_loop_test (tcase, trees, 0, sizeof cases / sizeof cases[0]);
  tcase_add_test (tcase, depth);
  tcase_add_test (tcase, too_many_nodes);
  tcase_add_test (tcase, places);
  tcase_add_loop_test (tcase, values, 0, sizeof readings / sizeof readings[0]);
  tcase_add_test (tcase, known_keys);
  tcase_set_timeout (tcase, 120);
  tcase_add_checked_fixture (file, scratch_make, scratch_remove);
  tcase_add_test (file, files);
  suite_add_tcase (suite, tcase);
  suite_add_tcase (suite, file);
  SRunner *runner = srunner_create (suite);
  srunner_run_all (runner, CK_NORMAL);
  int failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
