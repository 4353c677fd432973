/* register_windows.c: one pass over the rows of the selected persons.

   Each drug code lists the outcomes it belongs to, so that a row of a drug
   that is in none costs nothing.  Sums are integers: no order of rows can
   change them. */
#include "designs/register_windows.h"

#include "designs/register_codes.h"

#include <stdlib.h>

/* The outcomes of drug d are outcome[start[d]] to outcome[start[d + 1] - 1].
 */
struct outcomes_of
{
  size_t *start; /* [n_drugs + 1] */
  size_t *outcome;
};

static void
outcomes_free (struct outcomes_of *of)
{
  free (of->start);
  free (of->outcome);
}

/* Counts what each drug will list, then lists it. */
static enum rx_status
list_outcomes (struct outcomes_of *of, const struct rx_codes *codes,
               size_t n_outcomes, size_t n_drugs, struct rx_error *err)
{
  size_t total = 0;
  for (size_t o = 0; o < n_outcomes; o++)
    total += codes[o].n;
  of->start = rx_array (n_drugs + 1, sizeof *of->start);
  of->outcome = rx_array (total, sizeof *of->outcome);
  if (of->start == NULL || of->outcome == NULL)
    return rx_fail_memory (err);
  size_t at = 0;
  for (size_t d = 0; d < n_drugs; d++)
    {
      of->start[d] = at;
      for (size_t o = 0; o < n_outcomes; o++)
        if (codes[o].has[d])
          of->outcome[at++] = o;
    }
  of->start[n_drugs] = at;
  return RX_OK;
}

static enum rx_status
make_sums (struct rx_before_after *design, const struct rx_outcome *outcome,
           size_t n_codes, struct rx_outcome_sums *sums, struct rx_error *err)
{
  size_t n = design->n_persons;
  sums->name = rx_strings_addz (&design->strings, outcome->name);
  sums->control = outcome->control;
  sums->n_codes = n_codes;
  sums->dispensings_before = rx_array (n, sizeof *sums->dispensings_before);
  sums->dispensings_after = rx_array (n, sizeof *sums->dispensings_after);
  sums->units_before = rx_array (n, sizeof *sums->units_before);
  sums->units_after = rx_array (n, sizeof *sums->units_after);
  if (sums->name == NULL || sums->dispensings_before == NULL
      || sums->dispensings_after == NULL || sums->units_before == NULL
      || sums->units_after == NULL)
    return rx_fail_memory (err);
  return RX_OK;
}

/* The outcomes' sums, all zero, and the list by drug. */
static enum rx_status
prepare (struct rx_before_after *design, const struct rx_register *reg,
         const struct rx_before_after_spec *spec, struct outcomes_of *of,
         struct rx_error *err)
{
  size_t n = spec->n_outcomes;
  struct rx_codes *codes = rx_array (n, sizeof *codes);
  design->outcomes = rx_array (n, sizeof *design->outcomes);
  if (codes == NULL || design->outcomes == NULL)
    {
      free (codes);
      return rx_fail_memory (err);
    }
  design->n_outcomes = n;
  enum rx_status status = RX_OK;
  for (size_t o = 0; o < n && status == RX_OK; o++)
    {
      const struct rx_outcome *outcome = &spec->outcomes[o];
      status = rx_codes_make (&codes[o], reg->drugs, reg->n_drugs,
                              outcome->drugs, outcome->except, err);
      if (status == RX_OK)
        status = make_sums (design, outcome, codes[o].n, &design->outcomes[o],
                            err);
    }
  if (status == RX_OK)
    status = list_outcomes (of, codes, n, reg->n_drugs, err);
  for (size_t o = 0; o < n; o++)
    rx_codes_free (&codes[o]);
  free (codes);
  return status;
}

static bool
add_units (int64_t *sum, int64_t units)
{
  return units == RX_AMOUNT_MISSING
         || !__builtin_add_overflow (*sum, units, sum);
}

/* Adds a row to the outcomes of its drug; false when a sum is too large. */
static bool
add_row (const struct rx_before_after *design, const struct rx_register *reg,
         const struct outcomes_of *of, size_t i, size_t row)
{
  int32_t day = rx_register_day (reg, row) - design->index_day[i];
  bool before = rx_days_hold (design->before, day);
  bool after = rx_days_hold (design->after, day);
  if (!before && !after)
    return true;
  int64_t units = rx_register_amount (reg, row);
  bool is_dispensing = rx_register_is_dispensing (reg, row), fits = true;
  size_t drug = reg->drug[row];
  for (size_t k = of->start[drug]; k < of->start[drug + 1]; k++)
    {
      struct rx_outcome_sums *sums = &design->outcomes[of->outcome[k]];
      sums->dispensings_before[i] += before && is_dispensing;
      sums->dispensings_after[i] += after && is_dispensing;
      if (before)
        fits = add_units (&sums->units_before[i], units) && fits;
      if (after)
        fits = add_units (&sums->units_after[i], units) && fits;
    }
  return fits;
}

static enum rx_status
sum_rows (const struct rx_before_after *design, const struct rx_register *reg,
          const struct outcomes_of *of, struct rx_error *err)
{
  for (size_t i = 0; i < design->n_persons; i++)
    {
      uint32_t p = design->person[i];
      for (size_t row = reg->start[p]; row < reg->start[p + 1]; row++)
        if (rx_days_hold (design->coverage, rx_register_day (reg, row))
            && !add_row (design, reg, of, i, row))
          return rx_fail (err, RX_EDATA,
                          "%s: the amounts of person %s add up to more than "
                          "64 bits hold",
                          reg->file, reg->persons[p]);
    }
  return RX_OK;
}

/* ---- Groups ------------------------------------------------------------- */

size_t
rx_level_of (const struct rx_before_after *design, long count)
{
  size_t level = 0;
  while (level < design->n_levels
         && (count < design->levels[level].from
             || count > design->levels[level].to))
    level++;
  return level;
}

static enum rx_status
make_groups (struct rx_before_after *design, const struct rx_register *reg,
             const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct rx_codes codes = { 0 };
  const struct rx_texts nothing = { NULL, 0 };
  if (rx_codes_make (&codes, reg->drugs, reg->n_drugs, spec->group_drugs,
                     nothing, err)
      != RX_OK)
    return err->status;
  design->group = rx_array (design->n_persons, sizeof *design->group);
  for (size_t i = 0; design->group != NULL && i < design->n_persons; i++)
    {
      uint32_t p = design->person[i];
      long count = 0;
      for (size_t row = reg->start[p]; row < reg->start[p + 1]; row++)
        {
          int32_t day = rx_register_day (reg, row);
          count += codes.has[reg->drug[row]]
                   && rx_days_hold (design->coverage, day)
                   && rx_days_hold (spec->group_window,
                                    day - design->index_day[i])
                   && rx_register_is_dispensing (reg, row);
        }
      design->group[i] = rx_level_of (design, count);
    }
  rx_codes_free (&codes);
  return design->group == NULL ? rx_fail_memory (err) : RX_OK;
}

enum rx_status
rx_windows_sum (struct rx_before_after *design, const struct rx_register *reg,
                const struct rx_before_after_spec *spec, struct rx_error *err)
{
  struct outcomes_of of = { NULL, NULL };
  enum rx_status status = prepare (design, reg, spec, &of, err);
  if (status == RX_OK)
    status = sum_rows (design, reg, &of, err);
  outcomes_free (&of);
  if (status == RX_OK && spec->n_levels > 0)
    status = make_groups (design, reg, spec, err);
  return status;
}
