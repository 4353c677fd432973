/* ratio_fieller.c: the ratio of arithmetic means, test to reference, with
   Fieller's interval, and the two one-sided tests of equivalence.

   Of each subject with every response that the sequence plans, the mean under
   the test and the mean under the reference; their means over the sequences,
   which weigh the same.  For a ratio theta the contrasts T - theta R have the
   mean 0 and one variance within sequences, whatever the variances of T and R
   are and their covariance is: t on subjects less sequences degrees of
   freedom.  Locke, J Pharmacokinet Biopharm 1984;12:649-655; Sasabuchi,
   Biometrika 1980;67:429-439.

   To check: the tests at a limit that is an end of the interval have p =
   alpha. */
#include "methods/equivalence_rows.h"

#include "methods/subject_means.h"
#include "stats/fieller.h"
#include "stats/scaled_criterion.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

static const double LOW = 0.8, HIGH = 1.25; /* where no margin is given */

/* The means of both, with the variances of contrasts within sequences. */
static enum rx_status
two_means (const struct rx_crossover *d, const struct rx_endpoint *endpoint,
           size_t treatment, struct rx_two_means *out, size_t *n,
           struct rx_error *err)
{
  struct rx_subject_means m;
  *n = 0;
  if (rx_subject_means (&m, d, endpoint, treatment, err) != RX_OK)
    return err->status;
  struct rx_even_mean test
      = rx_even_mean (m.test, m.sequence, m.n, d->n_sequences, m.counts);
  struct rx_even_mean reference
      = rx_even_mean (m.reference, m.sequence, m.n, d->n_sequences, m.counts);
  for (size_t i = 0; i < m.n; i++)
    m.test[i] -= m.reference[i];
  struct rx_even_mean both
      = rx_even_mean (m.test, m.sequence, m.n, d->n_sequences, m.counts);
  out->above = test.mean;
  out->below = reference.mean;
  out->var_above = test.se * test.se;
  out->var_below = reference.se * reference.se;
  out->covariance = (out->var_above + out->var_below - both.se * both.se) / 2;
  out->df = both.df;
  *n = m.n;
  rx_subject_means_free (&m);
  return RX_OK;
}

static void
fill (const struct rx_two_means *m, const struct rx_method_options *options,
      struct rx_row *row, struct rx_note *note)
{
  double alpha = rx_equivalence_one_sided (options);
  double low = options->has_margin ? options->margin[0] : LOW;
  double high = options->has_margin ? options->margin[1] : HIGH;
  struct rx_ratio_interval interval = rx_fieller (m, alpha);
  if (m->below > 0)
    row->estimate = 100 * m->above / m->below;
  row->df = m->df;
  row->conf_level = rx_equivalence_level (options);
  row->conf_low = 100 * interval.low;
  row->conf_high = 100 * interval.high;
  if (isnan (m->above))
    rx_note_add (note, "empty-sequence");
  else if (!(m->below > 0))
    rx_note_add (note, "reference-not-above-zero");
  else if (isnan (m->df))
    rx_note_add (note, "too-few-subjects");
  else if (isnan (interval.low))
    rx_note_add (note, "unbounded");
  else if (interval.low == interval.high)
    rx_note_add (note, "zero-variance");
  double t_low = rx_fieller_t (m, low), t_high = rx_fieller_t (m, high);
  if (!(low > 0)) /* limits of a difference, given for another method */
    {
      rx_note_add (note, "margin-of-no-ratio");
      return;
    }
  if (isnan (t_low) || isnan (t_high) || !(m->below > 0))
    return;
  double p_low = gsl_cdf_tdist_Q (t_low, m->df);
  double p_high = gsl_cdf_tdist_P (t_high, m->df);
  row->statistic = p_low >= p_high ? t_low : t_high;
  row->p_value = fmax (p_low, p_high);
  rx_note_add (note, row->p_value <= alpha ? "equivalent" : "not-shown");
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  for (size_t t = 0; t < design->n_treatments; t++)
    {
      struct rx_two_means means;
      struct rx_row row = rx_row_blank ();
      struct rx_note note = { "" };
      const char *term = "ratio";
      size_t n;
      if (t == design->reference)
        continue;
      if (design->n_treatments > 2)
        term = rx_strings_format (&rows->strings, "ratio:%s-%s",
                                  design->treatments[t],
                                  design->treatments[design->reference]);
      if (term == NULL)
        return rx_fail_memory (err);
      if (two_means (design, endpoint, t, &means, &n, err) != RX_OK)
        return err->status;
      row.n = (double)n;
      if (design->log)
        rx_note_add (&note, "not-on-logarithms");
      else if (n == 0)
        rx_note_add (&note, "no-subjects");
      else
        fill (&means, options, &row, &note);
      if (rx_fill_crossover (rows, row, design, endpoint, self->name, term,
                             false, &note, err)
          != RX_OK)
        return err->status;
    }
  return RX_OK;
}

const struct rx_method rx_method_ratio_fieller = {
  .name = "ratio-fieller",
  .title = "Ratio of arithmetic means, Fieller's interval and equivalence",
  .source = "Locke 1984, J Pharmacokinet Biopharm 12:649-655; Sasabuchi "
            "1980, Biometrika 67:429-439",
  .words
  = "The ratio of arithmetic means is given with Fieller's interval "
    "(confidence 1 - 2 alpha) from contrasts within subjects, sequences "
    "weighing the same, and two one-sided tests against the limits.",
  .on_request = true,
  .crossover = run_crossover,
};
