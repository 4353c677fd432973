/* fuzz_yaml.c: any bytes as a YAML file.

   What is read must be a tree as yaml.h promises it: keys in maps only and
   each once, lines in order and within the file, depth within its limit.
   Every reading is then asked of every node; it gives a value or a message
   that names the file. */
#include "base/text.h"
#include "data/yaml.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

enum
{
  DEPTH_MOST = 32 /* as yaml.h says */
};

static void
demand (bool holds, const char *what)
{
  if (holds)
    return;
  fprintf (stderr, "fuzz_yaml: %s\n", what);
  abort ();
}

static void
check_status (enum rx_status status, const struct rx_error *err)
{
  if (status == RX_OK)
    return;
  demand (status == RX_EDATA && err->status == status, "a strange status");
  demand (strncmp (err->message, "fuzz.yaml:", 10) == 0, "no file named");
}

static void
ask (const struct rx_yaml *yaml, const struct rx_yaml_node *node)
{
  static const char *const known[] = { "methods", "data", "name", NULL };
  struct rx_error err = { 0 };
  const char *text, **texts = NULL;
  double x;
  long n;
  int day;
  bool yes;
  size_t n_texts;
  check_status (rx_yaml_text (yaml, node, &text, &err), &err);
  check_status (rx_yaml_number (yaml, node, &x, &err), &err);
  check_status (rx_yaml_integer (yaml, node, 1, LONG_MAX, &n, &err), &err);
  check_status (rx_yaml_boolean (yaml, node, &yes, &err), &err);
  check_status (rx_yaml_date (yaml, node, &day, &err), &err);
  check_status (rx_yaml_known (yaml, node, known, &err), &err);
  check_status (rx_yaml_kind (yaml, node, RX_YAML_LIST, &err), &err);
  check_status (rx_yaml_texts (yaml, node, &texts, &n_texts, &err), &err);
  free (texts);
}

static void
walk (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
      size_t lines, size_t depth)
{
  demand (depth <= DEPTH_MOST, "nested too deep");
  demand (node->line >= 1 && node->line <= lines, "a line that is not there");
  demand (node->value_line >= node->line, "a value before its key");
  demand ((node->kind == RX_YAML_SCALAR) == (node->text != NULL),
          "a text where there is none");
  ask (yaml, node);
  for (size_t i = 0; i < node->n; i++)
    {
      const struct rx_yaml_node *member = node->member[i];
      demand ((node->kind == RX_YAML_MAP) == (member->key != NULL),
              "a key outside a map");
      demand (member->key == NULL || rx_yaml_get (node, member->key) == member,
              "a key that is there twice");
      walk (yaml, member, lines, depth + (member->kind != RX_YAML_SCALAR));
    }
}

/* libyaml counts CR, LF, NEL, LS and PS as ends of lines; so many at most. */
static size_t
count_lines (const uint8_t *data, size_t size)
{
  size_t n = 2;
  for (size_t i = 0; i < size; i++)
    n += data[i] == '\n' || data[i] == '\r' || data[i] == 0x85
         || data[i] == 0xA8 || data[i] == 0xA9;
  return n;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  struct rx_error err = { 0 };
  struct rx_yaml yaml;
  enum rx_status status = rx_yaml_parse (
      &yaml, "fuzz.yaml", size > 0 ? (const char *)data : "", size, &err);
  check_status (status, &err);
  if (status == RX_OK)
    walk (&yaml, yaml.root, count_lines (data, size),
          yaml.root->kind != RX_YAML_SCALAR);
  rx_yaml_free (&yaml);
  return 0;
}
