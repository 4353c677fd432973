/* study_rules.c: `require`: who is eligible, as a tree of requirements.

       require:
         - any:
             - {indications: [G35], at_least: 2}
             - {drugs: [L03AB07], from: 2010-01-01, to: 2012-12-31}
         - none: [{drugs: [N02A*], window: [-365, -1]}]
         - {age: [18, 75], sex: [F]}

   A requirement either joins others (any, all, none), or counts rows or
   different drugs (count: drugs), or is about the person (age, sex). */
#include "study/study_keys.h"
#include "study/study_parts.h"

#include <limits.h>

enum
{
  AGE_MOST = 200 /* years: no slip, an open end */
};

/* The keys that join, one row each. */
static const struct join
{
  const char *key;
  enum rx_rule_kind kind;
} joins[] = { { "any", RX_RULE_ANY },
              { "all", RX_RULE_ALL },
              { "none", RX_RULE_NONE } };

static const char *const known[]
    = { "any",   "all",  "none", "drugs",  "except", "indications", "at_least",
        "count", "from", "to",   "window", "age",    "sex",         NULL };

/* The keys about the person; they stand without those that count. */
static const char *const of_person[] = { "age", "sex", NULL };

static enum rx_status
parse_join (struct rx_study *study, const struct rx_yaml_node *map,
            const struct join *join, struct rx_rule *rule,
            struct rx_error *err)
{
  const struct rx_yaml_node *list;
  if (map->n > 1)
    return rx_yaml_fail (&study->yaml, map, err,
                         "\"%s\" stands alone: found other keys beside it; "
                         "write them as a requirement of their own",
                         join->key);
  rule->kind = join->kind;
  if (rx_keys_need_branch (study, map, join->key, RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  return rx_study_rules_parse (study, list, &rule->member, &rule->n_members,
                               err);
}

static enum rx_status
parse_count (struct rx_study *study, const struct rx_yaml_node *map,
             struct rx_rule *rule, struct rx_error *err)
{
  static const char *const counts[] = { "rows", "drugs" };
  size_t count = 0;
  rule->kind = RX_RULE_COUNT;
  rule->at_least = 1;
  if (rx_keys_codes (study, map, "drugs", &rule->drugs, err) != RX_OK
      || rx_keys_codes (study, map, "except", &rule->except, err) != RX_OK
      || rx_keys_codes (study, map, "indications", &rule->indications, err)
             != RX_OK
      || rx_keys_integer (study, map, "at_least", 1, INT_MAX, &rule->at_least,
                          err)
             != RX_OK
      || rx_keys_choice (study, map, "count", counts, 2, &count, err) != RX_OK
      || rx_keys_dates (study, map, true, &rule->days, &rule->has_days, err)
             != RX_OK)
    return err->status;
  rule->has_window = rx_yaml_get (map, "window") != NULL;
  if (rule->has_window
      && rx_keys_window (study, map, "window", &rule->window, err) != RX_OK)
    return err->status;
  rule->count_drugs = count == 1;
  if (rule->drugs.n == 0 && rule->indications.n == 0)
    return rx_yaml_fail (&study->yaml, map, err,
                         "the key \"drugs\" or \"indications\" is missing; "
                         "drugs: [\"*\"] is every drug");
  return RX_OK;
}

/* [18, 75]: years at the index, both ends included. */
static enum rx_status
parse_age (struct rx_study *study, const struct rx_yaml_node *node,
           struct rx_days *age, struct rx_error *err)
{
  long year[2];
  if (rx_yaml_kind (&study->yaml, node, RX_YAML_LIST, err) != RX_OK)
    return err->status;
  if (node->n != 2)
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found %zu value%s, expected two ages in "
                               "years, such as [18, 75]",
                               node->n, node->n == 1 ? "" : "s");
  for (size_t i = 0; i < 2; i++)
    if (rx_yaml_integer (&study->yaml, node->member[i], 0, AGE_MOST, &year[i],
                         err)
        != RX_OK)
      return err->status;
  if (year[0] > year[1])
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "found [%ld, %ld], expected the lower age first", year[0], year[1]);
  *age = (struct rx_days){ (int32_t)year[0], (int32_t)year[1] };
  return RX_OK;
}

static enum rx_status
parse_person (struct rx_study *study, const struct rx_yaml_node *map,
              struct rx_rule *rule, struct rx_error *err)
{
  rule->kind = RX_RULE_PERSON;
  rule->has_age = rx_yaml_get (map, "age") != NULL;
  if (map->n != (size_t)rule->has_age + (rx_yaml_get (map, "sex") != NULL))
    return rx_yaml_fail (&study->yaml, map, err,
                         "\"age\" and \"sex\" stand without keys that count "
                         "rows: write those as a requirement of their own");
  if (rx_keys_texts (study, map, "sex", &rule->sex, err) != RX_OK
      || (rule->has_age
          && parse_age (study, rx_yaml_get (map, "age"), &rule->age, err)
                 != RX_OK))
    return err->status;
  return RX_OK;
}

static enum rx_status
parse_rule (struct rx_study *study, const struct rx_yaml_node *map,
            struct rx_rule *rule, struct rx_error *err)
{
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < sizeof joins / sizeof joins[0]; i++)
    if (rx_yaml_get (map, joins[i].key) != NULL)
      return parse_join (study, map, &joins[i], rule, err);
  for (size_t i = 0; of_person[i] != NULL; i++)
    if (rx_yaml_get (map, of_person[i]) != NULL)
      return parse_person (study, map, rule, err);
  return parse_count (study, map, rule, err);
}

/* Depth is bounded: the YAML reader refuses deep nesting. */
enum rx_status
rx_study_rules_parse (struct rx_study *study, const struct rx_yaml_node *list,
                      struct rx_rule **out, size_t *n, struct rx_error *err)
{
  struct rx_rule *rules = rx_keys_array (study, list->n, sizeof *rules, err);
  if (rules == NULL)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    if (parse_rule (study, list->member[i], &rules[i], err) != RX_OK)
      return err->status;
  *out = rules;
  *n = list->n;
  return RX_OK;
}
