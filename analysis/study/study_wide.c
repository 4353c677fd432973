/* study_wide.c: the key `wide` of a table.

       wide:
         title: "Table 4"
         across: group
         columns: [population, x1, x2-3, x4+]
         measures: [ddd, users]
         cell: [estimate, interval, p]
         decimals: 1
         percent: [users]
         counts: true
         stars: {below: 0.05, methods: [mcnemar, paired-t]}
         published: {data: printed, table: bowel-4}

   The data under `published` have the columns table, endpoint, measure,
   column, printed and source, a row per printed cell. */
#include "study/study_wide.h"

#include "base/text.h"
#include "study/study_keys.h"

#include <stdlib.h>
#include <string.h>

enum
{
  DECIMALS_MOST = 10,
  DECIMALS_USUAL = 1
};

static const char *const keys[]
    = { "title",   "across", "columns", "measures",  "cell", "decimals",
        "percent", "counts", "stars",   "published", NULL };

static enum rx_status
parse_across (struct rx_study *study, const struct rx_yaml_node *map,
              struct rx_wide *wide, struct rx_error *err)
{
  size_t which;
  const char **names
      = rx_keys_array (study, rx_row_n_columns, sizeof *names, err);
  if (names == NULL)
    return err->status;
  size_t n = rx_selection_columns (names);
  for (which = 0; which < n && strcmp (names[which], "group") != 0;)
    which++;
  if (rx_keys_choice (study, map, "across", names, n, &which, err) != RX_OK)
    return err->status;
  wide->across = rx_selection_column (names[which]);
  return RX_OK;
}

/* What a cell shows; the estimate in any case. */
static enum rx_status
parse_cell (struct rx_study *study, const struct rx_yaml_node *map,
            struct rx_wide *wide, struct rx_error *err)
{
  static const char *const known[] = { "estimate", "interval", "p" };
  struct rx_texts parts = { NULL, 0 };
  if (rx_keys_texts (study, map, "cell", &parts, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < parts.n; i++)
    {
      if (strcmp (parts.text[i], "interval") == 0)
        wide->interval = true;
      else if (strcmp (parts.text[i], "p") == 0)
        wide->p = true;
      else if (strcmp (parts.text[i], "estimate") != 0)
        return rx_keys_unknown (
            study, rx_keys_item (rx_yaml_get (map, "cell"), i),
            "a part of a cell", known, sizeof known / sizeof *known, err);
    }
  return RX_OK;
}

static enum rx_status
parse_stars (struct rx_study *study, const struct rx_yaml_node *map,
             struct rx_wide *wide, struct rx_error *err)
{
  static const char *const known[] = { "below", "methods", NULL };
  const struct rx_yaml_node *stars, *below;
  char found[RX_QUOTED_SIZE];
  if (rx_keys_branch (study, map, "stars", RX_YAML_MAP, &stars, err) != RX_OK
      || stars == NULL)
    return err->status;
  if (rx_yaml_known (&study->yaml, stars, known, err) != RX_OK
      || rx_keys_need (study, stars, "below", &below, err) != RX_OK
      || rx_yaml_number (&study->yaml, below, &wide->star_below, err) != RX_OK
      || rx_keys_texts (study, stars, "methods", &wide->star_methods, err)
             != RX_OK)
    return err->status;
  if (!(wide->star_below > 0 && wide->star_below < 1))
    return rx_yaml_fail_value (&study->yaml, below, err,
                               "found %s, expected a number between 0 and 1, "
                               "such as 0.05",
                               rx_quotez (found, below->text));
  for (size_t i = 0; i < wide->star_methods.n; i++)
    if (rx_method_find (wide->star_methods.text[i]) == NULL)
      return rx_yaml_fail_value (
          &study->yaml, rx_keys_item (rx_yaml_get (stars, "methods"), i), err,
          "found %s, expected a method; \"recross list methods\" names them",
          rx_quotez (found, wide->star_methods.text[i]));
  return RX_OK;
}

static enum rx_status
parse_published (struct rx_study *study, const struct rx_yaml_node *map,
                 struct rx_study_wide *out, struct rx_error *err)
{
  static const char *const known[] = { "data", "table", NULL };
  const struct rx_yaml_node *published, *data;
  size_t which;
  if (rx_keys_branch (study, map, "published", RX_YAML_MAP, &published, err)
          != RX_OK
      || published == NULL)
    return err->status;
  if (rx_yaml_known (&study->yaml, published, known, err) != RX_OK
      || rx_keys_need (study, published, "data", &data, err) != RX_OK
      || rx_keys_choice_in (study, published, "data", study->data,
                            study->n_data, sizeof *study->data, &which, err)
             != RX_OK
      || rx_keys_need_text (study, published, "table", &out->printed_table,
                            err)
             != RX_OK)
    return err->status;
  out->printed = &study->data[which];
  if (out->printed->is_register)
    return rx_yaml_fail_value (&study->yaml, data, err,
                               "printed numbers are a table, and the data "
                               "\"%s\" are a dispensing register",
                               out->printed->name);
  return RX_OK;
}

enum rx_status
rx_study_wide_parse (struct rx_study *study, const struct rx_yaml_node *map,
                     struct rx_study_table *table, struct rx_error *err)
{
  const struct rx_yaml_node *node;
  if (rx_keys_branch (study, map, "wide", RX_YAML_MAP, &node, err) != RX_OK
      || node == NULL)
    return err->status;
  struct rx_study_wide *out = rx_keys_array (study, 1, sizeof *out, err);
  if (out == NULL)
    return err->status;
  out->wide.decimals = DECIMALS_USUAL;
  out->wide.at
      = (struct rx_where){ study->file, node->line, node->place, "wide" };
  if (rx_yaml_known (&study->yaml, node, keys, err) != RX_OK
      || rx_keys_text (study, node, "title", &out->wide.title, err) != RX_OK
      || parse_across (study, node, &out->wide, err) != RX_OK
      || rx_keys_texts (study, node, "columns", &out->wide.columns, err)
             != RX_OK
      || rx_keys_texts (study, node, "measures", &out->wide.measures, err)
             != RX_OK
      || parse_cell (study, node, &out->wide, err) != RX_OK
      || rx_keys_integer (study, node, "decimals", 0, DECIMALS_MOST,
                          &out->wide.decimals, err)
             != RX_OK
      || rx_keys_texts (study, node, "percent", &out->wide.percent, err)
             != RX_OK
      || rx_keys_boolean (study, node, "counts", &out->wide.counts, err)
             != RX_OK
      || parse_stars (study, node, &out->wide, err) != RX_OK
      || parse_published (study, node, out, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < table->n_writers; i++)
    if (table->writers[i]->sheet == NULL)
      return rx_yaml_fail_value (
          &study->yaml, rx_keys_item (rx_yaml_get (map, "format"), i), err,
          "found \"%s\" beside wide, expected text, markdown, latex or html: "
          "machines read the rows",
          table->writers[i]->name);
  table->wide = out;
  return RX_OK;
}

/* ---- printed numbers -------------------------------------------------- */

enum
{
  TABLE,
  ENDPOINT,
  MEASURE,
  COLUMN,
  PRINTED,
  SOURCE,
  N_COLUMNS
};

static const char *const columns[N_COLUMNS]
    = { [TABLE] = "table",   [ENDPOINT] = "endpoint", [MEASURE] = "measure",
        [COLUMN] = "column", [PRINTED] = "printed",   [SOURCE] = "source" };

static const char *
text_of (const struct rx_table *table, size_t row, size_t column)
{
  return rx_table_missing (table, row, column)
             ? ""
             : rx_table_cell (table, row, column);
}

/* The rows of the wanted table; one of them without its number, or no row at
   all, is a slip. */
static enum rx_status
read_prints (const struct rx_study_wide *wide, const struct rx_table *table,
             struct rx_wide_print *print, size_t *n, struct rx_error *err)
{
  size_t at[N_COLUMNS];
  char wanted[RX_QUOTED_SIZE];
  for (size_t c = 0; c < N_COLUMNS; c++)
    if (rx_table_column (table, columns[c], &at[c], err) != RX_OK)
      return err->status;
  for (size_t row = 0; row < table->n_rows; row++)
    {
      if (strcmp (text_of (table, row, at[TABLE]), wide->printed_table) != 0)
        continue;
      for (size_t c = 0; c < N_COLUMNS; c++)
        if (c != MEASURE && rx_table_missing (table, row, at[c]))
          return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, at[c]),
                             "found nothing, expected a text");
      print[(*n)++] = (struct rx_wide_print){
        .endpoint = text_of (table, row, at[ENDPOINT]),
        .measure = text_of (table, row, at[MEASURE]),
        .column = text_of (table, row, at[COLUMN]),
        .text = text_of (table, row, at[PRINTED]),
        .source = text_of (table, row, at[SOURCE]),
        .at = rx_table_where (table, row, at[PRINTED]),
      };
    }
  if (*n > 0)
    return RX_OK;
  return rx_fail (err, RX_EDATA,
                  "%s: column table: found no %s, expected a row for each "
                  "printed number",
                  table->file, rx_quotez (wanted, wide->printed_table));
}

enum rx_status
rx_study_wide_sheet (const struct rx_study_table *table,
                     struct rx_study_inputs *inputs,
                     const struct rx_rows *part, const struct rx_rows *all,
                     struct rx_sheet *sheet, struct rx_error *err)
{
  const struct rx_study_wide *wide = table->wide;
  struct rx_study_input *input;
  size_t n = 0;
  if (wide->printed == NULL)
    return rx_wide_sheet (&wide->wide, table->name, part, all, NULL, 0, sheet,
                          err);
  if (rx_study_inputs_take (inputs, wide->printed, &input, err) != RX_OK)
    return err->status;
  struct rx_wide_print *print = rx_array (input->table.n_rows, sizeof *print);
  enum rx_status status
      = print == NULL ? rx_fail_memory (err)
                      : read_prints (wide, &input->table, print, &n, err);
  if (status == RX_OK)
    status = rx_wide_sheet (&wide->wide, table->name, part, all, print, n,
                            sheet, err);
  free (print);
  return status;
}
