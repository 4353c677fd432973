/* selection.c: some of the rows. */
#include "methods/selection.h"

#include "base/text.h"

#include <string.h>

enum
{
  NAMED_MOST = 12 /* values that a message names */
};

size_t
rx_selection_columns (const char **names)
{
  size_t n = 0;
  for (size_t i = 0; i < rx_row_n_columns; i++)
    if (!rx_row_columns[i].is_number)
      names[n++] = rx_row_columns[i].name;
  return n;
}

const struct rx_row_column *
rx_selection_column (const char *name)
{
  for (size_t i = 0; i < rx_row_n_columns; i++)
    if (!rx_row_columns[i].is_number
        && strcmp (rx_row_columns[i].name, name) == 0)
      return &rx_row_columns[i];
  return NULL;
}

static bool
matches (const char *value, const char *text)
{
  size_t length = strlen (value);
  return length > 0 && value[length - 1] == '*'
             ? strncmp (value, text, length - 1) == 0
             : strcmp (value, text) == 0;
}

static bool
takes (const struct rx_choice *choice, const struct rx_row *row)
{
  for (size_t i = 0; i < choice->n; i++)
    if (matches (choice->value[i], rx_row_text (row, choice->column)))
      return true;
  return false;
}

/* Is that the analysis, or a variant of it where they are wanted? */
static bool
named (const char *name, const char *origin, const char *analysis,
       bool variants)
{
  return analysis == NULL || strcmp (name, analysis) == 0
         || (variants && origin != NULL && strcmp (origin, analysis) == 0);
}

/* Which analysis rows are taken from. */
struct source
{
  const char *analysis;
  bool variants;
};

static bool
is_of (const struct rx_row *row, const struct source *from)
{
  return named (row->analysis, row->origin, from->analysis, from->variants);
}

/* Has an earlier row of the analysis the same text in the column? */
static bool
seen (const struct rx_rows *rows, const struct source *from, size_t at,
      const struct rx_row_column *column)
{
  const char *text = rx_row_text (&rows->row[at], column);
  for (size_t i = 0; i < at; i++)
    if (is_of (&rows->row[i], from)
        && strcmp (rx_row_text (&rows->row[i], column), text) == 0)
      return true;
  return false;
}

static enum rx_status
fail_value (const struct rx_rows *rows, const struct source *from,
            const struct rx_choice *choice, const char *value,
            struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  struct rx_text have = { 0 };
  size_t n = 0;
  for (size_t i = 0; i < rows->n && n <= NAMED_MOST; i++)
    if (is_of (&rows->row[i], from) && !seen (rows, from, i, choice->column))
      {
        const char *text = rx_row_text (&rows->row[i], choice->column);
        n++;
        if (n > NAMED_MOST)
          rx_text_addz (&have, ", ...");
        else
          rx_text_addf (&have, "%s%s", n > 1 ? ", " : "",
                        text[0] != '\0' ? text : "\"\"");
      }
  rx_fail (err, RX_EDATA, "%s: found %s, expected what a row has: %s",
           choice->column->name, rx_quotez (found, value),
           n > 0 ? rx_text_string (&have) : "there are no rows");
  rx_text_free (&have);
  return err->status;
}

static enum rx_status
check_values (const struct rx_rows *rows, const struct source *from,
              const struct rx_choice *choice, struct rx_error *err)
{
  for (size_t v = 0; v < choice->n; v++)
    {
      const struct rx_choice one = { choice->column, &choice->value[v], 1 };
      bool found = false;
      for (size_t i = 0; i < rows->n && !found; i++)
        found = is_of (&rows->row[i], from) && takes (&one, &rows->row[i]);
      if (!found)
        return fail_value (rows, from, choice, choice->value[v], err);
    }
  return RX_OK;
}

enum rx_status
rx_rows_select (const struct rx_rows *all, const char *analysis,
                const struct rx_selection *selection, struct rx_rows *part,
                struct rx_error *err)
{
  const struct source source = { analysis, selection->variants },
                      *from = &source;
  *part = (struct rx_rows){ .synthetic = all->synthetic };
  for (size_t c = 0; c < selection->n; c++)
    if (check_values (all, from, &selection->choice[c], err) != RX_OK)
      return err->status;
  part->row = rx_array (all->n, sizeof *part->row);
  part->remark = rx_array (all->n_remarks, sizeof *part->remark);
  if (part->row == NULL || part->remark == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < all->n; i++)
    {
      bool wanted = is_of (&all->row[i], from);
      for (size_t c = 0; c < selection->n && wanted; c++)
        wanted = takes (&selection->choice[c], &all->row[i]);
      if (wanted)
        part->row[part->n++] = all->row[i];
    }
  for (size_t i = 0; i < all->n_remarks; i++)
    if (named (all->remark[i].analysis, all->remark[i].origin, analysis,
               selection->variants))
      part->remark[part->n_remarks++] = all->remark[i];
  return RX_OK;
}
