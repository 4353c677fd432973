/* figure_data.h: what the figures (fig_*.c) have in common: a picture begun,
   cells added, words found in the text of a row. */
#ifndef RX_FIGURE_DATA_H
#define RX_FIGURE_DATA_H

#include "report/figure.h"

/* A new picture whose data start with the header line; NULL without memory.
   Valid until the next one. */
struct rx_text *rx_picture_add (struct rx_pictures *pictures, const char *part,
                                const char *columns,
                                struct rx_error *err) RX_MUST_USE;

/* Appends one cell and what separates it from the one before.  A text that is
   empty is "-"; a double quote, at which gnuplot would cut the text, becomes
   a typographic one. */
void rx_picture_text (struct rx_text *tsv, const char *text);
void rx_picture_number (struct rx_text *tsv, double x);
void rx_picture_end_row (struct rx_text *tsv);

/* The value of a word of a note, as "higher" of "improved; better=higher":
   NULL when the note has no such word. */
const char *rx_note_value (const char *note, const char *key,
                           struct rx_strings *strings);

/* A cell's name taken apart from the right, "AB/1/A" -> "AB", "1", "A"; "%2F"
   stands for a slash within the last two.  false when it is no such name. */
struct rx_cell_name
{
  const char *first, *period, *treatment;
};
bool rx_cell_name_read (struct rx_cell_name *name, const char *term,
                        struct rx_strings *strings) RX_MUST_USE;

#endif /* RX_FIGURE_DATA_H */
