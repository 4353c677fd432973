/* regression_to_the_mean.c: how much of a fall is expected when persons were
   chosen for earlier use, and what is left of the change without it.

   A person's use in a window is taken as T + e: T the person's own level, e
   independent from window to window with one variance, T and e normal.  The
   population is everybody with an index whose windows are covered, whether the
   requirements chose them or not.  From its window before:
     half-correlation     r, of the two halves of that window
     reliability          R = 2 r / (1 + r), of the whole window (Spearman 1910
                          and Brown 1910, Br J Psychol 3:271-295, 296-322)
     population-mean      mu
   and for the chosen persons, whose mean before is m:
     expected-change      -(1 - R) (m - mu), what comes without any effect
     corrected-change     mean of after - before + (1 - R) (before - mu), t
   test with R and mu taken as known ancova-change        intercept of the
   regression of after - before on ancova-slope         before - mu among them;
   the slope expected is R - 1 For everybody chosen, if a share s of the
   population was, by a cut-off of the use before itself, with SD S of the
   population: expected-change-normal   -(1 - R) S phi (z) / s, z = Phi^-1 (1 -
   s), where (1 - R) S is the variance within persons over the total SD (Davis
   1976, Am J Epidemiol 104:493-498).  Chosen for use in other days than the
   window before, persons have less to fall: the correction is then too large.

   By hand: mu 10, m 14, r 1/3 give R 1/2 and -2. */
#include "methods/fill.h"

#include "stats/ols.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

static const char NAME[] = "regression-to-the-mean";

/* What the population says about one outcome in one measure. */
struct population
{
  struct rx_moments before;
  double r, reliability;
};

static double *
values (const int64_t *units, size_t n, double scale)
{
  double *x = rx_array (n, sizeof *x);
  for (size_t i = 0; x != NULL && i < n; i++)
    x[i] = (double)units[i] / scale;
  return x;
}

/* Pearson's correlation in two passes; NaN without variance. */
static double
correlation (const double *x, const double *y, size_t n)
{
  struct rx_moments mx = rx_moments_of (x, n), my = rx_moments_of (y, n);
  double *product = rx_array (n, sizeof *product), r = NAN;
  if (product != NULL && mx.variance > 0 && my.variance > 0)
    {
      for (size_t i = 0; i < n; i++)
        product[i] = (x[i] - mx.mean) * (y[i] - my.mean);
      r = rx_sum (product, n) / (double)(n - 1)
          / sqrt (mx.variance * my.variance);
    }
  free (product);
  return r;
}

static enum rx_status
look (const struct rx_before_after *design,
      const struct rx_before_after_cell *cell, struct population *out,
      struct rx_error *err)
{
  struct rx_before_after_cell whole = { 0 }, halves = { 0 };
  double *x = NULL, *a = NULL, *b = NULL;
  enum rx_status status = rx_before_after_cell_make (
      &design->population[0], cell->outcome_number, cell->measure,
      RX_GROUP_ALL, &whole, err);
  if (status == RX_OK)
    status = rx_before_after_cell_make (&design->population[1],
                                        cell->outcome_number, cell->measure,
                                        RX_GROUP_ALL, &halves, err);
  if (status == RX_OK)
    {
      x = values (whole.before, whole.n, whole.scale);
      a = values (halves.before, halves.n, halves.scale);
      b = values (halves.after, halves.n, halves.scale);
      if (x == NULL || a == NULL || b == NULL)
        status = rx_fail_memory (err);
    }
  if (status == RX_OK)
    {
      out->before = rx_moments_of (x, whole.n);
      out->r = correlation (a, b, halves.n);
      out->reliability = out->r > 0 ? 2 * out->r / (1 + out->r) : NAN;
    }
  free (x);
  free (a);
  free (b);
  rx_before_after_cell_free (&whole);
  rx_before_after_cell_free (&halves);
  return status;
}

static enum rx_status
add (struct rx_rows *rows, struct rx_row row,
     const struct rx_before_after_cell *cell, const char *term,
     const struct rx_note *note, struct rx_error *err)
{
  return rx_fill_before_after (rows, row, cell, NAME, term, note, err);
}

static enum rx_status
add_number (struct rx_rows *rows, const struct rx_before_after_cell *cell,
            const char *term, double n, double estimate,
            const struct rx_note *note, struct rx_error *err)
{
  struct rx_row row = rx_row_blank ();
  row.n = n;
  row.estimate = estimate;
  return add (rows, row, cell, term, note, err);
}

/* Rows of the population, and the fall expected by the share chosen. */
static enum rx_status
add_population (const struct population *population,
                const struct rx_before_after_cell *cell, double level,
                const struct rx_note *why, struct rx_rows *rows,
                struct rx_error *err)
{
  struct rx_note note = *why, none = { "" };
  double n = (double)population->before.n, share = (double)cell->n / n;
  double expected = NAN;
  struct rx_row mean = rx_fill_t (rx_student_one (population->before, level),
                                  population->before.n, level, &none);
  mean.statistic = mean.p_value = NAN; /* nobody asks whether it is 0 */
  if (share > 0 && share < 1)
    expected
        = -(1 - population->reliability) * rx_moments_sd (population->before)
          * gsl_ran_ugaussian_pdf (gsl_cdf_ugaussian_Qinv (share)) / share;
  else
    rx_note_add (&note, share > 0 ? "nobody-left-out" : "no-subjects");
  if (share > 0 && share < 1)
    rx_note_add (&note, "cut-off; chosen=%.6g", share);
  if (add_number (rows, cell, "half-correlation", n, population->r, why, err)
          != RX_OK
      || add_number (rows, cell, "reliability", n, population->reliability,
                     why, err)
             != RX_OK
      || add (rows, mean, cell, "population-mean", &none, err) != RX_OK)
    return err->status;
  return add_number (rows, cell, "expected-change-normal", (double)cell->n,
                     expected, &note, err);
}

/* Regression of the change on before - mu: intercept and slope. */
static enum rx_status
add_ancova (const struct rx_before_after_cell *cell, const double *x,
            const double *change, double level, struct rx_rows *rows,
            struct rx_error *err)
{
  static const char *const terms[] = { "ancova-change", "ancova-slope" };
  struct rx_ols fit = { 0 };
  double covariance[4] = { NAN, NAN, NAN, NAN };
  double *design = rx_array (cell->n, 2 * sizeof *design);
  enum rx_status status = design == NULL ? rx_fail_memory (err) : RX_OK;
  for (size_t i = 0; status == RX_OK && i < cell->n; i++)
    {
      design[2 * i] = 1;
      design[2 * i + 1] = x[i];
    }
  if (status == RX_OK)
    status = rx_ols_fit (design, change, cell->n, 2, &fit, err);
  bool fits = status == RX_OK && fit.rank == 2 && cell->n > 2;
  if (fits)
    rx_ols_covariance (&fit, covariance);
  for (size_t k = 0; k < 2 && status == RX_OK; k++)
    {
      struct rx_note note = { "" };
      struct rx_t_test test = { NAN, NAN, NAN, NAN, NAN, NAN, NAN };
      if (fits)
        test = rx_student_from (fit.coefficient[k],
                                sqrt (covariance[k * 2 + k]), rx_ols_df (&fit),
                                level);
      struct rx_row row = rx_fill_t (test, cell->n, level, &note);
      status = add (rows, row, cell, terms[k], &note, err);
    }
  rx_ols_free (&fit);
  free (design);
  return status;
}

static enum rx_status
add_group (const struct population *population,
           const struct rx_before_after_cell *cell, double level,
           const struct rx_note *why, struct rx_rows *rows,
           struct rx_error *err)
{
  double *before = values (cell->before, cell->n, cell->scale);
  double *after = values (cell->after, cell->n, cell->scale);
  double *rest = rx_array (cell->n, sizeof *rest);
  struct rx_note note = *why;
  enum rx_status status = RX_OK;
  if (before == NULL || after == NULL || rest == NULL)
    status = rx_fail_memory (err);
  else
    {
      double lost = 1 - population->reliability;
      for (size_t i = 0; i < cell->n; i++)
        {
          before[i] -= population->before.mean;
          after[i] -= before[i] + population->before.mean; /* the change */
          rest[i] = after[i] + lost * before[i];
        }
      struct rx_moments m = rx_moments_of (before, cell->n);
      status = add_number (rows, cell, "expected-change", (double)cell->n,
                           -lost * m.mean, why, err);
      if (status == RX_OK)
        {
          struct rx_row row
              = isnan (lost)
                    ? rx_row_blank ()
                    : rx_fill_t (
                        rx_student_one (rx_moments_of (rest, cell->n), level),
                        cell->n, level, &note);
          row.n = (double)cell->n;
          status = add (rows, row, cell, "corrected-change", &note, err);
        }
      if (status == RX_OK)
        status = add_ancova (cell, before, after, level, rows, err);
    }
  free (before);
  free (after);
  free (rest);
  return status;
}

static enum rx_status
remark (const struct rx_before_after *design, struct rx_rows *rows,
        struct rx_error *err)
{
  return rx_rows_remark (
      rows, false, err,
      "Regression to the mean is estimated from the %zu persons with an index "
      "and covered windows, %zu of whom were selected; it assumes that they "
      "were selected by their use in the window before, that the use of a "
      "person varies about a level of her own as much in the halves of that "
      "window as between windows, and that nothing changes in the population.",
      design->population[0].n_persons, design->n_persons);
}

static enum rx_status
run_before_after (const struct rx_before_after *design,
                  const struct rx_before_after_cell *cell,
                  const struct rx_method_options *options,
                  struct rx_rows *rows, struct rx_error *err)
{
  struct population population;
  struct rx_note why = { "" };
  if (design->placebo || design->population == NULL)
    return RX_OK;
  if (look (design, cell, &population, err) != RX_OK
      || remark (design, rows, err) != RX_OK)
    return err->status;
  if (isnan (population.r))
    rx_note_add (&why, population.before.n < 2 ? "too-few-subjects"
                                               : "zero-variance");
  else if (isnan (population.reliability))
    rx_note_add (&why, "no-positive-correlation");
  if (design->before.to - design->before.from
      != design->after.to - design->after.from)
    {
      rx_note_add (&why, "windows-differ");
      population.reliability = NAN;
    }
  if (cell->group_number == RX_GROUP_ALL
      && add_population (&population, cell, options->level, &why, rows, err)
             != RX_OK)
    return err->status;
  return add_group (&population, cell, options->level, &why, rows, err);
}

const struct rx_method rx_method_regression_to_the_mean = {
  .name = "regression-to-the-mean",
  .title
  = "The fall expected after selection for earlier use, and what is left",
  .source = "Davis 1976, Am J Epidemiol 104:493-498; Spearman 1910 and Brown "
            "1910, Br J Psychol 3:271-295 and 296-322",
  .words = "Regression to the mean was estimated from the correlation of the "
           "two halves of the window before among everybody with an index "
           "date, selected or not, and taken from the change; the regression "
           "of the change on the use before, centred at the mean of everybody "
           "with an index date, is the alternative.",
  .on_request = true,
  .measures = RX_DISPENSINGS | RX_DDD,
  .parts = RX_PART_POPULATION,
  .before_after = run_before_after,
};
