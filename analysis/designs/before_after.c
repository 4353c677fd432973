/* before_after.c: the design as a whole: what was asked for is checked, the
   cohort selected, the windows summed; and cells are cut from the sums.

   The steps are in register_cohort.c and register_windows.c. */
#include "designs/before_after.h"

#include "base/date.h"
#include "designs/register_cohort.h"
#include "designs/register_states.h"
#include "designs/register_traps.h"
#include "designs/register_windows.h"

#include <stdlib.h>
#include <string.h>

static const char EVERYONE[] = "all"; /* the group of RX_GROUP_ALL */

const struct rx_measure_name rx_measures[] = {
  { "users", RX_USERS },
  { "dispensings", RX_DISPENSINGS },
  { "ddd", RX_DDD },
  { "treatment-days", RX_TREATMENT_DAYS },
};
const size_t rx_n_measures = sizeof rx_measures / sizeof rx_measures[0];

const struct rx_take_name rx_takes[] = {
  { "first", RX_TAKE_FIRST, false },
  { "first-ever", RX_TAKE_FIRST_EVER, false },
  { "washout-then-first", RX_TAKE_WASHOUT_THEN_FIRST, true },
  { "first-then-washout", RX_TAKE_FIRST_THEN_WASHOUT, true },
};
const size_t rx_n_takes = sizeof rx_takes / sizeof rx_takes[0];

/* ---- Contradictions in what was asked for ------------------------------- */

static enum rx_status
check_window (const char *name, struct rx_days window, struct rx_error *err)
{
  if (window.from <= window.to)
    return RX_OK;
  return rx_fail (err, RX_EDATA,
                  "%s window [%d, %d]: the first day is after the last", name,
                  window.from, window.to);
}

static enum rx_status
check_dates (const char *name, struct rx_days days, struct rx_error *err)
{
  char from[RX_DATE_SIZE], to[RX_DATE_SIZE];
  if (days.from <= days.to)
    return RX_OK;
  return rx_fail (err, RX_EDATA,
                  "%s from %s to %s: the first day is after "
                  "the last",
                  name, rx_date_print (from, days.from),
                  rx_date_print (to, days.to));
}

static enum rx_status
check_outcomes (const struct rx_before_after_spec *spec, struct rx_error *err)
{
  for (size_t i = 0; i < spec->n_outcomes; i++)
    for (size_t j = 0; j < i; j++)
      if (strcmp (spec->outcomes[i].name, spec->outcomes[j].name) == 0)
        return rx_fail (err, RX_EDATA, "two outcomes are named %s",
                        spec->outcomes[i].name);
  return RX_OK;
}

static enum rx_status
check_level (const struct rx_before_after_spec *spec, size_t number,
             struct rx_error *err)
{
  const struct rx_level *level = &spec->levels[number];
  if (level->from > level->to)
    return rx_fail (err, RX_EDATA, "level %s: from %ld is above to %ld",
                    level->name, level->from, level->to);
  if (strcmp (level->name, EVERYONE) == 0)
    return rx_fail (err, RX_EDATA, "level %s: the name stands for everyone",
                    level->name);
  for (size_t i = 0; i < number; i++)
    {
      const struct rx_level *other = &spec->levels[i];
      if (strcmp (level->name, other->name) == 0)
        return rx_fail (err, RX_EDATA, "two levels are named %s", level->name);
      if (level->from <= other->to && other->from <= level->to)
        return rx_fail (err, RX_EDATA,
                        "levels %s and %s overlap: %ld dispensings belong to "
                        "both",
                        other->name, level->name,
                        level->from > other->from ? level->from : other->from);
    }
  return RX_OK;
}

static enum rx_status
check_groups (const struct rx_before_after_spec *spec, struct rx_error *err)
{
  bool known = spec->reference == NULL;
  for (size_t i = 0; i < spec->n_levels; i++)
    {
      if (check_level (spec, i, err) != RX_OK)
        return err->status;
      known = known || strcmp (spec->reference, spec->levels[i].name) == 0;
    }
  if (!known)
    return rx_fail (err, RX_EDATA, "reference %s: there is no such level",
                    spec->reference);
  return spec->n_levels > 0 ? check_window ("group", spec->group_window, err)
                            : RX_OK;
}

/* A dispensing on a day that both windows share would count as before and as
   after. */
static enum rx_status
check_apart (struct rx_days before, struct rx_days after, struct rx_error *err)
{
  if (before.to < after.from)
    return RX_OK;
  return rx_fail (err, RX_EDATA,
                  "before window [%d, %d] must end before the after window "
                  "[%d, %d] starts",
                  before.from, before.to, after.from, after.to);
}

static enum rx_status
check_halves (const struct rx_before_after_spec *spec, struct rx_error *err)
{
  if (!spec->placebo || spec->before.from < spec->before.to)
    return RX_OK;
  return rx_fail (err, RX_EDATA,
                  "before window [%d, %d]: one day has no two halves to "
                  "compare",
                  spec->before.from, spec->before.to);
}

static enum rx_status
check (const struct rx_before_after_spec *spec, struct rx_error *err)
{
  if (spec->index_drugs.n == 0)
    return rx_fail (err, RX_EDATA, "no index drug was named");
  if (check_window ("before", spec->before, err) != RX_OK
      || check_window ("after", spec->after, err) != RX_OK
      || check_apart (spec->before, spec->after, err) != RX_OK
      || check_halves (spec, err) != RX_OK
      || (spec->has_coverage
          && check_dates ("coverage", spec->coverage, err) != RX_OK)
      || (spec->has_index_days
          && check_dates ("index", spec->index_days, err) != RX_OK)
      || check_outcomes (spec, err) != RX_OK)
    return err->status;
  return check_groups (spec, err);
}

/* ---- Building ----------------------------------------------------------- */

/* Copies, for the design outlives what it was made from. */
static enum rx_status
copy_names (struct rx_before_after *design, const struct rx_register *reg,
            const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_strings *strings = &design->strings;
  bool complete;
  design->file = rx_strings_addz (strings, reg->file);
  design->levels = rx_array (spec->n_levels, sizeof *design->levels);
  complete = design->file != NULL && design->levels != NULL;
  for (size_t i = 0; complete && i < spec->n_levels; i++)
    {
      design->levels[i] = spec->levels[i];
      design->levels[i].name = rx_strings_addz (strings, spec->levels[i].name);
      complete = design->levels[i].name != NULL;
    }
  design->n_levels = spec->n_levels;
  if (complete && spec->reference != NULL)
    {
      design->reference = rx_strings_addz (strings, spec->reference);
      complete = design->reference != NULL;
    }
  return complete ? RX_OK : rx_fail_memory (err);
}

void
rx_before_after_halves (struct rx_days window, struct rx_days *first,
                        struct rx_days *second)
{
  int32_t days = (window.to - window.from + 1) / 2;
  *second = (struct rx_days){ window.to - days + 1, window.to };
  *first = (struct rx_days){ second->from - days, second->from - 1 };
}

static enum rx_status
build (struct rx_before_after *design, const struct rx_register *reg,
       const struct rx_before_after_spec *spec, struct rx_error *err)
{
  if (check (spec, err) != RX_OK
      || copy_names (design, reg, spec, err) != RX_OK)
    return err->status;
  design->coverage_from_data = !spec->has_coverage;
  design->coverage = spec->coverage;
  if (!spec->has_coverage)
    design->coverage
        = (struct rx_days){ reg->audit.first_day, reg->audit.last_day };
  design->before = spec->before;
  design->after = spec->after;
  design->guarded = !spec->no_guard;
  bool looks_on = spec->n_levels > 0 && spec->group_window.to > 0;
  design->groups_from_follow_up
      = looks_on && spec->group_window.to >= spec->after.from;
  design->landmark = looks_on && !design->groups_from_follow_up
                         ? spec->group_window.to + 1
                         : 0;
  design->scale = reg->amount_scale;
  design->has_ddd = reg->has_amount && !reg->is_days;
  design->has_days = reg->has_amount && reg->is_days;
  design->synthetic = reg->synthetic;
  design->audit = reg->audit;
  if (rx_cohort_select (design, reg, spec, err) != RX_OK)
    return err->status;
  design->placebo = spec->placebo;
  if (spec->placebo) /* the persons are those of the windows as they were */
    rx_before_after_halves (spec->before, &design->before, &design->after);
  if (rx_windows_sum (design, reg, spec, err) != RX_OK)
    return err->status;
  return rx_traps_find (design, reg, spec, err);
}

enum rx_status
rx_before_after_build (struct rx_before_after *design,
                       const struct rx_register *reg,
                       const struct rx_before_after_spec *spec,
                       struct rx_error *err)
{
  *design = (struct rx_before_after){ 0 };
  enum rx_status status = build (design, reg, spec, err);
  if (status != RX_OK)
    rx_before_after_free (design);
  return status;
}

/* Everybody with an index and covered windows, selected or not. */
static enum rx_status
add_population (struct rx_before_after *design, const struct rx_register *reg,
                const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_before_after_spec all = *spec;
  all.require = NULL;
  all.n_require = 0;
  design->population = rx_array (2, sizeof *design->population);
  if (design->population == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < 2; i++)
    {
      all.placebo = i == 1;
      if (rx_before_after_build (&design->population[i], reg, &all, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_before_after_add (struct rx_before_after *design,
                     const struct rx_register *reg,
                     const struct rx_before_after_spec *spec, unsigned parts,
                     struct rx_error *err)
{
  if ((parts & RX_PART_POPULATION) != 0 && design->population == NULL
      && add_population (design, reg, spec, err) != RX_OK)
    return err->status;
  if ((parts & RX_PART_STATES) == 0 || design->state_days != NULL)
    return RX_OK;
  return rx_states_count (design, reg, spec, err);
}

void
rx_before_after_free (struct rx_before_after *design)
{
  for (size_t i = 0; design->population != NULL && i < 2; i++)
    rx_before_after_free (&design->population[i]);
  free (design->population);
  free (design->state_days);
  for (size_t o = 0; o < design->n_outcomes; o++)
    {
      free (design->outcomes[o].dispensings_before);
      free (design->outcomes[o].dispensings_after);
      free (design->outcomes[o].units_before);
      free (design->outcomes[o].units_after);
      free (design->outcomes[o].state_dispensings);
      free (design->outcomes[o].state_units);
    }
  free (design->outcomes);
  free (design->person);
  free (design->index_day);
  free (design->group);
  free (design->levels);
  free (design->attrition);
  rx_strings_free (&design->strings);
  *design = (struct rx_before_after){ 0 };
}

bool
rx_before_after_has (const struct rx_before_after *design,
                     enum rx_measure measure)
{
  return !rx_measure_is_amount (measure)
         || (measure == RX_DDD ? design->has_ddd : design->has_days);
}

/* ---- Cells -------------------------------------------------------------- */

static bool
belongs (const struct rx_before_after *design, int group, size_t person)
{
  return group == RX_GROUP_ALL || design->group[person] == (size_t)group;
}

static int64_t
user (int64_t dispensings)
{
  return dispensings > 0;
}

/* What the sums of a person are in one measure. */
static void
measure_person (const struct rx_outcome_sums *sums, enum rx_measure measure,
                size_t person, int64_t *before, int64_t *after)
{
  *before = sums->dispensings_before[person];
  *after = sums->dispensings_after[person];
  if (measure == RX_USERS)
    {
      *before = user (*before);
      *after = user (*after);
    }
  else if (rx_measure_is_amount (measure))
    {
      *before = sums->units_before[person];
      *after = sums->units_after[person];
    }
}

enum rx_status
rx_before_after_cell_make (const struct rx_before_after *design,
                           size_t outcome,
                           const struct rx_measure_name *measure, int group,
                           struct rx_before_after_cell *cell,
                           struct rx_error *err)
{
  const struct rx_outcome_sums *sums = &design->outcomes[outcome];
  size_t n = 0;
  for (size_t i = 0; i < design->n_persons; i++)
    n += belongs (design, group, i);
  *cell = (struct rx_before_after_cell){
    .outcome = sums->name,
    .control = sums->control,
    .group = group == RX_GROUP_ALL ? EVERYONE : design->levels[group].name,
    .outcome_number = outcome,
    .group_number = group,
    .measure = measure,
    .n = n,
    .before = rx_array (n, sizeof *cell->before),
    .after = rx_array (n, sizeof *cell->after),
    .scale = rx_measure_is_amount (measure->measure) ? design->scale : 1,
  };
  if (cell->before == NULL || cell->after == NULL)
    {
      rx_before_after_cell_free (cell);
      return rx_fail_memory (err);
    }
  n = 0;
  for (size_t i = 0; i < design->n_persons; i++)
    if (belongs (design, group, i))
      {
        measure_person (sums, measure->measure, i, &cell->before[n],
                        &cell->after[n]);
        n++;
      }
  return RX_OK;
}

void
rx_before_after_cell_free (struct rx_before_after_cell *cell)
{
  free (cell->before);
  free (cell->after);
  *cell = (struct rx_before_after_cell){ 0 };
}
