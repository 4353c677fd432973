/* study_sccs.c: analyses of type `sccs`, self-controlled case series.

       - name: series
         type: sccs
         data: cases
         columns: {person: case, start: start, end: end, event: event,
                   exposure: exposure}
         risks: [{name: exposure, window: [0, 41]}]
         age_cuts: [365, 730, 1095]

   A row per event.  Windows are days since the exposure, both ends included;
   an age cut is the last day of its band.  Several columns of an exposure are
   its doses; several exposures are a list:

         exposures:
           - {name: opv, columns: [opv1, opv2], risks: [...]}
           - {name: mmr, columns: [mmr], take: first, risks: [...]}

   `calendar_cuts: [2011-12-31]` are bands of calendar time in place of age,
   `season: month` or `season: [[12, 1, 2], [3, 4, 5], ...]` those of the year.

   The days may be found in a dispensing register:

       - {name: series, type: sccs, from: dispensings, run_in: 365,
          drugs: {event: [N02*], exposure: [N07BB04]}, events: first,
          risks: [{name: exposure, window: [0, 41]}]} */
#include "base/date.h"
#include "base/text.h"
#include "designs/register_cases.h"
#include "methods/analysis_in_time.h"
#include "study/study_from.h"
#include "study/study_keys.h"

#include <string.h>

static const char *const keys[]
    = { "name",     "type",      "data",   "from",          "columns",
        "drugs",    "exposures", "risks",  "take",          "events",
        "coverage", "run_in",    "season", "calendar_cuts", "age_cuts",
        "methods",  "level",     NULL };
static const char *const of_table[] = { "columns", "age_cuts", NULL };
static const char *const of_register[]
    = { "drugs", "events", "coverage", "run_in", NULL };
static const char *const takes[] = { "all", "first" };

enum
{
  AGE_MOST = 1000000, /* days */
  RUN_IN_MOST = 100000
};

/* What the parser makes: the cases, and how they are found. */
struct sccs
{
  struct rx_case_series_spec cases;
  struct rx_register_cases_spec source; /* of a register */
};

static bool
serves (const struct rx_method *method)
{
  return method->case_series != NULL;
}

/* ---- Exposures and their risks ------------------------------------------ */

/* Windows of one exposure do not overlap; names are those of terms, and differ
   over all exposures. */
static enum rx_status
parse_risk (struct rx_study *study, const struct rx_yaml_node *list, size_t at,
            struct rx_risk *risks, const struct rx_case_series_spec *spec,
            struct rx_error *err)
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
  for (size_t e = 0; e < spec->n_exposures; e++)
    for (size_t i = 0; i < spec->exposures[e].n_risks; i++)
      if (strcmp (spec->exposures[e].risks[i].name, risks[at].name) == 0)
        return rx_yaml_fail_value (
            &study->yaml, rx_yaml_get (map, "name"), err,
            "found %s, which the exposure %s has too, expected names of "
            "risks that differ",
            rx_quotez (other, risks[at].name), spec->exposures[e].name);
  return RX_OK;
}

static enum rx_status
parse_risks (struct rx_study *study, const struct rx_yaml_node *map,
             const struct rx_case_series_spec *spec,
             struct rx_case_exposure *exposure, struct rx_error *err)
{
  const struct rx_yaml_node *list;
  size_t take = 0;
  if (rx_keys_need_branch (study, map, "risks", RX_YAML_LIST, &list, err)
          != RX_OK
      || rx_keys_choice (study, map, "take", takes,
                         sizeof takes / sizeof *takes, &take, err)
             != RX_OK)
    return err->status;
  exposure->first_only = take == 1;
  struct rx_risk *risks = rx_keys_array (study, list->n, sizeof *risks, err);
  if (risks == NULL)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    if (parse_risk (study, list, i, risks, spec, err) != RX_OK)
      return err->status;
  exposure->risks = risks;
  exposure->n_risks = list->n;
  return RX_OK;
}

/* A list of exposures, each with columns or drugs of its own. */
static enum rx_status
parse_exposures (struct rx_study *study, const struct rx_yaml_node *list,
                 bool is_register, struct rx_case_series_spec *spec,
                 struct rx_case_exposure *exposures, struct rx_error *err)
{
  static const char *const of_columns[]
      = { "name", "columns", "take", "risks", NULL };
  static const char *const of_drugs[]
      = { "name", "drugs", "take", "risks", NULL };
  const struct rx_yaml_node *needed;
  for (size_t i = 0; i < list->n; i++)
    {
      const struct rx_yaml_node *map = list->member[i];
      struct rx_case_exposure *one = &exposures[i];
      if (rx_yaml_known (&study->yaml, map,
                         is_register ? of_drugs : of_columns, err)
              != RX_OK
          || rx_keys_name (study, list, i, &one->name, err) != RX_OK
          || rx_keys_need (study, map, is_register ? "drugs" : "columns",
                           &needed, err)
                 != RX_OK
          || (is_register
                  ? rx_keys_codes (study, map, "drugs", &one->drugs, err)
                  : rx_keys_texts (study, map, "columns", &one->columns, err))
                 != RX_OK
          || parse_risks (study, map, spec, one, err) != RX_OK)
        return err->status;
      spec->n_exposures++;
    }
  return RX_OK;
}

/* One exposure, whose columns or drugs are under `place`, or the list. */
static enum rx_status
parse_exposure (struct rx_study *study, const struct rx_yaml_node *node,
                const struct rx_yaml_node *place, bool is_register,
                struct rx_case_series_spec *spec, struct rx_error *err)
{
  static const char *const fallback[] = { "exposure" };
  static const char *const wrong[] = { "risks", "take" };
  const struct rx_yaml_node *list, *own = NULL;
  if (rx_keys_branch (study, node, "exposures", RX_YAML_LIST, &list, err)
      != RX_OK)
    return err->status;
  if (place != NULL)
    own = rx_yaml_get (place, "exposure");
  for (size_t i = 0; list != NULL && own == NULL && i < 2; i++)
    own = rx_yaml_get (node, wrong[i]);
  if (list != NULL && own != NULL)
    return rx_yaml_fail (&study->yaml, own, err,
                         "found beside \"exposures\", each of which has its "
                         "own");
  struct rx_case_exposure *exposures = rx_keys_array (
      study, list != NULL ? list->n : 1, sizeof *exposures, err);
  if (exposures == NULL)
    return err->status;
  spec->exposures = exposures;
  if (list != NULL)
    return parse_exposures (study, list, is_register, spec, exposures, err);
  exposures->name = "exposure";
  exposures->columns = (struct rx_texts){ fallback, 1 };
  if (is_register && own == NULL)
    return rx_yaml_fail (&study->yaml, place, err,
                         "the key \"exposure\" is missing: its drugs");
  if ((is_register
           ? rx_keys_codes (study, place, "exposure", &exposures->drugs, err)
           : rx_keys_texts (study, place, "exposure", &exposures->columns,
                            err))
          != RX_OK
      || parse_risks (study, node, spec, exposures, err) != RX_OK)
    return err->status;
  spec->n_exposures = 1;
  return RX_OK;
}

/* ---- Columns, or drugs -------------------------------------------------- */

static enum rx_status
parse_columns (struct rx_study *study, const struct rx_yaml_node *node,
               struct rx_case_series_spec *spec, struct rx_error *err)
{
  static const char *const known[]
      = { "person", "start", "end", "event", "exposure", "birth", NULL };
  const struct rx_yaml_node *map;
  if (rx_keys_branch (study, node, "columns", RX_YAML_MAP, &map, err) != RX_OK
      || (map != NULL
          && rx_yaml_known (&study->yaml, map, known, err) != RX_OK)
      || rx_keys_text (study, map, "person", &spec->person, err) != RX_OK
      || rx_keys_text (study, map, "start", &spec->start, err) != RX_OK
      || rx_keys_text (study, map, "end", &spec->end, err) != RX_OK
      || rx_keys_text (study, map, "event", &spec->event, err) != RX_OK
      || rx_keys_text (study, map, "birth", &spec->birth, err) != RX_OK)
    return err->status;
  return parse_exposure (study, node, map, false, spec, err);
}

static enum rx_status
parse_source (struct rx_study *study, const struct rx_yaml_node *node,
              struct sccs *sccs, struct rx_error *err)
{
  static const char *const known[] = { "event", "exposure", NULL };
  static const char *const which[] = { "first", "all" };
  struct rx_register_cases_spec *source = &sccs->source;
  const struct rx_yaml_node *map, *event;
  size_t events = 0;
  long run_in = 0;
  if (rx_keys_need_branch (study, node, "drugs", RX_YAML_MAP, &map, err)
          != RX_OK
      || rx_yaml_known (&study->yaml, map, known, err) != RX_OK
      || rx_keys_need (study, map, "event", &event, err) != RX_OK
      || rx_keys_codes (study, map, "event", &source->events, err) != RX_OK
      || rx_keys_choice (study, node, "events", which,
                         sizeof which / sizeof *which, &events, err)
             != RX_OK
      || rx_keys_integer (study, node, "run_in", 0, RUN_IN_MOST, &run_in, err)
             != RX_OK
      || rx_study_from_coverage (study, node, &source->coverage, err) != RX_OK)
    return err->status;
  source->all_events = events == 1;
  source->run_in = (int32_t)run_in;
  return parse_exposure (study, node, map, true, &sccs->cases, err);
}

/* ---- Bands and seasons -------------------------------------------------- */

static enum rx_status
parse_cuts (struct rx_study *study, const struct rx_yaml_node *node,
            const char *key, bool dates, struct rx_case_series_spec *spec,
            struct rx_error *err)
{
  const struct rx_yaml_node *list;
  if (rx_keys_branch (study, node, key, RX_YAML_LIST, &list, err) != RX_OK)
    return err->status;
  if (list == NULL)
    return RX_OK;
  if (spec->n_cuts > 0)
    return rx_yaml_fail (&study->yaml, list, err,
                         "found beside \"age_cuts\", expected one of them: "
                         "within a case age and calendar time are the same");
  int64_t *cuts = rx_keys_array (study, list->n, sizeof *cuts, err);
  if (cuts == NULL)
    return err->status;
  for (size_t i = 0; i < list->n; i++)
    {
      const struct rx_yaml_node *item = list->member[i];
      int32_t date = 0;
      long day = 0;
      if ((dates
               ? rx_yaml_date (&study->yaml, item, &date, err)
               : rx_yaml_integer (&study->yaml, item, 0, AGE_MOST, &day, err))
          != RX_OK)
        return err->status;
      cuts[i] = dates ? date : day;
      if (i > 0 && cuts[i] <= cuts[i - 1])
        return rx_yaml_fail_value (&study->yaml, item, err,
                                   "found %s, expected a day after %s",
                                   item->text, list->member[i - 1]->text);
    }
  spec->cuts = cuts;
  spec->n_cuts = list->n;
  spec->cuts_are_dates = dates;
  return RX_OK;
}

/* `season: month`, or lists of months that are alike; every month is in one
   of them. */
static enum rx_status
parse_season (struct rx_study *study, const struct rx_yaml_node *node,
              struct rx_case_series_spec *spec, struct rx_error *err)
{
  const struct rx_yaml_node *season = rx_yaml_get (node, "season");
  bool has[RX_YEAR_MONTHS + 1] = { false };
  if (season == NULL)
    return RX_OK;
  if (season->kind == RX_YAML_SCALAR && strcmp (season->text, "month") == 0)
    {
      spec->n_seasons = RX_YEAR_MONTHS;
      for (size_t m = 1; m <= RX_YEAR_MONTHS; m++)
        spec->season[m] = m - 1;
      return RX_OK;
    }
  if (rx_yaml_kind (&study->yaml, season, RX_YAML_LIST, err) != RX_OK)
    return err->status;
  for (size_t s = 0; s < season->n; s++)
    {
      const struct rx_yaml_node *months = season->member[s];
      if (rx_yaml_kind (&study->yaml, months, RX_YAML_LIST, err) != RX_OK)
        return err->status;
      for (size_t i = 0; i < months->n; i++)
        {
          long month;
          if (rx_yaml_integer (&study->yaml, months->member[i], 1,
                               RX_YEAR_MONTHS, &month, err)
              != RX_OK)
            return err->status;
          if (has[month])
            return rx_yaml_fail_value (&study->yaml, months->member[i], err,
                                       "found month %ld twice", month);
          has[month] = true;
          spec->season[month] = s;
        }
    }
  for (int m = 1; m <= RX_YEAR_MONTHS; m++)
    if (!has[m])
      return rx_yaml_fail_value (&study->yaml, season, err,
                                 "month %d is in none of the lists, expected "
                                 "each of the twelve in one",
                                 m);
  spec->n_seasons = season->n;
  return RX_OK;
}

static enum rx_status
parse (struct rx_study *study, const struct rx_yaml_node *node,
       struct rx_study_analysis *analysis, struct rx_error *err)
{
  struct sccs *sccs = rx_keys_array (study, 1, sizeof *sccs, err);
  if (sccs == NULL
      || rx_study_from_check (study, node, analysis, of_table, of_register,
                              err)
             != RX_OK)
    return err->status;
  analysis->spec = sccs;
  enum rx_status status = analysis->data->is_register
                              ? parse_source (study, node, sccs, err)
                              : parse_columns (study, node, &sccs->cases, err);
  if (status != RX_OK
      || parse_cuts (study, node, "age_cuts", false, &sccs->cases, err)
             != RX_OK
      || parse_cuts (study, node, "calendar_cuts", true, &sccs->cases, err)
             != RX_OK)
    return err->status;
  return parse_season (study, node, &sccs->cases, err);
}

/* ---- Run ---------------------------------------------------------------- */

static void
list_risks (const struct rx_case_series_spec *spec, struct rx_text *out)
{
  for (size_t e = 0; e < spec->n_exposures; e++)
    {
      const struct rx_case_exposure *exposure = &spec->exposures[e];
      if (spec->n_exposures > 1)
        rx_text_addf (out, "%s%s: ", e > 0 ? "; " : "", exposure->name);
      for (size_t i = 0; i < exposure->n_risks; i++)
        rx_text_addf (out, "%s%s [%ld, %ld]", i > 0 ? ", " : "",
                      exposure->risks[i].name, (long)exposure->risks[i].from,
                      (long)exposure->risks[i].to);
      if (exposure->first_only)
        rx_text_addz (out, " (first only)");
    }
}

static void
list_cuts (const struct rx_case_series_spec *spec, struct rx_text *out)
{
  char date[RX_DATE_SIZE];
  for (size_t i = 0; i < spec->n_cuts; i++)
    if (spec->cuts_are_dates)
      rx_text_addf (out, "%s%s", i > 0 ? ", " : "",
                    rx_date_print (date, (int32_t)spec->cuts[i]));
    else
      rx_text_addf (out, "%s%ld", i > 0 ? ", " : "", (long)spec->cuts[i]);
  if (spec->n_cuts == 0)
    rx_text_addz (out, "none");
}

/* "12, 1, 2 / 3, 4, 5", in the order of the year within each. */
static void
list_seasons (const struct rx_case_series_spec *spec, struct rx_text *out)
{
  for (size_t s = 0; s < spec->n_seasons; s++)
    {
      bool any = false;
      rx_text_addz (out, s > 0 ? " / " : "");
      for (size_t m = 1; m <= RX_YEAR_MONTHS; m++)
        if (spec->season[m] == s)
          {
            rx_text_addf (out, "%s%zu", any ? ", " : "", m);
            any = true;
          }
    }
  if (spec->n_seasons == 0)
    rx_text_addz (out, "none");
}

static void
list_doses (const struct rx_case_series_spec *spec, struct rx_text *out)
{
  for (size_t e = 0; e < spec->n_exposures; e++)
    for (size_t i = 0; i < spec->exposures[e].columns.n; i++)
      rx_text_addf (out, "%s%s", e + i > 0 ? ", " : "",
                    spec->exposures[e].columns.text[i]);
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
record_columns (const struct rx_study_task *task,
                const struct rx_case_series_spec *spec, struct rx_error *err)
{
  const struct
  {
    const char *key, *column, *fallback;
  } columns[] = { { "columns.person", spec->person, "case" },
                  { "columns.start", spec->start, "start" },
                  { "columns.end", spec->end, "end" },
                  { "columns.event", spec->event, "event" },
                  { "columns.birth", spec->birth, "none" } };
  for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
    if (rx_study_setting (task, err, columns[i].key, "%s",
                          columns[i].column != NULL ? columns[i].column
                                                    : columns[i].fallback)
        != RX_OK)
      return err->status;
  return record_list (task, "columns.exposure", spec, list_doses, err);
}

static enum rx_status
record_bands (const struct rx_study_task *task,
              const struct rx_case_series_spec *spec, struct rx_error *err)
{
  if (record_list (task, "risks", spec, list_risks, err) != RX_OK
      || record_list (task,
                      spec->cuts_are_dates ? "calendar_cuts" : "age_cuts",
                      spec, list_cuts, err)
             != RX_OK)
    return err->status;
  return record_list (task, "season", spec, list_seasons, err);
}

static enum rx_status
record_source (const struct rx_study_task *task, const struct sccs *sccs,
               const struct rx_register_cases_audit *audit,
               struct rx_error *err)
{
  const struct rx_texts nothing = { NULL, 0 };
  const struct rx_register_cases_spec *source = &sccs->source;
  if (rx_study_from_record (task, source->coverage, audit->coverage, err)
          != RX_OK
      || rx_study_from_drugs (task, "drugs.event", source->events, nothing,
                              err)
             != RX_OK
      || rx_study_setting (task, err, "events", "%s",
                           source->all_events ? "all" : "first")
             != RX_OK
      || rx_study_setting (task, err, "run_in", "%d", (int)source->run_in)
             != RX_OK)
    return err->status;
  for (size_t e = 0; e < sccs->cases.n_exposures; e++)
    {
      struct rx_text key = { 0 };
      rx_text_addf (&key, "drugs.%s", sccs->cases.exposures[e].name);
      enum rx_status status
          = key.failed ? rx_fail_memory (err)
                       : rx_study_from_drugs (task, rx_text_string (&key),
                                              sccs->cases.exposures[e].drugs,
                                              nothing, err);
      rx_text_free (&key);
      if (status != RX_OK)
        return status;
    }
  return RX_OK;
}

static enum rx_status
word_design (const struct rx_case_series *cases, const char *what,
             struct rx_text *out, struct rx_error *err)
{
  const struct rx_case_series_spec *spec = cases->spec;
  rx_text_addf (out,
                "The data (%s) hold %zu events of %zu cases, of whom %zu were "
                "exposed. The risk windows, in days since the exposure with "
                "both ends included, are ",
                what, cases->n_events, cases->n, cases->n_exposed);
  list_risks (spec, out);
  rx_text_addz (out, "; a day in windows of two doses belongs to the later "
                     "dose, and windows before a dose have only days that no "
                     "earlier dose has");
  if (spec->n_cuts > 0)
    {
      rx_text_addf (out, "; the bands of %s end on the days ",
                    spec->cuts_are_dates ? "calendar time" : "age");
      list_cuts (spec, out);
    }
  if (spec->n_seasons > 0)
    {
      rx_text_addz (out, "; the seasons are the months ");
      list_seasons (spec, out);
    }
  rx_text_addz (out, ".");
  return out->failed ? rx_fail_memory (err) : RX_OK;
}

static enum rx_status
analyse (const struct rx_study_task *task, const struct rx_case_series *cases,
         const char *what, struct rx_study_finding *finding,
         struct rx_error *err)
{
  struct rx_analysis_plan plan;
  enum rx_status status = rx_study_plan (task, finding, &plan, err);
  if (status == RX_OK)
    status = rx_analysis_case_series (cases, &plan, task->rows, err);
  if (status == RX_OK)
    status = record_bands (task, cases->spec, err);
  if (status == RX_OK)
    status = word_design (cases, what, &finding->design, err);
  return status;
}

static void
word_source (const struct rx_study_task *task, const struct sccs *sccs,
             const struct rx_register_cases_audit *audit, struct rx_text *out)
{
  const struct rx_register_cases_spec *source = &sccs->source;
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  rx_study_from_words (task, source->coverage, audit->coverage, out);
  rx_text_addf (out, "Events are %s of ",
                source->all_events ? "all dispensings"
                                   : "a person's first dispensing");
  rx_study_enumerate (out, source->events, "or", "any drug");
  for (size_t e = 0; e < sccs->cases.n_exposures; e++)
    {
      const struct rx_case_exposure *exposure = &sccs->cases.exposures[e];
      rx_text_addf (out, "%s dispensings of ",
                    e == 0 ? ", exposures are the" : "; and those of the");
      rx_study_enumerate (out, exposure->drugs, "or", "any drug");
      if (sccs->cases.n_exposures > 1)
        rx_text_addf (out, " (%s)", exposure->name);
    }
  rx_text_addf (out,
                ". Everyone is observed from %s to %s, after a run-in of %d "
                "days; %zu persons with a first event in it were left out. ",
                rx_date_print (from, audit->observation.from),
                rx_date_print (to, audit->observation.to), (int)source->run_in,
                audit->old_events);
}

static enum rx_status
remark_source (const struct rx_study_task *task, const struct sccs *sccs,
               const struct rx_register_cases_audit *audit,
               struct rx_error *err)
{
  if (sccs->source.run_in == 0)
    return rx_rows_remark (
        task->rows, true, err,
        "No run-in: exposures before the coverage are not known%s.",
        sccs->source.all_events
            ? ""
            : ", and a first event in it is taken for the first ever");
  return rx_rows_remark (task->rows, false, err,
                         "Persons in the coverage: %zu; with a first event in "
                         "the run-in, left out: %zu.",
                         audit->persons, audit->old_events);
}

static enum rx_status
run_register (const struct rx_study_task *task, const struct sccs *sccs,
              struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_case_series cases = { 0 };
  struct rx_register_cases_audit audit;
  enum rx_status status = rx_register_cases_build (
      &cases, task->reg, &sccs->cases, &sccs->source, &audit, err);
  if (status == RX_OK)
    status = record_source (task, sccs, &audit, err);
  if (status == RX_OK)
    {
      word_source (task, sccs, &audit, &finding->design);
      status = analyse (task, &cases, "so found", finding, err);
    }
  if (status == RX_OK)
    status = remark_source (task, sccs, &audit, err);
  rx_case_series_free (&cases);
  return status;
}

static enum rx_status
run (const struct rx_study_task *task, struct rx_study_finding *finding,
     struct rx_error *err)
{
  const struct sccs *sccs = task->analysis->spec;
  struct rx_case_series cases = { 0 };
  if (task->reg != NULL)
    return run_register (task, sccs, finding, err);
  enum rx_status status
      = rx_case_series_build (&cases, task->table, &sccs->cases, err);
  if (status == RX_OK)
    status = record_columns (task, &sccs->cases, err);
  if (status == RX_OK)
    status = analyse (task, &cases, task->analysis->data->file, finding, err);
  rx_case_series_free (&cases);
  return status;
}

const struct rx_study_type rx_study_type_sccs = {
  .name = "sccs",
  .title = "A self-controlled case series",
  .keys = keys,
  .may_be_register = true,
  .serves = serves,
  .parse = parse,
  .run = run,
};
