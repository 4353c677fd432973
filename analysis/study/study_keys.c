/* study_keys.c: each reading checks one value and says where it stands. */
#include "study/study_keys.h"

#include "base/date.h"
#include "base/text.h"
#include "data/spelling.h"

#include <stdlib.h>
#include <string.h>

enum
{
  /* Days that a window may lie from its index: a hundred years, so that sums
     of a date and a window stay far from the ends of 32 bits. */
  WINDOW_MOST = 36525
};

/* Takes an array over; frees it when there is no memory to remember it. */
static enum rx_status
own (struct rx_study *study, void *array, struct rx_error *err)
{
  if (rx_grow (&study->owned, &study->room_owned, study->n_owned + 1,
               sizeof *study->owned, err)
      != RX_OK)
    {
      free (array);
      return err->status;
    }
  study->owned[study->n_owned++] = array;
  return RX_OK;
}

void *
rx_keys_array (struct rx_study *study, size_t n, size_t size,
               struct rx_error *err)
{
  void *array = rx_array (n, size);
  if (array == NULL)
    {
      rx_fail_memory (err);
      return NULL;
    }
  return own (study, array, err) == RX_OK ? array : NULL;
}

enum rx_status
rx_keys_need (struct rx_study *study, const struct rx_yaml_node *map,
              const char *key, const struct rx_yaml_node **out,
              struct rx_error *err)
{
  *out = rx_yaml_get (map, key);
  if (*out == NULL)
    return rx_yaml_fail (&study->yaml, map, err, "the key \"%s\" is missing",
                         key);
  return RX_OK;
}

static enum rx_status
text_of (struct rx_study *study, const struct rx_yaml_node *node,
         const char **out, struct rx_error *err)
{
  const char *text;
  if (rx_yaml_text (&study->yaml, node, &text, err) != RX_OK)
    return err->status;
  if (text[0] == '\0')
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found nothing, expected a text");
  *out = text;
  return RX_OK;
}

enum rx_status
rx_keys_text (struct rx_study *study, const struct rx_yaml_node *map,
              const char *key, const char **out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  return node == NULL ? RX_OK : text_of (study, node, out, err);
}

enum rx_status
rx_keys_need_text (struct rx_study *study, const struct rx_yaml_node *map,
                   const char *key, const char **out, struct rx_error *err)
{
  const struct rx_yaml_node *node;
  if (rx_keys_need (study, map, key, &node, err) != RX_OK)
    return err->status;
  return text_of (study, node, out, err);
}

static bool
has_control (const char *text)
{
  for (const unsigned char *s = (const unsigned char *)text; *s != '\0'; s++)
    if (*s < 0x20 || *s == 0x7F)
      return true;
  return false;
}

enum rx_status
rx_keys_name (struct rx_study *study, const struct rx_yaml_node *list,
              size_t at, const char **out, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const struct rx_yaml_node *map = list->member[at], *node;
  const char *name = NULL;
  if (rx_keys_need (study, map, "name", &node, err) != RX_OK
      || text_of (study, node, &name, err) != RX_OK)
    return err->status;
  if (has_control (name) || strlen (name) > RX_STUDY_NAME_MOST)
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "found %s, expected a name on one line of %d bytes "
        "at the most",
        rx_quotez (found, name), RX_STUDY_NAME_MOST);
  for (size_t i = 0; i < at; i++)
    {
      const struct rx_yaml_node *other = rx_yaml_get (list->member[i], "name");
      if (other != NULL && other->kind == RX_YAML_SCALAR
          && strcmp (other->text, name) == 0)
        return rx_yaml_fail_value (
            &study->yaml, node, err,
            "%s is the name of an earlier one, in line %zu",
            rx_quotez (found, name), other->line);
    }
  *out = name;
  return RX_OK;
}

const struct rx_yaml_node *
rx_keys_item (const struct rx_yaml_node *node, size_t i)
{
  return node->kind == RX_YAML_LIST ? node->member[i] : node;
}

/* Two codes or columns that are the same are a slip of the pen: what was
   meant is elsewhere. */
static enum rx_status
check_text (struct rx_study *study, const struct rx_yaml_node *node,
            const char *const *texts, size_t at, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const struct rx_yaml_node *item = rx_keys_item (node, at);
  if (texts[at][0] == '\0')
    return rx_yaml_fail_value (&study->yaml, item, err,
                               "found nothing, expected a text");
  for (size_t i = 0; i < at; i++)
    if (strcmp (texts[i], texts[at]) == 0)
      return rx_yaml_fail_value (&study->yaml, item, err, "%s is listed twice",
                                 rx_quotez (found, texts[at]));
  return RX_OK;
}

enum rx_status
rx_keys_texts (struct rx_study *study, const struct rx_yaml_node *map,
               const char *key, struct rx_texts *out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  const char **texts = NULL;
  size_t n = 0;
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_texts (&study->yaml, node, &texts, &n, err) != RX_OK
      || own (study, texts, err) != RX_OK)
    return err->status;
  if (n == 0)
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "found an empty list, expected one text at least");
  for (size_t i = 0; i < n; i++)
    if (check_text (study, node, texts, i, err) != RX_OK)
      return err->status;
  *out = (struct rx_texts){ texts, n };
  return RX_OK;
}

enum rx_status
rx_keys_codes (struct rx_study *study, const struct rx_yaml_node *map,
               const char *key, struct rx_texts *out, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  struct rx_texts codes = { NULL, 0 };
  if (rx_keys_texts (study, map, key, &codes, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < codes.n; i++)
    {
      const char *star = strchr (codes.text[i], '*');
      bool inside = star != NULL && star[1] != '\0';
      if (inside || strpbrk (codes.text[i], " ,;\t\n") != NULL)
        return rx_yaml_fail_value (
            &study->yaml, rx_keys_item (rx_yaml_get (map, key), i), err,
            "found %s, expected a code such as N07BB04, or "
            "its beginning and a star such as \"N02*\"",
            rx_quotez (found, codes.text[i]));
    }
  if (codes.n > 0)
    *out = codes;
  return RX_OK;
}

enum rx_status
rx_keys_boolean (struct rx_study *study, const struct rx_yaml_node *map,
                 const char *key, bool *out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  return node == NULL ? RX_OK : rx_yaml_boolean (&study->yaml, node, out, err);
}

enum rx_status
rx_keys_integer (struct rx_study *study, const struct rx_yaml_node *map,
                 const char *key, long least, long most, long *out,
                 struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  return node == NULL
             ? RX_OK
             : rx_yaml_integer (&study->yaml, node, least, most, out, err);
}

enum rx_status
rx_keys_level (struct rx_study *study, const struct rx_yaml_node *map,
               double *out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "level");
  char found[RX_QUOTED_SIZE];
  double level;
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_number (&study->yaml, node, &level, err) != RX_OK)
    return err->status;
  if (!(level > 0 && level < 1))
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "found %s, expected a number between 0 and 1, such "
        "as 0.95",
        rx_quotez (found, node->text));
  *out = level;
  return RX_OK;
}

static enum rx_status
date_of (struct rx_study *study, const struct rx_yaml_node *node, int32_t *out,
         struct rx_error *err)
{
  int day;
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_date (&study->yaml, node, &day, err) != RX_OK)
    return err->status;
  *out = day;
  return RX_OK;
}

enum rx_status
rx_keys_dates (struct rx_study *study, const struct rx_yaml_node *map,
               bool may_be_open, struct rx_days *out, bool *has,
               struct rx_error *err)
{
  const struct rx_yaml_node *from = rx_yaml_get (map, "from");
  const struct rx_yaml_node *to = rx_yaml_get (map, "to");
  char first[RX_DATE_SIZE], last[RX_DATE_SIZE];
  struct rx_days days = { INT32_MIN, INT32_MAX };
  *has = from != NULL || to != NULL;
  if (!*has)
    return RX_OK;
  if (!may_be_open && (from == NULL || to == NULL))
    return rx_yaml_fail (&study->yaml, from != NULL ? from : to, err,
                         "the key \"%s\" is missing beside it",
                         from != NULL ? "to" : "from");
  if (date_of (study, from, &days.from, err) != RX_OK
      || date_of (study, to, &days.to, err) != RX_OK)
    return err->status;
  if (days.from > days.to)
    return rx_yaml_fail_value (
        &study->yaml, to, err, "found %s, expected a day not before %s",
        rx_date_print (last, days.to), rx_date_print (first, days.from));
  *out = days;
  return RX_OK;
}

enum rx_status
rx_keys_window (struct rx_study *study, const struct rx_yaml_node *map,
                const char *key, struct rx_days *out, struct rx_error *err)
{
  const struct rx_yaml_node *node;
  long day[2];
  if (rx_keys_need (study, map, key, &node, err) != RX_OK
      || rx_yaml_kind (&study->yaml, node, RX_YAML_LIST, err) != RX_OK)
    return err->status;
  if (node->n != 2)
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "found %zu values, expected two days relative to "
        "the index, such as [-365, -1]",
        node->n);
  for (size_t i = 0; i < 2; i++)
    if (rx_yaml_integer (&study->yaml, node->member[i], -WINDOW_MOST,
                         WINDOW_MOST, &day[i], err)
        != RX_OK)
      return err->status;
  if (day[0] > day[1])
    return rx_yaml_fail_value (
        &study->yaml, node, err,
        "found [%ld, %ld], expected the earlier day first", day[0], day[1]);
  *out = (struct rx_days){ (int32_t)day[0], (int32_t)day[1] };
  return RX_OK;
}

enum rx_status
rx_keys_branch (struct rx_study *study, const struct rx_yaml_node *map,
                const char *key, enum rx_yaml_kind kind,
                const struct rx_yaml_node **out, struct rx_error *err)
{
  *out = rx_yaml_get (map, key);
  if (*out == NULL)
    return RX_OK;
  if (rx_yaml_kind (&study->yaml, *out, kind, err) != RX_OK)
    return err->status;
  if ((*out)->n == 0)
    return rx_yaml_fail_value (&study->yaml, *out, err,
                               "it is empty, expected one member at least");
  return RX_OK;
}

enum rx_status
rx_keys_need_branch (struct rx_study *study, const struct rx_yaml_node *map,
                     const char *key, enum rx_yaml_kind kind,
                     const struct rx_yaml_node **out, struct rx_error *err)
{
  if (rx_keys_need (study, map, key, out, err) != RX_OK)
    return err->status;
  return rx_keys_branch (study, map, key, kind, out, err);
}

static enum rx_status
fail_unknown (struct rx_study *study, const struct rx_yaml_node *node,
              bool is_key, const char *what, const char *const *names,
              size_t n, struct rx_error *err)
{
  char found[RX_QUOTED_SIZE];
  const char *word = is_key ? node->key : node->text;
  const char *near = rx_spelling_nearest (word, names, n);
  struct rx_text said = { 0 };
  rx_text_addf (&said, "found %s, expected %s", rx_quotez (found, word), what);
  if (near != NULL)
    rx_text_addf (&said, "; did you mean \"%s\"?", near);
  for (size_t i = 0; near == NULL && i < n; i++)
    rx_text_addf (&said, "%s%s", i > 0 ? ", " : ": ", names[i]);
  if (is_key)
    rx_yaml_fail (&study->yaml, node, err, "%s", rx_text_string (&said));
  else
    rx_yaml_fail_value (&study->yaml, node, err, "%s", rx_text_string (&said));
  rx_text_free (&said);
  return RX_EDATA;
}

enum rx_status
rx_keys_unknown (struct rx_study *study, const struct rx_yaml_node *node,
                 const char *what, const char *const *names, size_t n,
                 struct rx_error *err)
{
  return fail_unknown (study, node, false, what, names, n, err);
}

enum rx_status
rx_keys_unknown_key (struct rx_study *study, const struct rx_yaml_node *node,
                     const char *what, const char *const *names, size_t n,
                     struct rx_error *err)
{
  return fail_unknown (study, node, true, what, names, n, err);
}

enum rx_status
rx_keys_choice (struct rx_study *study, const struct rx_yaml_node *map,
                const char *key, const char *const *names, size_t n,
                size_t *out, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, key);
  const char *text;
  if (node == NULL)
    return RX_OK;
  if (rx_yaml_text (&study->yaml, node, &text, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < n; i++)
    if (strcmp (names[i], text) == 0)
      {
        *out = i;
        return RX_OK;
      }
  return rx_keys_unknown (study, node, "one of", names, n, err);
}

enum rx_status
rx_keys_choice_in (struct rx_study *study, const struct rx_yaml_node *map,
                   const char *key, const void *table, size_t n, size_t size,
                   size_t *out, struct rx_error *err)
{
  const char **names = rx_keys_array (study, n, sizeof *names, err);
  if (names == NULL)
    return err->status;
  for (size_t i = 0; i < n; i++)
    memcpy (&names[i], (const char *)table + i * size, sizeof names[i]);
  return rx_keys_choice (study, map, key, names, n, out, err);
}

enum rx_status
rx_keys_path (struct rx_study *study, const struct rx_yaml_node *map,
              const char *key, const char **as_written, const char **path,
              struct rx_error *err)
{
  if (rx_keys_text (study, map, key, as_written, err) != RX_OK)
    return err->status;
  if (*as_written == NULL)
    return RX_OK;
  if (strcmp (*as_written, "-") == 0)
    return rx_yaml_fail_value (
        &study->yaml, rx_yaml_get (map, key), err,
        "found \"-\", expected the name of a file: a study "
        "that reads standard input cannot be run again");
  bool absolute = (*as_written)[0] == '/';
  *path = rx_strings_format (&study->strings, "%s%s",
                             absolute ? "" : study->folder, *as_written);
  return *path == NULL ? rx_fail_memory (err) : RX_OK;
}
