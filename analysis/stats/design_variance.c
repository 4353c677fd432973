/* design_variance.c: the variance of differences in a crossover design.

   By hand: AB and BA with one subject each tell A - B with variance
   (1 + 1) / 4 * 2 = 1; with carryover in the model they cannot tell it. */
#include "stats/design_variance.h"

#include "base/memory.h"
#include "stats/dense.h"
#include "stats/linear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Columns: periods, treatments, carryovers. */
static size_t
fill_row (const struct rx_sequences *d, size_t s, size_t p, bool carryover,
          double *row)
{
  size_t t = d->treatments;
  const size_t *given = &d->treatment[s * d->periods];
  size_t columns = d->periods + t + (carryover ? t : 0);
  memset (row, 0, columns * sizeof *row);
  row[p] = 1;
  row[d->periods + given[p]] = 1;
  if (carryover && p > 0)
    row[d->periods + t + given[p - 1]] = 1;
  return columns;
}

static double
subjects_of (const struct rx_sequences *d, size_t s)
{
  return d->subjects == NULL ? 1 : d->subjects[s];
}

/* X'X of columns centred within subjects; scale: the squares before. */
static void
cross_products (const struct rx_sequences *d, bool carryover, size_t columns,
                double *row, double *mean, double *cross, double *scale)
{
  for (size_t s = 0; s < d->n; s++)
    {
      double weight = subjects_of (d, s);
      memset (mean, 0, columns * sizeof *mean);
      for (size_t p = 0; p < d->periods; p++)
        {
          fill_row (d, s, p, carryover, row);
          for (size_t i = 0; i < columns; i++)
            {
              mean[i] += row[i] / (double)d->periods;
              scale[i] += weight * row[i] * row[i];
            }
        }
      for (size_t p = 0; p < d->periods; p++)
        {
          fill_row (d, s, p, carryover, row);
          for (size_t i = 0; i < columns; i++)
            for (size_t j = 0; j < columns; j++)
              cross[i * columns + j]
                  += weight * (row[i] - mean[i]) * (row[j] - mean[j]);
        }
    }
}

/* Variances of all differences of the t columns from `at` on. */
static enum rx_status
differences (const struct rx_estimable *estimable, const double *cross,
             size_t at, size_t t, double *out, struct rx_error *err)
{
  size_t p = estimable->p, k = estimable->rank;
  double *inverse = rx_array (k * k, sizeof *inverse);
  double *l = rx_array (p, sizeof *l), *kept = rx_array (k, sizeof *kept);
  enum rx_status status = RX_OK;
  double log_determinant;
  if (inverse == NULL || l == NULL || kept == NULL)
    status = rx_fail_memory (err);
  for (size_t i = 0; i < k && status == RX_OK; i++)
    for (size_t j = 0; j < k; j++)
      inverse[i * k + j] = cross[estimable->kept[i] * p + estimable->kept[j]];
  if (status == RX_OK && k > 0
      && !rx_dense_invert (inverse, k, inverse, &log_determinant))
    status = rx_fail (err, RX_EINTERNAL, "a design without an inverse");
  for (size_t i = 0; i < t && status == RX_OK; i++)
    for (size_t j = 0; j < t; j++)
      {
        out[i * t + j] = i == j ? 0 : NAN;
        if (i == j)
          continue;
        memset (l, 0, p * sizeof *l);
        l[at + i] = -1;
        l[at + j] = 1;
        for (size_t c = 0; c < k; c++)
          kept[c] = l[estimable->kept[c]];
        if (rx_estimable_contrast (estimable, l))
          out[i * t + j] = rx_dense_form (inverse, k, kept, kept);
      }
  free (inverse);
  free (l);
  free (kept);
  return status;
}

enum rx_status
rx_design_variance (const struct rx_sequences *d, double *difference,
                    double *carryover, struct rx_error *err)
{
  size_t t = d->treatments;
  size_t columns = d->periods + t + (carryover != NULL ? t : 0);
  struct rx_estimable estimable = { 0 };
  double *cross = rx_array (columns * columns, sizeof *cross);
  double *scale = rx_array (columns, sizeof *scale);
  double *row = rx_array (columns, sizeof *row);
  double *mean = rx_array (columns, sizeof *mean);
  enum rx_status status = RX_OK;
  if (cross == NULL || scale == NULL || row == NULL || mean == NULL)
    status = rx_fail_memory (err);
  if (status == RX_OK)
    {
      cross_products (d, carryover != NULL, columns, row, mean, cross, scale);
      status = rx_estimable_of (&estimable, cross, scale, columns, err);
    }
  if (status == RX_OK)
    status = differences (&estimable, cross, d->periods, t, difference, err);
  if (status == RX_OK && carryover != NULL)
    status
        = differences (&estimable, cross, d->periods + t, t, carryover, err);
  rx_estimable_free (&estimable);
  free (cross);
  free (scale);
  free (row);
  free (mean);
  return status;
}

double
rx_design_uses (const struct rx_sequences *d, size_t treatment)
{
  double uses = 0;
  for (size_t s = 0; s < d->n; s++)
    for (size_t p = 0; p < d->periods; p++)
      if (d->treatment[s * d->periods + p] == treatment)
        uses += subjects_of (d, s);
  return uses;
}

/* Subjects who get treatment j in the period (after: behind treatment i). */
static double
count (const struct rx_sequences *d, size_t from, size_t to, bool after,
       size_t i, size_t j)
{
  double n = 0;
  for (size_t s = 0; s < d->n; s++)
    for (size_t p = from; p < to; p++)
      {
        const size_t *given = &d->treatment[s * d->periods];
        if (given[p] == j && (!after || given[p - 1] == i))
          n += subjects_of (d, s);
      }
  return n;
}

static bool
same_in_sequence (const struct rx_sequences *d, size_t s)
{
  struct rx_sequences one
      = { d->treatments, 1, d->periods, &d->treatment[s * d->periods], NULL };
  for (size_t t = 1; t < d->treatments; t++)
    if (rx_design_uses (&one, t) != rx_design_uses (&one, 0))
      return false;
  return true;
}

struct rx_design_balance
rx_design_balance (const struct rx_sequences *d)
{
  struct rx_design_balance b = { true, true, true, true };
  size_t t = d->treatments;
  for (size_t p = 0; p < d->periods; p++)
    for (size_t j = 1; j < t; j++)
      b.on_periods = b.on_periods
                     && count (d, p, p + 1, false, 0, j)
                            == count (d, p, p + 1, false, 0, 0);
  for (size_t s = 0; s < d->n; s++)
    b.on_subjects = b.on_subjects && same_in_sequence (d, s);
  double other = t > 1 ? count (d, 1, d->periods, true, 0, 1) : 0;
  for (size_t i = 0; i < t; i++)
    for (size_t j = 0; j < t; j++)
      {
        bool same = count (d, 1, d->periods, true, i, j) == other;
        b.strongly = b.strongly && same;
        b.balanced = b.balanced && (i == j || same);
      }
  b.balanced = b.balanced && other > 0;
  b.strongly = b.strongly && b.balanced;
  return b;
}
