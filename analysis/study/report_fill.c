/* report_fill.c: one function per kind of placeholder, and one row of
   `slots`. */
#include "study/report_fill.h"

#include "report/markup.h"
#include "report/rounded.h"
#include "study/claims_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum
{
  PATH_PARTS = 5,     /* ANALYSIS/ENDPOINT/METHOD/TERM/COLUMN */
  DECIMALS_MOST = 12, /* of a placeholder */
  WORDS_MOST = 12     /* the largest number that is written as a word */
};

/* What a filling needs. */
struct filler
{
  const struct rx_study_report *report;
  const struct rx_report_piece *piece;
  struct rx_strings strings;
  struct rx_text *out;
};

struct slot
{
  const char *name;
  const char *keys[RX_REPORT_OPTIONS + 1];
  enum rx_status (*fill) (struct filler *filler, struct rx_error *err);
};

/* ---- the subject ------------------------------------------------------- */

/* The parts between slashes; "\/" is a slash within one.  Returns how many
   there are, of which the first `most` are kept; 0 without memory. */
static size_t
split (struct filler *filler, const char **part, size_t most)
{
  size_t n = 0;
  struct rx_text text = { 0 };
  for (const char *s = filler->piece->text;; s++)
    {
      if (*s == '\\' && s[1] == '/')
        rx_text_addc (&text, *++s);
      else if (*s != '/' && *s != '\0')
        rx_text_addc (&text, *s);
      else
        {
          if (n < most)
            part[n]
                = rx_strings_addz (&filler->strings, rx_text_string (&text));
          if (text.failed || (n < most && part[n] == NULL))
            {
              n = 0;
              break;
            }
          rx_text_clear (&text);
          n++;
          if (*s == '\0')
            break;
        }
    }
  rx_text_free (&text);
  return n;
}

static enum rx_status
fail_subject (const struct filler *filler, const char *expected,
              struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  return rx_fail_at (err, RX_EDATA, filler->piece->at, "found %s, expected %s",
                     rx_quotez (found, filler->piece->text), expected);
}

/* An error of a layer below, with the place of the placeholder. */
static enum rx_status
fail_here (const struct filler *filler, enum rx_status status,
           struct rx_error *err)
{
  struct rx_error found = *err;
  if (status != RX_EDATA)
    return status;
  return rx_fail_at (err, status, filler->piece->at, "%s", found.message);
}

/* ---- rows -------------------------------------------------------------- */

/* The rows that ANALYSIS/ENDPOINT/METHOD/TERM and the options measure, group,
   study and note mean.  Free *part with rx_rows_free. */
static enum rx_status
select_rows (struct filler *filler, const char *const *path,
             struct rx_rows *part, struct rx_error *err)
{
  static const char *const by_path[]
      = { "analysis", "endpoint", "method", "term" };
  static const char *const by_option[]
      = { "measure", "group", "study", "note" };
  const char *value[8];
  struct rx_choice choice[8];
  size_t n = 0;
  for (size_t i = 0; i < 4; i++, n++)
    {
      value[n] = path[i];
      choice[n] = (struct rx_choice){ rx_selection_column (by_path[i]),
                                      &value[n], 1 };
    }
  for (size_t i = 0; i < 4; i++)
    {
      value[n] = rx_report_option (filler->piece, by_option[i]);
      if (value[n] == NULL)
        continue;
      choice[n] = (struct rx_choice){ rx_selection_column (by_option[i]),
                                      &value[n], 1 };
      n++;
    }
  const struct rx_rows *all = filler->report->rows;
  const struct rx_selection analysis = { .choice = choice, .n = 1 },
                            rest = { .choice = choice + 1, .n = n - 1 };
  enum rx_status status = rx_rows_select (all, NULL, &analysis, part, err);
  rx_rows_free (part);
  if (status == RX_OK) /* so that what is known is that of the analysis */
    status = rx_rows_select (all, path[0], &rest, part, err);
  return fail_here (filler, status, err);
}

/* Which columns of text tell the rows apart. */
static enum rx_status
fail_several (const struct filler *filler, const struct rx_rows *part,
              struct rx_error *err)
{
  struct rx_text names = { 0 };
  for (size_t c = 0; c < rx_row_n_columns; c++)
    {
      const struct rx_row_column *column = &rx_row_columns[c];
      bool differ = false;
      for (size_t i = 1; i < part->n && !column->is_number; i++)
        differ = differ
                 || strcmp (rx_row_text (&part->row[0], column),
                            rx_row_text (&part->row[i], column))
                        != 0;
      if (differ)
        rx_text_addf (&names, "%s%s", names.length > 0 ? ", " : "",
                      column->name);
    }
  rx_fail_at (err, RX_EDATA, filler->piece->at,
              "found %zu result rows, expected one; they differ in: %s",
              part->n, names.length > 0 ? rx_text_string (&names) : "no text");
  rx_text_free (&names);
  return err->status;
}

static const struct rx_row_column *
find_column (const char *name)
{
  for (size_t i = 0; i < rx_row_n_columns; i++)
    if (strcmp (rx_row_columns[i].name, name) == 0)
      return &rx_row_columns[i];
  return NULL;
}

static enum rx_status
fail_column (const struct filler *filler, const char *name,
             struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  struct rx_text names = { 0 };
  for (size_t i = 0; i < rx_row_n_columns; i++)
    rx_text_addf (&names, "%s%s", i > 0 ? ", " : "", rx_row_columns[i].name);
  rx_fail_at (err, RX_EDATA, filler->piece->at,
              "found %s, expected a column of the result row: %s",
              rx_quotez (found, name), rx_text_string (&names));
  rx_text_free (&names);
  return err->status;
}

/* ---- numbers ----------------------------------------------------------- */

/* A number with a minus sign in place of a hyphen, as Markdown. */
static void
add_number (struct rx_text *out, const char *number)
{
  if (number[0] == '-')
    rx_text_addz (out, "\xE2\x88\x92"); /* U+2212 */
  rx_markdown_escape (out, number + (number[0] == '-'));
}

/* The whole number under a key, *out as it was where there is none. */
static enum rx_status
option_number (const struct filler *filler, const char *key, long least,
               long *out, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const char *text = rx_report_option (filler->piece, key);
  if (text == NULL || rx_integer_readz (text, least, DECIMALS_MOST, out))
    return RX_OK;
  return rx_fail_at (err, RX_EDATA, filler->piece->at,
                     "%s: found %s, expected a whole number from %ld to %d",
                     key, rx_quotez (found, text), least, DECIMALS_MOST);
}

static bool
as (const struct filler *filler, const char *form)
{
  const char *asked = rx_report_option (filler->piece, "as");
  return asked != NULL && strcmp (asked, form) == 0;
}

static enum rx_status
check_as (const struct filler *filler, bool may_be_percent,
          struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const char *asked = rx_report_option (filler->piece, "as");
  if (asked == NULL || as (filler, "words")
      || (may_be_percent && as (filler, "percent")))
    return RX_OK;
  return rx_fail_at (
      err, RX_EDATA, filler->piece->at, "as: found %s, expected words%s",
      rx_quotez (found, asked), may_be_percent ? " or percent" : "");
}

/* "three", or the digits of what is no small whole number. */
static void
add_words (struct rx_text *out, double x, const char *digits)
{
  static const char *const words[WORDS_MOST + 1]
      = { "zero",  "one",   "two",  "three", "four",   "five",  "six",
          "seven", "eight", "nine", "ten",   "eleven", "twelve" };
  if (x >= 0 && x <= WORDS_MOST && x == trunc (x))
    rx_text_addz (out, words[(size_t)x]);
  else
    add_number (out, digits);
}

static enum rx_status
add_value (struct filler *filler, const struct rx_row *row,
           const struct rx_row_column *column, struct rx_error *err)
{
  char number[RX_NUMBER_SIZE];
  long decimals = -1, digits = 0;
  bool percent = as (filler, "percent");
  double x = rx_row_number (row, column) * (percent ? 100 : 1);
  if (option_number (filler, "decimals", 0, &decimals, err) != RX_OK
      || option_number (filler, "digits", 1, &digits, err) != RX_OK
      || check_as (filler, true, err) != RX_OK)
    return err->status;
  if (decimals >= 0 && digits > 0)
    return rx_fail_at (err, RX_EDATA, filler->piece->at,
                       "decimals and digits are both here, expected one");
  if (decimals >= 0)
    rx_rounded (number, x, (int)decimals);
  else if (digits > 0)
    rx_rounded_plain (number, x, (int)digits);
  else if (percent)
    rx_rounded_plain (number, x, RX_ERROR_DIGITS);
  else
    rx_rounded_column (number, row, column, RX_ERROR_DIGITS);
  if (as (filler, "words"))
    add_words (filler->out, x, number);
  else
    add_number (filler->out, number);
  rx_text_addz (filler->out, percent ? "%" : "");
  return RX_OK;
}

/* A text of a row; as words, "cannot-be-told" is "cannot be told". */
static enum rx_status
add_text (struct filler *filler, const char *text, struct rx_error *err)
{
  struct rx_text words = { 0 };
  if (check_as (filler, false, err) != RX_OK)
    return err->status;
  for (const char *s = text; *s != '\0'; s++)
    rx_text_addc (&words, *s == '-' && as (filler, "words") ? ' ' : *s);
  rx_markdown_escape (filler->out, rx_text_string (&words));
  filler->out->failed = filler->out->failed || words.failed;
  rx_text_free (&words);
  return RX_OK;
}

/* ---- the kinds --------------------------------------------------------- */

/* What is not known is said in the author's words, or not at all. */
static enum rx_status
fill_missing (struct filler *filler, const char *column, const char *what,
              struct rx_error *err)
{
  const char *missing = rx_report_option (filler->piece, "missing");
  if (missing == NULL)
    return rx_fail_at (err, RX_EDATA, filler->piece->at,
                       "%s of %s is %s; say with missing=... what the report "
                       "is to say of it",
                       column, filler->piece->text, what);
  rx_text_addz (filler->out, missing);
  return RX_OK;
}

static enum rx_status
fill_row (struct filler *filler, const struct rx_rows *part,
          const struct rx_row_column *column, struct rx_error *err)
{
  if (part->n == 0)
    return fail_subject (filler, "a result row that is all of this", err);
  if (part->n > 1)
    return fail_several (filler, part, err);
  const struct rx_row *row = &part->row[0];
  if (!column->is_number && rx_row_text (row, column)[0] == '\0')
    return fill_missing (filler, column->name, "empty", err);
  if (!column->is_number)
    return add_text (filler, rx_row_text (row, column), err);
  double x = rx_row_number (row, column);
  if (!isfinite (x))
    return fill_missing (filler, column->name, isnan (x) ? "NA" : "infinite",
                         err);
  return add_value (filler, row, column, err);
}

/* {{value: ANALYSIS/ENDPOINT/METHOD/TERM/COLUMN}} */
static enum rx_status
fill_value (struct filler *filler, struct rx_error *err)
{
  const char *path[PATH_PARTS];
  struct rx_rows part = { 0 };
  if (split (filler, path, PATH_PARTS) != PATH_PARTS)
    return fail_subject (
        filler,
        "ANALYSIS/ENDPOINT/METHOD/TERM/COLUMN (a slash in a name is \\/)",
        err);
  const struct rx_row_column *column = find_column (path[PATH_PARTS - 1]);
  if (column == NULL)
    return fail_column (filler, path[PATH_PARTS - 1], err);
  enum rx_status status = select_rows (filler, path, &part, err);
  if (status == RX_OK)
    status = fill_row (filler, &part, column, err);
  rx_rows_free (&part);
  return status;
}

/* {{count: ANALYSIS/ENDPOINT/METHOD/TERM; note=...}}: how many rows. */
static enum rx_status
fill_count (struct filler *filler, struct rx_error *err)
{
  const char *path[PATH_PARTS];
  char number[RX_NUMBER_SIZE];
  struct rx_rows part = { 0 };
  if (split (filler, path, PATH_PARTS) != PATH_PARTS - 1)
    return fail_subject (
        filler, "ANALYSIS/ENDPOINT/METHOD/TERM (a slash in a name is \\/)",
        err);
  enum rx_status status = check_as (filler, false, err);
  if (status == RX_OK)
    status = select_rows (filler, path, &part, err);
  rx_rounded_plain (number, (double)part.n, RX_PLAIN_DIGITS);
  if (status == RX_OK && as (filler, "words"))
    add_words (filler->out, (double)part.n, number);
  else if (status == RX_OK)
    add_number (filler->out, number);
  rx_rows_free (&part);
  return status;
}

static const struct rx_study_claim *
find_claim (const struct filler *filler, const char *id, size_t *n)
{
  const struct rx_study_claim *found = NULL;
  const char *analysis = rx_report_option (filler->piece, "analysis");
  *n = 0;
  for (size_t i = 0; i < filler->report->n_findings; i++)
    {
      const struct rx_study_finding *finding = &filler->report->findings[i];
      if (analysis != NULL && strcmp (analysis, finding->analysis->name) != 0)
        continue;
      for (size_t k = 0; k < finding->n_claims; k++)
        if (strcmp (finding->claims[k].id, id) == 0)
          {
            found = &finding->claims[k];
            ++*n;
          }
    }
  return found;
}

/* {{claim: ID}} or {{claim: ID/COLUMN}}, a column of claims.tsv. */
static enum rx_status
fill_claim (struct filler *filler, struct rx_error *err)
{
  const char *part[2] = { NULL, "printed" };
  size_t n, n_parts = split (filler, part, 2);
  if (n_parts == 0 || n_parts > 2)
    return fail_subject (filler, "ID or ID/COLUMN", err);
  const struct rx_study_claim *claim = find_claim (filler, part[0], &n);
  if (n == 0)
    return fail_subject (filler,
                         "the id of a claim in an analysis of type "
                         "claims",
                         err);
  if (n > 1)
    return fail_subject (filler,
                         "the id of one claim; say with analysis=... of "
                         "which ledger",
                         err);
  const char *text = rx_claims_text_cell (claim, part[1]);
  if (text == NULL)
    return fail_subject (filler,
                         "a column of claims.tsv after the slash: "
                         "id, study, endpoint, printed, number, p, "
                         "recomputed, verdict, checks, reason or source",
                         err);
  if (text[0] == '\0')
    return fill_missing (filler, part[1], "empty", err);
  rx_markdown_escape (filler->out, text);
  return RX_OK;
}

/* The rows of a table; a wide one as it is printed. */
static enum rx_status
add_table (struct filler *filler, size_t at, struct rx_error *err)
{
  const struct rx_study_table *table = &filler->report->study->tables[at];
  const struct rx_writer *markdown = rx_writer_find ("markdown");
  const struct rx_writing how
      = { .by_group = table->by_group, .digits = (int)table->digits };
  struct rx_rows part = { 0 };
  if (markdown == NULL)
    return rx_fail (err, RX_EINTERNAL, "there is no format markdown");
  if (table->wide != NULL)
    {
      markdown->sheet (filler->out, &filler->report->sheets[at], &how);
      return RX_OK;
    }
  enum rx_status status = rx_rows_select (
      filler->report->rows, table->from != NULL ? table->from->name : NULL,
      &table->only, &part, err);
  if (status == RX_OK)
    rx_markdown_tables (filler->out, &part, &how);
  rx_rows_free (&part);
  return fail_here (filler, status, err);
}

/* {{table: NAME}}: a table of the study. */
static enum rx_status
fill_table (struct filler *filler, struct rx_error *err)
{
  const struct rx_study *study = filler->report->study;
  for (size_t i = 0; i < study->n_tables; i++)
    if (strcmp (study->tables[i].name, filler->piece->text) == 0)
      return add_table (filler, i, err);
  return fail_subject (filler, "the name of one of the study's tables", err);
}

static bool
has_svg (const struct rx_study_figure *figure)
{
  for (size_t i = 0; i < figure->formats.n; i++)
    if (strcmp (figure->formats.text[i], "svg") == 0)
      return true;
  return false;
}

/* Is `part` a picture of the figure? */
static enum rx_status
check_part (struct filler *filler, const struct rx_study_figure *figure,
            const char *part, struct rx_error *err)
{
  struct rx_rows rows = { 0 };
  struct rx_pictures pictures = { 0 };
  struct rx_text names = { 0 };
  bool found = false;
  enum rx_status status = rx_rows_select (
      filler->report->rows, figure->from != NULL ? figure->from->name : NULL,
      &figure->only, &rows, err);
  if (status == RX_OK)
    status = rx_figure_build (figure->figure, &rows, &pictures, err);
  for (size_t i = 0; i < pictures.n; i++)
    {
      found = found || strcmp (pictures.picture[i].part, part) == 0;
      rx_text_addf (&names, "%s%s%s%s", i > 0 ? ", " : "", figure->name,
                    pictures.picture[i].part[0] != '\0' ? "/" : "",
                    pictures.picture[i].part);
    }
  if (status == RX_OK && !found)
    {
      rx_text_addz (&names, names.length > 0
                                ? ""
                                : "a figure that has something to draw");
      status = fail_subject (filler, rx_text_string (&names), err);
    }
  rx_text_free (&names);
  rx_pictures_free (&pictures);
  rx_rows_free (&rows);
  return status;
}

/* {{figure: NAME}} or {{figure: NAME/PART}}: the path of its SVG, to be put
   into ![caption](...). */
static enum rx_status
fill_figure (struct filler *filler, struct rx_error *err)
{
  const struct rx_study *study = filler->report->study;
  const char *part[2] = { "", "" };
  size_t n = split (filler, part, 2);
  for (size_t i = 0; i < study->n_figures && n > 0 && n <= 2; i++)
    {
      const struct rx_study_figure *figure = &study->figures[i];
      if (strcmp (figure->name, part[0]) != 0)
        continue;
      if (!has_svg (figure))
        return fail_subject (filler,
                             "a figure whose formats hold svg: a report has "
                             "no other pictures",
                             err);
      if (check_part (filler, figure, part[1], err) != RX_OK)
        return err->status;
      rx_text_addf (filler->out, "figures/%s%s%s.svg", part[0],
                    part[1][0] != '\0' ? "-" : "", part[1]);
      return RX_OK;
    }
  return fail_subject (filler, "the name of one of the study's figures", err);
}

/* {{say: 2010}}: words that hold a digit. */
static enum rx_status
fill_say (struct filler *filler, struct rx_error *err)
{
  (void)err;
  rx_text_addz (filler->out, filler->piece->body);
  return RX_OK;
}

static enum rx_status
fill_comment (struct filler *filler, struct rx_error *err)
{
  (void)filler;
  (void)err;
  return RX_OK;
}

static const struct slot slots[] = {
  { .name = "value",
    .keys = { "measure", "group", "study", "note", "decimals", "digits", "as",
              "missing", NULL },
    .fill = fill_value },
  { .name = "count",
    .keys = { "measure", "group", "study", "note", "as", NULL },
    .fill = fill_count },
  { .name = "claim",
    .keys = { "analysis", "missing", NULL },
    .fill = fill_claim },
  { .name = "table", .keys = { NULL }, .fill = fill_table },
  { .name = "figure", .keys = { NULL }, .fill = fill_figure },
  { .name = "say", .keys = { NULL }, .fill = fill_say },
  { .name = "comment", .keys = { NULL }, .fill = fill_comment },
};

enum
{
  N_SLOTS = sizeof slots / sizeof slots[0]
};

static const struct slot *
find_slot (const char *name)
{
  for (size_t i = 0; i < N_SLOTS; i++)
    if (strcmp (slots[i].name, name) == 0)
      return &slots[i];
  return NULL;
}

/* ---- before anything is computed --------------------------------------- */

static enum rx_status
fail_kind (const struct rx_report_piece *piece, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  struct rx_text names = { 0 };
  for (size_t i = 0; i < N_SLOTS; i++)
    rx_text_addf (&names, "%s%s", i > 0 ? ", " : "", slots[i].name);
  struct rx_where at = piece->at;
  at.column = NULL; /* the kind, which the message names */
  rx_fail_at (err, RX_EDATA, at,
              "found %s, expected a kind of placeholder: %s",
              rx_quotez (found, piece->kind), rx_text_string (&names));
  rx_text_free (&names);
  return err->status;
}

static enum rx_status
fail_key (const struct rx_report_piece *piece, const struct slot *slot,
          const char *key, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  struct rx_text names = { 0 };
  for (size_t i = 0; slot->keys[i] != NULL; i++)
    rx_text_addf (&names, "%s%s", i > 0 ? ", " : "", slot->keys[i]);
  rx_fail_at (err, RX_EDATA, piece->at, "found %s, expected %s%s",
              rx_quotez (found, key), names.length > 0 ? "one of " : "",
              names.length > 0 ? rx_text_string (&names) : "no key");
  rx_text_free (&names);
  return err->status;
}

static bool
knows (const struct slot *slot, const char *key)
{
  for (size_t i = 0; slot->keys[i] != NULL; i++)
    if (strcmp (slot->keys[i], key) == 0)
      return true;
  return false;
}

enum rx_status
rx_report_check (const struct rx_report_pieces *pieces, struct rx_error *err)
{
  for (size_t i = 0; i < pieces->n; i++)
    {
      const struct rx_report_piece *piece = &pieces->piece[i];
      if (piece->kind == NULL)
        continue;
      const struct slot *slot = find_slot (piece->kind);
      if (slot == NULL)
        return fail_kind (piece, err);
      for (size_t k = 0; k < piece->n_options; k++)
        if (!knows (slot, piece->option[k].key))
          return fail_key (piece, slot, piece->option[k].key, err);
      if (piece->text[0] == '\0')
        return rx_fail_at (err, RX_EDATA, piece->at,
                           "nothing stands after the colon");
    }
  return RX_OK;
}

/* ---- the whole --------------------------------------------------------- */

static void
add_made_by (struct rx_text *out, const struct rx_study_report *report)
{
  const struct rx_provenance *prov = rx_study_report_prov (report);
  if (prov == NULL)
    return;
  rx_text_addf (out, "\n---\n\nMade by %s from the study file ",
                rx_version ());
  rx_markdown_escape (out, report->study->file);
  rx_text_addz (out, "; every number is a result row of results.tsv or a "
                     "claim of the ledger, and manifest.json has the SHA-256 "
                     "of every input and output.\n");
}

enum rx_status
rx_report_fill (struct rx_text *out, const struct rx_report_pieces *pieces,
                const struct rx_study_report *report, struct rx_error *err)
{
  struct filler filler = { .report = report, .out = out };
  enum rx_status status = RX_OK;
  rx_text_addz (out, "# ");
  rx_markdown_escape (out, report->study->report.title);
  rx_text_addz (out, "\n\n");
  if (report->rows->synthetic)
    rx_text_addz (out, "**Synthetic data, not of patients.**\n\n");
  for (size_t i = 0; i < pieces->n && status == RX_OK; i++)
    {
      filler.piece = &pieces->piece[i];
      if (filler.piece->kind == NULL)
        rx_text_addz (out, filler.piece->text);
      else
        status = find_slot (filler.piece->kind)->fill (&filler, err);
    }
  add_made_by (out, report);
  rx_strings_free (&filler.strings);
  return status == RX_OK && out->failed ? rx_fail_memory (err) : status;
}
