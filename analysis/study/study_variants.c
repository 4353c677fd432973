/* study_variants.c: each key adds variants of the spec as it stands. */
#include "study/study_variants.h"

#include "base/text.h"
#include "study/study_keys.h"

#include <string.h>

enum
{
  PLACEBO_AND_LANDMARK = 2, /* variants of these keys at the most */
  GUARDS_MOST = 2,
  WINDOW_DAYS = 4,    /* the ends of two windows */
  WINDOW_MOST = 36500 /* days: a century */
};

/* A variant that is the analysis itself until it is changed. */
static struct rx_study_variant *
add_variant (struct rx_study_before_after *out)
{
  struct rx_study_variant *variant = &out->variant[out->n_variants++];
  variant->spec = out->spec;
  return variant;
}

static enum rx_status
name_variant (struct rx_study *study, const struct rx_study_analysis *of,
              struct rx_study_variant *variant, const char *words,
              struct rx_error *err)
{
  variant->name
      = words == NULL
            ? NULL
            : rx_strings_format (&study->strings, "%s (%s)", of->name, words);
  return variant->name == NULL || variant->note == NULL ? rx_fail_memory (err)
                                                        : RX_OK;
}

static enum rx_status
parse_placebo (struct rx_study *study, const struct rx_yaml_node *node,
               const struct rx_study_analysis *of,
               struct rx_study_before_after *out, struct rx_error *err)
{
  bool placebo = false;
  if (rx_keys_boolean (study, node, "placebo", &placebo, err) != RX_OK)
    return err->status;
  if (!placebo)
    return RX_OK;
  if (out->spec.before.from == out->spec.before.to)
    return rx_yaml_fail (&study->yaml, rx_yaml_get (node, "placebo"), err,
                         "the window before is one day, which has no two "
                         "halves to compare");
  struct rx_study_variant *variant = add_variant (out);
  variant->spec.placebo = true;
  variant->note = "placebo";
  return name_variant (study, of, variant, "placebo: before v before", err);
}

/* Groups by the dispensings before the landmark, and a window after of the
   same length that starts there. */
static enum rx_status
parse_landmark (struct rx_study *study, const struct rx_yaml_node *node,
                const struct rx_study_analysis *of,
                struct rx_study_before_after *out, struct rx_error *err)
{
  const struct rx_yaml_node *asked = rx_yaml_get (node, "landmark");
  long day = 0;
  if (rx_keys_integer (study, node, "landmark", 1, WINDOW_MOST, &day, err)
      != RX_OK)
    return err->status;
  if (asked == NULL)
    return RX_OK;
  if (out->spec.n_levels == 0)
    return rx_yaml_fail (&study->yaml, asked, err,
                         "it says when the exposure groups are known, and the "
                         "analysis has no \"groups\"");
  if (out->spec.group_window.from >= day)
    return rx_yaml_fail_value (&study->yaml, asked, err,
                               "found %ld, expected a day after the first of "
                               "the group window, %d",
                               day, (int)out->spec.group_window.from);
  struct rx_study_variant *variant = add_variant (out);
  int32_t last = out->spec.after.to - out->spec.after.from;
  variant->spec.group_window.to = (int32_t)day - 1;
  variant->spec.after = (struct rx_days){ (int32_t)day, (int32_t)day + last };
  variant->note = rx_strings_format (&study->strings, "landmark=%ld", day);
  return name_variant (
      study, of, variant,
      rx_strings_format (&study->strings, "landmark: day %ld", day), err);
}

/* [-365, -1, 0, 364] */
static enum rx_status
parse_windows (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_days *before, struct rx_days *after,
               struct rx_error *err)
{
  long day[WINDOW_DAYS];
  if (rx_yaml_kind (&study->yaml, node, RX_YAML_LIST, err) != RX_OK)
    return err->status;
  if (node->n != WINDOW_DAYS)
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found %zu values, expected the days of two "
                               "windows, such as [-365, -1, 0, 364]",
                               node->n);
  for (size_t i = 0; i < WINDOW_DAYS; i++)
    if (rx_yaml_integer (&study->yaml, node->member[i], -WINDOW_MOST,
                         WINDOW_MOST, &day[i], err)
        != RX_OK)
      return err->status;
  if (day[0] > day[1] || day[1] >= day[2] || day[2] > day[3])
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found [%ld, %ld, %ld, %ld], expected two "
                               "windows, one after the other",
                               day[0], day[1], day[2], day[3]);
  *before = (struct rx_days){ (int32_t)day[0], (int32_t)day[1] };
  *after = (struct rx_days){ (int32_t)day[2], (int32_t)day[3] };
  return RX_OK;
}

/* `guard: [true, false]`, or one of them; without it, that of the analysis. */
static enum rx_status
parse_guards (struct rx_study *study, const struct rx_yaml_node *map,
              bool *guard, size_t *n, struct rx_error *err)
{
  const struct rx_yaml_node *node = rx_yaml_get (map, "guard");
  *n = 1;
  if (node == NULL)
    return RX_OK;
  if (node->kind == RX_YAML_LIST)
    *n = node->n;
  if (*n > GUARDS_MOST)
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found %zu values, expected [true, false] at "
                               "the most",
                               *n);
  for (size_t i = 0; i < *n; i++)
    if (rx_yaml_boolean (&study->yaml, rx_keys_item (node, i), &guard[i], err)
        != RX_OK)
      return err->status;
  if (*n == GUARDS_MOST && guard[0] == guard[1])
    return rx_yaml_fail_value (&study->yaml, node, err,
                               "found the same value twice, expected [true, "
                               "false]");
  return RX_OK;
}

static enum rx_status
add_specification (struct rx_study *study, const struct rx_study_analysis *of,
                   struct rx_study_before_after *out, struct rx_days before,
                   struct rx_days after, bool guard, struct rx_error *err)
{
  struct rx_study_variant *variant = add_variant (out);
  const char *guarded = guard ? "on" : "off";
  variant->spec.before = before;
  variant->spec.after = after;
  variant->spec.no_guard = !guard;
  variant->note = rx_strings_format (
      &study->strings, "specification; before=%d:%d; after=%d:%d; guard=%s",
      before.from, before.to, after.from, after.to, guarded);
  return name_variant (
      study, of, variant,
      rx_strings_format (
          &study->strings, "specification: [%d, %d] v [%d, %d], guard %s",
          before.from, before.to, after.from, after.to, guarded),
      err);
}

static bool
same_days (struct rx_days a, struct rx_days b)
{
  return a.from == b.from && a.to == b.to;
}

static enum rx_status
parse_specification (struct rx_study *study, const struct rx_yaml_node *list,
                     size_t at, const bool *guard, size_t n_guards,
                     const struct rx_study_analysis *of,
                     struct rx_study_before_after *out, struct rx_error *err)
{
  struct rx_days before, after, other_before, other_after;
  if (parse_windows (study, list->member[at], &before, &after, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < at; i++)
    {
      if (parse_windows (study, list->member[i], &other_before, &other_after,
                         err)
          != RX_OK)
        return err->status;
      if (same_days (before, other_before) && same_days (after, other_after))
        return rx_yaml_fail_value (&study->yaml, list->member[at], err,
                                   "these windows are there already");
    }
  for (size_t g = 0; g < n_guards; g++)
    if (add_specification (study, of, out, before, after, guard[g], err)
        != RX_OK)
      return err->status;
  return RX_OK;
}

enum rx_status
rx_study_variants_parse (struct rx_study *study,
                         const struct rx_yaml_node *node,
                         const struct rx_study_analysis *of,
                         struct rx_study_before_after *out,
                         struct rx_error *err)
{
  static const char *const known[] = { "windows", "guard", NULL };
  const struct rx_yaml_node *map, *list = NULL;
  bool guard[GUARDS_MOST] = { !out->spec.no_guard, false };
  size_t n_guards = 0;
  if (rx_keys_branch (study, node, "specifications", RX_YAML_MAP, &map, err)
          != RX_OK
      || (map != NULL
          && (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
              || rx_keys_need_branch (study, map, "windows", RX_YAML_LIST,
                                      &list, err)
                     != RX_OK
              || parse_guards (study, map, guard, &n_guards, err) != RX_OK)))
    return err->status;
  size_t windows = list != NULL ? list->n : 0;
  out->variant
      = rx_keys_array (study, PLACEBO_AND_LANDMARK + windows * n_guards,
                       sizeof *out->variant, err);
  if (out->variant == NULL
      || parse_placebo (study, node, of, out, err) != RX_OK
      || parse_landmark (study, node, of, out, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < windows; i++)
    if (parse_specification (study, list, i, guard, n_guards, of, out, err)
        != RX_OK)
      return err->status;
  return RX_OK;
}
