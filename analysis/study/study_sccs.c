/* study_sccs.c: analyses of type `sccs`, self-controlled case series.

       - name: series
         type: sccs
         data: cases
         columns: {person: case, start: start, end: end, event: event,
                   exposure: exposure}
         risks: [{name: exposure, window: [0, 41]}]
         age_cuts: [365, 730, 1095]

   A row per event.  Windows are days since the exposure, both ends included;
   an age cut is the last day of its band. */
#include "base/text.h"
#include "methods/analysis_in_time.h"
#include "study/study_keys.h"
#include "study/study_type.h"

static const char *const keys[]
    = { "name",     "type",    "data",  "columns", "risks",
        "age_cuts", "methods", "level", NULL };

enum
{
  AGE_MOST = 1000000 /* days */
};

static bool
serves (const struct rx_method *method)
{
  return method->case_series != NULL;
}

static enum rx_status
parse_columns (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_case_series_spec *spec, struct rx_error *err)
{
  static const char *const known[]
      = { "person", "start", "end", "event", "exposure", NULL };
  const struct rx_yaml_node *map;
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_text (study, map, "person", &spec->person, err) != RX_OK
      || rx_keys_text (study, map, "start", &spec->start, err) != RX_OK
      || rx_keys_text (study, map, "end", &spec->end, err) != RX_OK
      || rx_keys_text (study, map, "event", &spec->event, err) != RX_OK)
    return err->status;
  return rx_keys_text (study, map, "exposure", &spec->exposure, err);
}

/* A day is in one window at the most. */
static enum rx_status
parse_risk (struct rx_study *study, const struct rx_yaml_node *list, size_t at,
            struct rx_risk *risks, struct rx_error *err)
{
  static const char *const known[] = { "name", "window", NULL };
  const struct rx_yaml_node *map = list->member[at];
  char other[RX_QUOTED_SIZE];
  struct rx_days window;
  if (rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_name (study, list, at, &risks[at].name, err) != RX_OK
      || rx_keys_window (study, map, "window", &window, err) != RX_OK)
    return err->status;
  risks[at].from = window.from;
  risks[at].to = window.to;
  for (size_t i = 0; i < at; i++)
    if (risks[i].from <= risks[at].to && risks[at].from <= risks[i].to)
      return rx_yaml_fail_value (&study->yaml, rx_yaml_get (map, "window"),
                                 err, "this window overlaps with that of %s",
                                 rx_quotez (other, risks[i].name));
  return RX_OK;
}

static enum rx_status
parse_age_cuts (struct rx_study *study, const struct rx_yaml_node *node,
                struct rx_case_series_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  if (rx_keys_branch (study, node, "age_cuts", RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  if (list == NULL)
    return RX_OK;
  int64_t *cuts = rx_keys_array (study, list->n, sizeof *cuts, err);
  if (cuts == NULL)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    {
      long day;
      if (rx_yaml_integer (&study->yaml, list->member[i], 0, AGE_MOST, &day,
                           err)
          != RX_OK)
        return err->status;
      cuts[i] = day;
      if (i > 0 && cuts[i] <= cuts[i - 1])
        return rx_yaml_fail_value (&study->yaml, list->member[i], err,
                                   "found %ld, expected a day after %ld", day,
                                   (long)cuts[i - 1]);
    }
  spec->age_cuts = cuts;
  spec->n_age_cuts = list->n;
  return RX_OK;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  struct rx_case_series_spec *spec
      = rx_keys_array (study, 1, sizeof *spec, err);
  if (spec == NULL || parse_columns (study, node, spec, err) != RX_OK
      || rx_keys_need_branch (study, node, "risks", RX_YAML_LIST, &list, err)
             != RX_OK)
    return err->status;
  analysis->spec = spec;
  struct rx_risk *risks = rx_keys_array (study, list->n, sizeof *risks, err);
  if (risks == NULL)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    if (parse_risk (study, list, i, risks, err) != RX_OK)
      return err->status;
  spec->risks = risks;
  spec->n_risks = list->n;
  return parse_age_cuts (study, node, spec, err);
}

static void
list_risks (const struct rx_case_series_spec *spec, struct rx_text *out)
{
  for (size_t i = 0; i < spec->n_risks; i++)
    rx_text_addf (out, "%s%s [%ld, %ld]", i > 0 ? ", " : "",
                  spec->risks[i].name, (long)spec->risks[i].from,
                  (long)spec->risks[i].to);
}

static void
list_ages (const struct rx_case_series_spec *spec, struct rx_text *out)
{
  for (size_t i = 0; i < spec->n_age_cuts; i++)
    rx_text_addf (out, "%s%ld", i > 0 ? ", " : "", (long)spec->age_cuts[i]);
  if (spec->n_age_cuts == 0)
    rx_text_addz (out, "none");
}

static enum rx_status
record_list (const struct rx_study_task *task, const char *key,
             const struct rx_case_series_spec *spec,
             void (*list) (const struct rx_case_series_spec *,
                           struct rx_text *),
             struct rx_error *err)
{
  struct rx_text text = { 0 };
  list (spec, &text);
  enum rx_status status
      = text.failed
            ? rx_fail_memory (err)
            : rx_study_setting (task, err, key, "%s", rx_text_string (&text));
  rx_text_free (&text);
  return status;
}

static enum rx_status
record (const struct rx_study_task *task,
        const struct rx_case_series_spec *spec, struct rx_error *err)
{
  const struct
  {
    const char *key, *column, *fallback;
  } columns[] = { { "columns.person", spec->person, "case" },
                  { "columns.start", spec->start, "start" },
                  { "columns.end", spec->end, "end" },
                  { "columns.event", spec->event, "event" },
                  { "columns.exposure", spec->exposure, "exposure" } };
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
    if (rx_study_setting (task, err, columns[i].key, "%s",
                          columns[i].column != NULL ? columns[i].column
                                                    : columns[i].fallback)
        != RX_OK)
      return err->status;
  if (record_list (task, "risks", spec, list_risks, err) != RX_OK)
    return err->status;
  return record_list (task, "age_cuts", spec, list_ages, err);
}

static enum rx_status
word_design (const struct rx_case_series *cases, const char *file,
             struct rx_text *out, struct rx_error *err)
{
  rx_text_addf (out,
                "The data (%s) hold %zu events of %zu cases, of whom %zu were "
                "exposed. The risk windows, in days since the exposure with "
                "both ends included, are ",
                file, cases->n_events, cases->n, cases->n_exposed);
  list_risks (cases->spec, out);
  if (cases->spec->n_age_cuts > 0)
    {
      rx_text_addz (out, "; the bands of age end on the days ");
      list_ages (cases->spec, out);
    }
  rx_text_addz (out, ".");
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  const struct rx_case_series_spec *spec = task->analysis->spec;
  struct rx_case_series cases = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status
      = rx_case_series_build (&cases, task->table, spec, err);
  if (status == RX_OK)
    status = rx_study_plan (task, true, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_case_series (&cases, &plan, task->rows, err);
  if (status == RX_OK)
    status = record (task, spec, err);
  if (status == RX_OK)
    status = word_design (&cases, task->analysis->data->file, &finding->design,
                          err);
  rx_case_series_free (&cases);
  return status;
}

const struct rx_study_type rx_study_type_sccs = {
  .name = "sccs",
  .title = "A self-controlled case series",
  .keys = keys,
  .serves = serves,
  .parse = parse,
  .run = run,
};
