/* national_trend.c: the change of a whole population beside that of the
   persons, as Table 4 of Raknes & Småbrekke does (J Crohns Colitis 2018;
   12:677-686).

   Row `national`, group `population`: 100 (A - B) / B of the population's
   figures B before and A after.  Rows `change`: 100 (a / b - 1) of the totals
   b and a of the persons, group by group, with SE = 100 (a / b) times the
   robust SE of log (a / b), persons being the units (total_ratio.c).
   Rows `difference`: change minus national, the population taken as known.

   By hand: 20 to 21.88 DDD per inhabitant is 9.4; persons who fall from 100 to
   91.2 have -8.8, a difference of -18.2. */
#include "methods/fill.h"

#include "designs/national.h"
#include "methods/total_ratio.h"
#include "stats/pool.h"

#include <math.h>

static const char NAME[] = "national-trend";

static double
national_change (const struct rx_national_figure *figure, struct rx_note *note)
{
  rx_note_add (note, "percent");
  if (isnan (figure->before) || isnan (figure->after))
    rx_note_add (note, "missing-figure");
  else if (figure->before == 0)
    rx_note_add (note, "zero-total");
  return figure->percent;
}

/* Once for an outcome and measure, before its groups. */
static enum rx_status
add_national (const struct rx_before_after_cell *cell, double change,
              const struct rx_note *note, struct rx_rows *rows,
              struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_before_after_cell population = *cell;
  population.group = "population";
  row.estimate = change;
  return rx_fill_before_after (rows, row, &population, NAME, "national", note,
                               err);
}

static enum rx_status
add_group (const struct rx_before_after_cell *cell, double estimate, double se,
           double level, const char *term, const struct rx_note *note,
           struct rx_rows *rows, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.n = (double)cell->n;
  row.estimate = estimate;
  row.std_error = se;
  row.conf_level = level;
  rx_pool_test (estimate, se, NAN, level, &row.statistic, &row.p_value,
                &row.conf_low, &row.conf_high);
  return rx_fill_before_after (rows, row, cell, NAME, term, note, err);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  struct rx_note national_note = { "" }, note = { "" };
  const struct rx_national_figure *figure
      = rx_national_find (design->national, cell->outcome, cell->measure);
  if (figure == NULL || design->placebo)
    return RX_OK;
  double national = national_change (figure, &national_note);
  if (cell->group_number == RX_GROUP_ALL
      && add_national (cell, national, &national_note, rows, err) != RX_OK)
    return err->status;
  struct rx_total_ratio ratio = rx_total_ratio_of (cell);
  double se = 100 * ratio.after / ratio.before * ratio.robust_se;
  rx_note_add (&note, "percent");
  if (isnan (ratio.percent))
    rx_note_add (&note, "%s", rx_total_ratio_why (&ratio, cell->n));
  else if (!(se > 0))
    rx_note_add (&note, "zero-variance");
  if (add_group (cell, ratio.percent, se, options->level, "change", &note,
                 rows, err)
      != RX_OK)
    return err->status;
  rx_note_add (&note, isnan (national) ? "no-national-change"
                                       : "population-taken-as-known");
  return add_group (cell, ratio.percent - national, se, options->level,
                    "difference", &note, rows, err);
}

static const char *
lacks (const struct rx_before_after *design)
{
  return design->national != NULL ? NULL
                                  : "figures of a population (national)";
}

const struct rx_method rx_method_national_trend = {
  .name = "national-trend",
  .title = "Relative change beside that of a whole population",
  .source = "Raknes & Smabrekke 2018, J Crohns Colitis 12:677-686, Table 4 "
            "(layout); Cochran 1977, Sampling Techniques, 3rd ed., chapter 6",
  .words = "The relative change of the totals, with a standard error that is "
           "robust to differences between persons, is compared with that of "
           "the population, which is taken as known.",
  .measures = RX_USERS | RX_DISPENSINGS | RX_DDD,
  .lacks = lacks,
  .unasked = true,
  .before_after = run_before_after,
};
