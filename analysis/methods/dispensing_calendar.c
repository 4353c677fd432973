/* dispensing_calendar.c: the dispensings of every day of the coverage, for
   the figure of that name; the term is the date. */
#include "methods/exposure_rows.h"

#include <stdlib.h>

static enum rx_status
run_exposure (const struct rx_method *self, const struct rx_exposure *x,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  size_t days = (size_t)((int64_t)x->coverage.to - x->coverage.from + 1);
  size_t *count = rx_array (days, sizeof *count);
  enum rx_status status = count == NULL ? rx_fail_memory (err) : RX_OK;
  (void)options;
  for (size_t i = 0; i < x->n_rows && status == RX_OK; i++)
    count[x->rows[i].day - x->coverage.from]++;
  for (size_t d = 0; d < days && status == RX_OK; d++)
    {
      char date[RX_DATE_SIZE];
      rx_date_print (date, x->coverage.from + (int32_t)d);
      status = rx_exposure_add (rows, self->name, date, x->n_persons,
                                (double)count[d], "", err);
    }
  free (count);
  return status;
}

const struct rx_method rx_method_dispensing_calendar = {
  .name = "dispensing-calendar",
  .title = "Dispensings of every day, as rows for a figure",
  .source = "",
  .words = "",
  .on_request = true,
  .exposure = run_exposure,
};
