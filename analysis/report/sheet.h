/* sheet.h: a table as a paper prints it: cells of text, a title above and
   notes below.  It is made from result rows (wide.h) and written by the
   formats for people. */
#ifndef RX_SHEET_H
#define RX_SHEET_H

#include "base/memory.h"
#include "report/grid.h"

struct rx_sheet_line
{
  const char *cell[RX_GRID_COLUMNS]; /* NULL: empty */
};

/* The caller makes the struct (= {0}); it owns copies of all strings. */
struct rx_sheet
{
  const char *title, *study;
  bool synthetic; /* made from data not of patients */
  const char *header[RX_GRID_COLUMNS];
  bool is_number[RX_GRID_COLUMNS]; /* set to the right */
  size_t n_columns;
  struct rx_sheet_line *line;
  size_t n, room;
  const char **note; /* below the table, in this order */
  size_t n_notes, room_notes;
  struct rx_strings strings;
};
void rx_sheet_free (struct rx_sheet *sheet);

/* A new line, all cells empty; NULL, with err set, when there is no memory.
   Valid until the next one. */
struct rx_sheet_line *rx_sheet_add (struct rx_sheet *sheet,
                                    struct rx_error *err) RX_MUST_USE;

/* A column with this header; NULL for one too many (RX_EDATA). */
enum rx_status rx_sheet_column (struct rx_sheet *sheet, const char *header,
                                bool is_number,
                                struct rx_error *err) RX_MUST_USE;

/* A note below the table. */
enum rx_status rx_sheet_note (struct rx_sheet *sheet, const char *text,
                              struct rx_error *err) RX_MUST_USE;

#endif /* RX_SHEET_H */
