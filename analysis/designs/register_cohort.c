/* register_cohort.c: persons pass through the steps one after the other, in
   the order of the attrition table. */
#include "designs/register_cohort.h"

#include "designs/register_codes.h"
#include "designs/register_rules.h"
#include "designs/register_words.h"

#include <stdlib.h>

enum
{
  FIXED_STEPS = 8 /* register, index, clear before it, guard, and four of the
                     file of persons: beside one per requirement */
};

/* Notes that a step left design->n_persons of `before`; reason: a constant. */
static enum rx_status
add_step (struct rx_before_after *design, const char *words,
          const char *reason, size_t before, struct rx_error *err)
{
  if (words == NULL)
    return rx_fail_memory (err);
  design->attrition[design->n_attrition++]
      = (struct rx_attrition){ words, reason, design->n_persons,
                               before - design->n_persons };
  return RX_OK;
}

/* ---- Register and index ------------------------------------------------- */

/* Days on which an index may lie: those asked for, inside the coverage. */
static struct rx_days
index_days (const struct rx_before_after *design,
            const struct rx_before_after_spec *spec)
{
  struct rx_days days = design->coverage;
  if (spec->has_index_days && spec->index_days.from > days.from)
    days.from = spec->index_days.from;
  if (spec->has_index_days && spec->index_days.to < days.to)
    days.to = spec->index_days.to;
  return days;
}

/* What makes an index. */
struct search
{
  const struct rx_register *reg;
  const struct rx_before_after_spec *spec;
  const struct rx_codes *codes;  /* of index drugs */
  struct rx_days coverage, days; /* days: where the index may lie */
};

static bool
is_index_drug (const struct search *search, size_t row)
{
  return search->codes->has[search->reg->drug[row]]
         && rx_register_is_dispensing (search->reg, row);
}

/* Had the person no index drug in the wash-out before that day, or, for the
   first ever, before it at all?  A wash-out that starts before the coverage is
   not known to be clear. */
static bool
is_clear (const struct search *search, size_t person, int32_t index)
{
  const struct rx_register *reg = search->reg;
  struct rx_days before = { search->coverage.from, index - 1 };
  int64_t from = (int64_t)index - search->spec->washout;
  if (search->spec->take != RX_TAKE_FIRST_EVER && from > before.from)
    before.from = (int32_t)from;
  else if (search->spec->take != RX_TAKE_FIRST_EVER && !search->spec->no_guard
           && from < before.from)
    return false;
  for (size_t row = reg->start[person]; row < reg->start[person + 1]; row++)
    if (is_index_drug (search, row)
        && rx_days_hold (before, rx_register_day (reg, row)))
      return false;
  return true;
}

/* What one person's rows say at the start. */
struct entry
{
  size_t outside; /* rows outside the coverage */
  bool inside;    /* some row is inside */
  bool has_index;
  int32_t index;
};

static struct entry
enter (const struct search *search, size_t person)
{
  const struct rx_register *reg = search->reg;
  bool washed = search->spec->take == RX_TAKE_WASHOUT_THEN_FIRST;
  struct entry entry = { 0, false, false, INT32_MAX };
  for (size_t row = reg->start[person]; row < reg->start[person + 1]; row++)
    {
      int32_t day = rx_register_day (reg, row);
      bool inside = rx_days_hold (search->coverage, day);
      entry.outside += !inside;
      entry.inside = entry.inside || inside;
      if (is_index_drug (search, row) && day < entry.index
          && rx_days_hold (search->days, day)
          && (!washed || is_clear (search, person, day)))
        {
          entry.has_index = true;
          entry.index = day;
        }
    }
  return entry;
}

static void
keep_person (struct rx_before_after *design, size_t from, size_t *n)
{
  design->person[*n] = design->person[from];
  design->index_day[(*n)++] = design->index_day[from];
}

/* The step that follows the index where it must be clear before it. */
static enum rx_status
keep_clear (struct rx_before_after *design, const struct search *search,
            struct rx_error *err)
{
  size_t before = design->n_persons, n = 0;
  if (search->spec->take != RX_TAKE_FIRST_EVER
      && search->spec->take != RX_TAKE_FIRST_THEN_WASHOUT)
    return RX_OK;
  for (size_t i = 0; i < before; i++)
    if (is_clear (search, design->person[i], design->index_day[i]))
      keep_person (design, i, &n);
  design->n_persons = n;
  return add_step (design, rx_clear_words (search->spec, &design->strings),
                   search->spec->take == RX_TAKE_FIRST_EVER
                       ? "had an index drug before"
                       : "had an index drug in the wash-out, or it is not "
                         "covered",
                   before, err);
}

static enum rx_status
find_indexes (struct rx_before_after *design, const struct search *search,
              struct rx_error *err)
{
  const struct rx_before_after_spec *spec = search->spec;
  size_t inside = 0, n = 0;
  for (size_t p = 0; p < search->reg->n_persons; p++)
    {
      struct entry entry = enter (search, p);
      design->rows_outside_coverage += entry.outside;
      inside += entry.inside;
      if (!entry.has_index)
        continue;
      design->person[n] = (uint32_t)p;
      design->index_day[n++] = entry.index;
    }
  design->n_persons = inside;
  if (add_step (design, rx_coverage_words (design->coverage, &design->strings),
                "no row inside the coverage", search->reg->n_persons, err)
      != RX_OK)
    return err->status;
  design->n_persons = n;
  const char *words = rx_index_words (
      spec, spec->has_index_days ? spec->index_days : design->coverage,
      &design->strings);
  if (add_step (design, words, "no such dispensing", inside, err) != RX_OK)
    return err->status;
  return keep_clear (design, search, err);
}

static enum rx_status
select_indexes (struct rx_before_after *design, const struct rx_register *reg,
                const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_codes codes = { 0 };
  const struct rx_texts nothing = { NULL, 0 };
  enum rx_status status = rx_codes_make (&codes, reg->drugs, reg->n_drugs,
                                         spec->index_drugs, nothing, err);
  if (status == RX_OK && codes.n == 0)
    {
      const char *words = rx_unknown_drug_words (
          reg, "index drug", spec->index_drugs, &design->strings);
      status = words == NULL
                   ? rx_fail_memory (err)
                   : rx_fail (err, RX_EDATA, "%s: %s", reg->file, words);
    }
  if (status == RX_OK)
    {
      struct search search
          = { reg, spec, &codes, design->coverage, index_days (design, spec) };
      status = find_indexes (design, &search, err);
    }
  rx_codes_free (&codes);
  return status;
}

/* ---- Requirements and guard --------------------------------------------- */

static enum rx_status
apply_rules (struct rx_before_after *design, struct rx_rules *rules,
             const struct rx_before_after_spec *spec, struct rx_error *err)
{
  for (size_t r = 0; r < spec->n_require; r++)
    {
      size_t before = design->n_persons, n = 0;
      for (size_t i = 0; i < before; i++)
        if (rx_rules_hold (rules, r, design->person[i], design->index_day[i]))
          keep_person (design, i, &n);
      design->n_persons = n;
      if (add_step (design,
                    rx_rule_words (&spec->require[r], &design->strings),
                    "requirement not met", before, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
select_eligible (struct rx_before_after *design, const struct rx_register *reg,
                 const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_rules *rules;
  int32_t latest = index_days (design, spec).to;
  for (size_t r = 0; r < spec->n_require; r++)
    if (rx_rule_needs_earlier_use (&spec->require[r], latest))
      design->needs_earlier_use = true;
  if (rx_rules_alloc (&rules, reg, spec->require, spec->n_require,
                      design->coverage, err)
      != RX_OK)
    return err->status;
  enum rx_status status = apply_rules (design, rules, spec, err);
  rx_rules_free (rules);
  return status;
}

static bool
covered (struct rx_days coverage, int32_t index, struct rx_days window)
{
  return (int64_t)index + window.from >= coverage.from
         && (int64_t)index + window.to <= coverage.to;
}

/* The windows of groups and requirements are guarded too where they reach
   beyond the two others: a count cut short would put a person into a lower
   group, or find nothing where nobody looked. */
static const struct rx_days *
if_beyond (const struct rx_before_after_spec *spec,
           const struct rx_days *window, bool is_there)
{
  struct rx_days hull = spec->before;
  if (spec->after.from < hull.from)
    hull.from = spec->after.from;
  if (spec->after.to > hull.to)
    hull.to = spec->after.to;
  bool inside = window->from >= hull.from && window->to <= hull.to;
  return !is_there || inside ? NULL : window;
}

/* Stretches *reach over the windows of all rules; is there any? */
static bool
reach_of (const struct rx_rule *rule, size_t n, struct rx_days *reach)
{
  bool any = false;
  for (size_t i = 0; i < n; i++)
    {
      any = reach_of (rule[i].member, rule[i].n_members, reach) || any;
      if (!rule[i].has_window)
        continue;
      any = true;
      if (rule[i].window.from < reach->from)
        reach->from = rule[i].window.from;
      if (rule[i].window.to > reach->to)
        reach->to = rule[i].window.to;
    }
  return any;
}

/* Is everything observed that the windows ask for?  Without the guard a person
   with a landmark must still reach it: before, the group is not known. */
static bool
is_observed (const struct rx_before_after *design,
             const struct rx_before_after_spec *spec, int32_t index,
             const struct rx_days *group, const struct rx_days *rule)
{
  const struct rx_days to_landmark = { 0, design->landmark };
  if (!design->guarded)
    return covered (design->coverage, index, to_landmark);
  return covered (design->coverage, index, spec->before)
         && covered (design->coverage, index, spec->after)
         && (group == NULL || covered (design->coverage, index, *group))
         && (rule == NULL || covered (design->coverage, index, *rule));
}

/* What a person may lack who is in the file of persons, or is not; `days` are
   those that must be observed. */
static bool
is_unknown (const struct rx_observed *observed, int64_t from, int64_t to)
{
  (void)from;
  (void)to;
  return !observed->is_known;
}

static bool
came_late (const struct rx_observed *observed, int64_t from, int64_t to)
{
  (void)to;
  return from < observed->from;
}

static bool
died (const struct rx_observed *observed, int64_t from, int64_t to)
{
  (void)from;
  return observed->end == RX_END_DEATH && to > observed->to;
}

static bool
left (const struct rx_observed *observed, int64_t from, int64_t to)
{
  (void)from;
  return observed->end == RX_END_EMIGRATION && to > observed->to;
}

static const struct
{
  const char *step, *reason;
  bool (*lacks) (const struct rx_observed *observed, int64_t from, int64_t to);
} observations[] = {
  { "in the file of persons", "not in the file of persons", is_unknown },
  { "there from the first day of the windows on",
    "entered after the first day", came_late },
  { "alive until the last day of the windows", "died before the last day",
    died },
  { "not emigrated until the last day of the windows",
    "emigrated before the last day", left },
};

/* One step per reason, so that each is counted. */
static enum rx_status
keep_observed (struct rx_before_after *design, const struct rx_register *reg,
               struct rx_days days, struct rx_error *err)
{
  size_t n_steps = sizeof observations / sizeof observations[0];
  for (size_t s = 0; reg->observed != NULL && s < n_steps; s++)
    {
      size_t before = design->n_persons, n = 0;
      for (size_t i = 0; i < before; i++)
        if (!observations[s].lacks (&reg->observed[design->person[i]],
                                    (int64_t)design->index_day[i] + days.from,
                                    (int64_t)design->index_day[i] + days.to))
          keep_person (design, i, &n);
      design->n_persons = n;
      if (add_step (design, observations[s].step, observations[s].reason,
                    before, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static void
stretch (struct rx_days *hull, const struct rx_days *window)
{
  if (window != NULL && window->from < hull->from)
    hull->from = window->from;
  if (window != NULL && window->to > hull->to)
    hull->to = window->to;
}

static enum rx_status
apply_guard (struct rx_before_after *design, const struct rx_register *reg,
             const struct rx_before_after_spec *spec, struct rx_error *err)
{
  size_t before = design->n_persons, n = 0;
  struct rx_days reach = { INT32_MAX, INT32_MIN };
  bool has_reach = reach_of (spec->require, spec->n_require, &reach);
  const struct rx_days *group
      = if_beyond (spec, &spec->group_window, spec->n_levels > 0);
  const struct rx_days *rule = if_beyond (spec, &reach, has_reach);
  for (size_t i = 0; i < before; i++)
    if (is_observed (design, spec, design->index_day[i], group, rule))
      keep_person (design, i, &n);
  design->n_persons = n;
  if (add_step (design, rx_guard_words (spec, group, rule, &design->strings),
                "a window reaches outside the coverage", before, err)
      != RX_OK)
    return err->status;
  struct rx_days hull = { 0, design->landmark }; /* all there is to ask for */
  if (!design->guarded && design->landmark == 0)
    return RX_OK;
  if (design->guarded)
    {
      hull = spec->before;
      stretch (&hull, &spec->after);
      stretch (&hull, group);
      stretch (&hull, rule);
    }
  return keep_observed (design, reg, hull, err);
}

enum rx_status
rx_cohort_select (struct rx_before_after *design,
                  const struct rx_register *reg,
                  const struct rx_before_after_spec *spec,
                  struct rx_error *err)
{
  design->attrition
      = rx_array (FIXED_STEPS + spec->n_require, sizeof *design->attrition);
  design->person = rx_array (reg->n_persons, sizeof *design->person);
  design->index_day = rx_array (reg->n_persons, sizeof *design->index_day);
  if (design->attrition == NULL || design->person == NULL
      || design->index_day == NULL)
    return rx_fail_memory (err);
  if (select_indexes (design, reg, spec, err) != RX_OK
      || select_eligible (design, reg, spec, err) != RX_OK)
    return err->status;
  return apply_guard (design, reg, spec, err);
}
