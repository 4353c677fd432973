/* schema.c: the promises of a data file, read.

   The types are the rows of one table, each with the check of a cell, the
   reading of a bound and the words for both. */
#include "data/schema_column.h"

#include "base/date.h"
#include "base/text.h"
#include "data/spelling.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  VERSION = 1 /* of the schema format, `schema: 1` */
};

/* ---- Types -------------------------------------------------------------- */

static bool
accepts_text (const struct rx_schema_column *column, const char *cell,
              char mark, double *value)
{
  (void)column, (void)mark, (void)value;
  return *cell != '\0';
}

static bool
accepts_category (const struct rx_schema_column *column, const char *cell,
                  char mark, double *value)
{
  (void)mark, (void)value;
  for (size_t i = 0; i < column->n_values; i++)
    if (strcmp (column->values[i], cell) == 0)
      return true;
  return false;
}

static bool
accepts_number (const struct rx_schema_column *column, const char *cell,
                char mark, double *value)
{
  struct rx_number number;
  (void)column;
  if (rx_number_read (cell, strlen (cell), mark, &number) != RX_NUMBER_FINE)
    return false;
  *value = number.value;
  return true;
}

static bool
accepts_integer (const struct rx_schema_column *column, const char *cell,
                 char mark, double *value)
{
  return accepts_number (column, cell, mark, value)
         && *value == floor (*value);
}

static bool
accepts_date (const struct rx_schema_column *column, const char *cell,
              char mark, double *value)
{
  int32_t day;
  (void)mark;
  if (!column->format->read (cell, strlen (cell), &day, NULL))
    return false;
  *value = day;
  return true;
}

static enum rx_status
read_date_bound (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
                 double *bound, struct rx_error *err)
{
  int day;
  enum rx_status status = rx_yaml_date (yaml, node, &day, err);
  if (status == RX_OK)
    *bound = day;
  return status;
}

static void
print_number_bound (char out[RX_NUMBER_SIZE], double bound)
{
  rx_number_print (out, bound);
}

static void
print_date_bound (char out[RX_NUMBER_SIZE], double bound)
{
  char date[RX_DATE_SIZE];
  snprintf (out, RX_NUMBER_SIZE, "%s", rx_date_print (date, (int32_t)bound));
}

static const struct rx_schema_type types[] = {
  { .name = "text", .words = "a text", .accepts = accepts_text },
  { .name = "category",
    .words = "one of",
    .has_values = true,
    .accepts = accepts_category },
  { .name = "integer",
    .words = "a whole number",
    .has_range = true,
    .accepts = accepts_integer,
    .read_bound = rx_yaml_number,
    .print_bound = print_number_bound },
  { .name = "number",
    .words = "a number",
    .has_range = true,
    .accepts = accepts_number,
    .read_bound = rx_yaml_number,
    .print_bound = print_number_bound },
  { .name = "date",
    .words = "a date",
    .has_range = true,
    .has_format = true,
    .accepts = accepts_date,
    .read_bound = read_date_bound,
    .print_bound = print_date_bound },
};

enum
{
  N_TYPES = sizeof types / sizeof types[0]
};

/* ---- Reading the schema ------------------------------------------------- */

/* An optional member: *out stays as it is where the key is absent. */
static enum rx_status
read_text (const struct rx_yaml *yaml, const struct rx_yaml_node *map,
           const char *key, const char **out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  return node == NULL ? RX_OK : rx_yaml_text (yaml, node, out, err);
}

static enum rx_status
read_boolean (const struct rx_yaml *yaml, const struct rx_yaml_node *map,
              const char *key, bool *out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  return node == NULL ? RX_OK : rx_yaml_boolean (yaml, node, out, err);
}

/* A member that must be there. */
static enum rx_status
need (const struct rx_yaml *yaml, const struct rx_yaml_node *map,
      const char *key, const struct rx_yaml_node **out, struct rx_error *err)
{
  *out = rx_yaml_get (map, key);
  if (*out != NULL)
    return RX_OK;
  return rx_yaml_fail (yaml, map, err, "the key \"%s\" is missing here", key);
}

static enum rx_status
read_type (const struct rx_yaml *yaml, const struct rx_yaml_node *node,
           const struct rx_schema_type **out, struct rx_error *err)
{
  const char *name, *names[N_TYPES];
  char found[RX_QUOTED_SIZE];
  enum rx_status status = rx_yaml_text (yaml, node, &name, err);
  if (status != RX_OK)
    return status;
  struct rx_text list = { 0 };
  for (size_t i = 0; i < N_TYPES; i++)
    {
      if (strcmp (types[i].name, name) == 0)
        {
          *out = &types[i];
          rx_text_free (&list);
          return RX_OK;
        }
      names[i] = types[i].name;
      rx_text_addf (&list, "%s%s", i > 0 ? ", " : "", names[i]);
    }
  const char *nearest = rx_spelling_nearest (name, names, N_TYPES);
  rx_yaml_fail_value (yaml, node, err, "found %s, expected one of %s%s%s%s",
                      rx_quotez (found, name), rx_text_string (&list),
                      nearest != NULL ? "; did you mean \"" : "",
                      nearest != NULL ? nearest : "",
                      nearest != NULL ? "\"?" : "");
  rx_text_free (&list);
  return RX_EDATA;
}

static enum rx_status
read_bound (const struct rx_yaml *yaml, const struct rx_yaml_node *map,
            const char *key, const struct rx_schema_type *type, double *bound,
            struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  if (node == NULL)
    return RX_OK;
  if (!type->has_range)
    return rx_yaml_fail (yaml, node, err, "a column of type %s has no %s",
                         type->name, key);
  return type->read_bound (yaml, node, bound, err);
}

static enum rx_status
read_values (const struct rx_yaml *yaml, const struct rx_yaml_node *map,
             struct rx_schema_column *column, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "values");
  if (node == NULL && column->type->has_values)
    return rx_yaml_fail (yaml, map, err,
                         "a column of type %s needs the key \"values\"",
                         column->type->name);
  if (node == NULL)
    return RX_OK;
  if (!column->type->has_values)
    return rx_yaml_fail (yaml, node, err, "a column of type %s has no values",
                         column->type->name);
  return rx_yaml_texts (yaml, node, &column->values, &column->n_values, err);
}

static enum rx_status
read_format (const struct rx_yaml *yaml, const struct rx_yaml_node *map,
             struct rx_schema_column *column, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "format");
  char found[RX_QUOTED_SIZE];
  const char *name;
  column->format = rx_date_formats;
  if (node == NULL)
    return RX_OK;
  if (!column->type->has_format)
    return rx_yaml_fail (yaml, node, err, "a column of type %s has no format",
                         column->type->name);
  if (rx_yaml_text (yaml, node, &name, err) != RX_OK)
    return err->status;
  column->format = rx_date_format_find (name);
  if (column->format != NULL)
    return RX_OK;
  return rx_yaml_fail_value (
      yaml, node, err,
      "found %s, expected one of iso, dmy, mdy, ymd, sas, stata",
      rx_quotez (found, name));
}

static enum rx_status
read_column (const struct rx_yaml *yaml, const struct rx_yaml_node *map,
             struct rx_schema_column *column, struct rx_error *err)
{
  static const char *const known[]
      = { "name", "type",     "values",      "min",    "max",
          "unit", "optional", "description", "format", NULL };
  const struct rx_yaml_node *name = NULL, *type = NULL;
  column->min = -INFINITY;
  column->max = INFINITY;
  column->unit = "";
  enum rx_status status = rx_yaml_known (yaml, map, known, err);
  if (status == RX_OK)
    status = need (yaml, map, "name", &name, err);
  if (status == RX_OK)
    status = rx_yaml_text (yaml, name, &column->name, err);
  if (status == RX_OK)
    status = need (yaml, map, "type", &type, err);
  if (status == RX_OK)
    status = read_type (yaml, type, &column->type, err);
  if (status == RX_OK)
    status = read_values (yaml, map, column, err);
  if (status == RX_OK)
    status = read_format (yaml, map, column, err);
  if (status == RX_OK)
    status = read_bound (yaml, map, "min", column->type, &column->min, err);
  if (status == RX_OK)
    status = read_bound (yaml, map, "max", column->type, &column->max, err);
  if (status == RX_OK && column->min > column->max)
    status = rx_yaml_fail (yaml, rx_yaml_get (map, "min"), err,
                           "min is larger than max");
  if (status == RX_OK)
    status = read_text (yaml, map, "unit", &column->unit, err);
  if (status == RX_OK)
    status = read_boolean (yaml, map, "optional", &column->optional, err);
  return status;
}

bool
rx_schema_find (const struct rx_schema *schema, size_t n, const char *name,
                size_t *out)
{
  for (size_t i = 0; i < n; i++)
    if (strcmp (schema->columns[i].name, name) == 0)
      {
        *out = i;
        return true;
      }
  return false;
}

static enum rx_status
read_columns (struct rx_schema *schema, struct rx_error *err)
{
  const struct rx_yaml *yaml = &schema->yaml;
  const struct rx_yaml_node *node = NULL;
  size_t earlier;
  enum rx_status status = need (yaml, yaml->root, "columns", &node, err);
  if (status == RX_OK)
    status = rx_yaml_kind (yaml, node, RX_YAML_LIST, err);
  if (status != RX_OK)
    return status;
  if (node->n == 0)
    return rx_yaml_fail (yaml, node, err, "the list is empty");
  schema->columns = rx_array (node->n, sizeof *schema->columns);
  if (schema->columns == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < node->n; i++)
    {
      schema->n_columns = i + 1;
      status = read_column (yaml, node->member[i], &schema->columns[i], err);
      if (status != RX_OK)
        return status;
      if (rx_schema_find (schema, i, schema->columns[i].name, &earlier))
        return rx_yaml_fail (yaml, node->member[i], err,
                             "a second column named \"%.100s\"",
                             schema->columns[i].name);
    }
  return RX_OK;
}

/* The columns of the key, by number; names holds them. */
static enum rx_status
take_key (struct rx_schema *schema, const struct rx_yaml_node *node,
          const char *const *names, struct rx_error *err)
{
  for (size_t i = 0; i < schema->n_key; i++)
    {
      char found[RX_QUOTED_SIZE];
      size_t at;
      rx_quotez (found, names[i]);
      if (!rx_schema_find (schema, schema->n_columns, names[i], &at))
        return rx_yaml_fail (&schema->yaml, node, err,
                             "%s is none of the columns", found);
      if (schema->columns[at].optional)
        return rx_yaml_fail (&schema->yaml, node, err,
                             "%s is optional, so it can be no key", found);
      if (schema->columns[at].is_key)
        return rx_yaml_fail (&schema->yaml, node, err, "%s is named twice",
                             found);
      schema->columns[at].is_key = true;
      schema->key[i] = at;
    }
  return RX_OK;
}

static const char *
join (struct rx_strings *strings, const char *const *words, size_t n)
{
  struct rx_text text = { 0 };
  for (size_t i = 0; i < n; i++)
    rx_text_addf (&text, "%s%s", i > 0 ? ", " : "", words[i]);
  const char *joined
      = text.failed ? NULL : rx_strings_addz (strings, rx_text_string (&text));
  rx_text_free (&text);
  return joined;
}

static enum rx_status
read_key (struct rx_schema *schema, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (schema->yaml.root, "key");
  const char **names;
  if (node == NULL)
    return RX_OK;
  enum rx_status status
      = rx_yaml_texts (&schema->yaml, node, &names, &schema->n_key, err);
  if (status != RX_OK)
    return status;
  schema->key = rx_array (schema->n_key, sizeof *schema->key);
  schema->key_words = join (&schema->strings, names, schema->n_key);
  if (schema->key == NULL || schema->key_words == NULL)
    status = rx_fail_memory (err);
  else
    status = take_key (schema, node, names, err);
  free (names);
  return status;
}

/* `file` is relative to the schema's own folder. */
static enum rx_status
resolve_file (struct rx_schema *schema, const char *path, struct rx_error *err)
{
  const char *slash = strrchr (path, '/');
  if (schema->file == NULL || *schema->file == '/' || slash == NULL)
    return RX_OK;
  schema->file = rx_strings_format (
      &schema->strings, "%.*s%s", (int)(slash + 1 - path), path, schema->file);
  return schema->file == NULL ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
read_missing (struct rx_schema *schema, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (schema->yaml.root, "missing");
  if (node == NULL)
    return RX_OK;
  return rx_yaml_texts (&schema->yaml, node, &schema->missing,
                        &schema->n_missing, err);
}

static enum rx_status
read_schema (struct rx_schema *schema, const char *path, struct rx_error *err)
{
  static const char *const known[]
      = { "schema",  "file", "title",   "source", "synthetic",
          "missing", "key",  "columns", NULL };
  const struct rx_yaml *yaml = &schema->yaml;
  const struct rx_yaml_node *node = NULL;
  long version;
  enum rx_status status = rx_yaml_read (&schema->yaml, path, err);
  if (status == RX_OK)
    status = rx_yaml_known (yaml, yaml->root, known, err);
  if (status == RX_OK)
    status = need (yaml, yaml->root, "schema", &node, err);
  if (status == RX_OK)
    status = rx_yaml_integer (yaml, node, VERSION, VERSION, &version, err);
  if (status == RX_OK)
    status = read_text (yaml, yaml->root, "file", &schema->file, err);
  if (status == RX_OK)
    status = resolve_file (schema, path, err);
  if (status == RX_OK)
    status = read_text (yaml, yaml->root, "title", &schema->title, err);
  if (status == RX_OK)
    status = read_text (yaml, yaml->root, "source", &schema->source, err);
  if (status == RX_OK)
    status = read_boolean (yaml, yaml->root, "synthetic", &schema->synthetic,
                           err);
  if (status == RX_OK)
    status = read_missing (schema, err);
  if (status == RX_OK)
    status = read_columns (schema, err);
  if (status == RX_OK)
    status = read_key (schema, err);
  return status;
}

enum rx_status
rx_schema_read (struct rx_schema **out, const char *path, struct rx_error *err)
{
  struct rx_schema *schema = rx_array (1, sizeof *schema);
  *out = NULL;
  if (schema == NULL)
    return rx_fail_memory (err);
  enum rx_status status = read_schema (schema, path, err);
  if (status == RX_OK)
    *out = schema;
  else
    rx_schema_free (schema);
  return status;
}

void
rx_schema_free (struct rx_schema *schema)
{
  if (schema == NULL)
    return;
  for (size_t i = 0; i < schema->n_columns; i++)
    free (schema->columns[i].values);
  free (schema->columns);
  free (schema->missing);
  free (schema->key);
  rx_strings_free (&schema->strings);
  rx_yaml_free (&schema->yaml);
  free (schema);
}

const char *const *
rx_schema_missing (const struct rx_schema *schema, size_t *n)
{
  *n = schema->n_missing;
  return schema->missing;
}

const char *
rx_schema_file (const struct rx_schema *schema)
{
  return schema->file != NULL ? schema->file : "";
}

const char *
rx_schema_title (const struct rx_schema *schema)
{
  return schema->title != NULL ? schema->title : "";
}

const char *
rx_schema_source (const struct rx_schema *schema)
{
  return schema->source != NULL ? schema->source : "";
}

const char *
rx_schema_unit (const struct rx_schema *schema, const char *column)
{
  size_t at;
  return rx_schema_find (schema, schema->n_columns, column, &at)
             ? schema->columns[at].unit
             : "";
}

bool
rx_schema_synthetic (const struct rx_schema *schema)
{
  return schema->synthetic;
}
