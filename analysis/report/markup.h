/* markup.h: result rows in a markup language: a table per
   analysis, its remarks below it.  Markdown, LaTeX and HTML are each a literal
   of this struct and nothing else. */
#ifndef RX_MARKUP_H
#define RX_MARKUP_H

#include "report/writer.h"

struct rx_markup
{
  const char *head, *foot; /* of the whole output */
  /* Appends text with what the language would take for markup escaped. */
  void (*escape) (struct rx_text *out, const char *text);
  const char *heading[2]; /* before and after the name of an analysis */
  const char *synthetic;  /* the paragraph that says so */
  const char *nothing;    /* the paragraph of an empty output */
  /* Begins a table whose columns are numbers or texts. */
  void (*table) (struct rx_text *out, const bool *is_number, size_t n);
  const char *header[2], *header_end; /* a cell of the header; the row's end */
  /* Between the header and the first row. */
  void (*rule) (struct rx_text *out, const bool *is_number, size_t n);
  const char *row[2], *number[2], *text[2]; /* before and after */
  const char *between;                      /* two cells */
  const char *table_end;
  const char *list[2], *item[2]; /* remarks */
  const char *warning;           /* before the text of a warning */
  const char *made_by[2];        /* around the version */
  const char *command[2];        /* around the command line, as it is */
  void (*verbatim) (struct rx_text *out, const char *text);
};

void rx_markup_write (const struct rx_markup *markup, struct rx_text *out,
                      const struct rx_rows *rows,
                      const struct rx_writing *how);

/* A table as a paper prints it, its notes below it. */
void rx_markup_sheet (const struct rx_markup *markup, struct rx_text *out,
                      const struct rx_sheet *sheet,
                      const struct rx_writing *how);

/* Escapes text with a table of characters: `from` holds the characters, to[i]
   what stands for the i-th. */
void rx_markup_escape (struct rx_text *out, const char *text, const char *from,
                       const char *const *to);

/* The tables alone: no headings, no remarks. */
void rx_markup_tables (const struct rx_markup *markup, struct rx_text *out,
                       const struct rx_rows *rows,
                       const struct rx_writing *how);

/* The same in Markdown. */
void rx_markdown_tables (struct rx_text *out, const struct rx_rows *rows,
                         const struct rx_writing *how);

/* Text as Markdown shows it in a cell of a table: on one line, a backslash
   before what would be taken for markup. */
void rx_markdown_escape (struct rx_text *out, const char *text);

#endif /* RX_MARKUP_H */
