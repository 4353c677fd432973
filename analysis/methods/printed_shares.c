/* printed_shares.c: a count where it is printed, else all that the percentage
   leaves. */
#include "methods/printed_shares.h"

#include <stdint.h>

static bool
find_counts (const struct rx_printed_result *result, int i,
             struct rx_shares *shares)
{
  long count = i == 0 ? result->count1 : result->count2;
  const struct rx_printed *percent
      = &result->figure[i == 0 ? RX_SAYS_PERCENT1 : RX_SAYS_PERCENT2];
  int64_t low, high, nearest;
  if (count >= 0)
    low = high = nearest = count;
  else if (percent->kind != RX_PRINTED_EQUAL
           || !rx_percent_counts (percent, shares->n[i], &low, &high,
                                  &nearest))
    return false;
  shares->low[i] = (long)low;
  shares->high[i] = (long)high;
  shares->nearest[i] = (long)nearest;
  shares->none = shares->none || low > high;
  shares->open = shares->open || low < high;
  return true;
}

bool
rx_printed_shares (const struct rx_printed_result *result,
                   struct rx_shares *shares)
{
  bool parallel = result->design == RX_PRINTED_PARALLEL;
  *shares = (struct rx_shares){ .open = false };
  shares->n[0] = parallel ? result->n1 : result->n;
  shares->n[1] = parallel ? result->n2 : result->n;
  return shares->n[0] > 0 && shares->n[1] > 0
         && find_counts (result, 0, shares) && find_counts (result, 1, shares);
}

size_t
rx_shares_pairs (const struct rx_shares *shares)
{
  size_t pairs = 1;
  for (int i = 0; i < 2; i++)
    {
      long counts = shares->high[i] - shares->low[i] + 1;
      if (counts > RX_SHARES_PAIRS_MOST)
        return SIZE_MAX;
      pairs *= counts > 0 ? (size_t)counts : 0;
    }
  return pairs <= RX_SHARES_PAIRS_MOST ? pairs : SIZE_MAX;
}
