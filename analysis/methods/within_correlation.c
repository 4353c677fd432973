/* within_correlation.c: the correlation between the two measurements of the
   same persons, from the SDs of the arms and the SD of the differences.

   r = (sd1^2 + sd2^2 - SD_diff^2) / (2 sd1 sd2), where SD_diff is printed or
   follows from SE, t, p or interval.  Term `r`: the point in estimate, what
   rounding allows in conf_low and conf_high.  Notes: inconsistent (no
   correlation gives this SD_diff); with a printed correlation consistent or
   inconsistent; as-printed where nothing else tells SD_diff.  Arithmetic:
   stats/paired_spread.c. */
#include "methods/printed_test.h"
#include "stats/paired_spread.h"

#include <math.h>

static struct rx_spread
spread_of (const struct rx_rebuilt *sd)
{
  return (struct rx_spread){ sd->value, sd->low, sd->high };
}

/* SD_diff without what the printed correlation says about it. */
static bool
find_sd_diff (const struct rx_printed_result *result, double level,
              struct rx_rebuilt_joint *joint)
{
  struct rx_printed_result without = *result;
  struct rx_printed_test test;
  without.figure[RX_SAYS_CORR].kind = RX_PRINTED_NOTHING;
  if (!rx_printed_test_of (&without, level, &test) || !(test.df > 0))
    return false;
  rx_rebuild_joint (&test, joint);
  return joint->possible
         && joint->term[RX_REBUILT_SD].check != RX_REBUILT_UNKNOWN;
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_rebuilt_joint joint;
  const struct rx_printed *corr = &result->figure[RX_SAYS_CORR];
  if (result->design == RX_PRINTED_PARALLEL || rx_printed_is_ratio (result)
      || !rx_printed_equal (result, RX_SAYS_SD1)
      || !rx_printed_equal (result, RX_SAYS_SD2)
      || !find_sd_diff (result, options->level, &joint))
    return RX_OK;
  struct rx_spread r = rx_spread_correlation (
      &result->figure[RX_SAYS_SD1], &result->figure[RX_SAYS_SD2],
      spread_of (&joint.term[RX_REBUILT_SD]));
  row.n = rx_printed_n (result);
  if (r.low > r.high || isnan (r.low) || isnan (r.high))
    rx_note_add (&note, "inconsistent; no-correlation");
  else
    {
      row.estimate = fabs (r.value) <= 1 ? r.value : NAN;
      row.conf_low = r.low;
      row.conf_high = r.high;
      rx_note_add (&note, "%s",
                   corr->kind == RX_PRINTED_NOTHING         ? "implied"
                   : rx_printed_meets (corr, r.low, r.high) ? "consistent"
                                                            : "inconsistent");
    }
  return rx_printed_row_add (rows, row, result, "within-correlation", "r",
                             &note, err);
}

const struct rx_method rx_method_within_correlation = {
  .name = "within-correlation",
  .title = "The correlation of the two arms, from their SDs and the SE",
  .source
  = "Cochrane Handbook 2011, 16.4.6.1; Elbourne et al, Int J Epidemiol "
    "2002;31:140-149",
  .words = "Within-subject correlations were reconstructed from the standard "
           "deviations of the arms and of the differences, with the ranges "
           "that rounding allows.",
  .printed = check_result,
};
