/* relative_change.c: change of the total in percent of the total before,
   100 (A - B) / B, as the Norwegian register papers print it.

   The interval is that of log (A / B) with persons as the units, back in
   percent (see total_ratio.c); for users it is the interval of a ratio of
   paired proportions (delta method).

   By hand: 25 users before and 20 after is -20; with 15 of them both times
   SE^2 of the logarithm is 1/25 + 1/20 - 30/500 = 0.03, and the interval
   -43.0 to 12.3. */
#include "methods/total_ratio.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static struct rx_row
row_of (const struct rx_before_after_cell *cell, double level,
        struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  struct rx_total_ratio ratio = rx_total_ratio_of (cell);
  row.n = (double)cell->n;
  row.estimate = ratio.percent;
  rx_note_add (note, "percent");
  const char *why = rx_total_ratio_why (&ratio, cell->n);
  if (why[0] != '\0')
    rx_note_add (note, "%s", why);
  else if (!(ratio.robust_se > 0))
    rx_note_add (note, "zero-variance");
  if (!(ratio.robust_se > 0))
    return row;
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * ratio.robust_se;
  row.conf_level = level;
  row.conf_low = 100 * expm1 (ratio.log_ratio - half);
  row.conf_high = 100 * expm1 (ratio.log_ratio + half);
  return row;
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  (void)design;
  struct rx_note note = { "" };
  struct rx_row row = row_of (cell, options->level, &note);
  return rx_fill_before_after (rows, row, cell, "relative-change", "change",
                               &note, err);
}

const struct rx_method rx_method_relative_change = {
  .name = "relative-change",
  .title = "Change of the total in percent of the total before",
  .source = "Cochran 1977, Sampling Techniques, 3rd ed., chapter 6 (variance "
            "of a ratio)",
  .words = "The relative change is that of the total, in percent of the total "
           "before, with the interval of the logarithm of the ratio, robust "
           "to differences between persons.",
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .before_after = run_before_after,
};
