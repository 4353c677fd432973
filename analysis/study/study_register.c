/* study_register.c: a before/after analysis run and put into words: what was
   read, who was selected, which windows, which outcomes. */
#include "study/study_register.h"

#include "base/date.h"
#include "base/text.h"
#include "designs/national.h"
#include "methods/analysis_before_after.h"
#include "methods/comparisons.h"
#include "study/study_variants.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* A setting put together as a text, which is freed. */
static enum rx_status
record_text (const struct rx_study_task *task, const char *key,
             struct rx_text *text, struct rx_error *err)
{
  enum rx_status status
      = text->failed
            ? rx_fail_memory (err)
            : rx_study_setting (task, err, key, "%s", rx_text_string (text));
  rx_text_free (text);
  return status;
}

static void
add_list (struct rx_text *out, struct rx_texts texts)
{
  for (size_t i = 0; i < texts.n; i++)
    rx_text_addf (out, "%s%s", i > 0 ? "," : "", texts.text[i]);
}

static enum rx_status
record_days (const struct rx_study_task *task, const char *key,
             struct rx_days days, struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  return rx_study_setting (task, err, key, "%s to %s",
                           rx_date_print (from, days.from),
                           rx_date_print (to, days.to));
}

static enum rx_status
record_window (const struct rx_study_task *task, const char *key,
               struct rx_days days, struct rx_error *err)
{
  return rx_study_setting (task, err, key, "[%d, %d]", (int)days.from,
                           (int)days.to);
}

static const struct rx_take_name *
take_of (const struct rx_before_after_spec *spec)
{
  size_t t = 0;
  while (rx_takes[t].take != spec->take)
    t++;
  return &rx_takes[t];
}

static enum rx_status
record_take (const struct rx_study_task *task,
             const struct rx_before_after_spec *spec, struct rx_error *err)
{
  const struct rx_take_name *take = take_of (spec);
  enum rx_status status
      = rx_study_setting (task, err, "index.take", "%s", take->name);
  if (status == RX_OK && take->has_washout)
    status = rx_study_setting (task, err, "index.washout", "%d",
                               (int)spec->washout);
  return status;
}

static enum rx_status
record_selection (const struct rx_study_task *task,
                  const struct rx_before_after_spec *spec,
                  const struct rx_before_after *design, struct rx_error *err)
{
  struct rx_text drugs = { 0 };
  struct rx_strings strings = { 0 };
  add_list (&drugs, spec->index_drugs);
  if (record_days (task, "coverage", design->coverage, err) != RX_OK
      || rx_study_setting (task, err, "coverage.source", "%s",
                           spec->has_coverage ? "given" : "data")
             != RX_OK
      || rx_study_setting (task, err, "guard", "%s",
                           spec->no_guard ? "false" : "true")
             != RX_OK
      || record_text (task, "index.drugs", &drugs, err) != RX_OK
      || record_days (
             task, "index.days",
             spec->has_index_days ? spec->index_days : design->coverage, err)
             != RX_OK
      || record_take (task, spec, err) != RX_OK)
    {
      rx_text_free (&drugs);
      return err->status;
    }
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < spec->n_require && status == RX_OK; i++)
    {
      char key[32];
      const char *words = rx_rule_words (&spec->require[i], &strings);
      snprintf (key, sizeof key, "require.%zu", i + 1);
      status = words == NULL ? rx_fail_memory (err)
                             : rx_study_setting (task, err, key, "%s", words);
    }
  rx_strings_free (&strings);
  return status;
}

static void
add_level (struct rx_text *out, const struct rx_level *level)
{
  rx_text_addf (out, "%s (%ld", level->name, level->from);
  if (level->to == LONG_MAX)
    rx_text_addz (out, " or more)");
  else if (level->to > level->from)
    rx_text_addf (out, " to %ld)", level->to);
  else
    rx_text_addc (out, ')');
}

static enum rx_status
record_groups (const struct rx_study_task *task,
               const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_text drugs = { 0 }, levels = { 0 };
  if (spec->n_levels == 0)
    return rx_study_setting (task, err, "groups", "none");
  add_list (&drugs, spec->group_drugs);
  for (size_t i = 0; i < spec->n_levels; i++)
    {
      rx_text_addz (&levels, i > 0 ? ", " : "");
      add_level (&levels, &spec->levels[i]);
    }
  enum rx_status status = record_text (task, "groups.drugs", &drugs, err);
  if (status == RX_OK)
    status = record_window (task, "groups.window", spec->group_window, err);
  if (status == RX_OK)
    status = record_text (task, "groups.levels", &levels, err);
  rx_text_free (&levels);
  if (status != RX_OK)
    return status;
  return rx_study_setting (task, err, "groups.reference", "%s",
                           spec->reference != NULL ? spec->reference : "none");
}

static enum rx_status
record_outcomes (const struct rx_study_task *task,
                 const struct rx_before_after_spec *spec, struct rx_error *err)
{
  enum rx_status status = RX_OK;
  for (size_t i = 0; i < spec->n_outcomes && status == RX_OK; i++)
    {
      const struct rx_outcome *outcome = &spec->outcomes[i];
      struct rx_text key = { 0 }, drugs = { 0 };
      rx_text_addf (&key, "outcome.%s", outcome->name);
      add_list (&drugs, outcome->drugs);
      if (outcome->except.n > 0)
        {
          rx_text_addz (&drugs, "; except: ");
          add_list (&drugs, outcome->except);
        }
      if (outcome->control != RX_CONTROL_NONE)
        rx_text_addf (&drugs, "; control: %s",
                      outcome->control == RX_CONTROL_NEGATIVE ? "negative"
                                                              : "positive");
      if (key.failed)
        drugs.failed = true;
      status = record_text (task, rx_text_string (&key), &drugs, err);
      rx_text_free (&key);
    }
  return status;
}

/* The measures in force: those asked for, or all that the data allow. */
static struct rx_text
list_measures (const struct rx_study_analysis *analysis,
               const struct rx_before_after *design)
{
  struct rx_text list = { 0 };
  for (size_t m = 0; m < rx_n_measures; m++)
    {
      unsigned bit = (unsigned)rx_measures[m].measure;
      bool asked = analysis->plan.measures == 0
                   || (analysis->plan.measures & bit) != 0;
      if (asked && rx_before_after_has (design, rx_measures[m].measure))
        rx_text_addf (&list, "%s%s", list.length > 0 ? ", " : "",
                      rx_measures[m].name);
    }
  return list;
}

static enum rx_status
record (const struct rx_study_task *task,
        const struct rx_before_after_spec *spec,
        const struct rx_before_after *design, struct rx_error *err)
{
  struct rx_text measures = list_measures (task->analysis, design);
  if (record_selection (task, spec, design, err) != RX_OK
      || record_window (task, "windows.before", spec->before, err) != RX_OK
      || record_window (task, "windows.after", spec->after, err) != RX_OK
      || record_groups (task, spec, err) != RX_OK
      || record_outcomes (task, spec, err) != RX_OK)
    {
      rx_text_free (&measures);
      return err->status;
    }
  return record_text (task, "measures", &measures, err);
}

/* The map of codes and the file of persons. */
static void
word_beside (const struct rx_study_data *data,
             const struct rx_before_after *design, struct rx_text *out)
{
  const struct rx_register_audit *audit = &design->audit;
  if (data->codes != NULL)
    rx_text_addf (out,
                  "The codes of %zu rows were translated by %s; those of %zu "
                  "rows, which it does not have, stay. ",
                  audit->mapped_rows, data->codes->file, audit->unmapped_rows);
  if (data->persons == NULL)
    return;
  rx_text_addf (out,
                "When a person was observed is said by %s: from entry to "
                "death or emigration, both days included. %zu rows before "
                "the entry, %zu after the death and %zu after the emigration "
                "of the person were left out. ",
                data->persons->file, audit->rows_before_entry,
                audit->rows_after_death, audit->rows_after_emigration);
  rx_text_addz (out, design->guarded
                         ? "So were persons who were not observed through all "
                           "windows, or are not in that file. "
                         : "");
}

static void
word_source (const struct rx_study_task *task,
             const struct rx_before_after *design, struct rx_text *out)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  const struct rx_register_audit *audit = &design->audit;
  rx_text_addf (out,
                "The data (%s) are an extract of a dispensing register with "
                "%zu rows of %zu persons, ",
                task->analysis->data->file, audit->rows, task->reg->n_persons);
  rx_text_addf (out, "from %s to %s. ", rx_date_print (from, audit->first_day),
                rx_date_print (to, audit->last_day));
  rx_text_addf (
      out,
      "It is taken to cover %s to %s%s; %zu rows outside were "
      "ignored. ",
      rx_date_print (from, design->coverage.from),
      rx_date_print (to, design->coverage.to),
      design->coverage_from_data ? ", the range of the data themselves" : "",
      design->rows_outside_coverage);
}

/* Ends the sentence on the index date. */
static void
word_take (const struct rx_before_after_spec *spec, struct rx_text *out)
{
  switch (spec->take)
    {
    case RX_TAKE_FIRST:
      rx_text_addz (out, ". ");
      return;
    case RX_TAKE_FIRST_EVER:
      rx_text_addz (out, "; persons with an earlier one within the coverage "
                         "were left out (first ever). ");
      return;
    case RX_TAKE_WASHOUT_THEN_FIRST:
      rx_text_addf (out,
                    " that no other preceded by %d days or less (wash-out, "
                    "then first)",
                    (int)spec->washout);
      break;
    case RX_TAKE_FIRST_THEN_WASHOUT:
      rx_text_addf (out,
                    "; persons with another in the %d days before it were "
                    "left out (first, then wash-out)",
                    (int)spec->washout);
      break;
    }
  rx_text_addz (out, spec->no_guard ? ". "
                                    : ", the wash-out wholly inside the "
                                      "coverage. ");
}

static enum rx_status
word_selection (const struct rx_before_after_spec *spec,
                const struct rx_before_after *design,
                struct rx_study_finding *finding, struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  struct rx_text *out = &finding->design;
  struct rx_days days
      = spec->has_index_days ? spec->index_days : design->coverage;
  rx_text_addz (out, "A person's index date is the first dispensing of ");
  rx_study_enumerate (out, spec->index_drugs, "or", "any drug");
  rx_text_addf (out, " from %s to %s", rx_date_print (from, days.from),
                rx_date_print (to, days.to));
  word_take (spec, out);
  for (size_t i = 0; i < spec->n_require; i++)
    {
      const char *words = rx_rule_words (&spec->require[i], &finding->strings);
      if (words == NULL)
        return rx_fail_memory (err);
      rx_text_addf (out, "%s%s", i == 0 ? "Required: " : "; and ", words);
    }
  rx_text_addz (out, spec->n_require > 0 ? ". " : "");
  rx_text_addf (out,
                "The window before is days %d to %d and the window after "
                "days %d to %d relative to the index, both ends included. ",
                (int)spec->before.from, (int)spec->before.to,
                (int)spec->after.from, (int)spec->after.to);
  rx_text_addz (out, spec->no_guard
                         ? "Persons whose windows reach outside the coverage "
                           "were kept (no coverage guard), which can invent "
                           "changes. "
                         : "Persons whose windows were not wholly inside the "
                           "coverage were left out. ");
  rx_text_addf (out, "This selected %zu persons. ", design->n_persons);
  return RX_OK;
}

static void
word_outcomes (const struct rx_study_task *task,
               const struct rx_before_after_spec *spec,
               const struct rx_before_after *design, struct rx_text *out)
{
  struct rx_text measures = list_measures (task->analysis, design);
  const char *unit = design->has_days ? "days of treatment" : "DDD";
  rx_text_addz (out, "Outcomes: ");
  for (size_t i = 0; i < spec->n_outcomes; i++)
    {
      const struct rx_outcome *outcome = &spec->outcomes[i];
      rx_text_addf (out, "%s%s (", i > 0 ? "; " : "", outcome->name);
      rx_study_enumerate (out, outcome->drugs, "and", "every drug");
      rx_text_addz (out, outcome->except.n > 0 ? "; not " : "");
      rx_study_enumerate (out, outcome->except, "or", "");
      if (outcome->control != RX_CONTROL_NONE)
        rx_text_addz (out, outcome->control == RX_CONTROL_NEGATIVE
                               ? "; a negative control"
                               : "; a positive control");
      rx_text_addc (out, ')');
    }
  rx_text_addf (out,
                ". Measures: %s. Every selected person counts in every "
                "outcome, zeros included; a negative amount (%zu rows) "
                "lowers the %s and is no dispensing; a missing amount (%zu "
                "rows) is a dispensing with 0 %s; exact duplicates (%zu "
                "rows) stay.",
                rx_text_string (&measures), design->audit.negative_amounts,
                unit, design->audit.missing_amounts, unit,
                design->audit.duplicate_rows);
  out->failed = out->failed || measures.failed;
  rx_text_free (&measures);
}

static void
word_groups (const struct rx_before_after_spec *spec, struct rx_text *out)
{
  if (spec->n_levels == 0)
    return;
  rx_text_addz (out, " Groups are formed by the number of dispensings of ");
  rx_study_enumerate (out, spec->group_drugs, "or", "any drug");
  rx_text_addf (out, " in days %d to %d: ", (int)spec->group_window.from,
                (int)spec->group_window.to);
  for (size_t i = 0; i < spec->n_levels; i++)
    {
      rx_text_addz (out, i > 0 ? ", " : "");
      add_level (out, &spec->levels[i]);
    }
  if (spec->reference != NULL)
    rx_text_addf (out, "; the reference is %s", spec->reference);
  rx_text_addc (out, '.');
}

/* name: of the analysis, or of the variant. */
static enum rx_status
keep_attrition (const struct rx_before_after *design, const char *name,
                struct rx_study_finding *finding, struct rx_error *err)
{
  size_t room = finding->n_attrition;
  if (rx_grow (&finding->attrition, &room, room + design->n_attrition,
               sizeof *finding->attrition, err)
      != RX_OK)
    return err->status;
  for (size_t i = 0; i < design->n_attrition; i++)
    {
      struct rx_attrition step = design->attrition[i];
      step.step = rx_strings_addz (&finding->strings, step.step);
      if (step.step == NULL)
        return rx_fail_memory (err);
      finding->attrition[finding->n_attrition++]
          = (struct rx_study_step){ name, step };
    }
  return RX_OK;
}

static enum rx_status
describe (const struct rx_study_task *task,
          const struct rx_before_after_spec *spec,
          const struct rx_before_after *design,
          struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_text *out = &finding->design;
  word_source (task, design, out);
  word_beside (task->analysis->data, design, out);
  finding->has_coverage = true;
  finding->rows_outside_coverage = design->rows_outside_coverage;
  if (word_selection (spec, design, finding, err) != RX_OK)
    return err->status;
  word_outcomes (task, spec, design, out);
  word_groups (spec, out);
  if (out->failed)
    return rx_fail_memory (err);
  return keep_attrition (design, task->analysis->name, finding, err);
}

/* Negative controls ask for their calibration, national figures for the
   comparison with them. */
static bool
asks (const void *found, const struct rx_method *method)
{
  const struct rx_before_after *design = found;
  return method->unasked && method->lacks (design) == NULL
         && rx_method_serves_before_after (method);
}

/* One variant, its rows under its own name. */
static enum rx_status
run_variant (const struct rx_study_task *task,
             const struct rx_study_variant *variant,
             const struct rx_national *national,
             const struct rx_analysis_plan *plan,
             struct rx_study_finding *finding, struct rx_error *err)
{
  struct rx_before_after design = { 0 };
  struct rx_rows *rows = task->rows;
  rows->origin = task->analysis->name;
  rows->analysis = variant->name;
  rows->note = variant->note;
  enum rx_status status
      = rx_before_after_build (&design, task->reg, &variant->spec, err);
  design.national = national;
  if (status == RX_OK)
    status = rx_before_after_add (&design, task->reg, &variant->spec,
                                  rx_analysis_parts (plan), err);
  if (status == RX_OK)
    status = rx_analysis_before_after (&design, plan, rows, err);
  if (status == RX_OK)
    status = keep_attrition (&design, variant->name, finding, err);
  rx_before_after_free (&design);
  rows->origin = rows->note = NULL;
  rows->analysis = task->analysis->name;
  return status;
}

static enum rx_status
run_variants (const struct rx_study_task *task,
              const struct rx_study_before_after *whole,
              const struct rx_national *national,
              const struct rx_analysis_plan *plan,
              struct rx_study_finding *finding, struct rx_error *err)
{
  for (size_t i = 0; i < whole->n_variants; i++)
    {
      char key[32];
      const struct rx_study_variant *variant = &whole->variant[i];
      snprintf (key, sizeof key, "variant.%zu", i + 1);
      rx_text_addf (&finding->design, "%s%s%s",
                    i == 0 ? " The analysis was also run as: " : "; ",
                    variant->name, i + 1 == whole->n_variants ? "." : "");
      if (rx_study_setting (task, err, key, "%s", variant->name) != RX_OK
          || run_variant (task, variant, national, plan, finding, err)
                 != RX_OK)
        return err->status;
    }
  return finding->design.failed ? rx_fail_memory (err) : RX_OK;
}

enum rx_status
rx_study_register_run (const struct rx_study_task *task,
                       struct rx_study_finding *finding, struct rx_error *err)
{
  const struct rx_study_before_after *whole = task->analysis->spec;
  const struct rx_before_after_spec *spec = &whole->spec;
  struct rx_before_after design = { 0 };
  struct rx_national national = { 0 };
  struct rx_analysis_plan plan;
  enum rx_status status
      = rx_before_after_build (&design, task->reg, spec, err);
  if (status == RX_OK && whole->has_national)
    status = rx_national_build (&national, task->second, &whole->national,
                                spec->outcomes, spec->n_outcomes, err);
  design.national = whole->has_national ? &national : NULL;
  finding->asks = asks;
  finding->found = &design;
  if (status == RX_OK)
    status = rx_study_plan (task, finding, &plan, err);
  finding->found = NULL;
  finding->asks = NULL;
  if (status == RX_OK)
    status = rx_before_after_add (&design, task->reg, spec,
                                  rx_analysis_parts (&plan), err);
  if (status == RX_OK)
    status = rx_analysis_before_after (&design, &plan, task->rows, err);
  if (status == RX_OK)
    status = record (task, spec, &design, err);
  if (status == RX_OK)
    status = describe (task, spec, &design, finding, err);
  if (status == RX_OK)
    status = run_variants (task, whole, design.national, &plan, finding, err);
  finding->family = "the change rows of one method, measure and group over "
                    "all outcomes";
  rx_before_after_free (&design);
  rx_national_free (&national);
  return status;
}
