/* sheet.c: lines, columns and notes of a printed table. */
#include "report/sheet.h"

#include <stdlib.h>

void
rx_sheet_free (struct rx_sheet *sheet)
{
  free (sheet->line);
  free (sheet->note);
  rx_strings_free (&sheet->strings);
  *sheet = (struct rx_sheet){ 0 };
}

struct rx_sheet_line *
rx_sheet_add (struct rx_sheet *sheet, struct rx_error *err)
{
  if (rx_grow (&sheet->line, &sheet->room, sheet->n + 1, sizeof *sheet->line,
               err)
      != RX_OK)
    return NULL;
  sheet->line[sheet->n] = (struct rx_sheet_line){ 0 };
  return &sheet->line[sheet->n++];
}

enum rx_status
rx_sheet_column (struct rx_sheet *sheet, const char *header, bool is_number,
                 struct rx_error *err)
{
  if (sheet->n_columns == RX_GRID_COLUMNS)
    return rx_fail (err, RX_EDATA,
                    "found more than %d columns, expected fewer: choose with "
                    "`columns`",
                    RX_GRID_COLUMNS);
  const char *copy = rx_strings_addz (&sheet->strings, header);
  if (copy == NULL)
    return rx_fail_memory (err);
  sheet->is_number[sheet->n_columns] = is_number;
  sheet->header[sheet->n_columns++] = copy;
  return RX_OK;
}

enum rx_status
rx_sheet_note (struct rx_sheet *sheet, const char *text, struct rx_error *err)
{
  const char *copy = rx_strings_addz (&sheet->strings, text);
  if (copy == NULL)
    return rx_fail_memory (err);
  if (rx_grow (&sheet->note, &sheet->room_notes, sheet->n_notes + 1,
               sizeof *sheet->note, err)
      != RX_OK)
    return err->status;
  sheet->note[sheet->n_notes++] = copy;
  return RX_OK;
}
