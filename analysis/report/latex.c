/* latex.c: LaTeX, to be \input into a paper: longtable and booktabs, without a
   preamble. */
#include "report/markup.h"
#include "report/tsv.h"

static void
escape (struct rx_text *out, const char *text)
{
  static const char *const to[] = { "\\textbackslash{}",
                                    "\\{",
                                    "\\}",
                                    "\\$",
                                    "\\&",
                                    "\\#",
                                    "\\textasciicircum{}",
                                    "\\_",
                                    "\\textasciitilde{}",
                                    "\\%",
                                    "\\textless{}",
                                    "\\textgreater{}" };
  rx_markup_escape (out, text, "\\{}$&#^_~%<>", to);
}

static void
table (struct rx_text *out, const bool *is_number, size_t n)
{
  rx_text_addz (out, "\n\\begin{longtable}{");
  for (size_t c = 0; c < n; c++)
    rx_text_addc (out, is_number[c] ? 'r' : 'l');
  rx_text_addz (out, "}\n\\toprule\n");
}

static void
rule (struct rx_text *out, const bool *is_number, size_t n)
{
  (void)is_number;
  (void)n;
  rx_text_addz (out, "\\midrule\n\\endhead\n");
}

static const struct rx_markup latex = {
  .head = "% needs \\usepackage{booktabs,longtable}\n",
  .foot = "",
  .escape = escape,
  .heading = { "\n\\subsection*{", "}\n" },
  .synthetic = "\n\\textbf{Synthetic data, not of patients.}\n",
  .nothing = "No results.\n",
  .table = table,
  .header = { "", "" },
  .header_end = " \\\\\n",
  .rule = rule,
  .row = { "", " \\\\\n" },
  .number = { "", "" },
  .text = { "", "" },
  .between = " & ",
  .table_end = "\\bottomrule\n\\end{longtable}\n",
  .list = { "\n\\begin{itemize}\n", "\\end{itemize}\n" },
  .item = { "\\item ", "\n" },
  .warning = "\\textbf{Warning:} ",
  .made_by = { "\nMade by ", ":\n" },
  .command = { "\n\\begin{quote}\\ttfamily ", "\\end{quote}\n" },
  .verbatim = escape,
};

static void
write_latex (struct rx_text *out, const struct rx_rows *rows,
             const struct rx_writing *how)
{
  rx_markup_write (&latex, out, rows, how);
}

static void
sheet_latex (struct rx_text *out, const struct rx_sheet *sheet,
             const struct rx_writing *how)
{
  rx_markup_sheet (&latex, out, sheet, how);
}

const struct rx_writer rx_writer_latex = {
  .name = "latex",
  .extension = "tex",
  .by_group = true,
  .title = "LaTeX tables (booktabs, longtable), all digits",
  .write = write_latex,
  .sheet = sheet_latex,
};
