/* diagnostics.c: do the assumptions of the t tests of an AB/BA trial hold?

   Of the subjects with both periods, with d = period 1 - period 2, s their
   sum, and e and g what is left of d and s about the means of the sequences:
     shapiro-wilk, shapiro-wilk:AB   normality of e, of all and of a sequence
     bartlett, levene, brown-forsythe   equal variances of d in both sequences
     pitman-morgan            equal variances under both treatments, period and
                              sequence left aside
     pitman-morgan-adjusted   the same of what is left about the means of the
                              sequences, n - 3 df: means of treatment, period
                              and sequence taken out
     largest-within, largest-between   externally studentised residual, of all
                              e or of all g the one furthest from 0, with
                              Bonferroni's p for the choice of the furthest
     within:NAME, between:NAME   subjects whose residual, studentised
   internally or externally, is beyond BEYOND: the internal one as estimate,
   the external one as statistic, with its own p An estimate of the tests of
   variance is the ratio of variances: the sequence with the test first to the
   other one, or test to reference.  These rows describe; a test that is not
   significant is no proof, and choosing the analysis by them changes its type
   I error. Cook & Weisberg, Residuals and Influence in Regression, 1982,
   sec. 2.2. */
#include "methods/design_needs.h"
#include "methods/fill.h"

#include "stats/linear.h"
#include "stats/shapiro_wilk.h"
#include "stats/spread_tests.h"

#include <math.h>
#include <stdlib.h>

static const double BEYOND = 3;

/* One sum or difference of the subjects, those with the test first first. */
struct part
{
  const char *name;            /* within, between */
  double *value;               /* [n] in units of their own */
  double *residual;            /* [n] about the mean of the sequence */
  double *internal, *external; /* [n] studentised; NaN where they are not */
};

struct trial
{
  size_t n, first; /* subjects, those with the test first */
  const size_t *subject[2];
  struct part within, between;
  double *spare[2]; /* [n] */
};

struct reporting
{
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  struct rx_rows *rows;
  const struct trial *trial;
};

static void
trial_free (struct trial *t)
{
  struct part *parts[] = { &t->within, &t->between };
  for (size_t i = 0; i < 2; i++)
    {
      free (parts[i]->value);
      free (parts[i]->residual);
      free (parts[i]->internal);
      free (parts[i]->external);
      free (t->spare[i]);
    }
}

static enum rx_status
trial_alloc (struct trial *t, struct rx_error *err)
{
  struct part *parts[] = { &t->within, &t->between };
  for (size_t i = 0; i < 2; i++)
    {
      struct part *p = parts[i];
      p->value = rx_array (t->n, sizeof *p->value);
      p->residual = rx_array (t->n, sizeof *p->residual);
      p->internal = rx_array (t->n, sizeof *p->internal);
      p->external = rx_array (t->n, sizeof *p->external);
      t->spare[i] = rx_array (t->n, sizeof *t->spare[i]);
      if (p->value == NULL || p->residual == NULL || p->internal == NULL
          || p->external == NULL || t->spare[i] == NULL)
        return rx_fail_memory (err);
    }
  return RX_OK;
}

/* Residuals about the mean of a sequence; exactly 0 where all values are the
   same in decimals. */
static void
centre (const struct rx_contrast *c, double unit, double *value,
        double *residual)
{
  bool equal = true;
  for (size_t i = 0; i < c->n; i++)
    {
      value[i] = c->value[i] / unit;
      equal = equal && c->key[i] == c->key[0];
    }
  double mean = rx_moments_of (value, c->n).mean;
  for (size_t i = 0; i < c->n; i++)
    {
      if (equal)
        value[i] = value[0];
      residual[i] = equal ? 0 : value[i] - mean;
    }
}

/* Cook & Weisberg, sec. 2.2, of one mean for each sequence. */
static void
studentise (const struct trial *t, struct part *p)
{
  double squares = 0, df = (double)t->n - 2;
  for (size_t i = 0; i < t->n; i++)
    squares += p->residual[i] * p->residual[i];
  double sd = sqrt (squares / df);
  for (size_t i = 0; i < t->n; i++)
    {
      size_t size = i < t->first ? t->first : t->n - t->first;
      p->internal[i] = p->external[i] = NAN;
      if (t->n <= 3 || size < 2 || !(sd > 0))
        continue;
      double r = p->residual[i] / (sd * sqrt (1 - 1 / (double)size));
      p->internal[i] = r;
      if (df > r * r)
        p->external[i] = r * sqrt ((df - 1) / (df - r * r));
    }
}

static void
make_part (const struct trial *t, struct part *p, const struct rx_contrast *a,
           const struct rx_contrast *b)
{
  double unit = fmax (rx_linear_unit (a->value, a->n),
                      rx_linear_unit (b->value, b->n));
  centre (a, unit, p->value, p->residual);
  centre (b, unit, p->value + a->n, p->residual + a->n);
  studentise (t, p);
}

static enum rx_status
add (const struct reporting *r, struct rx_row row, const char *term,
     struct rx_note *note, struct rx_error *err)
{
  if (isnan (row.p_value) && note->text[0] == '\0')
    rx_note_add (note, r->trial->n == 0 ? "no-subjects" : "zero-variance");
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint,
                            "diagnostics", term, false, note, err);
}

static int
by_size (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static enum rx_status
add_normality (const struct reporting *r, const char *term, size_t from,
               size_t n, struct rx_error *err)
{
  const struct trial *t = r->trial;
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  for (size_t i = 0; i < n; i++)
    t->spare[0][i] = t->within.residual[from + i];
  if (n > 0)
    qsort (t->spare[0], n, sizeof *t->spare[0], by_size);
  struct rx_shapiro_wilk test = rx_shapiro_wilk (t->spare[0], n);
  row.n = (double)n;
  row.statistic = test.w;
  row.p_value = test.p;
  if (n > 0 && n < RX_SHAPIRO_WILK_LEAST)
    rx_note_add (&note, "too-few-subjects");
  else if (n > RX_SHAPIRO_WILK_MOST)
    rx_note_add (&note, "too-many-subjects");
  else if (n == 0)
    rx_note_add (&note, t->n == 0 ? "no-subjects" : "empty-sequence");
  return add (r, row, term, &note, err);
}

static enum rx_status
add_normalities (const struct reporting *r, struct rx_error *err)
{
  const struct rx_crossover *d = r->design;
  const struct trial *t = r->trial;
  if (add_normality (r, "shapiro-wilk", 0, t->n, err) != RX_OK)
    return err->status;
  for (size_t q = 0; q < d->n_sequences; q++)
    {
      bool first = d->plan[2 * q] == (int)d->test;
      const char *term = rx_strings_format (
          &r->rows->strings, "shapiro-wilk:%s", d->sequences[q]);
      if (term == NULL)
        return rx_fail_memory (err);
      if (add_normality (r, term, first ? 0 : t->first,
                         first ? t->first : t->n - t->first, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

static enum rx_status
add_spread (const struct reporting *r, const char *term,
            struct rx_spread_test test, bool between_sequences,
            struct rx_error *err)
{
  const struct trial *t = r->trial;
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)t->n;
  row.estimate = test.ratio;
  row.df_num = test.df_num;
  row.df = test.df;
  row.statistic = test.statistic;
  row.p_value = test.p;
  if (t->n == 0)
    rx_note_add (&note, "no-subjects");
  else if (between_sequences && (t->first == 0 || t->first == t->n))
    rx_note_add (&note, "empty-sequence");
  else if (isnan (test.p) && t->n <= 3)
    rx_note_add (&note, "too-few-subjects");
  return add (r, row, term, &note, err);
}

static double
median (const double *value, size_t n, double *spare)
{
  if (n == 0)
    return NAN;
  for (size_t i = 0; i < n; i++)
    spare[i] = value[i];
  qsort (spare, n, sizeof *spare, by_size);
  return (spare[(n - 1) / 2] + spare[n / 2]) / 2;
}

/* Of d in either sequence. */
static enum rx_status
add_sequence_spreads (const struct reporting *r, struct rx_error *err)
{
  const struct trial *t = r->trial;
  /* the residuals, so that equal differences are equal */
  const double *a = t->within.residual, *b = a + t->first;
  size_t na = t->first, nb = t->n - t->first;
  double *off = t->spare[1];
  struct rx_spread_test levene = rx_levene (a, na, 0, b, nb, 0, off, off + na);
  double centre[]
      = { median (a, na, t->spare[0]), median (b, nb, t->spare[0]) };
  struct rx_spread_test forsythe
      = rx_levene (a, na, centre[0], b, nb, centre[1], off, off + na);
  struct rx_spread_test bartlett
      = rx_bartlett (rx_moments_of (a, na), rx_moments_of (b, nb));
  if (add_spread (r, "bartlett", bartlett, true, err) != RX_OK
      || add_spread (r, "levene", levene, true, err) != RX_OK)
    return err->status;
  return add_spread (r, "brown-forsythe", forsythe, true, err);
}

/* Test minus reference from period 1 - period 2. */
static double
sign_of (const struct trial *t, size_t i)
{
  return i < t->first ? 1 : -1;
}

/* Of the responses to either treatment. */
static enum rx_status
add_treatment_spreads (const struct reporting *r, double unit_ratio,
                       struct rx_error *err)
{
  const struct trial *t = r->trial;
  double *d = t->spare[0], *s = t->spare[1];
  for (size_t i = 0; i < t->n; i++)
    {
      d[i] = sign_of (t, i) * t->within.value[i] * unit_ratio;
      s[i] = t->between.value[i];
    }
  double mean_d = rx_moments_of (d, t->n).mean;
  double mean_s = rx_moments_of (s, t->n).mean;
  for (size_t i = 0; i < t->n; i++)
    {
      d[i] -= mean_d;
      s[i] -= mean_s;
    }
  if (add_spread (r, "pitman-morgan", rx_pitman_morgan (d, s, t->n, 0), false,
                  err)
      != RX_OK)
    return err->status;
  for (size_t i = 0; i < t->n; i++)
    {
      d[i] = sign_of (t, i) * t->within.residual[i] * unit_ratio;
      s[i] = t->between.residual[i];
    }
  return add_spread (r, "pitman-morgan-adjusted",
                     rx_pitman_morgan (d, s, t->n, 1), false, err);
}

static const char *
subject_name (const struct reporting *r, size_t i)
{
  const struct trial *t = r->trial;
  return r->design->subjects[i < t->first ? t->subject[0][i]
                                          : t->subject[1][i - t->first]];
}

static enum rx_status
add_largest (const struct reporting *r, const struct part *p,
             struct rx_error *err)
{
  const struct trial *t = r->trial;
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  size_t most = t->n, counted = 0;
  const char *term
      = rx_strings_format (&r->rows->strings, "largest-%s", p->name);
  if (term == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < t->n; i++)
    {
      if (isnan (p->external[i]))
        continue;
      counted++;
      if (most == t->n || fabs (p->external[i]) > fabs (p->external[most]))
        most = i;
    }
  row.n = (double)t->n;
  if (most < t->n)
    {
      row.estimate = p->external[most];
      row.df = (double)t->n - 3;
      row.statistic = p->external[most];
      row.p_value
          = fmin (1, (double)counted * rx_student_p (row.statistic, row.df));
      rx_note_add (&note, "subject=%s", subject_name (r, most));
    }
  else if (t->n > 0 && t->n <= 3)
    rx_note_add (&note, "too-few-subjects");
  return add (r, row, term, &note, err);
}

static enum rx_status
add_residuals (const struct reporting *r, const struct part *p,
               struct rx_error *err)
{
  const struct trial *t = r->trial;
  if (add_largest (r, p, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < t->n; i++)
    {
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      if (!(fabs (p->internal[i]) > BEYOND || fabs (p->external[i]) > BEYOND))
        continue;
      const char *term = rx_strings_format (&r->rows->strings, "%s:%s",
                                            p->name, subject_name (r, i));
      if (term == NULL)
        return rx_fail_memory (err);
      row.n = (double)t->n;
      row.estimate = p->internal[i];
      row.df = (double)t->n - 3;
      row.statistic = p->external[i];
      row.p_value = rx_student_p (row.statistic, row.df);
      rx_note_add (&note, "beyond=%g", BEYOND);
      if (add (r, row, term, &note, err) != RX_OK)
        return err->status;
    }
  return RX_OK;
}

/* Of contrasts with the same subjects in the same order. */
static enum rx_status
report (const struct reporting *r, struct trial *t,
        const struct rx_contrast d[2], const struct rx_contrast s[2],
        struct rx_error *err)
{
  t->subject[0] = d[0].subject;
  t->subject[1] = d[1].subject;
  make_part (t, &t->within, &d[0], &d[1]);
  make_part (t, &t->between, &s[0], &s[1]);
  double unit_ratio = fmax (rx_linear_unit (d[0].value, d[0].n),
                            rx_linear_unit (d[1].value, d[1].n))
                      / fmax (rx_linear_unit (s[0].value, s[0].n),
                              rx_linear_unit (s[1].value, s[1].n));
  if (add_normalities (r, err) != RX_OK
      || add_sequence_spreads (r, err) != RX_OK
      || add_treatment_spreads (r, unit_ratio, err) != RX_OK
      || add_residuals (r, &t->within, err) != RX_OK)
    return err->status;
  return add_residuals (r, &t->between, err);
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  (void)self;
  struct rx_contrast d[2] = { { 0 }, { 0 } }, s[2] = { { 0 }, { 0 } };
  struct trial t
      = { .within = { .name = "within" }, .between = { .name = "between" } };
  struct reporting r = { design, endpoint, rows, &t };
  (void)options;
  enum rx_status status = rx_crossover_abba (
      design, endpoint, RX_ABBA_PERIOD_DIFFERENCE, &d[0], &d[1], err);
  if (status == RX_OK)
    status = rx_crossover_abba (design, endpoint, RX_ABBA_TOTAL, &s[0], &s[1],
                                err);
  if (status == RX_OK)
    {
      t.first = d[0].n;
      t.n = d[0].n + d[1].n;
      status = trial_alloc (&t, err);
    }
  if (status == RX_OK)
    status = report (&r, &t, d, s, err);
  trial_free (&t);
  for (size_t i = 0; i < 2; i++)
    {
      rx_contrast_free (&d[i]);
      rx_contrast_free (&s[i]);
    }
  return status;
}

const struct rx_method rx_method_diagnostics = {
  .name = "diagnostics",
  .title = "Normality, equal variances and outlying subjects, AB/BA",
  .source = "Royston 1995, Appl Stat 44:547-551; Bartlett 1937; Levene 1960; "
            "Brown & Forsythe 1974; Pitman 1939; Morgan 1939; Cook & Weisberg "
            "1982",
  .words = "Normality of the period differences is looked at by the test of "
           "Shapiro & Wilk, equality of variances between the sequences by "
           "those of Bartlett, Levene and Brown & Forsythe and between the "
           "treatments by that of Pitman & Morgan, and single subjects by "
           "studentised residuals; none of these chooses the analysis.",
  .needs = &rx_needs_abba,
  .own_terms = true,
  .on_request = true,
  .crossover = run_crossover,
};
