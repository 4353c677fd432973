/* scaled_rows.c: the rows of reference-scaled bioequivalence.

   A statistic takes the subjects who have what it needs, as the models of the
   FDA's SAS code do: every time on the reference that the sequence plans, for
   the variance within it; every time on both, for the difference.  Sequences
   without one of the two, or with the reference once, have no part. */
#include "methods/scaled_rows.h"

#include "methods/equivalence_rows.h"
#include "methods/subject_means.h"
#include "stats/equivalence.h"
#include "stats/scaled_criterion.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

extern const struct rx_method rx_method_abe_model_c;

/* The variance within a treatment, and how many subjects tell it. */
struct within
{
  struct rx_variance variance;
  size_t n;
};

static enum rx_status
within_treatment (const struct rx_crossover *d,
                  const struct rx_endpoint *endpoint, size_t treatment,
                  struct within *out, struct rx_error *err)
{
  double *y = rx_array (d->n_subjects * d->n_periods, sizeof *y);
  *out = (struct within){ { 0, 0 }, 0 };
  if (y == NULL)
    return rx_fail_memory (err);
  for (size_t q = 0; q < d->n_sequences; q++)
    {
      size_t n = 0, k = rx_planned_times (d, q, treatment);
      for (size_t i = 0; i < d->n_subjects && k > 1; i++)
        n += d->sequence_of[i] == q
             && rx_times_on (d, endpoint, i, treatment, y + n * k);
      rx_variance_add_table (&out->variance, y, n, k);
      out->n += n;
    }
  rx_variance_divide (&out->variance);
  free (y);
  return RX_OK;
}

/* The difference of the treatment and the reference within subjects. */
struct difference
{
  struct rx_even_mean mean;
  size_t n;
};

static enum rx_status
difference_of (const struct rx_crossover *d,
               const struct rx_endpoint *endpoint, size_t treatment,
               struct difference *out, struct rx_error *err)
{
  struct rx_subject_means means;
  *out = (struct difference){ { NAN, NAN, NAN }, 0 };
  if (rx_subject_means (&means, d, endpoint, treatment, err) != RX_OK)
    return err->status;
  for (size_t i = 0; i < means.n; i++)
    means.test[i] -= means.reference[i];
  out->n = means.n;
  out->mean = rx_even_mean (means.test, means.sequence, means.n,
                            d->n_sequences, means.counts);
  rx_subject_means_free (&means);
  return RX_OK;
}

/* What the rows of an endpoint share. */
struct reporting
{
  const struct rx_scaled_rule *rule;
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  const struct rx_method_options *options;
  struct within reference;
  struct rx_rows unscaled; /* of abe-model-c, where they are needed */
  struct rx_rows *rows;
};

static bool
is_repeated (const struct reporting *r)
{
  return r->reference.variance.df > 0;
}

/* Notes why nothing is known of the variation within the reference. */
static void
note_unknown (const struct reporting *r, struct rx_note *note)
{
  if (!is_repeated (r))
    rx_note_add (note, r->reference.n > 0 ? "too-few-subjects"
                                          : "reference-not-repeated");
}

static bool
is_scaled (const struct reporting *r)
{
  return sqrt (r->reference.variance.value) >= r->rule->scale_from;
}

static const char *
term_of (const struct reporting *r, size_t treatment, const char *stem)
{
  const struct rx_crossover *d = r->design;
  if (d->n_treatments == 2)
    return stem;
  return rx_strings_format (&r->rows->strings, "%s:%s-%s", stem,
                            d->treatments[treatment],
                            d->treatments[d->reference]);
}

static enum rx_status
add (struct reporting *r, struct rx_row row, const char *term,
     struct rx_note *note, struct rx_error *err)
{
  if (term == NULL)
    return rx_fail_memory (err);
  return rx_fill_crossover (r->rows, row, r->design, r->endpoint,
                            r->rule->method, term, false, note, err);
}

/* abe-model-c's row `ratio` of that treatment; NULL where it did not run. */
static const struct rx_row *
unscaled_row (struct reporting *r, size_t treatment)
{
  const char *term = term_of (r, treatment, "ratio");
  for (size_t i = 0; i < r->unscaled.n; i++)
    if (term != NULL && strcmp (r->unscaled.row[i].term, term) == 0)
      return &r->unscaled.row[i];
  return NULL;
}

static enum rx_status
add_unscaled (struct reporting *r, size_t treatment, struct rx_error *err)
{
  const struct rx_row *found = unscaled_row (r, treatment);
  if (found == NULL)
    return RX_OK;
  struct rx_row row = *found;
  row.method = r->rule->method;
  row.term = term_of (r, treatment, "ratio-unscaled");
  return row.term == NULL ? rx_fail_memory (err)
                          : rx_rows_add (r->rows, &row, err);
}

/* A verdict: yes, no, or unknown. */
enum verdict
{
  NO,
  YES,
  UNKNOWN
};

static enum verdict
both_of (enum verdict a, enum verdict b)
{
  return a == NO || b == NO ? NO : a == UNKNOWN ? UNKNOWN : b;
}

static enum verdict
at_most (double x, double limit)
{
  return isnan (x) ? UNKNOWN : x <= limit ? YES : NO;
}

static enum verdict
average_verdict (struct reporting *r, size_t treatment)
{
  const struct rx_row *row = unscaled_row (r, treatment);
  if (row == NULL || isnan (row->conf_low) || isnan (row->conf_high))
    return UNKNOWN;
  return rx_percent_within (row->conf_low, RX_ABE_LOW, row->conf_high,
                            RX_ABE_HIGH)
             ? YES
             : NO;
}

static enum verdict
verdict_of (struct reporting *r, size_t treatment, double ratio, double bound,
            double sd_ratio)
{
  const struct rx_scaled_rule *rule = r->rule;
  if (!is_repeated (r))
    return UNKNOWN;
  if (!is_scaled (r))
    return average_verdict (r, treatment);
  enum verdict verdict = at_most (bound, 0);
  if (rule->both)
    verdict = both_of (verdict, average_verdict (r, treatment));
  else if (!isnan (ratio))
    verdict = both_of (
        verdict,
        rx_percent_within (ratio, RX_ABE_LOW, ratio, RX_ABE_HIGH) ? YES : NO);
  if (isfinite (rule->sd_ratio_most))
    verdict = both_of (verdict, at_most (sd_ratio, rule->sd_ratio_most));
  return verdict;
}

static void
note_ratio (const struct reporting *r, const struct difference *d,
            enum verdict verdict, struct rx_note *note)
{
  static const char *const words[] = { "not-shown", "equivalent" };
  note_unknown (r, note);
  if (is_repeated (r))
    rx_note_add (note, "%s", is_scaled (r) ? "scaled" : "unscaled");
  if (d->n == 0)
    rx_note_add (note, "no-subjects");
  else if (isnan (d->mean.mean))
    rx_note_add (note, "empty-sequence");
  else if (isnan (d->mean.se) && is_repeated (r))
    rx_note_add (note, "too-few-subjects");
  if (verdict != UNKNOWN)
    rx_note_add (note, "%s", words[verdict]);
}

static enum rx_status
add_ratio (struct reporting *r, size_t treatment, const struct difference *d,
           enum verdict verdict, struct rx_error *err)
{
  double level = rx_equivalence_level (r->options);
  struct rx_t_test t
      = rx_student_from (d->mean.mean, d->mean.se, d->mean.df, level);
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)d->n;
  row.estimate = 100 * exp (d->mean.mean);
  row.df = d->mean.df;
  row.conf_level = level;
  row.conf_low = 100 * exp (t.low);
  row.conf_high = 100 * exp (t.high);
  note_ratio (r, d, verdict, &note);
  return add (r, row, term_of (r, treatment, "ratio"), &note, err);
}

static enum rx_status
add_criterion (struct reporting *r, size_t treatment,
               const struct difference *d, struct rx_criterion criterion,
               struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)d->n;
  row.estimate = criterion.estimate;
  row.conf_level = 1 - rx_equivalence_one_sided (r->options);
  row.conf_low = isnan (criterion.upper) ? NAN : -INFINITY;
  row.conf_high = criterion.upper;
  note_unknown (r, &note);
  if (is_repeated (r) && isnan (criterion.upper))
    rx_note_add (&note, "too-few-subjects");
  return add (r, row, term_of (r, treatment, "criterion"), &note, err);
}

static enum rx_status
add_sd_ratio (struct reporting *r, size_t treatment, const struct within *own,
              struct rx_sd_ratio ratio, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)own->n;
  row.estimate = ratio.ratio;
  row.df_num = own->variance.df;
  row.df = r->reference.variance.df;
  row.conf_level = rx_equivalence_level (r->options);
  row.conf_low = ratio.low;
  row.conf_high = ratio.high;
  note_unknown (r, &note);
  if (!(own->variance.df > 0))
    rx_note_add (&note, "%s",
                 own->n > 0 ? "too-few-subjects" : "test-not-repeated");
  return add (r, row, term_of (r, treatment, "sd-ratio"), &note, err);
}

static enum rx_status
add_treatment (struct reporting *r, size_t treatment, struct rx_error *err)
{
  const struct rx_scaled_rule *rule = r->rule;
  double alpha = rx_equivalence_one_sided (r->options);
  struct difference d;
  struct within own;
  if (difference_of (r->design, r->endpoint, treatment, &d, err) != RX_OK
      || within_treatment (r->design, r->endpoint, treatment, &own, err)
             != RX_OK)
    return err->status;
  struct rx_criterion criterion = rx_scaled_criterion (
      d.mean, r->reference.variance, rule->theta, alpha);
  struct rx_sd_ratio ratio
      = rx_sd_ratio (own.variance, r->reference.variance, alpha);
  enum verdict verdict = verdict_of (r, treatment, 100 * exp (d.mean.mean),
                                     criterion.upper, ratio.high);
  if (add_ratio (r, treatment, &d, verdict, err) != RX_OK
      || add_criterion (r, treatment, &d, criterion, err) != RX_OK)
    return err->status;
  if (isfinite (rule->sd_ratio_most)
      && add_sd_ratio (r, treatment, &own, ratio, err) != RX_OK)
    return err->status;
  return add_unscaled (r, treatment, err);
}

/* Rows cv-within-ref, limit-low and limit-high. */
static enum rx_status
add_reference (struct reporting *r, struct rx_error *err)
{
  const struct within *reference = &r->reference;
  double sd = sqrt (reference->variance.value), widest = log (1.25);
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)reference->n;
  row.estimate = rx_cv_percent (sd);
  row.df = reference->variance.df;
  note_unknown (r, &note);
  if (add (r, row, "cv-within-ref", &note, err) != RX_OK)
    return err->status;
  bool scaled = is_repeated (r) && is_scaled (r);
  if (scaled)
    widest = r->rule->both ? fmin (widest, r->rule->theta * sd)
                           : r->rule->theta * sd;
  /* 80 and 125 to the last bit where nothing is scaled */
  bool usual = widest == log (1.25);
  return rx_equivalence_limits (
      usual ? RX_ABE_LOW : 100 * exp (-widest),
      usual ? RX_ABE_HIGH : 100 * exp (widest), reference->n, r->design,
      r->endpoint, r->rule->method, scaled ? "implied" : "", r->rows, err);
}

/* abe-model-c's rows, by 80 to 125 %. */
static enum rx_status
fit_unscaled (struct reporting *r, struct rx_error *err)
{
  struct rx_method_options options = *r->options;
  options.has_margin = false;
  if (!is_repeated (r) || (is_scaled (r) && !r->rule->both))
    return RX_OK;
  return rx_method_abe_model_c.crossover (&rx_method_abe_model_c, r->design,
                                          r->endpoint, &options, &r->unscaled,
                                          err);
}

enum rx_status
rx_scaled_rows (const struct rx_scaled_rule *rule,
                const struct rx_crossover *design,
                const struct rx_endpoint *endpoint,
                const struct rx_method_options *options, struct rx_rows *rows,
                struct rx_error *err)
{
  struct reporting r = { .rule = rule,
                         .design = design,
                         .endpoint = endpoint,
                         .options = options,
                         .rows = rows };
  enum rx_status status = within_treatment (
      design, endpoint, design->reference, &r.reference, err);
  if (status == RX_OK)
    status = fit_unscaled (&r, err);
  for (size_t t = 0; t < design->n_treatments && status == RX_OK; t++)
    if (t != design->reference)
      status = add_treatment (&r, t, err);
  if (status == RX_OK)
    status = add_reference (&r, err);
  rx_rows_free (&r.unscaled);
  return status;
}
