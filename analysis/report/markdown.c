/* markdown.c: result rows as Markdown (GitHub's tables), all digits: a table
   per analysis, its remarks below it.  Only columns that hold something are
   there; study and analysis are the heading. */
#include "base/number.h"
#include "report/grouped.h"
#include "report/tsv.h"
#include "report/writer.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Text with a backslash before what Markdown would take for markup; an
   underscore within a word is none. */
static void
add_escaped (struct rx_text *out, const char *text)
{
  struct rx_text line = { 0 };
  rx_tsv_line (&line, text);
  const char *start = rx_text_string (&line);
  for (const char *s = start; *s != '\0'; s++)
    {
      bool in_word = s > start && isalnum ((unsigned char)s[-1])
                     && isalnum ((unsigned char)s[1]);
      if (strchr ("\\|*<>[]`&~#", *s) != NULL || (*s == '_' && !in_word))
        rx_text_addc (out, '\\');
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
add_cell (struct rx_text *out, const struct rx_row *row,
          const struct rx_row_column *column)
{
  double x;
  rx_text_addc (out, ' ');
  if (!column->is_number)
    add_escaped (out, rx_row_text (row, column));
  else if (x = rx_row_number (row, column), !isnan (x))
    rx_tsv_number (out, x);
  rx_text_addz (out, " |");
}

static void
add_table (struct rx_text *out, const struct rx_grouped *rows, size_t n)
{
  const struct rx_row_column *shown[32];
  size_t n_shown = 0;
  for (size_t c = 0; c < rx_row_n_columns; c++)
    {
      const struct rx_row_column *column = &rx_row_columns[c];
      bool heading = strcmp (column->name, "study") == 0
                     || strcmp (column->name, "analysis") == 0;
      if (!heading && n_shown < sizeof shown / sizeof shown[0]
          && holds (column, rows, n))
        shown[n_shown++] = column;
    }
  rx_text_addz (out, "\n|");
  for (size_t c = 0; c < n_shown; c++)
    rx_text_addf (out, " %s |", shown[c]->name);
  rx_text_addz (out, "\n|");
  for (size_t c = 0; c < n_shown; c++)
    rx_text_addz (out, shown[c]->is_number ? " ---: |" : " --- |");
  rx_text_addc (out, '\n');
  for (size_t i = 0; i < n; i++)
    {
      rx_text_addc (out, '|');
      for (size_t c = 0; c < n_shown; c++)
        add_cell (out, rows[i].row, shown[c]);
      rx_text_addc (out, '\n');
    }
}

/* The remarks of one analysis, or (analysis NULL) those on analyses that made
   no row. */
static void
add_remarks (struct rx_text *out, const struct rx_rows *rows,
             const char *analysis)
{
  bool first = true;
  for (size_t i = 0; i < rows->n_remarks; i++)
    {
      const struct rx_remark *remark = &rows->remark[i];
      bool wanted
          = analysis != NULL && strcmp (remark->analysis, analysis) == 0;
      if (analysis == NULL)
        {
          wanted = true;
          for (size_t j = 0; j < rows->n && wanted; j++)
            wanted = strcmp (rows->row[j].analysis, remark->analysis) != 0;
        }
      if (!wanted)
        continue;
      rx_text_addz (out, first ? "\n- " : "- ");
      rx_text_addz (out, remark->is_warning ? "**Warning:** " : "");
      add_escaped (out, remark->text);
      rx_text_addc (out, '\n');
      first = false;
    }
}

/* Indented, so that the command is shown as it is. */
static void
add_provenance (struct rx_text *out, const struct rx_provenance *prov)
{
  rx_text_addf (out, "\nMade by %s:\n\n", rx_version ());
  rx_text_addz (out, "    ");
  rx_tsv_line (out, prov->command != NULL ? prov->command : "");
  rx_text_addc (out, '\n');
  for (size_t i = 0; i < prov->n_inputs; i++)
    {
      rx_text_addz (out, i == 0 ? "\n- input: " : "- input: ");
      add_escaped (out, prov->input[i].file);
      rx_text_addf (out, ", sha256 %s\n", prov->input[i].sha256);
    }
}

static void
add_analysis (struct rx_text *out, const struct rx_rows *rows,
              const struct rx_grouped *grouped, size_t n)
{
  const struct rx_row *first = grouped[0].row;
  rx_text_addz (out, out->length > 0 ? "\n## " : "## ");
  add_escaped (out, first->analysis[0] != '\0' ? first->analysis : "Results");
  if (first->study[0] != '\0')
    {
      rx_text_addz (out, " (");
      add_escaped (out, first->study);
      rx_text_addc (out, ')');
    }
  rx_text_addc (out, '\n');
  if (rows->synthetic)
    rx_text_addz (out, "\n**Synthetic data, not of patients.**\n");
  add_table (out, grouped, n);
  add_remarks (out, rows, first->analysis);
}

static void
write_markdown (struct rx_text *out, const struct rx_rows *rows,
                const struct rx_provenance *prov)
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
      add_analysis (out, rows, grouped + from, to - from);
    }
  if (rows->n == 0)
    rx_text_addz (out, "No results.\n");
  add_remarks (out, rows, NULL);
  if (prov != NULL)
    add_provenance (out, prov);
  free (grouped);
}

const struct rx_writer rx_writer_markdown = {
  .name = "markdown",
  .extension = "md",
  .title = "Markdown tables, all digits",
  .write = write_markdown,
};
