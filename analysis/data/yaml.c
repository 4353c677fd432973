/* yaml.c: libyaml's events, made into a tree.

   The events are pulled one by one and a stack of open lists and maps is kept
   by hand, so that a hostile file meets our limits before it fills the memory
   or the C stack.  Scalars stay text; what is a number is decided where a
   number is asked for. */
#include "data/yaml.h"

#include "base/date.h"
#include "base/digest.h"
#include "base/number.h"
#include "base/text.h"
#include "data/source.h"
#include "data/spelling.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum
{
  DEPTH_MOST = 32,
  NODES_MOST = 1000000,
  BYTES_MOST = 64 * 1024 * 1024 /* a longer file is no study file */
};

/* A list or a map that is not closed yet. */
struct level
{
  struct rx_yaml_node *node;
  size_t room;     /* of node->member */
  const char *key; /* of a map: waits for its value */
  yaml_mark_t key_mark;
};

struct reader
{
  struct rx_yaml *yaml;
  yaml_parser_t parser;
  const char *bytes;
  size_t length;
  struct level stack[DEPTH_MOST];
  size_t depth;
  bool ended; /* the stream is over */
};

/* ---- Words for what is wrong -------------------------------------------- */

static struct rx_where
at_mark (const struct reader *reader, yaml_mark_t mark)
{
  return (struct rx_where){ .file = reader->yaml->file,
                            .line = mark.line + 1,
                            .place = mark.column + 1 };
}

/* The reader stage of libyaml tells the byte, not the line. */
static struct rx_where
at_byte (const struct reader *reader, size_t offset)
{
  struct rx_where where = { .file = reader->yaml->file, .line = 1 };
  size_t start = 0;
  if (offset > reader->length)
    offset = reader->length;
  for (size_t i = 0; i < offset; i++)
    if (reader->bytes[i] == '\n')
      {
        where.line++;
        start = i + 1;
      }
  where.place = 1;
  for (size_t i = start; i < offset; i++)
    where.place += ((unsigned char)reader->bytes[i] & 0xC0) != 0x80;
  return where;
}

/* Is there a tab among the blanks that open the line?  YAML forbids it, and
   libyaml's words for that help nobody. */
static bool
is_indented_by_tab (const struct reader *reader, size_t line)
{
  const char *at = reader->bytes, *end = at + reader->length;
  for (size_t i = 0; i < line && at < end; i++)
    {
      const char *lf = memchr (at, '\n', (size_t)(end - at));
      at = lf != NULL ? lf + 1 : end;
    }
  while (at < end && *at == ' ')
    at++;
  return at < end && *at == '\t';
}

static enum rx_status
fail_syntax (const struct reader *reader, struct rx_error *err)
{
  const yaml_parser_t *parser = &reader->parser;
  const char *problem = parser->problem != NULL ? parser->problem : "unknown";
  const char *context = parser->context != NULL ? parser->context : "";
  if (parser->error == YAML_MEMORY_ERROR)
    return rx_fail_memory (err);
  if (parser->error == YAML_READER_ERROR)
    return rx_fail_at (err, RX_EDATA, at_byte (reader, parser->problem_offset),
                       "not valid YAML: %s", problem);
  bool tab = is_indented_by_tab (reader, parser->problem_mark.line);
  return rx_fail_at (err, RX_EDATA, at_mark (reader, parser->problem_mark),
                     "not valid YAML: %s%s%s%s", context,
                     *context != '\0' ? ", " : "", problem,
                     tab ? " (a tab; indent with spaces)" : "");
}

static enum rx_status
fail_mark (const struct reader *reader, yaml_mark_t mark, struct rx_error *err,
           const char *words)
{
  return rx_fail_at (err, RX_EDATA, at_mark (reader, mark), "%s", words);
}

/* ---- Building the tree -------------------------------------------------- */

static enum rx_status
new_node (struct reader *reader, enum rx_yaml_kind kind, yaml_mark_t mark,
          struct rx_yaml_node **out, struct rx_error *err)
{
  struct rx_yaml *yaml = reader->yaml;
  if (yaml->n_nodes >= NODES_MOST)
    return rx_fail_at (err, RX_EDATA, at_mark (reader, mark),
                       "more than %d values", NODES_MOST);
  enum rx_status status
      = rx_grow (&yaml->nodes, &yaml->room_nodes, yaml->n_nodes + 1,
                 sizeof *yaml->nodes, err);
  if (status != RX_OK)
    return status;
  struct rx_yaml_node *node = rx_array (1, sizeof *node);
  if (node == NULL)
    return rx_fail_memory (err);
  yaml->nodes[yaml->n_nodes++] = node;
  node->kind = kind;
  node->line = node->value_line = mark.line + 1;
  node->place = node->value_place = mark.column + 1;
  *out = node;
  return RX_OK;
}

/* Hangs a node into the list or map that is open, or makes it the root. */
static enum rx_status
hang (struct reader *reader, struct rx_yaml_node *node, struct rx_error *err)
{
  if (reader->depth == 0)
    {
      reader->yaml->root = node;
      return RX_OK;
    }
  struct level *top = &reader->stack[reader->depth - 1];
  struct rx_yaml_node *parent = top->node;
  enum rx_status status = rx_grow (&parent->member, &top->room, parent->n + 1,
                                   sizeof *parent->member, err);
  if (status != RX_OK)
    return status;
  parent->member[parent->n++] = node;
  node->within = parent->within;
  if (parent->kind == RX_YAML_MAP)
    {
      node->key = node->within = top->key;
      node->line = top->key_mark.line + 1;
      node->place = top->key_mark.column + 1;
      top->key = NULL;
    }
  return RX_OK;
}

static bool
expects_key (const struct reader *reader)
{
  if (reader->depth == 0)
    return false;
  const struct level *top = &reader->stack[reader->depth - 1];
  return top->node->kind == RX_YAML_MAP && top->key == NULL;
}

static enum rx_status
on_scalar (struct reader *reader, const yaml_event_t *event,
           struct rx_error *err)
{
  const char *bytes = (const char *)event->data.scalar.value;
  size_t length = event->data.scalar.length;
  struct rx_yaml_node *node;
  if (event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL)
    return fail_mark (reader, event->start_mark, err,
                      "anchors (&) and tags (!) are not supported");
  if (memchr (bytes, '\0', length) != NULL)
    return fail_mark (reader, event->start_mark, err, "a NUL character");
  const char *text = rx_strings_add (&reader->yaml->strings, bytes, length);
  if (text == NULL)
    return rx_fail_memory (err);
  if (expects_key (reader))
    {
      struct level *top = &reader->stack[reader->depth - 1];
      top->key = text;
      top->key_mark = event->start_mark;
      return RX_OK;
    }
  enum rx_status status
      = new_node (reader, RX_YAML_SCALAR, event->start_mark, &node, err);
  if (status != RX_OK)
    return status;
  node->text = text;
  node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  return hang (reader, node, err);
}

static enum rx_status
on_open (struct reader *reader, enum rx_yaml_kind kind, bool decorated,
         yaml_mark_t mark, struct rx_error *err)
{
  struct rx_yaml_node *node;
  if (decorated)
    return fail_mark (reader, mark, err,
                      "anchors (&) and tags (!) are not supported");
  if (expects_key (reader))
    return fail_mark (reader, mark, err, "a key must be a plain text");
  if (reader->depth == DEPTH_MOST)
    return rx_fail_at (err, RX_EDATA, at_mark (reader, mark),
                       "nested deeper than %d levels", DEPTH_MOST);
  enum rx_status status = new_node (reader, kind, mark, &node, err);
  if (status == RX_OK)
    status = hang (reader, node, err);
  if (status == RX_OK)
    reader->stack[reader->depth++] = (struct level){ .node = node };
  return status;
}

static int
compare_keys (const void *a, const void *b)
{
  const struct rx_yaml_node *x = *(struct rx_yaml_node *const *)a;
  const struct rx_yaml_node *y = *(struct rx_yaml_node *const *)b;
  int order = strcmp (x->key, y->key);
  if (order != 0)
    return order;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

/* Sorted rather than compared each with each, for a map may be long. */
static enum rx_status
refuse_repeated_keys (const struct reader *reader,
                      const struct rx_yaml_node *map, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  struct rx_yaml_node **sorted = rx_array (map->n, sizeof (*sorted));
  if (sorted == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < map->n; i++)
    sorted[i] = map->member[i];
  qsort (sorted, map->n, sizeof (*sorted), compare_keys);
  for (size_t i = 1; i < map->n && status == RX_OK; i++)
    if (strcmp (sorted[i - 1]->key, sorted[i]->key) == 0)
      status = rx_yaml_fail (reader->yaml, sorted[i], err,
                             "the key is here twice (first on line %zu)",
                             sorted[i - 1]->line);
  free (sorted);
  return status;
}

static enum rx_status
on_close (struct reader *reader, struct rx_error *err)
{
  struct rx_yaml_node *node = reader->stack[--reader->depth].node;
  if (node->kind == RX_YAML_MAP && node->n > 1)
    return refuse_repeated_keys (reader, node, err);
  return RX_OK;
}

static enum rx_status
on_event (struct reader *reader, const yaml_event_t *event,
          struct rx_error *err)
{
  switch (event->type)
    {
    case YAML_DOCUMENT_START_EVENT:
      if (reader->yaml->root != NULL)
        return fail_mark (reader, event->start_mark, err,
                          "a second document (---); one is expected");
      return RX_OK;
    case YAML_ALIAS_EVENT:
      return fail_mark (reader, event->start_mark, err,
                        "aliases (*) are not supported; a text that starts "
                        "with * needs quotes");
    case YAML_SCALAR_EVENT:
      return on_scalar (reader, event, err);
    case YAML_SEQUENCE_START_EVENT:
      return on_open (reader, RX_YAML_LIST,
                      event->data.sequence_start.anchor != NULL
                          || event->data.sequence_start.tag != NULL,
                      event->start_mark, err);
    case YAML_MAPPING_START_EVENT:
      return on_open (reader, RX_YAML_MAP,
                      event->data.mapping_start.anchor != NULL
                          || event->data.mapping_start.tag != NULL,
                      event->start_mark, err);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      return on_close (reader, err);
    case YAML_STREAM_END_EVENT:
      reader->ended = true;
      return RX_OK;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
      break;
    }
  return RX_OK;
}

static enum rx_status
read_events (struct reader *reader, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  while (status == RX_OK && !reader->ended)
    {
      yaml_event_t event;
      if (yaml_parser_parse (&reader->parser, &event) == 0)
        return fail_syntax (reader, err);
      status = on_event (reader, &event, err);
      yaml_event_delete (&event);
    }
  if (status == RX_OK && reader->yaml->root == NULL)
    return rx_fail (err, RX_EDATA, "%s: the file holds no YAML document",
                    reader->yaml->file);
  return status;
}

static void
digest_bytes (char hex[RX_DIGEST_SIZE], const char *bytes, size_t length)
{
  struct rx_digest digest;
  rx_digest_init (&digest);
  rx_digest_add (&digest, bytes, length);
  rx_digest_finish (&digest, hex);
}

enum rx_status
rx_yaml_parse (struct rx_yaml *yaml, const char *file, const char *bytes,
               size_t length, struct rx_error *err)
{
  struct reader reader = { .yaml = yaml };
  *yaml = (struct rx_yaml){ 0 };
  yaml->file = rx_strings_addz (&yaml->strings, file);
  if (yaml->file == NULL || yaml_parser_initialize (&reader.parser) == 0)
    {
      rx_yaml_free (yaml);
      return rx_fail_memory (err);
    }
  digest_bytes (yaml->digest, bytes, length);
  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    bytes += 3, length -= 3; /* libyaml trips over the mark when told UTF-8 */
  reader.bytes = bytes;
  reader.length = length;
  yaml_parser_set_input_string (&reader.parser, (const unsigned char *)bytes,
                                length);
  yaml_parser_set_encoding (&reader.parser, YAML_UTF8_ENCODING);
  enum rx_status status = read_events (&reader, err);
  yaml_parser_delete (&reader.parser);
  if (status != RX_OK)
    rx_yaml_free (yaml);
  return status;
}

enum rx_status
rx_yaml_read (struct rx_yaml *yaml, const char *path, struct rx_error *err)
{
  struct rx_source *source = NULL;
  struct rx_text text = { 0 };
  *yaml = (struct rx_yaml){ 0 };
  enum rx_status status = rx_source_open (&source, path, err);
  if (status == RX_OK)
    status = rx_source_whole (source, "a YAML file", BYTES_MOST, &text, err);
  if (status == RX_OK)
    status = rx_yaml_parse (yaml, rx_source_name (source),
                            rx_text_string (&text), text.length, err);
  if (status == RX_OK)
    memcpy (yaml->digest, rx_source_digest (source), sizeof yaml->digest);
  rx_text_free (&text);
  rx_source_close (source);
  return status;
}

void
rx_yaml_free (struct rx_yaml *yaml)
{
  for (size_t i = 0; i < yaml->n_nodes; i++)
    {
      free (yaml->nodes[i]->member);
      free (yaml->nodes[i]);
    }
  free (yaml->nodes);
  rx_strings_free (&yaml->strings);
  *yaml = (struct rx_yaml){ 0 };
}

/* ---- Reading the tree --------------------------------------------------- */

const struct rx_yaml_node *
rx_yaml_get (const struct rx_yaml_node *node, const char *key)
{
  if (node == NULL || node->kind != RX_YAML_MAP)
    return NULL;
  for (size_t i = 0; i < node->n; i++)
    if (strcmp (node->member[i]->key, key) == 0)
      return node->member[i];
  return NULL;
}

static enum rx_status fail_at (const struct rx_yaml *yaml,
                               struct rx_where where, struct rx_error *err,
                               const char *format, va_list args)
    RX_PRINTF (4, 0);

static enum rx_status
fail_at (const struct rx_yaml *yaml, struct rx_where where,
         struct rx_error *err, const char *format, va_list args)
{
  char words[RX_MESSAGE_SIZE];
  vsnprintf (words, sizeof words, format, args);
  where.file = yaml->file;
  return rx_fail_at (err, RX_EDATA, where, "%s", words);
}

enum rx_status
rx_yaml_fail (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
              struct rx_error *err, const char *format, ...)
{
  struct rx_where where
      = { .line = node->line, .place = node->place, .column = node->within };
  va_list args;
  va_start (args, format);
  fail_at (yaml, where, err, format, args);
  va_end (args);
  return RX_EDATA;
}

enum rx_status
rx_yaml_fail_value (const struct rx_yaml *yaml,
                    const struct rx_yaml_node *node, struct rx_error *err,
                    const char *format, ...)
{
  struct rx_where where = { .line = node->value_line,
                            .place = node->value_place,
                            .column = node->within };
  va_list args;
  va_start (args, format);
  fail_at (yaml, where, err, format, args);
  va_end (args);
  return RX_EDATA;
}

static size_t
count_words (const char *const *words)
{
  size_t n = 0;
  while (words[n] != NULL)
    n++;
  return n;
}

static bool
is_known (const char *key, const char *const *known)
{
  for (size_t i = 0; known[i] != NULL; i++)
    if (strcmp (key, known[i]) == 0)
      return true;
  return false;
}

static enum rx_status
fail_unknown (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
              const char *const *known, struct rx_error *err)
{
  struct rx_text list = { 0 };
  size_t n = count_words (known);
  const char *nearest = rx_spelling_nearest (node->key, known, n);
  if (nearest != NULL)
    return rx_yaml_fail (yaml, node, err, "unknown key; did you mean \"%s\"?",
                         nearest);
  for (size_t i = 0; i < n; i++)
    rx_text_addf (&list, "%s%s", i > 0 ? ", " : "", known[i]);
  rx_yaml_fail (yaml, node, err, "unknown key; the keys known here are %s",
                rx_text_string (&list));
  rx_text_free (&list);
  return RX_EDATA;
}

enum rx_status
rx_yaml_known (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
               const char *const *known, struct rx_error *err)
{
  enum rx_status status = rx_yaml_kind (yaml, node, RX_YAML_MAP, err);
  for (size_t i = 0; status == RX_OK && i < node->n; i++)
    if (!is_known (node->member[i]->key, known))
      status = fail_unknown (yaml, node->member[i], known, err);
  return status;
}

/* What YAML reads as null: an empty value, ~ or null. */
static bool
is_nothing (const struct rx_yaml_node *node)
{
  return node->kind == RX_YAML_SCALAR && !node->quoted
         && (*node->text == '\0' || strcmp (node->text, "~") == 0
             || strcmp (node->text, "null") == 0);
}

/* 'found "abc", expected a number' */
static enum rx_status
fail_expected (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
               const char *expected, struct rx_error *err)
{
  static const char *const kinds[]
      = { [RX_YAML_LIST] = "a list", [RX_YAML_MAP] = "a map" };
  char found[RX_QUOTED_SIZE];
  if (node->kind != RX_YAML_SCALAR)
    return rx_yaml_fail_value (yaml, node, err, "found %s, expected %s",
                               kinds[node->kind], expected);
  if (is_nothing (node))
    return rx_yaml_fail_value (yaml, node, err, "found nothing, expected %s",
                               expected);
  return rx_yaml_fail_value (yaml, node, err, "found %s%s, expected %s",
                             rx_quotez (found, node->text),
                             node->quoted ? " as a text" : "", expected);
}

enum rx_status
rx_yaml_kind (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
              enum rx_yaml_kind kind, struct rx_error *err)
{
  static const char *const expected[]
      = { [RX_YAML_SCALAR] = "a single value",
          [RX_YAML_LIST] = "a list ([a, b] or lines that start with -)",
          [RX_YAML_MAP] = "a map ({key: value} or lines of key: value)" };
  if (node->kind == kind)
    return RX_OK;
  return fail_expected (yaml, node, expected[kind], err);
}

enum rx_status
rx_yaml_text (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
              const char **out, struct rx_error *err)
{
  if (node->kind != RX_YAML_SCALAR || is_nothing (node))
    return fail_expected (yaml, node, "a text", err);
  *out = node->text;
  return RX_OK;
}

enum rx_status
rx_yaml_number (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
                double *out, struct rx_error *err)
{
  if (node->kind != RX_YAML_SCALAR || node->quoted
      || !rx_number_readz (node->text, out))
    return fail_expected (yaml, node, "a number", err);
  return RX_OK;
}

enum rx_status
rx_yaml_integer (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
                 long least, long most, long *out, struct rx_error *err)
{
  char expected[128] = "a whole number";
  if (node->kind == RX_YAML_SCALAR && !node->quoted
      && rx_integer_readz (node->text, least, most, out))
    return RX_OK;
  if (least == most)
    snprintf (expected, sizeof expected, "%ld", least);
  else if (least != LONG_MIN && most != LONG_MAX)
    snprintf (expected, sizeof expected, "a whole number from %ld to %ld",
              least, most);
  else if (least != LONG_MIN)
    snprintf (expected, sizeof expected, "a whole number from %ld on", least);
  else if (most != LONG_MAX)
    snprintf (expected, sizeof expected, "a whole number up to %ld", most);
  return fail_expected (yaml, node, expected, err);
}

enum rx_status
rx_yaml_boolean (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
                 bool *out, struct rx_error *err)
{
  /* The core schema of YAML 1.2 (10.3.2): yes and no are texts. */
  static const char *const words[2][3]
      = { { "false", "False", "FALSE" }, { "true", "True", "TRUE" } };
  for (size_t value = 0; value < 2; value++)
    for (size_t i = 0; i < 3; i++)
      if (node->kind == RX_YAML_SCALAR && !node->quoted
          && strcmp (node->text, words[value][i]) == 0)
        {
          *out = value == 1;
          return RX_OK;
        }
  return fail_expected (yaml, node, "true or false", err);
}

enum rx_status
rx_yaml_date (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
              int *day, struct rx_error *err)
{
  int32_t read;
  if (node->kind != RX_YAML_SCALAR
      || !rx_date_read (node->text, strlen (node->text), &read))
    return fail_expected (yaml, node, "a date such as 2013-01-31", err);
  *day = read;
  return RX_OK;
}

enum rx_status
rx_yaml_texts (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
               const char ***texts, size_t *n, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  size_t count = node->kind == RX_YAML_LIST ? node->n : 1;
  *texts = NULL;
  *n = 0;
  if (node->kind == RX_YAML_MAP)
    return fail_expected (yaml, node, "a list of texts", err);
  const char **found = rx_array (count, sizeof *found);
  if (found == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < count && status == RX_OK; i++)
    status = rx_yaml_text (yaml,
                           node->kind == RX_YAML_LIST ? node->member[i] : node,
                           &found[i], err);
  if (status != RX_OK)
    {
      free (found);
      return status;
    }
  *texts = found;
  *n = count;
  return RX_OK;
}
