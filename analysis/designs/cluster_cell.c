/* cluster_cell.c: moments of the persons of a cluster, exact where the
   responses are decimals, else of the values in order. */
#include "designs/cluster_cell.h"

#include "base/text.h"
#include "designs/crossover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The responses of a cell. */
struct responses
{
  size_t n;
  double *value;
  struct rx_number *number;
  int64_t *units;
};

static int
by_value (const void *a, const void *b)
{
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static enum rx_status
take (struct responses *r, const struct rx_table *table, size_t column,
      size_t row, bool log_scale, struct rx_error *err)
{
  char quoted[RX_QUOTED_SIZE];
  bool missing = true;
  if (rx_table_number (table, row, column, &r->number[r->n], &missing, err)
      != RX_OK)
    return err->status;
  if (missing)
    return RX_OK;
  double y = r->number[r->n].value;
  if (log_scale && !(y > 0))
    return rx_fail_at (err, RX_EDATA, rx_table_where (table, row, column),
                       "found %s, expected a number above zero for the log "
                       "scale",
                       rx_quotez (quoted, rx_table_cell (table, row, column)));
  r->value[r->n++] = log_scale ? log (y) : y;
  return RX_OK;
}

/* All responses in units of the finest decimal among them. */
static bool
rescale (struct responses *r, double *scale)
{
  int decimals = 0;
  *scale = 1;
  for (size_t i = 0; i < r->n; i++)
    if (r->number[i].decimals > decimals)
      decimals = r->number[i].decimals;
  for (size_t i = 0; i < r->n; i++)
    if (!rx_number_rescale (r->number[i], decimals, &r->units[i]))
      return false;
  for (int i = 0; i < decimals; i++)
    *scale *= 10;
  return true;
}

static struct rx_moments
moments_of (struct responses *r, bool log_scale)
{
  struct rx_moments m;
  double scale;
  if (!log_scale && rescale (r, &scale)
      && rx_moments_of_units (r->units, r->n, scale, &m))
    return m;
  qsort (r->value, r->n, sizeof *r->value, by_value);
  return rx_moments_of (r->value, r->n);
}

enum rx_status
rx_cluster_cell (const struct rx_table *table, size_t column, size_t first,
                 const size_t *next, bool log_scale,
                 struct rx_moments *moments, struct rx_error *err)
{
  size_t rows = 0;
  for (size_t row = first; row != RX_NO_ROW; row = next[row])
    rows++;
  struct responses r = { .value = rx_array (rows, sizeof *r.value),
                         .number = rx_array (rows, sizeof *r.number),
                         .units = rx_array (rows, sizeof *r.units) };
  enum rx_status status = RX_OK;
  if (r.value == NULL || r.number == NULL || r.units == NULL)
    status = rx_fail_memory (err);
  for (size_t row = first; row != RX_NO_ROW && status == RX_OK;
       row = next[row])
    status = take (&r, table, column, row, log_scale, err);
  if (status == RX_OK)
    *moments = moments_of (&r, log_scale);
  free (r.value);
  free (r.number);
  free (r.units);
  return status;
}

/* --- persons --- */

struct person
{
  size_t cell, row;
  const char *name;
};

static int
by_cell_and_name (const void *a, const void *b)
{
  const struct person *p = a, *q = b;
  int names = strcmp (p->name, q->name);
  return p->cell != q->cell ? (p->cell > q->cell) - (p->cell < q->cell)
         : names != 0       ? names
                            : (p->row > q->row) - (p->row < q->row);
}

enum rx_status
rx_cluster_persons (const struct rx_table *table, size_t person,
                    const size_t *row, const size_t *cell, size_t n,
                    struct rx_error *err)
{
  struct person *p = rx_array (n, sizeof *p);
  if (p == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    p[i] = (struct person){ cell[i], row[i],
                            rx_table_cell (table, row[i], person) };
  qsort (p, n, sizeof *p, by_cell_and_name);
  enum rx_status status = RX_OK;
  for (size_t i = 1; i < n && status == RX_OK; i++)
    if (p[i].cell == p[i - 1].cell && strcmp (p[i].name, p[i - 1].name) == 0)
      status = rx_fail_at (
          err, RX_EDATA, rx_table_where (table, p[i].row, person),
          "%s already has a row for this cluster and period, on line %zu; "
          "expected one row per person, cluster and period",
          p[i].name, table->lines[p[i - 1].row]);
  free (p);
  return status;
}
