/* n_of_1_random.c: a set of n-of-1 trials as a sample of patients.

   d = mu + u[patient] + e for the differences within cycles, by REML:
     treatment     mu, with the degrees of freedom of Kenward & Roger
     interaction   variance of u, treatment by patient: how much the effect
                   differs between patients; F is that of patients in the
                   analysis of variance of d
     within        variance of e, of one difference
     predicted:P01 mu + u of a patient (BLUP), n his cycles: his own mean drawn
                   to that of all by as much as it is uncertain.  With g the
                   variance of u, s that of e and w = g / (g + s / k)

                     mu + w (mean - mu),  error^2 = g (1 - w)
                                                    + (1 - w)^2 var (mu)

                   for variances as estimated, and a normal interval
   Henderson, Biometrics 1975;31:423-447; Zucker et al., J Clin Epidemiol
   1997;50:401-410; Senn, Stat Methods Med Res 2019;28:372-383.

   With the same number of cycles in every patient mu and its t test are those
   of paired-t.  To check: g = 0 predicts mu for everybody. */
#include "methods/design_needs.h"
#include "methods/lmm_rows.h"
#include "methods/n_of_1.h"
#include "stats/lmm.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

struct set
{
  const struct rx_method *self;
  const struct rx_crossover *design;
  const struct rx_endpoint *endpoint;
  const struct rx_method_options *options;
  struct rx_cycles cycles;
  struct rx_lmm fit;
  double between, within; /* g, s; NaN where they cannot be estimated */
  struct rx_rows *rows;
};

static enum rx_status
add (const struct set *set, struct rx_row row, const char *term,
     bool is_treatment, struct rx_note *note, struct rx_error *err)
{
  if (term == NULL)
    return rx_fail_memory (err);
  if (rx_lmm_state_note (set->fit.state)[0] != '\0')
    rx_note_add (note, "%s", rx_lmm_state_note (set->fit.state));
  return rx_fill_crossover (set->rows, row, set->design, set->endpoint,
                            set->self->name, term, is_treatment, note, err);
}

static enum rx_status
add_treatment (const struct set *set, double *mu, struct rx_error *err)
{
  const double one = 1;
  struct rx_note note = { "" };
  struct rx_row row = rx_row_blank ();
  struct rx_linear_test test = { .estimate = NAN };
  rx_lmm_test *kr
      = set->options->model.observed ? rx_lmm_kr_observed : rx_lmm_kr;
  bool is_known = !isnan (set->within);
  if (is_known && kr (&set->fit, &one, 1, &test, err) != RX_OK)
    return err->status;
  *mu = is_known ? test.estimate : rx_cycles_mean (&set->cycles);
  row.n = (double)set->cycles.patients;
  row.estimate = *mu;
  if (is_known)
    row = rx_fill_t (
        rx_student_from (*mu, test.se, test.df, set->options->level),
        set->cycles.patients, set->options->level, &note);
  else
    rx_note_add (&note, "%s",
                 set->cycles.patients == 1
                     ? "one-subject"
                     : rx_lmm_state_why (set->fit.state));
  return add (set, row, "treatment", true, &note, err);
}

/* F of patients in the analysis of variance of the differences. */
static enum rx_status
add_interaction (const struct set *set, struct rx_error *err)
{
  const struct rx_cycles *c = &set->cycles;
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  double within = rx_cycles_squares_within (c);
  row.n = (double)c->patients;
  row.estimate = set->between;
  double df = (double)(c->d.n - c->patients);
  if (c->patients > 1 && df > 0)
    {
      row.df_num = (double)(c->patients - 1);
      row.df = df;
      row.statistic
          = rx_cycles_squares_between (c) / row.df_num / (within / row.df);
      row.p_value = gsl_cdf_fdist_Q (row.statistic, row.df_num, row.df);
      if (!isfinite (row.statistic))
        {
          row.statistic = row.p_value = NAN;
          rx_note_add (&note, "zero-variance");
        }
    }
  else
    rx_note_add (&note, c->patients > 1 ? "one-cycle" : "one-subject");
  return add (set, row, "interaction", false, &note, err);
}

static enum rx_status
add_within (const struct set *set, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = (double)set->cycles.patients;
  row.estimate = set->within;
  if (isnan (row.estimate))
    rx_note_add (&note, set->cycles.patients > 0 ? "one-cycle" : "no-subjects");
  return add (set, row, "within", false, &note, err);
}

static enum rx_status
add_prediction (const struct set *set, size_t patient, double mu, double var,
                struct rx_error *err)
{
  struct rx_contrast d = rx_cycles_of (&set->cycles, patient);
  double k = (double)d.n, g = set->between, s = set->within;
  double weight = g > 0 ? g / (g + s / k) : 0;
  double level = set->options->level;
  struct rx_row row = rx_row_blank ();
  struct rx_note note = { "" };
  row.n = k;
  row.estimate = mu + weight * (rx_contrast_moments (&d).mean - mu);
  row.std_error = sqrt (g * (1 - weight) + (1 - weight) * (1 - weight) * var);
  double half = gsl_cdf_ugaussian_Qinv ((1 - level) / 2) * row.std_error;
  if (!isnan (half))
    {
      row.conf_level = level;
      row.conf_low = row.estimate - half;
      row.conf_high = row.estimate + half;
    }
  return add (set, row,
              rx_strings_format (&set->rows->strings, "predicted:%s",
                                 set->design->subjects[d.subject[0]]),
              false, &note, err);
}

static enum rx_status
fit (struct set *set, struct rx_error *err)
{
  const struct rx_cycles *c = &set->cycles;
  double *ones = rx_array (c->d.n, sizeof *ones);
  if (ones == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < c->d.n; i++)
    ones[i] = 1;
  const struct rx_linear_data data = { .n = c->d.n,
                                       .p = 1,
                                       .groups = c->patients,
                                       .first = c->first,
                                       .x = ones,
                                       .y = c->d.value };
  enum rx_status status = rx_lmm_fit (&set->fit, &data, err);
  free (ones);
  if (status != RX_OK)
    return status;
  double unit = set->fit.unit * set->fit.unit;
  bool is_known = c->patients > 1
                  && (set->fit.state == RX_LMM_FITTED
                      || set->fit.state == RX_LMM_SINGULAR);
  set->within = is_known ? set->fit.within * unit : NAN;
  set->between = is_known ? set->fit.ratio * set->fit.within * unit : NAN;
  return RX_OK;
}

static enum rx_status
report (const struct set *set, struct rx_error *err)
{
  double mu = NAN;
  if (add_treatment (set, &mu, err) != RX_OK
      || add_interaction (set, err) != RX_OK || add_within (set, err) != RX_OK)
    return err->status;
  /* of mu for variances as they are */
  if (isnan (set->within))
    return RX_OK;
  double var = set->fit.inverse[0] * set->within;
  for (size_t i = 0; i < set->cycles.patients; i++)
    if (add_prediction (set, i, mu, var, err) != RX_OK)
      return err->status;
  return RX_OK;
}

static enum rx_status
run_crossover (const struct rx_method *self, const struct rx_crossover *design,
               const struct rx_endpoint *endpoint,
               const struct rx_method_options *options, struct rx_rows *rows,
               struct rx_error *err)
{
  struct set set = { .self = self,
                     .design = design,
                     .endpoint = endpoint,
                     .options = options,
                     .between = NAN,
                     .within = NAN,
                     .rows = rows };
  enum rx_status status = rx_cycles_make (&set.cycles, design, endpoint, err);
  if (status == RX_OK && set.cycles.patients > 0)
    {
      status = fit (&set, err);
      if (status == RX_OK)
        status = report (&set, err);
    }
  else if (status == RX_OK)
    status = rx_cycles_nobody (design, endpoint, self->name, rows, err);
  rx_lmm_free (&set.fit);
  rx_cycles_free (&set.cycles);
  return status;
}

const struct rx_method rx_method_n_of_1_random = {
  .name = "n-of-1-random",
  .title = "n-of-1 trials: mean effect, its variance, every patient predicted",
  .source = "Zucker et al. 1997, J Clin Epidemiol 50:401-410; Henderson 1975, "
            "Biometrics 31:423-447",
  .words
  = "The differences within cycles are analysed by a linear mixed model "
    "(REML) with a random effect of the patient, with the degrees of "
    "freedom of Kenward and Roger; effects of single patients are "
    "predicted from it.",
  .needs = &rx_needs_cycles,
  .own_terms = true,
  .on_request = true,
  .crossover = run_crossover,
};
