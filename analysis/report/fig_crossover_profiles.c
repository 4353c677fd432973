/* fig_crossover_profiles.c: every subject's course over the periods, sequence
   by sequence, and the means: the picture to look at before any test (Senn
   2002, Cross-over Trials in Clinical Research, chapter 3).  One picture per
   endpoint.

   Rows of `profiles` are cells of subjects (term subject/period/treatment,
   group = sequence), rows of `describe` cells of sequences
   (sequence/period/treatment). */
#include "base/number.h"
#include "report/figure_data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char columns[]
    = "endpoint unit sequence subject period "
      "treatment kind n value conf_low conf_high conf_level";

enum
{
  PERIODS_MOST = 99 /* numbers above are names (years), and get a number */
};

struct cell
{
  const struct rx_row *row;
  struct rx_cell_name name;
  bool is_mean;
};

/* One endpoint's cells and the names of its periods. */
struct cells
{
  struct cell *cell;
  size_t n;
  const char **period;
  size_t n_periods;
  struct rx_strings strings;
};

static int
compare_periods (const void *left, const void *right)
{
  const char *a, *b;
  double x, y;
  memcpy (&a, left, sizeof a);
  memcpy (&b, right, sizeof b);
  if (rx_number_readz (a, &x) && rx_number_readz (b, &y) && (x < y || x > y))
    return x < y ? -1 : 1;
  return strcmp (a, b);
}

/* The template places periods by number: 1, 2, ... stay what they are, names
   ("first", "2013") are numbered in their order. */
static void
number_periods (struct cells *cells)
{
  bool numbers = true;
  long number;
  for (size_t i = 0; i < cells->n; i++)
    {
      cells->period[i] = cells->cell[i].name.period;
      numbers
          = numbers
            && rx_integer_readz (cells->period[i], 1, PERIODS_MOST, &number);
    }
  cells->n_periods = 0;
  if (numbers || cells->n == 0)
    return;
  qsort (cells->period, cells->n, sizeof *cells->period, compare_periods);
  for (size_t i = 0; i < cells->n; i++)
    if (i == 0
        || strcmp (cells->period[cells->n_periods - 1], cells->period[i]) != 0)
      cells->period[cells->n_periods++] = cells->period[i];
}

static void
add_period (struct rx_text *tsv, const struct cells *cells, const char *period)
{
  for (size_t i = 0; i < cells->n_periods; i++)
    if (strcmp (cells->period[i], period) == 0)
      {
        rx_picture_number (tsv, (double)(i + 1));
        return;
      }
  rx_picture_text (tsv, period);
}

/* Takes the cells of the rows of one endpoint that are not done yet; marks
   those as done. */
static void
take_cells (struct cells *cells, const struct rx_rows *rows, size_t first,
            bool *done)
{
  cells->n = 0;
  for (size_t i = first; i < rows->n; i++)
    {
      const struct rx_row *row = &rows->row[i];
      struct cell cell = { .row = row };
      if (done[i] || strcmp (row->endpoint, rows->row[first].endpoint) != 0)
        continue;
      done[i] = true;
      cell.is_mean = strcmp (row->method, "describe") == 0
                     && strcmp (row->group, "all") == 0
                     && strncmp (row->term, "sd:", 3) != 0;
      if ((cell.is_mean || strcmp (row->method, "profiles") == 0)
          && rx_cell_name_read (&cell.name, row->term, &cells->strings))
        cells->cell[cells->n++] = cell;
    }
  number_periods (cells);
}

static void
add_cells (struct rx_text *tsv, struct cells *cells)
{
  for (size_t i = 0; i < cells->n; i++)
    {
      const struct cell *cell = &cells->cell[i];
      const struct rx_row *row = cell->row;
      const char *unit = rx_note_value (row->note, "unit", &cells->strings);
      rx_picture_text (tsv, row->endpoint);
      rx_picture_text (tsv, unit != NULL ? unit : "NA");
      rx_picture_text (tsv, cell->is_mean ? cell->name.first : row->group);
      rx_picture_text (tsv, cell->is_mean ? "" : cell->name.first);
      add_period (tsv, cells, cell->name.period);
      rx_picture_text (tsv, cell->name.treatment);
      rx_picture_text (tsv, cell->is_mean ? "mean" : "subject");
      rx_picture_number (tsv, row->n);
      rx_picture_number (tsv, row->estimate);
      rx_picture_number (tsv, row->conf_low);
      rx_picture_number (tsv, row->conf_high);
      rx_picture_number (tsv, row->conf_level);
      rx_picture_end_row (tsv);
    }
}

static enum rx_status
build (const struct rx_rows *rows, struct rx_pictures *out,
       struct rx_error *err)
{
  struct cells cells = { .cell = rx_array (rows->n, sizeof *cells.cell),
                         .period = rx_array (rows->n, sizeof *cells.period) };
  bool *done = rx_array (rows->n, sizeof *done);
  enum rx_status status = RX_OK;
  if (cells.cell == NULL || cells.period == NULL || done == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; i < rows->n && status == RX_OK; i++)
    {
      if (done[i])
        continue;
      take_cells (&cells, rows, i, done);
      if (cells.n == 0)
        continue;
      struct rx_text *tsv
          = rx_picture_add (out, rows->row[i].endpoint, columns, err);
      if (tsv != NULL)
        add_cells (tsv, &cells);
      status = tsv != NULL ? RX_OK : err->status;
    }
  free (cells.cell);
  free (cells.period);
  free (done);
  rx_strings_free (&cells.strings);
  return status;
}

const struct rx_figure rx_fig_crossover_profiles = {
  .name = "crossover-profiles",
  .title = "Every subject's course over the periods, with the means",
  .columns = columns,
  .methods = (const char *const[]){ "profiles", "describe", NULL },
  .build = build,
};
