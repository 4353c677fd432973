/* printed_table.c: cells to printed numbers, each checked where it stands. */
#include "designs/printed_table.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  COUNT_MOST = 1000000000
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
  [RX_SAYS_R] = { "r", -1, 1, "a correlation from -1 to 1" },
#undef ANY
#undef SPREAD
};

static const char *const designs[] = { "paired", "crossover", "parallel" };
static const char *const scales[]
    = { NULL, "continuous", "integer", "binary" };

#define AT(member) offsetof (struct rx_printed_result, member)
static const struct
{
  const char *name;
  size_t offset;
  long least;
} counts[] = { { "n", AT (n), 1 },
               { "n1", AT (n1), 1 },
               { "n2", AT (n2), 1 },
               { "items", AT (items), 1 },
               { "count", AT (count), 0 } };
static const struct
{
  const char *name;
  size_t offset;
} freedoms[] = { { "df", AT (df) }, { "df1", AT (df1) }, { "df2", AT (df2) } };
#undef AT

enum
{
  N_COUNTS = sizeof counts / sizeof counts[0],
  N_FREEDOMS = sizeof freedoms / sizeof freedoms[0],
  UNSAID = -1
};

struct build
{
  const struct rx_table *table;
  struct rx_printed_table *out;
  size_t row;
  struct rx_error *err;
};

/* The column's place, SIZE_MAX when it is not there. */
static size_t
find (const struct rx_table *table, const char *name)
{
  for (size_t c = 0; c < table->n_columns; c++)
    if (strcmp (table->names[c], name) == 0)
      return c;
  return SIZE_MAX;
}

/* The cell of a column that is there and says something, else NULL. */
static const char *
cell (const struct build *b, const char *name, size_t *column)
{
  *column = find (b->table, name);
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
  size_t column, design, scale;
  const char *study = cell (b, "study", &column);
  const char *endpoint = cell (b, "endpoint", &column);
  struct rx_strings *strings = &b->out->strings;
  result->study = rx_strings_addz (strings, study != NULL ? study : "");
  result->endpoint
      = rx_strings_addz (strings, endpoint != NULL ? endpoint : "");
  if (result->study == NULL || result->endpoint == NULL)
    return rx_fail_memory (b->err);
  if (read_word (b, "design", designs, sizeof designs / sizeof designs[0],
                 "paired, crossover or parallel", &design)
          != RX_OK
      || read_word (b, "scale", scales, sizeof scales / sizeof scales[0],
                    "binary, integer or continuous", &scale)
             != RX_OK)
    return b->err->status;
  result->design = (enum rx_printed_design)design;
  result->scale = (enum rx_printed_scale)scale;
  return RX_OK;
}

static enum rx_status
check_together (const struct build *b, const struct rx_printed_result *result)
{
  const struct rx_printed *low = &result->figure[RX_SAYS_CI_LOW];
  const struct rx_printed *high = &result->figure[RX_SAYS_CI_HIGH];
  if (rx_printed_has (result, RX_SAYS_CI_LOW)
      && rx_printed_has (result, RX_SAYS_CI_HIGH) && low->value > high->value)
    return complain (b, find (b->table, "ci_high"),
                     "the upper end of an interval, not below the lower one");
  if (result->count > result->n && result->n > 0)
    return complain (b, find (b->table, "count"),
                     "a count of persons, no more than n");
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
      = { "study", "endpoint", "design", "scale" };
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
  *printed = (struct rx_printed_table){ .synthetic = table->synthetic };
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
