/* group_table.c: rows turned into lines and columns; no number is computed. */
#include "report/group_table.h"

#include "report/rounded.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  NAMES_MOST = 4 /* columns in front: endpoint, measure, method, term */
};

struct table
{
  const struct rx_grouped *rows;
  size_t n;
  const char **group; /* [n_groups] in the order of the rows */
  size_t n_groups;
  const struct rx_row **line; /* [n_lines] a row of each line */
  size_t n_lines;
  const struct rx_row_column *name[NAMES_MOST];
  size_t n_names;
  int digits;
  double level; /* of the stars; NaN: none was set */
};

/* What the line is called: the population's row goes with those of change. */
static const char *
line_term (const struct rx_row *row)
{
  bool population = strcmp (row->group, "population") == 0;
  return population && strcmp (row->term, "national") == 0 ? "change"
                                                           : row->term;
}

static bool
same_line (const struct rx_row *a, const struct rx_row *b)
{
  return strcmp (a->endpoint, b->endpoint) == 0
         && strcmp (a->measure, b->measure) == 0
         && strcmp (a->method, b->method) == 0
         && strcmp (line_term (a), line_term (b)) == 0;
}

static const char *
name_of (const struct rx_row *row, const struct rx_row_column *column)
{
  return strcmp (column->name, "term") == 0 ? line_term (row)
                                            : rx_row_text (row, column);
}

static void
survey (struct table *table)
{
  for (size_t i = 0; i < table->n; i++)
    {
      const struct rx_row *row = table->rows[i].row;
      size_t g = 0, l = 0;
      while (g < table->n_groups && strcmp (table->group[g], row->group) != 0)
        g++;
      if (g == table->n_groups)
        table->group[table->n_groups++] = row->group;
      while (l < table->n_lines && !same_line (table->line[l], row))
        l++;
      if (l == table->n_lines)
        table->line[table->n_lines++] = row;
    }
}

/* The endpoint always; the others where lines differ in them. */
static void
choose_names (struct table *table)
{
  static const char *const names[NAMES_MOST]
      = { "endpoint", "measure", "method", "term" };
  for (size_t c = 0; c < rx_row_n_columns; c++)
    for (size_t k = 0; k < NAMES_MOST; k++)
      {
        const struct rx_row_column *column = &rx_row_columns[c];
        bool differs = k == 0;
        if (strcmp (column->name, names[k]) != 0)
          continue;
        for (size_t l = 1; l < table->n_lines && !differs; l++)
          differs = strcmp (name_of (table->line[0], column),
                            name_of (table->line[l], column))
                    != 0;
        if (differs)
          table->name[table->n_names++] = column;
      }
}

static const struct rx_row *
find (const struct table *table, const struct rx_row *line, const char *group)
{
  for (size_t i = 0; i < table->n; i++)
    if (strcmp (table->rows[i].row->group, group) == 0
        && same_line (table->rows[i].row, line))
      return table->rows[i].row;
  return NULL;
}

static void
add_header (const struct rx_markup *markup, struct rx_text *out,
            const char *text, bool first)
{
  rx_text_addz (out, first ? "" : markup->between);
  rx_text_addz (out, markup->header[0]);
  markup->escape (out, text);
  rx_text_addz (out, markup->header[1]);
}

/* Decimals of a line: the most that one of its standard errors needs. */
static int
line_decimals (const struct table *table, const struct rx_row *line)
{
  int digits = table->digits > 0 ? table->digits : RX_ERROR_DIGITS, most = -1;
  for (size_t g = 0; g < table->n_groups; g++)
    {
      const struct rx_row *row = find (table, line, table->group[g]);
      int decimals = row != NULL ? rx_rounded_decimals (row, digits) : -1;
      most = decimals > most ? decimals : most;
    }
  return most;
}

static void
add_cell (const struct rx_markup *markup, struct rx_text *out,
          struct table *table, const struct rx_row *row, int decimals)
{
  char number[RX_NUMBER_SIZE];
  rx_text_addz (out, markup->between);
  rx_text_addz (out, markup->number[0]);
  if (row != NULL && !isnan (row->estimate))
    {
      markup->escape (out, rx_rounded (number, row->estimate, decimals));
      if (row->p_value < 1 - row->conf_level)
        {
          markup->escape (out, "*");
          table->level = row->conf_level;
        }
    }
  else if (row != NULL)
    markup->escape (out, "NA");
  rx_text_addz (out, markup->number[1]);
}

static void
add_line (const struct rx_markup *markup, struct rx_text *out,
          struct table *table, const struct rx_row *line)
{
  int decimals = line_decimals (table, line);
  rx_text_addz (out, markup->row[0]);
  for (size_t k = 0; k < table->n_names; k++)
    {
      rx_text_addz (out, k > 0 ? markup->between : "");
      rx_text_addz (out, markup->text[0]);
      markup->escape (out, name_of (line, table->name[k]));
      rx_text_addz (out, markup->text[1]);
    }
  for (size_t g = 0; g < table->n_groups; g++)
    add_cell (markup, out, table, find (table, line, table->group[g]),
              decimals);
  rx_text_addz (out, markup->row[1]);
}

static void
write (const struct rx_markup *markup, struct rx_text *out,
       struct table *table)
{
  size_t columns = table->n_names + table->n_groups;
  bool *is_number = rx_array (columns, sizeof *is_number);
  if (is_number == NULL)
    {
      out->failed = true;
      return;
    }
  for (size_t c = table->n_names; c < columns; c++)
    is_number[c] = true;
  markup->table (out, is_number, columns);
  for (size_t k = 0; k < table->n_names; k++)
    add_header (markup, out, table->name[k]->name, k == 0);
  for (size_t g = 0; g < table->n_groups; g++)
    add_header (markup, out, table->group[g], false);
  rx_text_addz (out, markup->header_end);
  markup->rule (out, is_number, columns);
  for (size_t l = 0; l < table->n_lines; l++)
    add_line (markup, out, table, table->line[l]);
  rx_text_addz (out, markup->table_end);
  free (is_number);
  if (isnan (table->level))
    return;
  struct rx_text stars = { 0 };
  rx_text_addf (&stars, "* p < %.4g", 1 - table->level);
  rx_text_addz (out, markup->list[0]);
  rx_text_addz (out, markup->item[0]);
  markup->escape (out, rx_text_string (&stars));
  rx_text_addz (out, markup->item[1]);
  rx_text_addz (out, markup->list[1]);
  out->failed = out->failed || stars.failed;
  rx_text_free (&stars);
}

void
rx_group_table (const struct rx_markup *markup, struct rx_text *out,
                const struct rx_grouped *rows, size_t n, int digits)
{
  struct table table
      = { .rows = rows, .n = n, .digits = digits, .level = NAN };
  table.group = rx_array (n, sizeof *table.group);
  table.line = rx_array (n, sizeof *table.line);
  if (table.group == NULL || table.line == NULL)
    out->failed = true;
  else
    {
      survey (&table);
      choose_names (&table);
      write (markup, out, &table);
    }
  free (table.group);
  free (table.line);
}
