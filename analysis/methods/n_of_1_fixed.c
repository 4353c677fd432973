/* n_of_1_fixed.c: the mean effect in the patients of a set of n-of-1 trials.

   The mean of the patients' mean differences, each patient with the same
   weight, and the variance within patients pooled over all: with k_i cycles in
   patient i of n

     SE^2 = s^2 sum 1 / k_i / n^2,  df = sum (k_i - 1)

   It asks whether the treatment worked in these patients; what it would do in
   others n-of-1-random asks, and paired-t, the t test of the patients' means.
   Araujo, Julious & Senn, PLoS ONE 2016;11(12):e0167167; Senn, Stat Methods
   Med Res 2019;28:372-383.

   By hand: differences 1, 3 and 2, 6 have means 2 and 4, s^2 = 5, so that 3
   has SE sqrt (5 / 4) on 2 df. */
#include "methods/design_needs.h"
#include "methods/n_of_1.h"

#include <math.h>

static struct rx_t_test
pooled (const struct rx_cycles *cycles, double level)
{
  double shares = 0, n = (double)cycles->patients;
  double df = (double)cycles->d.n - n, se = NAN;
  for (size_t i = 0; i < cycles->patients; i++)
    shares += 1 / (double)(cycles->first[i + 1] - cycles->first[i]);
  if (df > 0)
    se = sqrt (rx_cycles_squares_within (cycles) / df * shares) / n;
  return rx_student_from (rx_cycles_mean (cycles), se, df > 0 ? df : NAN,
                          level);
}

/* Why there is no p-value of the patients' mean. */
static const char *
why (struct rx_t_test test)
{
  if (!isnan (test.p))
    return "";
  return test.se == 0 ? "zero-variance" : "one-cycle";
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct rx_cycles cycles;
  enum rx_status status = rx_cycles_make (&cycles, design, endpoint, err);
  if (status == RX_OK && cycles.patients == 0)
    status = rx_cycles_nobody (design, endpoint, self->name, rows, err);
  else if (status == RX_OK)
    {
      struct rx_note ignored = { "" }, note = { "" };
      struct rx_t_test test = pooled (&cycles, options->level);
      struct rx_row row
          = rx_fill_t (test, cycles.patients, options->level, &ignored);
      rx_note_add (&note, "%s", why (test));
      status = rx_fill_crossover (rows, row, design, endpoint, self->name,
                                  "treatment", true, &note, err);
    }
  rx_cycles_free (&cycles);
  return status;
}

const struct rx_method rx_method_n_of_1_fixed = {
  .name = "n-of-1-fixed",
  .title = "n-of-1 trials: the mean effect in these patients",
  .source = "Araujo, Julious & Senn 2016, PLoS ONE 11(12):e0167167",
  .words = "The mean effect in the patients of the set is tested with the "
           "variance within patients, pooled.",
  .needs = &rx_needs_cycles,
  .on_request = true,
  .crossover = run_crossover,
};
