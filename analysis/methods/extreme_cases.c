/* extreme_cases.c: the least and the greatest effect that the missing
   responses could make of an AB/BA trial.

   Every missing response of every subject of the file is filled in: for
   `low-case` with the lower end of a range under the test and with the upper
   end under the reference, for `high-case` the other way round.  The range is
   that of `--drop-out-values`, else 0 to 1 of binary responses, else that of
   the responses observed (notes low, high).  With `better` given the notes
   best-case and worst-case say which is which.  Then the period-adjusted t
   test of hills-armitage; of binary responses the paired difference with
   McNemar's test.

   By hand: differences 1, 1 and one subject with neither response in 0 to 10,
   no period effect: -10 at least, 10 at most for that subject. */
#include "methods/abba_t.h"
#include "methods/design_needs.h"
#include "methods/mcnemar_row.h"
#include "methods/other_responses.h"

#include "base/number.h"

#include <math.h>
#include <string.h>

struct range
{
  double low, high;
};

static bool
is_binary (const struct rx_crossover *d, const struct rx_endpoint *endpoint)
{
  size_t subject, period;
  return rx_crossover_observed (d, endpoint)
         && rx_crossover_binary (d, endpoint, &subject, &period);
}

static struct range
range_of (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
          const struct rx_method_options *options)
{
  struct range r = { NAN, NAN };
  const double *given = options->missing.values;
  if (options->missing.has_values)
    return d->log ? (struct range){ log (given[0]), log (given[1]) }
                  : (struct range){ given[0], given[1] };
  if (is_binary (d, endpoint))
    return (struct range){ 0, 1 };
  for (size_t i = 0; i < d->n_subjects * 2; i++)
    {
      r.low = fmin (r.low, endpoint->y[i]); /* a number wins over NaN */
      r.high = fmax (r.high, endpoint->y[i]);
    }
  return r;
}

/* Returns how many responses were missing. */
static size_t
fill_in (const struct rx_crossover *d, struct rx_endpoint *endpoint,
         double test, double reference)
{
  size_t n = 0;
  for (size_t s = 0; s < d->n_subjects; s++)
    for (size_t p = 0; p < 2; p++)
      if (isnan (endpoint->y[s * 2 + p]))
        {
          int treatment = d->plan[d->sequence_of[s] * 2 + p];
          endpoint->y[s * 2 + p]
              = treatment == (int)d->test ? test : reference;
          n++;
        }
  return n;
}

static struct rx_row
mcnemar (const struct rx_mcnemar *pairs, double level, struct rx_note *note)
{
  struct rx_row row = rx_mcnemar_row (pairs, level, note);
  row.df = pairs->n > 0 ? 1 : NAN;
  row.statistic = pairs->chi_squared;
  row.p_value = pairs->p_chi_squared;
  return row;
}

/* The design as if every subject had both periods. */
static enum rx_status
test_filled (const struct rx_crossover *d, const struct rx_endpoint *filled,
             bool binary, double level, struct rx_row *row,
             struct rx_note *note, struct rx_error *err)
{
  struct rx_contrast a, b;
  if (rx_crossover_abba (d, filled, RX_ABBA_PERIOD_DIFFERENCE, &a, &b, err)
      != RX_OK)
    return err->status;
  if (binary)
    {
      size_t only_test = 0, only_reference = 0;
      for (size_t i = 0; i < a.n; i++)
        {
          only_test += a.value[i] > 0;
          only_reference += a.value[i] < 0;
        }
      for (size_t i = 0; i < b.n; i++)
        {
          only_test += b.value[i] < 0;
          only_reference += b.value[i] > 0;
        }
      struct rx_mcnemar pairs
          = rx_mcnemar (only_reference, only_test, a.n + b.n, level);
      *row = mcnemar (&pairs, level, note);
    }
  else
    rx_abba_t (&a, &b, 0.5, level, rx_student_two, row, note);
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return RX_OK;
}

/* Where nobody is, there is nothing that the extremes could be extremes of. */
static bool
someone_is_complete (const struct rx_crossover *d,
                     const struct rx_endpoint *endpoint)
{
  for (size_t s = 0; s < d->n_subjects; s++)
    if (rx_crossover_complete (d, endpoint, s))
      return true;
  return false;
}

static void
word_case (const struct rx_endpoint *endpoint, bool low, struct range range,
           size_t missing, struct rx_note *note)
{
  char text[2][RX_NUMBER_SIZE];
  rx_note_add (note, "filled-in=%zu", missing);
  rx_note_add (note, "low=%s", rx_number_print (text[0], range.low));
  rx_note_add (note, "high=%s", rx_number_print (text[1], range.high));
  if (endpoint->better[0] != '\0')
    rx_note_add (note, low == (strcmp (endpoint->better, "lower") == 0)
                           ? "best-case"
                           : "worst-case");
}

static enum rx_status
one_case (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
          struct range range, bool low, double level, struct rx_rows *rows,
          struct rx_error *err)
{
  struct rx_endpoint filled;
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  enum rx_status status = RX_OK;
  if (rx_other_responses (&filled, d, endpoint, err) != RX_OK)
    return err->status;
  if (someone_is_complete (d, endpoint))
    {
      size_t missing = fill_in (d, &filled, low ? range.low : range.high,
                                low ? range.high : range.low);
      status = test_filled (d, &filled, is_binary (d, endpoint), level, &row,
                            &note, err);
      word_case (endpoint, low, range, missing, &note);
    }
  else
    {
      row.n = 0;
      rx_note_add (&note, "no-subjects");
    }
  if (status == RX_OK)
    status = rx_fill_crossover (rows, row, d, endpoint, "extreme-cases",
                                low ? "low-case" : "high-case", false, &note,
                                err);
  rx_other_responses_free (&filled);
  return status;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  struct range range = range_of (design, endpoint, options);
  if (one_case (design, endpoint, range, true, options->level, rows, err)
      != RX_OK)
    return err->status;
  return one_case (design, endpoint, range, false, options->level, rows, err);
}

const struct rx_method rx_method_extreme_cases = {
  .name = "extreme-cases",
  .title = "The least and the greatest effect that missing responses allow",
  .source = "Hills & Armitage 1979, Br J Clin Pharmacol 8:7-20; McNemar 1947, "
            "Psychometrika 12:153-157",
  .words = "Missing responses are filled in with the ends of a range, against "
           "the test and in its favour, for the least and the greatest effect "
           "that they allow.",
  .needs = &rx_needs_abba,
  .own_terms = true,
  .on_request = true,
  .whole_trial = true,
  .crossover = run_crossover,
};
