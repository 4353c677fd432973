/* time_varying_exposure.c: dispensings of an outcome per person-year by the
   exposure of the day, in place of groups formed from the whole follow-up.

   The exposure of a day is the level of the dispensings of the group drugs so
   far (register_states.h): no one is in x4+ before the fourth.  With E_k
   events and T_k days of exposure k, e_ik and t_ik those of person i: rate K
   365.25 E_k / T_k, SE^2 = (365.25 / T_k)^2 sum (e_ik - t_ik E_k / T_k)^2 K /
   K0        log of the ratio of the rates of K and the reference K0, SE^2 =
   sum (e_ik / E_k - t_ik / T_k - e_i0 / E_0 + t_i0 / T_0)^2 and the normal
   distribution: the Poisson model of the exposure with the log of the days as
   offset and the sandwich variance clustered by person, without a factor for
   few persons (Liang & Zeger 1986, Biometrika 73:13-22).

   By hand: two persons with 1 event in 10 days unexposed and 2 in 10 exposed
   each: log 2, SE 0. */
#include "methods/fill.h"

#include "stats/pool.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char NAME[] = "time-varying-exposure";
static const double DAYS_A_YEAR = 365.25;

struct state
{
  const int64_t *events, *days; /* of person i at i * stride */
  size_t stride, n;
  double scale;             /* events = integer / scale */
  double total, total_days; /* E_k, T_k */
  size_t persons;           /* with a day in it */
};

static struct state
state_of (const struct rx_before_after *design,
          const struct rx_before_after_cell *cell, size_t level)
{
  const struct rx_outcome_sums *sums = &design->outcomes[cell->outcome_number];
  const int64_t *events = rx_measure_is_amount (cell->measure->measure)
                              ? sums->state_units
                              : sums->state_dispensings;
  struct state state = { .events = events + level,
                         .days = design->state_days + level,
                         .stride = design->n_levels,
                         .n = design->n_persons,
                         .scale = cell->scale };
  for (size_t i = 0; i < state.n; i++)
    {
      state.total += (double)state.events[i * state.stride] / state.scale;
      state.total_days += (double)state.days[i * state.stride];
      state.persons += state.days[i * state.stride] > 0;
    }
  return state;
}

/* e_ik / E_k - t_ik / T_k: what person i pulls log (E_k / T_k) by. */
static double
pull (const struct state *state, size_t i)
{
  return (double)state->events[i * state->stride] / state->scale / state->total
         - (double)state->days[i * state->stride] / state->total_days;
}

static double
log_se (const struct state *a, const struct state *b)
{
  struct rx_tally squares = { 0 };
  for (size_t i = 0; i < a->n; i++)
    {
      double d = pull (a, i) - (b != NULL ? pull (b, i) : 0);
      rx_tally_add (&squares, d * d);
    }
  return sqrt (rx_tally_sum (&squares));
}

static void
note_why (struct rx_note *note, const struct state *state)
{
  if (state->total_days == 0)
    rx_note_add (note, "no-person-time");
  else if (!(state->total > 0))
    rx_note_add (note, "zero-total");
}

static bool
has_rate (const struct state *state)
{
  return state->total_days > 0 && state->total > 0;
}

static enum rx_status
add_rate (const struct rx_before_after *design,
          const struct rx_before_after_cell *cell, size_t level,
          double conf_level, struct rx_rows *rows, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  struct state state = state_of (design, cell, level);
  const char *term = rx_strings_format (&rows->strings, "rate %s",
                                        design->levels[level].name);
  if (term == NULL)
    return rx_fail_memory (err);
  double statistic, p;
  rx_note_add (&note, "per-person-year; person-years=%.6g",
               state.total_days / DAYS_A_YEAR);
  note_why (&note, &state);
  row.n = (double)state.persons;
  row.conf_level = conf_level;
  if (state.total_days > 0)
    row.estimate = DAYS_A_YEAR * state.total / state.total_days;
  if (has_rate (&state))
    row.std_error = row.estimate * log_se (&state, NULL);
  rx_pool_test (row.estimate, row.std_error, NAN, conf_level, &statistic, &p,
                &row.conf_low, &row.conf_high);
  return rx_fill_before_after (rows, row, cell, NAME, term, &note, err);
}

static enum rx_status
add_ratio (const struct rx_before_after *design,
           const struct rx_before_after_cell *cell, size_t level,
           size_t reference, double conf_level, struct rx_rows *rows,
           struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  struct state a = state_of (design, cell, level);
  struct state b = state_of (design, cell, reference);
  const char *term = rx_strings_format (&rows->strings, "%s / %s",
                                        design->levels[level].name,
                                        design->levels[reference].name);
  if (term == NULL)
    return rx_fail_memory (err);
  rx_note_add (&note, "log");
  note_why (&note, has_rate (&a) ? &b : &a);
  row.n = (double)design->n_persons;
  row.conf_level = conf_level;
  if (has_rate (&a) && has_rate (&b))
    {
      row.estimate
          = log (a.total / a.total_days) - log (b.total / b.total_days);
      row.std_error = log_se (&a, &b);
      if (!(row.std_error > 0))
        rx_note_add (&note, "zero-variance");
    }
  rx_pool_test (row.estimate, row.std_error, NAN, conf_level, &row.statistic,
                &row.p_value, &row.conf_low, &row.conf_high);
  enum rx_status status
      = rx_fill_before_after (rows, row, cell, NAME, term, &note, err);
  if (status == RX_OK)
    rows->row[rows->n - 1].is_effect = true;
  return status;
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  size_t reference = 0;
  /* once per outcome and measure, not once per group */
  if (cell->group_number != RX_GROUP_ALL || design->placebo
      || design->state_days == NULL || design->reference == NULL)
    return RX_OK;
  while (strcmp (design->levels[reference].name, design->reference) != 0)
    reference++;
  for (size_t k = 0; k < design->n_levels; k++)
    if (add_rate (design, cell, k, options->level, rows, err) != RX_OK)
      return err->status;
  for (size_t k = 0; k < design->n_levels; k++)
    if (k != reference
        && add_ratio (design, cell, k, reference, options->level, rows, err)
               != RX_OK)
      return err->status;
  return RX_OK;
}

const struct rx_method rx_method_time_varying_exposure = {
  .name = "time-varying-exposure",
  .title = "Rates by the exposure of the day, ratios with robust variance",
  .source = "Liang & Zeger 1986, Biometrika 73:13-22",
  .words = "Dispensings per person-year are compared by the exposure of the "
           "day, the number of index dispensings until the day before, with a "
           "variance that is robust to differences between persons.",
  .on_request = true,
  .needs_reference = true,
  .measures = RX_DISPENSINGS | RX_DDD,
  .parts = RX_PART_STATES,
  .before_after = run_before_after,
};
