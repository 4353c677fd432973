/* rows_read.c: result rows read back from a TSV that recross wrote.

   Columns go by name, so their order is free and further ones are passed
   over; every column of the result row must be there.  NA is a missing number
   or an empty text.  The remarks and the word "synthetic" of the head lines
   come back too, the provenance does not: it is that of another run. */
#include "base/number.h"
#include "data/csv.h"
#include "report/writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct reading
{
  struct rx_rows *rows;
  const char *path;
  size_t *place; /* [rx_row_n_columns] field of each column */
};

static enum rx_status
read_header (struct reading *reading, const struct rx_field *fields, size_t n,
             size_t line, struct rx_error *err)
{
  for (size_t c = 0; c < rx_row_n_columns; c++)
    {
      const char *name = rx_row_columns[c].name;
      struct rx_where where = { reading->path, line, 0, name };
      size_t found = 0;
      for (size_t i = 0; i < n; i++)
        if (strcmp (fields[i].text, name) == 0)
          {
            reading->place[c] = i;
            found++;
          }
      if (found == 0)
        return rx_fail_at (err, RX_EDATA, where,
                           "this column of a result row is not there");
      if (found > 1)
        return rx_fail_at (err, RX_EDATA, where, "the column is there twice");
    }
  return RX_OK;
}

/* Result rows may hold what data files may not: missing and infinite ends of
   an interval. */
static bool
read_number (const char *text, double *out)
{
  static const struct
  {
    const char *name;
    double value;
  } special[] = { { "NA", NAN }, { "Inf", INFINITY }, { "-Inf", -INFINITY } };
  for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
    if (strcmp (text, special[i].name) == 0)
      {
        *out = special[i].value;
        return true;
      }
  return rx_number_readz (text, out);
}

static enum rx_status
read_row (struct reading *reading, const struct rx_field *fields, size_t line,
          struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  for (size_t c = 0; c < rx_row_n_columns; c++)
    {
      const struct rx_row_column *column = &rx_row_columns[c];
      char *member = (char *)&row + column->offset;
      const char *text = fields[reading->place[c]].text;
      double x;
      if (!column->is_number)
        {
          text = strcmp (text, "NA") == 0 ? "" : text;
          memcpy (member, &text, sizeof text);
        }
      else if (read_number (text, &x))
        memcpy (member, &x, sizeof x);
      else
        {
          char found[RX_QUOTED_SIZE];
          struct rx_where where = { reading->path, line, 0, column->name };
          return rx_fail_at (err, RX_EDATA, where,
                             "found %s, expected a number or NA",
                             rx_quotez (found, text));
        }
    }
  return rx_rows_add (reading->rows, &row, err);
}

static enum rx_status
read_record (void *context, const struct rx_field *fields, size_t n,
             size_t line, bool is_header, struct rx_error *err)
{
  struct reading *reading = context;
  return is_header ? read_header (reading, fields, n, line, err)
                   : read_row (reading, fields, line, err);
}

/* The text after "remark [analysis]: " or "remark: "; *analysis and *length
   receive what is in the brackets. */
static const char *
after_word (const char *text, const char *word, const char **analysis,
            size_t *length)
{
  size_t n = strlen (word);
  if (strncmp (text, word, n) != 0)
    return NULL;
  text += n;
  if (strncmp (text, " [", 2) == 0)
    {
      const char *end = strstr (text, "]: ");
      if (end == NULL)
        return NULL;
      *analysis = text + 2;
      *length = (size_t)(end - *analysis);
      text = end + 1;
    }
  return strncmp (text, ": ", 2) == 0 ? text + 2 : NULL;
}

static enum rx_status
read_comment (void *context, const char *text, struct rx_error *err)
{
  struct rx_rows *rows = ((struct reading *)context)->rows;
  const char *analysis = "", *kept = rows->analysis;
  size_t length = 0;
  if (strncmp (text, "synthetic", strlen ("synthetic")) == 0)
    rows->synthetic = true;
  const char *remark = after_word (text, "remark", &analysis, &length);
  const char *warning = after_word (text, "warning", &analysis, &length);
  if (remark == NULL && warning == NULL)
    return RX_OK;

  rows->analysis = rx_strings_add (&rows->strings, analysis, length);
  if (rows->analysis == NULL)
    {
      rows->analysis = kept;
      return rx_fail_memory (err);
    }
  enum rx_status status = rx_rows_remark (rows, warning != NULL, err, "%s",
                                          warning != NULL ? warning : remark);
  rows->analysis = kept;
  return status;
}

enum rx_status
rx_rows_read (struct rx_rows *rows, const char *path, struct rx_error *err)
{
  static const struct rx_csv_format format = { .delimiter = '\t' };
  struct reading reading
      = { rows, path, rx_array (rx_row_n_columns, sizeof *reading.place) };
  if (reading.place == NULL)
    return rx_fail_memory (err);
  enum rx_status status = rx_csv_read (path, &format, read_record,
                                       read_comment, &reading, NULL, err);
  free (reading.place);
  return status;
}
