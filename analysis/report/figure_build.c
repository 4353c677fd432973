/* figure_build.c: the rows of each analysis in turn, shaped into pictures by a
   figure, and names for their files. */
#include "report/figure_data.h"
#include "report/grouped.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- names of files --------------------------------------------------- */

enum
{
  PART_MOST = 80 /* bytes of a part; a file name holds 255 */
};

/* Letters, digits and what is no ASCII stay; anything else, also in a row,
   becomes one hyphen. */
static void
add_safe (struct rx_text *out, const char *text)
{
  size_t left = strlen (text);
  while (left > 0)
    {
      const unsigned char *s = (const unsigned char *)text;
      size_t n = rx_utf8_length (s, left);
      bool keeps = n > 1 || isalnum (*s) || (strchr ("._+", *s) != NULL);
      if (out->length + n > PART_MOST)
        return;
      if (n > 0 && keeps && !(*s == '.' && out->length == 0))
        rx_text_add (out, text, n);
      else if (out->length > 0 && out->data[out->length - 1] != '-')
        rx_text_addc (out, '-');
      text += n > 0 ? n : 1;
      left -= n > 0 ? n : 1;
    }
}

static bool
is_taken (const struct rx_pictures *pictures, size_t before, const char *part)
{
  for (size_t i = 0; i < before; i++)
    if (strcasecmp (pictures->picture[i].part, part) == 0)
      return true;
  return false;
}

/* Names the pictures from `first` on after their analysis (NULL: only one
   there) and their own part; the second of a name gets a number. */
static enum rx_status
name_parts (struct rx_pictures *pictures, size_t first, const char *analysis,
            struct rx_error *err)
{
  bool alone = pictures->n == first + 1;
  for (size_t i = first; i < pictures->n; i++)
    {
      struct rx_text part = { 0 };
      if (analysis != NULL)
        add_safe (&part, analysis);
      if (!alone && part.length > 0)
        rx_text_addc (&part, '-');
      if (!alone)
        add_safe (&part, pictures->picture[i].part);
      size_t length = part.length;
      for (size_t k = 2;
           is_taken (pictures, i, rx_text_string (&part)) && !part.failed; k++)
        {
          part.length = length;
          rx_text_addf (&part, "%s%zu", length > 0 ? "-" : "", k);
        }
      const char *kept
          = part.failed
                ? NULL
                : rx_strings_addz (&pictures->strings, rx_text_string (&part));
      rx_text_free (&part);
      if (kept == NULL)
        return rx_fail_memory (err);
      pictures->picture[i].part = kept;
    }
  return RX_OK;
}

/* ---- building --------------------------------------------------------- */

/* One picture of the rows that the figure draws, if there are any. */
static enum rx_status
build_rows (const struct rx_figure *figure, const struct rx_rows *rows,
            struct rx_pictures *out, struct rx_error *err)
{
  struct rx_text *tsv = NULL;
  for (size_t i = 0; i < rows->n; i++)
    {
      if (!figure->draws (&rows->row[i]))
        continue;
      if (tsv == NULL)
        tsv = rx_picture_add (out, "", figure->columns, err);
      if (tsv == NULL)
        return err->status;
      figure->add (tsv, rows, i, &out->strings);
      rx_picture_end_row (tsv);
    }
  return RX_OK;
}

/* Builds the pictures of grouped[0..n), the rows of one analysis. */
static enum rx_status
build_one (const struct rx_figure *figure, const struct rx_grouped *grouped,
           size_t n, bool synthetic, struct rx_pictures *out,
           struct rx_error *err)
{
  struct rx_rows view = { .n = n, .synthetic = synthetic };
  view.row = rx_array (n, sizeof *view.row);
  if (view.row == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    view.row[i] = *grouped[i].row;
  size_t first = out->n;
  enum rx_status status = figure->build != NULL
                              ? figure->build (&view, out, err)
                              : build_rows (figure, &view, out, err);
  for (size_t i = first; i < out->n && status == RX_OK; i++)
    if (out->picture[i].tsv.failed)
      status = rx_fail_memory (err);
  free (view.row);
  return status;
}

enum rx_status
rx_figure_build (const struct rx_figure *figure, const struct rx_rows *rows,
                 struct rx_pictures *out, struct rx_error *err)
{
  struct rx_grouped *grouped = rx_grouped_alloc (rows);
  if (grouped == NULL)
    return rx_fail_memory (err);
  enum rx_status status = RX_OK;
  if (figure->variants)
    {
      status = build_one (figure, grouped, rows->n, rows->synthetic, out, err);
      if (status == RX_OK)
        status = name_parts (out, 0, NULL, err);
      free (grouped);
      return status;
    }
  size_t all = rx_grouped_end (grouped, rows->n, 0, RX_BY_ANALYSIS);
  bool several = all < rows->n;
  for (size_t from = 0, to; from < rows->n && status == RX_OK; from = to)
    {
      const char *name = grouped[from].row->analysis;
      to = rx_grouped_end (grouped, rows->n, from, RX_BY_ANALYSIS);
      size_t first = out->n;
      status = build_one (figure, grouped + from, to - from, rows->synthetic,
                          out, err);
      if (status == RX_OK)
        status = name_parts (out, first, several ? name : NULL, err);
    }
  free (grouped);
  return status;
}
