/* debit.c: do the printed mean and SD of zeros and ones agree?

   Terms: the columns sd, sd1, sd2 where the scale is binary.  estimate is the
   SD of the mean as printed, sqrt (n m (1 - m) / (n - 1)), the interval what
   the rounding of the mean allows.

   By hand: mean 0.19 of 1683: SD 0.392, printed as 0.35: inconsistent. */
#include "methods/printed_rows.h"

#include <math.h>

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  (void)options;
  for (size_t i = 0; i < RX_PRINTED_GROUPS; i++)
    {
      const struct rx_printed_group *group = &rx_printed_groups[i];
      struct rx_whole_check check = { RX_WHOLE_TOO_LONG, NAN, false };
      struct rx_printed allowed = { .low = NAN, .high = NAN };
      long n = rx_printed_group_n (result, group);
      if (!rx_printed_has (result, group->mean)
          || !rx_printed_has (result, group->sd)
          || result->scale != RX_SCALE_BINARY)
        continue;
      if (n > 0)
        check = rx_debit (&result->figure[group->mean],
                          &result->figure[group->sd], n, &allowed.low,
                          &allowed.high);
      if (rx_printed_whole_add (rows, &check, &allowed, n, result, "debit",
                                rx_printed_figure_name (group->sd), err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_debit = {
  .name = "debit",
  .title = "DEBIT: do the printed mean and SD of zeros and ones agree?",
  .source = "Heathers & Brown 2019, DEBIT: a simple consistency test for "
            "binary data",
  .words = "Means and standard deviations of binary data were checked by "
           "DEBIT.",
  .printed = check_result,
};
