/* register_traps.c: prevalent users taken for new ones, an outcome that holds
   the index drug, codes in another case, eligibility that looks into the
   future, a coverage stretched by one mistyped date. */
#include "designs/register_traps.h"

#include "designs/register_codes.h"

#include <string.h>

/* Selected persons with a dispensing of an index drug before their index. */
static size_t
count_prevalent (const struct rx_before_after *design,
                 const struct rx_register *reg, const struct rx_codes *index)
{
  size_t n = 0;
  for (size_t i = 0; i < design->n_persons; i++)
    {
      bool earlier = false;
      for (size_t row = reg->start[design->person[i]];
           row < reg->start[design->person[i] + 1] && !earlier; row++)
        {
          int32_t day = rx_register_day (reg, row);
          earlier = index->has[reg->drug[row]] && day < design->index_day[i]
                    && rx_days_hold (design->coverage, day)
                    && rx_register_is_dispensing (reg, row);
        }
      n += earlier;
    }
  return n;
}

/* A wash-out over the whole window before the index is a definition of new
   use: what lies before it is no surprise. */
static bool
washed (const struct rx_before_after_spec *spec)
{
  return (spec->take == RX_TAKE_WASHOUT_THEN_FIRST
          || spec->take == RX_TAKE_FIRST_THEN_WASHOUT)
         && spec->washout >= -spec->before.from;
}

/* Does any code of the register belong to the outcome and to the index? */
static enum rx_status
find_shared (struct rx_before_after *design, const struct rx_register *reg,
             const struct rx_before_after_spec *spec,
             const struct rx_codes *index, struct rx_error *err)
{
  for (size_t o = 0; o < spec->n_outcomes; o++)
    {
      struct rx_codes codes;
      if (rx_codes_make (&codes, reg->drugs, reg->n_drugs,
                         spec->outcomes[o].drugs, spec->outcomes[o].except,
                         err)
          != RX_OK)
        return err->status;
      for (size_t d = 0; d < reg->n_drugs; d++)
        if (codes.has[d] && index->has[d])
          design->outcomes[o].takes_index = true;
      rx_codes_free (&codes);
    }
  return RX_OK;
}

static bool
rule_but_for_case (const struct rx_rule *rule, const char *code)
{
  if (rule->kind == RX_RULE_COUNT)
    return rx_codes_but_for_case (rule->drugs, code);
  for (size_t i = 0; i < rule->n_members; i++)
    if (rule_but_for_case (&rule->member[i], code))
      return true;
  return false;
}

static bool
but_for_case (const struct rx_before_after_spec *spec, const char *code)
{
  bool any = rx_codes_but_for_case (spec->index_drugs, code)
             || rx_codes_but_for_case (spec->group_drugs, code);
  for (size_t o = 0; o < spec->n_outcomes && !any; o++)
    any = rx_codes_but_for_case (spec->outcomes[o].drugs, code)
          || rx_codes_but_for_case (spec->outcomes[o].except, code);
  for (size_t i = 0; i < spec->n_require && !any; i++)
    any = rule_but_for_case (&spec->require[i], code);
  return any;
}

static enum rx_status
find_other_case (struct rx_before_after *design, const struct rx_register *reg,
                 const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_traps *traps = &design->traps;
  const char *first = NULL; /* of the alphabet, whatever the order read */
  for (size_t d = 0; d < reg->n_drugs; d++)
    if (but_for_case (spec, reg->drugs[d]))
      {
        traps->other_case++;
        if (first == NULL || strcmp (reg->drugs[d], first) < 0)
          first = reg->drugs[d];
      }
  if (first == NULL)
    return RX_OK;
  traps->other_case_code = rx_strings_addz (&design->strings, first);
  return traps->other_case_code == NULL ? rx_fail_memory (err) : RX_OK;
}

static bool
looks_ahead (const struct rx_rule *rule, int32_t earliest)
{
  if (rule->kind == RX_RULE_COUNT)
    return (!rule->has_days || rule->days.to >= earliest)
           && (!rule->has_window || rule->window.to > 0);
  for (size_t i = 0; i < rule->n_members; i++)
    if (looks_ahead (&rule->member[i], earliest))
      return true;
  return false;
}

static int32_t
earliest_index (const struct rx_before_after *design)
{
  int32_t earliest = INT32_MAX;
  for (size_t i = 0; i < design->n_persons; i++)
    if (design->index_day[i] < earliest)
      earliest = design->index_day[i];
  return earliest;
}

/* Days between the first date of the file and the next one, and between the
   last and the one before it. */
static void
find_gaps (struct rx_traps *traps, const struct rx_register *reg)
{
  int32_t first = reg->audit.first_day, last = reg->audit.last_day;
  int32_t second = last, last_but_one = first;
  for (size_t row = 0; row < reg->n_rows; row++)
    {
      int32_t day = rx_register_day (reg, row);
      if (day > first && day < second)
        second = day;
      if (day < last && day > last_but_one)
        last_but_one = day;
    }
  traps->gap_first = second - first;
  traps->gap_last = last - last_but_one;
}

enum rx_status
rx_traps_find (struct rx_before_after *design, const struct rx_register *reg,
               const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_codes index;
  struct rx_texts nothing = { NULL, 0 };
  struct rx_traps *traps = &design->traps;
  if (rx_codes_make (&index, reg->drugs, reg->n_drugs, spec->index_drugs,
                     nothing, err)
      != RX_OK)
    return err->status;
  if (!washed (spec))
    traps->prevalent = count_prevalent (design, reg, &index);
  enum rx_status status = find_shared (design, reg, spec, &index, err);
  rx_codes_free (&index);
  if (status == RX_OK)
    status = find_other_case (design, reg, spec, err);
  for (size_t i = 0; i < spec->n_require && design->n_persons > 0; i++)
    traps->looks_ahead
        = traps->looks_ahead
          || looks_ahead (&spec->require[i], earliest_index (design));
  find_gaps (traps, reg);
  return status;
}
