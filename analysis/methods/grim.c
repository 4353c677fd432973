/* grim.c: can a printed mean or percentage be that of whole numbers?

   Terms: the columns mean, mean1, mean2 where single values are said to be
   whole numbers (items, or scale integer or binary), and percent.  estimate is
   the possible value next to the printed one, the interval what rounds to the
   printed one.  With a count the term `count` is the percentage that it makes.
   The arithmetic is in stats/whole_means.c.

   By hand: 89 % of 17: 15 / 17 = 88.2, 16 / 17 = 94.1: inconsistent. */
#include "methods/printed_rows.h"

#include <math.h>

static enum rx_status
check_percent (const struct rx_printed_result *result, struct rx_rows *rows,
               struct rx_error *err)
{
  const struct rx_printed *percent = &result->figure[RX_SAYS_PERCENT];
  struct rx_whole_check check = { RX_WHOLE_TOO_LONG, NAN, false };
  if (result->n > 0)
    check = rx_grim (percent, true, result->n, 1);
  if (rx_printed_whole_add (rows, &check, percent, result->n, result, "grim",
                            "percent", err)
      != RX_OK)
    return err->status;
  if (result->count < 0 || result->n < 1)
    return RX_OK;
  check.nearest = 100 * (double)result->count / (double)result->n;
  check.powerless = false;
  check.verdict = rx_printed_meets (percent, check.nearest, check.nearest)
                      ? RX_WHOLE_CONSISTENT
                      : RX_WHOLE_RANGE;
  return rx_printed_whole_add (rows, &check, percent, result->n, result,
                               "grim", "count", err);
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  (void)options;
  if (rx_printed_has (result, RX_SAYS_PERCENT)
      && check_percent (result, rows, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < RX_PRINTED_GROUPS; i++)
    {
      const struct rx_printed_group *group = &rx_printed_groups[i];
      const struct rx_printed *mean = &result->figure[group->mean];
      struct rx_whole_check check = { RX_WHOLE_TOO_LONG, NAN, false };
      long n = rx_printed_group_n (result, group);
      if (!rx_printed_has (result, group->mean)
          || !rx_printed_is_whole (result))
        continue;
      if (n > 0)
        check
            = rx_grim (mean, false, n, result->items > 0 ? result->items : 1);
      if (rx_printed_whole_add (rows, &check, mean, n, result, "grim",
                                rx_printed_figure_name (group->mean), err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_grim = {
  .name = "grim",
  .title = "GRIM: can a printed mean or percentage be that of whole numbers?",
  .source = "Brown & Heathers, Soc Psychol Personal Sci 2017;8:363-369",
  .words = "Means and percentages of whole numbers were checked by GRIM.",
  .printed = check_result,
};
