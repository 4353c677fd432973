/* study_crossover.c: analyses of type `crossover`.

       - name: pef
         type: crossover
         data: trial
         columns: {subject: id, sequence: seq, period: period, treatment: trt}
         test: F
         reference: S
         endpoints:
           - {name: PEF, column: pef, unit: L/min, better: higher}
         methods: [paired-t, hills-armitage]
         adjust: holm

   `baseline` (of the analysis, or of an endpoint), `baseline_as`,
   `covariates`, `factors`, `carryover`, `completers`, `contrasts`, `lsmeans`,
   `within_variance`, `drop_out_values`, `imputations`, `responder` (of an
   endpoint) and `information` are the options of those names.

   With `layout: wide` the file has a row per subject, and an endpoint names a
   column per period: `columns: [pef1, pef2]`. */
#include "base/number.h"
#include "base/text.h"
#include "methods/analysis_crossover.h"
#include "methods/analysis_strata.h"
#include "methods/comparisons.h"
#include "methods/design_needs.h"
#include "methods/joint_tests.h"
#include "stats/equivalence.h"
#include "study/study_keys.h"
#include "study/study_type.h"

#include <string.h>

static const char *const keys[] = { "name",
                                    "type",
                                    "data",
                                    "columns",
                                    "layout",
                                    "test",
                                    "reference",
                                    "endpoints",
                                    "methods",
                                    "adjust",
                                    "log",
                                    "level",
                                    "sequence_effect",
                                    "baseline",
                                    "by",
                                    "baseline_as",
                                    "covariates",
                                    "factors",
                                    "exposure",
                                    "carryover",
                                    "completers",
                                    "contrasts",
                                    "lsmeans",
                                    "within_variance",
                                    "information",
                                    "margin",
                                    "drop_out_values",
                                    "imputations",
                                    "alpha",
                                    "regulator",
                                    NULL };

static bool
serves (const struct rx_method *method)
{
  return rx_method_serves_crossover (method);
}

static enum rx_status
parse_columns (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_crossover_spec *spec, struct rx_error *err)
{
  static const char *const both[]
      = { "subject", "cluster", "sequence", "period", "treatment", NULL };
  const struct rx_yaml_node *map, *period, *treatment;
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL && rx_yaml_known (&study->yaml, map, both, err) != RX_OK)
      || rx_keys_text (study, map, "subject", &spec->subject, err) != RX_OK
      || rx_keys_text (study, map, "cluster", &spec->cluster, err) != RX_OK
      || rx_keys_text (study, map, "sequence", &spec->sequence, err) != RX_OK
      || rx_keys_text (study, map, "period", &spec->period, err) != RX_OK
      || rx_keys_text (study, map, "treatment", &spec->treatment, err)
             != RX_OK)
    return err->status;
  period = rx_yaml_get (map, "period");
  treatment = rx_yaml_get (map, "treatment");
  if (spec->wide && (period != NULL || treatment != NULL))
    return rx_yaml_fail (&study->yaml, period != NULL ? period : treatment,
                         err,
                         "not used with layout: wide, where the endpoints "
                         "name a column per period and the sequence names "
                         "the treatments");
  return RX_OK;
}

/* The columns of an endpoint: one with long data, one per period with wide
   data. */
static enum rx_status
parse_endpoint_columns (struct rx_study *study, const struct rx_yaml_node *map,
                        bool wide, struct rx_endpoint_spec *endpoint,
                        struct rx_error *err)
{
  const struct rx_yaml_node *column = rx_yaml_get (map, "column");
  const struct rx_yaml_node *columns = rx_yaml_get (map, "columns");
  struct rx_texts names = { NULL, 0 };
  if (!wide && columns != NULL)
    return rx_yaml_fail (&study->yaml, columns, err,
                         "only used with layout: wide; a file with a row per "
                         "period has one \"column\"");
  if (!wide)
    return rx_keys_text (study, map, "column", &endpoint->column, err);
  if (column != NULL)
    return rx_yaml_fail (&study->yaml, column, err,
                         "not used with layout: wide, which needs "
                         "\"columns\", one per period");
  if (rx_keys_need (study, map, "columns", &columns, err) != RX_OK
      || rx_keys_texts (study, map, "columns", &names, err) != RX_OK)
    return err->status;
  if (names.n < 2)
    return rx_yaml_fail_value (&study->yaml, columns, err,
                               "found one column, expected one per period");
  endpoint->columns = names.text;
  endpoint->n_columns = names.n;
  return RX_OK;
}

/* A column; with `layout: wide` also a list with one per period. */
static enum rx_status
parse_baseline (struct rx_study *study, const struct rx_yaml_node *map,
                bool wide, struct rx_endpoint_spec *endpoint,
                struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "baseline");
  struct rx_texts names = { NULL, 0 };
  if (node == NULL)
    return RX_OK;
  if (rx_keys_texts (study, map, "baseline", &names, err) != RX_OK)
    return err->status;
  size_t periods = wide ? endpoint->n_columns : 1;
  if (names.n != 1 && names.n != periods)
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found %zu columns, expected %s", names.n,
                               wide ? "one, or one per period" : "one");
  endpoint->baselines = names.text;
  endpoint->n_baselines = names.n;
  return RX_OK;
}

static enum rx_status
parse_endpoint (struct rx_study *study, const struct rx_yaml_node *list,
                size_t at, bool wide, struct rx_endpoint_spec *endpoint,
                struct rx_error *err)
{
  static const char *const known[]
      = { "name",   "column",   "columns",   "unit",
          "better", "baseline", "responder", NULL };
  static const char *const better[] = { "higher", "lower" };
  const struct rx_yaml_node *map = list->member[at];
  size_t which = 2; /* not said */
  endpoint->unit = "";
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_name (study, list, at, &endpoint->name, err) != RX_OK
      || parse_endpoint_columns (study, map, wide, endpoint, err) != RX_OK
      || parse_baseline (study, map, wide, endpoint, err) != RX_OK
      || rx_keys_text (study, map, "unit", &endpoint->unit, err) != RX_OK
      || rx_keys_choice (study, map, "better", better, 2, &which, err)
             != RX_OK)
    return err->status;
  endpoint->better = which < 2 ? better[which] : "";
  return RX_OK;
}

/* `responder: 5` of an endpoint. */
static enum rx_status
parse_responder (struct rx_study *study, const struct rx_yaml_node *map,
                 bool log, struct rx_endpoint_spec *endpoint,
                 struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "responder");
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_number (&study->yaml, node, &endpoint->responder, err) != RX_OK)
    return err->status;
  if (log)
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "makes responses of 0 and 1, which have no "
                               "logarithms; expected log: false");
  if (endpoint->n_baselines > 0 && endpoint->better[0] == '\0')
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "with a baseline it asks who improved; "
                               "expected better: higher or better: lower");
  endpoint->has_responder = true;
  return RX_OK;
}

/* The responders of all endpoints, once their baselines are known. */
static enum rx_status
parse_responders (struct rx_study *study, const struct rx_yaml_node *node,
                  const struct rx_crossover_spec *spec,
                  struct rx_endpoint_spec *endpoints, struct rx_error *err)
{
  const struct rx_yaml_node *list = rx_yaml_get (node, "endpoints");
  bool log = false;
  if (rx_keys_boolean (study, node, "log", &log, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < spec->n_endpoints; i++)
    if (parse_responder (study, list->member[i], log, &endpoints[i], err)
        != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
parse_endpoints (struct rx_study *study, const struct rx_yaml_node *node,
                 struct rx_crossover_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  if (rx_keys_need_branch (study, node, "endpoints", RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  struct rx_endpoint_spec *endpoints
      = rx_keys_array (study, list->n, sizeof *endpoints, err);
  if (endpoints == NULL)
    return err->status;
  spec->endpoints = endpoints;
  spec->n_endpoints = list->n;
  for (size_t i = 0; i < list->n; i++)
    {
      if (parse_endpoint (study, list, i, spec->wide, &endpoints[i], err)
          != RX_OK)
        return err->status;
      if (endpoints[i].n_columns != endpoints[0].n_columns)
        return rx_yaml_fail_value (
            &study->yaml, rx_yaml_get (list->member[i], "columns"), err,
            "found %zu columns, expected %zu, one per period as in the first "
            "endpoint",
            endpoints[i].n_columns, endpoints[0].n_columns);
      if (endpoints[i].n_baselines == 0
          && parse_baseline (study, node, spec->wide, &endpoints[i], err)
                 != RX_OK)
        return err->status;
    }
  return parse_responders (study, node, spec, endpoints, err);
}

static enum rx_status
parse_treatments (struct rx_study *study, const struct rx_yaml_node *node,
                  struct rx_crossover_spec *spec, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  if (rx_keys_text (study, node, "test", &spec->test, err) != RX_OK
      || rx_keys_text (study, node, "reference", &spec->reference, err)
             != RX_OK)
    return err->status;
  if (spec->test != NULL && spec->reference != NULL
      && strcmp (spec->test, spec->reference) == 0)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (node, "reference"),
                               err,
                               "found %s, which is the test; expected another "
                               "treatment",
                               rx_quotez (found, spec->reference));
  return RX_OK;
}

/* `key: [low, high]`. */
static enum rx_status
parse_limits (struct rx_study *study, const struct rx_yaml_node *node,
              const char *key, bool log, double limits[2], bool *given,
              struct rx_error *err)
{
  const struct rx_yaml_node *list;
  if (rx_keys_branch (study, node, key, RX_YAML_LIST, &list, err) != RX_OK)
    return err->status;
  if (list == NULL)
    return RX_OK;
  if (list->n != 2)
    return rx_yaml_fail_value (&study->yaml, list, err,
                               "found %zu values, expected two limits, such "
                               "as [-2, 2]",
                               list->n);
  for (size_t i = 0; i < 2; i++)
    if (rx_yaml_number (&study->yaml, list->member[i], &limits[i], err)
        != RX_OK)
      return err->status;
  if (limits[0] >= limits[1])
    return rx_yaml_fail_value (&study->yaml, list, err,
                               "expected the lower limit first");
  if (log && limits[0] <= 0)
    return rx_yaml_fail_value (
        &study->yaml, list, err, "expected %s above zero, as log is true",
        strcmp (key, "margin") == 0 ? "ratios" : "numbers");
  *given = true;
  return RX_OK;
}

/* `drop_out_values` and `imputations`. */
static enum rx_status
parse_missing (struct rx_study *study, const struct rx_yaml_node *node,
               bool log, struct rx_missing_options *missing,
               struct rx_error *err)
{
  long imputations = 0;
  if (parse_limits (study, node, "drop_out_values", log, missing->values,
                    &missing->has_values, err)
          != RX_OK
      || rx_keys_integer (study, node, "imputations", RX_IMPUTATIONS_LEAST,
                          RX_IMPUTATIONS_MOST, &imputations, err)
             != RX_OK)
    return err->status;
  missing->imputations = (size_t)imputations;
  return RX_OK;
}

/* `alpha` of each one-sided test of equivalence. */
static enum rx_status
parse_alpha (struct rx_study *study, const struct rx_yaml_node *map,
             struct rx_analysis_plan *plan, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "alpha");
  char found[RX_QUOTED_SIZE];
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_number (&study->yaml, node, &plan->alpha, err) != RX_OK)
    return err->status;
  if (!(plan->alpha > 0 && plan->alpha < 0.5))
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found %s, expected a number between 0 and "
                               "0.5, such as 0.05",
                               rx_quotez (found, node->text));
  return RX_OK;
}

/* `regulator`: whose rule expands limits. */
static enum rx_status
parse_regulator (struct rx_study *study, const struct rx_yaml_node *map,
                 struct rx_analysis_plan *plan, struct rx_error *err)
{
  size_t which = rx_n_expansions;
  if (rx_keys_choice_in (study, map, "regulator", rx_expansions,
                         rx_n_expansions, sizeof *rx_expansions, &which, err)
      != RX_OK)
    return err->status;
  if (which < rx_n_expansions)
    plan->expansion = &rx_expansions[which];
  return RX_OK;
}

static const char *const baseline_uses[] = { "covariate", "change" };
static const char *const contrasts[] = { "reference", "all" };
static const char *const within_variances[] = { "common", "by-treatment" };
static const char *const informations[] = { "expected", "observed" };

/* carryover: true (first-order), false or the name of a model. */
static enum rx_status
parse_carryover (struct rx_study *study, const struct rx_yaml_node *map,
                 struct rx_model_options *model, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "carryover");
  const char *text;
  bool yes;
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_text (&study->yaml, node, &text, err) != RX_OK)
    return err->status;
  model->carryover = rx_carryover_find (text);
  if (model->carryover != NULL)
    return RX_OK;
  if (rx_yaml_boolean (&study->yaml, node, &yes, err) != RX_OK)
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found \"%s\", expected true, false or a "
                               "name that `recross list carryovers' shows",
                               text);
  model->carryover = yes ? &rx_carryovers[0] : NULL;
  return RX_OK;
}

/* What the linear models are asked for. */
static enum rx_status
parse_models (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_crossover_spec *spec, struct rx_model_options *model,
              struct rx_error *err)
{
  struct rx_texts covariates = { NULL, 0 }, factors = { NULL, 0 };
  size_t all = 0, by_treatment = 0, observed = 0, change = 0;
  if ((rx_yaml_get (node, "covariates") != NULL
       && rx_keys_texts (study, node, "covariates", &covariates, err) != RX_OK)
      || (rx_yaml_get (node, "factors") != NULL
          && rx_keys_texts (study, node, "factors", &factors, err) != RX_OK)
      || rx_keys_text (study, node, "exposure", &spec->exposure, err) != RX_OK
      || parse_carryover (study, node, model, err) != RX_OK
      || rx_keys_boolean (study, node, "lsmeans", &model->means, err) != RX_OK
      || rx_keys_choice (study, node, "baseline_as", baseline_uses, 2, &change,
                         err)
             != RX_OK
      || rx_keys_choice (study, node, "contrasts", contrasts, 2, &all, err)
             != RX_OK
      || rx_keys_choice (study, node, "within_variance", within_variances, 2,
                         &by_treatment, err)
             != RX_OK
      || rx_keys_choice (study, node, "information", informations, 2,
                         &observed, err)
             != RX_OK)
    return err->status;
  spec->covariates = covariates.text;
  spec->n_covariates = covariates.n;
  spec->factors = factors.text;
  spec->n_factors = factors.n;
  spec->change = change == 1;
  size_t with = 0;
  for (size_t i = 0; i < spec->n_endpoints; i++)
    with += spec->endpoints[i].n_baselines > 0;
  if (spec->change && with < spec->n_endpoints)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (node, "baseline_as"),
                               err,
                               "found change, expected a baseline of every "
                               "endpoint to take from it");
  model->all_pairs = all == 1;
  model->within_by_treatment = by_treatment == 1;
  model->observed = observed == 1;
  return RX_OK;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  static const char *const layouts[] = { "long", "wide" };
  size_t layout = 0;
  struct rx_crossover_spec *spec = rx_keys_array (study, 1, sizeof *spec, err);
  if (spec == NULL
      || rx_keys_choice (study, node, "layout", layouts, 2, &layout, err)
             != RX_OK)
    return err->status;
  analysis->spec = spec;
  spec->wide = layout == 1;
  if (parse_columns (study, node, spec, err) != RX_OK
      || parse_treatments (study, node, spec, err) != RX_OK
      || parse_endpoints (study, node, spec, err) != RX_OK)
    return err->status;
  bool sequence_effect = true;
  if (rx_keys_boolean (study, node, "sequence_effect", &sequence_effect, err)
      != RX_OK)
    return err->status;
  analysis->plan.no_sequence = !sequence_effect;
  if (rx_keys_text (study, node, "by", &spec->by, err) != RX_OK)
    return err->status;
  if (parse_models (study, node, spec, &analysis->plan.model, err) != RX_OK
      || rx_keys_boolean (study, node, "completers",
                          &analysis->plan.completers, err)
             != RX_OK)
    return err->status;
  if (rx_keys_boolean (study, node, "log", &spec->log, err) != RX_OK
      || parse_limits (study, node, "margin", spec->log, analysis->plan.margin,
                       &analysis->plan.has_margin, err)
             != RX_OK
      || parse_missing (study, node, spec->log, &analysis->plan.missing, err)
             != RX_OK)
    return err->status;
  if (parse_regulator (study, node, &analysis->plan, err) != RX_OK)
    return err->status;
  return parse_alpha (study, node, &analysis->plan, err);
}

static const char *
or_default (const char *name, const char *fallback)
{
  return name != NULL ? name : fallback;
}

static enum rx_status
record_endpoint (const struct rx_study_task *task,
                 const struct rx_endpoint_spec *endpoint, struct rx_error *err)
{
  struct rx_text key = { 0 }, columns = { 0 };
  rx_text_addf (&key, "endpoint.%s", endpoint->name);
  for (size_t i = 0; i < endpoint->n_columns; i++)
    rx_text_addf (&columns, "%s%s", i > 0 ? "," : "", endpoint->columns[i]);
  if (endpoint->n_columns == 0)
    rx_text_addz (&columns, or_default (endpoint->column, endpoint->name));
  for (size_t i = 0; i < endpoint->n_baselines; i++)
    rx_text_addf (&columns, "%s%s",
                  i > 0 ? "," : "; baseline: ", endpoint->baselines[i]);
  char responder[RX_NUMBER_SIZE];
  if (endpoint->has_responder)
    rx_text_addf (&columns, "; responder: %s",
                  rx_number_print (responder, endpoint->responder));
  enum rx_status status
      = key.failed || columns.failed
            ? rx_fail_memory (err)
            : rx_study_setting (task, err, rx_text_string (&key), "%s%s%s",
                                rx_text_string (&columns),
                                endpoint->better[0] != '\0' ? "; better: "
                                                            : "",
                                endpoint->better);
  rx_text_free (&key);
  rx_text_free (&columns);
  return status;
}

/* "a,b" where there are any. */
static enum rx_status
record_columns (const struct rx_study_task *task, const char *key,
                const char *const *columns, size_t n, struct rx_error *err)
{
  struct rx_text text = { 0 };
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < n; i++)
    rx_text_addf (&text, "%s%s", i > 0 ? "," : "", columns[i]);
  if (text.failed)
    status = rx_fail_memory (err);
  else if (n > 0)
    status = rx_study_setting (task, err, key, "%s", rx_text_string (&text));
  rx_text_free (&text);
  return status;
}

/* What the models are asked for, where it is not the default. */
static enum rx_status
record_models (const struct rx_study_task *task,
               const struct rx_crossover_spec *spec, struct rx_error *err)
{
  const struct rx_model_options *model = &task->analysis->plan.model;
  const struct
  {
    const char *key, *value;
    bool given;
  } settings[] = {
    { "baseline_as", baseline_uses[1], spec->change },
    { "exposure", spec->exposure, spec->exposure != NULL },
    { "carryover", model->carryover != NULL ? model->carryover->name : NULL,
      model->carryover != NULL },
    { "completers", "true", task->analysis->plan.completers },
    { "lsmeans", "true", model->means },
    { "contrasts", contrasts[1], model->all_pairs },
    { "within_variance", within_variances[1], model->within_by_treatment },
    { "information", informations[1], model->observed },
  };
  enum rx_status status = record_columns (task, "covariates", spec->covariates,
                                          spec->n_covariates, err);
  if (status == RX_OK)
    status = record_columns (task, "factors", spec->factors, spec->n_factors,
                             err);
  for (size_t i = 0;
       status == RX_OK && i < sizeof settings / sizeof settings[0]; i++)
    if (settings[i].given)
      status = rx_study_setting (task, err, settings[i].key, "%s",
                                 settings[i].value);
  return status;
}

/* Limits, of missing responses too, and alpha, where they are given. */
static enum rx_status
record_equivalence (const struct rx_study_task *task, struct rx_error *err)
{
  const struct rx_analysis_plan *plan = &task->analysis->plan;
  char low[RX_NUMBER_SIZE], high[RX_NUMBER_SIZE];
  if (plan->has_margin
      && rx_study_setting (task, err, "margin", "%s,%s",
                           rx_number_print (low, plan->margin[0]),
                           rx_number_print (high, plan->margin[1]))
             != RX_OK)
    return err->status;
  if (plan->missing.has_values
      && rx_study_setting (task, err, "drop_out_values", "%s,%s",
                           rx_number_print (low, plan->missing.values[0]),
                           rx_number_print (high, plan->missing.values[1]))
             != RX_OK)
    return err->status;
  if (plan->missing.imputations > 0
      && rx_study_setting (task, err, "imputations", "%zu",
                           plan->missing.imputations)
             != RX_OK)
    return err->status;
  if (plan->expansion != NULL
      && rx_study_setting (task, err, "regulator", "%s", plan->expansion->name)
             != RX_OK)
    return err->status;
  if (plan->alpha > 0)
    return rx_study_setting (task, err, "alpha", "%s",
                             rx_number_print (low, plan->alpha));
  return RX_OK;
}

static enum rx_status
record (const struct rx_study_task *task, const struct rx_crossover_spec *spec,
        const struct rx_crossover *design, struct rx_error *err)
{
  if (spec->by != NULL
      && rx_study_setting (task, err, "by", "%s", spec->by) != RX_OK)
    return err->status;
  if (spec->cluster != NULL
      && rx_study_setting (task, err, "columns.cluster", "%s", spec->cluster)
             != RX_OK)
    return err->status;
  if (rx_study_setting (task, err, "layout", "%s",
                        spec->wide ? "wide" : "long")
          != RX_OK
      || rx_study_setting (task, err, "columns.subject", "%s",
                           or_default (spec->subject, "subject"))
             != RX_OK
      || rx_study_setting (task, err, "columns.sequence", "%s",
                           or_default (spec->sequence, "sequence"))
             != RX_OK)
    return err->status;
  if (!spec->wide
      && (rx_study_setting (task, err, "columns.period", "%s",
                            or_default (spec->period, "period"))
              != RX_OK
          || rx_study_setting (task, err, "columns.treatment", "%s",
                               or_default (spec->treatment, "treatment"))
                 != RX_OK))
    return err->status;
  if (rx_study_setting (task, err, "test", "%s",
                        design->treatments[design->test])
          != RX_OK
      || rx_study_setting (task, err, "reference", "%s",
                           design->treatments[design->reference])
             != RX_OK
      || rx_study_setting (task, err, "log", "%s",
                           spec->log ? "true" : "false")
             != RX_OK
      || rx_study_setting (task, err, "sequence_effect", "%s",
                           task->analysis->plan.no_sequence ? "false" : "true")
             != RX_OK)
    return err->status;
  if (record_models (task, spec, err) != RX_OK
      || record_equivalence (task, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < spec->n_endpoints; i++)
    if (record_endpoint (task, &spec->endpoints[i], err) != RX_OK)
      return err->status;
  return RX_OK;
}

static void
word_endpoint (const struct rx_crossover *design, size_t at,
               struct rx_text *out)
{
  const struct rx_endpoint *endpoint = &design->endpoints[at];
  size_t complete = 0;
  for (size_t s = 0; s < design->n_subjects; s++)
    complete += rx_crossover_complete (design, endpoint, s);
  rx_text_addf (out, "%s%s", at > 0 ? "; " : " ", endpoint->name);
  if (endpoint->unit[0] != '\0')
    rx_text_addf (out, " in %s", endpoint->unit);
  if (endpoint->better[0] != '\0')
    rx_text_addf (out, ", where %s is better", endpoint->better);
  rx_text_addf (out, ", with every period in %zu of %zu %ss", complete,
                design->n_subjects, rx_crossover_unit (design));
}

/* Limits and alpha of equivalence, where they are given. */
static void
word_equivalence (const struct rx_analysis_plan *plan, struct rx_text *out)
{
  char low[RX_NUMBER_SIZE], high[RX_NUMBER_SIZE];
  if (plan->has_margin)
    rx_text_addf (out, " The limits of equivalence are %s and %s.",
                  rx_number_print (low, plan->margin[0]),
                  rx_number_print (high, plan->margin[1]));
  if (plan->expansion != NULL)
    rx_text_addf (out, " %s", plan->expansion->words);
  if (plan->alpha > 0)
    rx_text_addf (out, " Tests of equivalence have a one-sided alpha of %s.",
                  rx_number_print (low, plan->alpha));
}

static enum rx_status
word_design (const struct rx_crossover *design, const char *file,
             const struct rx_analysis_plan *plan,
             struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_text *out = &finding->design;
  const char *words = rx_crossover_words (design, &finding->strings);
  if (words == NULL)
    return rx_fail_memory (err);
  rx_text_addf (out, "The data (%s) are a crossover trial of %s. ", file,
                words);
  rx_text_addf (out,
                "The endpoint%s:", design->n_endpoints > 1 ? "s are" : " is");
  for (size_t i = 0; i < design->n_endpoints; i++)
    word_endpoint (design, i, out);
  if (design->n_treatments > 2)
    rx_text_addf (out,
                  ". Every other treatment is compared with %s, as "
                  "treatment minus %s",
                  design->treatments[design->reference],
                  design->treatments[design->reference]);
  else
    rx_text_addf (out, ". Treatment effects are %s minus %s",
                  design->treatments[design->test],
                  design->treatments[design->reference]);
  rx_text_addf (out, "%s.",
                design->log ? ", on the natural logarithm of the responses"
                            : "");
  if (design->persons > 0)
    rx_text_addf (out,
                  " The %zu rows are persons; the response of a cluster in a "
                  "period is their mean.",
                  design->persons);
  rx_analysis_word_models (design, &plan->model, out);
  word_equivalence (plan, out);
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

/* A method that does not fit the trial is the study file's fault, and its
   line is known. */
static enum rx_status
check_endpoints (const struct rx_study_task *task,
                 const struct rx_crossover *design, struct rx_error *err)
{
  const struct rx_analysis_plan *plan = &task->analysis->plan;
  struct rx_error why = { 0 };
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    if (rx_analysis_check_margin (plan->methods[i], design, plan, &why)
        != RX_OK)
      return rx_fail_at (err, RX_EDATA, task->analysis->methods_at, "%s",
                         why.message);
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    for (size_t e = 0; e < design->n_endpoints; e++)
      if (rx_analysis_check_endpoint (plan->methods[i], design,
                                      &design->endpoints[e], &why)
          != RX_OK)
        return rx_fail_at (err, RX_EDATA, task->analysis->methods_at, "%s",
                           why.message);
  return RX_OK;
}

/* Is there an endpoint that the method analyses? */
static bool
fits_some_endpoint (const void *found, const struct rx_method *method)
{
  const struct rx_crossover *design = found;
  for (size_t e = 0; e < design->n_endpoints; e++)
    if (rx_analysis_fits_endpoint (method, design, &design->endpoints[e]))
      return true;
  return false;
}

static enum rx_status
check_methods (const struct rx_study_task *task,
               const struct rx_crossover *design, struct rx_error *err)
{
  const struct rx_analysis_plan *plan = &task->analysis->plan;
  struct rx_strings strings = { 0 };
  enum rx_status status = RX_OK;
  struct rx_error why = { 0 };
  if (plan->adjust != NULL
      && rx_joint_tests_check (plan->adjust, design, &why) != RX_OK)
    return rx_fail_at (err, RX_EDATA, task->analysis->at, "%s", why.message);
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    if (!rx_design_meets (design, plan->methods[i]))
      {
        const char *words
            = rx_design_unmet (design, plan->methods[i], &strings);
        status = words == NULL
                     ? rx_fail_memory (err)
                     : rx_fail_at (err, RX_EDATA, task->analysis->methods_at,
                                   "%s %s", plan->methods[i]->name, words);
        break;
      }
  rx_strings_free (&strings);
  return status == RX_OK ? check_endpoints (task, design, err) : status;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  const struct rx_crossover_spec *spec = task->analysis->spec;
  struct rx_crossover_strata strata = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status
      = rx_crossover_strata_build (&strata, task->table, spec, err);
  const struct rx_crossover *design = strata.design;
  if (status == RX_OK)
    status = check_methods (task, design, err);
  if (status == RX_OK)
    {
      finding->fits = fits_some_endpoint;
      finding->found = design;
      status = rx_study_plan (task, finding, &plan, err);
      finding->found = NULL;
    }
  if (status == RX_OK)
    {
      plan.as_fits = true; /* those that are named were checked above */
      status = rx_analysis_strata (&strata, &plan, task->rows, err);
    }
  if (status == RX_OK)
    status = record (task, spec, design, err);
  if (status == RX_OK)
    status = word_design (design, task->analysis->data->file,
                          &task->analysis->plan, finding, err);
  finding->family = "the treatment rows of one method over all endpoints";
  rx_crossover_strata_free (&strata);
  return status;
}

const struct rx_study_type rx_study_type_crossover = {
  .name = "crossover",
  .title = "A crossover trial from its measurements",
  .keys = keys,
  .has_joint_tests = true,
  .serves = serves,
  .parse = parse,
  .run = run,
};
