/* daily_dose.c: the amount that a person used per day: what was dispensed
   before the day of the last dispensing, divided by the days from the first
   to the last.  In DDD where the amounts are.

   By hand: 30 on day 0 and 60 on day 20, the last on day 100: 0.9 a day. */
#include "methods/exposure_rows.h"

#include <math.h>
#include <stdlib.h>

static double
dose_of (const struct rx_exposure *x, size_t person, double *amount,
         const char **why)
{
  const struct rx_dispensing *row = &x->rows[x->start[person]];
  size_t n = x->start[person + 1] - x->start[person];
  double sum = 0;
  *why = "";
  if (n == 1)
    *why = "one-dispensing";
  else if (row[n - 1].day == row[0].day)
    *why = "one-day";
  else
    {
      size_t before = 0;
      while (row[before].day < row[n - 1].day)
        before++;
      sum = rx_exposure_amount (x, x->start[person], x->start[person] + before,
                                amount);
      if (isnan (sum))
        *why = "missing-amount";
    }
  return **why != '\0' ? NAN : sum / (row[n - 1].day - row[0].day);
}

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *x,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  size_t n = 0;
  double *value = rx_array (x->n_persons, sizeof *value);
  double *amount = rx_array (rx_exposure_most (x), sizeof *amount);
  enum rx_status status
      = value == NULL || amount == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t p = 0; p < x->n_persons && status == RX_OK; p++)
    {
      const char *why, *term = rx_exposure_person (x, p, rows);
      double dose = dose_of (x, p, amount, &why);
      if (!isnan (dose))
        value[n++] = dose;
      status = term == NULL ? rx_fail_memory (err)
                            : rx_exposure_add (rows, self->name, term, 1, dose,
                                               why, err);
    }
  if (status == RX_OK)
    status = rx_exposure_distribution (rows, self->name, NULL, value, n,
                                       options->level, err);
  free (value);
  free (amount);
  return status;
}

const struct rx_method rx_method_daily_dose = {
  .name = "daily-dose",
  .title = "Amount used per day, from first to last dispensing",
  .source = "",
  .words = "The daily dose of a person is the amount dispensed before the day "
           "of the last dispensing, divided by the days from the first to the "
           "last.",
  .parts = RX_EXPOSURE_AMOUNT,
  .exposure = run_exposure,
};
