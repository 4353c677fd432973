/* printed_statistic.c: which degrees of freedom are whose. */
#include "methods/printed_statistic.h"

#include <math.h>

const struct rx_printed_statistic rx_printed_statistics[] = {
  { RX_SAYS_T, RX_STATISTIC_T, true },
  { RX_SAYS_F, RX_STATISTIC_F, false },
  { RX_SAYS_CHI2, RX_STATISTIC_CHI2, false },
  { RX_SAYS_Q, RX_STATISTIC_CHI2, false },
  { RX_SAYS_Z, RX_STATISTIC_Z, true },
  { RX_SAYS_R, RX_STATISTIC_R, true },
};
const size_t rx_n_printed_statistics
    = sizeof rx_printed_statistics / sizeof rx_printed_statistics[0];

static double
or_else (double x, double other)
{
  return isnan (x) ? other : x;
}

/* Degrees of freedom of the kind, NaN where they are not known. */
static void
find_df (const struct rx_printed_result *result, enum rx_statistic kind,
         double *df1, double *df2)
{
  *df1 = *df2 = NAN;
  switch (kind)
    {
    case RX_STATISTIC_F:
      *df1 = result->df1;
      *df2 = or_else (result->df2, result->df);
      break;
    case RX_STATISTIC_CHI2:
      *df1 = or_else (result->df, result->df1);
      break;
    case RX_STATISTIC_T:
      *df2 = rx_printed_df (result);
      break;
    case RX_STATISTIC_R:
      *df2 = or_else (result->df, result->df2);
      if (isnan (*df2) && result->n > 2)
        *df2 = (double)result->n - 2;
      break;
    default:
      break;
    }
  if (isinf (*df2) || !(*df2 > 0))
    *df2 = NAN;
}

static bool
knows_df (enum rx_statistic kind, double df1, double df2)
{
  return (kind == RX_STATISTIC_Z || !isnan (df1) || !isnan (df2))
         && (kind != RX_STATISTIC_F || (!isnan (df1) && !isnan (df2)));
}

bool
rx_printed_statistic_p (const struct rx_printed_result *result, size_t i,
                        double *df1, double *df2, struct rx_recomputed *found)
{
  const struct rx_printed_statistic *s = &rx_printed_statistics[i];
  find_df (result, s->kind, df1, df2);
  if (!knows_df (s->kind, *df1, *df2))
    return false;
  *found = rx_recompute_p (s->kind, &result->figure[s->figure], *df1, *df2);
  if (s->has_sides && result->one_tailed)
    *found = (struct rx_recomputed){ found->p / 2, found->low / 2,
                                     found->high / 2 };
  return true;
}
