/* study_beside.c: other data of the study read beside a register: a map of its
   codes, and a file of its persons.

       data:
         - {name: people, file: persons.csv}
         - {name: concepts, file: concept_to_atc.csv}
         - {name: dispensings, file: drug_exposure.csv.gz, layout: omop,
            code_map: {data: concepts, columns: {from: concept_id, to: atc}},
            persons: {data: people, columns: {death: death_date}}}
*/
#include "study/study_parts.h"

#include "base/date.h"
#include "study/study_keys.h"

#include <stdio.h>
#include <string.h>

/* Is it a member of the list that has become a register, or will? */
static bool
is_register (const struct rx_yaml_node *map)
{
  return rx_yaml_get (map, "columns") != NULL
         || rx_yaml_get (map, "layout") != NULL;
}

/* `data`: any other entry, before or after this one. */
static enum rx_status
parse_name (struct rx_study *study, const struct rx_yaml_node *list, size_t at,
            const struct rx_yaml_node *map, const struct rx_study_data **out,
            struct rx_error *err)
{
  const struct rx_yaml_node *node;
  const char **names = rx_keys_array (study, list->n, sizeof *names, err);
  size_t *entry = rx_keys_array (study, list->n, sizeof *entry, err);
  size_t n = 0, which = 0;
  if (names == NULL || entry == NULL
      || rx_keys_need (study, map, "data", &node, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    {
      const struct rx_yaml_node *name = rx_yaml_get (list->member[i], "name");
      if (i == at || name == NULL || name->kind != RX_YAML_SCALAR
          || is_register (list->member[i]))
        continue;
      names[n] = name->text;
      entry[n++] = i;
    }
  if (n == 0)
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "there is no other table among the data");
  if (rx_keys_choice (study, map, "data", names, n, &which, err) != RX_OK)
    return err->status;
  *out = &study->data[entry[which]];
  return RX_OK;
}

static enum rx_status
parse_codes (struct rx_study *study, const struct rx_yaml_node *list,
             size_t at, const struct rx_yaml_node *map,
             struct rx_study_data *data, struct rx_error *err)
{
  static const char *const known[] = { "data", "columns", NULL };
  static const char *const roles[] = { "from", "to", NULL };
  const struct rx_yaml_node *columns;
  data->code_columns = (struct rx_code_columns){ "from", "to" };
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || parse_name (study, list, at, map, &data->codes, err) != RX_OK
      || rx_keys_branch (study, map, "columns", RX_YAML_MAP, &columns, err)
             != RX_OK
      || columns == NULL)
    return err->status;
  if (rx_yaml_known (&study->yaml, columns, roles, err) != RX_OK
      || rx_keys_text (study, columns, "from", &data->code_columns.from, err)
             != RX_OK)
    return err->status;
  return rx_keys_text (study, columns, "to", &data->code_columns.to, err);
}

static enum rx_status
parse_person_columns (struct rx_study *study, const struct rx_yaml_node *map,
                      struct rx_person_columns *out, struct rx_error *err)
{
  const char **known
      = rx_keys_array (study, rx_n_person_roles + 1, sizeof *known, err);
  if (known == NULL)
    return err->status;
  for (size_t i = 0; i < rx_n_person_roles; i++)
    known[i] = rx_person_roles[i].name;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < rx_n_person_roles; i++)
    if (rx_keys_text (study, map, known[i],
                      (const char **)((char *)out + rx_person_roles[i].offset),
                      err)
        != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
parse_persons (struct rx_study *study, const struct rx_yaml_node *list,
               size_t at, const struct rx_yaml_node *map,
               struct rx_study_data *data, struct rx_error *err)
{
  static const char *const known[] = { "data", "columns", "dates", NULL };
  static const char *const dates[] = { RX_DATE_FORMAT_NAMES };
  const struct rx_yaml_node *columns;
  size_t which = (size_t)(data->format.dates - rx_date_formats);
  data->person_columns.person = data->columns.person;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || parse_name (study, list, at, map, &data->persons, err) != RX_OK
      || rx_keys_need_branch (study, map, "columns", RX_YAML_MAP, &columns,
                              err)
             != RX_OK
      || parse_person_columns (study, columns, &data->person_columns, err)
             != RX_OK
      || rx_keys_choice (study, map, "dates", dates,
                         sizeof dates / sizeof *dates, &which, err)
             != RX_OK)
    return err->status;
  data->person_dates = &rx_date_formats[which];
  return RX_OK;
}

enum rx_status
rx_study_beside_parse (struct rx_study *study, const struct rx_yaml_node *list,
                       size_t at, struct rx_error *err)
{
  struct rx_study_data *data = &study->data[at];
  const struct rx_yaml_node *map = list->member[at], *codes, *persons;
  if (rx_keys_branch (study, map, "code_map", RX_YAML_MAP, &codes, err)
          != RX_OK
      || rx_keys_branch (study, map, "persons", RX_YAML_MAP, &persons, err)
             != RX_OK)
    return err->status;
  if (!data->is_register && (codes != NULL || persons != NULL))
    return rx_yaml_fail (&study->yaml, codes != NULL ? codes : persons, err,
                         "it belongs to a dispensing register, and the data "
                         "have no \"layout: columns\"");
  if (codes != NULL
      && parse_codes (study, list, at, codes, data, err) != RX_OK)
    return err->status;
  return persons == NULL ? RX_OK
                         : parse_persons (study, list, at, persons, data, err);
}
