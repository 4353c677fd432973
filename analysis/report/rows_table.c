/* rows_table.c: one block of rows in aligned columns.

   A page is RX_GRID_WIDTH columns wide.  A table that is wider has its longer
   notes put below it, numbered; if that is not enough, the methods get lines
   of their own. */
#include "report/rows_table.h"

#include "report/grid.h"
#include "report/rounded.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  INDENT = 2,
  SHORT_NOTE = 13 /* a note no wider stays beside its row */
};

enum layout
{
  NOTES_BESIDE,
  NOTES_BELOW,
  METHODS_ABOVE, /* and the notes below */
  N_LAYOUTS
};

/* The columns of both tables; each leaves those out that it does not use. */
enum column
{
  GROUP,
  METHOD,
  TERM,
  N,
  ESTIMATE,
  ERROR,
  DEVIATION,
  INTERVAL,
  DF,
  STATISTIC,
  P_VALUE,
  P_ADJUSTED,
  NOTE,
  N_COLUMNS
};
_Static_assert((int)N_COLUMNS <= (int)RX_GRID_COLUMNS,
               "the grid is too narrow");

static const struct rx_grid_line titles = {
  .cell = { [GROUP] = "group",
            [METHOD] = "method",
            [TERM] = "term",
            [N] = "n",
            [ESTIMATE] = "estimate",
            [ERROR] = "SE",
            [DEVIATION] = "SD",
            [INTERVAL] = "interval",
            [DF] = "df",
            [STATISTIC] = "statistic",
            [P_VALUE] = "p",
            [P_ADJUSTED] = "p adj.",
            [NOTE] = "note" },
};

struct table
{
  struct rx_grid grid;
  const struct rx_grouped *rows;
  size_t n;
  bool (*wants) (const struct rx_row *row);
  void (*add) (struct table *table, const struct rx_row *row);
  enum layout layout;
  bool has_groups;           /* other ones than "all" */
  double level;              /* of all intervals; NaN: they differ */
  int digits;                /* of a standard error */
  int decimals;              /* fewest of its rows, -1: unknown */
  const struct rx_row *last; /* the row added before */
  const char **note;         /* [n] notes below, in the order of their marks */
  size_t n_notes;
};

static bool
is_method (const struct rx_row *row, const char *method)
{
  return strcmp (row->method, method) == 0;
}

static bool
is_description (const struct rx_row *row)
{
  return is_method (row, "describe");
}

static bool
is_result (const struct rx_row *row)
{
  return !is_description (row) && !is_method (row, "profiles");
}

/* ---- cells ------------------------------------------------------------ */

/* Keeps a text as a cell, and frees it. */
static const char *
keep (struct rx_grid *grid, struct rx_text *text)
{
  const char *cell = rx_grid_text (grid, rx_text_string (text));
  grid->failed = grid->failed || text->failed;
  rx_text_free (text);
  return cell;
}

static const char *
plain_cell (struct rx_grid *grid, double x, int digits)
{
  char number[RX_NUMBER_SIZE];
  return rx_grid_text (grid, rx_rounded_plain (number, x, digits));
}

static const char *
number_cell (struct rx_grid *grid, double x, int decimals)
{
  char number[RX_NUMBER_SIZE];
  return rx_grid_text (grid, rx_rounded (number, x, decimals));
}

/* "20.8 to 70.0", with its level where the levels of the table differ. */
static const char *
interval_cell (struct table *table, const struct rx_row *row, int decimals)
{
  char low[RX_NUMBER_SIZE], high[RX_NUMBER_SIZE];
  struct rx_text text = { 0 };
  if (isnan (row->conf_low) && isnan (row->conf_high))
    return "";
  rx_rounded (low, row->conf_low, decimals);
  rx_rounded (high, row->conf_high, decimals);
  rx_text_addf (&text, "%s to %s", low[0] != '\0' ? low : "NA",
                high[0] != '\0' ? high : "NA");
  if (isnan (table->level) && !isnan (row->conf_level))
    rx_text_addf (&text, " (%.10g%%)", 100 * row->conf_level);
  return keep (&table->grid, &text);
}

/* "23.8", or "2, 23.8" of an F test. */
static const char *
df_cell (struct rx_grid *grid, const struct rx_row *row)
{
  char df_num[RX_NUMBER_SIZE], df[RX_NUMBER_SIZE];
  struct rx_text text = { 0 };
  rx_text_addz (&text,
                rx_rounded_plain (df_num, row->df_num, RX_ERROR_DIGITS));
  if (text.length > 0 && !isnan (row->df))
    rx_text_addz (&text, ", ");
  rx_text_addz (&text, rx_rounded_plain (df, row->df, RX_ERROR_DIGITS));
  return keep (grid, &text);
}

static const char *
p_cell (struct rx_grid *grid, double p)
{
  char number[RX_NUMBER_SIZE];
  return isnan (p) ? "" : rx_grid_text (grid, rx_number_p (number, p));
}

/* Words of a note that a remark says too, or a column. */
static bool
is_for_figures (const char *word)
{
  static const char *const keys[] = { "better=", "unit=", "role=" };
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    if (strncmp (word, keys[i], strlen (keys[i])) == 0)
      return true;
  return false;
}

/* The words of a note but for those meant for figures. */
static const char *
note_words (struct rx_grid *grid, const char *note)
{
  struct rx_text words = { 0 };
  while (*note != '\0')
    {
      const char *end = strstr (note, "; ");
      size_t length = end != NULL ? (size_t)(end - note) : strlen (note);
      if (!is_for_figures (note))
        {
          rx_text_addz (&words, words.length > 0 ? "; " : "");
          rx_text_add (&words, note, length);
        }
      note += end != NULL ? length + 2 : length;
    }
  return keep (grid, &words);
}

static const char *
note_cell (struct table *table, const struct rx_row *row)
{
  char mark[24];
  size_t i = 0;
  const char *words = note_words (&table->grid, row->note);
  if (table->layout == NOTES_BESIDE || rx_text_width (words) <= SHORT_NOTE)
    return words;
  while (i < table->n_notes && strcmp (table->note[i], words) != 0)
    i++;
  if (i == table->n_notes)
    table->note[table->n_notes++] = words;
  snprintf (mark, sizeof mark, "[%zu]", i + 1);
  return rx_grid_text (&table->grid, mark);
}

/* The decimals of a row; one less where that is what another row needs, so
   that the columns line up. */
static int
table_decimals (const struct table *table, const struct rx_row *row)
{
  int decimals = rx_rounded_decimals (row, table->digits);
  return decimals - (table->decimals >= 0 && decimals == table->decimals + 1);
}

static bool
is_new_group (const struct table *table, const struct rx_row *row)
{
  return table->last == NULL || strcmp (table->last->group, row->group) != 0;
}

/* ---- means ------------------------------------------------------------ */

static const char sd_prefix[] = "sd:";

static bool
is_sd (const struct rx_row *row)
{
  return strncmp (row->term, sd_prefix, strlen (sd_prefix)) == 0;
}

/* The row of the block that describes `term` in the group of `row`, NULL when
   there is none. */
static const struct rx_row *
find_description (const struct table *table, const struct rx_row *row,
                  const char *term, bool sd)
{
  for (size_t i = 0; i < table->n; i++)
    {
      const struct rx_row *other = table->rows[i].row;
      if (is_description (other) && is_sd (other) == sd
          && strcmp (other->group, row->group) == 0
          && strcmp (other->term + (sd ? strlen (sd_prefix) : 0), term) == 0)
        return other;
    }
  return NULL;
}

/* A mean with the SD that belongs to it; or an SD that has no mean. */
static void
add_description (struct table *table, const struct rx_row *row)
{
  struct rx_grid *grid = &table->grid;
  bool alone = is_sd (row);
  const char *term = row->term + (alone ? strlen (sd_prefix) : 0);
  if (alone && find_description (table, row, term, false) != NULL)
    return;
  const struct rx_row *sd
      = alone ? row : find_description (table, row, term, true);
  int decimals = table_decimals (table, row);
  bool names_group = table->has_groups && is_new_group (table, row);
  struct rx_grid_line *line = rx_grid_add (grid);
  line->cell[GROUP] = names_group ? rx_grid_text (grid, row->group) : "";
  line->cell[TERM] = rx_grid_text (grid, term);
  line->cell[N] = plain_cell (grid, row->n, RX_PLAIN_DIGITS);
  if (!alone)
    {
      bool none = isnan (row->estimate);
      line->cell[ESTIMATE]
          = none ? "NA" : number_cell (grid, row->estimate, decimals);
      line->cell[ERROR] = number_cell (grid, row->std_error, decimals);
    }
  if (sd != NULL)
    line->cell[DEVIATION] = number_cell (grid, sd->estimate, decimals);
  line->cell[INTERVAL] = interval_cell (table, row, decimals);
  line->cell[NOTE] = note_cell (table, row);
  table->last = row;
}

/* ---- results ---------------------------------------------------------- */

/* The group and the method of a row, where the row before has others. */
static void
add_names (struct table *table, const struct rx_row *row)
{
  bool new_group = is_new_group (table, row);
  bool new_method = new_group || !is_method (table->last, row->method);
  struct rx_grid *grid = &table->grid;
  struct rx_grid_line *line = rx_grid_add (grid);
  if (table->layout != METHODS_ABOVE)
    {
      bool names_group = table->has_groups && new_group;
      line->cell[GROUP] = names_group ? rx_grid_text (grid, row->group) : "";
      line->cell[METHOD] = new_method ? rx_grid_text (grid, row->method) : "";
      line->cell[TERM] = rx_grid_text (grid, row->term);
      return;
    }
  struct rx_text term = { 0 }, label = { 0 };
  if (new_method)
    {
      if (table->has_groups)
        rx_text_addf (&label, "%s, ", row->group);
      rx_text_addz (&label, row->method);
      line->spans = true;
      line->cell[TERM] = keep (grid, &label);
      line = rx_grid_add (grid);
    }
  rx_text_addf (&term, "  %s", row->term);
  line->cell[TERM] = keep (grid, &term);
}

static void
add_result (struct table *table, const struct rx_row *row)
{
  struct rx_grid *grid = &table->grid;
  int decimals = table_decimals (table, row);
  /* a row without an interval's level holds a count only: nothing is missing
   */
  bool none = isnan (row->estimate) && isnan (row->statistic)
              && isnan (row->p_value) && !isnan (row->conf_level);
  add_names (table, row);
  if (grid->failed)
    return;
  const char **cell = grid->line[grid->n - 1].cell;
  cell[N] = plain_cell (grid, row->n, RX_PLAIN_DIGITS);
  cell[ESTIMATE] = none ? "NA" : number_cell (grid, row->estimate, decimals);
  cell[ERROR] = number_cell (grid, row->std_error, decimals);
  cell[INTERVAL] = interval_cell (table, row, decimals);
  cell[DF] = df_cell (grid, row);
  cell[STATISTIC] = plain_cell (grid, row->statistic, RX_ERROR_DIGITS);
  cell[P_VALUE] = p_cell (grid, row->p_value);
  cell[P_ADJUSTED] = p_cell (grid, row->p_adjusted);
  cell[NOTE] = note_cell (table, row);
  table->last = row;
}

/* ---- layout ----------------------------------------------------------- */

/* What holds for the table as a whole. */
static void
survey (struct table *table)
{
  bool levels_differ = false;
  table->level = NAN;
  table->decimals = -1;
  table->has_groups = false;
  for (size_t i = 0; i < table->n; i++)
    {
      const struct rx_row *row = table->rows[i].row;
      if (!table->wants (row))
        continue;
      table->has_groups
          = table->has_groups
            || (row->group[0] != '\0' && strcmp (row->group, "all") != 0);
      if (!isnan (row->conf_level) && !isnan (table->level))
        levels_differ = levels_differ || row->conf_level != table->level;
      if (!isnan (row->conf_level))
        table->level = row->conf_level;
      int decimals = rx_rounded_decimals (row, table->digits);
      if (decimals >= 0 && (table->decimals < 0 || decimals < table->decimals))
        table->decimals = decimals;
    }
  if (levels_differ)
    table->level = NAN;
}

static void
fill (struct table *table)
{
  static const enum column texts[] = { GROUP, METHOD, TERM, NOTE };
  struct rx_grid *grid = &table->grid;
  struct rx_grid_line *header = rx_grid_add (grid);
  *header = titles;
  if (table->wants == is_description)
    {
      header->cell[TERM] = "cell";
      header->cell[ESTIMATE] = "mean";
    }
  if (!isnan (table->level))
    {
      char title[RX_NUMBER_SIZE];
      snprintf (title, sizeof title, "%.10g%% interval", 100 * table->level);
      header->cell[INTERVAL] = rx_grid_text (grid, title);
    }
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    grid->left[texts[i]] = true;
  table->last = NULL;
  for (size_t i = 0; i < table->n; i++)
    if (table->wants (table->rows[i].row))
      table->add (table, table->rows[i].row);
}

/* Fills the table in one layout after the other until it fits the page. */
static void
lay_out (struct table *table, struct rx_text *out)
{
  survey (table);
  for (int layout = NOTES_BESIDE; layout < N_LAYOUTS; layout++)
    {
      rx_grid_free (&table->grid);
      table->n_notes = 0;
      table->layout = (enum layout)layout;
      fill (table);
      if (rx_grid_width (&table->grid, INDENT) <= RX_GRID_WIDTH)
        break;
    }
  if (table->grid.n > 1)
    {
      rx_text_addc (out, '\n');
      rx_grid_print (&table->grid, INDENT, out);
    }
  for (size_t i = 0; i < table->n_notes; i++)
    {
      char mark[32];
      snprintf (mark, sizeof mark, "%*s[%zu] ", INDENT, "", i + 1);
      rx_grid_wrap (out, mark, table->note[i], strlen (mark));
    }
  out->failed = out->failed || table->grid.failed;
  rx_grid_free (&table->grid);
}

size_t
rx_rows_table_shown (const struct rx_grouped *rows, size_t n)
{
  size_t shown = 0;
  for (size_t i = 0; i < n; i++)
    shown += is_description (rows[i].row) || is_result (rows[i].row);
  return shown;
}

void
rx_rows_table (struct rx_text *out, const struct rx_grouped *rows, size_t n,
               int digits)
{
  struct table means = { .rows = rows,
                         .n = n,
                         .wants = is_description,
                         .digits = digits > 0 ? digits : RX_ERROR_DIGITS };
  means.add = add_description;
  means.note = rx_array (n, sizeof *means.note);
  if (means.note == NULL)
    {
      out->failed = true;
      return;
    }
  struct table results = means; /* one after the other: notes are shared */
  results.wants = is_result;
  results.add = add_result;
  lay_out (&means, out);
  lay_out (&results, out);
  free (means.note);
}
