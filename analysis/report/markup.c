/* markup.c: result rows in a markup language.  Only columns that hold
   something are there; study and analysis are the heading. */
#include "report/markup.h"

#include "report/group_table.h"
#include "report/grouped.h"
#include "report/rounded.h"
#include "report/tsv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  COLUMNS_MOST = 32 /* more than a result row has */
};

/* The columns of one table. */
struct columns
{
  const struct rx_row_column *shown[COLUMNS_MOST];
  bool is_number[COLUMNS_MOST];
  size_t n;
};

void
rx_markup_escape (struct rx_text *out, const char *text, const char *from,
                  const char *const *to)
{
  struct rx_text line = { 0 };
  rx_tsv_line (&line, text);
  for (const char *s = rx_text_string (&line); *s != '\0'; s++)
    {
      const char *found = strchr (from, *s);
      if (found != NULL)
        rx_text_addz (out, to[found - from]);
      else
        rx_text_addc (out, *s);
    }
  out->failed = out->failed || line.failed;
  rx_text_free (&line);
}

static bool
holds (const struct rx_row_column *column, const struct rx_grouped *rows,
       size_t n)
{
  bool all_all = strcmp (column->name, "group") == 0;
  for (size_t i = 0; i < n; i++)
    {
      if (column->is_number && !isnan (rx_row_number (rows[i].row, column)))
        return true;
      if (column->is_number)
        continue;
      const char *text = rx_row_text (rows[i].row, column);
      if (text[0] != '\0' && !(all_all && strcmp (text, "all") == 0))
        return true;
    }
  return false;
}

static void
choose_columns (struct columns *columns, const struct rx_grouped *rows,
                size_t n)
{
  columns->n = 0;
  for (size_t c = 0; c < rx_row_n_columns; c++)
    {
      const struct rx_row_column *column = &rx_row_columns[c];
      bool heading = strcmp (column->name, "study") == 0
                     || strcmp (column->name, "analysis") == 0;
      if (heading || columns->n == COLUMNS_MOST || !holds (column, rows, n))
        continue;
      columns->is_number[columns->n] = column->is_number;
      columns->shown[columns->n++] = column;
    }
}

static void
add_cell (const struct rx_markup *markup, struct rx_text *out,
          const struct rx_row *row, const struct rx_row_column *column,
          int digits)
{
  char number[RX_NUMBER_SIZE];
  const char *const *around
      = column->is_number ? markup->number : markup->text;
  rx_text_addz (out, around[0]);
  double x = column->is_number ? rx_row_number (row, column) : NAN;
  if (!column->is_number)
    markup->escape (out, rx_row_text (row, column));
  else if (!isnan (x) && digits == 0)
    rx_tsv_number (out, x);
  else if (!isnan (x))
    markup->escape (out, rx_rounded_column (number, row, column, digits));
  rx_text_addz (out, around[1]);
}

static void
add_table (const struct rx_markup *markup, struct rx_text *out,
           const struct rx_grouped *rows, size_t n, int digits)
{
  struct columns columns;
  choose_columns (&columns, rows, n);
  markup->table (out, columns.is_number, columns.n);
  for (size_t c = 0; c < columns.n; c++)
    {
      rx_text_addz (out, c > 0 ? markup->between : "");
      rx_text_addz (out, markup->header[0]);
      markup->escape (out, columns.shown[c]->name);
      rx_text_addz (out, markup->header[1]);
    }
  rx_text_addz (out, markup->header_end);
  markup->rule (out, columns.is_number, columns.n);
  for (size_t i = 0; i < n; i++)
    {
      rx_text_addz (out, markup->row[0]);
      for (size_t c = 0; c < columns.n; c++)
        {
          rx_text_addz (out, c > 0 ? markup->between : "");
          add_cell (markup, out, rows[i].row, columns.shown[c], digits);
        }
      rx_text_addz (out, markup->row[1]);
    }
  rx_text_addz (out, markup->table_end);
}

/* Does the remark belong to the analysis, or, for NULL, to one that made no
   row? */
static bool
belongs (const struct rx_rows *rows, const struct rx_remark *remark,
         const char *analysis)
{
  if (analysis != NULL)
    return strcmp (remark->analysis, analysis) == 0;
  for (size_t i = 0; i < rows->n; i++)
    if (strcmp (rows->row[i].analysis, remark->analysis) == 0)
      return false;
  return true;
}

static void
add_remarks (const struct rx_markup *markup, struct rx_text *out,
             const struct rx_rows *rows, const char *analysis)
{
  bool first = true;
  for (size_t i = 0; i < rows->n_remarks; i++)
    {
      const struct rx_remark *remark = &rows->remark[i];
      if (!belongs (rows, remark, analysis))
        continue;
      rx_text_addz (out, first ? markup->list[0] : "");
      rx_text_addz (out, markup->item[0]);
      rx_text_addz (out, remark->is_warning ? markup->warning : "");
      markup->escape (out, remark->text);
      rx_text_addz (out, markup->item[1]);
      first = false;
    }
  rx_text_addz (out, first ? "" : markup->list[1]);
}

static void
add_provenance (const struct rx_markup *markup, struct rx_text *out,
                const struct rx_provenance *prov)
{
  rx_text_addz (out, markup->made_by[0]);
  rx_text_addz (out, rx_version ());
  rx_text_addz (out, markup->made_by[1]);
  rx_text_addz (out, markup->command[0]);
  markup->verbatim (out, prov->command != NULL ? prov->command : "");
  rx_text_addz (out, markup->command[1]);
  for (size_t i = 0; i < prov->n_inputs; i++)
    {
      rx_text_addz (out, i == 0 ? markup->list[0] : "");
      rx_text_addz (out, markup->item[0]);
      rx_text_addz (out, "input: ");
      markup->escape (out, prov->input[i].file);
      rx_text_addf (out, ", sha256 %s", prov->input[i].sha256);
      rx_text_addz (out, markup->item[1]);
    }
  rx_text_addz (out, prov->n_inputs > 0 ? markup->list[1] : "");
}

static void
add_rows (const struct rx_markup *markup, struct rx_text *out,
          const struct rx_grouped *grouped, size_t n,
          const struct rx_writing *how)
{
  if (how->by_group)
    rx_group_table (markup, out, grouped, n, how->digits);
  else
    add_table (markup, out, grouped, n, how->digits);
}

static void
add_analysis (const struct rx_markup *markup, struct rx_text *out,
              const struct rx_rows *rows, const struct rx_grouped *grouped,
              size_t n, const struct rx_writing *how)
{
  const struct rx_row *first = grouped[0].row;
  rx_text_addz (out, markup->heading[0]);
  markup->escape (out,
                  first->analysis[0] != '\0' ? first->analysis : "Results");
  if (first->study[0] != '\0')
    {
      rx_text_addz (out, " (");
      markup->escape (out, first->study);
      rx_text_addc (out, ')');
    }
  rx_text_addz (out, markup->heading[1]);
  if (rows->synthetic)
    rx_text_addz (out, markup->synthetic);
  add_rows (markup, out, grouped, n, how);
  add_remarks (markup, out, rows, first->analysis);
}

void
rx_markup_write (const struct rx_markup *markup, struct rx_text *out,
                 const struct rx_rows *rows, const struct rx_writing *how)
{
  struct rx_grouped *grouped = rx_grouped_alloc (rows);
  if (grouped == NULL)
    {
      out->failed = true;
      return;
    }
  rx_text_addz (out, markup->head);
  for (size_t from = 0, to; from < rows->n; from = to)
    {
      to = rx_grouped_end (grouped, rows->n, from, RX_BY_ANALYSIS);
      rx_text_addz (out, from > 0 ? "\n" : "");
      add_analysis (markup, out, rows, grouped + from, to - from, how);
    }
  if (rows->n == 0)
    rx_text_addz (out, markup->nothing);
  add_remarks (markup, out, rows, NULL);
  if (how->prov != NULL)
    add_provenance (markup, out, how->prov);
  rx_text_addz (out, markup->foot);
  free (grouped);
}

void
rx_markup_tables (const struct rx_markup *markup, struct rx_text *out,
                  const struct rx_rows *rows, const struct rx_writing *how)
{
  struct rx_grouped *grouped = rx_grouped_alloc (rows);
  if (grouped == NULL)
    {
      out->failed = true;
      return;
    }
  for (size_t from = 0, to; from < rows->n; from = to)
    {
      to = rx_grouped_end (grouped, rows->n, from, RX_BY_ANALYSIS);
      add_rows (markup, out, grouped + from, to - from, how);
    }
  free (grouped);
}

static void
add_sheet_lines (const struct rx_markup *markup, struct rx_text *out,
                 const struct rx_sheet *sheet)
{
  for (size_t i = 0; i < sheet->n; i++)
    {
      rx_text_addz (out, markup->row[0]);
      for (size_t c = 0; c < sheet->n_columns; c++)
        {
          const char *cell = sheet->line[i].cell[c];
          const char *const *around
              = sheet->is_number[c] ? markup->number : markup->text;
          rx_text_addz (out, c > 0 ? markup->between : "");
          rx_text_addz (out, around[0]);
          markup->escape (out, cell != NULL ? cell : "");
          rx_text_addz (out, around[1]);
        }
      rx_text_addz (out, markup->row[1]);
    }
}

static void
add_sheet_table (const struct rx_markup *markup, struct rx_text *out,
                 const struct rx_sheet *sheet)
{
  markup->table (out, sheet->is_number, sheet->n_columns);
  for (size_t c = 0; c < sheet->n_columns; c++)
    {
      rx_text_addz (out, c > 0 ? markup->between : "");
      rx_text_addz (out, markup->header[0]);
      markup->escape (out, sheet->header[c]);
      rx_text_addz (out, markup->header[1]);
    }
  rx_text_addz (out, markup->header_end);
  markup->rule (out, sheet->is_number, sheet->n_columns);
  add_sheet_lines (markup, out, sheet);
  rx_text_addz (out, markup->table_end);
  for (size_t i = 0; i < sheet->n_notes; i++)
    {
      rx_text_addz (out, i == 0 ? markup->list[0] : "");
      rx_text_addz (out, markup->item[0]);
      markup->escape (out, sheet->note[i]);
      rx_text_addz (out, markup->item[1]);
    }
  rx_text_addz (out, sheet->n_notes > 0 ? markup->list[1] : "");
}

void
rx_markup_sheet (const struct rx_markup *markup, struct rx_text *out,
                 const struct rx_sheet *sheet, const struct rx_writing *how)
{
  rx_text_addz (out, markup->head);
  rx_text_addz (out, markup->heading[0]);
  markup->escape (out, sheet->title);
  if (sheet->study[0] != '\0')
    {
      rx_text_addz (out, " (");
      markup->escape (out, sheet->study);
      rx_text_addc (out, ')');
    }
  rx_text_addz (out, markup->heading[1]);
  if (sheet->synthetic)
    rx_text_addz (out, markup->synthetic);
  add_sheet_table (markup, out, sheet);
  if (how->prov != NULL)
    add_provenance (markup, out, how->prov);
  rx_text_addz (out, markup->foot);
}
