/* evidence.c: from the rows of a file to estimates with variances.

   A standard error from an interval is (high - low) / (2 z), z the normal
   quantile of its level; on the log scale of both ends for ratios. */
#include "designs/evidence.h"

#include "base/number.h"
#include "base/text.h"
#include "designs/evidence_effects.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Squares of weights times squares of estimates must not overflow. */
static const double SIZE_LEAST = 1e-50, SIZE_MOST = 1e50;

struct build
{
  const struct rx_table *table;
  const struct rx_evidence_spec *spec;
  struct rx_evidence *out;
  size_t *study; /* columns [n_study] */
  size_t n_study;
  const char **given; /* names as the file has them, of the studies so far */
  struct rx_effects effects; /* with an effect */
  struct rx_evidence_source
      report[3];        /* estimate, then one or two for the precision */
  size_t n_report;      /* 0: nothing is reported */
  size_t by, moderator; /* columns */
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
  struct rx_evidence_source *source = &b->report[b->n_report++];
  *source = (struct rx_evidence_source){ RX_EVIDENCE_SOURCE_COLUMN, 0, NAN };
  return rx_table_column (b->table, name, &source->column, b->err);
}

/* Beside an effect by design: the estimate and its standard error, where the
   file has these columns or they were named. */
static enum rx_status
find_reported (struct build *b)
{
  const struct rx_evidence_spec *spec = b->spec;
  const char *estimate = or_default (spec->estimate, "estimate");
  const char *std_error = or_default (spec->std_error, "std_error");
  bool named = strcmp (estimate, "estimate") != 0
               || strcmp (std_error, "std_error") != 0;
  if (spec->design == NULL
      || (!named
          && !(rx_table_has (b->table, estimate)
               && rx_table_has (b->table, std_error))))
    return RX_OK;
  return add_column (b, estimate) != RX_OK
                 || add_column (b, std_error) != RX_OK
             ? b->err->status
             : RX_OK;
}

static enum rx_status
find_precision (struct build *b)
{
  const struct rx_evidence_spec *spec = b->spec;
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

static enum rx_status
find_columns (struct build *b)
{
  const struct rx_evidence_spec *spec = b->spec;
  if (find_study (b) != RX_OK
      || (spec->by != NULL
          && rx_table_column (b->table, spec->by, &b->by, b->err) != RX_OK)
      || (spec->moderator != NULL
          && rx_table_column (b->table, spec->moderator, &b->moderator, b->err)
                 != RX_OK))
    return b->err->status;
  if (spec->effect == NULL)
    return find_precision (b);
  if (rx_effects_open (&b->effects, b->table, spec, b->err) != RX_OK)
    return b->err->status;
  b->out->r = b->effects.r;
  b->out->printed_r = b->effects.printed_r;
  return find_reported (b);
}

/* ---- a study ---------------------------------------------------------- */

static enum rx_status
complain (struct build *b, size_t row, const struct rx_evidence_source *source,
          const char *expected)
{
  return rx_evidence_source_complain (
      source, b->table, row,
      b->spec->effect != NULL ? b->spec->effect->name : "the estimate",
      expected, b->err);
}

static enum rx_status
read_report (struct build *b, size_t row, double *x, bool *missing)
{
  *missing = b->n_report == 0;
  for (size_t i = 0; i < b->n_report; i++)
    {
      bool none = false;
      if (rx_evidence_source_read (&b->report[i], b->table, row, &x[i], &none,
                                   b->err)
          != RX_OK)
        return b->err->status;
      *missing = *missing || none;
    }
  return RX_OK;
}

/* How a study came to its estimate. */
struct result
{
  double y, se, v;
  bool missing, reported;
  struct rx_evidence_source at; /* for complaints */
  struct rx_effect_found found;
};

static enum rx_status
from_effect (struct build *b, size_t row, struct result *out)
{
  struct rx_evidence *e = b->out;
  if (rx_effects_row (&b->effects, row, &out->found, b->err) != RX_OK)
    return b->err->status;
  out->at = out->found.at;
  out->missing = out->found.missing;
  e->wanted_r += out->missing && out->found.r_missing;
  if (out->missing)
    return RX_OK;
  e->corrected += out->found.effect.corrected;
  e->filled_r += out->found.r_filled;
  out->y = out->found.effect.y;
  out->v = out->found.effect.v;
  out->se = sqrt (out->v);
  return RX_OK;
}

/* x: estimate, low, high */
static enum rx_status
from_interval (struct build *b, size_t row, const double *x,
               struct result *out)
{
  double tail = (1 - b->spec->conf_level) / 2, low = x[1], high = x[2];
  if (!(low < high))
    return complain (b, row, &b->report[2],
                     "the upper end of an interval, above the lower one");
  if (x[0] < low || x[0] > high)
    return complain (b, row, &b->report[0], "an estimate within its interval");
  if (b->spec->log && !(low > 0))
    return complain (b, row, &b->report[1],
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
    return complain (b, row, &b->report[0],
                     "a ratio above 0: its logarithm is analysed");
  out->y = spec->log ? log (x[0]) : x[0];
  if (spec->conf_low != NULL)
    return from_interval (b, row, x, out);
  if (!(x[1] > 0))
    return complain (b, row, &b->report[1],
                     spec->variance != NULL ? "a variance above 0"
                                            : "a standard error above 0");
  out->v = spec->variance != NULL ? x[1] : x[1] * x[1];
  out->se = spec->variance != NULL ? sqrt (x[1]) : x[1];
  return RX_OK;
}

static enum rx_status
check_size (struct build *b, size_t row, const struct result *result)
{
  bool fine = fabs (result->y) <= SIZE_MOST && result->se >= SIZE_LEAST
              && result->se <= SIZE_MOST;
  if (fine)
    return RX_OK;
  return complain (b, row, &result->at,
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

/* The estimate of a row: as reported, else as computed. */
static enum rx_status
study_of (struct build *b, size_t row, struct result *out)
{
  double x[3];
  bool missing;
  *out = (struct result){ .at = b->report[0] };
  if (read_report (b, row, x, &missing) != RX_OK)
    return b->err->status;
  if (missing && b->spec->effect != NULL)
    return from_effect (b, row, out);
  out->missing = missing;
  out->reported = b->spec->effect != NULL;
  return missing ? RX_OK : from_report (b, row, x, out);
}

static enum rx_status
leave_out (struct build *b, size_t row)
{
  const char *name = name_of (b, row);
  if (name == NULL)
    return rx_fail_memory (b->err);
  b->out->left_out[b->out->n_left_out++] = name;
  return RX_OK;
}

/* "design=crossover; r-borrowed=0.58; half-added" */
static enum rx_status
note_study (struct build *b, size_t row, const struct result *result)
{
  struct rx_evidence *e = b->out;
  struct rx_text note = { 0 };
  const char *separator = "";
  if (b->spec->design != NULL
      && !rx_table_missing (b->table, row, b->effects.design.column))
    {
      rx_text_addf (&note, "design=%s",
                    rx_table_cell (b->table, row, b->effects.design.column));
      separator = "; ";
    }
  if (result->reported)
    rx_text_addf (&note, "%sreported", separator);
  else if (result->found.r_filled)
    {
      char number[RX_NUMBER_SIZE];
      rx_text_addf (&note, "%s%s=%s", separator,
                    b->spec->borrow_r ? "r-borrowed" : "r-assumed",
                    rx_number_print (number, b->effects.r));
    }
  else if (result->found.effect.corrected)
    rx_text_addf (&note, "%shalf-added", separator);
  e->note[e->k] = note.failed
                      ? NULL
                      : rx_strings_addz (&e->strings, rx_text_string (&note));
  rx_text_free (&note);
  return e->note[e->k] != NULL ? RX_OK : rx_fail_memory (b->err);
}

/* The subgroup of the study; levels in the order in which they come up. */
static enum rx_status
classify (struct build *b, size_t row)
{
  struct rx_evidence *e = b->out;
  const char *level = rx_table_missing (b->table, row, b->by)
                          ? "not stated"
                          : rx_table_cell (b->table, row, b->by);
  for (size_t i = 0; i < e->n_levels; i++)
    if (strcmp (e->levels[i], level) == 0)
      {
        e->level[e->k] = e->levels[i];
        return RX_OK;
      }
  level = rx_strings_addz (&e->strings, level);
  if (level == NULL)
    return rx_fail_memory (b->err);
  e->level[e->k] = e->levels[e->n_levels++] = level;
  return RX_OK;
}

static enum rx_status
describe (struct build *b, size_t row, const struct result *result)
{
  struct rx_evidence *e = b->out;
  struct rx_number number;
  bool missing;
  if (note_study (b, row, result) != RX_OK
      || (b->spec->by != NULL && classify (b, row) != RX_OK))
    return b->err->status;
  e->kind[e->k] = result->found.kind;
  for (size_t i = 0; e->kind[e->k] != NULL && i < e->kind[e->k]->n_inputs; i++)
    e->input[e->k * RX_EFFECT_INPUTS_MOST + i] = result->found.x[i];
  if (b->spec->moderator == NULL)
    return RX_OK;
  if (rx_table_number (b->table, row, b->moderator, &number, &missing, b->err)
      != RX_OK)
    return b->err->status;
  e->moderator[e->k] = missing ? NAN : number.value;
  return RX_OK;
}

static enum rx_status
add_study (struct build *b, size_t row)
{
  struct rx_evidence *out = b->out;
  struct result result;
  const char *name;
  if (study_of (b, row, &result) != RX_OK)
    return b->err->status;
  if (result.missing)
    return leave_out (b, row);
  if (check_size (b, row, &result) != RX_OK
      || describe (b, row, &result) != RX_OK
      || unique_name (b, row, &name) != RX_OK)
    return b->err->status;
  out->y[out->k] = result.y;
  out->se[out->k] = result.se;
  out->v[out->k] = result.v;
  out->name[out->k++] = name;
  return RX_OK;
}

/* The arrays of n studies that every evidence has. */
static bool
make_arrays (struct rx_evidence *e, size_t n, bool levels, bool moderator)
{
  e->name = rx_array (n, sizeof *e->name);
  e->left_out = rx_array (n, sizeof *e->left_out);
  e->y = rx_array (n, sizeof *e->y);
  e->se = rx_array (n, sizeof *e->se);
  e->v = rx_array (n, sizeof *e->v);
  e->kind = rx_array (n, sizeof *e->kind);
  e->input = rx_array (n, RX_EFFECT_INPUTS_MOST * sizeof *e->input);
  e->note = rx_array (n, sizeof *e->note);
  e->level = levels ? rx_array (n, sizeof *e->level) : NULL;
  e->levels = levels ? rx_array (n, sizeof *e->levels) : NULL;
  e->moderator = moderator ? rx_array (n, sizeof *e->moderator) : NULL;
  e->r = NAN;
  return e->name != NULL && e->left_out != NULL && e->y != NULL
         && e->se != NULL && e->v != NULL && e->kind != NULL
         && e->input != NULL && e->note != NULL
         && (!levels || (e->level != NULL && e->levels != NULL))
         && (!moderator || e->moderator != NULL);
}

static enum rx_status
make_room (struct build *b)
{
  struct rx_evidence *out = b->out;
  size_t n = b->table->n_rows;
  const char *endpoint = b->spec->effect != NULL
                             ? b->spec->effect->name
                             : or_default (b->spec->estimate, "estimate");
  bool made
      = make_arrays (out, n, b->spec->by != NULL, b->spec->moderator != NULL);
  b->given = rx_array (n, sizeof *b->given);
  out->file = rx_strings_addz (&out->strings, b->table->file);
  out->endpoint = rx_strings_addz (&out->strings, endpoint);
  out->synthetic = b->table->synthetic;
  out->log
      = b->spec->log || (b->spec->effect != NULL && b->spec->effect->is_log);
  out->effect = b->spec->effect;
  out->by_design = b->spec->design != NULL;
  return made && b->given != NULL && out->file != NULL && out->endpoint != NULL
             ? RX_OK
             : rx_fail_memory (b->err);
}

/* What all studies have in common. */
static void
find_has (struct rx_evidence *e)
{
  unsigned common = RX_EVIDENCE_TABLES | RX_EVIDENCE_ARMS;
  for (size_t i = 0; i < e->k; i++)
    {
      if (e->kind[i] == NULL || !rx_effect_is_two_by_two (e->kind[i]))
        common &= ~(unsigned)RX_EVIDENCE_TABLES;
      if (e->kind[i] == NULL || !rx_effect_is_one_arm (e->kind[i]))
        common &= ~(unsigned)RX_EVIDENCE_ARMS;
    }
  if ((common & RX_EVIDENCE_TABLES) != 0 && e->k > 0
      && strcmp (e->kind[0]->name, "log-odds-ratio") == 0)
    common |= RX_EVIDENCE_ODDS;
  e->has = common | (e->moderator != NULL ? RX_EVIDENCE_MODERATOR : 0u);
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
  find_has (out);
  if (out->k > 0)
    return RX_OK;
  return rx_fail (b->err, RX_EDATA,
                  "%s: no study has an estimate with its precision",
                  b->table->file);
}

const char *
rx_evidence_spec_fault (const struct rx_evidence_spec *spec)
{
  if (spec->effect == NULL
      && (spec->design != NULL || spec->borrow_r || spec->n_r_grid > 0))
    return "a column of designs and correlations borrowed or from a grid need "
           "an effect that is computed";
  if (spec->borrow_r && spec->n_r_grid > 0)
    return "correlations are borrowed or from a grid, not both";
  if (spec->by != NULL && spec->n_r_grid > 0)
    return "subgroups and a grid of correlations: expected one of them";
  for (size_t i = 0; i < spec->n_r_grid; i++)
    if (!(spec->r_grid[i] > -1 && spec->r_grid[i] < 1))
      return "a grid of correlations: expected numbers between -1 and 1";
  return NULL;
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
  free (evidence->kind);
  free (evidence->input);
  free (evidence->note);
  free (evidence->level);
  free (evidence->levels);
  free (evidence->moderator);
  rx_strings_free (&evidence->strings);
  *evidence = (struct rx_evidence){ 0 };
}

/* Study i of `from` becomes the next of `to`. */
static void
copy_study (struct rx_evidence *to, const struct rx_evidence *from, size_t i)
{
  size_t at = to->k++;
  to->name[at] = from->name[i];
  to->y[at] = from->y[i];
  to->se[at] = from->se[i];
  to->v[at] = from->v[i];
  to->kind[at] = from->kind[i];
  to->note[at] = from->note[i];
  memcpy (to->input + at * RX_EFFECT_INPUTS_MOST,
          from->input + i * RX_EFFECT_INPUTS_MOST,
          RX_EFFECT_INPUTS_MOST * sizeof *to->input);
  if (from->moderator != NULL)
    to->moderator[at] = from->moderator[i];
}

enum rx_status
rx_evidence_subset (struct rx_evidence *subset,
                    const struct rx_evidence *evidence, const char *level,
                    struct rx_error *err)
{
  *subset = (struct rx_evidence){ .file = evidence->file,
                                  .endpoint = evidence->endpoint,
                                  .effect = evidence->effect,
                                  .log = evidence->log,
                                  .synthetic = evidence->synthetic,
                                  .has = evidence->has,
                                  .group = level };
  if (!make_arrays (subset, evidence->k, false, evidence->moderator != NULL))
    {
      rx_evidence_free (subset);
      return rx_fail_memory (err);
    }
  for (size_t i = 0; i < evidence->k; i++)
    if (strcmp (evidence->level[i], level) == 0)
      copy_study (subset, evidence, i);
  return RX_OK;
}

const char *
rx_evidence_words (const struct rx_evidence *evidence,
                   struct rx_strings *strings)
{
  const char *whence = evidence->effect != NULL ? "computed as "
                       : evidence->log ? "as natural logarithms of the column "
                                       : "from the column ";
  return rx_strings_format (strings, "%zu %s, estimates %s%s%s", evidence->k,
                            evidence->k == 1 ? "study" : "studies", whence,
                            evidence->endpoint,
                            evidence->by_design ? ", each by its design" : "");
}
