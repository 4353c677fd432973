/* verdict.c: superiority, non-inferiority and equivalence read from one
   interval of the treatment effect.

   AB/BA: the period-adjusted t test of hills-armitage; other designs: the
   mixed model of lmm-kr.  Against the limits of `--margin`:
     superiority      two-sided p of no effect; superior or inferior by
                      `better`, different where that is not given
     non-inferiority  one-sided p of an effect as bad as the limit on the worse
                      side (the lower one where higher is better);
                      non-inferior
     equivalence      the larger p of two one-sided tests; equivalent
   each else not-shown.  All three have one interval of level 1 - 2 alpha, and
   agree with it: it leaves out 0, reaches not beyond the worse limit, lies
   within both.  Alpha of each one-sided test is (1 - level) / 2, 0.025 unless
   `--level` says otherwise (ICH E9, 1998, sec. 3.3.2 and 5.5), or `--alpha`.
   Of logarithms the effect is a ratio in percent, the limits 80 to 125 unless
   margins are given.

   No correction is needed for reading all three: two-sided superiority after
   non-inferiority is a closed test (Morikawa & Yoshida, J Biopharm Stat
   1995;5:297-306).

   By hand: d = 1, SE = 0.5, 10 degrees of freedom, limits -2 and 2, higher is
   better: t = 2, p = 0.0734; t = 6, p = 0.0000660; t = -2, p = 0.0367. */
#include "methods/abba_t.h"
#include "methods/equivalence_rows.h"

#include "stats/equivalence.h"

#include <math.h>
#include <string.h>

static const double RATIO_LOW = 0.8, RATIO_HIGH = 1.25;

struct reporting
{
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  double alpha, low, high; /* limits on the analysis scale */
  struct rx_rows *rows;
  const struct rx_equivalence_fit *fit; /* of the mixed model */
};

/* The effect of a treatment, and why there is none. */
struct effect
{
  double n;
  struct rx_t_test test;
  const char *why;
};

enum reading
{
  SUPERIORITY,
  NON_INFERIORITY,
  EQUIVALENCE,
  READINGS
};

static const char *const terms[READINGS]
    = { "superiority", "non-inferiority", "equivalence" };

/* One reading: a statistic with its p, and the word when p <= alpha. */
struct answer
{
  double statistic, p, alpha;
  const char *word;
};

static bool
higher_is_better (const struct reporting *r)
{
  return strcmp (r->endpoint->better, "higher") == 0;
}

static struct answer
read_superiority (const struct reporting *r, const struct rx_t_test *t)
{
  struct answer a = { t->statistic, t->p, 2 * r->alpha, "different" };
  if (r->endpoint->better[0] != '\0')
    a.word
        = (t->estimate > 0) == higher_is_better (r) ? "superior" : "inferior";
  return a;
}

static struct answer
read_non_inferiority (const struct reporting *r, const struct rx_t_test *t)
{
  struct answer a = { NAN, NAN, r->alpha, "non-inferior" };
  if (r->endpoint->better[0] == '\0')
    return a;
  /* one side of two: against the worse limit, the other one infinitely far */
  bool higher = higher_is_better (r);
  struct rx_tost side
      = rx_tost (t->estimate, t->se, t->df, higher ? r->low : -INFINITY,
                 higher ? INFINITY : r->high);
  a.statistic = side.t;
  a.p = side.p;
  return a;
}

static struct answer
read_equivalence (const struct reporting *r, const struct rx_t_test *t)
{
  struct rx_tost tost = rx_tost (t->estimate, t->se, t->df, r->low, r->high);
  return (struct answer){ tost.t, tost.p, r->alpha, "equivalent" };
}

typedef struct answer reader (const struct reporting *r,
                              const struct rx_t_test *t);
static reader *const readers[READINGS]
    = { read_superiority, read_non_inferiority, read_equivalence };

/* From the analysis scale to that of the rows. */
static double
shown (const struct reporting *r, double x)
{
  return r->design->log ? 100 * exp (x) : x;
}

/* `of` is "" or ":B-A". */
static enum rx_status
add_readings (const struct reporting *r, const struct effect *e,
              const char *of, struct rx_error *err)
{
  for (size_t k = 0; k < READINGS; k++)
    {
      struct answer a = readers[k](r, &e->test);
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      const char *term
          = rx_strings_format (&r->rows->strings, "%s%s", terms[k], of);
      if (term == NULL)
        return rx_fail_memory (err);
      row.n = e->n;
      row.estimate = shown (r, e->test.estimate);
      row.std_error = r->design->log ? NAN : e->test.se;
      row.df = e->test.df;
      row.statistic = a.statistic;
      row.p_value = a.p;
      row.conf_level = 1 - 2 * r->alpha;
      row.conf_low = shown (r, e->test.low);
      row.conf_high = shown (r, e->test.high);
      row.is_effect = k == SUPERIORITY;
      if (e->why[0] != '\0')
        rx_note_add (&note, "%s", e->why);
      else if (isnan (a.p))
        rx_note_add (&note, "better-not-given");
      else
        rx_note_add (&note, "%s", a.p <= a.alpha ? a.word : "not-shown");
      row.endpoint = r->endpoint->name;
      row.method = "verdict";
      row.term = term;
      rx_note_endpoint (&note, r->design, r->endpoint, NAN, false);
      row.note = note.text;
      if (rx_rows_add (r->rows, &row, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
read_abba (const struct reporting *r, struct rx_error *err)
{
  struct rx_contrast a, b;
  struct rx_note note = { "" };
  struct rx_row row;
  if (rx_crossover_abba (r->design, r->endpoint, RX_ABBA_PERIOD_DIFFERENCE, &a,
                         &b, err)
      != RX_OK)
    return err->status;
  if (a.n == 0 || b.n == 0)
    rx_note_add (&note, "empty-sequence");
  rx_abba_t (&a, &b, 0.5, 1 - 2 * r->alpha, rx_student_two, &row, &note);
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  struct effect e = { row.n,
                      { row.estimate, row.std_error, row.df, row.statistic,
                        row.p_value, row.conf_low, row.conf_high },
                      note.text };
  return add_readings (r, &e, "", err);
}

static enum rx_status
add_contrast (void *context, const char *term,
              const struct rx_linear_test *test, struct rx_error *err)
{
  const struct reporting *r = context;
  struct rx_note note = { "" };
  if (isnan (test->p))
    rx_equivalence_note (r->fit, test, &note);
  struct effect e = { (double)r->fit->n,
                      rx_student_from (test->estimate, test->se, test->df,
                                       1 - 2 * r->alpha),
                      note.text };
  return add_readings (r, &e, term, err);
}

static struct reporting
reporting_of (const struct rx_crossover *design,
              const struct rx_endpoint *endpoint,
              const struct rx_method_options *options, struct rx_rows *rows)
{
  double low = options->has_margin ? options->margin[0] : RATIO_LOW;
  double high = options->has_margin ? options->margin[1] : RATIO_HIGH;
  return (struct reporting){ .design = design,
                             .endpoint = endpoint,
                             .alpha = options->alpha > 0
                                          ? options->alpha
                                          : (1 - options->level) / 2,
                             .low = design->log ? log (low) : low,
                             .high = design->log ? log (high) : high,
                             .rows = rows };
}

static enum rx_status
read_mixed (const struct rx_equivalence_fit *fit,
            const struct rx_crossover *design,
            const struct rx_endpoint *endpoint,
            const struct rx_method_options *options, const char *method,
            struct rx_rows *rows, struct rx_error *err)
{
  struct reporting r = reporting_of (design, endpoint, options, rows);
  r.fit = fit;
  (void)method;
  return rx_equivalence_each (fit, design, "", ":", add_contrast, &r, rows,
                              err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct reporting r = reporting_of (design, endpoint, options, rows);
  struct rx_lmm_endpoint e;
  if (design->is_abba)
    return read_abba (&r, err);
  if (rx_lmm_endpoint_fit (&e, design, endpoint, options, err) != RX_OK)
    return err->status;
  enum rx_status status
      = rx_equivalence_lmm (&e, design, endpoint, options, self->name,
                            rx_lmm_rule_kr (options), read_mixed, rows, err);
  rx_lmm_endpoint_free (&e);
  return status;
}

const struct rx_method rx_method_verdict = {
  .name = "verdict",
  .title = "Superiority, non-inferiority and equivalence from one interval",
  .source = "ICH E9 1998; Schuirmann 1987, J Pharmacokinet Biopharm "
            "15:657-680; Morikawa & Yoshida 1995, J Biopharm Stat 5:297-306",
  .words = "Superiority (two-sided), non-inferiority (one-sided, against the "
           "worse limit) and equivalence (two one-sided tests) are read from "
           "one interval of level 1 - 2 alpha: of the period-adjusted t test "
           "in AB/BA trials, else of the mixed model with Kenward-Roger's "
           "degrees of freedom.",
  .needs_margin = true,
  .own_terms = true,
  .on_request = true,
  .crossover = run_crossover,
};
