/* linear.c: which contrasts the data can estimate, and their p-values.

   The sweep operator (Goodnight, American Statistician 1979;33:149-158)
   takes the columns in order.  Where column d is a combination of the kept
   ones, x_d = X_K a, the swept matrix holds a, and e_d - sum a_k e_k spans the
   solutions of X b = 0; l'b is estimable when it is zero on all of them
   (Searle, Linear Models 1971, section 5.4).

   By hand: x'x = (2 1 1; 1 1 0; 1 0 1), the columns 1, a and 1 - a of two
   rows, has rank 2; (0, 1, -1) is estimable, (0, 1, 0) is not. */
#include "stats/linear.h"

#include "base/memory.h"
#include "stats/dense.h"
#include "stats/student.h"

#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a column's square; columns of zeros and ones leave 1e-3 or 1e-16. */
static const double ALIAS_TOLERANCE = 1e-10;

/* Of the contrast's own size: the solutions are counted in units of the
   column left out. */
static const double NULL_TOLERANCE = 1e-8;

/* Of responses of size 1 to 2: what a few roundings leave behind. */
static const double NOISE = 16 * DBL_EPSILON;

static void
sweep (double *a, size_t p, size_t k)
{
  double pivot = a[k * p + k];
  for (size_t i = 0; i < p; i++)
    for (size_t j = 0; j < p; j++)
      if (i != k && j != k)
        a[i * p + j] -= a[i * p + k] * a[k * p + j] / pivot;
  for (size_t i = 0; i < p; i++)
    if (i != k)
      {
        a[k * p + i] /= pivot;
        a[i * p + k] /= -pivot;
      }
  a[k * p + k] = 1 / pivot;
}

static void
fill_null (struct rx_estimable *e, const double *swept, const bool *is_kept)
{
  size_t at = 0, p = e->p;
  for (size_t d = 0; d < p; d++)
    {
      if (is_kept[d])
        continue;
      double *row = e->null + at++ * p;
      for (size_t k = 0; k < p; k++)
        row[k] = is_kept[k] ? -swept[k * p + d] : 0;
      row[d] = 1;
    }
}

double
rx_linear_unit (const double *y, size_t n)
{
  double most = 0;
  int exponent = 0;
  for (size_t i = 0; i < n; i++)
    most = fmax (most, fabs (y[i]));
  if (most > 0)
    frexp (most, &exponent);
  return ldexp (1, exponent - 1);
}

bool
rx_linear_is_noise (double squares, size_t n)
{
  return squares <= (double)n * NOISE * NOISE;
}

enum rx_status
rx_estimable_of (struct rx_estimable *out, const double *cross,
                 const double *scale, size_t p, struct rx_error *err)
{
  double *a = rx_array (p * p, sizeof *a);
  bool *is_kept = rx_array (p, sizeof *is_kept);
  enum rx_status status = RX_OK;
  *out = (struct rx_estimable){ .p = p };
  out->kept = rx_array (p, sizeof *out->kept);
  out->null = rx_array (p * p, sizeof *out->null);
  if (a == NULL || is_kept == NULL || out->kept == NULL || out->null == NULL)
    status = rx_fail_memory (err);
  else
    {
      memcpy (a, cross, p * p * sizeof *a);
      for (size_t j = 0; j < p; j++)
        {
          is_kept[j] = a[j * p + j] > ALIAS_TOLERANCE * scale[j];
          if (!is_kept[j])
            continue;
          sweep (a, p, j);
          out->kept[out->rank++] = j;
        }
      fill_null (out, a, is_kept);
    }
  free (a);
  free (is_kept);
  if (status != RX_OK)
    rx_estimable_free (out);
  return status;
}

void
rx_estimable_free (struct rx_estimable *estimable)
{
  free (estimable->kept);
  free (estimable->null);
  *estimable = (struct rx_estimable){ 0 };
}

bool
rx_estimable_contrast (const struct rx_estimable *e, const double *l)
{
  for (size_t d = 0; d < e->p - e->rank; d++)
    {
      double sum = 0, size = 0;
      for (size_t k = 0; k < e->p; k++)
        {
          sum += l[k] * e->null[d * e->p + k];
          size += fabs (l[k]);
        }
      if (fabs (sum) > NULL_TOLERANCE * size)
        return false;
    }
  return true;
}

bool
rx_estimable_reduce (const struct rx_estimable *e, const double *l, size_t q,
                     double *out)
{
  for (size_t i = 0; i < q; i++)
    {
      if (!rx_estimable_contrast (e, l + i * e->p))
        return false;
      for (size_t k = 0; k < e->rank; k++)
        out[i * e->rank + k] = l[i * e->p + e->kept[k]];
    }
  return true;
}

struct rx_linear_test
rx_linear_blank (bool estimable)
{
  return (struct rx_linear_test){ estimable, NAN, NAN, NAN, NAN, NAN, NAN };
}

void
rx_linear_t (struct rx_linear_test *test, double unit, double estimate,
             double se, double df)
{
  if (fabs (estimate) < DBL_EPSILON)
    estimate = 0;
  test->estimate = unit * estimate;
  test->se = unit * se;
  test->df = df;
  if (!(se > 0) || !(df > 0))
    return;
  test->statistic = estimate / se;
  test->p = rx_student_p (test->statistic, df);
}

void
rx_linear_f (struct rx_linear_test *test, double statistic, double df_num,
             double df)
{
  test->df_num = df_num;
  test->df = df;
  if (!isfinite (statistic) || !(df > 0))
    return;
  test->statistic = isinf (df) ? df_num * statistic : statistic;
  test->p = isinf (df) ? gsl_cdf_chisq_Q (test->statistic, df_num)
                       : gsl_cdf_fdist_Q (statistic, df_num, df);
}

double
rx_linear_wald (const double *b, double *m, size_t q)
{
  double log_determinant;
  if (!rx_dense_invert (m, q, m, &log_determinant))
    return NAN;
  return rx_dense_form (m, q, b, b) / (double)q;
}

/* `work` holds the contrasts on the columns kept and room for the rest. */
static void
test_reduced (const struct rx_linear_fit *fit, size_t rank, size_t q,
              double *work, struct rx_linear_test *test)
{
  double *l = work, *product = l + q * rank, *b = product + q * rank;
  double *m = b + q;
  rx_dense_multiply (l, fit->beta, q, rank, 1, b);
  rx_dense_sandwich (l, fit->covariance, q, rank, product, m);
  if (q == 1)
    rx_linear_t (test, fit->unit, b[0], sqrt (fit->variance * m[0]), fit->df);
  else
    rx_linear_f (test, rx_linear_wald (b, m, q) / fit->variance, (double)q,
                 fit->df);
}

enum rx_status
rx_linear_test_of (const struct rx_estimable *estimable,
                   const struct rx_linear_fit *fit, const double *l, size_t q,
                   struct rx_linear_test *test, struct rx_error *err)
{
  size_t rank = estimable->rank;
  double *work = rx_array (2 * q * rank + q + q * q, sizeof *work);
  if (work == NULL)
    return rx_fail_memory (err);
  *test = rx_linear_blank (rx_estimable_reduce (estimable, l, q, work));
  if (test->estimable)
    test_reduced (fit, rank, q, work, test);
  free (work);
  return RX_OK;
}
