/* multiple_imputation.c: missing responses of an AB/BA trial drawn several
   times from a normal model, and the results made one.

   Within each sequence the two responses of a subject are bivariate normal
   with a mean and covariance of that sequence alone; missing ones are drawn
   given the other one (stats/pair_imputation.h), that is, as if they were
   missing at random.  Subjects without any response tell nothing and are left
   out.  Each of the `--imputations` completed trials is analysed by the t test
   of hills-armitage, and the results are pooled by Rubin's rules with the
   degrees of freedom of Barnard & Rubin (stats/rubin.h).  Rows: `treatment`;
   the pooled variances `within` and `between` imputations;
   `fraction-missing`, of the information; and `tipping-delta`.

   The tipping point asks how far from missing at random the truth must be to
   change the answer: the delta of smallest size that, added to every imputed
   response to the test treatment, takes p across alpha = 1 - level: against
   the effect where p is below alpha, in its favour where it is not (note
   significant or not-significant).  Looked for up to 50 standard errors of the
   effect (Carpenter & Kenward, Multiple Imputation and its Application,
   2013).

   Imputation b has its own random numbers, from the seed, the names of
   analysis, endpoint and method, and b.

   To check: without missing responses this is hills-armitage. */
#include "methods/abba_t.h"
#include "methods/design_needs.h"

#include "stats/pair_imputation.h"
#include "stats/rubin.h"

#include <math.h>
#include <stdlib.h>

enum
{
  IMPUTATIONS = 100, /* where no number is given */
  STEPS_PER_SE = 8,  /* of the search for the tipping point */
  SE_MOST = 50,
  HALVINGS = 60
};

/* The subjects of one sequence with a response. */
struct arm
{
  size_t n, complete;
  size_t imputed_test; /* missing responses to the test */
  double *y;           /* [n * 2] NaN where missing */
  double *values;      /* [m * n * 2] */
  double *shift;       /* [n] of y1 - y2 for a delta of 1 */
};

struct trial
{
  struct arm arm[2];  /* test first, reference first */
  size_t drawn_first; /* the arm of the first sequence by name: what is drawn
                         does not depend on which treatment is the test */
  size_t m;
  double level;
  double *d;                     /* [n of either arm] */
  double *estimates, *variances; /* [m] */
};

static void
trial_free (struct trial *t)
{
  for (size_t g = 0; g < 2; g++)
    {
      free (t->arm[g].y);
      free (t->arm[g].values);
      free (t->arm[g].shift);
    }
  free (t->d);
  free (t->estimates);
  free (t->variances);
}

static enum rx_status
trial_alloc (struct trial *t, size_t n, struct rx_error *err)
{
  bool failed = false;
  for (size_t g = 0; g < 2; g++)
    {
      struct arm *arm = &t->arm[g];
      arm->y = rx_array (n, 2 * sizeof *arm->y);
      arm->values = rx_array (n, 2 * t->m * sizeof *arm->values);
      arm->shift = rx_array (n, sizeof *arm->shift);
      failed = failed || arm->y == NULL || arm->values == NULL
               || arm->shift == NULL;
    }
  t->d = rx_array (n, sizeof *t->d);
  t->estimates = rx_array (t->m, sizeof *t->estimates);
  t->variances = rx_array (t->m, sizeof *t->variances);
  if (failed || t->d == NULL || t->estimates == NULL || t->variances == NULL)
    return rx_fail_memory (err);
  return RX_OK;
}

static void
take_responses (struct trial *t, const struct rx_crossover *d,
                const struct rx_endpoint *endpoint)
{
  t->drawn_first = d->plan[0] == (int)d->test ? 0 : 1;
  for (size_t s = 0; s < d->n_subjects; s++)
    {
      const double *y = endpoint->y + 2 * s;
      bool test_first = d->plan[2 * d->sequence_of[s]] == (int)d->test;
      struct arm *arm = &t->arm[test_first ? 0 : 1];
      bool lost = isnan (y[test_first ? 0 : 1]);
      if (isnan (y[0]) && isnan (y[1]))
        continue;
      arm->y[2 * arm->n] = y[0];
      arm->y[2 * arm->n + 1] = y[1];
      arm->shift[arm->n++] = !lost ? 0 : test_first ? 1 : -1;
      arm->imputed_test += lost;
      arm->complete += !isnan (y[0]) && !isnan (y[1]);
    }
}

/* False where an arm that lacks responses has too few complete subjects. */
static bool
impute (struct trial *t, uint64_t seed, uint64_t stream)
{
  for (size_t b = 0; b < t->m; b++)
    {
      struct rx_random random;
      rx_random_init (&random, seed, stream, b);
      for (size_t g = 0; g < 2; g++)
        {
          struct arm *arm = &t->arm[g ^ t->drawn_first];
          if (!rx_pair_impute (arm->y, arm->n, &random,
                               arm->values + b * arm->n * 2))
            return false;
        }
    }
  return true;
}

static struct rx_moments
differences (const struct trial *t, size_t g, size_t b, double delta)
{
  const struct arm *arm = &t->arm[g];
  const double *v = arm->values + b * arm->n * 2;
  for (size_t i = 0; i < arm->n; i++)
    t->d[i] = v[2 * i] - v[2 * i + 1] + delta * arm->shift[i];
  return rx_moments_of (t->d, arm->n);
}

static struct rx_rubin
pool (const struct trial *t, double delta)
{
  double df = (double)(t->arm[0].n + t->arm[1].n) - 2;
  for (size_t b = 0; b < t->m; b++)
    {
      struct rx_t_test test
          = rx_student_two (differences (t, 0, b, delta),
                            differences (t, 1, b, delta), 0.5, t->level);
      t->estimates[b] = test.estimate;
      t->variances[b] = test.se * test.se;
    }
  return rx_rubin (t->estimates, t->variances, t->m, df);
}

static double
p_of (const struct trial *t, double delta)
{
  struct rx_rubin r = pool (t, delta);
  return rx_student_p (r.estimate / r.se, r.df);
}

/* The tipping point, NaN where there is none within SE_MOST. */
static double
find_tipping (const struct trial *t, const struct rx_rubin *at_random,
              bool significant)
{
  double alpha = 1 - t->level, rate = 0, from = 0, to = NAN;
  for (size_t g = 0; g < 2; g++)
    rate += 0.5 * (double)t->arm[g].imputed_test / (double)t->arm[g].n;
  double step
      = copysign (at_random->se / (rate * STEPS_PER_SE),
                  significant ? -at_random->estimate : at_random->estimate);
  for (int k = 1; k <= STEPS_PER_SE * SE_MOST && isnan (to); k++)
    if ((p_of (t, k * step) < alpha) != significant)
      {
        from = (k - 1) * step;
        to = k * step;
      }
  for (int i = 0; i < HALVINGS && !isnan (to); i++)
    {
      double middle = from + (to - from) / 2;
      if ((p_of (t, middle) < alpha) == significant)
        from = middle;
      else
        to = middle;
    }
  return to;
}

struct reporting
{
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  struct rx_rows *rows;
};

static enum rx_status
add (const struct reporting *r, struct rx_row row, const char *term,
     struct rx_note *note, struct rx_error *err)
{
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint,
                            "multiple-imputation", term,
                            term[0] == 't' && term[1] == 'r', note, err);
}

static enum rx_status
add_number (const struct reporting *r, const char *term, double n,
            double value, struct rx_note *note, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.n = n;
  row.estimate = value;
  return add (r, row, term, note, err);
}

static enum rx_status
add_tipping (const struct reporting *r, const struct trial *t,
             const struct rx_rubin *pooled, double p, double n,
             struct rx_error *err)
{
  struct rx_note note = { "" };
  size_t imputed = t->arm[0].imputed_test + t->arm[1].imputed_test;
  bool significant = p < 1 - t->level;
  double delta = NAN;
  rx_note_add (&note, "imputed-test=%zu", imputed);
  if (isnan (p))
    rx_note_add (&note, "zero-variance");
  else
    {
      rx_note_add (&note, significant ? "significant" : "not-significant");
      if (imputed > 0)
        delta = find_tipping (t, pooled, significant);
      if (isnan (delta))
        rx_note_add (&note, "none-within-%d-se", (int)SE_MOST);
    }
  return add_number (r, "tipping-delta", n, delta, &note, err);
}

static enum rx_status
report (const struct reporting *r, const struct trial *t, struct rx_error *err)
{
  struct rx_note note = { "" }, none = { "" };
  struct rx_rubin pooled = pool (t, 0);
  struct rx_t_test test
      = rx_student_from (pooled.estimate, pooled.se, pooled.df, t->level);
  size_t n = t->arm[0].n + t->arm[1].n;
  struct rx_row row = rx_fill_t (test, n, t->level, &note);
  rx_note_add (&note, "imputations=%zu", t->m);
  rx_note_add (&note, "completers=%zu",
               t->arm[0].complete + t->arm[1].complete);
  rx_note_add (&note, "mc-se=%.2g", sqrt (pooled.between / (double)t->m));
  if (add (r, row, "treatment", &note, err) != RX_OK
      || add_number (r, "within", (double)n, pooled.within, &none, err)
             != RX_OK
      || add_number (r, "between", (double)n, pooled.between, &none, err)
             != RX_OK
      || add_number (r, "fraction-missing", (double)n, pooled.missing, &none,
                     err)
             != RX_OK)
    return err->status;
  return add_tipping (r, t, &pooled, test.p, (double)n, err);
}

/* The analysis of a trial that lacks nothing. */
static enum rx_status
report_complete (const struct reporting *r, struct rx_note *note, double level,
                 struct rx_error *err)
{
  struct rx_contrast a, b;
  struct rx_row row;
  if (rx_crossover_abba (r->design, r->endpoint, RX_ABBA_PERIOD_DIFFERENCE, &a,
                         &b, err)
      != RX_OK)
    return err->status;
  rx_abba_t (&a, &b, 0.5, level, rx_student_two, &row, note);
  enum rx_status status = add (r, row, "treatment", note, err);
  rx_contrast_free (&a);
  rx_contrast_free (&b);
  return status;
}

static enum rx_status
analyse (struct trial *t, const struct reporting *r, uint64_t seed,
         struct rx_error *err)
{
  const char *const names[]
      = { r->rows->analysis, r->endpoint->name, "multiple-imputation" };
  uint64_t stream = rx_random_stream (names, sizeof names / sizeof names[0]);
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  size_t n[2] = { t->arm[0].n, t->arm[1].n };
  row.n = (double)(n[0] + n[1]);
  if (n[0] == 0 || n[1] == 0)
    {
      rx_note_add (&note, n[0] + n[1] == 0 ? "no-subjects" : "empty-sequence");
      return add (r, row, "treatment", &note, err);
    }
  if (t->arm[0].complete == n[0] && t->arm[1].complete == n[1])
    {
      rx_note_add (&note, "nothing-missing");
      return report_complete (r, &note, t->level, err);
    }
  if (impute (t, seed, stream))
    return report (r, t, err);
  if (t->arm[0].complete + t->arm[1].complete == 0)
    {
      row.n = 0;
      rx_note_add (&note, "no-subjects");
    }
  rx_note_add (&note, "too-few-completers");
  return add (r, row, "treatment", &note, err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  struct reporting r = { design, endpoint, rows };
  struct trial t
      = { .m = options->missing.imputations > 0 ? options->missing.imputations
                                                : IMPUTATIONS,
          .level = options->level };
  enum rx_status status = trial_alloc (&t, design->n_subjects, err);
  if (status == RX_OK)
    {
      take_responses (&t, design, endpoint);
      status = analyse (&t, &r, options->seed, err);
    }
  trial_free (&t);
  return status;
}

const struct rx_method rx_method_multiple_imputation = {
  .name = "multiple-imputation",
  .title = "Multiple imputation by a normal model, AB/BA, with tipping point",
  .source = "Rubin 1987, Multiple Imputation for Nonresponse in Surveys; "
            "Barnard & Rubin 1999, Biometrika 86:948-955",
  .words = "Missing responses are imputed from a bivariate normal model of "
           "each sequence (data augmentation), and period-adjusted t tests of "
           "the completed trials are pooled by Rubin's rules with the degrees "
           "of freedom of Barnard & Rubin (1999).",
  .needs = &rx_needs_abba,
  .on_request = true,
  .whole_trial = true,
  .crossover = run_crossover,
};
