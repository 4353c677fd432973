/* study_rules.c: `require`: who is eligible, as a tree of requirements.

       require:
         - any:
             - {indications: [G35], at_least: 2}
             - {drugs: [L03AB07], from: 2010-01-01, to: 2012-12-31}

   A requirement either joins others (any, all, none) or counts rows or
   different drugs (count: drugs). */
#include "study/study_keys.h"
#include "study/study_parts.h"

#include <limits.h>

/* The keys that join, one row each. */
static const struct join
{
  const char *key;
  enum rx_rule_kind kind;
} joins[] = { { "any", RX_RULE_ANY },
              { "all", RX_RULE_ALL },
              { "none", RX_RULE_NONE } };

static const char *const known[]
    = { "any",      "all",   "none", "drugs", "except", "indications",
        "at_least", "count", "from", "to",    NULL };

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
  rule->count_drugs = count == 1;
  if (rule->drugs.n == 0 && rule->indications.n == 0)
    return rx_yaml_fail (&study->yaml, map, err,
                         "the key \"drugs\" or \"indications\" is missing; "
                         "drugs: [\"*\"] is every drug");
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
