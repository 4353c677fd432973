/* register_rules.c: a tree of rules with its patterns resolved. */
#include "designs/register_rules.h"

#include "base/date.h"
#include "designs/register_codes.h"
#include "designs/register_words.h"

#include <stdlib.h>

struct node
{
  const struct rx_rule *rule;
  struct rx_codes drugs, indications, sexes;
  struct rx_days days; /* of the rule, where it has any, and the coverage */
  struct node *member; /* [rule->n_members] */
};

struct rx_rules
{
  const struct rx_register *reg;
  struct node *node;
  size_t n;
  uint64_t *seen;  /* [n_drugs] the last count in which the drug was met */
  uint64_t count;  /* number of this count */
  uint32_t person; /* who is asked about */
  int32_t index;   /* index day of that person */
};

/* ---- Making ------------------------------------------------------------- */

/* What the rule needs and the register was read without; or NULL. */
static const char *
lacking (const struct rx_register *reg, const struct rx_rule *rule)
{
  if (rule->indications.n > 0 && reg->indication == NULL)
    return "indications";
  if (rule->sex.n > 0 && reg->sex == NULL)
    return "sex";
  if (rule->has_age && reg->birth_year == NULL)
    return "years of birth";
  return NULL;
}

static enum rx_status
check_rule (const struct rx_register *reg, const struct rx_rule *rule,
            struct rx_error *err)
{
  struct rx_strings strings = { 0 };
  const char *words = rx_rule_words (rule, &strings);
  enum rx_status status = words == NULL ? rx_fail_memory (err) : RX_OK;
  if (status == RX_OK && rule->has_days && rule->days.from > rule->days.to)
    status = rx_fail (err, RX_EDATA,
                      "requirement \"%s\": the first day is after the last",
                      words);
  else if (status == RX_OK
           && ((rule->has_window && rule->window.from > rule->window.to)
               || (rule->has_age && rule->age.from > rule->age.to)))
    status = rx_fail (err, RX_EDATA,
                      "requirement \"%s\": the first number is above the "
                      "second",
                      words);
  else if (status == RX_OK && lacking (reg, rule) != NULL)
    status = rx_fail (err, RX_EDATA,
                      "requirement \"%s\": %s was read without a column of "
                      "%s",
                      words, reg->file, lacking (reg, rule));
  rx_strings_free (&strings);
  return status;
}

static enum rx_status
make_count (const struct rx_register *reg, struct rx_days coverage,
            struct node *node, struct rx_error *err)
{
  const struct rx_rule *rule = node->rule;
  const struct rx_texts nothing = { NULL, 0 };
  node->days = coverage;
  if (rule->has_days && rule->days.from > coverage.from)
    node->days.from = rule->days.from;
  if (rule->has_days && rule->days.to < coverage.to)
    node->days.to = rule->days.to;
  enum rx_status status = rx_codes_make (
      &node->drugs, reg->drugs, reg->n_drugs, rule->drugs, rule->except, err);
  if (status == RX_OK && rule->indications.n > 0)
    status
        = rx_codes_make (&node->indications, reg->indications,
                         reg->n_indications, rule->indications, nothing, err);
  return status;
}

static enum rx_status
make_person (const struct rx_register *reg, struct node *node,
             struct rx_error *err)
{
  const struct rx_texts nothing = { NULL, 0 };
  if (node->rule->sex.n == 0)
    return RX_OK;
  return rx_codes_make (&node->sexes, reg->sexes, reg->n_sexes,
                        node->rule->sex, nothing, err);
}

static enum rx_status
make_node (const struct rx_register *reg, struct rx_days coverage,
           const struct rx_rule *rule, struct node *node, struct rx_error *err)
{
  node->rule = rule;
  if (check_rule (reg, rule, err) != RX_OK)
    return err->status;
  if (rule->kind == RX_RULE_COUNT)
    return make_count (reg, coverage, node, err);
  if (rule->kind == RX_RULE_PERSON)
    return make_person (reg, node, err);
  node->member = rx_array (rule->n_members, sizeof *node->member);
  if (node->member == NULL)
    return rx_fail_memory (err);
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < rule->n_members && status == RX_OK; i++)
    status
        = make_node (reg, coverage, &rule->member[i], &node->member[i], err);
  return status;
}

static void
free_node (struct node *node)
{
  rx_codes_free (&node->drugs);
  rx_codes_free (&node->indications);
  rx_codes_free (&node->sexes);
  for (size_t i = 0; node->member != NULL && i < node->rule->n_members; i++)
    free_node (&node->member[i]);
  free (node->member);
}

enum rx_status
rx_rules_alloc (struct rx_rules **out, const struct rx_register *reg,
                const struct rx_rule *rule, size_t n, struct rx_days coverage,
                struct rx_error *err)
{
  struct rx_rules *rules = rx_array (1, sizeof *rules);
  *out = rules;
  if (rules == NULL)
    return rx_fail_memory (err);
  rules->reg = reg;
  rules->n = n;
  rules->node = rx_array (n, sizeof *rules->node);
  rules->seen = rx_array (reg->n_drugs, sizeof *rules->seen);
  enum rx_status status = rules->node == NULL || rules->seen == NULL
                              ? rx_fail_memory (err)
                              : RX_OK;
  for (size_t i = 0; i < n && status == RX_OK; i++)
    status = make_node (reg, coverage, &rule[i], &rules->node[i], err);
  if (status != RX_OK)
    {
      rx_rules_free (rules);
      *out = NULL;
    }
  return status;
}

void
rx_rules_free (struct rx_rules *rules)
{
  if (rules == NULL)
    return;
  for (size_t i = 0; rules->node != NULL && i < rules->n; i++)
    free_node (&rules->node[i]);
  free (rules->node);
  free (rules->seen);
  free (rules);
}

/* ---- Applying ----------------------------------------------------------- */

static bool
row_matches (const struct rx_rules *rules, const struct node *node, size_t row)
{
  const struct rx_register *reg = rules->reg;
  int32_t day = rx_register_day (reg, row);
  return node->drugs.has[reg->drug[row]] && rx_days_hold (node->days, day)
         && (!node->rule->has_window
             || rx_days_hold (node->rule->window, day - rules->index))
         && (node->indications.has == NULL
             || node->indications.has[reg->indication[row]]);
}

static bool
count_holds (struct rx_rules *rules, const struct node *node)
{
  const struct rx_register *reg = rules->reg;
  uint32_t person = rules->person;
  long found = 0;
  rules->count++;
  for (size_t row = reg->start[person]; row < reg->start[person + 1]; row++)
    {
      if (found >= node->rule->at_least)
        break;
      if (!row_matches (rules, node, row))
        continue;
      uint64_t *seen = &rules->seen[reg->drug[row]];
      if (!node->rule->count_drugs || *seen != rules->count)
        found++;
      *seen = rules->count;
    }
  return found >= node->rule->at_least;
}

/* Age in whole years as far as a year of birth tells it: the one reached in
   the year of the index. */
static bool
person_holds (const struct rx_rules *rules, const struct node *node)
{
  const struct rx_register *reg = rules->reg;
  if (node->sexes.has != NULL && !node->sexes.has[reg->sex[rules->person]])
    return false;
  if (!node->rule->has_age)
    return true;
  int birth = reg->birth_year[rules->person];
  return birth != 0
         && rx_days_hold (node->rule->age,
                          rx_date_year (rules->index) - birth);
}

static bool
holds (struct rx_rules *rules, const struct node *node)
{
  enum rx_rule_kind kind = node->rule->kind;
  if (kind == RX_RULE_COUNT)
    return count_holds (rules, node);
  if (kind == RX_RULE_PERSON)
    return person_holds (rules, node);
  /* `all` is decided by a member that fails, the others by one that holds */
  bool decisive = kind != RX_RULE_ALL;
  for (size_t i = 0; i < node->rule->n_members; i++)
    if (holds (rules, &node->member[i]) == decisive)
      return kind == RX_RULE_ANY;
  return kind != RX_RULE_ANY;
}

bool
rx_rules_hold (struct rx_rules *rules, size_t number, uint32_t person,
               int32_t index)
{
  rules->person = person;
  rules->index = index;
  return holds (rules, &rules->node[number]);
}

/* `none` turns a demand for dispensings into one for their absence, and the
   other way round. */
static bool
demands (const struct rx_rule *rule, int32_t latest, bool negated)
{
  if (rule->kind == RX_RULE_COUNT)
    return !negated && rule->at_least >= 1
           && (!rule->has_days || rule->days.from <= latest)
           && (!rule->has_window || rule->window.from < 0);
  for (size_t i = 0; i < rule->n_members; i++)
    if (demands (&rule->member[i], latest,
                 negated != (rule->kind == RX_RULE_NONE)))
      return true;
  return false;
}

bool
rx_rule_needs_earlier_use (const struct rx_rule *rule, int32_t latest)
{
  return demands (rule, latest, false);
}
