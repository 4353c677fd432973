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

/* Where the values of one of the two series are. */
struct source
{
  bool has_population;
  size_t value, population; /* columns */
};

/* What the build passes around. */
struct build
{
  const struct rx_table *table;
  struct rx_series *series;
  struct rx_time_axis axis;
  size_t time;             /* column */
  struct source source[2]; /* of the series itself, of its control */
  size_t n_sources;
  struct rx_error *err;
};

static enum rx_status
find_source (struct build *b, const char *value, const char *population)
{
  struct source *source = &b->source[b->n_sources++];
  source->has_population = population != NULL;
  if (rx_table_column (b->table, value, &source->value, b->err) != RX_OK)
    return b->err->status;
  return population == NULL ? RX_OK
                            : rx_table_column (b->table, population,
                                               &source->population, b->err);
}

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
      || find_source (b, value, spec->population) != RX_OK)
    return b->err->status;
  return spec->control == NULL
             ? RX_OK
             : find_source (b, spec->control, spec->control_population);
}

/* Value and population of a row; *missing when one of them is. */
static enum rx_status
read_row (struct build *b, const struct source *source, size_t row,
          double *value, double *population, bool *missing)
{
  char quoted[RX_QUOTED_SIZE];
  struct rx_number number;
  bool none = false;
  if (rx_table_number (b->table, row, source->value, &number, missing, b->err)
      != RX_OK)
    return b->err->status;
  *value = number.value;
  if (!source->has_population)
    return RX_OK;
  if (rx_table_number (b->table, row, source->population, &number, &none,
                       b->err)
      != RX_OK)
    return b->err->status;
  if (!none && !(number.value > 0))
    return rx_fail_at (
        b->err, RX_EDATA, rx_table_where (b->table, row, source->population),
        "found %s, expected a population above zero",
        rx_quotez (quoted, rx_table_cell (b->table, row, source->population)));
  *population = number.value;
  *missing = *missing || none;
  return RX_OK;
}

static enum rx_status
read_points (struct build *b, const struct source *source)
{
  struct rx_series *s = b->series;
  for (size_t i = 0; i < b->axis.n; i++)
    {
      double value = NAN, population = NAN;
      bool missing;
      size_t row = b->axis.row[i];
      if (read_row (b, source, row, &value, &population, &missing) != RX_OK)
        return b->err->status;
      s->length = (size_t)b->axis.point[i];
      if (missing)
        {
          s->without_value++;
          continue;
        }
      s->time[s->n] = (double)b->axis.point[i];
      s->month[s->n] = b->axis.month[i];
      s->has_month[b->axis.month[i]] = true;
      s->label[s->n] = rx_strings_addz (
          &s->strings, rx_table_cell (b->table, row, b->time));
      if (s->label[s->n] == NULL)
        return rx_fail_memory (b->err);
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
  size_t n = b->table->n_rows * b->n_sources;
  s->time = rx_array (n, sizeof *s->time);
  s->label = rx_array (n, sizeof *s->label);
  s->month = rx_array (n, sizeof *s->month);
  s->value = rx_array (n, sizeof *s->value);
  s->rate = rx_array (n, sizeof *s->rate);
  if (s->spec->population != NULL)
    s->population = rx_array (n, sizeof *s->population);
  if (s->time == NULL || s->label == NULL || s->month == NULL
      || s->value == NULL || s->rate == NULL
      || (s->spec->population != NULL && s->population == NULL))
    return rx_fail_memory (b->err);
  if (read_points (b, &b->source[0]) != RX_OK)
    return b->err->status;
  s->n_own = s->n;
  if (b->n_sources > 1 && read_points (b, &b->source[1]) != RX_OK)
    return b->err->status;
  if (s->spec->by_month && b->axis.n > 0 && b->axis.month[0] == 0)
    return rx_fail_at (
        b->err, RX_EDATA, rx_table_where (b->table, b->axis.row[0], b->time),
        "found \"%s\", expected a month such as 2005-01, or a date: the "
        "season is one of calendar months",
        rx_table_cell (b->table, b->axis.row[0], b->time));
  return RX_OK;
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

/* Points with a value of the series itself, from the first interruption on;
   the last one where none is asked for. */
static enum rx_status
place_effects (struct build *b)
{
  struct rx_series *s = b->series;
  const struct rx_series_spec *spec = s->spec;
  char quoted[RX_QUOTED_SIZE];
  s->effect = rx_array (spec->n_effects + 1, sizeof *s->effect);
  if (s->effect == NULL)
    return rx_fail_memory (b->err);
  for (size_t j = 0; j < spec->n_effects; j++)
    {
      size_t point = 0, i = 0;
      bool found = find_point (b, spec->effects[j], &point);
      while (found && i < s->n_own && s->time[i] != (double)point)
        i++;
      if (!found || i == s->n_own || point < s->interruption[0].point)
        return rx_fail (b->err, RX_EUSAGE,
                        "effects: found %s, expected a point with a value, "
                        "%zu to %zu, or its time in %s",
                        rx_quotez (quoted, spec->effects[j]),
                        s->interruption[0].point, s->length, s->file);
      s->effect[s->n_effects++] = point;
    }
  if (spec->n_effects == 0 && s->n_own > 0
      && s->time[s->n_own - 1] >= (double)s->interruption[0].point)
    s->effect[s->n_effects++] = (size_t)s->time[s->n_own - 1];
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
  if (status == RX_OK)
    status = place_effects (&b);
  rx_time_axis_free (&b.axis);
  if (status != RX_OK)
    rx_series_free (series);
  return status;
}

void
rx_series_free (struct rx_series *series)
{
  free (series->time);
  free (series->label);
  free (series->month);
  free (series->effect);
  free (series->value);
  free (series->population);
  free (series->rate);
  free (series->interruption);
  rx_strings_free (&series->strings);
  *series = (struct rx_series){ 0 };
}

static bool
gap_between (const struct rx_series *s, size_t from, size_t to)
{
  return to > from
         && s->time[to - 1] - s->time[from] + 1 != (double)(to - from);
}

bool
rx_series_has_gap (const struct rx_series *series)
{
  return gap_between (series, 0, series->n_own)
         || gap_between (series, series->n_own, series->n);
}

const char *
rx_series_no_neighbours (const struct rx_series *series)
{
  return series->spec->control != NULL ? "two-series"
         : rx_series_has_gap (series)  ? "gap"
                                       : NULL;
}

/* Columns of the interruptions, 0 each where `times` is 0. */
static double *
fill_interruptions (const struct rx_series *s, double time, double times,
                    double *out)
{
  for (size_t j = 0; j < s->n_interruptions; j++)
    {
      double at = (double)s->interruption[j].point;
      *out++ = time >= at ? times : 0;
      if (!s->spec->no_trend_change)
        *out++ = times * fmax (0, time - at);
    }
  return out;
}

void
rx_series_row (const struct rx_series *series, size_t i, bool interrupted,
               double *out)
{
  const struct rx_series_spec *spec = series->spec;
  double time = series->time[i], own = i < series->n_own ? 1 : 0;
  bool controlled = spec->control != NULL;
  *out++ = 1;
  *out++ = time;
  out = fill_interruptions (series, time, interrupted || controlled, out);
  if (controlled)
    {
      *out++ = own;
      *out++ = own * time;
      out = fill_interruptions (series, time, interrupted ? own : 0, out);
    }
  for (size_t pair = 1; pair <= spec->pairs; pair++)
    {
      double speed = 2 * M_PI * (double)pair / spec->period;
      *out++ = sin (speed * time);
      *out++ = cos (speed * time);
    }
  bool is_first = true;
  for (int month = 1; spec->by_month && month <= RX_MONTHS; month++)
    {
      if (series->has_month[month] && !is_first)
        *out++ = series->month[i] == month;
      is_first = is_first && !series->has_month[month];
    }
}

/* Names a column: "trend-change 2", "group:trend". */
static void
name_column (struct rx_series_matrix *m, const char *before, const char *name,
             size_t number)
{
  m->term[m->k++] = number == 0
                        ? rx_strings_format (&m->strings, "%s%s", before, name)
                        : rx_strings_format (&m->strings, "%s%s %zu", before,
                                             name, number);
}

static void
name_interruptions (const struct rx_series *s, struct rx_series_matrix *m,
                    const char *before)
{
  for (size_t j = 0; j < s->n_interruptions; j++)
    {
      size_t number = j == 0 ? 0 : j + 1;
      name_column (m, before, "level-change", number);
      if (!s->spec->no_trend_change)
        name_column (m, before, "trend-change", number);
    }
}

/* In the order in which rx_series_row fills them. */
static void
name_columns (const struct rx_series *s, struct rx_series_matrix *m)
{
  const struct rx_series_spec *spec = s->spec;
  name_column (m, "", "intercept", 0);
  name_column (m, "", "trend", 0);
  name_interruptions (s, m, "");
  if (spec->control != NULL)
    {
      name_column (m, "", "group", 0);
      name_column (m, "group:", "trend", 0);
      name_interruptions (s, m, "group:");
    }
  for (size_t pair = 1; pair <= spec->pairs; pair++)
    {
      name_column (m, "", "sin", pair);
      name_column (m, "", "cos", pair);
    }
  bool is_first = true;
  for (size_t month = 1; spec->by_month && month <= RX_MONTHS; month++)
    {
      if (s->has_month[month] && !is_first)
        name_column (m, "", "month", month);
      is_first = is_first && !s->has_month[month];
    }
}

enum rx_status
rx_series_matrix_make (const struct rx_series *series,
                       struct rx_series_matrix *matrix, struct rx_error *err)
{
  size_t each = series->spec->no_trend_change ? 1 : 2;
  size_t most = 2 * (2 + each * series->n_interruptions)
                + 2 * series->spec->pairs + RX_MONTHS;
  *matrix = (struct rx_series_matrix){ .n = series->n };
  matrix->term = rx_array (most, sizeof *matrix->term);
  bool made = matrix->term != NULL;
  if (made)
    {
      name_columns (series, matrix);
      matrix->x = rx_array (series->n * matrix->k, sizeof *matrix->x);
      made = matrix->x != NULL;
    }
  for (size_t c = 0; made && c < matrix->k; c++)
    made = matrix->term[c] != NULL;
  for (size_t i = 0; made && i < series->n; i++)
    rx_series_row (series, i, true, matrix->x + i * matrix->k);
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
