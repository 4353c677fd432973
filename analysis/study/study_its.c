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
   `trend_change: false` for changes of the level only,
   `season: {period: 12, pairs: 2}` for sines and cosines. */
#include "base/number.h"
#include "base/text.h"
#include "methods/analysis_in_time.h"
#include "study/study_keys.h"
#include "study/study_type.h"

static const char *const keys[]
    = { "name",   "type", "data",         "columns", "interruptions", "lag",
        "season", "per",  "trend_change", "methods", "level",         NULL };

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
  static const char *const known[] = { "time", "value", "population", NULL };
  const struct rx_yaml_node *map;
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_text (study, map, "time", &spec->time, err) != RX_OK
      || rx_keys_text (study, map, "value", &spec->value, err) != RX_OK)
    return err->status;
  return rx_keys_text (study, map, "population", &spec->population, err);
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
  long pairs = 1;
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

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_yaml_node *per = rx_yaml_get (node, "per");
  bool trend_change = true;
  long lag = 0;
  struct rx_series_spec *spec = rx_keys_array (study, 1, sizeof *spec, err);
  if (spec == NULL)
    return err->status;
  analysis->spec = spec;
  spec->per = 1;
  if (parse_columns (study, node, spec, err) != RX_OK
      || parse_interruptions (study, node, spec, err) != RX_OK
      || rx_keys_integer (study, node, "lag", 0, LAG_MOST, &lag, err) != RX_OK
      || rx_keys_boolean (study, node, "trend_change", &trend_change, err)
             != RX_OK
      || parse_season (study, node, spec, err) != RX_OK
      || parse_positive (study, node, "per", &spec->per, err) != RX_OK)
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
  if (rx_study_setting (task, err, "trend_change", "%s",
                        spec->no_trend_change ? "false" : "true")
          != RX_OK
      || rx_study_setting (task, err, "per", "%s",
                           rx_number_print (number, spec->per))
             != RX_OK)
    return err->status;
  if (spec->pairs == 0)
    return rx_study_setting (task, err, "season", "none");
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
  if (status != RX_OK
      || rx_study_setting (task, err, "columns.time", "%s",
                           spec->time != NULL ? spec->time : "time")
             != RX_OK
      || rx_study_setting (task, err, "columns.value", "%s", series->name)
             != RX_OK
      || rx_study_setting (task, err, "columns.population", "%s",
                           spec->population != NULL ? spec->population
                                                    : "none")
             != RX_OK)
    return err->status;
  status = spec->has_lag
               ? rx_study_setting (task, err, "lag", "%zu", spec->lag)
               : rx_study_setting (task, err, "lag", "by rule");
  return status == RX_OK ? record_model (task, spec, err) : status;
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
                file, series->name, series->length, series->n);
  list_interruptions (series, out);
  rx_text_addz (out, ", the first one after the interruption.");
  if (spec->population != NULL)
    rx_text_addf (out, " Values are counts; rates are per %s of %s.",
                  rx_number_print (number, spec->per), spec->population);
  if (spec->pairs > 0)
    rx_text_addf (out,
                  " The season has the period %s and %zu pairs of sine and "
                  "cosine.",
                  rx_number_print (number, spec->period), spec->pairs);
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  struct rx_series series = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status
      = rx_series_build (&series, task->table, task->analysis->spec, err);
  if (status == RX_OK)
    status = rx_study_plan (task, true, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_series (&series, &plan, task->rows, err);
  if (status == RX_OK)
    status = record (task, &series, err);
  if (status == RX_OK)
    status = word_design (&series, task->analysis->data->file,
                          &finding->design, err);
  rx_series_free (&series);
  return status;
}

const struct rx_study_type rx_study_type_its = {
  .name = "its",
  .title = "An interrupted time series",
  .keys = keys,
  .serves = serves,
  .parse = parse,
  .run = run,
};
