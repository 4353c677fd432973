/* study_outputs.c: entries of `figures` and `tables`: what to show, of which
   analysis, in which formats.  Their names become names of files.  And the
   `report`, from a template. */
#include "study/study_parts.h"

#include "base/text.h"
#include "study/study_keys.h"
#include "study/study_wide.h"

#include <string.h>

enum
{
  WIDTH_LEAST = 60, /* mm of a figure: what its words need */
  WIDTH_MOST = 400
};

static const char *const figure_keys[]
    = { "name", "template", "from", "only", "formats", "width", NULL };
static const char *const table_keys[]
    = { "name", "from", "only", "digits", "layout", "format", "wide", NULL };

static const char *const report_keys[] = { "file", "title", NULL };

static const char *const picture_formats[] = { "svg", "png", "pdf" };
static const char *const default_formats[] = { "svg" };

/* A name that is a file's name on every system: no folder, not hidden. */
static enum rx_status
parse_stem (struct rx_study *study, const struct rx_yaml_node *list, size_t at,
            const char **out, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  if (rx_keys_name (study, list, at, out, err) != RX_OK)
    return err->status;
  if ((*out)[0] == '.' || (*out)[0] == '-'
      || strpbrk (*out, "/\\:*?\"<>|") != NULL
      || strcmp (*out, "style") == 0) /* figures/style.gp is taken */
    return rx_yaml_fail_value (
        &study->yaml, rx_yaml_get (list->member[at], "name"), err,
        "found %s, expected a name that a file can bear: no "
        "/ \\ : * ? \" < > |, no dot or dash in front, not "
        "style",
        rx_quotez (found, *out));
  return RX_OK;
}

/* `from`: an analysis; without it, all of them. */
static enum rx_status
parse_from (struct rx_study *study, const struct rx_yaml_node *map,
            const struct rx_study_analysis **out, struct rx_error *err)
{
  size_t which = study->n_analyses;
  if (rx_keys_choice_in (study, map, "from", study->analyses,
                         study->n_analyses, sizeof *study->analyses, &which,
                         err)
      != RX_OK)
    return err->status;
  if (which < study->n_analyses)
    *out = &study->analyses[which];
  return RX_OK;
}

/* `only: {method: [lmm-kr, koch-exact], term: treatment}`: rows by their
   columns of text. */
static enum rx_status
parse_only (struct rx_study *study, const struct rx_yaml_node *map,
            struct rx_selection *out, struct rx_error *err)
{
  const struct rx_yaml_node *node;
  const char **names
      = rx_keys_array (study, rx_row_n_columns, sizeof *names, err);
  if (names == NULL
      || rx_keys_branch (study, map, "only", RX_YAML_MAP, &node, err) != RX_OK
      || node == NULL)
    return err->status;
  size_t n_names = rx_selection_columns (names);
  struct rx_choice *choice
      = rx_keys_array (study, node->n, sizeof *choice, err);
  if (choice == NULL)
    return err->status;
  for (size_t i = 0; i < node->n; i++)
    {
      struct rx_texts values = { NULL, 0 };
      const char *name = node->member[i]->key;
      choice[i].column = rx_selection_column (name);
      if (choice[i].column == NULL)
        return rx_keys_unknown_key (study, node->member[i], "a column of text",
                                    names, n_names, err);
      if (rx_keys_texts (study, node, name, &values, err) != RX_OK)
        return err->status;
      choice[i].value = values.text;
      choice[i].n = values.n;
    }
  *out = (struct rx_selection){ .choice = choice, .n = node->n };
  return RX_OK;
}

static enum rx_status
parse_template (struct rx_study *study, const struct rx_yaml_node *map,
                const struct rx_figure **out, struct rx_error *err)
{
  const struct rx_yaml_node *node;
  const char *name;
  if (rx_keys_need (study, map, "template", &node, err) != RX_OK
      || rx_keys_need_text (study, map, "template", &name, err) != RX_OK)
    return err->status;
  *out = rx_figure_find (name);
  if (*out != NULL)
    return RX_OK;
  const char **names = rx_keys_array (study, rx_n_figures, sizeof *names, err);
  if (names == NULL)
    return err->status;
  for (size_t i = 0; i < rx_n_figures; i++)
    names[i] = rx_figures[i]->name;
  return rx_keys_unknown (study, node, "a figure", names, rx_n_figures, err);
}

static enum rx_status
parse_formats (struct rx_study *study, const struct rx_yaml_node *map,
               struct rx_texts *out, struct rx_error *err)
{
  size_t n = sizeof picture_formats / sizeof picture_formats[0];
  *out = (struct rx_texts){ default_formats, 1 };
  if (rx_keys_texts (study, map, "formats", out, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < out->n; i++)
    {
      bool is_known = false;
      for (size_t k = 0; k < n && !is_known; k++)
        is_known = strcmp (picture_formats[k], out->text[i]) == 0;
      if (!is_known)
        return rx_keys_unknown (
            study, rx_keys_item (rx_yaml_get (map, "formats"), i),
            "a format of pictures", picture_formats, n, err);
    }
  return RX_OK;
}

enum rx_status
rx_study_figure_parse (struct rx_study *study, const struct rx_yaml_node *list,
                       size_t at, struct rx_error *err)
{
  const struct rx_yaml_node *map = list->member[at];
  struct rx_study_figure *figure = &study->figures[at];
  if (rx_yaml_known (&study->yaml, map, figure_keys, err) != RX_OK
      || parse_stem (study, list, at, &figure->name, err) != RX_OK
      || parse_template (study, map, &figure->figure, err) != RX_OK
      || parse_from (study, map, &figure->from, err) != RX_OK
      || parse_only (study, map, &figure->only, err) != RX_OK
      || rx_keys_integer (study, map, "width", WIDTH_LEAST, WIDTH_MOST,
                          &figure->width, err)
             != RX_OK)
    return err->status;
  figure->only.variants = figure->figure->variants;
  return parse_formats (study, map, &figure->formats, err);
}

/* One format or several: the same rows for a person and for a machine. */
static enum rx_status
parse_writers (struct rx_study *study, const struct rx_yaml_node *map,
               struct rx_study_table *table, struct rx_error *err)
{
  const struct rx_yaml_node *node;
  struct rx_texts formats = { NULL, 0 };
  const char **names = rx_keys_array (study, rx_n_writers, sizeof *names, err);
  if (names == NULL || rx_keys_need (study, map, "format", &node, err) != RX_OK
      || rx_keys_texts (study, map, "format", &formats, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < rx_n_writers; i++)
    names[i] = rx_writers[i]->name;
  table->n_writers = formats.n;
  table->writers
      = rx_keys_array (study, formats.n, sizeof *table->writers, err);
  if (table->writers == NULL)
    return err->status;
  for (size_t i = 0; i < formats.n; i++)
    {
      table->writers[i] = rx_writer_find (formats.text[i]);
      if (table->writers[i] == NULL)
        return rx_keys_unknown (study, rx_keys_item (node, i),
                                "a format of tables", names, rx_n_writers,
                                err);
    }
  return RX_OK;
}

/* `layout: groups`: the groups side by side, in formats that can. */
static enum rx_status
parse_layout (struct rx_study *study, const struct rx_yaml_node *map,
              struct rx_study_table *table, struct rx_error *err)
{
  static const char *const layouts[] = { "rows", "groups" };
  size_t which = 0;
  if (rx_keys_choice (study, map, "layout", layouts,
                      sizeof layouts / sizeof *layouts, &which, err)
      != RX_OK)
    return err->status;
  table->by_group = which == 1;
  for (size_t i = 0; table->by_group && i < table->n_writers; i++)
    if (!table->writers[i]->by_group)
      return rx_yaml_fail_value (
          &study->yaml, rx_keys_item (rx_yaml_get (map, "format"), i), err,
          "found \"%s\" beside layout: groups, expected markdown, latex or "
          "html",
          table->writers[i]->name);
  return RX_OK;
}

/* One way to lay a table out. */
static enum rx_status
check_one_layout (struct rx_study *study, const struct rx_yaml_node *map,
                  const struct rx_study_table *table, struct rx_error *err)
{
  static const char *const others[] = { "layout", "digits" };
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    {
      const struct rx_yaml_node *other = rx_yaml_get (map, others[i]);
      if (table->wide != NULL && other != NULL)
        return rx_yaml_fail_value (&study->yaml, other, err,
                                   "found %s beside wide, expected one of the "
                                   "two",
                                   others[i]);
    }
  return RX_OK;
}

enum rx_status
rx_study_table_parse (struct rx_study *study, const struct rx_yaml_node *list,
                      size_t at, struct rx_error *err)
{
  const struct rx_yaml_node *map = list->member[at];
  struct rx_study_table *table = &study->tables[at];
  if (rx_yaml_known (&study->yaml, map, table_keys, err) != RX_OK
      || parse_stem (study, list, at, &table->name, err) != RX_OK
      || parse_from (study, map, &table->from, err) != RX_OK
      || parse_only (study, map, &table->only, err) != RX_OK
      || rx_keys_integer (study, map, "digits", 1, RX_DIGITS_MOST,
                          &table->digits, err)
             != RX_OK)
    return err->status;
  table->only.variants = true;
  if (parse_writers (study, map, table, err) != RX_OK
      || parse_layout (study, map, table, err) != RX_OK
      || rx_study_wide_parse (study, map, table, err) != RX_OK)
    return err->status;
  return check_one_layout (study, map, table, err);
}

/* `report: {file: NAME.report.md, title: ...}` */
enum rx_status
rx_study_report_parse (struct rx_study *study, const struct rx_yaml_node *root,
                       struct rx_error *err)
{
  const struct rx_yaml_node *map, *file;
  struct rx_study_words *report = &study->report;
  report->title = study->name;
  if (rx_keys_branch (study, root, "report", RX_YAML_MAP, &map, err) != RX_OK
      || map == NULL)
    return err->status;
  if (rx_yaml_known (&study->yaml, map, report_keys, err) != RX_OK
      || rx_keys_need (study, map, "file", &file, err) != RX_OK
      || rx_keys_text (study, map, "title", &report->title, err) != RX_OK)
    return err->status;
  return rx_keys_path (study, map, "file", &report->file, &report->path, err);
}
