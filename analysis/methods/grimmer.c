/* grimmer.c: can a printed standard deviation be that of whole numbers with
   the printed mean?

   Terms: the columns sd, sd1, sd2 whose mean is printed beside them, of whole
   numbers (items, or scale integer).  estimate is the possible SD next to the
   printed one, the interval what rounds to the printed one.  Notes on why not:
   grim (the mean), sum-of-squares, parity.  See stats/whole_means.c. */
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
      struct rx_printed sd = result->figure[group->sd];
      long n = rx_printed_group_n (result, group);
      if (!rx_printed_has (result, group->mean)
          || !rx_printed_has (result, group->sd)
          || !rx_printed_is_whole (result))
        continue;
      if (n > 0)
        check = rx_grimmer (&result->figure[group->mean], &sd, n,
                            result->items > 0 ? result->items : 1);
      sd.low = fmax (sd.low, 0);
      if (rx_printed_whole_add (rows, &check, &sd, n, result, "grimmer",
                                rx_printed_figure_name (group->sd), err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_grimmer = {
  .name = "grimmer",
  .title = "GRIMMER: can a printed SD be that of whole numbers?",
  .source = "Anaya, PeerJ Preprints 2016;4:e2400v1; Allard 2018 (three tests)",
  .words = "Standard deviations of whole numbers were checked by GRIMMER.",
  .printed = check_result,
};
