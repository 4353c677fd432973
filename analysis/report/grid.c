/* grid.c: aligned columns; a column that holds nothing below its header is
   left out. */
#include "report/grid.h"

#include "report/tsv.h"

#include <stdlib.h>
#include <string.h>

void
rx_grid_free (struct rx_grid *grid)
{
  free (grid->line);
  rx_strings_free (&grid->strings);
  *grid = (struct rx_grid){ 0 };
}

struct rx_grid_line *
rx_grid_add (struct rx_grid *grid)
{
  static struct rx_grid_line nowhere; /* written to when memory is out */
  struct rx_error ignored;
  if (rx_grow (&grid->line, &grid->room, grid->n + 1, sizeof *grid->line,
               &ignored)
      != RX_OK)
    {
      grid->failed = true;
      return &nowhere;
    }
  grid->line[grid->n] = (struct rx_grid_line){ 0 };
  return &grid->line[grid->n++];
}

const char *
rx_grid_text (struct rx_grid *grid, const char *text)
{
  struct rx_text line = { 0 };
  rx_tsv_line (&line, text);
  const char *copy = rx_strings_addz (&grid->strings, rx_text_string (&line));
  grid->failed = grid->failed || line.failed || copy == NULL;
  rx_text_free (&line);
  return copy != NULL ? copy : "";
}

static const char *
cell (const struct rx_grid_line *line, size_t column)
{
  return line->cell[column] != NULL ? line->cell[column] : "";
}

/* Width of one column, 0 when it holds nothing below the header. */
static size_t
column_width (const struct rx_grid *grid, size_t column)
{
  size_t widest = 0;
  bool holds = false;
  for (size_t i = 0; i < grid->n; i++)
    {
      const char *text = cell (&grid->line[i], column);
      if (grid->line[i].spans)
        continue;
      holds = holds || (i > 0 && text[0] != '\0');
      size_t width = rx_text_width (text);
      widest = width > widest ? width : widest;
    }
  return holds ? widest : 0;
}

static size_t
widths (const struct rx_grid *grid, size_t width[RX_GRID_COLUMNS])
{
  size_t sum = 0;
  for (size_t c = 0; c < RX_GRID_COLUMNS; c++)
    {
      width[c] = column_width (grid, c);
      if (width[c] > 0)
        sum += width[c] + (sum > 0 ? RX_GRID_GAP : 0);
    }
  return sum;
}

size_t
rx_grid_width (const struct rx_grid *grid, size_t indent)
{
  size_t width[RX_GRID_COLUMNS];
  return indent + widths (grid, width);
}

/* Blanks are owed, not written, until a cell follows: no line ends in one. */
static void
print_line (const struct rx_grid *grid, const struct rx_grid_line *line,
            const size_t width[RX_GRID_COLUMNS], size_t indent,
            struct rx_text *out)
{
  size_t owed = indent;
  bool first = true;
  for (size_t c = 0; c < RX_GRID_COLUMNS; c++)
    {
      const char *text = cell (line, c);
      size_t used = rx_text_width (text);
      if (width[c] == 0)
        continue;
      owed += first ? 0 : RX_GRID_GAP;
      first = false;
      size_t rest = width[c] > used ? width[c] - used : 0;
      owed += grid->left[c] ? 0 : rest;
      if (used > 0)
        {
          rx_text_pad (out, ' ', owed);
          rx_text_addz (out, text);
          owed = 0;
        }
      owed += grid->left[c] ? rest : 0;
    }
  rx_text_addc (out, '\n');
}

void
rx_grid_print (const struct rx_grid *grid, size_t indent, struct rx_text *out)
{
  size_t width[RX_GRID_COLUMNS];
  widths (grid, width);
  for (size_t i = 0; i < grid->n; i++)
    print_line (grid, &grid->line[i], width, indent, out);
  out->failed = out->failed || grid->failed;
}

void
rx_grid_wrap (struct rx_text *out, const char *first, const char *text,
              size_t indent)
{
  struct rx_text line = { 0 };
  rx_tsv_line (&line, text);
  const char *s = rx_text_string (&line);
  size_t at = rx_text_width (first);
  rx_text_addz (out, first);
  for (bool starts = true; *s != '\0'; starts = false)
    {
      size_t n = strcspn (s, " ");
      struct rx_text word = { 0 };
      rx_text_add (&word, s, n);
      size_t width = rx_text_width (rx_text_string (&word));
      if (!starts && at + 1 + width > RX_GRID_WIDTH)
        {
          rx_text_addc (out, '\n');
          rx_text_pad (out, ' ', indent);
          at = indent;
        }
      else if (!starts)
        {
          rx_text_addc (out, ' ');
          at++;
        }
      rx_text_addz (out, rx_text_string (&word));
      at += width;
      s += n + strspn (s + n, " ");
      out->failed = out->failed || word.failed;
      rx_text_free (&word);
    }
  rx_text_addc (out, '\n');
  out->failed = out->failed || line.failed;
  rx_text_free (&line);
}
