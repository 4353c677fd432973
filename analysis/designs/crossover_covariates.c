/* crossover_covariates.c: what the models adjust for, read from the table.

   A factor with n levels makes n - 1 columns of the models, against the first
   by name.  In the long layout a covariate or baseline has a value on every
   row.  In the wide layout a covariate is one column, the same in all periods,
   and a baseline is one column or one per period. */
#include "designs/crossover_covariates.h"

#include "base/names.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>

/* What the readers pass around. */
struct reading
{
  struct rx_crossover *design;
  const struct rx_table *table;
  const size_t *row_at;
  struct rx_error *err;
};

void
rx_covariate_free (struct rx_covariate *covariate)
{
  if (covariate == NULL)
    return;
  free (covariate->value);
  free (covariate->levels);
  *covariate = (struct rx_covariate){ 0 };
}

static enum rx_status
make (const struct reading *r, const char *name, struct rx_covariate *out)
{
  struct rx_crossover *d = r->design;
  size_t n = d->n_subjects * d->n_periods;
  *out = (struct rx_covariate){ .name = rx_strings_addz (&d->strings, name),
                                .value = rx_array (n, sizeof *out->value) };
  if (out->name == NULL || out->value == NULL)
    return rx_fail_memory (r->err);
  for (size_t i = 0; i < n; i++)
    out->value[i] = NAN;
  return RX_OK;
}

/* Are the values in the column numbers?  All or none of them: a slip in a
   column of numbers must not make a factor of it. */
static enum rx_status
look (const struct reading *r, size_t column, bool *is_number)
{
  const struct rx_crossover *d = r->design;
  size_t number_row = RX_NO_ROW, other_row = RX_NO_ROW;
  for (size_t i = 0; i < d->n_subjects * d->n_periods; i++)
    {
      struct rx_error why = { RX_OK, "" };
      struct rx_number number;
      bool missing = true, ok;
      size_t row = r->row_at[i];
      if (row == RX_NO_ROW)
        continue;
      ok = rx_table_number (r->table, row, column, &number, &missing, &why)
           == RX_OK;
      if (!ok && row < other_row)
        other_row = row;
      else if (ok && !missing && row < number_row)
        number_row = row;
    }
  *is_number = other_row == RX_NO_ROW;
  if (*is_number || number_row == RX_NO_ROW)
    return RX_OK;
  char other[RX_QUOTED_SIZE];
  return rx_fail_at (
      r->err, RX_EDATA, rx_table_where (r->table, other_row, column),
      "found %s, expected a number as on line %zu; a column of names and "
      "numbers is a factor where --factor (in a study file factors:) says so",
      rx_quotez (other, rx_table_cell (r->table, other_row, column)),
      r->table->lines[number_row]);
}

/* numbers[subject * n_periods + period], where it is given, gets the decimals
   too. */
static enum rx_status
read_numbers (const struct reading *r, size_t column, size_t period,
              struct rx_covariate *out, struct rx_number *numbers)
{
  const struct rx_crossover *d = r->design;
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      size_t at = s * d->n_periods + period;
      struct rx_number number;
      bool missing = true;
      if (r->row_at[at] == RX_NO_ROW)
        continue;
      if (rx_table_number (r->table, r->row_at[at], column, &number, &missing,
                           r->err)
          != RX_OK)
        return r->err->status;
      if (missing)
        continue;
      out->value[at] = number.value;
      if (numbers != NULL)
        numbers[at] = number;
    }
  return RX_OK;
}

/* Levels in the order of names; the first is what others compare with. */
static enum rx_status
read_levels (const struct reading *r, size_t column, struct rx_covariate *out)
{
  struct rx_crossover *d = r->design;
  struct rx_levels levels = { 0 };
  size_t n = d->n_subjects * d->n_periods, found = 0;
  const char **cell = rx_array (n, sizeof *cell);
  if (cell == NULL)
    return rx_fail_memory (r->err);
  for (size_t i = 0; i < n; i++)
    if (r->row_at[i] != RX_NO_ROW
        && !rx_table_missing (r->table, r->row_at[i], column))
      cell[found++] = rx_table_cell (r->table, r->row_at[i], column);
  enum rx_status status = rx_levels_of (cell, found, &levels, r->err);
  free (cell);
  for (size_t i = 0; status == RX_OK && i < n; i++)
    if (r->row_at[i] != RX_NO_ROW
        && !rx_table_missing (r->table, r->row_at[i], column))
      out->value[i] = (double)rx_levels_find (
          &levels, rx_table_cell (r->table, r->row_at[i], column));
  for (size_t i = 0; status == RX_OK && i < levels.n; i++)
    if ((levels.name[i] = rx_strings_addz (&d->strings, levels.name[i]))
        == NULL)
      status = rx_fail_memory (r->err);
  out->levels = levels.name;
  out->n_levels = levels.n;
  return status;
}

static enum rx_status
read_covariate (const struct reading *r, const char *name, bool is_factor,
                struct rx_covariate *out)
{
  size_t column;
  bool is_number = false;
  if (rx_table_column (r->table, name, &column, r->err) != RX_OK
      || make (r, name, out) != RX_OK
      || (!is_factor && look (r, column, &is_number) != RX_OK))
    return r->err->status;
  if (!is_number)
    return read_levels (r, column, out);
  for (size_t p = 0; p < r->design->n_periods; p++)
    if (read_numbers (r, column, p, out, NULL) != RX_OK)
      return r->err->status;
  return RX_OK;
}

/* In the wide layout one column, the same in all periods. */
static enum rx_status
read_exposure (const struct reading *r, const char *name)
{
  struct rx_crossover *d = r->design;
  char quoted[RX_QUOTED_SIZE];
  size_t column, n = d->n_subjects * d->n_periods;
  if (rx_table_column (r->table, name, &column, r->err) != RX_OK
      || make (r, name, &d->exposure) != RX_OK)
    return r->err->status;
  for (size_t p = 0; p < d->n_periods; p++)
    if (read_numbers (r, column, p, &d->exposure, NULL) != RX_OK)
      return r->err->status;
  for (size_t i = 0; i < n; i++)
    if (d->exposure.value[i] <= 0)
      return rx_fail_at (
          r->err, RX_EDATA, rx_table_where (r->table, r->row_at[i], column),
          "found %s, expected a number above zero: the time in which the "
          "events were counted",
          rx_quotez (quoted, rx_table_cell (r->table, r->row_at[i], column)));
  return RX_OK;
}

static enum rx_status
take_logs (const struct reading *r, size_t column, size_t period,
           struct rx_covariate *out)
{
  const struct rx_crossover *d = r->design;
  char quoted[RX_QUOTED_SIZE];
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      size_t at = s * d->n_periods + period;
      if (isnan (out->value[at]))
        continue;
      if (!(out->value[at] > 0))
        return rx_fail_at (
            r->err, RX_EDATA, rx_table_where (r->table, r->row_at[at], column),
            "found %s, expected a number above zero: a baseline is on the log "
            "scale of its endpoint",
            rx_quotez (quoted,
                       rx_table_cell (r->table, r->row_at[at], column)));
      out->value[at] = log (out->value[at]);
    }
  return RX_OK;
}

static enum rx_status
read_baseline (const struct reading *r, const struct rx_endpoint_spec *spec,
               struct rx_covariate *out, struct rx_number *numbers)
{
  struct rx_crossover *d = r->design;
  if (make (r, "baseline", out) != RX_OK)
    return r->err->status;
  for (size_t p = 0; p < d->n_periods; p++)
    {
      size_t column;
      const char *name = spec->baselines[spec->n_baselines > 1 ? p : 0];
      if (rx_table_column (r->table, name, &column, r->err) != RX_OK
          || read_numbers (r, column, p, out, numbers) != RX_OK
          || (d->log && take_logs (r, column, p, out) != RX_OK))
        return r->err->status;
    }
  return RX_OK;
}

/* How many decimals the numbers of the baseline have. */
static int
decimals_of (const struct rx_number *number, const struct rx_covariate *base,
             size_t n)
{
  int most = 0;
  for (size_t i = 0; i < n; i++)
    if (!isnan (base->value[i]) && number[i].decimals > most)
      most = number[i].decimals;
  return most;
}

/* The response's decimal units less those of the baseline, at one scale;
   false where they do not fit. */
static bool
take_units (struct rx_endpoint *endpoint, const struct rx_covariate *base,
            const struct rx_number *number, size_t n)
{
  const int64_t most = INT64_C (1) << (RX_UNITS_MOST_BITS - 1);
  int decimals = decimals_of (number, base, n), own = 0;
  int64_t factor = 1;
  for (double scale = 1; scale < endpoint->scale; scale *= 10)
    own++;
  for (; own < decimals && factor <= most / 10; own++)
    factor *= 10;
  for (size_t i = 0; i < n; i++)
    {
      int64_t units;
      if (isnan (endpoint->y[i]) || isnan (base->value[i]))
        continue;
      if (!rx_number_rescale (number[i], own, &units) || units > most
          || units < -most || endpoint->units[i] > most / factor
          || endpoint->units[i] < -most / factor)
        return false;
      endpoint->units[i] = endpoint->units[i] * factor - units;
    }
  endpoint->scale *= (double)factor;
  return true;
}

/* Responses less their baselines, exact in decimals where they were. */
static void
take_change (struct rx_crossover *d, struct rx_endpoint *endpoint,
             const struct rx_covariate *base, const struct rx_number *number)
{
  size_t n = d->n_subjects * d->n_periods;
  bool exact
      = endpoint->units != NULL && take_units (endpoint, base, number, n);
  if (!exact)
    {
      free (endpoint->units);
      endpoint->units = NULL;
    }
  for (size_t i = 0; i < n; i++)
    if (isnan (base->value[i]))
      endpoint->y[i] = NAN;
    else if (!isnan (endpoint->y[i]))
      endpoint->y[i] = exact ? (double)endpoint->units[i] / endpoint->scale
                             : endpoint->y[i] - base->value[i];
  d->change = true;
}

/* The baseline, to adjust for or to take from the responses. */
static enum rx_status
use_baseline (const struct reading *r, const struct rx_crossover_spec *spec,
              size_t e)
{
  struct rx_crossover *d = r->design;
  struct rx_endpoint *endpoint = &d->endpoints[e];
  struct rx_covariate base = { 0 };
  struct rx_number *number
      = rx_array (d->n_subjects * d->n_periods, sizeof *number);
  enum rx_status status
      = number == NULL ? rx_fail_memory (r->err)
                       : read_baseline (r, &spec->endpoints[e], &base, number);
  if (status == RX_OK && (spec->change || spec->endpoints[e].has_responder))
    take_change (d, endpoint, &base, number);
  else if (status == RX_OK)
    {
      endpoint->baseline = rx_array (1, sizeof *endpoint->baseline);
      if (endpoint->baseline == NULL)
        status = rx_fail_memory (r->err);
      else
        {
          *endpoint->baseline = base;
          base = (struct rx_covariate){ 0 };
        }
    }
  rx_covariate_free (&base);
  free (number);
  return status;
}

enum rx_status
rx_crossover_read_covariates (struct rx_crossover *design,
                              const struct rx_table *table,
                              const struct rx_crossover_spec *spec,
                              const size_t *row_at, struct rx_error *err)
{
  struct reading r = { design, table, row_at, err };
  size_t n = spec->n_covariates + spec->n_factors;
  design->covariates = rx_array (n, sizeof *design->covariates);
  if (design->covariates == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < n; i++)
    {
      bool is_factor = i >= spec->n_covariates;
      const char *name = is_factor ? spec->factors[i - spec->n_covariates]
                                   : spec->covariates[i];
      if (read_covariate (&r, name, is_factor,
                          &design->covariates[design->n_covariates++])
          != RX_OK)
        return err->status;
    }
  if (spec->exposure != NULL && read_exposure (&r, spec->exposure) != RX_OK)
    return err->status;
  for (size_t e = 0; e < spec->n_endpoints; e++)
    if (spec->endpoints[e].n_baselines > 0
        && use_baseline (&r, spec, e) != RX_OK)
      return err->status;
  return RX_OK;
}
