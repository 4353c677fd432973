/* evidence.c: from the rows of a file to estimates with variances.

   A standard error from an interval is (high - low) / (2 z), z the normal
   quantile of its level; on the log scale of both ends for ratios. */
#include "designs/evidence.h"

#include "base/text.h"
#include "data/spelling.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Squares of weights times squares of estimates must not overflow. */
static const double SIZE_LEAST = 1e-50, SIZE_MOST = 1e50;

/* One number of a study: a column, or a constant. */
struct source
{
  size_t column;
  bool is_constant;
  double constant;
};

struct build
{
  const struct rx_table *table;
  const struct rx_evidence_spec *spec;
  struct rx_evidence *out;
  size_t *study; /* columns [n_study] */
  size_t n_study;
  const char **given; /* names as the file has them, of the studies so far */
  struct source input[RX_EFFECT_INPUTS_MOST]; /* of the effect; or estimate,
                                                 then one or two for the
                                                 precision */
  size_t n_inputs;
  struct rx_error *err;
};

static const char *
or_default (const char *name, const char *fallback)
{
  return name != NULL ? name : fallback;
}

/* ---- columns ---------------------------------------------------------- */

static enum rx_status
find_study (struct build *b)
{
  static const char *const fallback[] = { "study" };
  const char *const *names = b->spec->study;
  size_t n = b->spec->n_study;
  if (n == 0 && rx_table_has (b->table, "study"))
    {
      names = fallback;
      n = 1;
    }
  b->study = rx_array (n, sizeof *b->study);
  if (b->study == NULL)
    return rx_fail_memory (b->err);
  b->n_study = n;
  for (size_t i = 0; i < n; i++)
    if (rx_table_column (b->table, names[i], &b->study[i], b->err) != RX_OK)
      return b->err->status;
  return RX_OK;
}

static enum rx_status
add_column (struct build *b, const char *name)
{
  struct source *source = &b->input[b->n_inputs++];
  *source = (struct source){ 0, false, 0 };
  return rx_table_column (b->table, name, &source->column, b->err);
}

/* A column of that name, else a number for all studies. */
static enum rx_status
add_source (struct build *b, const char *from)
{
  double x;
  if (rx_table_has (b->table, from) || !rx_number_readz (from, &x))
    return add_column (b, from);
  b->input[b->n_inputs++] = (struct source){ 0, true, x };
  return RX_OK;
}

static enum rx_status
check_input_names (struct build *b)
{
  const struct rx_effect_kind *effect = b->spec->effect;
  for (size_t i = 0; i < b->spec->n_inputs; i++)
    {
      const char *names[RX_EFFECT_INPUTS_MOST];
      bool known = false;
      for (size_t j = 0; j < effect->n_inputs; j++)
        {
          names[j] = effect->input[j].name;
          known = known || strcmp (names[j], b->spec->inputs[i].name) == 0;
        }
      if (known)
        continue;
      char quoted[RX_QUOTED_SIZE];
      const char *near = rx_spelling_nearest (b->spec->inputs[i].name, names,
                                              effect->n_inputs);
      struct rx_text list = { 0 };
      for (size_t j = 0; j < effect->n_inputs; j++)
        rx_text_addf (&list, "%s%s", j > 0 ? ", " : "", names[j]);
      rx_fail (b->err, RX_EUSAGE, "%s has no input %s%s%s; it needs %s",
               effect->name, rx_quotez (quoted, b->spec->inputs[i].name),
               near != NULL ? ", did you mean " : "", near != NULL ? near : "",
               rx_text_string (&list));
      rx_text_free (&list);
      return b->err->status;
    }
  return RX_OK;
}

static enum rx_status
find_inputs (struct build *b)
{
  const struct rx_effect_kind *effect = b->spec->effect;
  if (check_input_names (b) != RX_OK)
    return b->err->status;
  for (size_t j = 0; j < effect->n_inputs; j++)
    {
      const char *from = effect->input[j].name;
      for (size_t i = 0; i < b->spec->n_inputs; i++)
        if (strcmp (b->spec->inputs[i].name, effect->input[j].name) == 0)
          from = b->spec->inputs[i].from;
      if (add_source (b, from) != RX_OK)
        return b->err->status;
    }
  return RX_OK;
}

static enum rx_status
find_columns (struct build *b)
{
  const struct rx_evidence_spec *spec = b->spec;
  if (find_study (b) != RX_OK)
    return b->err->status;
  if (spec->effect != NULL)
    return find_inputs (b);
  if (add_column (b, or_default (spec->estimate, "estimate")) != RX_OK)
    return b->err->status;
  if (spec->conf_low != NULL)
    return add_column (b, spec->conf_low) != RX_OK
                   || add_column (b, spec->conf_high) != RX_OK
               ? b->err->status
               : RX_OK;
  return add_column (b, spec->variance != NULL
                            ? spec->variance
                            : or_default (spec->std_error, "std_error"));
}

/* ---- a study ---------------------------------------------------------- */

static enum rx_status
complain (struct build *b, size_t row, const struct source *source,
          const char *expected)
{
  char found[RX_QUOTED_SIZE];
  if (source->is_constant)
    return rx_fail (b->err, RX_EUSAGE, "an input of %s: found %g, expected %s",
                    b->spec->effect->name, source->constant, expected);
  return rx_fail_at (
      b->err, RX_EDATA, rx_table_where (b->table, row, source->column),
      "found %s, expected %s",
      rx_quotez (found, rx_table_cell (b->table, row, source->column)),
      expected);
}

static enum rx_status
read_inputs (struct build *b, size_t row, double *x, bool *missing)
{
  *missing = false;
  for (size_t i = 0; i < b->n_inputs; i++)
    {
      struct rx_number number;
      bool none = false;
      x[i] = b->input[i].constant;
      if (b->input[i].is_constant)
        continue;
      if (rx_table_number (b->table, row, b->input[i].column, &number, &none,
                           b->err)
          != RX_OK)
        return b->err->status;
      x[i] = number.value;
      *missing = *missing || none;
    }
  return RX_OK;
}

struct result
{
  double y, se, v;
};

static enum rx_status
from_effect (struct build *b, size_t row, const double *x, struct result *out)
{
  const struct rx_effect_kind *effect = b->spec->effect;
  for (size_t i = 0; i < effect->n_inputs; i++)
    {
      const char *fault = rx_effect_input_fault (effect, x, i);
      if (fault != NULL)
        return complain (b, row, &b->input[i], fault);
    }
  struct rx_effect found = effect->from (x);
  b->out->corrected += found.corrected;
  *out = (struct result){ found.y, sqrt (found.v), found.v };
  return RX_OK;
}

/* x: estimate, low, high */
static enum rx_status
from_interval (struct build *b, size_t row, const double *x,
               struct result *out)
{
  double tail = (1 - b->spec->conf_level) / 2, low = x[1], high = x[2];
  if (!(low < high))
    return complain (b, row, &b->input[2],
                     "the upper end of an interval, above the lower one");
  if (x[0] < low || x[0] > high)
    return complain (b, row, &b->input[0], "an estimate within its interval");
  if (b->spec->log && !(low > 0))
    return complain (b, row, &b->input[1],
                     "a ratio above 0: its logarithm is analysed");
  if (b->spec->log)
    {
      low = log (low);
      high = log (high);
    }
  out->se = (high - low) / (2 * gsl_cdf_ugaussian_Qinv (tail));
  out->v = out->se * out->se;
  return RX_OK;
}

static enum rx_status
from_report (struct build *b, size_t row, const double *x, struct result *out)
{
  const struct rx_evidence_spec *spec = b->spec;
  if (spec->log && !(x[0] > 0))
    return complain (b, row, &b->input[0],
                     "a ratio above 0: its logarithm is analysed");
  out->y = spec->log ? log (x[0]) : x[0];
  if (spec->conf_low != NULL)
    return from_interval (b, row, x, out);
  if (!(x[1] > 0))
    return complain (b, row, &b->input[1],
                     spec->variance != NULL ? "a variance above 0"
                                            : "a standard error above 0");
  out->v = spec->variance != NULL ? x[1] : x[1] * x[1];
  out->se = spec->variance != NULL ? sqrt (x[1]) : x[1];
  return RX_OK;
}

static enum rx_status
check_size (struct build *b, size_t row, const struct result *result)
{
  const struct source *at = &b->input[0];
  bool fine = fabs (result->y) <= SIZE_MOST && result->se >= SIZE_LEAST
              && result->se <= SIZE_MOST;
  if (fine)
    return RX_OK;
  return complain (b, row, at,
                   "an estimate below 1e50 with a standard error between "
                   "1e-50 and 1e50");
}

/* ---- names ------------------------------------------------------------ */

static size_t
count (const char *const *names, size_t n, const char *name)
{
  size_t found = 0;
  for (size_t i = 0; i < n; i++)
    found += strcmp (names[i], name) == 0;
  return found;
}

/* The cells of the study columns joined by blanks; the row's number where
   there are none. */
static const char *
name_of (struct build *b, size_t row)
{
  struct rx_text name = { 0 };
  for (size_t i = 0; i < b->n_study; i++)
    {
      if (rx_table_missing (b->table, row, b->study[i]))
        continue;
      rx_text_addf (&name, "%s%s", name.length > 0 ? " " : "",
                    rx_table_cell (b->table, row, b->study[i]));
    }
  if (name.length == 0)
    rx_text_addf (&name, "%zu", row + 1);
  const char *kept = name.failed ? NULL
                                 : rx_strings_addz (&b->out->strings,
                                                    rx_text_string (&name));
  rx_text_free (&name);
  return kept;
}

/* "Smith", then "Smith (2)": the first number that nobody bears. */
static enum rx_status
unique_name (struct build *b, size_t row, const char **out)
{
  struct rx_evidence *e = b->out;
  const char *name = name_of (b, row);
  if (name == NULL)
    return rx_fail_memory (b->err);
  size_t earlier = count (b->given, e->k, name);
  b->given[e->k] = name;
  *out = name;
  e->repeated += earlier > 0;
  for (size_t i = earlier + 1; count (e->name, e->k, *out) > 0; i++)
    {
      *out = rx_strings_format (&e->strings, "%s (%zu)", name, i);
      if (*out == NULL)
        return rx_fail_memory (b->err);
    }
  return RX_OK;
}

/* ---- building --------------------------------------------------------- */

static bool
blank_row (const struct rx_table *table, size_t row)
{
  for (size_t c = 0; c < table->n_columns; c++)
    if (!rx_table_missing (table, row, c))
      return false;
  return true;
}

static enum rx_status
add_study (struct build *b, size_t row)
{
  struct rx_evidence *out = b->out;
  double x[RX_EFFECT_INPUTS_MOST];
  struct result result = { 0, 0, 0 };
  bool missing;
  const char *name;
  if (read_inputs (b, row, x, &missing) != RX_OK)
    return b->err->status;
  if (missing)
    {
      name = name_of (b, row);
      if (name == NULL)
        return rx_fail_memory (b->err);
      out->left_out[out->n_left_out++] = name;
      return RX_OK;
    }
  enum rx_status status = b->spec->effect != NULL
                              ? from_effect (b, row, x, &result)
                              : from_report (b, row, x, &result);
  if (status != RX_OK || check_size (b, row, &result) != RX_OK
      || unique_name (b, row, &name) != RX_OK)
    return b->err->status;
  out->y[out->k] = result.y;
  out->se[out->k] = result.se;
  out->v[out->k] = result.v;
  out->name[out->k++] = name;
  return RX_OK;
}

static enum rx_status
make_room (struct build *b)
{
  struct rx_evidence *out = b->out;
  size_t n = b->table->n_rows;
  const char *endpoint = b->spec->effect != NULL
                             ? b->spec->effect->name
                             : or_default (b->spec->estimate, "estimate");
  b->given = rx_array (n, sizeof *b->given);
  out->name = rx_array (n, sizeof *out->name);
  out->left_out = rx_array (n, sizeof *out->left_out);
  out->y = rx_array (n, sizeof *out->y);
  out->se = rx_array (n, sizeof *out->se);
  out->v = rx_array (n, sizeof *out->v);
  out->file = rx_strings_addz (&out->strings, b->table->file);
  out->endpoint = rx_strings_addz (&out->strings, endpoint);
  out->synthetic = b->table->synthetic;
  out->log
      = b->spec->log || (b->spec->effect != NULL && b->spec->effect->is_log);
  out->effect = b->spec->effect;
  return b->given != NULL && out->name != NULL && out->left_out != NULL
                 && out->y != NULL && out->se != NULL && out->v != NULL
                 && out->file != NULL && out->endpoint != NULL
             ? RX_OK
             : rx_fail_memory (b->err);
}

static enum rx_status
read_rows (struct build *b)
{
  struct rx_evidence *out = b->out;
  for (size_t row = 0; row < b->table->n_rows; row++)
    if (blank_row (b->table, row))
      out->blank_rows++;
    else if (add_study (b, row) != RX_OK)
      return b->err->status;
  if (out->k > 0)
    return RX_OK;
  return rx_fail (b->err, RX_EDATA,
                  "%s: no study has an estimate with its precision",
                  b->table->file);
}

enum rx_status
rx_evidence_build (struct rx_evidence *evidence, const struct rx_table *table,
                   const struct rx_evidence_spec *spec, struct rx_error *err)
{
  struct build b
      = { .table = table, .spec = spec, .out = evidence, .err = err };
  *evidence = (struct rx_evidence){ 0 };
  enum rx_status status = make_room (&b);
  if (status == RX_OK)
    status = find_columns (&b);
  if (status == RX_OK)
    status = read_rows (&b);
  free (b.study);
  free (b.given);
  if (status != RX_OK)
    rx_evidence_free (evidence);
  return status;
}

void
rx_evidence_free (struct rx_evidence *evidence)
{
  free (evidence->name);
  free (evidence->left_out);
  free (evidence->y);
  free (evidence->se);
  free (evidence->v);
  rx_strings_free (&evidence->strings);
  *evidence = (struct rx_evidence){ 0 };
}

const char *
rx_evidence_words (const struct rx_evidence *evidence,
                   struct rx_strings *strings)
{
  const char *whence = evidence->effect != NULL ? "computed as "
                       : evidence->log ? "as natural logarithms of the column "
                                       : "from the column ";
  return rx_strings_format (strings, "%zu %s, estimates %s%s", evidence->k,
                            evidence->k == 1 ? "study" : "studies", whence,
                            evidence->endpoint);
}
