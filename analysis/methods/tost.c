/* tost.c: two one-sided tests of equivalence.

   The difference test minus reference from least squares with subject, period
   and treatment fixed, against the limits of `--margin`:
     p = max (P (T > (d - low) / SE), P (T < (d - high) / SE))
   with the interval of confidence 1 - 2 alpha, which lies within the limits
   when p < alpha.  Of logarithms: ratios in percent, against 80 to 125 unless
   margins are given.  Schuirmann, J Pharmacokinet Biopharm 1987;15:657-680.

   By hand: d = 1, SE = 0.5, 10 degrees of freedom, limits -2 and 2: both
   t = 6 and t = -2, p = 0.0367. */
#include "methods/equivalence_rows.h"

#include "stats/equivalence.h"

#include <math.h>

static const double RATIO_LOW = 0.8, RATIO_HIGH = 1.25;

struct reporting
{
  const struct rx_equivalence_fit *fit;
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  double level, alpha, margin[2]; /* margins as the user has them */
  struct rx_rows *rows;
};

/* From the analysis scale to that of the rows. */
static double
shown (const struct reporting *r, double x)
{
  return r->design->log ? 100 * exp (x) : x;
}

static double
analysed (const struct reporting *r, double margin)
{
  return r->design->log ? log (margin) : margin;
}

static enum rx_status
add_test (void *context, const char *term, const struct rx_linear_test *test,
          struct rx_error *err)
{
  const struct reporting *r = context;
  struct rx_t_test t
      = rx_student_from (test->estimate, test->se, test->df, r->level);
  struct rx_tost tost
      = rx_tost (test->estimate, test->se, test->df,
                 analysed (r, r->margin[0]), analysed (r, r->margin[1]));
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)r->fit->n;
  row.estimate = shown (r, test->estimate);
  row.std_error = r->design->log ? NAN : test->se;
  row.df = test->df;
  row.statistic = tost.t;
  row.p_value = tost.p;
  row.conf_level = r->level;
  row.conf_low = shown (r, t.low);
  row.conf_high = shown (r, t.high);
  rx_equivalence_note (r->fit, test, &note);
  if (!isnan (tost.p))
    rx_note_add (&note, tost.p <= r->alpha ? "equivalent" : "not-shown");
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint, "tost", term,
                            false, &note, err);
}

static enum rx_status
report (const struct rx_equivalence_fit *fit,
        const struct rx_crossover *design, const struct rx_endpoint *endpoint,
        const struct rx_method_options *options, const char *method,
        struct rx_rows *rows, struct rx_error *err)
{
  struct reporting r = { .fit = fit,
                         .design = design,
                         .endpoint = endpoint,
                         .level = rx_equivalence_level (options),
                         .alpha = rx_equivalence_one_sided (options),
                         .margin = { RATIO_LOW, RATIO_HIGH },
                         .rows = rows };
  if (options->has_margin)
    {
      r.margin[0] = options->margin[0];
      r.margin[1] = options->margin[1];
    }
  double unit = design->log ? 100 : 1;
  if (rx_equivalence_each (fit, design, design->log ? "ratio" : "treatment",
                           design->log ? "ratio:" : "", add_test, &r, rows,
                           err)
          != RX_OK
      || (design->log
          && rx_equivalence_variation (fit, design, endpoint, method, rows,
                                       err)
                 != RX_OK))
    return err->status;
  return rx_equivalence_limits (unit * r.margin[0], unit * r.margin[1], fit->n,
                                design, endpoint, method, "", rows, err);
}

const struct rx_method rx_method_tost = {
  .name = "tost",
  .title = "Two one-sided tests of equivalence within margins",
  .source = "Schuirmann 1987, J Pharmacokinet Biopharm 15:657-680",
  .words = "Equivalence within margins is tested by two one-sided t tests, "
           "with subject, period and treatment fixed; p is the larger of the "
           "two, intervals have the confidence 1 - 2 alpha.",
  .needs_margin = true,
  .on_request = true,
  .kind = &(const struct rx_equivalence_kind){ report },
  .crossover = rx_equivalence_fixed_run,
};
