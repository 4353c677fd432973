/* schema_check.c: a data file held against what it promises.

   The file is streamed; only the keys stay in memory, interned, with the line
   of each: a key that is found again is a repeated one. */
#include "data/schema_column.h"

#include "base/text.h"
#include "data/intern.h"
#include "data/spelling.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  EXPECTED_SIZE = 256 /* bytes for the words after "expected" */
};

struct check
{
  const struct rx_schema *schema;
  struct rx_csv_format format;
  const char *file;
  bool says_synthetic;
  size_t rows;
  /* [n] of the columns of the file, in its order */
  const struct rx_schema_column **columns;
  size_t *key;         /* the key's columns as the file counts */
  struct rx_text text; /* the key of the record at hand */
  struct rx_text cell; /* the trimmed cell at hand */
  struct rx_intern keys;
  size_t *lines; /* [keys.n] where each was first */
  size_t room_lines;
  struct rx_strings strings;
};

static struct rx_where
at_cell (const struct check *check, size_t line, const char *column)
{
  return (struct rx_where){ check->file, line, 0, column };
}

static void
words_expected (char out[EXPECTED_SIZE], const struct rx_schema_column *column)
{
  const struct rx_schema_type *type = column->type;
  char lo[RX_NUMBER_SIZE], hi[RX_NUMBER_SIZE];
  bool iso = column->format == rx_date_formats;
  size_t used = (size_t)snprintf (
      out, EXPECTED_SIZE, "%s%s%s", type->words,
      !type->has_format ? ""
      : iso             ? " (YYYY-MM-DD)"
                        : " like ",
      type->has_format && !iso ? column->format->example : "");
  size_t i = 0;
  for (; i < column->n_values && used < EXPECTED_SIZE - 64; i++)
    used += (size_t)snprintf (out + used, EXPECTED_SIZE - used, "%s%.40s",
                              i > 0 ? ", " : " ", column->values[i]);
  if (i < column->n_values)
    snprintf (out + used, EXPECTED_SIZE - used, ", ...");
  if (isfinite (column->min))
    type->print_bound (lo, column->min);
  if (isfinite (column->max))
    type->print_bound (hi, column->max);
  if (isfinite (column->min) && isfinite (column->max))
    snprintf (out + used, EXPECTED_SIZE - used, " from %s to %s", lo, hi);
  else if (isfinite (column->min))
    snprintf (out + used, EXPECTED_SIZE - used, ", at least %s", lo);
  else if (isfinite (column->max))
    snprintf (out + used, EXPECTED_SIZE - used, ", at most %s", hi);
}

static enum rx_status
check_cell (const struct check *check, const struct rx_schema_column *column,
            const char *cell, size_t line, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE], expected[EXPECTED_SIZE];
  double value = 0;
  bool missing = rx_csv_is_missing (&check->format, cell, strlen (cell));
  if (missing && column->optional)
    return RX_OK;
  if (!missing
      && column->type->accepts (column, cell, check->format.decimal, &value)
      && (!column->type->has_range
          || (value >= column->min && value <= column->max)))
    return RX_OK;
  words_expected (expected, column);
  return rx_fail_at (err, RX_EDATA, at_cell (check, line, column->name),
                     "found %s, expected %s%s", rx_quotez (found, cell),
                     expected, missing ? " (the column is not optional)" : "");
}

/* One name out of the other's list; the hint where it is but misspelt. */
static enum rx_status
fail_header (const struct check *check, size_t line, const char *name,
             const char *words, const char *const *others, size_t n,
             struct rx_error *err)
{
  char found[RX_QUOTED_SIZE], meant[RX_QUOTED_SIZE];
  const char *nearest = rx_spelling_nearest (name, others, n);
  return rx_fail_at (err, RX_EDATA, at_cell (check, line, NULL),
                     "%s %s (schema %s)%s%s%s", words, rx_quotez (found, name),
                     check->schema->yaml.file,
                     nearest != NULL ? "; is it " : "",
                     nearest != NULL ? rx_quotez (meant, nearest) : "",
                     nearest != NULL ? "?" : "");
}

static enum rx_status
match_header (struct check *check, const char *const *names, size_t n,
              const char *const *declared, size_t line, struct rx_error *err)
{
  const struct rx_schema *schema = check->schema;
  size_t at;
  for (size_t i = 0; i < n; i++)
    if (rx_schema_find (schema, schema->n_columns, names[i], &at))
      check->columns[i] = &schema->columns[at];
  for (size_t k = 0; k < schema->n_columns; k++)
    {
      size_t i = 0;
      while (i < n && check->columns[i] != &schema->columns[k])
        i++;
      if (i == n)
        return fail_header (check, line, schema->columns[k].name,
                            "a declared column is not here:", names, n, err);
      for (size_t j = 0; j < schema->n_key; j++)
        if (schema->key[j] == k)
          check->key[j] = i;
    }
  for (size_t i = 0; i < n; i++)
    if (check->columns[i] == NULL)
      return fail_header (check, line, names[i],
                          "a column is not declared:", declared,
                          schema->n_columns, err);
  return RX_OK;
}

static enum rx_status
check_header (struct check *check, const struct rx_field *fields, size_t n,
              size_t line, struct rx_error *err)
{
  const struct rx_schema *schema = check->schema;
  if (check->says_synthetic != schema->synthetic)
    return rx_fail_at (
        err, RX_EDATA, at_cell (check, 0, NULL),
        schema->synthetic
            ? "the schema (%s) says synthetic, the file does not: it needs a "
              "first line \"# synthetic\""
            : "the file says it is synthetic, its schema (%s) does not",
        schema->yaml.file);
  enum rx_status status = RX_OK;
  const char **names = rx_array (n, sizeof *names);
  const char **declared = rx_array (schema->n_columns, sizeof *declared);
  check->columns = rx_array (n, sizeof (*check->columns));
  check->key = rx_array (schema->n_key, sizeof *check->key);
  if (names == NULL || declared == NULL || check->columns == NULL
      || check->key == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; i < n && status == RX_OK; i++)
    names[i] = fields[i].text;
  for (size_t k = 0; k < schema->n_columns && status == RX_OK; k++)
    declared[k] = schema->columns[k].name;
  if (status == RX_OK)
    status = match_header (check, names, n, declared, line, err);
  free (names);
  free (declared);
  return status;
}

/* ---- Keys --------------------------------------------------------------- */

/* Appends one cell of a key so that different lists of cells give different
   texts, and 1, 01 and 1.0 the same where the column holds numbers. */
static void
add_key_cell (const struct check *check, struct rx_text *out,
              const struct rx_schema_column *column, const char *cell)
{
  struct rx_number number;
  bool is_number
      = column->type->has_range
        && rx_number_read (cell, strlen (cell), check->format.decimal, &number)
               == RX_NUMBER_FINE;
  if (!is_number || !number.is_decimal)
    {
      rx_text_addf (out, "%zu:%s;", strlen (cell), cell);
      return;
    }
  while (number.decimals > 0 && number.units % 10 == 0)
    {
      number.units /= 10;
      number.decimals--;
    }
  rx_text_addf (out, "%lld/%d;", (long long)number.units, number.decimals);
}

static enum rx_status
fail_repeated (const struct check *check, const struct rx_field *fields,
               size_t line, size_t first, struct rx_error *err)
{
  struct rx_text words = { 0 };
  for (size_t j = 0; j < check->schema->n_key; j++)
    {
      const struct rx_field *field = &fields[check->key[j]];
      char found[RX_QUOTED_SIZE];
      rx_text_addf (&words, "%s%s", j > 0 ? ", " : "",
                    rx_quote (found, field->text, field->length));
    }
  rx_fail_at (err, RX_EDATA, at_cell (check, line, check->schema->key_words),
              "found %s again (first on line %zu)", rx_text_string (&words),
              first);
  rx_text_free (&words);
  return RX_EDATA;
}

static enum rx_status
check_key (struct check *check, const struct rx_field *fields, size_t line,
           struct rx_error *err)
{
  uint32_t number;
  size_t n = check->keys.n;
  if (check->text.failed)
    return rx_fail_memory (err);
  struct rx_intern_key key;
  rx_intern_key (&key, rx_text_string (&check->text), check->text.length);
  enum rx_status status = rx_intern_add (&check->keys, &key, &number, err);
  if (status == RX_OK && number < n)
    return fail_repeated (check, fields, line, check->lines[number], err);
  if (status == RX_OK)
    status = rx_grow (&check->lines, &check->room_lines, n + 1,
                      sizeof *check->lines, err);
  if (status == RX_OK)
    check->lines[n] = line;
  return status;
}

/* ---- The stream --------------------------------------------------------- */

static const char *
trimmed (struct check *check, const struct rx_field *field)
{
  const char *text = field->text;
  size_t length = field->length;
  rx_csv_trim (&text, &length);
  rx_text_clear (&check->cell);
  rx_text_add (&check->cell, text, length);
  return rx_text_string (&check->cell);
}

static enum rx_status
on_record (void *context, const struct rx_field *fields, size_t n, size_t line,
           bool is_header, struct rx_error *err)
{
  struct check *check = context;
  if (is_header)
    return check_header (check, fields, n, line, err);
  for (size_t i = 0; i < n; i++)
    {
      const char *cell = trimmed (check, &fields[i]);
      enum rx_status status
          = check->cell.failed
                ? rx_fail_memory (err)
                : check_cell (check, check->columns[i], cell, line, err);
      if (status != RX_OK)
        return status;
    }
  check->rows++;
  if (check->schema->n_key == 0)
    return RX_OK;
  rx_text_clear (&check->text);
  for (size_t j = 0; j < check->schema->n_key; j++)
    {
      size_t i = check->key[j];
      add_key_cell (check, &check->text, check->columns[i],
                    trimmed (check, &fields[i]));
    }
  return check_key (check, fields, line, err);
}

static enum rx_status
on_comment (void *context, const char *text, struct rx_error *err)
{
  struct check *check = context;
  (void)err;
  if (rx_csv_says_synthetic (text))
    check->says_synthetic = true;
  return RX_OK;
}

enum rx_status
rx_schema_check (const struct rx_schema *schema, const char *data_path,
                 const struct rx_csv_format *format, size_t *rows,
                 struct rx_error *err)
{
  struct check check = { .schema = schema };
  check.keys.strings = &check.strings;
  check.file = strcmp (data_path, "-") == 0 ? "standard input" : data_path;
  if (format != NULL)
    check.format = *format;
  if (check.format.decimal == 0)
    check.format.decimal = '.';
  if (check.format.missing == NULL)
    check.format.missing = rx_schema_missing (schema, &check.format.n_missing);
  enum rx_status status = rx_csv_read (data_path, &check.format, on_record,
                                       on_comment, &check, NULL, err);
  *rows = check.rows;
  free (check.columns);
  free (check.key);
  free (check.lines);
  rx_intern_free (&check.keys);
  rx_text_free (&check.text);
  rx_text_free (&check.cell);
  rx_strings_free (&check.strings);
  return status;
}
