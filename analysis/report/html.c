/* html.c: one HTML page that needs nothing else: no script, no network. */
#include "report/markup.h"

static void
escape (struct rx_text *out, const char *text)
{
  static const char *const to[] = { "&amp;", "&lt;", "&gt;", "&quot;" };
  rx_markup_escape (out, text, "&<>\"", to);
}

static void
table (struct rx_text *out, const bool *is_number, size_t n)
{
  (void)is_number;
  (void)n;
  rx_text_addz (out, "<table>\n<thead>\n<tr>");
}

static void
rule (struct rx_text *out, const bool *is_number, size_t n)
{
  (void)is_number;
  (void)n;
  rx_text_addz (out, "<tbody>\n");
}

static const struct rx_markup html = {
  .head
  = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<title>recross</title>\n<style>\n"
    "body { font-family: sans-serif; margin: 2em; }\n"
    "table { border-collapse: collapse; font-size: 90%; }\n"
    "th, td { padding: 0.2em 0.7em; text-align: left; }\n"
    "thead tr, tbody tr:last-child { border-bottom: 1px solid black; }\n"
    "thead tr { border-top: 1px solid black; }\n"
    "td.n { text-align: right; font-variant-numeric: tabular-nums; }\n"
    "</style>\n</head>\n<body>\n",
  .foot = "</body>\n</html>\n",
  .escape = escape,
  .heading = { "<h2>", "</h2>\n" },
  .synthetic = "<p><strong>Synthetic data, not of patients.</strong></p>\n",
  .nothing = "<p>No results.</p>\n",
  .table = table,
  .header = { "<th>", "</th>" },
  .header_end = "</tr>\n</thead>\n",
  .rule = rule,
  .row = { "<tr>", "</tr>\n" },
  .number = { "<td class=\"n\">", "</td>" },
  .text = { "<td>", "</td>" },
  .between = "",
  .table_end = "</tbody>\n</table>\n",
  .list = { "<ul>\n", "</ul>\n" },
  .item = { "<li>", "</li>\n" },
  .warning = "<strong>Warning:</strong> ",
  .made_by = { "<p>Made by ", ":</p>\n" },
  .command = { "<pre>", "</pre>\n" },
  .verbatim = escape,
};

static void
write_html (struct rx_text *out, const struct rx_rows *rows,
            const struct rx_writing *how)
{
  rx_markup_write (&html, out, rows, how);
}

static void
sheet_html (struct rx_text *out, const struct rx_sheet *sheet,
            const struct rx_writing *how)
{
  rx_markup_sheet (&html, out, sheet, how);
}

const struct rx_writer rx_writer_html = {
  .name = "html",
  .extension = "html",
  .by_group = true,
  .title = "an HTML page, all digits",
  .write = write_html,
  .sheet = sheet_html,
};
