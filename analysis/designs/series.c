/* series.c: from the rows of a file to points, interruptions and the columns
   of a segmented regression (Wagner, Soumerai, Zhang & Ross-Degnan, Journal of
   Clinical Pharmacy and Therapeutics 2002;27:299-309). */
#include "designs/series.h"

#include "base/text.h"
#include "designs/time_axis.h"

#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the build passes around. */
struct build
{
  const struct rx_table *table;
  struct rx_series *series;
  struct rx_time_axis axis;
  size_t time, value, population; /* columns */
  struct rx_error *err;
};

static enum rx_status
find_columns (struct build *b)
{
  const struct rx_series_spec *spec = b->series->spec;
  const char *time = spec->time != NULL ? spec->time : "time";
  const char *value = spec->value != NULL ? spec->value : "value";
  b->series->name = rx_strings_addz (&b->series->strings, value);
  if (b->series->name == NULL)
    return rx_fail_memory (b->err);
  if (rx_table_column (b->table, time, &b->time, b->err) != RX_OK
      || rx_table_column (b->table, value, &b->value, b->err) != RX_OK)
    return b->err->status;
  return spec->population == NULL
             ? RX_OK
             : rx_table_column (b->table, spec->population, &b->population,
                                b->err);
}

/* Value and population of a row; *missing when one of them is. */
static enum rx_status
read_row (struct build *b, size_t row, double *value, double *population,
          bool *missing)
{
  char quoted[RX_QUOTED_SIZE];
  struct rx_number number;
  bool none = false;
  if (rx_table_number (b->table, row, b->value, &number, missing, b->err)
      != RX_OK)
    return b->err->status;
  *value = number.value;
  if (b->series->spec->population == NULL)
    return RX_OK;
  if (rx_table_number (b->table, row, b->population, &number, &none, b->err)
      != RX_OK)
    return b->err->status;
  if (!none && !(number.value > 0))
    return rx_fail_at (
        b->err, RX_EDATA, rx_table_where (b->table, row, b->population),
        "found %s, expected a population above zero",
        rx_quotez (quoted, rx_table_cell (b->table, row, b->population)));
  *population = number.value;
  *missing = *missing || none;
  return RX_OK;
}

static enum rx_status
read_points (struct build *b)
{
  struct rx_series *s = b->series;
  for (size_t i = 0; i < b->axis.n; i++)
    {
      double value = NAN, population = NAN;
      bool missing;
      if (read_row (b, b->axis.row[i], &value, &population, &missing) != RX_OK)
        return b->err->status;
      s->length = (size_t)b->axis.point[i];
      if (missing)
        {
          s->without_value++;
          continue;
        }
      s->time[s->n] = (double)b->axis.point[i];
      s->value[s->n] = value;
      s->rate[s->n]
          = s->population != NULL ? s->spec->per * value / population : value;
      if (s->population != NULL)
        s->population[s->n] = population;
      s->n++;
    }
  return RX_OK;
}

static enum rx_status
make_points (struct build *b)
{
  struct rx_series *s = b->series;
  size_t n = b->table->n_rows;
  s->time = rx_array (n, sizeof *s->time);
  s->value = rx_array (n, sizeof *s->value);
  s->rate = rx_array (n, sizeof *s->rate);
  if (s->spec->population != NULL)
    s->population = rx_array (n, sizeof *s->population);
  if (s->time == NULL || s->value == NULL || s->rate == NULL
      || (s->spec->population != NULL && s->population == NULL))
    return rx_fail_memory (b->err);
  return read_points (b);
}

/* A number of a point, else the time of one. */
static bool
find_point (const struct build *b, const char *text, size_t *point)
{
  long number;
  if (rx_integer_readz (text, 1, (long)b->series->length, &number))
    {
      *point = (size_t)number;
      return true;
    }
  for (size_t i = 0; i < b->axis.n; i++)
    if (strcmp (rx_table_cell (b->table, b->axis.row[i], b->time), text) == 0)
      {
        *point = (size_t)b->axis.point[i];
        return true;
      }
  return false;
}

static const char *
time_of_point (const struct build *b, size_t point)
{
  for (size_t i = 0; i < b->axis.n; i++)
    if (b->axis.point[i] == point)
      return rx_table_cell (b->table, b->axis.row[i], b->time);
  return "";
}

static enum rx_status
place_interruptions (struct build *b)
{
  struct rx_series *s = b->series;
  size_t before = 1;
  char quoted[RX_QUOTED_SIZE];
  s->n_interruptions = s->spec->n_interruptions;
  s->interruption = rx_array (s->n_interruptions, sizeof *s->interruption);
  if (s->interruption == NULL)
    return rx_fail_memory (b->err);
  for (size_t j = 0; j < s->n_interruptions; j++)
    {
      const char *text = s->spec->interruptions[j];
      size_t point = 0;
      if (!find_point (b, text, &point))
        return rx_fail (b->err, RX_EUSAGE,
                        "interruptions: found %s, expected the number of a "
                        "point, 2 to %zu, or a time of %s",
                        rx_quotez (quoted, text), s->length, s->file);
      if (point <= before)
        return rx_fail (b->err, RX_EUSAGE,
                        "interruptions: found %s, which is point %zu, "
                        "expected one after point %zu%s",
                        rx_quotez (quoted, text), point, before,
                        j == 0 ? ", the first" : ", the one before");
      s->interruption[j].point = before = point;
      s->interruption[j].time
          = rx_strings_addz (&s->strings, time_of_point (b, point));
      if (s->interruption[j].time == NULL)
        return rx_fail_memory (b->err);
    }
  return RX_OK;
}

enum rx_status
rx_series_build (struct rx_series *series, const struct rx_table *table,
                 const struct rx_series_spec *spec, struct rx_error *err)
{
  struct build b = { .table = table, .series = series, .err = err };
  *series = (struct rx_series){ .spec = spec, .synthetic = table->synthetic };
  series->file = rx_strings_addz (&series->strings, table->file);
  enum rx_status status
      = series->file == NULL ? rx_fail_memory (err) : find_columns (&b);
  if (status == RX_OK)
    status = rx_time_axis_make (&b.axis, table, b.time, err);
  if (status == RX_OK && b.axis.n == 0)
    status = rx_fail (err, RX_EDATA, "%s: no rows of data below the header",
                      table->file);
  if (status == RX_OK)
    {
      series->irregular = b.axis.irregular;
      status = make_points (&b);
    }
  if (status == RX_OK)
    status = place_interruptions (&b);
  rx_time_axis_free (&b.axis);
  if (status != RX_OK)
    rx_series_free (series);
  return status;
}

void
rx_series_free (struct rx_series *series)
{
  free (series->time);
  free (series->value);
  free (series->population);
  free (series->rate);
  free (series->interruption);
  rx_strings_free (&series->strings);
  *series = (struct rx_series){ 0 };
}

bool
rx_series_has_gap (const struct rx_series *series)
{
  return series->n > 0
         && series->time[series->n - 1] - series->time[0] + 1
                != (double)series->n;
}

/* Adds a column: its name, "" or a number behind it. */
static double *
add_column (struct rx_series_matrix *m, const char *name, size_t number)
{
  m->term[m->k]
      = number == 0 ? rx_strings_addz (&m->strings, name)
                    : rx_strings_format (&m->strings, "%s %zu", name, number);
  return m->x + m->k++;
}

static void
fill_interruptions (const struct rx_series *s, struct rx_series_matrix *m,
                    size_t k)
{
  for (size_t j = 0; j < s->n_interruptions; j++)
    {
      double at = (double)s->interruption[j].point;
      size_t number = j == 0 ? 0 : j + 1;
      double *level = add_column (m, "level-change", number);
      for (size_t i = 0; i < s->n; i++)
        level[i * k] = s->time[i] >= at ? 1 : 0;
      if (s->spec->no_trend_change)
        continue;
      double *trend = add_column (m, "trend-change", number);
      for (size_t i = 0; i < s->n; i++)
        trend[i * k] = fmax (0, s->time[i] - at);
    }
}

static void
fill_season (const struct rx_series *s, struct rx_series_matrix *m, size_t k)
{
  for (size_t pair = 1; pair <= s->spec->pairs; pair++)
    {
      double speed = 2 * M_PI * (double)pair / s->spec->period;
      double *sine = add_column (m, "sin", pair);
      double *cosine = add_column (m, "cos", pair);
      for (size_t i = 0; i < s->n; i++)
        {
          sine[i * k] = sin (speed * s->time[i]);
          cosine[i * k] = cos (speed * s->time[i]);
        }
    }
}

enum rx_status
rx_series_matrix_make (const struct rx_series *series,
                       struct rx_series_matrix *matrix, struct rx_error *err)
{
  size_t each = series->spec->no_trend_change ? 1 : 2;
  size_t k = 2 + each * series->n_interruptions + 2 * series->spec->pairs;
  *matrix = (struct rx_series_matrix){ .n = series->n };
  matrix->x = rx_array (series->n * k, sizeof *matrix->x);
  matrix->term = rx_array (k, sizeof *matrix->term);
  bool made = matrix->x != NULL && matrix->term != NULL;
  if (made)
    {
      double *intercept = add_column (matrix, "intercept", 0);
      double *trend = add_column (matrix, "trend", 0);
      for (size_t i = 0; i < series->n; i++)
        {
          intercept[i * k] = 1;
          trend[i * k] = series->time[i];
        }
      fill_interruptions (series, matrix, k);
      fill_season (series, matrix, k);
    }
  for (size_t c = 0; made && c < k; c++)
    made = matrix->term[c] != NULL;
  if (made)
    return RX_OK;
  rx_series_matrix_free (matrix);
  return rx_fail_memory (err);
}

void
rx_series_matrix_free (struct rx_series_matrix *matrix)
{
  free (matrix->x);
  free (matrix->term);
  rx_strings_free (&matrix->strings);
  *matrix = (struct rx_series_matrix){ 0 };
}
