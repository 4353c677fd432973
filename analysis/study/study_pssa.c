/* study_pssa.c: analyses of type `pssa`, prescription sequence symmetry.

       - name: symmetry
         type: pssa
         data: pairs
         columns: {person: person, index: index_date, marker: marker_date}
         window: 365

   A row per person with the days on which the two drugs were first dispensed,
   as dates or as whole numbers; empty where a drug never was. */
#include "base/text.h"
#include "methods/analysis_in_time.h"
#include "study/study_keys.h"
#include "study/study_type.h"

static const char *const keys[] = { "name",   "type",    "data",  "columns",
                                    "window", "methods", "level", NULL };

enum
{
  WINDOW_MOST = 100000 /* days */
};

static bool
serves (const struct rx_method *method)
{
  return method->symmetry != NULL;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  static const char *const known[] = { "person", "index", "marker", NULL };
  const struct rx_yaml_node *map, *days;
  long window = 0;
  struct rx_symmetry_spec *spec = rx_keys_array (study, 1, sizeof *spec, err);
  if (spec == NULL)
    return err->status;
  analysis->spec = spec;
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_text (study, map, "person", &spec->person, err) != RX_OK
      || rx_keys_text (study, map, "index", &spec->index, err) != RX_OK
      || rx_keys_text (study, map, "marker", &spec->marker, err) != RX_OK
      || rx_keys_need (study, node, "window", &days, err) != RX_OK
      || rx_keys_integer (study, node, "window", 1, WINDOW_MOST, &window, err)
             != RX_OK)
    return err->status;
  spec->window = window;
  return RX_OK;
}

static enum rx_status
record (const struct rx_study_task *task, const struct rx_symmetry_spec *spec,
        struct rx_error *err)
{
  if (rx_study_setting (task, err, "columns.person", "%s",
                        spec->person != NULL ? spec->person : "person")
          != RX_OK
      || rx_study_setting (task, err, "columns.index", "%s",
                           spec->index != NULL ? spec->index : "index")
             != RX_OK
      || rx_study_setting (task, err, "columns.marker", "%s",
                           spec->marker != NULL ? spec->marker : "marker")
             != RX_OK)
    return err->status;
  return rx_study_setting (task, err, "window", "%ld", (long)spec->window);
}

static enum rx_status
word_design (const struct rx_symmetry *s, const char *file,
             struct rx_text *out, struct rx_error *err)
{
  rx_text_addf (out,
                "The data (%s) hold the days on which %zu persons were first "
                "dispensed the index drug (%zu persons) and the marker drug "
                "(%zu). Of the %zu persons with both, those %ld days apart at "
                "the most were analysed, without %zu who started both on one "
                "day.",
                file, s->n, s->n_index, s->n_marker, s->n_both,
                (long)s->window, s->same_day);
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  const struct rx_symmetry_spec *spec = task->analysis->spec;
  struct rx_symmetry symmetry = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status
      = rx_symmetry_build (&symmetry, task->table, spec, err);
  if (status == RX_OK)
    status = rx_study_plan (task, true, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_symmetry (&symmetry, &plan, task->rows, err);
  if (status == RX_OK)
    status = record (task, spec, err);
  if (status == RX_OK)
    status = word_design (&symmetry, task->analysis->data->file,
                          &finding->design, err);
  rx_symmetry_free (&symmetry);
  return status;
}

const struct rx_study_type rx_study_type_pssa = {
  .name = "pssa",
  .title = "Prescription sequence symmetry of two drugs",
  .keys = keys,
  .serves = serves,
  .parse = parse,
  .run = run,
};
