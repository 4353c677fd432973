/* register_states.c: person by person: the days of the group drugs in order,
   then the window after as stretches between them, then the rows of the
   outcomes by the stretch they fall into. */
#include "designs/register_states.h"

#include "designs/register_codes.h"
#include "designs/register_windows.h"

#include <stdlib.h>

struct walk
{
  struct rx_before_after *design;
  const struct rx_register *reg;
  const struct rx_before_after_spec *spec;
  struct rx_codes group;     /* the drugs that expose */
  struct rx_codes *outcomes; /* [n_outcomes] */
  int32_t *day; /* of the exposing dispensings of one person, in order */
  size_t n, room;
};

static int
by_day (const void *a, const void *b)
{
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

/* Days of the person's exposing dispensings, relative to the index. */
static enum rx_status
find_days (struct walk *walk, size_t person, struct rx_error *err)
{
  const struct rx_register *reg = walk->reg;
  uint32_t p = walk->design->person[person];
  walk->n = 0;
  for (size_t row = reg->start[p]; row < reg->start[p + 1]; row++)
    {
      int32_t day = rx_register_day (reg, row);
      int32_t since = day - walk->design->index_day[person];
      if (!walk->group.has[reg->drug[row]]
          || !rx_register_is_dispensing (reg, row)
          || !rx_days_hold (walk->design->coverage, day)
          || !rx_days_hold (walk->spec->group_window, since))
        continue;
      if (rx_grow (&walk->day, &walk->room, walk->n + 1, sizeof *walk->day,
                   err)
          != RX_OK)
        return err->status;
      walk->day[walk->n++] = since;
    }
  if (walk->n > 1)
    qsort (walk->day, walk->n, sizeof *walk->day, by_day);
  return RX_OK;
}

/* The level of a day: that of the dispensings on the days before it. */
static size_t
level_on (const struct walk *walk, int32_t day)
{
  size_t n = 0;
  while (n < walk->n && walk->day[n] < day)
    n++;
  return rx_level_of (walk->design, (long)n);
}

/* The part of the window after in which the person was observed: within the
   coverage, and within the days that a file of persons tells. */
static struct rx_days
follow_up (const struct walk *walk, size_t person)
{
  const struct rx_before_after *design = walk->design;
  struct rx_days days = design->after;
  int64_t first = (int64_t)design->coverage.from - design->index_day[person];
  int64_t last = (int64_t)design->coverage.to - design->index_day[person];
  if (walk->reg->observed != NULL)
    {
      const struct rx_observed *observed
          = &walk->reg->observed[design->person[person]];
      int64_t index = design->index_day[person];
      if (!observed->is_known)
        return (struct rx_days){ 1, 0 }; /* none */
      first = observed->from - index > first ? observed->from - index : first;
      last = observed->to - index < last ? observed->to - index : last;
    }
  if (first > days.to || last < days.from)
    return (struct rx_days){ 1, 0 };
  if (first > days.from)
    days.from = (int32_t)first;
  if (last < days.to)
    days.to = (int32_t)last;
  return days;
}

/* Adds the stretches between one exposing dispensing and the next. */
static void
count_days (const struct walk *walk, size_t person, struct rx_days days)
{
  const struct rx_before_after *design = walk->design;
  int64_t *sum = design->state_days + person * design->n_levels;
  int32_t from = days.from;
  for (size_t k = 0; from <= days.to; k++)
    {
      /* the level lasts to the day of the next dispensing */
      int32_t to
          = k < walk->n && walk->day[k] < days.to ? walk->day[k] : days.to;
      if (to < from)
        continue;
      size_t level = level_on (walk, from);
      if (level < design->n_levels)
        sum[level] += (int64_t)to - from + 1;
      from = to + 1;
    }
}

/* Adds a row to the outcomes of its drug; false when a sum is too large. */
static bool
count_row (const struct walk *walk, size_t person, size_t row, int32_t since)
{
  struct rx_before_after *design = walk->design;
  size_t level = level_on (walk, since);
  int64_t units = rx_register_amount (walk->reg, row);
  bool is_dispensing = rx_register_is_dispensing (walk->reg, row);
  size_t at = person * design->n_levels + level;
  if (level == design->n_levels)
    return true;
  for (size_t o = 0; o < design->n_outcomes; o++)
    {
      struct rx_outcome_sums *sums = &design->outcomes[o];
      if (!walk->outcomes[o].has[walk->reg->drug[row]])
        continue;
      sums->state_dispensings[at] += is_dispensing;
      if (units != RX_AMOUNT_MISSING
          && __builtin_add_overflow (sums->state_units[at], units,
                                     &sums->state_units[at]))
        return false;
    }
  return true;
}

static enum rx_status
walk_person (struct walk *walk, size_t person, struct rx_error *err)
{
  const struct rx_register *reg = walk->reg;
  const struct rx_before_after *design = walk->design;
  uint32_t p = design->person[person];
  if (find_days (walk, person, err) != RX_OK)
    return err->status;
  const struct rx_days days = follow_up (walk, person);
  count_days (walk, person, days);
  for (size_t row = reg->start[p]; row < reg->start[p + 1]; row++)
    {
      int32_t day = rx_register_day (reg, row);
      int32_t since = day - design->index_day[person];
      if (rx_days_hold (days, since) && !count_row (walk, person, row, since))
        return rx_fail (err, RX_EDATA,
                        "%s: the amounts of person %s add up to more than "
                        "64 bits hold",
                        reg->file, reg->persons[p]);
    }
  return RX_OK;
}

static enum rx_status
prepare (struct walk *walk, struct rx_error *err)
{
  struct rx_before_after *design = walk->design;
  const struct rx_register *reg = walk->reg;
  const struct rx_texts nothing = { NULL, 0 };
  size_t cells = design->n_persons * design->n_levels;
  walk->outcomes = rx_array (design->n_outcomes, sizeof *walk->outcomes);
  design->state_days = rx_array (cells, sizeof *design->state_days);
  if (walk->outcomes == NULL || design->state_days == NULL)
    return rx_fail_memory (err);
  if (rx_codes_make (&walk->group, reg->drugs, reg->n_drugs,
                     walk->spec->group_drugs, nothing, err)
      != RX_OK)
    return err->status;
  for (size_t o = 0; o < design->n_outcomes; o++)
    {
      struct rx_outcome_sums *sums = &design->outcomes[o];
      const struct rx_outcome *outcome = &walk->spec->outcomes[o];
      sums->state_dispensings
          = rx_array (cells, sizeof *sums->state_dispensings);
      sums->state_units = rx_array (cells, sizeof *sums->state_units);
      if (sums->state_dispensings == NULL || sums->state_units == NULL)
        return rx_fail_memory (err);
      if (rx_codes_make (&walk->outcomes[o], reg->drugs, reg->n_drugs,
                         outcome->drugs, outcome->except, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

enum rx_status
rx_states_count (struct rx_before_after *design, const struct rx_register *reg,
                 const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct walk walk = { .design = design, .reg = reg, .spec = spec };
  enum rx_status status = prepare (&walk, err);
  for (size_t i = 0; i < design->n_persons && status == RX_OK; i++)
    status = walk_person (&walk, i, err);
  rx_codes_free (&walk.group);
  for (size_t o = 0; walk.outcomes != NULL && o < design->n_outcomes; o++)
    rx_codes_free (&walk.outcomes[o]);
  free (walk.outcomes);
  free (walk.day);
  return status;
}
