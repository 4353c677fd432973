/* json.c: result rows as JSON: {"recross": {provenance}, "rows": [...]}.

   The members of a row stand in the order of rx_row_columns, one row a line.
   The text is put together here, as jansson prints every number with 17
   digits (or a fixed number of them) and never in the shortest form that
   reads back.  A missing number is null; an infinite one, for which JSON has
   no number, is the text "Inf" or "-Inf", since an interval without an upper
   end is something else than an unknown one. */
#include "base/number.h"
#include "report/writer.h"

#include <math.h>
#include <string.h>

/* From here on a double holds no fractions, and readers that keep integers
   apart (jansson) may find the digits too many: ".0" marks a real number. */
static const double integer_most = 9007199254740992.0; /* 2^53 */

static void
add_string (struct rx_text *out, const char *string)
{
  size_t left = strlen (string);
  rx_text_addc (out, '"');
  while (left > 0)
    {
      const unsigned char *s = (const unsigned char *)string;
      size_t n = rx_utf8_length (s, left);
      if (n == 0)
        rx_text_addz (out, "\\ufffd");
      else if (*s < 0x20 || *s == 0x7F)
        rx_text_addf (out, "\\u%04x", *s);
      else
        {
          if (*s == '"' || *s == '\\')
            rx_text_addc (out, '\\');
          rx_text_add (out, string, n);
        }
      string += n > 0 ? n : 1;
      left -= n > 0 ? n : 1;
    }
  rx_text_addc (out, '"');
}

static void
add_number (struct rx_text *out, double x)
{
  char number[RX_NUMBER_SIZE];
  if (isnan (x))
    rx_text_addz (out, "null");
  else if (isinf (x))
    add_string (out, rx_number_print (number, x));
  else
    {
      rx_text_addz (out, rx_number_print (number, x));
      if (fabs (x) >= integer_most && strpbrk (number, ".e") == NULL)
        rx_text_addz (out, ".0");
    }
}

static void
add_row (struct rx_text *out, const struct rx_row *row)
{
  for (size_t i = 0; i < rx_row_n_columns; i++)
    {
      const struct rx_row_column *column = &rx_row_columns[i];
      rx_text_addf (out, "%s\"%s\": ", i > 0 ? ", " : "{", column->name);
      if (column->is_number)
        add_number (out, rx_row_number (row, column));
      else
        add_string (out, rx_row_text (row, column));
    }
  rx_text_addc (out, '}');
}

static void
add_options (struct rx_text *out, const struct rx_provenance *prov)
{
  rx_text_addz (out, "    \"options\": {");
  for (size_t i = 0; i < prov->n_settings; i++)
    {
      rx_text_addz (out, i > 0 ? ",\n      " : "\n      ");
      add_string (out, prov->setting[i].name);
      rx_text_addz (out, ": ");
      add_string (out, prov->setting[i].value);
    }
  rx_text_addz (out, prov->n_settings > 0 ? "\n    },\n" : "},\n");
}

static void
add_inputs (struct rx_text *out, const struct rx_provenance *prov)
{
  rx_text_addz (out, "    \"inputs\": [");
  for (size_t i = 0; i < prov->n_inputs; i++)
    {
      rx_text_addz (out, i > 0 ? ",\n      " : "\n      ");
      rx_text_addz (out, "{\"file\": ");
      add_string (out, prov->input[i].file);
      rx_text_addz (out, ", \"sha256\": ");
      add_string (out, prov->input[i].sha256);
      rx_text_addc (out, '}');
    }
  rx_text_addz (out, prov->n_inputs > 0 ? "\n    ],\n" : "],\n");
}

static void
add_remarks (struct rx_text *out, const struct rx_rows *rows)
{
  rx_text_addz (out, "    \"remarks\": [");
  for (size_t i = 0; i < rows->n_remarks; i++)
    {
      const struct rx_remark *remark = &rows->remark[i];
      rx_text_addz (out, i > 0 ? ",\n      " : "\n      ");
      rx_text_addz (out, "{\"analysis\": ");
      add_string (out, remark->analysis);
      rx_text_addf (out, ", \"warning\": %s, \"text\": ",
                    remark->is_warning ? "true" : "false");
      add_string (out, remark->text);
      rx_text_addc (out, '}');
    }
  rx_text_addz (out, rows->n_remarks > 0 ? "\n    ]\n" : "]\n");
}

static void
add_provenance (struct rx_text *out, const struct rx_rows *rows,
                const struct rx_provenance *prov)
{
  const char *version = strrchr (rx_version (), ' ');
  rx_text_addz (out, "{\n    \"version\": ");
  add_string (out, version != NULL ? version + 1 : rx_version ());
  rx_text_addz (out, ",\n    \"command\": ");
  add_string (out, prov->command != NULL ? prov->command : "");
  rx_text_addz (out, ",\n");
  add_options (out, prov);
  add_inputs (out, prov);
  rx_text_addf (out, "    \"synthetic\": %s,\n",
                rows->synthetic ? "true" : "false");
  add_remarks (out, rows);
  rx_text_addz (out, "  }");
}

static void
write_json (struct rx_text *out, const struct rx_rows *rows,
            const struct rx_writing *how)
{
  rx_text_addz (out, "{\n  \"recross\": ");
  if (how->prov != NULL)
    add_provenance (out, rows, how->prov);
  else
    rx_text_addz (out, rows->synthetic ? "{\"synthetic\": true}" : "{}");
  rx_text_addz (out, ",\n  \"rows\": [");
  for (size_t i = 0; i < rows->n; i++)
    {
      rx_text_addz (out, i > 0 ? ",\n    " : "\n    ");
      add_row (out, &rows->row[i]);
    }
  rx_text_addz (out, rows->n > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

const struct rx_writer rx_writer_json = {
  .name = "json",
  .extension = "json",
  .title = "JSON, all digits, with its provenance",
  .write = write_json,
};
