/* result.c: rows are kept; columns are named once. */
#include "methods/result.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT(member)                                                          \
  {                                                                           \
#member, false, offsetof(struct rx_row, member)                           \
  }
#define NUMBER(member)                                                        \
  {                                                                           \
#member, true, offsetof(struct rx_row, member)                            \
  }

const struct rx_row_column rx_row_columns[] = {
  TEXT (study),        TEXT (analysis),   TEXT (endpoint),
  TEXT (measure),      TEXT (group),      TEXT (method),
  TEXT (term),         NUMBER (n),        NUMBER (estimate),
  NUMBER (std_error),  NUMBER (df_num),   NUMBER (df),
  NUMBER (statistic),  NUMBER (p_value),  NUMBER (p_adjusted),
  NUMBER (conf_level), NUMBER (conf_low), NUMBER (conf_high),
  TEXT (note),
};
const size_t rx_row_n_columns
    = sizeof rx_row_columns / sizeof rx_row_columns[0];

const char *
rx_row_text (const struct rx_row *row, const struct rx_row_column *column)
{
  const char *text;
  memcpy (&text, (const char *)row + column->offset, sizeof text);
  return text;
}

double
rx_row_number (const struct rx_row *row, const struct rx_row_column *column)
{
  double x;
  memcpy (&x, (const char *)row + column->offset, sizeof x);
  return x;
}

struct rx_row
rx_row_blank (void)
{
  return (struct rx_row){ .study = "",
                          .analysis = "",
                          .endpoint = "",
                          .measure = "",
                          .group = "all",
                          .method = "",
                          .term = "",
                          .n = NAN,
                          .estimate = NAN,
                          .std_error = NAN,
                          .df_num = NAN,
                          .df = NAN,
                          .statistic = NAN,
                          .p_value = NAN,
                          .p_adjusted = NAN,
                          .conf_level = NAN,
                          .conf_low = NAN,
                          .conf_high = NAN,
                          .note = "" };
}

void
rx_rows_free (struct rx_rows *rows)
{
  free (rows->row);
  free (rows->remark);
  rx_strings_free (&rows->strings);
  *rows = (struct rx_rows){ 0 };
}

/* Rows near each other share most of their texts: what was given lately from
   the same address, and still reads the same, is not copied again. */
static const char *
keep (struct rx_rows *rows, const char *text)
{
  size_t at = ((uintptr_t)text >> 3) % RX_TEXTS_KEPT;
  if (rows->text[at].given != text || strcmp (text, rows->text[at].kept) != 0)
    {
      rows->text[at].kept = rx_strings_addz (&rows->strings, text);
      rows->text[at].given = rows->text[at].kept != NULL ? text : NULL;
    }
  return rows->text[at].kept;
}

/* That of the rows now; NULL where they are of no variant. */
static bool
keep_origin (struct rx_rows *rows, const char **origin)
{
  *origin = rows->origin != NULL ? keep (rows, rows->origin) : NULL;
  return rows->origin == NULL || *origin != NULL;
}

/* The note with the words in front that all rows get now. */
static const char *
whole_note (struct rx_rows *rows, const char *note)
{
  if (rows->note == NULL)
    return note;
  return note[0] == '\0'
             ? rows->note
             : rx_strings_format (&rows->strings, "%s; %s", rows->note, note);
}

enum rx_status
rx_rows_add (struct rx_rows *rows, const struct rx_row *row,
             struct rx_error *err)
{
  struct rx_row copy = *row;
  if (rx_grow (&rows->row, &rows->room, rows->n + 1, sizeof *rows->row, err)
      != RX_OK)
    return err->status;
  if (copy.study[0] == '\0' && rows->study != NULL)
    copy.study = rows->study;
  if (copy.analysis[0] == '\0' && rows->analysis != NULL)
    copy.analysis = rows->analysis;
  copy.note = whole_note (rows, copy.note);
  if (copy.note == NULL || !keep_origin (rows, &copy.origin))
    return rx_fail_memory (err);
  for (size_t i = 0; i < rx_row_n_columns; i++)
    {
      const struct rx_row_column *column = &rx_row_columns[i];
      if (column->is_number)
        continue;
      const char *kept = keep (rows, rx_row_text (&copy, column));
      if (kept == NULL)
        return rx_fail_memory (err);
      memcpy ((char *)&copy + column->offset, &kept, sizeof kept);
    }
  rows->row[rows->n++] = copy;
  return RX_OK;
}

enum rx_status
rx_rows_remark (struct rx_rows *rows, bool is_warning, struct rx_error *err,
                const char *format, ...)
{
  va_list args;
  va_start (args, format);
  int length = vsnprintf (NULL, 0, format, args);
  va_end (args);
  char *text = length < 0 ? NULL : rx_array ((size_t)length + 1, 1);
  if (text == NULL)
    return rx_fail_memory (err);
  va_start (args, format);
  vsnprintf (text, (size_t)length + 1, format, args);
  va_end (args);

  const char *analysis = rows->analysis != NULL ? rows->analysis : "";
  bool known = false;
  for (size_t i = 0; i < rows->n_remarks && !known; i++)
    known = strcmp (rows->remark[i].text, text) == 0
            && (strcmp (rows->remark[i].analysis, analysis) == 0
                || (rows->origin != NULL
                    && strcmp (rows->remark[i].analysis, rows->origin) == 0));
  enum rx_status status = RX_OK;
  if (!known)
    status = rx_grow (&rows->remark, &rows->room_remarks, rows->n_remarks + 1,
                      sizeof *rows->remark, err);
  if (!known && status == RX_OK)
    {
      struct rx_remark remark
          = { .analysis = rx_strings_addz (&rows->strings, analysis),
              .is_warning = is_warning,
              .text = rx_strings_addz (&rows->strings, text) };
      if (remark.analysis == NULL || remark.text == NULL
          || !keep_origin (rows, &remark.origin))
        status = rx_fail_memory (err);
      else
        rows->remark[rows->n_remarks++] = remark;
    }
  free (text);
  return status;
}
