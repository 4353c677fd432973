/* contradiction.c: printed figures of a row that contradict each other, and
   the smallest change of one of them that would remove the contradiction.

   A figure changed by k units of its last digit still stands for what rounds
   to it.  All figures together are possible when the polygon of
   stats/rebuild.c is not empty, the means give the difference, the SDs of the
   arms some SD_diff, and the p that of the statistic.  Let one figure stand
   for everything within K units of it: that is possible from some K on, which
   bisection finds; whether the figure has to grow or to fall, the one half of
   the widened interval tells.  Persons and degrees of freedom are tried one by
   one.

   Terms: the columns that one change would mend, estimate the figure it would
   have to be, statistic the change in units of its last digit; `smallest`
   where no other needs less.  Term `all`: no-contradiction, or
   no-single-change.

   By hand: mean1 5.2, mean2 4.1, difference 1.4: 1.0 to 1.2 against 1.35 to
   1.45: difference 1.2 (-2 units: 1.15 to 1.25), mean1 5.4 (5.35 to 5.45 less
   4.05 to 4.15 is 1.2 to 1.4), mean2 3.9; two units each. */
#include "methods/printed_statistic.h"
#include "methods/printed_test.h"

#include <math.h>

enum
{
  STEPS_MOST = 1000 /* persons more or fewer that are tried */
};

/* Units of the last digit beyond which no change is looked for. */
static const double UNITS_MOST = 1e12;

/* ---- is a row possible? ----------------------------------------------- */

static bool
meet (struct rx_printed *a, double low, double high)
{
  if (a->kind == RX_PRINTED_NOTHING)
    *a = (struct rx_printed){
      .kind = RX_PRINTED_EQUAL, .value = NAN, .low = low, .high = high
    };
  else if (!rx_printed_meets (a, low, high))
    return false;
  else
    {
      double middle = (fmax (a->low, low) + fmin (a->high, high)) / 2;
      /* ends that only touch leave a point */
      a->low = fmin (fmax (a->low, low), middle);
      a->high = fmax (fmin (a->high, high), middle);
    }
  return true;
}

static bool
means_fit (const struct rx_printed_result *row, struct rx_printed_test *test)
{
  struct rx_printed apart = rx_printed_means_apart (row);
  return apart.kind == RX_PRINTED_NOTHING
         || meet (&test->printed[RX_REBUILT_DIFFERENCE], apart.low,
                  apart.high);
}

/* SDs of the arms beside a printed SD, or without a correlation. */
static bool
arms_fit (const struct rx_printed_result *row, struct rx_printed_test *test)
{
  const struct rx_printed *a = &row->figure[RX_SAYS_SD1];
  const struct rx_printed *b = &row->figure[RX_SAYS_SD2];
  struct rx_printed_result derived = *row;
  struct rx_printed_test other;
  if (!rx_printed_equal (row, RX_SAYS_SD1)
      || !rx_printed_equal (row, RX_SAYS_SD2))
    return true;
  derived.figure[RX_SAYS_SD_DIFF].kind = RX_PRINTED_NOTHING;
  if (rx_printed_test_of (&derived, test->level, &other)
      && other.printed[RX_REBUILT_SD].kind != RX_PRINTED_NOTHING)
    return meet (&test->printed[RX_REBUILT_SD],
                 other.printed[RX_REBUILT_SD].low,
                 other.printed[RX_REBUILT_SD].high);
  double apart = fmax (a->low - b->high, b->low - a->high);
  return row->design == RX_PRINTED_PARALLEL
         || meet (&test->printed[RX_REBUILT_SD], fmax (apart, 0),
                  a->high + b->high);
}

static bool
statistics_fit (const struct rx_printed_result *row)
{
  bool fit = true;
  const struct rx_printed *p = &row->figure[RX_SAYS_P];
  for (size_t i = 0; i < rx_n_printed_statistics; i++)
    {
      double df1, df2;
      struct rx_recomputed found;
      enum rx_printed_figure figure = rx_printed_statistics[i].figure;
      if (p->kind != RX_PRINTED_NOTHING && rx_printed_has (row, figure)
          && rx_printed_statistic_p (row, i, &df1, &df2, &found))
        fit = fit && rx_recomputed_fits (&found, p);
    }
  return fit;
}

static bool
is_possible (const struct rx_printed_result *row, double level)
{
  struct rx_printed_test test;
  struct rx_rebuilt_joint joint;
  if (!statistics_fit (row))
    return false;
  if (!rx_printed_test_of (row, level, &test))
    return true;
  if (!(test.df > 0))
    return false;
  if (!rx_printed_is_ratio (row)
      && (!means_fit (row, &test) || !arms_fit (row, &test)))
    return false;
  rx_rebuild_joint (&test, &joint);
  return joint.possible;
}

/* ---- one figure changed ----------------------------------------------- */

static bool
possible_within (const struct rx_printed_result *row,
                 enum rx_printed_figure figure, double down, double up,
                 double level)
{
  struct rx_printed_result changed = *row;
  struct rx_printed *x = &changed.figure[figure];
  double unit = x->decimals >= 0 ? 1 / rx_printed_power (x->decimals)
                                 : rx_printed_power (-x->decimals);
  if (isfinite (x->low))
    x->low -= down * unit;
  if (isfinite (x->high))
    x->high += up * unit;
  return is_possible (&changed, level);
}

/* The least change in units, NaN when there is none. */
static double
least_change (const struct rx_printed_result *row,
              enum rx_printed_figure figure, double level)
{
  double high = 1, low = 0;
  if (!row->figure[figure].is_short)
    return NAN;
  while (!possible_within (row, figure, high, high, level))
    {
      low = high;
      high *= 2;
      if (high > UNITS_MOST)
        return NAN;
    }
  while (high - low > 1)
    {
      double middle = floor ((low + high) / 2);
      if (possible_within (row, figure, middle, middle, level))
        high = middle;
      else
        low = middle;
    }
  return possible_within (row, figure, 0, high, level) ? high : -high;
}

static double
changed_value (const struct rx_printed *x, double units)
{
  double value = (double)x->units + units;
  return x->decimals >= 0 ? value / rx_printed_power (x->decimals)
                          : value * rx_printed_power (-x->decimals);
}

#define AT(member) offsetof (struct rx_printed_result, member)
static const struct
{
  const char *name;
  size_t offset;
} counts[] = { { "n", AT (n) }, { "n1", AT (n1) }, { "n2", AT (n2) } };
#undef AT

/* The change of a count of persons of least size; 0 when none is found. */
static long
least_step (const struct rx_printed_result *row, size_t offset, double level)
{
  struct rx_printed_result changed = *row;
  long *count = (long *)(void *)((char *)&changed + offset);
  long was = *count;
  for (long step = 1; was > 0 && step <= STEPS_MOST; step++)
    for (int sign = 1; sign >= -1; sign -= 2)
      {
        *count = was + sign * step;
        if (*count >= 2 && is_possible (&changed, level))
          return sign * step;
      }
  return 0;
}

static double
least_df_step (const struct rx_printed_result *row, double level)
{
  struct rx_printed_result changed = *row;
  for (int step = 1; !isnan (row->df) && step <= STEPS_MOST; step++)
    for (int sign = 1; sign >= -1; sign -= 2)
      {
        changed.df = row->df + sign * step;
        if (changed.df > 0 && is_possible (&changed, level))
          return sign * step;
      }
  return 0;
}

/* ---- rows -------------------------------------------------------------- */

enum
{
  CHANGES_MOST = RX_SAYS_FIGURES + 4
};

struct change
{
  const char *term;
  double value, units;
};

static size_t
find_changes (const struct rx_printed_result *row, double level,
              struct change changes[CHANGES_MOST])
{
  size_t n = 0;
  for (int i = 0; i < RX_SAYS_FIGURES; i++)
    {
      enum rx_printed_figure figure = (enum rx_printed_figure)i;
      if (!rx_printed_has (row, figure))
        continue;
      double units = least_change (row, figure, level);
      if (!isnan (units))
        changes[n++]
            = (struct change){ rx_printed_figure_name (figure),
                               changed_value (&row->figure[i], units), units };
    }
  for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
    {
      const char *at = (const char *)row + counts[i].offset;
      double was = (double)*(const long *)(const void *)at;
      double step = (double)least_step (row, counts[i].offset, level);
      if (step != 0)
        changes[n++] = (struct change){ counts[i].name, was + step, step };
    }
  double step = least_df_step (row, level);
  if (step != 0)
    changes[n++] = (struct change){ "df", row->df + step, step };
  return n;
}

static enum rx_status
add (const struct rx_printed_result *result, const char *term, double value,
     double units, const char *word, struct rx_rows *rows,
     struct rx_error *err)
{
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  row.n = rx_printed_n (result);
  row.estimate = value;
  row.statistic = units;
  rx_note_add (&note, "%s", word);
  return rx_printed_row_add (rows, row, result, "contradiction", term, &note,
                             err);
}

/* Are there two figures of a comparison, or a statistic and its p? */
static bool
is_checkable (const struct rx_printed_result *row, double level)
{
  struct rx_printed_test test;
  size_t figures = 0;
  bool statistic = false;
  for (int i = 0; i < RX_SAYS_FIGURES; i++)
    figures += rx_printed_has (row, (enum rx_printed_figure)i);
  for (size_t i = 0; i < rx_n_printed_statistics; i++)
    statistic
        = statistic || rx_printed_has (row, rx_printed_statistics[i].figure);
  return figures > 1
         && ((statistic && rx_printed_has (row, RX_SAYS_P))
             || rx_printed_test_of (row, level, &test));
}

static enum rx_status
check_result (const struct rx_printed_result *result,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  struct change changes[CHANGES_MOST];
  if (!is_checkable (result, options->level))
    return RX_OK;
  if (is_possible (result, options->level))
    return add (result, "all", NAN, NAN, "no-contradiction", rows, err);
  size_t n = find_changes (result, options->level, changes);
  double least = INFINITY;
  for (size_t i = 0; i < n; i++)
    least = fmin (least, fabs (changes[i].units));
  for (size_t i = 0; i < n; i++)
    if (add (result, changes[i].term, changes[i].value, changes[i].units,
             fabs (changes[i].units) == least ? "inconsistent; smallest"
                                              : "inconsistent",
             rows, err)
        != RX_OK)
      return err->status;
  return n > 0 ? RX_OK
               : add (result, "all", NAN, NAN,
                      "inconsistent; no-single-change", rows, err);
}

const struct rx_method rx_method_contradiction = {
  .name = "contradiction",
  .title = "Printed figures that contradict each other: which digit changes?",
  .source = "Nuijten et al, Behav Res Methods 2016;48:1205-1226; intervals of "
            "the rounded figures",
  .words = "Where printed figures contradict each other, the smallest change "
           "of one of them that removes the contradiction was sought.",
  .printed = check_result,
};
