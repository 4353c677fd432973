/* anova_type3.c: the analysis of variance of a crossover trial, type III.

   Sequence, subject within sequence, period, treatment, and what is adjusted
   for, each adjusted for all others.  Sequences are tested against subjects
   within them, all else against the residual.  `estimate` is the mean square,
   in rows `ss:` the sum of squares; the note has what a mean square is
   expected to be: within, the coefficient of the variance between subjects,
   and Q for what the line tests.  Where the coefficients of sequence and
   subject(sequence) differ, as with missing periods, that F is approximate and
   noted so.  A row `synthesised:sequence` then has the denominator whose
   expectation is right, with w the ratio of the two coefficients

     D = w MS(subject(sequence)) + (1 - w) MS(residual)
     df = D^2 / (sum of the squares of both parts, each by its own df)

   (Satterthwaite, Biometrics Bull 1946;2:110-114; what RANDOM / TEST of SAS's
   PROC GLM does).  Jones & Kenward, Design and Analysis of Cross-Over Trials,
   section 2.4; the sums of squares of Goodnight, SAS R-101, 1978.

   To check: complete AB/BA data have F of treatment and of sequence the
   squares of hills-armitage's t of treatment and of carryover. */
#include "methods/linear_model.h"
#include "stats/fixed_groups.h"
#include "stats/nested_groups.h"

#include <math.h>
#include <stdlib.h>

/* Coefficients that differ by more than rounding. */
static const double SAME_COEFFICIENT = 1e-8;

struct table
{
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  struct rx_linear_model model;
  struct rx_fixed_groups fit;
  struct rx_nested_line strata, groups;
  double residual; /* mean square, NaN where there is none */
  double n;        /* subjects, 0 where nothing is fitted */
  struct rx_rows *rows;
  struct rx_error *err;
};

/* The sum of squares of a line, in a row of its own. */
static enum rx_status
add_squares (const struct table *t, const char *term, double ss, double df,
             const char *missing)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  const char *name = rx_strings_format (&t->rows->strings, "ss:%s", term);
  if (name == NULL)
    return rx_fail_memory (t->err);
  row.n = t->n;
  row.estimate = ss;
  row.df_num = df;
  if (isnan (ss))
    rx_note_add (&note, "%s", missing);
  return rx_fill_crossover (t->rows, row, t->design, t->endpoint,
                            "anova-type3", name, false, &note, t->err);
}

/* A line: F of its mean square against `error` with df_error. */
static enum rx_status
add_line (const struct table *t, const char *term, double ss, size_t df,
          double error, double df_error, const char *missing,
          struct rx_note *note)
{
  struct rx_row row = rx_row_blank ();
  struct rx_linear_test test = rx_linear_blank (true);
  row.n = t->n;
  row.df_num = (double)df;
  if (df > 0)
    row.estimate = ss / (double)df;
  if (!isnan (error))
    {
      rx_linear_f (&test, row.estimate / error, row.df_num, df_error);
      row.df = df_error;
      row.statistic = test.statistic;
      row.p_value = test.p;
      if (isnan (row.p_value) && missing[0] == '\0')
        missing = "zero-variance";
    }
  if (missing[0] != '\0')
    rx_note_add (note, "%s", missing);
  if (t->model.dropped > 0)
    rx_note_add (note, "covariate-missing=%zu", t->model.dropped);
  if (rx_fill_crossover (t->rows, row, t->design, t->endpoint, "anova-type3",
                         term, false, note, t->err)
      != RX_OK)
    return t->err->status;
  return add_squares (t, term, ss, row.df_num, missing);
}

/* Does the mean square of the subjects expect what that of the sequences does,
   but for the sequences? */
static bool
is_exact (const struct table *t)
{
  return !(fabs (t->strata.between - t->groups.between)
           > SAME_COEFFICIENT * t->groups.between);
}

/* The sequences against the denominator that expects what they do. */
static enum rx_status
add_synthesised (const struct table *t)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  struct rx_linear_test test = rx_linear_blank (true);
  double share = t->strata.between / t->groups.between;
  double df[] = { (double)t->groups.df, (double)t->fit.df };
  double part[] = { share * t->groups.ss / df[0], (1 - share) * t->residual };
  double error = part[0] + part[1];
  row.n = t->n;
  row.df_num = (double)t->strata.df;
  row.estimate = t->strata.ss / row.df_num;
  rx_note_add (&note, "denominator=%.6g*subject(sequence)%+.6g*residual",
               share, 1 - share);
  if (error > 0)
    {
      row.df = error * error
               / (part[0] * part[0] / df[0] + part[1] * part[1] / df[1]);
      rx_linear_f (&test, row.estimate / error, row.df_num, row.df);
      row.statistic = test.statistic;
      row.p_value = test.p;
    }
  else
    rx_note_add (&note, "denominator-not-positive");
  if (t->model.dropped > 0)
    rx_note_add (&note, "covariate-missing=%zu", t->model.dropped);
  return rx_fill_crossover (t->rows, row, t->design, t->endpoint,
                            "anova-type3", "synthesised:sequence", false,
                            &note, t->err);
}

/* A line between subjects. */
static enum rx_status
add_between (const struct table *t, const char *term,
             const struct rx_nested_line *line, bool is_tested, double error,
             double df_error)
{
  struct rx_note note = { "" };
  const char *missing = "";
  if (isnan (line->ss))
    missing = line->df > 0 ? "not-estimable" : "too-few-subjects";
  else
    rx_note_add (&note, "ems=within+%.6g*between%s", line->between,
                 is_tested ? "+Q" : "");
  if (is_tested && !is_exact (t))
    rx_note_add (&note, "approximate");
  return add_line (t, term, line->ss, line->df, error, df_error, missing,
                   &note);
}

/* A line within subjects: the q contrasts l[q * p] are zero. */
static enum rx_status
add_contrasts (const struct table *t, const char *term, const double *l,
               size_t q)
{
  struct rx_note note = { "" };
  struct rx_linear_test test = rx_linear_blank (false);
  /* in units of the variance: the statistic has the sum of squares */
  const struct rx_linear_fit units
      = { t->fit.beta, t->fit.inverse, 1, t->fit.unit, 1 };
  double ss = NAN;
  if (q > 0
      && rx_linear_test_of (&t->fit.estimable, &units, l, q, &test, t->err)
             != RX_OK)
    return t->err->status;
  if (test.estimable)
    {
      ss = (q == 1 ? test.statistic * test.statistic
                   : test.statistic * (double)q)
           * t->fit.unit * t->fit.unit;
      rx_note_add (&note, "ems=within+Q");
    }
  const char *missing = !test.estimable       ? "not-estimable"
                        : isnan (t->residual) ? "too-few-subjects"
                                              : "";
  return add_line (t, term, ss, q, t->residual, (double)t->fit.df, missing,
                   &note);
}

/* The same: q columns from `at` on are zero. */
static enum rx_status
add_within (const struct table *t, const char *term, size_t at, size_t q)
{
  size_t p = t->model.data.p;
  double *l = rx_array (q, p * sizeof *l);
  if (l == NULL)
    return rx_fail_memory (t->err);
  for (size_t i = 0; i < q; i++)
    l[i * p + at + i] = 1;
  enum rx_status status = add_contrasts (t, term, l, q);
  free (l);
  return status;
}

static enum rx_status
add_adjusted (const struct table *t, const struct rx_linear_term *term)
{
  size_t p = t->model.data.p, q = rx_linear_term_hypotheses (term, t->design);
  double *l = rx_array (q, p * sizeof *l);
  if (l == NULL)
    return rx_fail_memory (t->err);
  for (size_t k = 0; k < q; k++)
    rx_linear_term_hypothesis (term, t->design, k, l + k * p);
  enum rx_status status = add_contrasts (t, rx_linear_term_name (term), l, q);
  free (l);
  return status;
}

static enum rx_status
add_terms (const struct table *t)
{
  const struct rx_linear_model *m = &t->model;
  if (add_within (t, "period", m->period_at, m->n_periods) != RX_OK
      || add_within (t, "treatment", m->treatment_at, m->n_treatments)
             != RX_OK)
    return t->err->status;
  for (size_t i = 0; i < m->n_terms; i++)
    if (add_adjusted (t, &m->terms[i]) != RX_OK)
      return t->err->status;
  return RX_OK;
}

static enum rx_status
add_residual (const struct table *t)
{
  struct rx_note note = { "" };
  bool known = t->fit.df > 0;
  if (known)
    rx_note_add (&note, "ems=within");
  return add_line (t, "residual",
                   known ? t->residual * (double)t->fit.df : NAN, t->fit.df,
                   NAN, NAN, known ? "" : "too-few-subjects", &note);
}

/* Is there a denominator to be had, and need of it? */
static bool
can_synthesise (const struct table *t)
{
  return !isnan (t->strata.ss) && !isnan (t->groups.ss)
         && t->groups.between > 0 && !isnan (t->residual) && !is_exact (t);
}

static enum rx_status
add_table (struct table *t)
{
  double groups = t->groups.df > 0 ? t->groups.ss / (double)t->groups.df : NAN;
  t->n = (double)t->model.subjects;
  t->residual
      = t->fit.df > 0 ? t->fit.variance * t->fit.unit * t->fit.unit : NAN;
  if (add_between (t, "sequence", &t->strata, true, groups,
                   (double)t->groups.df)
          != RX_OK
      || add_between (t, "subject(sequence)", &t->groups, false, t->residual,
                      (double)t->fit.df)
             != RX_OK
      || (can_synthesise (t) && add_synthesised (t) != RX_OK)
      || add_terms (t) != RX_OK)
    return t->err->status;
  return add_residual (t);
}

/* The sequence of every subject of the model. */
static enum rx_status
fit_table (struct table *t)
{
  const struct rx_crossover *d = t->design;
  const struct rx_linear_model *m = &t->model;
  if (rx_fixed_groups_fit (&t->fit, &m->data, t->err) != RX_OK)
    return t->err->status;
  size_t *stratum = rx_array (m->subjects, sizeof *stratum);
  if (stratum == NULL)
    return rx_fail_memory (t->err);
  for (size_t g = 0; g < m->subjects; g++)
    stratum[g] = d->sequence_of[m->subject[g]];
  enum rx_status status
      = rx_nested_groups (&m->data, &t->fit, stratum, d->n_sequences,
                          &t->strata, &t->groups, t->err);
  free (stratum);
  return status;
}

static enum rx_status
add_nothing (const struct table *t)
{
  static const char *const terms[]
      = { "sequence", "subject(sequence)", "period", "treatment", "residual" };
  for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
    {
      struct rx_note note = { "" };
      if (add_line (t, terms[i], NAN, 0, NAN, NAN, "no-subjects", &note)
          != RX_OK)
        return t->err->status;
    }
  return RX_OK;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  struct table t
      = { .design = design, .endpoint = endpoint, .rows = rows, .err = err };
  if (rx_linear_model_build (&t.model, design, endpoint, RX_SUBJECTS_FIXED,
                             options, err)
      != RX_OK)
    return err->status;
  enum rx_status status;
  if (t.model.repeated == 0)
    status = add_nothing (&t);
  else
    {
      status = fit_table (&t);
      if (status == RX_OK)
        status = add_table (&t);
      rx_fixed_groups_free (&t.fit);
    }
  rx_linear_model_free (&t.model);
  return status;
}

const struct rx_method rx_method_anova_type3 = {
  .name = "anova-type3",
  .title = "Analysis of variance, subjects fixed, type III",
  .source = "Jones & Kenward, Design and Analysis of Cross-Over Trials; "
            "Goodnight 1978, SAS R-101",
  .words = "The analysis of variance has type III sums of squares of "
           "sequence, subject within sequence, period and treatment; "
           "sequences are tested against subjects within them, and where "
           "their expected mean squares differ against a synthesised "
           "denominator (Satterthwaite) too.",
  .on_request = true,
  .crossover = run_crossover,
};
