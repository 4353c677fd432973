/* wide.c: result rows turned into the lines and columns of a paper. */
#include "report/wide.h"

#include "base/text.h"
#include "report/rounded.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  PERCENT = 100,
  METHODS_NAMED = 16, /* in a note */
  SOURCES_NAMED = 16
};

/* The line with the number of persons: its printed cells name it so. */
static const char persons[] = "persons";

struct key
{
  const char *endpoint, *measure;
};

struct builder
{
  const struct rx_wide *wide;
  const char *name;
  const struct rx_rows *part, *all;
  const struct rx_wide_print *print;
  size_t n_prints;
  struct rx_sheet *sheet;
  struct key *key; /* of a line, or two lines beside printed numbers */
  size_t n_keys;
  const char **column;            /* values of `across` */
  size_t n_columns, first_column; /* first: of the sheet */
  bool has_measures;
  bool stars, gaps; /* were any put */
};

static bool
among (struct rx_texts texts, const char *text)
{
  for (size_t i = 0; i < texts.n; i++)
    if (strcmp (texts.text[i], text) == 0)
      return true;
  return false;
}

/* Appends text to list[0..*n) unless it is there. */
static void
collect (const char **list, size_t *n, size_t most, const char *text)
{
  if (*n < most && !among ((struct rx_texts){ list, *n }, text))
    list[(*n)++] = text;
}

/* ---- lines and columns ------------------------------------------------ */

static enum rx_status
find_columns (struct builder *b, struct rx_error *err)
{
  size_t most = b->wide->columns.n > 0 ? b->wide->columns.n : b->part->n;
  b->column = rx_array (most, sizeof *b->column);
  if (b->column == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < b->wide->columns.n; i++)
    b->column[b->n_columns++] = b->wide->columns.text[i];
  if (b->n_columns == 0)
    for (size_t i = 0; i < b->part->n; i++)
      collect (b->column, &b->n_columns, most,
               rx_row_text (&b->part->row[i], b->wide->across));
  return RX_OK;
}

static bool
has_key (const struct builder *b, const char *endpoint, const char *measure)
{
  for (size_t k = 0; k < b->n_keys; k++)
    if (strcmp (b->key[k].endpoint, endpoint) == 0
        && strcmp (b->key[k].measure, measure) == 0)
      return true;
  return false;
}

/* The row is shown, has this endpoint and, unless NULL, this measure. */
static bool
belongs (const struct builder *b, const struct rx_row *row,
         const char *endpoint, const char *measure)
{
  return strcmp (row->endpoint, endpoint) == 0
         && (measure == NULL || strcmp (row->measure, measure) == 0)
         && among ((struct rx_texts){ b->column, b->n_columns },
                   rx_row_text (row, b->wide->across));
}

/* Endpoints in the order of their first rows, all measures of each together,
   those first that the order names. */
static enum rx_status
find_keys (struct builder *b, struct rx_error *err)
{
  const struct rx_rows *part = b->part;
  const struct rx_texts order = b->wide->measures;
  b->key = rx_array (part->n, sizeof *b->key);
  if (b->key == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < part->n; i++)
    for (size_t m = 0; m <= order.n; m++)
      for (size_t j = i; j < part->n; j++)
        {
          const struct rx_row *row = &part->row[j];
          if (!belongs (b, row, part->row[i].endpoint,
                        m < order.n ? order.text[m] : NULL)
              || has_key (b, row->endpoint, row->measure))
            continue;
          b->has_measures = b->has_measures || row->measure[0] != '\0';
          b->key[b->n_keys++] = (struct key){ row->endpoint, row->measure };
        }
  return RX_OK;
}

/* Nothing that is printed may be lost. */
static enum rx_status
check_prints (const struct builder *b, struct rx_error *err)
{
  char endpoint[RX_QUOTED_SIZE], column[RX_QUOTED_SIZE];
  const struct rx_texts columns = { b->column, b->n_columns };
  for (size_t i = 0; i < b->n_prints; i++)
    {
      const struct rx_wide_print *print = &b->print[i];
      bool of_persons = b->wide->counts && print->measure[0] == '\0'
                        && strcmp (print->endpoint, persons) == 0;
      if (!of_persons && !has_key (b, print->endpoint, print->measure))
        return rx_fail_at (err, RX_EDATA, print->at,
                           "found %s with the measure \"%s\", expected a line "
                           "of the table %s",
                           rx_quotez (endpoint, print->endpoint),
                           print->measure, b->name);
      if (!among (columns, print->column))
        return rx_fail_at (err, RX_EDATA, print->at,
                           "found %s in the column %s, expected a column of "
                           "the table %s",
                           rx_quotez (endpoint, print->endpoint),
                           rx_quotez (column, print->column), b->name);
      for (size_t k = 0; k < i; k++)
        if (strcmp (b->print[k].endpoint, print->endpoint) == 0
            && strcmp (b->print[k].measure, print->measure) == 0
            && strcmp (b->print[k].column, print->column) == 0)
          return rx_fail_at (
              err, RX_EDATA, print->at,
              "%s in the column %s is printed already, expected "
              "one number for a cell",
              rx_quotez (endpoint, print->endpoint),
              rx_quotez (column, print->column));
    }
  return RX_OK;
}

/* ---- cells ------------------------------------------------------------ */

/* The row of a cell, NULL when there is none. */
static enum rx_status
find_row (const struct builder *b, const struct key *key, const char *column,
          const struct rx_row **out, struct rx_error *err)
{
  *out = NULL;
  for (size_t i = 0; i < b->part->n; i++)
    {
      const struct rx_row *row = &b->part->row[i];
      if (strcmp (row->endpoint, key->endpoint) != 0
          || strcmp (row->measure, key->measure) != 0
          || strcmp (rx_row_text (row, b->wide->across), column) != 0)
        continue;
      if (*out != NULL)
        return rx_fail_at (
            err, RX_EDATA, b->wide->at,
            "%s%s%s, column %s: found two rows (%s, %s, %s of %s and %s, %s, "
            "%s of %s), expected one: choose with `only` or `from`",
            key->endpoint, key->measure[0] != '\0' ? ", " : "", key->measure,
            column, (*out)->method, (*out)->term, (*out)->group,
            (*out)->analysis, row->method, row->term, row->group,
            row->analysis);
      *out = row;
    }
  return RX_OK;
}

/* The p-value behind a star: NaN when there is none. */
static double
star_p (const struct builder *b, const struct rx_row *row)
{
  if (b->wide->star_methods.n == 0)
    return row->p_value;
  bool by_term = strcmp (b->wide->across->name, "term") == 0;
  for (size_t m = 0; m < b->wide->star_methods.n; m++)
    for (size_t i = 0; i < b->all->n; i++)
      {
        const struct rx_row *other = &b->all->row[i];
        if (!isnan (other->p_value)
            && strcmp (other->method, b->wide->star_methods.text[m]) == 0
            && strcmp (other->analysis, row->analysis) == 0
            && strcmp (other->endpoint, row->endpoint) == 0
            && strcmp (other->measure, row->measure) == 0
            && strcmp (other->group, row->group) == 0
            && (!by_term || strcmp (other->term, row->term) == 0))
          return other->p_value;
      }
  return NAN;
}

static void
add_number (struct rx_text *out, double x, double times, long decimals)
{
  char number[RX_NUMBER_SIZE];
  rx_text_addz (
      out, isnan (x) ? "NA" : rx_rounded (number, times * x, (int)decimals));
}

/* "-73.3* (-120.2 to -26.4), p = 0.003" */
static enum rx_status
recomputed_cell (struct builder *b, const struct rx_row *row, const char **out,
                 struct rx_error *err)
{
  char p[RX_NUMBER_SIZE];
  struct rx_text text = { 0 };
  double times = among (b->wide->percent, row->measure) ? PERCENT : 1;
  add_number (&text, row->estimate, times, b->wide->decimals);
  if (b->wide->star_below > 0 && star_p (b, row) < b->wide->star_below)
    {
      rx_text_addc (&text, '*');
      b->stars = true;
    }
  if (b->wide->interval && (!isnan (row->conf_low) || !isnan (row->conf_high)))
    {
      rx_text_addz (&text, " (");
      add_number (&text, row->conf_low, times, b->wide->decimals);
      rx_text_addz (&text, " to ");
      add_number (&text, row->conf_high, times, b->wide->decimals);
      rx_text_addc (&text, ')');
    }
  if (b->wide->p && !isnan (row->p_value))
    {
      rx_number_p (p, row->p_value);
      rx_text_addf (&text, p[0] == '<' ? ", p %s" : ", p = %s", p);
    }
  *out = rx_strings_addz (&b->sheet->strings, rx_text_string (&text));
  bool failed = text.failed || *out == NULL;
  rx_text_free (&text);
  return failed ? rx_fail_memory (err) : RX_OK;
}

static const struct rx_wide_print *
find_print (const struct builder *b, const char *endpoint, const char *measure,
            const char *column)
{
  for (size_t i = 0; i < b->n_prints; i++)
    if (strcmp (b->print[i].endpoint, endpoint) == 0
        && strcmp (b->print[i].measure, measure) == 0
        && strcmp (b->print[i].column, column) == 0)
      return &b->print[i];
  return NULL;
}

/* ---- lines ------------------------------------------------------------ */

/* A line with its names; those that the line above has too are left out. */
static struct rx_sheet_line *
begin_line (struct builder *b, const struct key *key, const struct key *above,
            const char *label, struct rx_error *err)
{
  struct rx_strings *strings = &b->sheet->strings;
  bool same_endpoint
      = above != NULL && strcmp (above->endpoint, key->endpoint) == 0;
  bool same = same_endpoint && strcmp (above->measure, key->measure) == 0;
  size_t c = 0;
  const char *endpoint
      = rx_strings_addz (strings, same_endpoint ? "" : key->endpoint);
  const char *measure = rx_strings_addz (strings, same ? "" : key->measure);
  if (endpoint == NULL || measure == NULL)
    {
      rx_fail_memory (err);
      return NULL;
    }
  struct rx_sheet_line *line = rx_sheet_add (b->sheet, err);
  if (line == NULL)
    return NULL;
  line->cell[c++] = endpoint;
  if (b->has_measures)
    line->cell[c++] = measure;
  if (b->n_prints > 0)
    line->cell[c++] = label;
  return line;
}

static enum rx_status
add_printed (struct builder *b, const struct key *key, const struct key *above,
             struct rx_error *err)
{
  struct rx_sheet_line *line = begin_line (b, key, above, "published", err);
  if (line == NULL)
    return err->status;
  for (size_t c = 0; c < b->n_columns; c++)
    {
      const struct rx_wide_print *print
          = find_print (b, key->endpoint, key->measure, b->column[c]);
      const char *text = print != NULL ? print->text : "-";
      b->gaps = b->gaps || print == NULL;
      line->cell[b->first_column + c]
          = rx_strings_addz (&b->sheet->strings, text);
      if (line->cell[b->first_column + c] == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

static enum rx_status
add_recomputed (struct builder *b, const struct key *key,
                const struct key *above, struct rx_error *err)
{
  struct rx_sheet_line *line = begin_line (b, key, above, "recomputed", err);
  if (line == NULL)
    return err->status;
  for (size_t c = 0; c < b->n_columns; c++)
    {
      const struct rx_row *row;
      const char **cell = &line->cell[b->first_column + c];
      if (find_row (b, key, b->column[c], &row, err) != RX_OK)
        return err->status;
      if (row == NULL && b->n_prints > 0)
        {
          *cell = "-";
          b->gaps = true;
        }
      if (row != NULL && recomputed_cell (b, row, cell, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* A line of which nothing is printed has no line of printed numbers. */
static bool
has_prints (const struct builder *b, const struct key *key)
{
  for (size_t i = 0; i < b->n_prints; i++)
    if (strcmp (b->print[i].endpoint, key->endpoint) == 0
        && strcmp (b->print[i].measure, key->measure) == 0)
      return true;
  return false;
}

/* The most persons behind a row of the column; nothing where no row says. */
static enum rx_status
add_counts (struct builder *b, struct rx_error *err)
{
  const struct key key = { persons, "" };
  bool printed = has_prints (b, &key);
  if (printed && add_printed (b, &key, NULL, err) != RX_OK)
    return err->status;
  struct rx_sheet_line *line
      = begin_line (b, &key, printed ? &key : NULL, "recomputed", err);
  if (line == NULL)
    return err->status;
  for (size_t c = 0; c < b->n_columns; c++)
    {
      double most = NAN;
      char number[RX_NUMBER_SIZE];
      for (size_t i = 0; i < b->part->n; i++)
        {
          const struct rx_row *row = &b->part->row[i];
          if (strcmp (rx_row_text (row, b->wide->across), b->column[c]) == 0
              && !isnan (row->n) && !(row->n <= most))
            most = row->n;
        }
      const char *text
          = isnan (most) && printed
                ? "-"
                : rx_rounded_plain (number, most, RX_PLAIN_DIGITS);
      line->cell[b->first_column + c]
          = rx_strings_addz (&b->sheet->strings, text);
      if (line->cell[b->first_column + c] == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

/* ---- notes ------------------------------------------------------------ */

static void
add_list (struct rx_text *out, const char *const *list, size_t n,
          const char *between)
{
  for (size_t i = 0; i < n; i++)
    rx_text_addf (out, "%s%s", i > 0 ? between : "", list[i]);
}

static enum rx_status
take_note (struct builder *b, struct rx_text *text, struct rx_error *err)
{
  enum rx_status status
      = text->failed ? rx_fail_memory (err)
                     : rx_sheet_note (b->sheet, rx_text_string (text), err);
  rx_text_free (text);
  return status;
}

static enum rx_status
note_printed (struct builder *b, struct rx_error *err)
{
  struct rx_text text = { 0 };
  const char *source[SOURCES_NAMED];
  size_t n = 0;
  for (size_t i = 0; i < b->n_prints; i++)
    collect (source, &n, SOURCES_NAMED, b->print[i].source);
  rx_text_addz (&text, "published: as printed in ");
  add_list (&text, source, n, "; ");
  if (b->gaps)
    rx_text_addz (&text, ". -: no printed number is known here, or there is "
                         "nothing to recompute it from");
  return take_note (b, &text, err);
}

static enum rx_status
note_recomputed (struct builder *b, struct rx_error *err)
{
  struct rx_text text = { 0 };
  const char *method[METHODS_NAMED];
  size_t n = 0;
  const struct rx_texts columns = { b->column, b->n_columns };
  for (size_t i = 0; i < b->part->n; i++)
    if (among (columns, rx_row_text (&b->part->row[i], b->wide->across)))
      collect (method, &n, METHODS_NAMED, b->part->row[i].method);
  if (b->n_prints > 0)
    rx_text_addz (&text, "recomputed: ");
  add_list (&text, method, n, ", ");
  rx_text_addz (&text, b->part->synthetic
                           ? " of this run, from synthetic data: these "
                             "numbers say nothing about patients"
                           : " of this run");
  return take_note (b, &text, err);
}

static enum rx_status
note_percent (struct builder *b, struct rx_error *err)
{
  struct rx_text text = { 0 };
  if (b->wide->percent.n == 0)
    return RX_OK;
  add_list (&text, b->wide->percent.text, b->wide->percent.n, ", ");
  rx_text_addz (&text, ": percentage points");
  return take_note (b, &text, err);
}

static enum rx_status
note_stars (struct builder *b, struct rx_error *err)
{
  struct rx_text text = { 0 };
  char below[RX_NUMBER_SIZE];
  if (!b->stars)
    return RX_OK;
  rx_text_addf (&text, "*, recomputed: p < %s",
                rx_number_print (below, b->wide->star_below));
  if (b->wide->star_methods.n > 0)
    rx_text_addz (&text, " by ");
  add_list (&text, b->wide->star_methods.text, b->wide->star_methods.n,
            " or ");
  rx_text_addz (&text, ", not adjusted for their number");
  return take_note (b, &text, err);
}

static enum rx_status
add_notes (struct builder *b, struct rx_error *err)
{
  if ((b->n_prints > 0 && note_printed (b, err) != RX_OK)
      || note_recomputed (b, err) != RX_OK || note_percent (b, err) != RX_OK
      || note_stars (b, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < b->part->n_remarks; i++)
    {
      struct rx_text text = { 0 };
      if (!b->part->remark[i].is_warning)
        continue;
      rx_text_addf (&text, "Warning: %s", b->part->remark[i].text);
      if (take_note (b, &text, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* ---- the sheet -------------------------------------------------------- */

static enum rx_status
add_header (struct builder *b, struct rx_error *err)
{
  struct rx_sheet *sheet = b->sheet;
  sheet->title = b->wide->title != NULL ? b->wide->title : b->name;
  sheet->title = rx_strings_addz (&sheet->strings, sheet->title);
  sheet->study = rx_strings_addz (&sheet->strings,
                                  b->part->n > 0 ? b->part->row[0].study : "");
  if (sheet->title == NULL || sheet->study == NULL)
    return rx_fail_memory (err);
  sheet->synthetic = b->part->synthetic;
  if (rx_sheet_column (sheet, "endpoint", false, err) != RX_OK
      || (b->has_measures
          && rx_sheet_column (sheet, "measure", false, err) != RX_OK)
      || (b->n_prints > 0
          && rx_sheet_column (sheet, "numbers", false, err) != RX_OK))
    return err->status;
  b->first_column = sheet->n_columns;
  for (size_t c = 0; c < b->n_columns; c++)
    if (rx_sheet_column (sheet, b->column[c], true, err) != RX_OK)
      {
        const struct rx_error found = *err;
        return rx_fail_at (err, found.status, b->wide->at, "%s",
                           found.message);
      }
  return RX_OK;
}

static enum rx_status
build (struct builder *b, struct rx_error *err)
{
  if (find_columns (b, err) != RX_OK || find_keys (b, err) != RX_OK
      || check_prints (b, err) != RX_OK || add_header (b, err) != RX_OK
      || (b->wide->counts && add_counts (b, err) != RX_OK))
    return err->status;
  const struct key *above = NULL;
  for (size_t k = 0; k < b->n_keys; k++)
    {
      const struct key *key = &b->key[k];
      if (has_prints (b, key))
        {
          if (add_printed (b, key, above, err) != RX_OK)
            return err->status;
          above = key;
        }
      if (add_recomputed (b, key, above, err) != RX_OK)
        return err->status;
      above = key;
    }
  return add_notes (b, err);
}

enum rx_status
rx_wide_sheet (const struct rx_wide *wide, const char *name,
               const struct rx_rows *part, const struct rx_rows *all,
               const struct rx_wide_print *print, size_t n_prints,
               struct rx_sheet *sheet, struct rx_error *err)
{
  struct builder b = { .wide = wide,
                       .name = name,
                       .part = part,
                       .all = all,
                       .print = print,
                       .n_prints = n_prints,
                       .sheet = sheet };
  *sheet = (struct rx_sheet){ 0 };
  enum rx_status status = build (&b, err);
  free (b.key);
  free (b.column);
  return status;
}
