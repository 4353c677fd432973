/* tsv.c: result rows as tab-separated text, one line a row, all digits.

   The head lines start with "# "; then the names of the columns, then the
   rows.  A missing number is NA, a text with nothing to say is empty.
   rows_read.c reads it back.  Many rows are printed by several threads, each
   a block of them at a time; the blocks are joined in their order. */
#include "report/tsv.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/threads.h"
#include "report/writer.h"

#include <stdlib.h>
#include <string.h>

enum
{
  BLOCK = 2048 /* rows that one thread prints at a time */
};

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD in UTF-8 */

void
rx_tsv_line (struct rx_text *out, const char *text)
{
  size_t left = strlen (text);
  while (left > 0)
    {
      const unsigned char *s = (const unsigned char *)text;
      size_t n = rx_utf8_length (s, left);
      if (n == 0)
        rx_text_addz (out, replacement);
      else if (*s < 0x20 || *s == 0x7F)
        rx_text_addc (out, ' ');
      else
        rx_text_add (out, text, n);
      text += n > 0 ? n : 1;
      left -= n > 0 ? n : 1;
    }
}

void
rx_tsv_text (struct rx_text *out, const char *text, const char *empty)
{
  if (text[0] != '#' && strchr (text, '"') == NULL)
    {
      rx_tsv_line (out, text[0] != '\0' ? text : empty);
      return;
    }
  struct rx_text quoted = { 0 };
  for (const char *s = text; *s != '\0'; s++)
    {
      if (*s == '"')
        rx_text_addc (&quoted, '"');
      rx_text_addc (&quoted, *s);
    }
  rx_text_addc (out, '"');
  rx_tsv_line (out, rx_text_string (&quoted));
  rx_text_addc (out, '"');
  out->failed = out->failed || quoted.failed;
  rx_text_free (&quoted);
}

void
rx_tsv_number (struct rx_text *out, double x)
{
  char number[RX_NUMBER_SIZE];
  rx_text_addz (out, rx_number_print (number, x));
}

void
rx_tsv_provenance (struct rx_text *out, const struct rx_provenance *prov)
{
  if (prov == NULL)
    return;
  rx_text_addf (out, "# %s\n", rx_version ());
  if (prov->command != NULL)
    {
      rx_text_addz (out, "# command: ");
      rx_tsv_line (out, prov->command);
      rx_text_addc (out, '\n');
    }
  for (size_t i = 0; i < prov->n_settings; i++)
    {
      rx_text_addz (out, "# option: ");
      rx_tsv_line (out, prov->setting[i].name);
      rx_text_addc (out, '=');
      rx_tsv_line (out, prov->setting[i].value);
      rx_text_addc (out, '\n');
    }
  for (size_t i = 0; i < prov->n_inputs; i++)
    {
      rx_text_addz (out, "# input: ");
      rx_tsv_line (out, prov->input[i].file);
      rx_text_addf (out, " sha256=%s\n", prov->input[i].sha256);
    }
}

/* "# remark [pef]: 2 subjects left out"; without an analysis, no brackets. */
static void
add_remark (struct rx_text *out, const struct rx_remark *remark)
{
  rx_text_addz (out, remark->is_warning ? "# warning" : "# remark");
  if (remark->analysis[0] != '\0')
    {
      rx_text_addz (out, " [");
      rx_tsv_line (out, remark->analysis);
      rx_text_addc (out, ']');
    }
  rx_text_addz (out, ": ");
  rx_tsv_line (out, remark->text);
  rx_text_addc (out, '\n');
}

static void
add_row (struct rx_text *out, const struct rx_row *row)
{
  for (size_t i = 0; i < rx_row_n_columns; i++)
    {
      const struct rx_row_column *column = &rx_row_columns[i];
      if (i > 0)
        rx_text_addc (out, '\t');
      if (column->is_number)
        rx_tsv_number (out, rx_row_number (row, column));
      else
        rx_tsv_text (out, rx_row_text (row, column), "");
    }
  rx_text_addc (out, '\n');
}

/* What the threads share. */
struct blocks
{
  const struct rx_rows *rows;
  struct rx_text *text; /* [block] */
};

static enum rx_status
print_block (void *context, size_t block, size_t thread, struct rx_error *err)
{
  struct blocks *blocks = context;
  struct rx_text *text = &blocks->text[block];
  size_t end = (block + 1) * BLOCK;
  (void)thread;
  for (size_t i = block * BLOCK; i < end && i < blocks->rows->n; i++)
    add_row (text, &blocks->rows->row[i]);
  return text->failed ? rx_fail_memory (err) : RX_OK;
}

static void
add_rows (struct rx_text *out, const struct rx_rows *rows)
{
  size_t n = (rows->n + BLOCK - 1) / BLOCK;
  struct blocks blocks = { rows, rx_array (n, sizeof *blocks.text) };
  struct rx_error err = { 0 };
  if (blocks.text == NULL
      || rx_threads_for (n, rx_threads (), print_block, &blocks, &err)
             != RX_OK)
    out->failed = true;
  for (size_t i = 0; blocks.text != NULL && i < n; i++)
    {
      rx_text_add (out, rx_text_string (&blocks.text[i]),
                   blocks.text[i].length);
      rx_text_free (&blocks.text[i]);
    }
  free (blocks.text);
}

static void
write_tsv (struct rx_text *out, const struct rx_rows *rows,
           const struct rx_writing *how)
{
  rx_tsv_provenance (out, how->prov);
  if (rows->synthetic)
    rx_text_addz (out, RX_TSV_SYNTHETIC);
  for (size_t i = 0; how->prov != NULL && i < rows->n_remarks; i++)
    add_remark (out, &rows->remark[i]);
  for (size_t i = 0; i < rx_row_n_columns; i++)
    rx_text_addf (out, "%s%s", i > 0 ? "\t" : "", rx_row_columns[i].name);
  rx_text_addc (out, '\n');
  add_rows (out, rows);
}

const struct rx_writer rx_writer_tsv = {
  .name = "tsv",
  .extension = "tsv",
  .title = "Tab-separated result rows, all digits",
  .write = write_tsv,
};
