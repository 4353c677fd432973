/* two_stage.c: Grizzle's two-stage procedure, to show what it does.

   The carryover is tested first, at CARRYOVER_ALPHA; where it is significant
   the treatments are compared by the two-sample t test of the first period
   alone, else by the period-adjusted test of hills-armitage (Grizzle,
   Biometrics 1965;21:467-480).  The two tests are strongly correlated, so that
   the procedure finds an effect where there is none far more often than its
   nominal level: Freeman, Stat Med 1989;8:1421-1432.  Only on request, with a
   warning; it must not be used to analyse a trial.

   SIZE is from the simulation of scripts/oracle/two_stage.R. */
#include "methods/abba_t.h"
#include "methods/design_needs.h"

#include <math.h>
#include <stdlib.h>

static const double CARRYOVER_ALPHA = 0.10;

/* Of a million trials without effects, 20 subjects a sequence, correlation
   0.5 within subject, at 0.05 two-sided; percent. */
#define SIZE "8.18"

/* Responses of the first period, who has one, by sequence. */
static enum rx_status
first_period (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
              struct rx_contrast out[2], struct rx_error *err)
{
  for (size_t g = 0; g < 2; g++)
    if (rx_contrast_alloc (&out[g], d->n_subjects, err) != RX_OK)
      return err->status;
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      double y = endpoint->y[2 * s];
      bool test_first = d->plan[2 * d->sequence_of[s]] == (int)d->test;
      struct rx_contrast *c = &out[test_first ? 0 : 1];
      if (isnan (y))
        continue;
      /* a key that tells equal values: all that is asked of it here */
      c->key[c->n] = c->n > 0 && y == c->value[0] ? c->key[0] : (int64_t)c->n;
      c->value[c->n++] = y;
    }
  return RX_OK;
}

static enum rx_status
test_first_period (const struct rx_crossover *d,
                   const struct rx_endpoint *endpoint, double level,
                   struct rx_row *row, struct rx_note *note,
                   struct rx_error *err)
{
  struct rx_contrast c[2] = { { 0 }, { 0 } };
  enum rx_status status = first_period (d, endpoint, c, err);
  if (status == RX_OK)
    rx_abba_t (&c[0], &c[1], 1, level, rx_student_two, row, note);
  for (size_t g = 0; g < 2; g++)
    rx_contrast_free (&c[g]);
  return status;
}

static enum rx_status
test_contrast (const struct rx_crossover *d,
               const struct rx_endpoint *endpoint, enum rx_abba_contrast which,
               double factor, double level, struct rx_row *row,
               struct rx_note *note, struct rx_error *err)
{
  struct rx_contrast a, b;
  if (rx_crossover_abba (d, endpoint, which, &a, &b, err) != RX_OK)
    return err->status;
  if (a.n == 0 || b.n == 0)
    rx_note_add (note, "empty-sequence");
  rx_abba_t (&a, &b, factor, level, rx_student_two, row, note);
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return RX_OK;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_row carryover, row;
  struct rx_note note = { "" }, unused = { "" };
  if (test_contrast (design, endpoint, RX_ABBA_TOTAL, 1, options->level,
                     &carryover, &unused, err)
      != RX_OK)
    return err->status;
  bool first = carryover.p_value < CARRYOVER_ALPHA;
  rx_note_add (&note, first ? "first-period-only" : "both-periods");
  if (!isnan (carryover.p_value))
    rx_note_add (&note, "carryover-p=%.3g", carryover.p_value);
  enum rx_status status
      = first ? test_first_period (design, endpoint, options->level, &row,
                                   &note, err)
              : test_contrast (design, endpoint, RX_ABBA_PERIOD_DIFFERENCE,
                               0.5, options->level, &row, &note, err);
  if (status == RX_OK)
    status = rx_fill_crossover (rows, row, design, endpoint, self->name,
                                "treatment", true, &note, err);
  if (status != RX_OK)
    return status;
  return rx_rows_remark (
      rows, true, err,
      "two-stage lets the carryover test choose the analysis, and is shown to "
      "warn of it: at a nominal 5%% it found an effect in " SIZE
      "%% of a million simulated trials without any (20 subjects a sequence, "
      "correlation 0.5 within subject).");
}

const struct rx_method rx_method_two_stage = {
  .name = "two-stage",
  .title = "Grizzle's two-stage procedure: a demonstration, not an analysis",
  .source = "Grizzle 1965, Biometrics 21:467-480; Freeman 1989, Stat Med "
            "8:1421-1432",
  .words = "Grizzle's two-stage procedure is shown to warn of it: the "
           "carryover test, at 0.10, chooses between the first period alone "
           "and both periods.",
  .needs = &rx_needs_abba,
  .on_request = true,
  .crossover = run_crossover,
};
