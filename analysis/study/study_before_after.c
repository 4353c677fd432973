/* study_before_after.c: the keys of analyses of type `before-after`.

       - name: two-years
         type: before-after
         data: dispensings
         coverage: {from: 2010-01-01, to: 2015-12-31}
         index: {drugs: [N07BB04], from: 2013-01-01, to: 2013-12-31}
         require: [{drugs: [L03AB07], from: 2010-01-01, to: 2012-12-31}]
         windows: {before: [-730, -1], after: [0, 729]}
         groups:
           by: {drugs: [N07BB04], window: [0, 729]}
           levels: [{name: x1, from: 1, to: 1}, {name: x2+, from: 2}]
         outcomes: [{name: dmt, drugs: [L03AB07]}]
         measures: [users, ddd]
         national: {data: population, columns: {outcome: outcome,
           measure: measure, before: before, after: after}}

   An outcome may be `control: negative` or `positive`.  The keys `placebo`,
   `landmark` and `specifications` are study_variants.c.

   How it is run is study_register.c. */
#include "base/text.h"
#include "methods/comparisons.h"
#include "study/study_keys.h"
#include "study/study_parts.h"
#include "study/study_register.h"
#include "study/study_variants.h"

#include <limits.h>
#include <string.h>

enum
{
  WASHOUT_MOST = 36500 /* days: a century */
};

static const char *const keys[]
    = { "name",     "type",           "data",     "coverage", "guard",
        "index",    "require",        "windows",  "groups",   "outcomes",
        "measures", "methods",        "adjust",   "level",    "placebo",
        "landmark", "specifications", "national", NULL };

static bool
serves (const struct rx_method *method)
{
  return rx_method_serves_before_after (method);
}

static enum rx_status
parse_coverage (struct rx_study *study, const struct rx_yaml_node *node,
                struct rx_before_after_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "from", "to", NULL };
  const struct rx_yaml_node *map;
  bool guard = true;
  if (rx_keys_branch (study, node, "coverage", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_dates (study, map, false, &spec->coverage,
                        &spec->has_coverage, err)
             != RX_OK
      || rx_keys_boolean (study, node, "guard", &guard, err) != RX_OK)
    return err->status;
  spec->no_guard = !guard;
  return RX_OK;
}

/* `take` and the `washout` that goes with two of its words. */
static enum rx_status
parse_take (struct rx_study *study, const struct rx_yaml_node *map,
            struct rx_before_after_spec *spec, struct rx_error *err)
{
  static const char *const takes[] = { RX_TAKE_NAMES };
  const struct rx_yaml_node *asked = rx_yaml_get (map, "washout");
  size_t take = 0;
  long washout = 0;
  if (rx_keys_choice (study, map, "take", takes, sizeof takes / sizeof *takes,
                      &take, err)
          != RX_OK
      || rx_keys_integer (study, map, "washout", 1, WASHOUT_MOST, &washout,
                          err)
             != RX_OK)
    return err->status;
  if (rx_takes[take].has_washout && asked == NULL)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (map, "take"), err,
                               "the key \"washout\" is missing beside it, "
                               "such as washout: 365");
  if (!rx_takes[take].has_washout && asked != NULL)
    return rx_yaml_fail_value (&study->yaml, asked, err,
                               "it needs take: washout-then-first or take: "
                               "first-then-washout beside it");
  spec->take = rx_takes[take].take;
  spec->washout = (int32_t)washout;
  return RX_OK;
}

static enum rx_status
parse_index (struct rx_study *study, const struct rx_yaml_node *node,
             struct rx_before_after_spec *spec, struct rx_error *err)
{
  static const char *const known[]
      = { "drugs", "from", "to", "take", "washout", NULL };
  const struct rx_yaml_node *map, *drugs;
  if (rx_keys_need_branch (study, node, "index", RX_YAML_MAP, &map, err)
          != RX_OK
      || rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_need (study, map, "drugs", &drugs, err) != RX_OK
      || rx_keys_codes (study, map, "drugs", &spec->index_drugs, err) != RX_OK
      || rx_keys_dates (study, map, false, &spec->index_days,
                        &spec->has_index_days, err)
             != RX_OK
      || parse_take (study, map, spec, err) != RX_OK)
    return err->status;
  if (spec->has_coverage && spec->has_index_days
      && (spec->index_days.to < spec->coverage.from
          || spec->index_days.from > spec->coverage.to))
    return rx_yaml_fail (&study->yaml, map, err,
                         "its days lie outside the coverage: nobody could be "
                         "selected");
  return RX_OK;
}

static enum rx_status
parse_require (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_before_after_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  struct rx_rule *rules;
  if (rx_keys_branch (study, node, "require", RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  if (list == NULL)
    return RX_OK;
  if (rx_study_rules_parse (study, list, &rules, &spec->n_require, err)
      != RX_OK)
    return err->status;
  spec->require = rules;
  return RX_OK;
}

static enum rx_status
parse_windows (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_before_after_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "before", "after", NULL };
  const struct rx_yaml_node *map;
  if (rx_keys_need_branch (study, node, "windows", RX_YAML_MAP, &map, err)
          != RX_OK
      || rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_window (study, map, "before", &spec->before, err) != RX_OK
      || rx_keys_window (study, map, "after", &spec->after, err) != RX_OK)
    return err->status;
  if (spec->before.to >= spec->after.from)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (map, "after"), err,
                               "found a start at day %d, expected one after "
                               "day %d, where the window before ends",
                               (int)spec->after.from, (int)spec->before.to);
  return RX_OK;
}

/* Ranges of two levels must not meet: each person is in one at the most. */
static enum rx_status
check_level (struct rx_study *study, const struct rx_yaml_node *map,
             const struct rx_level *levels, size_t at, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  if (strcmp (levels[at].name, "all") == 0)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (map, "name"), err,
                               "found \"all\", expected another name: in the "
                               "results it stands for everyone");
  if (levels[at].to < levels[at].from)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (map, "to"), err,
                               "found %ld, expected %ld or more",
                               levels[at].to, levels[at].from);
  for (size_t i = 0; i < at; i++)
    if (levels[i].from <= levels[at].to && levels[at].from <= levels[i].to)
      return rx_yaml_fail (&study->yaml, map, err,
                           "this level overlaps with the level %s",
                           rx_quotez (found, levels[i].name));
  return RX_OK;
}

static enum rx_status
parse_level (struct rx_study *study, const struct rx_yaml_node *list,
             size_t at, struct rx_level *levels, struct rx_error *err)
{
  static const char *const known[] = { "name", "from", "to", NULL };
  const struct rx_yaml_node *map = list->member[at], *from;
  struct rx_level *level = &levels[at];
  level->to = LONG_MAX;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_name (study, list, at, &level->name, err) != RX_OK
      || rx_keys_need (study, map, "from", &from, err) != RX_OK
      || rx_keys_integer (study, map, "from", 0, INT_MAX, &level->from, err)
             != RX_OK
      || rx_keys_integer (study, map, "to", 0, INT_MAX, &level->to, err)
             != RX_OK)
    return err->status;
  return check_level (study, map, levels, at, err);
}

static enum rx_status
parse_reference (struct rx_study *study, const struct rx_yaml_node *map,
                 struct rx_before_after_spec *spec, struct rx_error *err)
{
  size_t which = spec->n_levels;
  if (rx_keys_choice_in (study, map, "reference", spec->levels, spec->n_levels,
                         sizeof *spec->levels, &which, err)
      != RX_OK)
    return err->status;
  if (which < spec->n_levels)
    spec->reference = spec->levels[which].name;
  return RX_OK;
}

static enum rx_status
parse_groups (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_before_after_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "by", "levels", "reference", NULL };
  static const char *const known_by[] = { "drugs", "window", NULL };
  const struct rx_yaml_node *map, *by, *list, *drugs;
  if (rx_keys_branch (study, node, "groups", RX_YAML_MAP, &map, err) != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_need_branch (study, map, "by", RX_YAML_MAP, &by, err) != RX_OK
      || rx_yaml_known (&study->yaml, by, known_by, err) != RX_OK
      || rx_keys_need (study, by, "drugs", &drugs, err) != RX_OK
      || rx_keys_codes (study, by, "drugs", &spec->group_drugs, err) != RX_OK
      || rx_keys_window (study, by, "window", &spec->group_window, err)
             != RX_OK
      || rx_keys_need_branch (study, map, "levels", RX_YAML_LIST, &list, err)
             != RX_OK)
    return err->status;
  struct rx_level *levels
      = rx_keys_array (study, list->n, sizeof *levels, err);
  if (levels == NULL)
    return err->status;
  spec->levels = levels;
  spec->n_levels = list->n;
  for (size_t i = 0; i < list->n; i++)
    if (parse_level (study, list, i, levels, err) != RX_OK)
      return err->status;
  return parse_reference (study, map, spec, err);
}

static enum rx_status
parse_control (struct rx_study *study, const struct rx_yaml_node *map,
               enum rx_control *control, struct rx_error *err)
{
  static const char *const names[] = { RX_CONTROL_NAMES };
  size_t which = RX_CONTROL_NONE;
  if (rx_keys_choice (study, map, "control", names,
                      sizeof names / sizeof *names, &which, err)
      != RX_OK)
    return err->status;
  *control = (enum rx_control)which;
  return RX_OK;
}

static enum rx_status
parse_outcomes (struct rx_study *study, const struct rx_yaml_node *node,
                struct rx_before_after_spec *spec, struct rx_error *err)
{
  static const char *const known[]
      = { "name", "drugs", "except", "control", NULL };
  const struct rx_yaml_node *list, *drugs;
  if (rx_keys_need_branch (study, node, "outcomes", RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  struct rx_outcome *outcomes
      = rx_keys_array (study, list->n, sizeof *outcomes, err);
  if (outcomes == NULL)
    return err->status;
  spec->outcomes = outcomes;
  spec->n_outcomes = list->n;
  for (size_t i = 0; i < list->n; i++)
    if (rx_yaml_known (&study->yaml, list->member[i], known, err) != RX_OK
        || rx_keys_name (study, list, i, &outcomes[i].name, err) != RX_OK
        || rx_keys_need (study, list->member[i], "drugs", &drugs, err) != RX_OK
        || rx_keys_codes (study, list->member[i], "drugs", &outcomes[i].drugs,
                          err)
               != RX_OK
        || rx_keys_codes (study, list->member[i], "except",
                          &outcomes[i].except, err)
               != RX_OK
        || parse_control (study, list->member[i], &outcomes[i].control, err)
               != RX_OK)
      return err->status;
  return RX_OK;
}

enum rx_status
rx_study_measure_check (struct rx_study *study,
                        const struct rx_yaml_node *node,
                        const struct rx_measure_name *measure,
                        const struct rx_study_data *data, struct rx_error *err)
{
  const struct rx_register_columns *columns = &data->columns;
  bool wants_days = measure->measure == RX_TREATMENT_DAYS;
  if (!rx_measure_is_amount (measure->measure)
      || (columns->amount != NULL && columns->is_days == wants_days))
    return RX_OK;
  return rx_yaml_fail_value (&study->yaml, node, err,
                             "found \"%s\", and the data \"%s\" name no "
                             "column of %s",
                             measure->name, data->name,
                             wants_days ? "days" : "amounts");
}

static enum rx_status
parse_measures (struct rx_study *study, const struct rx_yaml_node *node,
                struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_yaml_node *list = rx_yaml_get (node, "measures");
  struct rx_texts names = { NULL, 0 };
  const char **all = rx_keys_array (study, rx_n_measures, sizeof *all, err);
  if (all == NULL
      || rx_keys_texts (study, node, "measures", &names, err) != RX_OK)
    return err->status;
  for (size_t m = 0; m < rx_n_measures; m++)
    all[m] = rx_measures[m].name;
  for (size_t i = 0; i < names.n; i++)
    {
      size_t m = 0;
      while (m < rx_n_measures && strcmp (all[m], names.text[i]) != 0)
        m++;
      if (m == rx_n_measures)
        return rx_keys_unknown (study, rx_keys_item (list, i), "a measure",
                                all, rx_n_measures, err);
      if (rx_study_measure_check (study, rx_keys_item (list, i),
                                  &rx_measures[m], analysis->data, err)
          != RX_OK)
        return err->status;
      analysis->plan.measures |= (unsigned)rx_measures[m].measure;
    }
  return RX_OK;
}

/* A method that measures none of what was asked for would pass unnoticed. */
static enum rx_status
check_methods (struct rx_study *study, const struct rx_yaml_node *node,
               const struct rx_analysis_plan *plan, struct rx_error *err)
{
  const struct rx_yaml_node *list = rx_yaml_get (node, "methods");
  for (size_t i = 0; plan->methods != NULL && i < plan->n_methods; i++)
    {
      struct rx_text serves_them = { 0 };
      unsigned measures = plan->methods[i]->measures;
      if (plan->measures == 0
          || (measures & rx_measures_served (plan->measures)) != 0)
        continue;
      for (size_t m = 0; m < rx_n_measures; m++)
        if (measures & (unsigned)rx_measures[m].measure)
          rx_text_addf (&serves_them, "%s%s",
                        serves_them.length > 0 ? ", " : "",
                        rx_measures[m].name);
      rx_yaml_fail_value (&study->yaml, rx_keys_item (list, i), err,
                          "found \"%s\", a method for %s, which are not among "
                          "the measures",
                          plan->methods[i]->name,
                          rx_text_string (&serves_them));
      rx_text_free (&serves_them);
      return RX_EDATA;
    }
  return RX_OK;
}

/* Does a requirement ask for what the data do not have?  What, or NULL. */
static const char *
lacking (const struct rx_rule *rules, size_t n,
         const struct rx_register_columns *columns)
{
  for (size_t i = 0; i < n; i++)
    {
      const char *inside
          = lacking (rules[i].member, rules[i].n_members, columns);
      if (rules[i].indications.n > 0 && columns->indication == NULL)
        return "indications";
      if (rules[i].sex.n > 0 && columns->sex == NULL)
        return "sex";
      if (rules[i].has_age && columns->birth_year == NULL)
        return "age";
      if (inside != NULL)
        return inside;
    }
  return NULL;
}

/* Figures of a population: which other data, and their columns. */
static enum rx_status
parse_national (struct rx_study *study, const struct rx_yaml_node *node,
                struct rx_study_analysis *analysis,
                struct rx_study_before_after *out, struct rx_error *err)
{
  static const char *const known[] = { "data", "columns", NULL };
  static const char *const known_columns[]
      = { "outcome", "measure", "before", "after", NULL };
  const struct rx_yaml_node *map, *columns, *data;
  size_t which;
  if (rx_keys_branch (study, node, "national", RX_YAML_MAP, &map, err)
      != RX_OK)
    return err->status;
  if (map == NULL)
    return RX_OK;
  out->national = (struct rx_national_columns){ "outcome", "measure", "before",
                                                "after" };
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_need (study, map, "data", &data, err) != RX_OK
      || rx_keys_choice_in (study, map, "data", study->data, study->n_data,
                            sizeof *study->data, &which, err)
             != RX_OK
      || rx_keys_branch (study, map, "columns", RX_YAML_MAP, &columns, err)
             != RX_OK
      || (columns != NULL
          && (rx_yaml_known (&study->yaml, columns, known_columns, err)
                  != RX_OK
              || rx_keys_text (study, columns, "outcome",
                               &out->national.outcome, err)
                     != RX_OK
              || rx_keys_text (study, columns, "measure",
                               &out->national.measure, err)
                     != RX_OK
              || rx_keys_text (study, columns, "before", &out->national.before,
                               err)
                     != RX_OK
              || rx_keys_text (study, columns, "after", &out->national.after,
                               err)
                     != RX_OK)))
    return err->status;
  analysis->second = &study->data[which];
  out->has_national = true;
  if (analysis->second->is_register)
    return rx_yaml_fail_value (&study->yaml, data, err,
                               "the figures of a population are a table, and "
                               "the data \"%s\" are a dispensing register",
                               analysis->second->name);
  return RX_OK;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  struct rx_study_before_after *whole
      = rx_keys_array (study, 1, sizeof *whole, err);
  struct rx_before_after_spec *spec = whole != NULL ? &whole->spec : NULL;
  if (spec == NULL || parse_coverage (study, node, spec, err) != RX_OK
      || parse_index (study, node, spec, err) != RX_OK
      || parse_require (study, node, spec, err) != RX_OK
      || parse_windows (study, node, spec, err) != RX_OK
      || parse_groups (study, node, spec, err) != RX_OK
      || parse_outcomes (study, node, spec, err) != RX_OK
      || parse_measures (study, node, analysis, err) != RX_OK
      || check_methods (study, node, &analysis->plan, err) != RX_OK
      || parse_national (study, node, analysis, whole, err) != RX_OK
      || rx_study_variants_parse (study, node, analysis, whole, err) != RX_OK)
    return err->status;
  analysis->spec = whole;
  struct rx_register_columns columns = analysis->data->columns;
  const struct rx_person_columns *persons = &analysis->data->person_columns;
  if (columns.sex == NULL)
    columns.sex = persons->sex;
  if (columns.birth_year == NULL)
    columns.birth_year = persons->birth_year != NULL ? persons->birth_year
                                                     : persons->birth_date;
  const char *what = lacking (spec->require, spec->n_require, &columns);
  if (what != NULL)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (node, "require"), err,
                         "it asks for %s, and the data \"%s\" name no column "
                         "of %s",
                         what, analysis->data->name,
                         strcmp (what, "age") == 0           ? "birth years"
                         : strcmp (what, "indications") == 0 ? "them"
                                                             : "it");
  return RX_OK;
}

const struct rx_study_type rx_study_type_before_after = {
  .name = "before-after",
  .title = "Dispensings before and after an index date",
  .keys = keys,
  .needs_register = true,
  .serves = serves,
  .parse = parse,
  .run = rx_study_register_run,
};
