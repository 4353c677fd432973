/* study_meta.c: analyses of type `meta`: the results of studies pooled.

       - name: bcg
         type: meta
         data: trials
         columns: {study: [author, year], estimate: yi, variance: vi}
         methods: [study, fe, reml, reml-hksj, egger]

   The precision is `std_error` (the default), `variance`, or `conf_low` and
   `conf_high`; with `log: true` estimates and intervals are ratios.  With an
   effect they are computed:

         effect: log-risk-ratio
         inputs: {n1: vaccinated, n2: controls}

   With `design` under `columns` each study is computed as its design demands.
   `borrow_r: true` or `r_grid: [0, 0.3, 0.5]` say what becomes of correlations
   that were not printed; `by` and `moderator` under `columns` are subgroups
   and a covariate. */
#include "base/number.h"
#include "base/text.h"
#include "designs/evidence.h"
#include "methods/analysis_meta.h"
#include "study/study_keys.h"
#include "study/study_type.h"

static const char *const keys[]
    = { "name",     "type",    "data",   "columns",    "effect",
        "inputs",   "log",     "r_grid", "conf_level", "hksj_truncate",
        "borrow_r", "methods", "level",  NULL };

static bool
serves (const struct rx_method *method)
{
  return method->meta != NULL;
}

static enum rx_status
parse_columns (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_evidence_spec *spec, struct rx_error *err)
{
  static const char *const known[]
      = { "study",     "estimate", "std_error", "variance",  "conf_low",
          "conf_high", "design",   "by",        "moderator", NULL };
  const struct rx_yaml_node *map;
  struct rx_texts names = { NULL, 0 };
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_texts (study, map, "study", &names, err) != RX_OK
      || rx_keys_text (study, map, "estimate", &spec->estimate, err) != RX_OK
      || rx_keys_text (study, map, "std_error", &spec->std_error, err) != RX_OK
      || rx_keys_text (study, map, "variance", &spec->variance, err) != RX_OK
      || rx_keys_text (study, map, "conf_low", &spec->conf_low, err) != RX_OK
      || rx_keys_text (study, map, "conf_high", &spec->conf_high, err) != RX_OK
      || rx_keys_text (study, map, "design", &spec->design, err) != RX_OK
      || rx_keys_text (study, map, "by", &spec->by, err) != RX_OK
      || rx_keys_text (study, map, "moderator", &spec->moderator, err)
             != RX_OK)
    return err->status;
  spec->study = names.text;
  spec->n_study = names.n;
  bool interval = spec->conf_low != NULL;
  if (interval != (spec->conf_high != NULL))
    return rx_yaml_fail (&study->yaml, map, err,
                         "conf_low and conf_high: expected both or neither");
  if ((spec->std_error != NULL) + (spec->variance != NULL) + interval > 1)
    return rx_yaml_fail (&study->yaml, map, err,
                         "expected one of std_error, variance, and conf_low "
                         "with conf_high");
  return RX_OK;
}

static enum rx_status
parse_inputs (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_evidence_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *map;
  const char *known[RX_EFFECT_INPUTS_MOST + 1] = { NULL };
  if (rx_keys_branch (study, node, "inputs", RX_YAML_MAP, &map, err) != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (spec->effect == NULL)
    return rx_yaml_fail (&study->yaml, map, err,
                         "only used with \"effect\", whose inputs they are");
  for (size_t i = 0; i < spec->effect->n_inputs; i++)
    known[i] = spec->effect->input[i].name;
  struct rx_evidence_input *inputs
      = rx_keys_array (study, map->n, sizeof *inputs, err);
  if (inputs == NULL || rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < map->n; i++)
    {
      inputs[i].name = map->member[i]->key;
      if (rx_keys_text (study, map, inputs[i].name, &inputs[i].from, err)
          != RX_OK)
        return err->status;
    }
  spec->inputs = inputs;
  spec->n_inputs = map->n;
  return RX_OK;
}

static enum rx_status
parse_effect (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_evidence_spec *spec, struct rx_error *err)
{
  size_t which = rx_n_effect_kinds;
  if (rx_keys_choice_in (study, node, "effect", rx_effect_kinds,
                         rx_n_effect_kinds, sizeof *rx_effect_kinds, &which,
                         err)
      != RX_OK)
    return err->status;
  if (which < rx_n_effect_kinds)
    spec->effect = &rx_effect_kinds[which];
  bool reported = (spec->design == NULL
                   && (spec->estimate != NULL || spec->std_error != NULL))
                  || spec->variance != NULL || spec->conf_low != NULL
                  || spec->log;
  if (spec->effect != NULL && reported)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (node, "effect"), err,
                         "computes the estimate and its precision: columns "
                         "of these and \"log\" do not go with it");
  return parse_inputs (study, node, spec, err);
}

static enum rx_status
parse_conf_level (struct rx_study *study, const struct rx_yaml_node *node,
                  double *level, struct rx_error *err)
{
  const struct rx_yaml_node *value = rx_yaml_get (node, "conf_level");
  char found[RX_QUOTED_SIZE];
  if (value == NULL)
    return RX_OK;
  if (rx_yaml_number (&study->yaml, value, level, err) != RX_OK)
    return err->status;
  if (*level > 0 && *level < 1)
    return RX_OK;
  return rx_yaml_fail_value (&study->yaml, value, err,
                             "found %s, expected a number between 0 and 1, "
                             "such as 0.95",
                             rx_quotez (found, value->text));
}

static enum rx_status
parse_r (struct rx_study *study, const struct rx_yaml_node *node,
         struct rx_evidence_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  if (rx_keys_boolean (study, node, "borrow_r", &spec->borrow_r, err) != RX_OK
      || rx_keys_branch (study, node, "r_grid", RX_YAML_LIST, &list, err)
             != RX_OK)
    return err->status;
  if (list == NULL)
    return RX_OK;
  double *grid = rx_keys_array (study, list->n, sizeof *grid, err);
  if (grid == NULL)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    if (rx_yaml_number (&study->yaml, list->member[i], &grid[i], err) != RX_OK)
      return err->status;
  spec->r_grid = grid;
  spec->n_r_grid = list->n;
  return RX_OK;
}

static enum rx_status
check_spec (struct rx_study *study, const struct rx_yaml_node *node,
            const struct rx_evidence_spec *spec, struct rx_error *err)
{
  const char *fault = rx_evidence_spec_fault (spec);
  return fault == NULL ? RX_OK
                       : rx_yaml_fail (&study->yaml, node, err, "%s", fault);
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  struct rx_evidence_spec *spec = rx_keys_array (study, 1, sizeof *spec, err);
  if (spec == NULL)
    return err->status;
  analysis->spec = spec;
  spec->conf_level = RX_STUDY_LEVEL;
  if (parse_columns (study, node, spec, err) != RX_OK
      || rx_keys_boolean (study, node, "log", &spec->log, err) != RX_OK
      || parse_conf_level (study, node, &spec->conf_level, err) != RX_OK
      || rx_keys_boolean (study, node, "hksj_truncate",
                          &analysis->plan.hksj_truncate, err)
             != RX_OK)
    return err->status;
  return parse_effect (study, node, spec, err) != RX_OK
                 || parse_r (study, node, spec, err) != RX_OK
             ? err->status
             : check_spec (study, node, spec, err);
}

static enum rx_status
record_reported (const struct rx_study_task *task,
                 const struct rx_evidence_spec *spec, struct rx_error *err)
{
  char level[RX_NUMBER_SIZE];
  if (rx_study_setting (task, err, "columns.estimate", "%s",
                        spec->estimate != NULL ? spec->estimate : "estimate")
          != RX_OK
      || rx_study_setting (task, err, "log", "%s",
                           spec->log ? "true" : "false")
             != RX_OK)
    return err->status;
  if (spec->conf_low != NULL)
    return rx_study_setting (task, err, "columns.interval", "%s,%s; level %s",
                             spec->conf_low, spec->conf_high,
                             rx_number_print (level, spec->conf_level));
  if (spec->variance != NULL)
    return rx_study_setting (task, err, "columns.variance", "%s",
                             spec->variance);
  return rx_study_setting (task, err, "columns.std_error", "%s",
                           spec->std_error != NULL ? spec->std_error
                                                   : "std_error");
}

/* Columns beside those of the estimate. */
static enum rx_status
record_columns (const struct rx_study_task *task,
                const struct rx_evidence_spec *spec, struct rx_error *err)
{
  const struct
  {
    const char *key, *column;
  } columns[] = { { "columns.design", spec->design },
                  { "columns.by", spec->by },
                  { "columns.moderator", spec->moderator } };
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
    if (columns[i].column != NULL
        && rx_study_setting (task, err, columns[i].key, "%s",
                             columns[i].column)
               != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
record_r (const struct rx_study_task *task,
          const struct rx_evidence_spec *spec, struct rx_error *err)
{
  struct rx_text grid = { 0 };
  for (size_t i = 0; i < spec->n_r_grid; i++)
    {
      char number[RX_NUMBER_SIZE];
      rx_text_addf (&grid, "%s%s", i > 0 ? "," : "",
                    rx_number_print (number, spec->r_grid[i]));
    }
  enum rx_status status = grid.failed ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK && spec->n_r_grid > 0)
    status
        = rx_study_setting (task, err, "r_grid", "%s", rx_text_string (&grid));
  if (status == RX_OK && spec->borrow_r)
    status = rx_study_setting (task, err, "borrow_r", "true");
  rx_text_free (&grid);
  return status;
}

static enum rx_status
record (const struct rx_study_task *task, const struct rx_evidence_spec *spec,
        struct rx_error *err)
{
  struct rx_text names = { 0 }, key = { 0 };
  for (size_t i = 0; i < spec->n_study; i++)
    rx_text_addf (&names, "%s%s", i > 0 ? "," : "", spec->study[i]);
  enum rx_status status
      = names.failed
            ? rx_fail_memory (err)
            : rx_study_setting (task, err, "columns.study", "%s",
                                spec->n_study > 0 ? rx_text_string (&names)
                                                  : "study");
  rx_text_free (&names);
  if (status == RX_OK)
    status = rx_study_setting (task, err, "hksj_truncate", "%s",
                               task->analysis->plan.hksj_truncate ? "true"
                                                                  : "false");
  if (status == RX_OK)
    status = record_columns (task, spec, err);
  if (status != RX_OK || spec->effect == NULL)
    return status != RX_OK ? status : record_reported (task, spec, err);
  status = rx_study_setting (task, err, "effect", "%s", spec->effect->name);
  for (size_t i = 0; i < spec->n_inputs && status == RX_OK; i++)
    {
      rx_text_clear (&key);
      rx_text_addf (&key, "inputs.%s", spec->inputs[i].name);
      status = key.failed ? rx_fail_memory (err)
                          : rx_study_setting (task, err, rx_text_string (&key),
                                              "%s", spec->inputs[i].from);
    }
  rx_text_free (&key);
  return status == RX_OK ? record_r (task, spec, err) : status;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  const struct rx_evidence_spec *spec = task->analysis->spec;
  struct rx_text words = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status = rx_study_plan (task, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_meta_table (task->table, spec, &plan, task->rows,
                                     &words, err);
  if (status == RX_OK)
    status = record (task, spec, err);
  if (status == RX_OK)
    rx_text_addf (&finding->design, "The data (%s) are results of %s.",
                  task->analysis->data->file, rx_text_string (&words));
  if (status == RX_OK && finding->design.failed)
    status = rx_fail_memory (err);
  finding->family = "the pooled rows of one method";
  rx_text_free (&words);
  return status;
}

const struct rx_study_type rx_study_type_meta = {
  .name = "meta",
  .title = "The results of several studies pooled",
  .keys = keys,
  .serves = serves,
  .parse = parse,
  .run = run,
};
