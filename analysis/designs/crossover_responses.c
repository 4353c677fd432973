/* crossover_responses.c: the responses of the endpoints: numbers, their
   logarithms or the means of clusters, and their decimal units. */
#include "designs/crossover_builder.h"

#include "designs/cluster_cell.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

/* The column that holds an endpoint's response in a period. */
static enum rx_status
response_column (struct rx_crossover_builder *b,
                 const struct rx_endpoint_spec *spec, size_t period,
                 size_t *column)
{
  const char *name = b->spec->wide
                         ? spec->columns[period]
                         : rx_builder_default (spec->column, spec->name);
  return rx_table_column (b->table, name, column, b->err);
}

static enum rx_status
take_log (struct rx_crossover_builder *b, size_t row, size_t column, double *y)
{
  char quoted[RX_QUOTED_SIZE];
  if (!(*y > 0))
    return rx_fail_at (b->err, RX_EDATA,
                       rx_table_where (b->table, row, column),
                       "found %s, expected a number above zero for the log "
                       "scale",
                       rx_quotez (quoted, rx_builder_cell (b, row, column)));
  *y = log (*y);
  return RX_OK;
}

/* Responses of clusters: means of their persons. */
static enum rx_status
read_means (struct rx_crossover_builder *b,
            const struct rx_endpoint_spec *spec, struct rx_endpoint *endpoint)
{
  const struct rx_crossover *d = b->design;
  size_t n = d->n_subjects * d->n_periods, column;
  endpoint->persons = rx_array (n, sizeof *endpoint->persons);
  if (endpoint->persons == NULL)
    return rx_fail_memory (b->err);
  if (response_column (b, spec, 0, &column) != RX_OK)
    return b->err->status;
  for (size_t at = 0; at < n; at++)
    {
      if (rx_cluster_cell (b->table, column, b->row_at[at], b->next, d->log,
                           &endpoint->persons[at], b->err)
          != RX_OK)
        return b->err->status;
      endpoint->y[at] = endpoint->persons[at].mean;
    }
  return RX_OK;
}

static enum rx_status
read_responses (struct rx_crossover_builder *b,
                const struct rx_endpoint_spec *spec,
                struct rx_endpoint *endpoint, struct rx_number *numbers)
{
  const struct rx_crossover *d = b->design;
  for (size_t p = 0; p < d->n_periods; p++)
    {
      size_t column;
      if (response_column (b, spec, p, &column) != RX_OK)
        return b->err->status;
      for (size_t s = 0; s < d->n_subjects; s++)
        {
          size_t at = s * d->n_periods + p;
          bool missing = true;
          endpoint->y[at] = NAN;
          if (b->row_at[at] == RX_NO_ROW)
            continue;
          if (rx_table_number (b->table, b->row_at[at], column, &numbers[at],
                               &missing, b->err)
              != RX_OK)
            return b->err->status;
          if (missing)
            continue;
          endpoint->y[at] = numbers[at].value;
          if (d->log
              && take_log (b, b->row_at[at], column, &endpoint->y[at])
                     != RX_OK)
            return b->err->status;
        }
    }
  return RX_OK;
}

/* Brings all responses to a common decimal scale, where they fit one. */
static void
set_units (const struct rx_crossover *d, struct rx_endpoint *endpoint,
           const struct rx_number *numbers, int64_t *units)
{
  size_t n = d->n_subjects * d->n_periods;
  const int64_t most = INT64_C (1) << RX_UNITS_MOST_BITS;
  int decimals = 0;
  endpoint->scale = 1;
  for (size_t i = 0; i < n; i++)
    if (!isnan (endpoint->y[i]) && numbers[i].decimals > decimals)
      decimals = numbers[i].decimals;
  for (size_t i = 0; i < n; i++)
    if (!isnan (endpoint->y[i])
        && (!rx_number_rescale (numbers[i], decimals, &units[i])
            || units[i] > most || units[i] < -most))
      return;
  for (int i = 0; i < decimals; i++)
    endpoint->scale *= 10;
  endpoint->units = units;
}

static enum rx_status
add_endpoint (struct rx_crossover_builder *b,
              const struct rx_endpoint_spec *spec)
{
  struct rx_crossover *d = b->design;
  struct rx_endpoint *endpoint = &d->endpoints[d->n_endpoints++];
  size_t n = d->n_subjects * d->n_periods;
  struct rx_number *numbers = rx_array (n, sizeof *numbers);
  int64_t *units = rx_array (n, sizeof *units);
  endpoint->name = rx_builder_keep (b, spec->name);
  endpoint->unit = rx_builder_keep (b, rx_builder_default (spec->unit, ""));
  endpoint->better
      = rx_builder_keep (b, rx_builder_default (spec->better, ""));
  endpoint->y = rx_array (n, sizeof *endpoint->y);
  enum rx_status status = RX_OK;
  if (numbers == NULL || units == NULL || endpoint->name == NULL
      || endpoint->unit == NULL || endpoint->better == NULL
      || endpoint->y == NULL)
    status = rx_fail_memory (b->err);
  else
    status = b->next != NULL ? read_means (b, spec, endpoint)
                             : read_responses (b, spec, endpoint, numbers);
  if (status == RX_OK && !d->log && b->next == NULL)
    set_units (d, endpoint, numbers, units);
  if (endpoint->units == NULL)
    free (units);
  free (numbers);
  return status;
}

enum rx_status
rx_builder_endpoints (struct rx_crossover_builder *b)
{
  struct rx_crossover *d = b->design;
  d->endpoints = rx_array (b->spec->n_endpoints, sizeof *d->endpoints);
  if (d->endpoints == NULL)
    return rx_fail_memory (b->err);
  for (size_t e = 0; e < b->spec->n_endpoints; e++)
    if (add_endpoint (b, &b->spec->endpoints[e]) != RX_OK)
      return b->err->status;
  return RX_OK;
}
