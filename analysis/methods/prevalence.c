/* prevalence.c: users per 1,000 people in every year, quarter or month: who
   had a dispensing in it, with Wilson's interval.  The count is in the note.

   Wilson, JASA 1927;22:209-212.  By hand: 3 users among 1,000: 3 per 1,000. */
#include "methods/calendar_periods.h"

#include "stats/proportion.h"

#include <math.h>

static const double PER = 1000;

static void
one (const struct rx_exposure *x, const struct rx_period *period, double level,
     struct rx_row *row, struct rx_note *note)
{
  size_t users = 0;
  for (size_t p = 0; p < x->n_persons; p++)
    {
      bool any = false;
      for (size_t i = x->start[p]; i < x->start[p + 1] && !any; i++)
        any = rx_days_hold (period->days, x->rows[i].day);
      users += any;
    }
  rx_note_add (note, "users=%zu", users);
  if (isnan (period->people))
    return;
  double share = (double)users / period->people;
  if (share > 1)
    {
      rx_note_add (note, "more-users-than-people");
      return;
    }
  row->estimate = PER * share;
  row->conf_level = level;
  rx_wilson (share, period->people, level, &row->conf_low, &row->conf_high);
  row->conf_low *= PER;
  row->conf_high *= PER;
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *exposure,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  return rx_each_period (exposure, self->name, options, one, rows, err);
}

const struct rx_method rx_method_prevalence = {
  .name = "prevalence",
  .title = "Users per 1,000 people by year, quarter or month",
  .source = "Wilson 1927, JASA 22:209-212",
  .words = "The prevalence of use is the number of persons with a dispensing "
           "in the period per 1,000 people, with Wilson's interval.",
  .parts = RX_EXPOSURE_CALENDAR,
  .exposure = run_exposure,
};
