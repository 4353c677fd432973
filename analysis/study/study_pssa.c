/* study_pssa.c: analyses of type `pssa`, prescription sequence symmetry.

       - name: symmetry
         type: pssa
         data: pairs
         columns: {person: person, index: index_date, marker: marker_date}
         window: 365

   A row per person with the days on which the two drugs were first dispensed,
   as dates or as whole numbers; empty where a drug never was.  Several windows
   are a list; `bin` is how many days a bar of the histogram has.

   The days may be found in a dispensing register:

       - {name: symmetry, type: pssa, from: dispensings,
          drugs: {index: [N07BB04], marker: [N02*]}, run_in: 365,
          window: [90, 365]} */
#include "base/text.h"
#include "methods/analysis_in_time.h"
#include "study/study_from.h"
#include "study/study_keys.h"

static const char *const keys[]
    = { "name",   "type", "data",   "from",    "columns", "drugs", "coverage",
        "run_in", "bin",  "window", "methods", "level",   NULL };
static const char *const of_table[] = { "columns", NULL };
static const char *const of_register[]
    = { "drugs", "coverage", "run_in", NULL };

/* What the parser makes: the pairs, and how they are found. */
struct pssa
{
  struct rx_symmetry_spec symmetry;
  struct rx_register_pairs_spec source; /* of a register */
};

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
parse_columns (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_symmetry_spec *spec, struct rx_error *err)
{
  static const char *const known[] = { "person", "index", "marker", NULL };
  const struct rx_yaml_node *map;
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_text (study, map, "person", &spec->person, err) != RX_OK
      || rx_keys_text (study, map, "index", &spec->index, err) != RX_OK)
    return err->status;
  return rx_keys_text (study, map, "marker", &spec->marker, err);
}

static enum rx_status
parse_source (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_register_pairs_spec *source, struct rx_error *err)
{
  static const char *const known[] = { "index", "marker", NULL };
  const struct rx_yaml_node *map, *drugs;
  long run_in = 0;
  if (rx_keys_need_branch (study, node, "drugs", RX_YAML_MAP, &map, err)
          != RX_OK
      || rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_need (study, map, "index", &drugs, err) != RX_OK
      || rx_keys_need (study, map, "marker", &drugs, err) != RX_OK
      || rx_keys_codes (study, map, "index", &source->index, err) != RX_OK
      || rx_keys_codes (study, map, "marker", &source->marker, err) != RX_OK
      || rx_keys_integer (study, node, "run_in", 0, WINDOW_MOST, &run_in, err)
             != RX_OK)
    return err->status;
  source->run_in = (int32_t)run_in;
  return rx_study_from_coverage (study, node, &source->coverage, err);
}

/* One window, or a list of them. */
static enum rx_status
parse_windows (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_symmetry_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  long bin = 0;
  if (rx_keys_need (study, node, "window", &list, err) != RX_OK
      || rx_keys_integer (study, node, "bin", 1, WINDOW_MOST, &bin, err)
             != RX_OK)
    return err->status;
  bool is_list = list->kind == RX_YAML_LIST;
  size_t n = is_list ? list->n : 1;
  int64_t *windows = rx_keys_array (study, n, sizeof *windows, err);
  if (windows == NULL)
    return err->status;
  if (n == 0)
    return rx_yaml_fail_value (&study->yaml, list, err,
                               "found an empty list, expected a number of "
                               "days, such as 365, or several");
  for (size_t i = 0; i < n; i++)
    {
      const struct rx_yaml_node *item = is_list ? list->member[i] : list;
      long days;
      if (rx_yaml_integer (&study->yaml, item, 1, WINDOW_MOST, &days, err)
          != RX_OK)
        return err->status;
      for (size_t j = 0; j < i; j++)
        if (windows[j] == days)
          return rx_yaml_fail_value (&study->yaml, item, err,
                                     "found %ld twice, expected windows that "
                                     "differ",
                                     days);
      windows[i] = days;
    }
  spec->windows = windows;
  spec->n_windows = n;
  spec->bin = bin;
  return RX_OK;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  struct pssa *pssa = rx_keys_array (study, 1, sizeof *pssa, err);
  if (pssa == NULL
      || rx_study_from_check (study, node, analysis, of_table, of_register,
                              err)
             != RX_OK)
    return err->status;
  analysis->spec = pssa;
  enum rx_status status
      = analysis->data->is_register
            ? parse_source (study, node, &pssa->source, err)
            : parse_columns (study, node, &pssa->symmetry, err);
  return status == RX_OK ? parse_windows (study, node, &pssa->symmetry, err)
                         : status;
}

static void
list_windows (const struct rx_symmetry_spec *spec, struct rx_text *out)
{
  for (size_t i = 0; i < spec->n_windows; i++)
    rx_text_addf (out, "%s%ld", i > 0 ? ", " : "", (long)spec->windows[i]);
}

static enum rx_status
record_columns (const struct rx_study_task *task,
                const struct rx_symmetry_spec *spec, struct rx_error *err)
{
  if (rx_study_setting (task, err, "columns.person", "%s",
                        spec->person != NULL ? spec->person : "person")
          != RX_OK
      || rx_study_setting (task, err, "columns.index", "%s",
                           spec->index != NULL ? spec->index : "index")
             != RX_OK)
    return err->status;
  return rx_study_setting (task, err, "columns.marker", "%s",
                           spec->marker != NULL ? spec->marker : "marker");
}

static enum rx_status
record_windows (const struct rx_study_task *task,
                const struct rx_symmetry_spec *spec, struct rx_error *err)
{
  struct rx_text text = { 0 };
  list_windows (spec, &text);
  enum rx_status status = text.failed
                              ? rx_fail_memory (err)
                              : rx_study_setting (task, err, "window", "%s",
                                                  rx_text_string (&text));
  rx_text_free (&text);
  if (status != RX_OK || spec->bin == 0)
    return status == RX_OK ? rx_study_setting (task, err, "bin", "by rule")
                           : status;
  return rx_study_setting (task, err, "bin", "%ld", (long)spec->bin);
}

static enum rx_status
record_source (const struct rx_study_task *task,
               const struct rx_register_pairs_spec *source,
               const struct rx_register_pairs_audit *audit,
               struct rx_error *err)
{
  const struct rx_texts nothing = { NULL, 0 };
  if (rx_study_from_record (task, source->coverage, audit->coverage, err)
          != RX_OK
      || rx_study_from_drugs (task, "drugs.index", source->index, nothing, err)
             != RX_OK
      || rx_study_from_drugs (task, "drugs.marker", source->marker, nothing,
                              err)
             != RX_OK)
    return err->status;
  return rx_study_setting (task, err, "run_in", "%d", (int)source->run_in);
}

static enum rx_status
word_design (const struct rx_symmetry *s, const char *file,
             struct rx_text *out, struct rx_error *err)
{
  struct rx_symmetry_pairs pairs = rx_symmetry_count (s, 0);
  rx_text_addf (out,
                "The data (%s) hold the days on which %zu persons were first "
                "dispensed the index drug (%zu persons) and the marker drug "
                "(%zu). Of the %zu persons with both, those ",
                file, s->n, s->n_index, s->n_marker, s->n_both);
  list_windows (s->spec, out);
  rx_text_addf (out,
                " days apart at the most were analysed, without %zu who "
                "started both on one day.",
                pairs.same_day);
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

/* The pairs of a table. */
static enum rx_status
run_table (const struct rx_study_task *task, const struct rx_table *table,
           const struct pssa *pssa, struct rx_study_finding *finding,
           struct rx_error *err)
{
  struct rx_symmetry symmetry = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status
      = rx_symmetry_build (&symmetry, table, &pssa->symmetry, err);
  if (status == RX_OK)
    status = rx_study_plan (task, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_symmetry (&symmetry, &plan, task->rows, err);
  if (status == RX_OK)
    status = record_windows (task, &pssa->symmetry, err);
  if (status == RX_OK)
    status = word_design (
        &symmetry, task->reg != NULL ? "so found" : task->analysis->data->file,
        &finding->design, err);
  rx_symmetry_free (&symmetry);
  return status;
}

static enum rx_status
remark_source (const struct rx_study_task *task,
               const struct rx_register_pairs_spec *source,
               const struct rx_register_pairs_audit *audit,
               struct rx_error *err)
{
  if (audit->both_drugs > 0
      && rx_rows_remark (task->rows, true, err,
                         "%zu codes are index and marker drugs alike: who "
                         "starts with one of them starts both on one day.",
                         audit->both_drugs)
             != RX_OK)
    return err->status;
  if (source->run_in == 0)
    return rx_rows_remark (task->rows, true, err,
                           "No run-in: who used a drug before the coverage "
                           "counts as if it were started at its first "
                           "dispensing in it (run_in: 365 asks for a year "
                           "without).");
  return rx_rows_remark (task->rows, false, err,
                         "Run-in of %d days: users from before left out, %zu "
                         "of the index drug, %zu of the marker drug.",
                         (int)source->run_in, audit->old_index,
                         audit->old_marker);
}

/* The pairs found in a register, as a table. */
static enum rx_status
run_register (const struct rx_study_task *task, const struct pssa *pssa,
              struct rx_study_finding *finding, struct rx_error *err)
{
  const struct rx_register_pairs_spec *source = &pssa->source;
  struct rx_register_pairs_audit audit;
  struct rx_table table = { 0 };
  enum rx_status status
      = rx_register_pairs_table (&table, task->reg, source, &audit, err);
  if (status == RX_OK)
    status = record_source (task, source, &audit, err);
  if (status == RX_OK)
    {
      rx_study_from_words (task, source->coverage, audit.coverage,
                           &finding->design);
      rx_text_addz (&finding->design, "The index drug is ");
      rx_study_enumerate (&finding->design, source->index, "or", "any drug");
      rx_text_addz (&finding->design, ", the marker drug ");
      rx_study_enumerate (&finding->design, source->marker, "or", "any drug");
      rx_text_addf (&finding->design,
                    "; who was dispensed a drug in the first %d days of the "
                    "coverage (run-in) is no new user of it. ",
                    (int)source->run_in);
      status = run_table (task, &table, pssa, finding, err);
    }
  if (status == RX_OK)
    status = remark_source (task, source, &audit, err);
  rx_table_free (&table);
  return status;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  const struct pssa *pssa = task->analysis->spec;
  if (task->reg != NULL)
    return run_register (task, pssa, finding, err);
  if (record_columns (task, &pssa->symmetry, err) != RX_OK)
    return err->status;
  return run_table (task, task->table, pssa, finding, err);
}

const struct rx_study_type rx_study_type_pssa = {
  .name = "pssa",
  .title = "Prescription sequence symmetry of two drugs",
  .keys = keys,
  .may_be_register = true,
  .serves = serves,
  .parse = parse,
  .run = run,
};
