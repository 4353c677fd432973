/* markdown.c: Markdown, with GitHub's tables. */
#include "report/markup.h"
#include "report/tsv.h"

#include <ctype.h>
#include <string.h>

/* A backslash before what Markdown would take for markup; an underscore
   within a word is none. */
void
rx_markdown_escape (struct rx_text *out, const char *text)
{
  struct rx_text line = { 0 };
  rx_tsv_line (&line, text);
  const char *start = rx_text_string (&line);
  for (const char *s = start; *s != '\0'; s++)
    {
      bool in_word = s > start && isalnum ((unsigned char)s[-1])
                     && isalnum ((unsigned char)s[1]);
      if (strchr ("\\|*<>[]`&~#", *s) != NULL || (*s == '_' && !in_word))
        rx_text_addc (out, '\\');
      rx_text_addc (out, *s);
    }
  out->failed = out->failed || line.failed;
  rx_text_free (&line);
}

static void
table (struct rx_text *out, const bool *is_number, size_t n)
{
  (void)is_number;
  (void)n;
  rx_text_addz (out, "\n|");
}

static void
rule (struct rx_text *out, const bool *is_number, size_t n)
{
  rx_text_addc (out, '|');
  for (size_t c = 0; c < n; c++)
    rx_text_addz (out, is_number[c] ? " ---: |" : " --- |");
  rx_text_addc (out, '\n');
}

static const struct rx_markup markdown = {
  .head = "",
  .foot = "",
  .escape = rx_markdown_escape,
  .heading = { "## ", "\n" },
  .synthetic = "\n**Synthetic data, not of patients.**\n",
  .nothing = "No results.\n",
  .table = table,
  .header = { " ", " |" },
  .header_end = "\n",
  .rule = rule,
  .row = { "|", "\n" },
  .number = { " ", " |" },
  .text = { " ", " |" },
  .between = "",
  .table_end = "",
  .list = { "\n", "" },
  .item = { "- ", "\n" },
  .warning = "**Warning:** ",
  .made_by = { "\nMade by ", ":\n" },
  .command = { "\n    ", "\n" }, /* indented: shown as it is */
  .verbatim = rx_tsv_line,
};

void
rx_markdown_tables (struct rx_text *out, const struct rx_rows *rows,
                    const struct rx_writing *how)
{
  rx_markup_tables (&markdown, out, rows, how);
}

static void
write_markdown (struct rx_text *out, const struct rx_rows *rows,
                const struct rx_writing *how)
{
  rx_markup_write (&markdown, out, rows, how);
}

static void
sheet_markdown (struct rx_text *out, const struct rx_sheet *sheet,
                const struct rx_writing *how)
{
  rx_markup_sheet (&markdown, out, sheet, how);
}

const struct rx_writer rx_writer_markdown = {
  .name = "markdown",
  .extension = "md",
  .by_group = true,
  .title = "Markdown tables, all digits",
  .write = write_markdown,
  .sheet = sheet_markdown,
};
