/* study_analysis.c: an entry of `analyses`: the keys that every type has.

   What a type adds is parsed by the type (study_crossover.c, ...). */
#include "base/text.h"
#include "study/study_keys.h"
#include "study/study_parts.h"
#include "study/study_type.h"

#include "stats/adjust.h"

#include <stdio.h>
#include <string.h>

static struct rx_where
where_of (const struct rx_study *study, const struct rx_yaml_node *node,
          const char *key)
{
  return (struct rx_where){ study->file, node->line, node->place, key };
}

static enum rx_status
parse_type (struct rx_study *study, const struct rx_yaml_node *map,
            struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_yaml_node *node;
  size_t which;
  const char **names
      = rx_keys_array (study, rx_n_study_types, sizeof *names, err);
  if (names == NULL || rx_keys_need (study, map, "type", &node, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < rx_n_study_types; i++)
    names[i] = rx_study_types[i]->name;
  if (rx_keys_choice (study, map, "type", names, rx_n_study_types, &which, err)
      != RX_OK)
    return err->status;
  analysis->type = rx_study_types[which];
  return RX_OK;
}

/* A register is `data` of the types that need one, and `from` of those that
   read a table else. */
static enum rx_status
check_kind (struct rx_study *study, const struct rx_yaml_node *node, bool from,
            const struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_study_type *type = analysis->type;
  const char *name = analysis->data->name;
  bool wants_register = type->needs_register || from;
  if (analysis->data->is_register == wants_register)
    return RX_OK;
  if (wants_register)
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "type %s%s needs a dispensing register, and the data \"%s\" have "
        "no \"layout: columns\" with their columns",
        type->name, from ? " with \"from\"" : "", name);
  return rx_yaml_fail_value (
      &study->yaml, node, err,
      "type %s needs a table, and the data \"%s\" are a dispensing "
      "register (\"layout: columns\")%s",
      type->name, name,
      type->may_be_register
          ? ": write \"from\" in place of \"data\", and drugs"
          : "");
}

static enum rx_status
parse_data (struct rx_study *study, const struct rx_yaml_node *map,
            struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_yaml_node *node, *from = NULL;
  size_t which;
  if (analysis->type->may_be_register)
    from = rx_yaml_get (map, "from");
  const char *key = from != NULL ? "from" : "data";
  if (rx_keys_need (study, map, key, &node, err) != RX_OK)
    return err->status;
  if (from != NULL && rx_yaml_get (map, "data") != NULL)
    return rx_yaml_fail (&study->yaml, from, err,
                         "found \"from\" beside \"data\", expected one of "
                         "them: a register or a table");
  if (rx_keys_choice_in (study, map, key, study->data, study->n_data,
                         sizeof *study->data, &which, err)
      != RX_OK)
    return err->status;
  analysis->data = &study->data[which];
  return check_kind (study, node, from != NULL, analysis, err);
}

/* Names of the methods that serve the type, for suggestions. */
static enum rx_status
fail_method (struct rx_study *study, const struct rx_yaml_node *item,
             const struct rx_study_type *type, struct rx_error *err)
{
  char what[RX_QUOTED_SIZE];
  size_t n = 0;
  const char **names = rx_keys_array (study, rx_n_methods, sizeof *names, err);
  if (names == NULL)
    return err->status;
  for (size_t i = 0; i < rx_n_methods; i++)
    if (type->serves (rx_methods[i]))
      names[n++] = rx_methods[i]->name;
  if (rx_method_find (item->text) != NULL)
    return rx_yaml_fail_value (&study->yaml, item, err,
                               "the method \"%s\" is not one for %s",
                               item->text, type->name);
  snprintf (what, sizeof what, "a method for %s", type->name);
  return rx_keys_unknown (study, item, what, names, n, err);
}

/* `methods: all` is what no `methods` is: all that fit the design and need
   not be asked for by name. */
static enum rx_status
parse_methods (struct rx_study *study, const struct rx_yaml_node *map,
               struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "methods");
  struct rx_texts names = { NULL, 0 };
  if (rx_keys_texts (study, map, "methods", &names, err) != RX_OK)
    return err->status;
  if (node == NULL || (names.n == 1 && strcmp (names.text[0], "all") == 0))
    return RX_OK;
  analysis->methods_at = where_of (study, node, "methods");
  const struct rx_method **methods
      = rx_keys_array (study, names.n, sizeof *methods, err);
  if (methods == NULL)
    return err->status;
  for (size_t i = 0; i < names.n; i++)
    {
      methods[i] = rx_method_find (names.text[i]);
      if (methods[i] == NULL || !analysis->type->serves (methods[i]))
        return fail_method (study, rx_keys_item (node, i), analysis->type,
                            err);
    }
  analysis->plan.methods = methods;
  analysis->plan.n_methods = names.n;
  return RX_OK;
}

static enum rx_status
parse_adjust (struct rx_study *study, const struct rx_yaml_node *map,
              struct rx_study_analysis *analysis, struct rx_error *err)
{
  size_t which = rx_n_adjustments;
  const char **names
      = rx_keys_array (study, rx_n_adjustments + 1, sizeof *names, err);
  if (names == NULL)
    return err->status;
  for (size_t i = 0; i < rx_n_adjustments; i++)
    names[i] = rx_adjustments[i].name;
  names[rx_n_adjustments] = "none";
  if (rx_keys_choice (study, map, "adjust", names, rx_n_adjustments + 1,
                      &which, err)
      != RX_OK)
    return err->status;
  if (which < rx_n_adjustments && rx_adjustments[which].run == NULL
      && !analysis->type->has_joint_tests)
    return rx_yaml_fail_value (&study->yaml, rx_yaml_get (map, "adjust"), err,
                               "found %s, which needs the subjects of a "
                               "crossover trial; expected another one, such "
                               "as holm",
                               rx_adjustments[which].name);
  if (which < rx_n_adjustments)
    analysis->plan.adjust = rx_adjustments[which].name;
  return RX_OK;
}

enum rx_status
rx_study_analysis_parse (struct rx_study *study,
                         const struct rx_yaml_node *list, size_t at,
                         struct rx_error *err)
{
  const struct rx_yaml_node *map = list->member[at];
  struct rx_study_analysis *analysis = &study->analyses[at];
  analysis->at = where_of (study, map, NULL);
  analysis->methods_at = where_of (study, map, "methods");
  analysis->plan.level = study->level;
  analysis->plan.seed = (uint64_t)study->seed;
  if (rx_keys_name (study, list, at, &analysis->name, err) != RX_OK
      || parse_type (study, map, analysis, err) != RX_OK
      || rx_yaml_known (&study->yaml, map, analysis->type->keys, err) != RX_OK
      || parse_data (study, map, analysis, err) != RX_OK
      || parse_methods (study, map, analysis, err) != RX_OK
      || parse_adjust (study, map, analysis, err) != RX_OK
      || rx_keys_level (study, map, &analysis->plan.level, err) != RX_OK)
    return err->status;
  return analysis->type->parse (study, map, analysis, err);
}
