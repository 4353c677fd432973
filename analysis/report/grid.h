/* grid.h: aligned columns of text for a person. */
#ifndef RX_GRID_H
#define RX_GRID_H

#include "base/memory.h"
#include "base/text.h"

enum
{
  RX_GRID_COLUMNS = 16, /* at the most */
  RX_GRID_GAP = 2,      /* blanks between columns */
  RX_GRID_WIDTH = 100   /* columns of a page that one need not scroll */
};

struct rx_grid_line
{
  const char *cell[RX_GRID_COLUMNS]; /* NULL or "": nothing to say */
  bool spans; /* a label: its first cell does not widen the first column */
};

/* The caller makes the struct (= {0}); it owns copies of all strings.  Line 0
   is the header.  A failed allocation is remembered, as in struct rx_text. */
struct rx_grid
{
  struct rx_grid_line *line;
  size_t n, room;
  bool left[RX_GRID_COLUMNS]; /* set to the left; numbers go to the right */
  struct rx_strings strings;
  bool failed;
};
void rx_grid_free (struct rx_grid *grid);

/* A new line, all cells empty; never NULL, valid until the next one. */
struct rx_grid_line *rx_grid_add (struct rx_grid *grid);

/* A copy of text that lives as long as the grid; never NULL. */
const char *rx_grid_text (struct rx_grid *grid, const char *text);

/* Width of the printed grid, its columns without any cell left out. */
size_t rx_grid_width (const struct rx_grid *grid, size_t indent);
void rx_grid_print (const struct rx_grid *grid, size_t indent,
                    struct rx_text *out);

/* Appends `text`, broken between words at RX_GRID_WIDTH; all lines but the
   first start with `indent` blanks. */
void rx_grid_wrap (struct rx_text *out, const char *first, const char *text,
                   size_t indent);

#endif /* RX_GRID_H */
