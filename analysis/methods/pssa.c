/* pssa.c: prescription sequence symmetry.

   With a and b the persons who started the index drug first and the marker
   drug first, at most `window` days apart and not on one day:

     crude       = a / b, the exact interval of Clopper & Pearson for
                   a / (a + b) turned into odds
     null-effect = P / (1 - P), what the trends in the use of the drugs give
                   by themselves (see stats/sequence_symmetry.c)
     adjusted    = crude / null-effect, the interval too

   The rows `index-then-marker`, `marker-then-index` and `null-probability`
   hold a, b and P.  Several windows are groups, `90 days`, `365 days`. Hallas,
   Epidemiology 1996;7:478-484.

   By hand: a = 171, b = 137 gives crude 1.248. */
#include "designs/symmetry.h"
#include "methods/fill.h"

#include "stats/binomial_odds.h"
#include "stats/sequence_symmetry.h"

#include <math.h>

/* What the rows of one window are made of. */
struct work
{
  const struct rx_symmetry *symmetry;
  struct rx_symmetry_pairs pairs;
  int64_t window;
  const char *group; /* "all" where there is one window */
  struct rx_rows *rows;
};

static enum rx_status
add (const struct work *w, const char *term, double estimate, const char *note,
     struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.method = "pssa";
  row.group = w->group;
  row.term = term;
  row.n = (double)w->symmetry->n;
  row.estimate = estimate;
  row.note = note;
  return rx_rows_add (w->rows, &row, err);
}

/* crude and adjusted; the ratio has no value where nobody had the marker
   first. */
static enum rx_status
add_ratios (const struct work *w, double null, double level,
            struct rx_error *err)
{
  static const char *const terms[] = { "crude", "adjusted" };
  size_t a = w->pairs.index_first, b = w->pairs.marker_first;
  double low, high;
  rx_binomial_odds (a, b, level, &low, &high);
  for (size_t i = 0; i < 2; i++)
    {
      double divisor = i == 0 ? 1 : null;
      struct rx_row row = rx_row_blank ();
      row.method = "pssa";
      row.group = w->group;
      row.term = terms[i];
      row.n = (double)(a + b);
      if (a + b == 0)
        row.note = "no-pairs";
      else if (b == 0)
        row.note = "no-marker-first";
      else if (isnan (divisor))
        row.note = "no-null-effect";
      else
        {
          row.estimate = (double)a / (double)b / divisor;
          row.conf_level = level;
          row.conf_low = low / divisor;
          row.conf_high = high / divisor;
        }
      if (rx_rows_add (w->rows, &row, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
run_window (const struct work *w, double level, struct rx_error *err)
{
  const struct rx_symmetry *s = w->symmetry;
  double p = rx_sequence_null (s->index, s->n_index, s->marker, s->n_marker,
                               w->window);
  /* all pairs one way: a ratio of 0 or infinity adjusts nothing */
  double null = p > 0 && p < 1 ? p / (1 - p) : NAN;
  const char *why = isnan (p)      ? "no-pairs"
                    : isnan (null) ? "no-null-effect"
                                   : "";
  if (add (w, "index-then-marker", (double)w->pairs.index_first, "", err)
          != RX_OK
      || add (w, "marker-then-index", (double)w->pairs.marker_first, "", err)
             != RX_OK
      || add (w, "null-probability", p, isnan (p) ? why : "", err) != RX_OK
      || add (w, "null-effect", null, why, err) != RX_OK)
    return err->status;
  return add_ratios (w, null, level, err);
}

static enum rx_status
run_symmetry (const struct rx_symmetry *s,
              const struct rx_method_options *options, struct rx_rows *rows,
              struct rx_error *err)
{
  for (size_t i = 0; i < s->spec->n_windows; i++)
    {
      struct work w = { .symmetry = s,
                        .window = s->spec->windows[i],
                        .group = "all",
                        .rows = rows };
      w.pairs = rx_symmetry_count (s, w.window);
      if (s->spec->n_windows > 1)
        w.group
            = rx_strings_format (&rows->strings, "%ld days", (long)w.window);
      if (w.group == NULL)
        return rx_fail_memory (err);
      if (run_window (&w, options->level, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_pssa = {
  .name = "pssa",
  .title = "Prescription sequence symmetry: crude and adjusted ratio",
  .source = "Hallas 1996, Epidemiology 7:478-484",
  .words = "The sequence ratio is the number of persons who started the index "
           "drug first divided by that of those who started the marker drug "
           "first, with an exact binomial interval; adjusted for the trends "
           "in use, it is divided by the null-effect ratio (Hallas 1996).",
  .symmetry = run_symmetry,
};
