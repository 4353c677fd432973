/* study_file.c: the top of a study file; its parts are parsed in the order in
   which they refer to each other: data, analyses, figures, tables. */
#include "study/study_file.h"

#include "base/text.h"
#include "study/study_keys.h"
#include "study/study_parts.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[]
    = { "recross",  "study",   "seed",   "level",  "data",
        "analyses", "figures", "tables", "report", NULL };

void
rx_study_free (struct rx_study *study)
{
  for (size_t i = 0; i < study->n_owned; i++)
    free (study->owned[i]);
  free (study->owned);
  rx_strings_free (&study->strings);
  rx_yaml_free (&study->yaml);
  *study = (struct rx_study){ 0 };
}

/* The number stands first so that a later format is refused for what it is,
   and not for the keys it may have. */
static enum rx_status
check_version (struct rx_study *study, const struct rx_yaml_node *root,
               struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const struct rx_yaml_node *node = rx_yaml_get (root, "recross");
  const char *text;
  if (node == NULL)
    return rx_yaml_fail (&study->yaml, root, err,
                         "the key \"recross\" is missing: a study file says "
                         "\"recross: %d\", the version of its format",
                         RX_STUDY_VERSION);
  if (rx_yaml_text (&study->yaml, node, &text, err) != RX_OK)
    return err->status;
  char *end;
  long version = strtol (text, &end, 10);
  if (end == text || *end != '\0' || version != RX_STUDY_VERSION)
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "found %s, expected %d, the only version of the "
        "study file's format that %s reads",
        rx_quotez (found, text), RX_STUDY_VERSION, rx_version ());
  return RX_OK;
}

/* A list of parts: room for them is made here, each is parsed by its own
   function. */
struct part
{
  const char *key;
  bool needed;
  size_t size;                   /* of one member of the array */
  size_t array_offset, n_offset; /* in struct rx_study */
  enum rx_status (*parse) (struct rx_study *study,
                           const struct rx_yaml_node *list, size_t at,
                           struct rx_error *err);
};

#define PART(member, needed, parse)                                           \
  {                                                                           \
#member, needed, sizeof *((struct rx_study *)NULL)->member,               \
        offsetof(struct rx_study, member),                                    \
        offsetof(struct rx_study, n_##member), parse                          \
  }

static const struct part parts[] = {
  PART (data, true, rx_study_data_parse),
  PART (analyses, true, rx_study_analysis_parse),
  PART (figures, false, rx_study_figure_parse),
  PART (tables, false, rx_study_table_parse),
};

/* The array has its full length from the start, as earlier members are
   pointed to while later ones are parsed. */
static enum rx_status
parse_part (struct rx_study *study, const struct rx_yaml_node *root,
            const struct part *part, struct rx_error *err)
{
  const struct rx_yaml_node *list = NULL;
  enum rx_status status = part->needed
                              ? rx_keys_need_branch (study, root, part->key,
                                                     RX_YAML_LIST, &list, err)
                              : rx_keys_branch (study, root, part->key,
                                                RX_YAML_LIST, &list, err);
  if (status != RX_OK || list == NULL)
    return status;
  void *array = rx_keys_array (study, list->n, part->size, err);
  if (array == NULL)
    return err->status;
  memcpy ((char *)study + part->array_offset, &array, sizeof array);
  for (size_t i = 0; i < list->n; i++)
    {
      if (rx_yaml_kind (&study->yaml, list->member[i], RX_YAML_MAP, err)
              != RX_OK
          || part->parse (study, list, i, err) != RX_OK)
        return err->status;
      size_t n = i + 1;
      memcpy ((char *)study + part->n_offset, &n, sizeof n);
    }
  return RX_OK;
}

static enum rx_status
set_folder (struct rx_study *study, const char *file, struct rx_error *err)
{
  const char *slash = strrchr (file, '/');
  size_t length = slash == NULL ? 0 : (size_t)(slash - file) + 1;
  study->file = rx_strings_addz (&study->strings, file);
  study->folder = rx_strings_add (&study->strings, file, length);
  return study->file == NULL || study->folder == NULL ? rx_fail_memory (err)
                                                      : RX_OK;
}

static enum rx_status
parse (struct rx_study *study, const char *file, struct rx_error *err)
{
  const struct rx_yaml_node *root = study->yaml.root;
  study->seed = RX_STUDY_SEED;
  study->level = RX_STUDY_LEVEL;
  if (set_folder (study, file, err) != RX_OK
      || rx_yaml_kind (&study->yaml, root, RX_YAML_MAP, err) != RX_OK
      || check_version (study, root, err) != RX_OK
      || rx_yaml_known (&study->yaml, root, known, err) != RX_OK
      || rx_keys_need_text (study, root, "study", &study->name, err) != RX_OK
      || rx_keys_integer (study, root, "seed", 0, LONG_MAX, &study->seed, err)
             != RX_OK
      || rx_keys_level (study, root, &study->level, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
    if (parse_part (study, root, &parts[i], err) != RX_OK)
      return err->status;
  return rx_study_report_parse (study, root, err);
}

enum rx_status
rx_study_read (struct rx_study *study, const char *path, struct rx_error *err)
{
  if (rx_yaml_read (&study->yaml, path, err) != RX_OK)
    return err->status;
  return parse (study, path, err);
}

enum rx_status
rx_study_parse (struct rx_study *study, const char *file, const char *bytes,
                size_t length, struct rx_error *err)
{
  if (rx_yaml_parse (&study->yaml, file, bytes, length, err) != RX_OK)
    return err->status;
  return parse (study, file, err);
}
