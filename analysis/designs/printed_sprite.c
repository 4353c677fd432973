/* printed_sprite.c: printed results of whole numbers as questions about the
   data sets behind them. */
#include "designs/printed_sprite.h"

bool
rx_printed_sprite (const struct rx_printed_result *result,
                   enum rx_printed_figure mean, enum rx_printed_figure sd,
                   long n, struct rx_sprite_task *task)
{
  bool binary = result->scale == RX_SCALE_BINARY;
  struct rx_printed_bound min = result->min, max = result->max;
  if (binary && !min.said && !max.said)
    {
      min = (struct rx_printed_bound){ 0, true };
      max = (struct rx_printed_bound){ 1, true };
    }
  if (!rx_printed_has (result, mean) || !rx_printed_has (result, sd) || n < 2
      || !rx_printed_is_whole (result) || !min.said || !max.said)
    return false;
  *task = (struct rx_sprite_task){ .mean = result->figure[mean],
                                   .sd = result->figure[sd],
                                   .n = n,
                                   .items
                                   = result->items > 0 ? result->items : 1,
                                   .low = min.value,
                                   .high = max.value,
                                   .has_least = result->seen_min.said,
                                   .least = result->seen_min.value,
                                   .has_most = result->seen_max.said,
                                   .most = result->seen_max.value,
                                   .fixed = result->fixed,
                                   .n_fixed = result->n_fixed };
  return true;
}

struct rx_se_figures
rx_printed_se_figures (const struct rx_printed_result *result)
{
  const struct rx_printed *figure = result->figure;
  struct rx_printed p = figure[RX_SAYS_P];
  if (result->one_tailed)
    {
      p.value *= 2;
      p.low *= 2;
      p.high *= 2;
    }
  return (struct rx_se_figures){ .se = figure[RX_SAYS_SE],
                                 .sd_diff = figure[RX_SAYS_SD_DIFF],
                                 .ci_low = figure[RX_SAYS_CI_LOW],
                                 .ci_high = figure[RX_SAYS_CI_HIGH],
                                 .t = figure[RX_SAYS_T],
                                 .dz = figure[RX_SAYS_DZ],
                                 .p = p };
}

bool
rx_printed_sprite_pairs (const struct rx_printed_result *result, long n,
                         double level, struct rx_sprite_pairs_task *task)
{
  const struct rx_printed *figure = result->figure;
  *task = (struct rx_sprite_pairs_task){ .level = level,
                                         .r = figure[RX_SAYS_CORR] };
  bool paired = result->design == RX_PRINTED_PAIRED
                && !rx_printed_has (result, RX_SAYS_RATIO);
  if (result->design == RX_PRINTED_PARALLEL
      || !rx_printed_sprite (result, RX_SAYS_MEAN1, RX_SAYS_SD1, n,
                             &task->member[0])
      || !rx_printed_sprite (result, RX_SAYS_MEAN2, RX_SAYS_SD2, n,
                             &task->member[1]))
    return false;
  for (int k = 0; k < 2; k++)
    {
      task->member[k].has_least = task->member[k].has_most = false;
      task->member[k].n_fixed = 0;
    }
  if (paired)
    {
      task->difference = figure[RX_SAYS_DIFFERENCE];
      task->test = rx_printed_se_figures (result);
    }
  static const enum rx_printed_figure together[]
      = { RX_SAYS_SD_DIFF, RX_SAYS_SE,     RX_SAYS_T,      RX_SAYS_P,
          RX_SAYS_DZ,      RX_SAYS_CI_LOW, RX_SAYS_CI_HIGH };
  bool told = rx_printed_has (result, RX_SAYS_CORR);
  for (size_t i = 0; paired && i < sizeof together / sizeof together[0]; i++)
    told = told || rx_printed_has (result, together[i]);
  return told;
}
