/* printed_table.c: cells to printed numbers, each checked where it stands. */
#include "designs/printed_table.h"

#include "base/text.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  COUNT_MOST = 1000000000,
  BOUND_MOST = 1000000
};

/* What a figure may be. */
static const struct
{
  const char *name;
  double least, most;
  const char *expected;
} figures[RX_SAYS_FIGURES] = {
#define ANY -INFINITY, INFINITY, "a number"
#define SPREAD 0, INFINITY, "a number of 0 or more"
#define RATIO DBL_MIN, INFINITY, "a ratio above 0"
#define CORRELATION -1, 1, "a correlation from -1 to 1"
#define SHARE 0, 100, "a percentage from 0 to 100"
  [RX_SAYS_DIFFERENCE] = { "difference", ANY },
  [RX_SAYS_SE] = { "se", SPREAD },
  [RX_SAYS_SD_DIFF] = { "sd_diff", SPREAD },
  [RX_SAYS_CI_LOW] = { "ci_low", ANY },
  [RX_SAYS_CI_HIGH] = { "ci_high", ANY },
  [RX_SAYS_T] = { "t", ANY },
  [RX_SAYS_P] = { "p", 0, 1, "a p-value from 0 to 1, or a bound as <0.01" },
  [RX_SAYS_DZ] = { "dz", ANY },
  [RX_SAYS_MEAN] = { "mean", ANY },
  [RX_SAYS_SD] = { "sd", SPREAD },
  [RX_SAYS_MEAN1] = { "mean1", ANY },
  [RX_SAYS_SD1] = { "sd1", SPREAD },
  [RX_SAYS_MEAN2] = { "mean2", ANY },
  [RX_SAYS_SD2] = { "sd2", SPREAD },
  [RX_SAYS_PERCENT] = { "percent", ANY },
  [RX_SAYS_F] = { "f", SPREAD },
  [RX_SAYS_CHI2] = { "chi2", SPREAD },
  [RX_SAYS_Q] = { "q", SPREAD },
  [RX_SAYS_Z] = { "z", ANY },
  [RX_SAYS_R] = { "r", CORRELATION },
  [RX_SAYS_RATIO] = { "ratio", RATIO },
  [RX_SAYS_RATIO_LOW] = { "ratio_low", RATIO },
  [RX_SAYS_RATIO_HIGH] = { "ratio_high", RATIO },
  [RX_SAYS_CORR] = { "corr", CORRELATION },
  [RX_SAYS_PERCENT1] = { "percent1", SHARE },
  [RX_SAYS_PERCENT2] = { "percent2", SHARE },
#undef ANY
#undef SPREAD
#undef RATIO
#undef CORRELATION
#undef SHARE
};

static const char *const designs[]
    = { "paired", "crossover", "parallel", "before-after" };
static const enum rx_printed_design design_of[]
    = { RX_PRINTED_PAIRED, RX_PRINTED_CROSSOVER, RX_PRINTED_PARALLEL,
        RX_PRINTED_PAIRED };
static const char *const tails[] = { "two", "one" };
static const char *const scales[]
    = { NULL, "continuous", "integer", "binary" };

#define AT(member) offsetof (struct rx_printed_result, member)
static const struct
{
  const char *name;
  size_t offset;
  long least;
} counts[] = { { "n", AT (n), 1 },           { "n1", AT (n1), 1 },
               { "n2", AT (n2), 1 },         { "items", AT (items), 1 },
               { "count", AT (count), 0 },   { "count1", AT (count1), 0 },
               { "count2", AT (count2), 0 }, { "only1", AT (only1), 0 },
               { "only2", AT (only2), 0 },   { "lost", AT (lost), 0 } };
static const struct
{
  const char *name;
  size_t offset;
} freedoms[] = { { "df", AT (df) }, { "df1", AT (df1) }, { "df2", AT (df2) } };
static const struct
{
  const char *name;
  size_t offset;
} bounds[] = { { "min", AT (min) },
               { "max", AT (max) },
               { "seen_min", AT (seen_min) },
               { "seen_max", AT (seen_max) } };
#undef AT

enum
{
  N_COUNTS = sizeof counts / sizeof counts[0],
  N_FREEDOMS = sizeof freedoms / sizeof freedoms[0],
  N_BOUNDS = sizeof bounds / sizeof bounds[0],
  UNSAID = -1
};

struct build
{
  const struct rx_table *table;
  struct rx_printed_table *out;
  size_t row;
  struct rx_error *err;
};

/* The cell of a column that is there and says something, else NULL. */
static const char *
cell (const struct build *b, const char *name, size_t *column)
{
  *column = rx_table_find (b->table, name);
  if (*column == SIZE_MAX || rx_table_missing (b->table, b->row, *column))
    return NULL;
  return rx_table_cell (b->table, b->row, *column);
}

static enum rx_status
complain (const struct build *b, size_t column, const char *expected)
{
  char found[RX_QUOTED_SIZE];
  return rx_fail_at (
      b->err, RX_EDATA, rx_table_where (b->table, b->row, column),
      "found %s, expected %s",
      rx_quotez (found, rx_table_cell (b->table, b->row, column)), expected);
}

static enum rx_status
read_figures (const struct build *b, struct rx_printed_result *result)
{
  for (int i = 0; i < RX_SAYS_FIGURES; i++)
    {
      size_t column;
      struct rx_printed *figure = &result->figure[i];
      const char *text = cell (b, figures[i].name, &column);
      if (text == NULL)
        continue;
      if (!rx_printed_read (text, b->table->format.decimal, figure))
        return complain (b, column,
                         "a number as printed, such as 0.040 or <0.01");
      if (figure->value < figures[i].least || figure->value > figures[i].most)
        return complain (b, column, figures[i].expected);
    }
  return RX_OK;
}

static enum rx_status
read_counts (const struct build *b, struct rx_printed_result *result)
{
  for (size_t i = 0; i < N_COUNTS; i++)
    {
      size_t column;
      long *to = (long *)(void *)((char *)result + counts[i].offset);
      const char *text = cell (b, counts[i].name, &column);
      *to = UNSAID;
      if (text != NULL
          && !rx_integer_readz (text, counts[i].least, COUNT_MOST, to))
        return complain (b, column,
                         counts[i].least == 0 ? "a whole number of 0 or more"
                                              : "a whole number of 1 or more");
    }
  for (size_t i = 0; i < N_FREEDOMS; i++)
    {
      size_t column;
      struct rx_number number;
      double *to = (double *)(void *)((char *)result + freedoms[i].offset);
      const char *text = cell (b, freedoms[i].name, &column);
      *to = NAN;
      if (text == NULL)
        continue;
      if (rx_number_read (text, strlen (text), b->table->format.decimal,
                          &number)
              != RX_NUMBER_FINE
          || !(number.value > 0))
        return complain (b, column, "degrees of freedom, above 0");
      *to = number.value;
    }
  return RX_OK;
}

/* "0:5 7:2": values and how many persons have them. */
static enum rx_status
read_fixed (const struct build *b, struct rx_printed_result *result)
{
  static const char expected[]
      = "values with their counts, each value once, as 0:5 7:2";
  size_t column, room = 1;
  const char *text = cell (b, "fixed", &column);
  result->fixed = NULL;
  result->n_fixed = 0;
  if (text == NULL)
    return RX_OK;
  for (const char *s = text; *s != '\0'; s++)
    room += *s == ' ';
  struct rx_sprite_fixed *fixed = rx_array (room, sizeof *fixed);
  result->fixed = fixed;
  if (fixed == NULL)
    return rx_fail_memory (b->err);
  for (const char *s = text; *s != '\0'; s += strspn (s, " "))
    {
      size_t length = strcspn (s, " "), value = strcspn (s, ":");
      long number[2];
      if (value >= length)
        return complain (b, column, expected);
      const char *part[2] = { rx_strings_add (&b->out->strings, s, value),
                              rx_strings_add (&b->out->strings, s + value + 1,
                                              length - value - 1) };
      if (part[0] == NULL || part[1] == NULL)
        return rx_fail_memory (b->err);
      if (!rx_integer_readz (part[0], -BOUND_MOST, BOUND_MOST, &number[0])
          || !rx_integer_readz (part[1], 0, COUNT_MOST, &number[1]))
        return complain (b, column, expected);
      for (size_t i = 0; i < result->n_fixed; i++)
        if (fixed[i].value == number[0])
          return complain (b, column, expected);
      fixed[result->n_fixed++]
          = (struct rx_sprite_fixed){ number[0], number[1] };
      s += length;
    }
  return RX_OK;
}

/* The scale of whole numbers, and what was seen of it. */
static enum rx_status
read_bounds (const struct build *b, struct rx_printed_result *result)
{
  for (size_t i = 0; i < N_BOUNDS; i++)
    {
      size_t column;
      struct rx_printed_bound *to
          = (struct rx_printed_bound *)(void *)((char *)result
                                                + bounds[i].offset);
      const char *text = cell (b, bounds[i].name, &column);
      *to = (struct rx_printed_bound){ 0, text != NULL };
      if (text != NULL
          && !rx_integer_readz (text, -BOUND_MOST, BOUND_MOST, &to->value))
        return complain (b, column, "a whole number");
    }
  if (result->min.said && result->max.said
      && result->min.value >= result->max.value)
    return complain (b, rx_table_find (b->table, "max"),
                     "the upper end of the scale, above min");
  return read_fixed (b, result);
}

/* The place of a word in a list; 0 when nothing is said. */
static enum rx_status
read_word (const struct build *b, const char *name, const char *const *words,
           size_t n, const char *expected, size_t *out)
{
  size_t column;
  const char *text = cell (b, name, &column);
  *out = 0;
  if (text == NULL)
    return RX_OK;
  for (size_t i = 0; i < n; i++)
    if (words[i] != NULL && strcmp (text, words[i]) == 0)
      {
        *out = i;
        return RX_OK;
      }
  return complain (b, column, expected);
}

static enum rx_status
read_words (const struct build *b, struct rx_printed_result *result)
{
  size_t column, design, scale, tail;
  const char *study = cell (b, "study", &column);
  const char *endpoint = cell (b, "endpoint", &column);
  struct rx_strings *strings = &b->out->strings;
  result->study = rx_strings_addz (strings, study != NULL ? study : "");
  result->endpoint
      = rx_strings_addz (strings, endpoint != NULL ? endpoint : "");
  if (result->study == NULL || result->endpoint == NULL)
    return rx_fail_memory (b->err);
  if (read_word (b, "design", designs, sizeof designs / sizeof designs[0],
                 "paired, crossover, parallel or before-after", &design)
          != RX_OK
      || read_word (b, "scale", scales, sizeof scales / sizeof scales[0],
                    "binary, integer or continuous", &scale)
             != RX_OK
      || read_word (b, "tails", tails, sizeof tails / sizeof tails[0],
                    "one or two", &tail)
             != RX_OK)
    return b->err->status;
  result->design = design_of[design];
  result->scale = (enum rx_printed_scale)scale;
  result->one_tailed = tail == 1;
  result->line = b->table->lines[b->row];
  return RX_OK;
}

static enum rx_status
check_interval (const struct build *b, const struct rx_printed_result *result,
                enum rx_printed_figure low, enum rx_printed_figure high)
{
  if (rx_printed_has (result, low) && rx_printed_has (result, high)
      && result->figure[low].value > result->figure[high].value)
    return complain (b, rx_table_find (b->table, figures[high].name),
                     "the upper end of an interval, not below the lower one");
  return RX_OK;
}

/* A count with the outcome is of n, in parallel groups of n1 or n2. */
static enum rx_status
check_counts (const struct build *b, const struct rx_printed_result *result)
{
  bool parallel = result->design == RX_PRINTED_PARALLEL;
  const struct
  {
    const char *name;
    long count, of;
    const char *expected;
  } parts[] = {
    { "count", result->count, result->n,
      "a count of persons, no more than n" },
    { "count1", result->count1, parallel ? result->n1 : result->n,
      parallel ? "a count of persons, no more than n1"
               : "a count of persons, no more than n" },
    { "count2", result->count2, parallel ? result->n2 : result->n,
      parallel ? "a count of persons, no more than n2"
               : "a count of persons, no more than n" },
    { "only1", result->only1, result->n,
      "a count of persons, no more than n" },
    { "only2", result->only2,
      result->n > 0 && result->only1 >= 0 ? result->n - result->only1 : UNSAID,
      "a count of persons, with only1 no more than n" },
  };
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    if (parts[i].of >= 0 && parts[i].count > parts[i].of)
      return complain (b, rx_table_find (b->table, parts[i].name),
                       parts[i].expected);
  return RX_OK;
}

static enum rx_status
check_together (const struct build *b, const struct rx_printed_result *result)
{
  if (check_interval (b, result, RX_SAYS_CI_LOW, RX_SAYS_CI_HIGH) != RX_OK
      || check_interval (b, result, RX_SAYS_RATIO_LOW, RX_SAYS_RATIO_HIGH)
             != RX_OK
      || check_counts (b, result) != RX_OK)
    return b->err->status;
  if (rx_printed_has (result, RX_SAYS_RATIO)
      && rx_printed_has (result, RX_SAYS_DIFFERENCE))
    return complain (b, rx_table_find (b->table, "ratio"),
                     "a difference or a ratio, not both in a row");
  return RX_OK;
}

static bool
is_blank (const struct rx_table *table, size_t row)
{
  for (size_t c = 0; c < table->n_columns; c++)
    if (!rx_table_missing (table, row, c))
      return false;
  return true;
}

static bool
is_word (const char *name)
{
  static const char *const words[]
      = { "study", "endpoint", "design", "scale", "tails", "fixed", "source" };
  bool known = false;
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
    known = known || strcmp (name, words[i]) == 0;
  return known;
}

static bool
is_number (const char *name)
{
  bool known = false;
  for (size_t i = 0; i < N_COUNTS; i++)
    known = known || strcmp (name, counts[i].name) == 0;
  for (size_t i = 0; i < N_FREEDOMS; i++)
    known = known || strcmp (name, freedoms[i].name) == 0;
  for (size_t i = 0; i < N_BOUNDS; i++)
    known = known || strcmp (name, bounds[i].name) == 0;
  for (size_t i = 0; i < RX_SAYS_FIGURES; i++)
    known = known || strcmp (name, figures[i].name) == 0;
  return known;
}

static enum rx_status
check_columns (const struct build *b)
{
  struct rx_text unused = { 0 };
  size_t numbers = 0;
  for (size_t c = 0; c < b->table->n_columns; c++)
    if (is_number (b->table->names[c]))
      numbers++;
    else if (!is_word (b->table->names[c]))
      rx_text_addf (&unused, "%s%s", unused.length > 0 ? ", " : "",
                    b->table->names[c]);
  b->out->unused = unused.failed ? NULL
                                 : rx_strings_addz (&b->out->strings,
                                                    rx_text_string (&unused));
  rx_text_free (&unused);
  if (b->out->unused == NULL)
    return rx_fail_memory (b->err);
  return numbers > 0
             ? RX_OK
             : rx_fail (b->err, RX_EDATA,
                        "%s: no column is one of printed results, such "
                        "as difference, n, p, mean, sd, percent",
                        b->table->file);
}

static enum rx_status
read_results (struct build *b)
{
  for (b->row = 0; b->row < b->table->n_rows; b->row++)
    {
      struct rx_printed_result *result = &b->out->result[b->out->n];
      if (is_blank (b->table, b->row))
        {
          b->out->blank_rows++;
          continue;
        }
      if (read_words (b, result) != RX_OK || read_counts (b, result) != RX_OK
          || read_figures (b, result) != RX_OK
          || read_bounds (b, result) != RX_OK
          || check_together (b, result) != RX_OK)
        return b->err->status;
      b->out->n++;
    }
  return RX_OK;
}

enum rx_status
rx_printed_table_build (struct rx_printed_table *printed,
                        const struct rx_table *table, struct rx_error *err)
{
  struct build b = { .table = table, .out = printed, .err = err };
  *printed = (struct rx_printed_table){ .room = table->n_rows,
                                        .synthetic = table->synthetic };
  printed->result = rx_array (table->n_rows, sizeof *printed->result);
  printed->file = rx_strings_addz (&printed->strings, table->file);
  enum rx_status status = printed->result == NULL || printed->file == NULL
                              ? rx_fail_memory (err)
                              : RX_OK;
  if (status == RX_OK)
    status = check_columns (&b);
  if (status == RX_OK)
    status = read_results (&b);
  if (status != RX_OK)
    rx_printed_table_free (printed);
  return status;
}

void
rx_printed_table_free (struct rx_printed_table *printed)
{
  for (size_t i = 0; printed->result != NULL && i < printed->room; i++)
    free (printed->result[i].fixed);
  free (printed->result);
  rx_strings_free (&printed->strings);
  *printed = (struct rx_printed_table){ 0 };
}

const char *
rx_printed_figure_name (enum rx_printed_figure figure)
{
  return figures[figure].name;
}

bool
rx_printed_has (const struct rx_printed_result *result,
                enum rx_printed_figure figure)
{
  return result->figure[figure].kind != RX_PRINTED_NOTHING;
}

bool
rx_printed_is_whole (const struct rx_printed_result *result)
{
  return result->scale == RX_SCALE_INTEGER || result->scale == RX_SCALE_BINARY
         || (result->scale == RX_SCALE_UNSAID && result->items > 0);
}
