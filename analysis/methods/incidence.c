/* incidence.c: new users per 1,000 people in every year, quarter or month:
   who had a dispensing in it, and none in the days of the wash-out before
   that one; with the exact Poisson interval.  The count is in the note.

   With x new users the limits are the alpha / 2 quantile of the gamma
   distribution with shape x and the 1 - alpha / 2 quantile with shape x + 1
   (Garwood, Biometrika 1936;28:437-442).  A period whose wash-out begins
   before the data do is NA: nobody in it can be told to be new.  By hand: x =
   0: the upper limit is -log (0.025) = 3.689. */
#include "methods/calendar_periods.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double PER = 1000;

static bool
starts (const struct rx_exposure *x, size_t person, struct rx_days days)
{
  for (size_t i = x->start[person]; i < x->start[person + 1]; i++)
    {
      bool first = i == x->start[person]
                   || x->rows[i].day - x->rows[i - 1].day
                          > x->spec->incidence_washout;
      if (first && rx_days_hold (days, x->rows[i].day))
        return true;
    }
  return false;
}

static void
one (const struct rx_exposure *x, const struct rx_period *period, double level,
     struct rx_row *row, struct rx_note *note)
{
  double tail = (1 - level) / 2;
  size_t n = 0;
  if (period->days.from - x->spec->incidence_washout < x->coverage.from)
    {
      rx_note_add (note, "washout-before-coverage");
      return;
    }
  for (size_t p = 0; p < x->n_persons; p++)
    n += starts (x, p, period->days);
  rx_note_add (note, "new-users=%zu", n);
  if (isnan (period->people))
    return;
  double each = PER / period->people;
  row->estimate = each * (double)n;
  row->conf_level = level;
  row->conf_low = n == 0 ? 0 : each * gsl_cdf_gamma_Pinv (tail, (double)n, 1);
  row->conf_high = each * gsl_cdf_gamma_Qinv (tail, (double)n + 1, 1);
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *exposure,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  return rx_each_period (exposure, self->name, options, one, rows, err);
}

const struct rx_method rx_method_incidence = {
  .name = "incidence",
  .title = "New users per 1,000 people by year, quarter or month",
  .source = "Garwood 1936, Biometrika 28:437-442",
  .words = "The incidence of use is the number of persons who started in the "
           "period, after a wash-out without a dispensing, per 1,000 people, "
           "with the exact Poisson interval.",
  .parts = RX_EXPOSURE_CALENDAR,
  .exposure = run_exposure,
};
