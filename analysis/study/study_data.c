/* study_data.c: an entry of `data`: a file, how it is written, and, of a
   register, which column is what. */
#include "study/study_parts.h"

#include "base/date.h"
#include "base/text.h"
#include "data/register_layout.h"
#include "study/study_keys.h"

#include <string.h>

static const char *const known[]
    = { "name",     "file",     "layout",  "columns", "delimiter",
        "decimal",  "encoding", "missing", "schema",  "dates",
        "code_map", "persons",  NULL };

/* A word of a study file and the character it stands for. */
struct mark
{
  const char *word;
  char mark;
};

static const struct mark delimiters[]
    = { { ",", ',' },     { ";", ';' },         { "\t", '\t' },
        { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' } };
static const struct mark decimals[]
    = { { ".", '.' }, { ",", ',' }, { "point", '.' }, { "comma", ',' } };

enum
{
  MARKS_MOST = 6
};

static enum rx_status
parse_mark (struct rx_study *study, const struct rx_yaml_node *map,
            const char *key, const struct mark *marks, size_t n, char *out,
            struct rx_error *err)
{
  const char *words[MARKS_MOST] = { NULL };
  size_t which = n;
  for (size_t i = 0; i < n; i++)
    words[i] = marks[i].word;
  if (rx_keys_choice (study, map, key, words, n, &which, err) != RX_OK)
    return err->status;
  if (which < n)
    *out = marks[which].mark;
  return RX_OK;
}

/* Missing codes besides those that always are; they may be empty and are
   compared as they stand. */
static enum rx_status
parse_missing (struct rx_study *study, const struct rx_yaml_node *map,
               struct rx_csv_format *format, struct rx_error *err)
{
  static const char *const always[] = { "", "NA", "." };
  const size_t n_always = sizeof always / sizeof always[0];
  const struct rx_yaml_node *node = rx_yaml_get (map, "missing");
  if (node == NULL)
    return RX_OK;
  size_t n = node->kind == RX_YAML_LIST ? node->n : 1;
  const char **codes = rx_keys_array (study, n + n_always, sizeof *codes, err);
  if (codes == NULL)
    return err->status;
  for (size_t i = 0; i < n; i++)
    if (rx_yaml_text (&study->yaml, rx_keys_item (node, i), &codes[i], err)
        != RX_OK)
      return err->status;
  for (size_t i = 0; i < n_always; i++)
    codes[n + i] = always[i];
  format->missing = codes;
  format->n_missing = n + n_always;
  return RX_OK;
}

static enum rx_status
parse_format (struct rx_study *study, const struct rx_yaml_node *map,
              struct rx_csv_format *format, struct rx_error *err)
{
  static const char *const encodings[] = { "utf-8", "latin-1" };
  size_t encoding = 0;
  if (parse_mark (study, map, "delimiter", delimiters,
                  sizeof delimiters / sizeof delimiters[0], &format->delimiter,
                  err)
          != RX_OK
      || parse_mark (study, map, "decimal", decimals,
                     sizeof decimals / sizeof decimals[0], &format->decimal,
                     err)
             != RX_OK
      || rx_keys_choice (study, map, "encoding", encodings, 2, &encoding, err)
             != RX_OK
      || parse_missing (study, map, format, err) != RX_OK)
    return err->status;
  format->latin1 = encoding == 1;
  if (format->decimal != 0 && format->decimal == format->delimiter)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (map, "decimal"), err,
                               "the comma cannot be the delimiter as well");
  return RX_OK;
}

/* How the dates of a register are written. */
static enum rx_status
parse_dates (struct rx_study *study, const struct rx_yaml_node *map,
             struct rx_study_data *data, struct rx_error *err)
{
  static const char *const names[] = { RX_DATE_FORMAT_NAMES };
  const struct rx_yaml_node *asked = rx_yaml_get (map, "dates");
  size_t which = 0;
  if (asked != NULL && !data->is_register)
    return rx_yaml_fail (&study->yaml, asked, err,
                         "it says how a dispensing register writes its dates, "
                         "and the data have no \"layout: columns\"");
  if (rx_keys_choice (study, map, "dates", names,
                      sizeof names / sizeof names[0], &which, err)
      != RX_OK)
    return err->status;
  data->format.dates = rx_date_format_find (names[which]);
  return RX_OK;
}

/* A column that must have a name, from the map or from the layout. */
static enum rx_status
parse_column (struct rx_study *study, const struct rx_yaml_node *map,
              const char *role, const char **column, struct rx_error *err)
{
  return *column == NULL ? rx_keys_need_text (study, map, role, column, err)
                         : rx_keys_text (study, map, role, column, err);
}

/* `days` of treatment stand where amounts in DDD would: an amount named takes
   the place of a layout's days, and days that of its amount. */
static enum rx_status
parse_days (struct rx_study *study, const struct rx_yaml_node *map,
            struct rx_register_columns *columns, struct rx_error *err)
{
  const struct rx_yaml_node *days = rx_yaml_get (map, "days");
  const struct rx_yaml_node *amount = rx_yaml_get (map, "amount");
  if (days != NULL && amount != NULL)
    return rx_yaml_fail (&study->yaml, days, err,
                         "found \"days\" beside \"amount\", expected one of "
                         "them: a register has one column of amounts");
  if (amount != NULL)
    columns->is_days = false;
  if (days != NULL)
    columns->is_days = true;
  if (amount != NULL || days != NULL)
    columns->amount_times = NULL; /* that of the layout's amount */
  columns->may_lack_amount = amount == NULL && days == NULL
                             && rx_yaml_get (map, "amount_times") == NULL;
  if (rx_keys_text (study, map, "days", &columns->amount, err) != RX_OK
      || rx_keys_text (study, map, "amount_times", &columns->amount_times, err)
             != RX_OK)
    return err->status;
  if (columns->amount_times != NULL && columns->amount == NULL)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (map, "amount_times"), err,
                         "expected \"amount\", or \"days\", which it "
                         "multiplies, beside it");
  return RX_OK;
}

/* What the map names comes before what the layout does. */
static enum rx_status
parse_columns (struct rx_study *study, const struct rx_yaml_node *map,
               struct rx_register_columns *columns, struct rx_error *err)
{
  static const char *const roles[]
      = { "person", "date",       "drug", "amount",       "indication",
          "sex",    "birth_year", "days", "amount_times", NULL };
  if (rx_yaml_known (&study->yaml, map, roles, err) != RX_OK
      || parse_column (study, map, "person", &columns->person, err) != RX_OK
      || parse_column (study, map, "date", &columns->date, err) != RX_OK
      || parse_column (study, map, "drug", &columns->drug, err) != RX_OK
      || rx_keys_text (study, map, "amount", &columns->amount, err) != RX_OK
      || parse_days (study, map, columns, err) != RX_OK
      || rx_keys_text (study, map, "indication", &columns->indication, err)
             != RX_OK
      || rx_keys_text (study, map, "sex", &columns->sex, err) != RX_OK
      || rx_keys_text (study, map, "birth_year", &columns->birth_year, err)
             != RX_OK)
    return err->status;
  return RX_OK;
}

/* A register has a layout that names its columns, or the map of columns, or
   both; without them the file is a table, whose columns each analysis
   names. */
static enum rx_status
parse_layout (struct rx_study *study, const struct rx_yaml_node *map,
              struct rx_study_data *data, struct rx_error *err)
{
  static const char *const layouts[] = { RX_REGISTER_LAYOUT_NAMES };
  const struct rx_yaml_node *columns;
  size_t layout = 0;
  if (rx_keys_choice (study, map, "layout", layouts,
                      sizeof layouts / sizeof *layouts, &layout, err)
          != RX_OK
      || rx_keys_branch (study, map, "columns", RX_YAML_MAP, &columns, err)
             != RX_OK)
    return err->status;
  const struct rx_yaml_node *asked = rx_yaml_get (map, "layout");
  data->columns = rx_register_layouts[layout].columns;
  data->columns.may_lack_amount = true;
  bool named = data->columns.person != NULL;
  if (asked != NULL && !named && columns == NULL)
    return rx_yaml_fail (&study->yaml, asked, err,
                         "the key \"columns\" is missing beside it, such as "
                         "columns: {person: person, date: date, drug: atc, "
                         "amount: ddd}");
  data->is_register = named || columns != NULL;
  return columns == NULL ? RX_OK
                         : parse_columns (study, columns, &data->columns, err);
}

enum rx_status
rx_study_data_parse (struct rx_study *study, const struct rx_yaml_node *list,
                     size_t at, struct rx_error *err)
{
  const struct rx_yaml_node *map = list->member[at], *file;
  struct rx_study_data *data = &study->data[at];
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_name (study, list, at, &data->name, err) != RX_OK
      || rx_keys_need (study, map, "file", &file, err) != RX_OK
      || rx_keys_path (study, map, "file", &data->file, &data->path, err)
             != RX_OK
      || rx_keys_path (study, map, "schema", &data->schema, &data->schema_path,
                       err)
             != RX_OK
      || parse_format (study, map, &data->format, err) != RX_OK)
    return err->status;
  if (parse_layout (study, map, data, err) != RX_OK)
    return err->status;
  if (parse_dates (study, map, data, err) != RX_OK)
    return err->status;
  return rx_study_beside_parse (study, list, at, err);
}
