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

/* Columns: periods, treatments, then the parts of carryover; the reference of
   these is treatment 0. */
static size_t
count_columns (const struct rx_sequences *d, const struct rx_carryover *model)
{
  size_t columns = d->periods + d->treatments;
  for (size_t k = 0; model != NULL && k < model->n_parts; k++)
    columns += rx_carryover_columns (&model->part[k], d->treatments);
  return columns;
}

static void
fill_row (const struct rx_sequences *d, size_t s, size_t p,
          const struct rx_carryover *model, size_t columns, double *row)
{
  size_t t = d->treatments, at = d->periods + t;
  const size_t *given = &d->treatment[s * d->periods];
  memset (row, 0, columns * sizeof *row);
  row[p] = 1;
  row[d->periods + given[p]] = 1;
  for (size_t k = 0; model != NULL && k < model->n_parts; k++)
    {
      const struct rx_carryover_part *part = &model->part[k];
      if (p >= part->lag)
        rx_carryover_fill (part, t, 0, given[p - part->lag], given[p],
                           row + at);
      at += rx_carryover_columns (part, t);
    }
}

static double
subjects_of (const struct rx_sequences *d, size_t s)
{
  return d->subjects == NULL ? 1 : d->subjects[s];
}

/* X'X of columns centred within subjects; scale: the squares before. */
static void
cross_products (const struct rx_sequences *d, const struct rx_carryover *model,
                size_t columns, double *row, double *mean, double *cross,
                double *scale)
{
  for (size_t s = 0; s < d->n; s++)
    {
      double weight = subjects_of (d, s);
      memset (mean, 0, columns * sizeof *mean);
      for (size_t p = 0; p < d->periods; p++)
        {
          fill_row (d, s, p, model, columns, row);
          for (size_t i = 0; i < columns; i++)
            {
              mean[i] += row[i] / (double)d->periods;
              scale[i] += weight * row[i] * row[i];
            }
        }
      for (size_t p = 0; p < d->periods; p++)
        {
          fill_row (d, s, p, model, columns, row);
          for (size_t i = 0; i < columns; i++)
            for (size_t j = 0; j < columns; j++)
              cross[i * columns + j]
                  += weight * (row[i] - mean[i]) * (row[j] - mean[j]);
        }
    }
}

/* The information, and what of it can be inverted. */
struct information
{
  struct rx_estimable estimable;
  double *cross, *inverse; /* [columns^2]; [rank^2] */
  double *l, *kept;        /* [columns], [rank]: a contrast */
};

static void
free_information (struct information *m)
{
  rx_estimable_free (&m->estimable);
  free (m->cross);
  free (m->inverse);
  free (m->l);
  free (m->kept);
}

static enum rx_status
invert (struct information *m, struct rx_error *err)
{
  size_t p = m->estimable.p, k = m->estimable.rank;
  double log_determinant;
  m->inverse = rx_array (k * k, sizeof *m->inverse);
  m->l = rx_array (p, sizeof *m->l);
  m->kept = rx_array (k, sizeof *m->kept);
  if (m->inverse == NULL || m->l == NULL || m->kept == NULL)
    return rx_fail_memory (err);
  for (size_t i = 0; i < k; i++)
    for (size_t j = 0; j < k; j++)
      m->inverse[i * k + j]
          = m->cross[m->estimable.kept[i] * p + m->estimable.kept[j]];
  if (k > 0 && !rx_dense_invert (m->inverse, k, m->inverse, &log_determinant))
    return rx_fail (err, RX_EINTERNAL, "a design without an inverse");
  return RX_OK;
}

static enum rx_status
inform (struct information *m, const struct rx_sequences *d,
        const struct rx_carryover *model, struct rx_error *err)
{
  size_t columns = count_columns (d, model);
  double *scale = rx_array (columns, 3 * sizeof *scale);
  m->cross = rx_array (columns * columns, sizeof *m->cross);
  enum rx_status status = RX_OK;
  if (scale == NULL || m->cross == NULL)
    status = rx_fail_memory (err);
  else
    {
      cross_products (d, model, columns, scale + columns, scale + 2 * columns,
                      m->cross, scale);
      status = rx_estimable_of (&m->estimable, m->cross, scale, columns, err);
    }
  free (scale);
  return status == RX_OK ? invert (m, err) : status;
}

/* The variance of the contrast in m->l, which is zero again afterwards. */
static double
variance (const struct information *m)
{
  size_t k = m->estimable.rank;
  double out = NAN;
  for (size_t c = 0; c < k; c++)
    m->kept[c] = m->l[m->estimable.kept[c]];
  if (rx_estimable_contrast (&m->estimable, m->l))
    out = rx_dense_form (m->inverse, k, m->kept, m->kept);
  memset (m->l, 0, m->estimable.p * sizeof *m->l);
  return out;
}

/* Of all pairs of treatments; part NULL: of their own effects. */
static void
differences (const struct information *m, const struct rx_carryover_part *part,
             size_t at, size_t t, double *out)
{
  for (size_t i = 0; i < t; i++)
    for (size_t j = 0; j < t; j++)
      {
        out[i * t + j] = i == j ? 0 : NAN;
        if (i == j || (part != NULL && part->kind == RX_CARRYOVER_CHANGE))
          continue;
        if (part != NULL)
          rx_carryover_difference (part, 0, i, j, m->l + at);
        else
          {
            m->l[at + i] = -1;
            m->l[at + j] = 1;
          }
        out[i * t + j] = variance (m);
      }
}

enum rx_status
rx_design_variance (const struct rx_sequences *d,
                    const struct rx_carryover *model, double *difference,
                    double *carryover, struct rx_error *err)
{
  size_t t = d->treatments, at = d->periods;
  struct information m = { 0 };
  enum rx_status status = inform (&m, d, model, err);
  if (status == RX_OK)
    differences (&m, NULL, at, t, difference);
  at += t;
  for (size_t k = 0; status == RX_OK && model != NULL && k < model->n_parts;
       k++)
    {
      differences (&m, &model->part[k], at, t, carryover + k * t * t);
      at += rx_carryover_columns (&model->part[k], t);
    }
  free_information (&m);
  return status;
}

enum rx_status
rx_design_rank (const struct rx_sequences *d, const struct rx_carryover *model,
                size_t *rank, struct rx_error *err)
{
  struct information m = { 0 };
  enum rx_status status = inform (&m, d, model, err);
  *rank = m.estimable.rank;
  free_information (&m);
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
