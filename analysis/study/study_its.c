/* study_its.c: analyses of type `its`, interrupted time series.

       - name: trend
         type: its
         data: series
         columns: {time: month, value: y}
         interruptions: [25]
         lag: 3
         methods: [segmented-ols, segmented-newey-west, durbin-watson]

   An interruption is the number of the first point after it (1 for the first
   of the series) or its time as the file has it.  Further keys:
   `columns: {population: people}` and `per: 100000` for rates,
   `columns: {control: other}` for a second series that was not interrupted,
   `trend_change: false` for changes of the level only,
   `season: {period: 12, pairs: 2}` for sines and cosines, `season: month` for
   calendar months; `model` and `effects` for the method counterfactual.

   The series may be counted in a dispensing register:

       - {name: trend, type: its, from: dispensings, drugs: [N02*],
          measure: users, every: month, population: active, per: 1000,
          interruptions: [2013-03]} */
#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "methods/analysis_in_time.h"
#include "methods/segmented_models.h"
#include "stats/arma.h"
#include "study/study_from.h"
#include "study/study_keys.h"
#include "study/study_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[]
    = { "control",       "name",  "type",       "data",         "from",
        "columns",       "drugs", "except",     "every",        "measure",
        "coverage",      "lag",   "population", "season",       "per",
        "interruptions", "model", "effects",    "trend_change", "methods",
        "level",         "arma",  NULL };
static const char *const of_table[] = { "columns", NULL };
static const char *const of_register[]
    = { "drugs",    "except",     "every",   "measure",
        "coverage", "population", "control", NULL };

/* What the parser makes: the series, and how it is counted. */
struct its
{
  struct rx_series_spec series;
  struct rx_register_series_spec source; /* of a register */
};

enum
{
  LAG_MOST = 10000,
  PAIRS_MOST = 100
};

static bool
serves (const struct rx_method *method)
{
  return method->series != NULL;
}

static enum rx_status
parse_columns (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_series_spec *spec, struct rx_error *err)
{
  static const char *const known[] = {
    "time", "value", "population", "control", "control_population", NULL
  };
  const struct rx_yaml_node *map;
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_text (study, map, "time", &spec->time, err) != RX_OK
      || rx_keys_text (study, map, "value", &spec->value, err) != RX_OK
      || rx_keys_text (study, map, "population", &spec->population, err)
             != RX_OK
      || rx_keys_text (study, map, "control", &spec->control, err) != RX_OK
      || rx_keys_text (study, map, "control_population",
                       &spec->control_population, err)
             != RX_OK)
    return err->status;
  const char *what = NULL;
  if (spec->control_population != NULL && spec->control == NULL)
    what = "\"control_population\" without a \"control\"";
  else if (spec->control_population != NULL && spec->population == NULL)
    what = "a population of the control, and none of the series: name both "
           "or none";
  else if (spec->control != NULL && spec->population != NULL
           && spec->control_population == NULL)
    what = "a population of the series, and none of the control: add "
           "\"control_population\"";
  return what == NULL
             ? RX_OK
             : rx_yaml_fail (&study->yaml, map, err, "found %s", what);
}

static enum rx_status
parse_measure (struct rx_study *study, const struct rx_yaml_node *node,
               const struct rx_study_analysis *analysis,
               struct rx_register_series_spec *source, struct rx_error *err)
{
  size_t which = 0;
  const char **names
      = rx_keys_array (study, rx_n_measures, sizeof *names, err);
  if (names == NULL)
    return err->status;
  for (size_t m = 0; m < rx_n_measures; m++)
    {
      names[m] = rx_measures[m].name;
      if (rx_measures[m].measure == RX_DISPENSINGS)
        which = m;
    }
  if (rx_keys_choice (study, node, "measure", names, rx_n_measures, &which,
                      err)
      != RX_OK)
    return err->status;
  source->measure = &rx_measures[which];
  return rx_study_measure_check (study, rx_yaml_get (node, "measure"),
                                 source->measure, analysis->data, err);
}

/* The keys of a series that is counted in a register. */
static enum rx_status
parse_source (struct rx_study *study, const struct rx_yaml_node *node,
              const struct rx_study_analysis *analysis, struct its *its,
              struct rx_error *err)
{
  static const char *const steps[] = { RX_REGISTER_STEP_NAMES };
  static const char *const offsets[] = { RX_REGISTER_OFFSET_NAMES };
  struct rx_register_series_spec *source = &its->source;
  const struct rx_yaml_node *drugs;
  size_t step = 0, offset = RX_OFFSET_NONE;
  if (rx_keys_need (study, node, "drugs", &drugs, err) != RX_OK
      || rx_keys_codes (study, node, "drugs", &source->drugs, err) != RX_OK
      || rx_keys_codes (study, node, "except", &source->except, err) != RX_OK
      || rx_keys_codes (study, node, "control", &source->control, err) != RX_OK
      || rx_keys_choice (study, node, "every", steps,
                         sizeof steps / sizeof *steps, &step, err)
             != RX_OK
      || rx_keys_choice (study, node, "population", offsets,
                         sizeof offsets / sizeof *offsets, &offset, err)
             != RX_OK
      || parse_measure (study, node, analysis, source, err) != RX_OK
      || rx_study_from_coverage (study, node, &source->coverage, err) != RX_OK)
    return err->status;
  its->series.value = source->measure->name;
  source->step = &rx_register_steps[step];
  source->offset = (enum rx_register_offset)offset;
  if (source->offset != RX_OFFSET_NONE)
    its->series.population = "population";
  if (source->control.n > 0)
    {
      its->series.control = "control";
      its->series.control_population = its->series.population;
    }
  return RX_OK;
}

/* A number above zero under the key, if the key is there. */
static enum rx_status
parse_positive (struct rx_study *study, const struct rx_yaml_node *map,
                const char *key, double *out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_number (&study->yaml, node, out, err) != RX_OK)
    return err->status;
  if (*out > 0)
    return RX_OK;
  return rx_yaml_fail_value (&study->yaml, node, err,
                             "found %s, expected a number above zero",
                             node->text);
}

static enum rx_status
parse_season (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_series_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "period", "pairs", NULL };
  const struct rx_yaml_node *map, *period;
  const struct rx_yaml_node *season = rx_yaml_get (node, "season");
  long pairs = 1;
  if (season != NULL && season->kind == RX_YAML_SCALAR
      && strcmp (season->text, "month") == 0)
    {
      spec->by_month = true;
      return RX_OK;
    }
  if (rx_keys_branch (study, node, "season", RX_YAML_MAP, &map, err) != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_need (study, map, "period", &period, err) != RX_OK
      || parse_positive (study, map, "period", &spec->period, err) != RX_OK
      || rx_keys_integer (study, map, "pairs", 1, PAIRS_MOST, &pairs, err)
             != RX_OK)
    return err->status;
  spec->pairs = (size_t)pairs;
  return RX_OK;
}

/* arma: {ar: 1, ma: 1}, the orders of the errors' process. */
static enum rx_status
parse_arma (struct rx_study *study, const struct rx_yaml_node *node,
            struct rx_series_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "ar", "ma", NULL };
  const struct rx_yaml_node *map;
  long ar = 0, ma = 0;
  spec->ar = 1;
  if (rx_keys_branch (study, node, "arma", RX_YAML_MAP, &map, err) != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_integer (study, map, "ar", 0, RX_ARMA_MOST, &ar, err) != RX_OK
      || rx_keys_integer (study, map, "ma", 0, RX_ARMA_MOST, &ma, err)
             != RX_OK)
    return err->status;
  spec->ar = (size_t)ar;
  spec->ma = (size_t)ma;
  return RX_OK;
}

static enum rx_status
parse_interruptions (struct rx_study *study, const struct rx_yaml_node *node,
                     struct rx_series_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  struct rx_texts texts = { NULL, 0 };
  if (rx_keys_need (study, node, "interruptions", &list, err) != RX_OK
      || rx_keys_texts (study, node, "interruptions", &texts, err) != RX_OK)
    return err->status;
  if (texts.n == 0)
    return rx_yaml_fail_value (&study->yaml, list, err,
                               "found an empty list, expected one "
                               "interruption or more");
  spec->interruptions = texts.text;
  spec->n_interruptions = texts.n;
  return RX_OK;
}

/* `model` and `effects`, both of the method counterfactual. */
static enum rx_status
parse_effects (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_series_spec *spec, struct rx_error *err)
{
  size_t n = rx_n_segmented_models, which = n;
  struct rx_texts texts = { NULL, 0 };
  const char **names = rx_keys_array (study, n, sizeof *names, err);
  if (names == NULL)
    return err->status;
  for (size_t i = 0; i < n; i++)
    names[i] = rx_segmented_models[i].name;
  if (rx_keys_choice (study, node, "model", names, n, &which, err) != RX_OK
      || rx_keys_texts (study, node, "effects", &texts, err) != RX_OK)
    return err->status;
  if (which < n)
    spec->model = names[which];
  spec->effects = texts.text;
  spec->n_effects = texts.n;
  return RX_OK;
}

static enum rx_status
parse_series (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_series_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *per = rx_yaml_get (node, "per");
  bool trend_change = true;
  long lag = 0;
  if (parse_interruptions (study, node, spec, err) != RX_OK
      || rx_keys_integer (study, node, "lag", 0, LAG_MOST, &lag, err) != RX_OK
      || rx_keys_boolean (study, node, "trend_change", &trend_change, err)
             != RX_OK
      || parse_season (study, node, spec, err) != RX_OK
      || parse_arma (study, node, spec, err) != RX_OK
      || parse_positive (study, node, "per", &spec->per, err) != RX_OK
      || parse_effects (study, node, spec, err) != RX_OK)
    return err->status;
  if (per != NULL && spec->population == NULL)
    return rx_yaml_fail (&study->yaml, per, err,
                         "only used with a column of the population: "
                         "columns: {population: people}");
  spec->has_lag = rx_yaml_get (node, "lag") != NULL;
  spec->lag = (size_t)lag;
  spec->no_trend_change = !trend_change;
  return RX_OK;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  struct its *its = rx_keys_array (study, 1, sizeof *its, err);
  if (its == NULL
      || rx_study_from_check (study, node, analysis, of_table, of_register,
                              err)
             != RX_OK)
    return err->status;
  analysis->spec = its;
  its->series.per = 1;
  enum rx_status status = analysis->data->is_register
                              ? parse_source (study, node, analysis, its, err)
                              : parse_columns (study, node, &its->series, err);
  return status == RX_OK ? parse_series (study, node, &its->series, err)
                         : status;
}

static void
list_interruptions (const struct rx_series *series, struct rx_text *out)
{
  for (size_t j = 0; j < series->n_interruptions; j++)
    {
      const struct rx_interruption *at = &series->interruption[j];
      rx_text_addf (out, "%s%zu", j > 0 ? ", " : "", at->point);
      if (at->time[0] != '\0')
        rx_text_addf (out, " (%s)", at->time);
    }
}

static enum rx_status
record_model (const struct rx_study_task *task,
              const struct rx_series_spec *spec, struct rx_error *err)
{
  char number[RX_NUMBER_SIZE];
  enum rx_status status
      = spec->has_lag ? rx_study_setting (task, err, "lag", "%zu", spec->lag)
                      : rx_study_setting (task, err, "lag", "by rule");
  if (status == RX_OK)
    status = rx_study_setting (task, err, "model", "%s",
                               spec->model != NULL ? spec->model : "by rule");
  if (status != RX_OK)
    return status;
  if (rx_study_setting (task, err, "arma", "ar %zu, ma %zu", spec->ar,
                        spec->ma)
          != RX_OK
      || rx_study_setting (task, err, "trend_change", "%s",
                           spec->no_trend_change ? "false" : "true")
             != RX_OK
      || rx_study_setting (task, err, "per", "%s",
                           rx_number_print (number, spec->per))
             != RX_OK)
    return err->status;
  if (spec->pairs == 0)
    return rx_study_setting (task, err, "season", "%s",
                             spec->by_month ? "month" : "none");
  return rx_study_setting (task, err, "season", "period %s, pairs %zu",
                           rx_number_print (number, spec->period),
                           spec->pairs);
}

static enum rx_status
record (const struct rx_study_task *task, const struct rx_series *series,
        struct rx_error *err)
{
  const struct rx_series_spec *spec = series->spec;
  struct rx_text where = { 0 };
  list_interruptions (series, &where);
  enum rx_status status
      = where.failed ? rx_fail_memory (err)
                     : rx_study_setting (task, err, "interruptions", "%s",
                                         rx_text_string (&where));
  rx_text_free (&where);
  if (status != RX_OK || task->reg != NULL)
    return status == RX_OK ? record_model (task, spec, err) : status;
  if (rx_study_setting (task, err, "columns.time", "%s",
                        spec->time != NULL ? spec->time : "time")
          != RX_OK
      || rx_study_setting (task, err, "columns.value", "%s", series->name)
             != RX_OK
      || rx_study_setting (task, err, "columns.population", "%s",
                           spec->population != NULL ? spec->population
                                                    : "none")
             != RX_OK
      || rx_study_setting (task, err, "columns.control", "%s",
                           spec->control != NULL ? spec->control : "none")
             != RX_OK)
    return err->status;
  return record_model (task, spec, err);
}

static enum rx_status
record_source (const struct rx_study_task *task,
               const struct rx_register_series_spec *source,
               const struct rx_register_series_audit *audit,
               struct rx_error *err)
{
  static const char *const offsets[] = { RX_REGISTER_OFFSET_NAMES };
  const struct rx_texts nothing = { NULL, 0 };
  if (rx_study_from_record (task, source->coverage, audit->coverage, err)
          != RX_OK
      || rx_study_from_drugs (task, "drugs", source->drugs, source->except,
                              err)
             != RX_OK
      || rx_study_from_drugs (task, "control", source->control, nothing, err)
             != RX_OK
      || rx_study_setting (task, err, "every", "%s", source->step->name)
             != RX_OK
      || rx_study_setting (task, err, "measure", "%s", source->measure->name)
             != RX_OK)
    return err->status;
  return rx_study_setting (task, err, "population", "%s",
                           offsets[source->offset]);
}

/* How the series was counted, in words. */
static void
word_source (const struct rx_study_task *task,
             const struct rx_register_series_spec *source,
             const struct rx_register_series_audit *audit, struct rx_text *out)
{
  static const char *const offsets[]
      = { "", "days", "persons with a dispensing of any drug in it",
          "days of it times persons of the coverage" };
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  rx_study_from_words (task, source->coverage, audit->coverage, out);
  rx_text_addf (out, "The %s of ", source->measure->name);
  rx_study_enumerate (out, source->drugs, "and", "every drug");
  rx_text_addz (out, source->except.n > 0 ? " without " : "");
  rx_study_enumerate (out, source->except, "and", "");
  rx_text_addf (out,
                " were counted in every whole %s, from %s to %s (%zu rows; "
                "%zu outside). ",
                source->step->name, rx_date_print (from, audit->used.from),
                rx_date_print (to, audit->used.to), audit->rows,
                audit->rows_left);
  if (source->control.n > 0)
    {
      rx_text_addz (out, "The control are those of ");
      rx_study_enumerate (out, source->control, "and", "every drug");
      rx_text_addz (out, ". ");
    }
  if (source->offset != RX_OFFSET_NONE)
    rx_text_addf (out, "The population of a point is the number of %s. ",
                  offsets[source->offset]);
}

static enum rx_status
word_design (const struct rx_series *series, const char *file,
             struct rx_text *out, struct rx_error *err)
{
  const struct rx_series_spec *spec = series->spec;
  char number[RX_NUMBER_SIZE];
  rx_text_addf (out,
                "The data (%s) are a series of %s with %zu points, %zu of "
                "them with a value, interrupted at point ",
                file, series->name, series->length, series->n_own);
  list_interruptions (series, out);
  rx_text_addz (out, ", the first one after the interruption.");
  if (spec->control != NULL)
    rx_text_addf (out,
                  " The control is the series of %s, with %zu values, that "
                  "nothing interrupted.",
                  spec->control, series->n - series->n_own);
  if (spec->population != NULL)
    rx_text_addf (out, " Values are counts; rates are per %s of %s.",
                  rx_number_print (number, spec->per), spec->population);
  if (spec->pairs > 0)
    rx_text_addf (out,
                  " The season has the period %s and %zu pairs of sine and "
                  "cosine.",
                  rx_number_print (number, spec->period), spec->pairs);
  if (spec->by_month)
    rx_text_addz (out, " The season has a term for every calendar month.");
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

/* The series of a table. */
static enum rx_status
run_table (const struct rx_study_task *task, const struct rx_table *table,
           const struct its *its, struct rx_study_finding *finding,
           struct rx_error *err)
{
  struct rx_series series = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status = rx_series_build (&series, table, &its->series, err);
  if (status == RX_OK)
    status = rx_study_plan (task, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_series (&series, &plan, task->rows, err);
  if (status == RX_OK)
    status = record (task, &series, err);
  if (status == RX_OK)
    status = word_design (
        &series, task->reg != NULL ? "so counted" : task->analysis->data->file,
        &finding->design, err);
  rx_series_free (&series);
  return status;
}

/* The first day of a point, from its time: 2013-01, or a date. */
static bool
first_day (const char *time, int32_t *day)
{
  char text[RX_DATE_SIZE];
  size_t length = strlen (time);
  snprintf (text, sizeof text, "%s%s", time,
            length == strlen ("2013-01") ? "-01" : "");
  return rx_date_read (text, strlen (text), day);
}

/* A date becomes the number of the first point that begins on it or later: an
   interruption within a point is that of the next one.  Other texts stay. */
static enum rx_status
place_dates (struct rx_study_finding *finding, const struct rx_table *table,
             const char *const **texts, size_t n, const char **room,
             struct rx_error *err)
{
  for (size_t i = 0; i < n; i++)
    {
      const char *text = (*texts)[i];
      int32_t day, first;
      size_t row = 0;
      room[i] = text;
      if (!rx_date_read (text, strlen (text), &day))
        continue;
      while (row < table->n_rows
             && (!first_day (rx_table_cell (table, row, 0), &first)
                 || first < day))
        row++;
      if (row == table->n_rows)
        continue;
      room[i] = rx_strings_format (&finding->strings, "%zu", row + 1);
      if (room[i] == NULL)
        return rx_fail_memory (err);
    }
  *texts = room;
  return RX_OK;
}

/* The same analysis with its dates as numbers of points. */
static enum rx_status
run_placed (const struct rx_study_task *task, const struct rx_table *table,
            const struct its *its, struct rx_study_finding *finding,
            struct rx_error *err)
{
  struct its placed = *its;
  struct rx_series_spec *spec = &placed.series;
  const char **room
      = rx_array (spec->n_interruptions + spec->n_effects, sizeof *room);
  enum rx_status status = room == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK)
    status = place_dates (finding, table, &spec->interruptions,
                          spec->n_interruptions, room, err);
  if (status == RX_OK)
    status = place_dates (finding, table, &spec->effects, spec->n_effects,
                          room + spec->n_interruptions, err);
  if (status == RX_OK)
    status = run_table (task, table, &placed, finding, err);
  free (room);
  return status;
}

/* The series counted in a register, as a table. */
static enum rx_status
run_register (const struct rx_study_task *task, const struct its *its,
              struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_register_series_audit audit;
  struct rx_table table = { 0 };
  enum rx_status status = rx_register_series_table (&table, task->reg,
                                                    &its->source, &audit, err);
  if (status == RX_OK)
    status = record_source (task, &its->source, &audit, err);
  if (status == RX_OK)
    {
      word_source (task, &its->source, &audit, &finding->design);
      status = run_placed (task, &table, its, finding, err);
    }
  rx_table_free (&table);
  return status;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  const struct its *its = task->analysis->spec;
  return task->reg != NULL ? run_register (task, its, finding, err)
                           : run_table (task, task->table, its, finding, err);
}

const struct rx_study_type rx_study_type_its = {
  .name = "its",
  .title = "An interrupted time series",
  .keys = keys,
  .may_be_register = true,
  .serves = serves,
  .parse = parse,
  .run = run,
};
