/* plain_text.c: result rows for a person to read.

   It rounds; every other format keeps all digits.  One heading per analysis;
   below it the warnings, then a table per endpoint and measure, then the
   remarks. */
#include "base/number.h"
#include "report/grid.h"
#include "report/rows_table.h"
#include "report/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "PEF, users"; nothing where a block has no name. */
static void
add_block_title (struct rx_text *out, const struct rx_row *row)
{
  struct rx_text title = { 0 };
  rx_text_addz (&title, row->endpoint);
  if (row->measure[0] != '\0')
    rx_text_addf (&title, "%s%s", title.length > 0 ? ", " : "", row->measure);
  if (title.length > 0)
    rx_grid_wrap (out, "\n", rx_text_string (&title), 0);
  out->failed = out->failed || title.failed;
  rx_text_free (&title);
}

static void
add_heading (struct rx_text *out, const struct rx_row *row)
{
  struct rx_text title = { 0 };
  rx_text_addz (&title, row->analysis[0] != '\0' ? row->analysis : "Results");
  if (row->study[0] != '\0')
    rx_text_addf (&title, " (%s)", row->study);
  if (out->length > 0)
    rx_text_addc (out, '\n');
  rx_grid_wrap (out, "", rx_text_string (&title), 0);
  rx_text_pad (out, '=', rx_text_width (rx_text_string (&title)));
  rx_text_addc (out, '\n');
  out->failed = out->failed || title.failed;
  rx_text_free (&title);
}

/* The remarks of one analysis (NULL: of those without any row). */
static void
add_remarks (struct rx_text *out, const struct rx_rows *rows,
             const char *analysis, bool warnings)
{
  bool first = true;
  for (size_t i = 0; i < rows->n_remarks; i++)
    {
      const struct rx_remark *remark = &rows->remark[i];
      if (remark->is_warning != warnings
          || strcmp (remark->analysis, analysis) != 0)
        continue;
      if (first)
        rx_text_addc (out, '\n');
      first = false;
      rx_grid_wrap (out, warnings ? "Warning: " : "Remark: ", remark->text, 2);
    }
}

static void
add_analysis (struct rx_text *out, const struct rx_rows *rows,
              const struct rx_grouped *grouped, size_t n,
              const struct rx_writing *how)
{
  size_t passed_over = 0;
  const struct rx_row *first = grouped[0].row;
  add_heading (out, first);
  if (rows->synthetic)
    rx_text_addz (out, "Synthetic data, not of patients.\n");
  add_remarks (out, rows, first->analysis, true);
  for (size_t from = 0, to; from < n; from = to)
    {
      to = rx_grouped_end (grouped, n, from, RX_BY_ENDPOINT);
      size_t shown = rx_rows_table_shown (grouped + from, to - from);
      passed_over += to - from - shown;
      if (shown == 0)
        continue;
      add_block_title (out, grouped[from].row);
      rx_rows_table (out, grouped + from, to - from, how->digits);
    }
  add_remarks (out, rows, first->analysis, false);
  if (passed_over > 0)
    rx_text_addf (out, "\nNot shown: %zu single value%s (method profiles).\n",
                  passed_over, passed_over == 1 ? "" : "s");
}

/* Remarks on an analysis that made no row. */
static void
add_other_remarks (struct rx_text *out, const struct rx_rows *rows)
{
  for (size_t i = 0; i < rows->n_remarks; i++)
    {
      const struct rx_remark *remark = &rows->remark[i];
      bool has_rows = false;
      for (size_t j = 0; j < rows->n && !has_rows; j++)
        has_rows = strcmp (rows->row[j].analysis, remark->analysis) == 0;
      if (has_rows)
        continue;
      rx_text_addz (out, out->length > 0 ? "\n" : "");
      rx_text_addz (out, remark->is_warning ? "Warning" : "Remark");
      if (remark->analysis[0] != '\0')
        rx_text_addf (out, " on %s", remark->analysis);
      rx_grid_wrap (out, ": ", remark->text, 2);
    }
}

static void
add_provenance (struct rx_text *out, const struct rx_provenance *prov)
{
  rx_text_addf (out, "\n%s\n", rx_version ());
  if (prov->command != NULL)
    rx_grid_wrap (out, "command: ", prov->command, 2);
  for (size_t i = 0; i < prov->n_inputs; i++)
    {
      struct rx_text line = { 0 };
      rx_text_addf (&line, "%s sha256 %s", prov->input[i].file,
                    prov->input[i].sha256);
      rx_grid_wrap (out, "input: ", rx_text_string (&line), 2);
      out->failed = out->failed || line.failed;
      rx_text_free (&line);
    }
}

static void
write_text (struct rx_text *out, const struct rx_rows *rows,
            const struct rx_writing *how)
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
      add_analysis (out, rows, grouped + from, to - from, how);
    }
  if (rows->n == 0)
    rx_text_addz (out, "No results.\n");
  add_other_remarks (out, rows);
  if (how->prov != NULL)
    add_provenance (out, how->prov);
  free (grouped);
}

static void
sheet_text (struct rx_text *out, const struct rx_sheet *sheet,
            const struct rx_writing *how)
{
  struct rx_text title = { 0 };
  struct rx_grid grid = { 0 };
  rx_text_addz (&title, sheet->title);
  if (sheet->study[0] != '\0')
    rx_text_addf (&title, " (%s)", sheet->study);
  rx_grid_wrap (out, "", rx_text_string (&title), 0);
  rx_text_addz (out, sheet->synthetic ? "Synthetic data, not of patients.\n"
                                      : "");
  rx_text_addc (out, '\n');
  struct rx_grid_line *header = rx_grid_add (&grid);
  for (size_t c = 0; c < sheet->n_columns; c++)
    {
      header->cell[c] = sheet->header[c];
      grid.left[c] = !sheet->is_number[c];
    }
  for (size_t i = 0; i < sheet->n; i++)
    {
      struct rx_grid_line *line = rx_grid_add (&grid);
      for (size_t c = 0; c < sheet->n_columns; c++)
        line->cell[c] = sheet->line[i].cell[c];
    }
  rx_grid_print (&grid, RX_GRID_GAP, out);
  for (size_t i = 0; i < sheet->n_notes; i++)
    rx_grid_wrap (out, i == 0 ? "\n" : "", sheet->note[i], RX_GRID_GAP);
  if (how->prov != NULL)
    add_provenance (out, how->prov);
  out->failed = out->failed || title.failed;
  rx_text_free (&title);
  rx_grid_free (&grid);
}

const struct rx_writer rx_writer_plain_text = {
  .name = "text",
  .extension = "txt",
  .title = "Tables for a person to read, rounded",
  .write = write_text,
  .sheet = sheet_text,
};
